import type { Span } from '../base/source.js';

/**
 * An execution as data: what the explorer found, what `trace` prints and what `--replay` runs again. Values
 * are printed already (`true`, `7`, `block(3)`, `{0: block(1)}`), so that whoever shows them needs no types.
 */
export interface Execution {
  /** Values chosen for the verification's parameters, and the other bounds it needs. */
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly rows: readonly Row[];
  /** What is wrong at the end, in one sentence. */
  readonly violation: Violation;
  /** Every decision made, in order: enough to run the execution again. Opaque to everybody but the explorer. */
  readonly script: readonly (number | string)[];
}

/** One atomic step, a crash, or the end of recovery. */
export interface Row {
  /** `thread 1`, `recovery`, `initialisation`; null for a crash. */
  readonly actor: string | null;
  readonly kind: 'initial' | 'invoke' | 'step' | 'return' | 'crash' | 'recovered';
  /** The statement or event on one line: `twodisk.Write1(a, v)`, `Write(0, block(1)) is called`, `CRASH`. */
  readonly text: string;
  readonly span: Span | null;
  /** Only what changed. */
  readonly changes: readonly Change[];
  /** What the specification may have done by now: one line for each possibility that is left, abbreviated. */
  readonly specification: readonly string[];
  /** A remark: `disk 1 fails`, `returns block(0)`, `lost: ...`. */
  readonly note: string | null;
}

export interface Change {
  /** `disk1[0]`, `locks.locked[1]`, `v`. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export interface Violation {
  readonly kind:
    | 'refinement' // no execution of the specification has these calls, results and crashes
    | 'undefined' // an undefined machine operation: out of range, unlock of a free lock
    | 'panic' // Go would panic, or an assertion fails
    | 'overflow' // a result does not fit into its type where the code is not to overflow
    | 'race' // a data race on plain memory
    | 'lock-leak' // an op returned with a lock held
    | 'deadlock' // threads are left and none can move
    | 'divergence'; // a loop that goes round without changing anything
  readonly message: string;
  readonly span: Span | null;
  /** Of a `race`: the two accesses. */
  readonly accesses?: readonly Access[];
}

/** A read or write of plain memory that a thread is about to make. */
export interface Access {
  /** `thread 1`. */
  readonly actor: string;
  /** The op whose code it is. */
  readonly operation: string;
  readonly kind: 'read' | 'write';
  /** `total`, `table[1]`. */
  readonly location: string;
  readonly text: string;
  readonly span: Span;
  /** Locks that the thread has: `mu`, `locks[1] (shared)`. */
  readonly locks: readonly string[];
}
