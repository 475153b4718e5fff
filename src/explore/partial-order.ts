import type { System } from '../ir/index.js';
import { statementExpressions, walkExpression } from '../ir/index.js';
import type { Program } from './program.js';
import { forEachStatement } from './program.js';
import { Protection } from './protection.js';
import type { Reductions } from './reductions.js';
import type { Thread } from './thread.js';
import { localValues, nextInstruction, nextOperation } from './thread.js';
import type { Value } from './value.js';
import { sameValue } from './value.js';

/** Says which steps commute with what others do, and with crashes. */
export class PartialOrder {
  private readonly protection: Protection | null;
  /** Positions of the machine's variables on which what a crash leaves depends. */
  private readonly sensitive: readonly number[];

  constructor(
    private readonly program: Program,
    reductions: Reductions,
  ) {
    this.protection = reductions.partialOrder ? new Protection(program) : null;
    const names = crashSensitive(program.system);
    this.sensitive = [...program.machine.variables.entries()]
      .filter(([, { name }]) => names.has(name))
      .map(([position]) => position);
  }

  get isUsed(): boolean {
    return this.protection !== null;
  }

  /**
   * Whether the next step of a thread, an access of a layer or of memory, comes to the same before and after any steps of others that may
   * happen until the thread gives up one of its locks. `alone`: there are no others.
   */
  isOwn(thread: Thread, state: readonly Value[], alone: boolean): boolean {
    const operation = nextOperation(this.program, thread);
    const instruction = nextInstruction(thread);
    if (this.protection === null || operation === null || instruction.kind !== 'call') return false;
    if (['lock', 'unlock', 'begin', 'end'].includes(operation.role.kind)) return false;
    if (alone) return true;
    if (thread.held.length === 0) return false;
    const args = localValues(this.program, state, thread, instruction.arguments);
    return this.protection.covers(operation.name, args, thread.held);
  }

  /** Whether a crash leaves the same of two states. */
  isSameAfterCrash(before: readonly Value[], after: readonly Value[]): boolean {
    return this.sensitive.every((position) => {
      const [left, right] = [before[position], after[position]];
      return left === right || (left !== undefined && right !== undefined && sameValue(left, right));
    });
  }
}

/** Durable variables, and those that the crash statements mention. The others are reset whatever they are. */
function crashSensitive({ machine, state }: System): ReadonlySet<string> {
  const sensitive = new Set<string>();
  for (const { name, side, durability } of state)
    if (side === 'machine' && durability === 'durable') sensitive.add(name);
  forEachStatement(machine.crash.statements, (statement) => {
    if (statement.kind === 'assign' && statement.place.root.kind === 'state')
      sensitive.add(statement.place.root.variable);
    for (const expression of statementExpressions(statement)) {
      walkExpression(expression, (node) => {
        if (node.kind === 'state') sensitive.add(node.variable);
      });
    }
  });
  return sensitive;
}
