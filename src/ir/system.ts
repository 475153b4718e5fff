import type { Span } from '../base/source.js';
import type { Code } from './code.js';
import type { Procedure } from './procedure.js';
import type { BoundVariable, Expression } from './expression.js';
import type { Block, Operation } from './statement.js';
import type { IntegerType, Type } from './type.js';

/**
 * One implementation, ready to be proved or explored: the machine that its code runs on, the specification that it
 * refines, its code and its annotations. Immutable; made by `src/lower`.
 */
export interface System {
  /** The package's folder, as the user named it. */
  readonly path: string;
  /** Go package name. */
  readonly name: string;
  /** Folders of the packages whose code and annotations it is made of. */
  readonly folders: readonly string[];
  /** Where the package says what it refines. */
  readonly span: Span;
  /** The specification layer with its arguments, as written: `ReplicatedDisk(Size)`. */
  readonly refines: string;
  /** The machine layer with its arguments, as written. */
  readonly over: string;
  readonly parameters: readonly Parameter[];
  /** Every state variable: the machine's, memory, locks, the specification's and ghosts. */
  readonly state: readonly StateVariable[];
  readonly machine: Transitions;
  readonly specification: Transitions;
  /** Operations that code may call: the machine's, and those of locks and package variables. */
  readonly machineOperations: readonly MachineOperation[];
  readonly specificationOperations: readonly Operation[];
  /** One for each op of the specification. The op's parameters and results are the code's. */
  readonly implementations: readonly Implementation[];
  /** Runs after every crash, before anything else; null: nothing to do. */
  readonly recovery: Code | null;
  /** Runs once, from `init`, and is not crashed; null: nothing to do. */
  readonly initialisation: Code | null;
  /** Builds volatile state, after initialisation and after each recovery; null: nothing to do. */
  readonly boot: Code | null;
  /** Helper functions that are verified on their own. */
  readonly procedures: readonly Procedure[];
  readonly invariants: readonly Invariant[];
  readonly crashInvariants: readonly Invariant[];
  readonly guarantees: readonly Guarantee[];
  readonly locks: readonly Lock[];
  /**
   * Channels from which a thread may learn that another one received, although nothing in Go orders what that one did before its own receiving
   * before what this one does behind its own.
   */
  readonly unorderedChannels: readonly string[];
  readonly annotationLines: number;
  readonly goLines: number;
}

/** A Go constant for whose every value (under `where`) the proof holds; the explorer picks small values. */
export interface Parameter {
  readonly name: string;
  readonly type: IntegerType;
  /** The value in the Go source; it satisfies `where`. */
  readonly value: bigint;
  readonly where: Expression | null;
  readonly span: Span;
}

export interface StateVariable {
  /** Unique: `disk1`, `spec.disk`, `sum`, `db.count`, `locks.locked`. */
  readonly name: string;
  readonly type: Type;
  readonly side: 'machine' | 'specification';
  readonly durability: 'durable' | 'volatile';
  /**
   * `layer`: of the machine or specification layer; `memory`: a Go package variable that is accessed plainly; `atomic`: one that
   * only `sync/atomic` accesses; `lock`: the state of a lock; `ghost`: of a token, which no execution has.
   */
  readonly origin: 'layer' | 'memory' | 'atomic' | 'lock' | 'ghost';
  /**
   * Initial value; volatile variables are reset to it by a crash. Null (durable layer variables only): any value that
   * satisfies the layer's `init`.
   */
  readonly initial: Expression | null;
  /** Can change without the user's own step (a disk's health): no lock may guard it. */
  readonly unleasable: boolean;
  readonly span: Span;
}

/** What a layer says beside its operations. Volatile variables are reset by a crash in addition to `crash`. */
export interface Transitions {
  /** Layer name and arguments. */
  readonly name: string;
  /** Predicates that initial states satisfy, in addition to initial values. */
  readonly init: readonly Invariant[];
  readonly crash: Block;
  /** Facts of every state. */
  readonly always: readonly Invariant[];
  /** Facts of every step (they mention `old`); reflexive and transitive. */
  readonly alwaysStep: readonly Invariant[];
}

/** A machine operation and how the prover's rules for leases see it. */
export interface MachineOperation extends Operation {
  readonly role:
    /** Of the machine layer, or of a variable that `sync/atomic` accesses: atomic without any lease. */
    | { readonly kind: 'layer' }
    /** Index keys, if any, are the first parameters. */
    | { readonly kind: 'lock' | 'unlock'; readonly lock: string; readonly mode: LockMode }
    /** Of a `sync.Once`: a lock that is taken at most once, and only if the result says so; and its release. */
    | { readonly kind: 'begin' | 'end'; readonly lock: string }
    /** Access of plain Go memory; index keys, if any, are the first parameters. */
    | { readonly kind: 'load' | 'store'; readonly variable: string };
}

/** Exclusive: by one thread, which may change what the lock guards; shared: by any number, which may read it. */
export type LockMode = 'exclusive' | 'shared';

export interface Implementation {
  /** Name of the op in `specificationOperations`. */
  readonly operation: string;
  readonly code: Code;
  readonly span: Span;
}

/** A formula that the user or a layer states, with the words to report it in. */
export interface Invariant {
  /** Stable within the system, for obligation ids: `invariant`, `crash invariant 2`, `locks`. */
  readonly name: string;
  /** As written, on one line. */
  readonly text: string;
  readonly expression: Expression;
  readonly span: Span;
}

/**
 * A lock, or a family of locks with one index: which locations it guards and what holds of them while it is free.
 */
export interface Lock {
  /** The Go variable: `locks`, `db.mu`. */
  readonly name: string;
  /** The boolean state variable (a map from the index, for a family) that is true while the lock is held exclusively. */
  readonly locked: string;
  /** The state variable that counts those who share the lock (uint64, or a map from the index); null: it cannot be shared. */
  readonly readers: string | null;
  /** Of a token: the state variable that says which thread has it, or had it last (a thread, or a map from the index). */
  readonly owner: string | null;
  /**
   * Of a `sync.Once`, and of a token that is frozen somewhere: the boolean state variable that says that it was held and will not be again; null: it may be
   * taken any number of times.
   */
  readonly done: string | null;
  /** The bound variable that stands for the index in `guards` and `invariant`; null for a single lock. */
  readonly index: BoundVariable | null;
  /** Number of locks of a family (uint64); null for a single lock, and for a family of tokens: there is one for each index. */
  readonly count: Expression | null;
  readonly guards: readonly Guard[];
  readonly invariant: Invariant | null;
  readonly span: Span;
}

/**
 * A guarded location: a whole state variable (`keys` empty) or the part of a map-typed one under keys that are
 * expressions over the lock's index, parameters and constants. With `each`, all the locations under keys of which `where` holds.
 */
export interface Guard {
  readonly variable: string;
  readonly keys: readonly Expression[];
  /** Variables that stand for every value: each is exactly one of the keys, and no other key mentions it. */
  readonly each: readonly BoundVariable[];
  /** Over `each`, the lock's index, parameters and constants; null: no condition. */
  readonly where: Expression | null;
  readonly span: Span;
}

/** `guarantee [unless holds(self, lock)] while C: P(old, new)`. */
export interface Guarantee {
  readonly name: string;
  readonly text: string;
  readonly unless: string | null;
  readonly condition: Expression | null;
  readonly expression: Expression;
  readonly span: Span;
}
