import type { Span } from '../base/source.js';
import type { Term } from '../encoding/index.js';
import type { Claim, Code, LoopInvariant, Type } from '../ir/index.js';
import type { SymbolicValue } from './layout.js';
import type { HeldLock, OneLock } from './leases.js';
import type { SymbolicState } from './state.js';

/** How far the thread's own op has taken effect. */
export type EffectStatus =
  | { readonly kind: 'none' } // recovery and initialisation: no op of their own
  | { readonly kind: 'pending'; readonly section: number; readonly locals: readonly SymbolicValue[] }
  | { readonly kind: 'done'; readonly results: readonly SymbolicValue[] };

/** What was fixed when a loop was entered, to be compared at its back edge. */
export interface LoopEntry {
  readonly status: EffectStatus;
  readonly held: readonly HeldLock[];
  readonly measure: readonly SymbolicValue[] | null;
  readonly invariants: readonly LoopInvariant[];
}

/** An argument of an operation that was called. */
export interface Mention {
  readonly type: Type;
  readonly value: SymbolicValue;
  readonly operation: string;
}

/** One symbolic path through code, between two steps. */
export interface Path {
  /** The code that runs and what follows it (boot after recovery). */
  readonly code: Code;
  readonly next: readonly Code[];
  readonly position: number;
  readonly locals: readonly SymbolicValue[];
  readonly state: SymbolicState;
  readonly hypotheses: readonly Term[];
  /** What always holds, of the current state; in part given up when others move (see `condensed`). */
  readonly ambient: readonly Term[];
  /** States since the op was called, each between two steps of its thread. */
  readonly moments: readonly SymbolicState[];
  readonly held: readonly HeldLock[];
  /** Each `sync.Once` whose `Do` this thread, or one that it was started by before, has called: what its function did is ordered before what comes now. */
  readonly begun: readonly OneLock[];
  readonly status: EffectStatus;
  readonly loops: ReadonlyMap<number, LoopEntry>;
  /** Rounds of loops that were walked one by one. */
  readonly rounds: number;
  /** Arguments of the operations called so far, the latest first: keys at which ghost steps are tried. */
  readonly mentioned: readonly Mention[];
  /** The user's hint before the next call. */
  readonly hint: 'commit' | 'help' | null;
  /** Tokens to be taken or given back with the next call. */
  readonly claims: readonly Claim[];
  /** Atomic steps so far. */
  readonly depth: number;
  /** Whether the outcomes of a machine step on this path were taken apart, where the policy is to do so once. */
  readonly tookApart: boolean;
  /** Ghost steps that the search may still take on this path. */
  readonly budget: number;
  readonly trail: readonly { readonly span: Span; readonly text: string; readonly note: string | null }[];
}

/** Everything that is known on a path. */
export function knownOn(path: Path): readonly Term[] {
  return [...path.hypotheses, ...path.ambient];
}

/** A path with more known. */
export function assuming(path: Path, ...terms: readonly Term[]): Path {
  return { ...path, hypotheses: [...path.hypotheses, ...terms] };
}
