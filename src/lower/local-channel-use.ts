import type { Span } from '../base/source.js';
import type { Instruction } from '../ir/index.js';
import { reached } from '../ir/index.js';
import type { LocalChannels } from './local-channels.js';
import type { Reports } from './reports.js';
import type { Selections } from './selection.js';

/** Where one channel of the code is made, sent to and closed. */
interface Uses {
  readonly makes: readonly number[];
  readonly sends: ReadonlySet<number>;
  readonly closes: ReadonlySet<number>;
}

/**
 * Refuses channels of an operation of which it cannot be seen that nobody sends to a closed one or closes it twice: along all ways through the code there is neither
 * behind a `close`, and nor is there in what may run beside it, in a goroutine or in the code that started one. Each is made once in each call of the operation, so that all uses in the code
 * are of one channel.
 */
export function checkLocalChannels(
  instructions: readonly Instruction[],
  { channels, selections }: { readonly channels: LocalChannels; readonly selections: Selections },
  reports: Reports,
): void {
  const spanOf = (position: number): Span | undefined => instructions[position]?.source.span;
  for (const name of channels.names) {
    const { makes, sends, closes } = usesOf(instructions, name, selections);
    for (const make of makes) {
      const span = spanOf(make);
      if (span !== undefined && reached(instructions, [make + 1]).has(make)) {
        reports.unsupported(
          'a channel that is made in a loop',
          span,
          'Make it before the loop, or declare it at package level.',
        );
      }
    }
    for (const close of closes) {
      const span = spanOf(close);
      if (span !== undefined && !isLast(instructions, close, sends, closes)) {
        reports.unsupported(
          'closing a channel of the operation that may be closed already or is perhaps sent to later',
          span,
          'Close it once, in the thread that has sent to it; or declare it at package level, where invariants can say why it is not closed.',
        );
      }
    }
  }
}

function usesOf(instructions: readonly Instruction[], name: string, selections: Selections): Uses {
  const calling = (operation: string): number[] =>
    instructions.flatMap((each, position) => {
      if (each.kind !== 'call') return [];
      const called = selections.byName(each.operation)?.cases ?? [each.operation];
      return called.includes(`${name}.${operation}`) ? [position] : [];
    });
  return { makes: calling('Make'), sends: new Set(calling('Send')), closes: new Set(calling('Close')) };
}

/** Whether no other use that sends or closes can come behind a `close`: neither in its own thread, nor in one that runs beside it. */
function isLast(
  instructions: readonly Instruction[],
  close: number,
  sends: ReadonlySet<number>,
  closes: ReadonlySet<number>,
): boolean {
  const isUse = (position: number): boolean => sends.has(position) || closes.has(position);
  if ([...reached(instructions, [close + 1])].some(isUse)) return false;
  return instructions.every((instruction, position) => {
    if (instruction.kind !== 'spawn') return true;
    const goroutine = reached(instructions, [instruction.goroutine]);
    const others = reached(instructions, [position + 1]);
    if (goroutine.has(close) && [...others].some(isUse)) return false;
    return !(others.has(close) && [...goroutine].some(isUse));
  });
}
