import type { Span } from '../base/source.js';
import type { Expression } from './expression.js';
import type { CallSite, Local } from './statement.js';

/**
 * A Go function lowered to a flat list of instructions over its locals. Helper functions are inlined, but for those that have a contract. Only a `call` touches
 * state; each section of the called operation is one atomic step. Everything else is local to the thread. Control falls
 * through to the next instruction unless an instruction says otherwise; the last one is never reached by falling off.
 */
export interface Code {
  /** The Go function's name, as reports print it: `Write`, `(*DB).Add`. */
  readonly name: string;
  /** Parameters come first. */
  readonly locals: readonly Local[];
  readonly parameterCount: number;
  readonly instructions: readonly Instruction[];
  readonly span: Span;
}

export interface InstructionSource {
  readonly span: Span;
  /** The statement as the user wrote it, on one line. */
  readonly text: string;
  /** Calls of the inlined helpers that lead here, outermost first. */
  readonly callers: readonly CallSite[];
  /** For a case that may never occur, although the program is written for it: code that nothing reaches is no mistake there. Such are a method of a type that an interface may hold, and both ways to append. */
  readonly isOptional?: true;
  /** Code of the library, all of which stands at the user's call. */
  readonly isLibrary?: true;
}

export type Instruction = { readonly source: InstructionSource } & (
  | { readonly kind: 'assign'; readonly local: number; readonly value: Expression }
  | {
      readonly kind: 'branch';
      readonly condition: Expression;
      readonly whenTrue: number;
      readonly whenFalse: number;
    }
  /** Some value for which `where` (which may mention the local) holds. Executions take `usual`, which is such a value. */
  | {
      readonly kind: 'choose';
      readonly local: number;
      readonly where: Expression;
      readonly usual: Expression;
    }
  | { readonly kind: 'jump'; readonly target: number }
  /** Go panics here, or the user's `assert` fails, unless the condition holds. */
  | {
      readonly kind: 'check';
      readonly condition: Expression;
      readonly code: 'bounds' | 'division' | 'nil' | 'overflow' | 'assertion' | 'panic';
      readonly message: string;
    }
  /** Trusted: stated by the user, or true of Go's memory, which is finite and in which references are to what exists. */
  | { readonly kind: 'assume'; readonly condition: Expression; readonly reason: 'user' | 'memory' }
  /** Performs a machine operation: a disk call, a lock operation, an access of a package variable. */
  | {
      readonly kind: 'call';
      readonly operation: string;
      readonly arguments: readonly Expression[];
      /** Where the results go; null drops one. */
      readonly results: readonly (number | null)[];
    }
  /**
   * Runs a function that is verified on its own, all of which is local: executions run its code, the prover knows its contract.
   * Memory that it is given, and what it has made of it, are behind its arguments and results.
   */
  | {
      readonly kind: 'invoke';
      readonly procedure: string;
      readonly arguments: readonly Expression[];
      readonly results: readonly (number | null)[];
    }
  /** The head of a loop: every cycle of the control flow goes through one. */
  | { readonly kind: 'loop'; readonly loop: Loop }
  | { readonly kind: 'return'; readonly values: readonly Expression[]; readonly errors?: ReturnedErrors }
  /**
   * A new thread begins at `goroutine` with a copy of all locals, and this one goes on behind the instruction. That is what Go does
   * although it copies nothing, because neither of them assigns what the other one still uses (`src/lower/goroutine.ts`).
   */
  | { readonly kind: 'spawn'; readonly goroutine: number }
  /**
   * The end of a thread that was spawned: it has no call to return from. In boot: the start failed, and nothing runs any more before the
   * next crash.
   */
  | { readonly kind: 'end' }
  /** The user's `//@ commit` or `//@ help`: the ghost step goes with the call that follows. */
  | { readonly kind: 'hint'; readonly hint: 'commit' | 'help' }
  /** With the call that follows the thread takes a token, gives it back, or gives it up for good. */
  | { readonly kind: 'claim'; readonly claim: Claim }
);

/**
 * For each result that says whether an error is nil: the error, over locals that the result mentions too, or null if that is not known. For other results
 * undefined. Only for those who show executions.
 */
export type ReturnedErrors = readonly (Expression | null | undefined)[];

/** The index and the condition are over locals before the step, the state after it, and (with `old`) the state before it. */
export interface Claim {
  readonly kind: 'claim' | 'give' | 'freeze';
  /** Name of a lock that is a token. */
  readonly token: string;
  /** Of a family; null for a single token. */
  readonly index: Expression | null;
  /** Null: always. */
  readonly condition: Expression | null;
}

export interface Loop {
  /** The user's invariants and those guessed by the lowering (bounds of counters). */
  readonly invariants: readonly LoopInvariant[];
  /** What gets smaller with each round, as unsigned numbers in lexicographic order; null where none is known. */
  readonly decreases: readonly Expression[] | null;
  /** `retry`: a loop that waits for others; assumed fair, not proved to end. */
  readonly retry: boolean;
}

export interface LoopInvariant {
  readonly expression: Expression;
  readonly span: Span;
  /** Guessed by the tool: dropped, not reported, when it does not hold. */
  readonly guessed: boolean;
}

/** Where control may go after the instruction at a position: that of the thread itself, and of one that it spawns. */
export function successors(instruction: Instruction, position: number): readonly number[] {
  switch (instruction.kind) {
    case 'branch':
      return [instruction.whenTrue, instruction.whenFalse];
    case 'jump':
      return [instruction.target];
    case 'return':
    case 'end':
      return [];
    case 'spawn':
      return [position + 1, instruction.goroutine];
    default:
      return [position + 1];
  }
}

/** The locals that an instruction assigns. */
export function assignedLocals(instruction: Instruction): readonly number[] {
  switch (instruction.kind) {
    case 'assign':
    case 'choose':
      return [instruction.local];
    case 'call':
    case 'invoke':
      return instruction.results.filter((local) => local !== null);
    default:
      return [];
  }
}

/** The expressions that an instruction evaluates when it runs; those of loop clauses are the prover's. */
export function evaluatedExpressions(instruction: Instruction): readonly Expression[] {
  switch (instruction.kind) {
    case 'assign':
      return [instruction.value];
    case 'choose':
      return [instruction.usual];
    case 'branch':
    case 'check':
    case 'assume':
      return [instruction.condition];
    case 'call':
    case 'invoke':
      return instruction.arguments;
    case 'return':
      return instruction.values;
    case 'jump':
    case 'loop':
    case 'hint':
    case 'claim':
    case 'spawn':
    case 'end':
      return [];
  }
}
