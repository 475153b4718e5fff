import type { Code, Instruction, InstructionSource } from './code.js';
import { successors } from './code.js';
import { reached } from './reached.js';
import { walkStatements } from './statement.js';
import type { System } from './system.js';

/** A goroutine that an op may leave behind: nothing tells that it has ended when the op returns. */
export interface LeftBehind {
  readonly operation: string;
  /** The `go` statement. */
  readonly source: InstructionSource;
  /** Where the op waits for something on every way from there to its return; null: there is a way without. */
  readonly waits: InstructionSource | null;
}

/**
 * Every `go` statement from which control may get to the return of the op. An op that waits on the way, for a `sync.WaitGroup` say, may well wait for that
 * goroutine, which nobody has proved; so it is listed, and only ops that are not listed are known to leave none behind.
 */
export function leftBehind(system: System): readonly LeftBehind[] {
  const found = system.implementations.flatMap(({ operation, code }) =>
    code.instructions.flatMap((instruction, position): readonly LeftBehind[] => {
      if (instruction.kind !== 'spawn') return [];
      const { returns, waits } = wayToReturn(system, code, outermost(code, position));
      if (!returns && waits === null) return [];
      return [{ operation, source: instruction.source, waits: returns ? null : waits }];
    }),
  );
  return found.filter((each, index) => found.findIndex((other) => keyOf(other) === keyOf(each)) === index);
}

/** What to say of it, behind the name of the op. */
export function leftBehindNote({ waits }: LeftBehind): string {
  const why =
    waits === null
      ? 'there is a way to its return on which it does not wait'
      : `that \`${waits.text}\` (line ${waits.span.start.line}) waits for it is not proved`;
  return `may return while this goroutine still runs: ${why}`;
}

function keyOf({ operation, source, waits }: LeftBehind): string {
  const { file, start } = source.span;
  return [operation, file, start.offset, waits?.span.start.offset].join(' ');
}

/** The spawn of the op's own thread that leads to a spawn. */
function outermost(code: Code, position: number): number {
  const outer = code.instructions.findIndex(
    (each, index) =>
      each.kind === 'spawn' &&
      index !== position &&
      reached(code.instructions, [each.goroutine], ownSuccessors).has(position),
  );
  return outer < 0 ? position : outermost(code, outer);
}

/** Whether a return is reached without waiting, and where else the thread waits first. */
function wayToReturn(
  system: System,
  code: Code,
  spawn: number,
): { readonly returns: boolean; readonly waits: InstructionSource | null } {
  const waiting = (instruction: Instruction): boolean => isWaiting(system, instruction);
  const untilWaiting = (instruction: Instruction, position: number): readonly number[] =>
    waiting(instruction) ? [] : ownSuccessors(instruction, position);
  const positions = [...reached(code.instructions, [spawn + 1], untilWaiting)].sort(
    (left, right) => left - right,
  );
  const instructions = positions.flatMap((position) => code.instructions[position] ?? []);
  return {
    returns: instructions.some(({ kind }) => kind === 'return'),
    waits: instructions.find(waiting)?.source ?? null,
  };
}

/** Where the thread itself goes, and not one that it spawns. */
function ownSuccessors(instruction: Instruction, position: number): readonly number[] {
  return instruction.kind === 'spawn' ? [position + 1] : successors(instruction, position);
}

/** Whether an instruction waits until others have done something; taking a lock only waits until they have not. */
function isWaiting(system: System, instruction: Instruction): boolean {
  if (instruction.kind === 'loop') return instruction.loop.retry;
  if (instruction.kind !== 'call') return false;
  const operation = system.machineOperations.find(({ name }) => name === instruction.operation);
  if (operation?.role.kind !== 'layer') return false;
  let waits = false;
  for (const section of operation.sections) {
    walkStatements(section, ({ kind }) => {
      waits ||= kind === 'await';
    });
  }
  return waits;
}
