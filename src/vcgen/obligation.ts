import type { Span } from '../base/source.js';
import type { CallSite } from '../ir/index.js';

/** The kinds of obligation (docs/soundness.md, in the order of its rules). Codes are stable. */
export type ObligationCode =
  | 'machine' // a machine operation's `require`
  | 'bounds'
  | 'division'
  | 'nil'
  | 'overflow'
  | 'assertion'
  | 'panic'
  | 'race' // plain memory accessed without its lease
  | 'lease' // a guarded durable location written without its lease
  | 'unlock' // a lock released that is not held
  | 'claim' // a token claimed that somebody has
  | 'deadlock' // a lock taken that the thread holds already
  | 'spec-lease' // a guarded part of the specification's state changed without its lease
  | 'invariant' // a running invariant after a step
  | 'lock-invariant' // a lock's invariant on release, or of a free lock after a step
  | 'guarantee'
  | 'always' // a layer's own fact
  | 'crash-invariant' // crash safety of a step
  | 'effect' // an op takes effect exactly once
  | 'result' // an op returns what the specification allows
  | 'lock-leak' // no lock held at return
  | 'loop-invariant'
  | 'requires' // what a function requires, where it is called by its contract
  | 'ensures' // what a function ensures, and what memory it may change, when it returns
  | 'termination'
  | 'recovery' // what holds at the end of recovery
  | 'initialisation'
  | 'crash-stability' // the crash invariant survives another crash before recovery starts
  | 'guard-overlap' // guard sets of different locks are disjoint
  | 'guarantee-closed' // a guarantee is reflexive and transitive
  | 'contradiction'; // hypotheses that contradict each other

/** A named value of a counterexample state, printed in the user's names. */
export interface NamedValue {
  readonly name: string;
  readonly before: string | null;
  readonly value: string;
}

/** Why a query of an obligation did not hold. */
export interface Countermodel {
  /** The state where the proof breaks: what the step's invariants allow. */
  readonly values: readonly NamedValue[];
  /** The steps of the path that leads there, `file:line statement`. */
  readonly path: readonly { readonly span: Span; readonly text: string; readonly note: string | null }[];
  /** The last loop on that path of which only what its invariants say is known. */
  readonly loop: Span | null;
}

/** An access of plain memory, with the locks that the thread has there: `mu`, `locks (shared)`. */
export interface RacingAccess {
  readonly kind: 'read' | 'write';
  readonly variable: string;
  readonly locks: readonly string[];
}

/** One obligation, over all paths that reach it. */
export interface Obligation {
  /** Stable: does not change when unrelated code does. `Write/crash-invariant/Write1/crash-invariant.2`. */
  readonly id: string;
  readonly code: ObligationCode;
  /** A sentence: what has to hold. */
  readonly title: string;
  readonly span: Span;
  /** Calls of inlined helpers that lead there, outermost first. */
  readonly callers: readonly CallSite[];
  /** The op, `recovery`, `initialisation`, or null for the package as a whole. */
  readonly operation: string | null;
  /** Of a `race`: the access that it is about; null for all others. */
  readonly access: RacingAccess | null;
  /** The conjunct of an invariant that has to hold, as written. */
  readonly conjunct: string | null;
  readonly status: 'proved' | 'failed' | 'unknown' | 'vacuous';
  /** For `unknown`: resource limit, time-out or solver error; for `failed` and `vacuous`: a sentence. */
  readonly reason: string | null;
  readonly countermodel: Countermodel | null;
  readonly queries: number;
  readonly quantifiedQueries: number;
  readonly rlimit: number;
  readonly ms: number;
}

/**
 * A choice that the tool made: where an op takes effect, what recovery helps; or a loop that is assumed to be fair, or a goroutine that may be left
 * behind.
 */
export interface GhostChoice {
  readonly kind: 'commit' | 'hindsight' | 'help' | 'fair' | 'goroutine';
  readonly operation: string;
  readonly span: Span;
  readonly text: string;
  readonly note: string;
}

/** What the prover says of a system. */
export interface ProofReport {
  readonly obligations: readonly Obligation[];
  readonly choices: readonly GhostChoice[];
}
