import { displayPath } from '../base/display-path.js';
import type { Span } from '../base/source.js';
import type { Instruction, Local } from '../ir/index.js';
import { assignedLocals, evaluatedExpressions, reached, walkExpression } from '../ir/index.js';
import type { Reports } from './reports.js';

/** Finished code, and what the locals in it stand for. */
export interface SpawningCode {
  readonly instructions: readonly Instruction[];
  readonly locals: readonly Local[];
  readonly parameterCount: number;
  /** Each assignment of the local is the only one of a new variable, or of a value that is no variable. */
  readonly isConstant: (local: number) => boolean;
  /** Locals that are memory: objects that slices, maps and pointers refer to. */
  readonly memory: ReadonlySet<number>;
  /** Those of them with objects of the caller's, before the call or after it. */
  readonly ofCaller: ReadonlySet<number>;
  /** The first instructions give memory its initial value. */
  readonly initialCount: number;
}

interface Access {
  readonly position: number;
  readonly write: boolean;
}

/**
 * Refuses goroutines that share a variable or memory with other code of the operation while one of them changes it. A spawned thread
 * has a copy of the locals; in Go it has the variables themselves. That is the same where neither assigns what the other one
 * still uses, which is looked for along all ways through the code: a variable is given to the goroutine (its spawner never uses it again), or
 * nobody changes it any more.
 */
export function checkGoroutineSharing(code: SpawningCode, reports: Reports): void {
  const accesses = accessesOf(code);
  code.instructions.forEach((instruction, position) => {
    if (instruction.kind !== 'spawn') return;
    const goroutine = reached(code.instructions, [instruction.goroutine]);
    const others = reached(code.instructions, [position + 1]);
    accesses.forEach((all, local) => {
      const own = all.filter((each) => goroutine.has(each.position));
      const [first] = own;
      if (first === undefined) return;
      const spanOf = (each: Access): Span =>
        code.instructions[each.position]?.source.span ?? instruction.source.span;
      if (code.ofCaller.has(local)) {
        reports.unsupported(
          'memory of the caller (a parameter or a result of the operation) in a goroutine',
          spanOf(first),
          'The caller may change it when the operation has returned: give the goroutine a copy.',
        );
        return;
      }
      if (code.isConstant(local)) return;
      const isOwn = local >= code.parameterCount && own.length === all.length;
      if (isOwn) return;
      const conflict = conflictOf(
        own,
        all.filter((each) => others.has(each.position)),
      );
      if (conflict === null) return;
      const [here, there] = [spanOf(conflict.own), spanOf(conflict.other)];
      const name = code.memory.has(local)
        ? 'memory that a slice, a map or a pointer refers to'
        : `the variable ${code.locals[local]?.name ?? ''}`;
      reports.unsupported(
        `${name}, which this goroutine ${verb(conflict.own)} here and other code ${verb(conflict.other)} at ${where(there)}, perhaps at the same time,`,
        here,
        'Pass a copy as an argument, do not use it after the `go` statement, or share a package variable that a lock guards.',
      );
    });
  });
}

function conflictOf(
  own: readonly Access[],
  others: readonly Access[],
): { readonly own: Access; readonly other: Access } | null {
  for (const each of own) {
    const other = others.find((candidate) => candidate.write || each.write);
    if (other !== undefined) return { own: each, other };
  }
  return null;
}

function verb({ write }: Access): string {
  return write ? 'changes' : 'reads';
}

function where({ file, start }: Span): string {
  return `${displayPath(file)}:${start.line}`;
}

/** For each local, where it is read and where it is assigned. */
function accessesOf({ instructions, locals, initialCount }: SpawningCode): readonly (readonly Access[])[] {
  const found = locals.map((): Access[] => []);
  instructions.forEach((instruction, position) => {
    if (position < initialCount) return;
    for (const local of assignedLocals(instruction)) found[local]?.push({ position, write: true });
    const read = new Set<number>();
    for (const expression of evaluatedExpressions(instruction)) {
      walkExpression(expression, (node) => {
        if (node.kind === 'local') read.add(node.index);
      });
    }
    for (const local of read) found[local]?.push({ position, write: false });
  });
  return found;
}
