import type { Span } from '../base/source.js';
import type { Code } from './code.js';
import type { Expression } from './expression.js';

/**
 * A helper function that is verified once, on its own, and used by its contract wherever it is called. All of it is local to the
 * thread that runs it: its code performs no machine operation and looks at no state.
 */
export interface Procedure {
  /** Unique among procedures and operations, as reports print it. */
  readonly name: string;
  readonly code: Code;
  /** Locals of the code that take the arguments and that it never assigns: Go's parameters, then what regions of memory hold. */
  readonly parameters: readonly number[];
  /** Locals that stand for what the code returns, in `ensures` and `frame` only: Go's results, then memory that it may change. */
  readonly results: readonly number[];
  /** Over the parameters. */
  readonly requires: readonly ContractClause[];
  /** Over the parameters and the results. */
  readonly ensures: readonly ContractClause[];
  /** What gets smaller with each call from itself, as unsigned numbers in lexicographic order; null: it never calls itself. */
  readonly decreases: readonly Expression[] | null;
  readonly changes: readonly ChangedMemory[];
  readonly span: Span;
}

/** A `requires` or `ensures` of a contract. */
export interface ContractClause {
  /** As written, on one line. */
  readonly text: string;
  readonly expression: Expression;
  readonly span: Span;
}

/** A region of memory that a procedure may change. All numbers are locals of its code. */
export interface ChangedMemory {
  /** What its objects hold, and how many there are: before, and after. */
  readonly contents: { readonly before: number; readonly after: number };
  readonly count: { readonly before: number; readonly after: number };
  /** What its objects hold after, as far as it differs from what they held before: the rest is taken from there. */
  readonly frame: Expression;
}

/** The procedure of a name. */
export function procedureOf(procedures: readonly Procedure[], name: string): Procedure {
  const found = procedures.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no procedure ${name}`);
  return found;
}

/** Names of the procedures that code may run, itself or through others. */
export function invokedFrom(procedures: readonly Procedure[], code: Code): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [code];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    for (const instruction of each.instructions) {
      if (instruction.kind !== 'invoke' || found.has(instruction.procedure)) continue;
      found.add(instruction.procedure);
      open.push(procedureOf(procedures, instruction.procedure).code);
    }
  }
  return found;
}
