import type { Diagnostic } from '../base/diagnostic.js';
import type { Execution } from '../trace/index.js';

/** More threads than this are never searched. */
export const MAXIMAL_THREADS = 8;

/** More goroutines than this are never searched, beside those in the places of threads that have made all their calls. */
export const MAXIMAL_GOROUTINES = 2;

export const MAXIMAL_SLOTS = MAXIMAL_THREADS + MAXIMAL_GOROUTINES;

/** How far one search goes. Every execution within all of the bounds is looked at. */
export interface Bounds {
  /** Threads that run at the same time; after each crash as many new ones start. */
  readonly threads: number;
  /** Calls that each thread makes at most, before the first crash, between crashes and after the last one. */
  readonly operations: number;
  readonly crashes: number;
  /** Goroutines that run at the same time, beside one in the place of each thread that has made all its calls; 0 unless said otherwise. */
  readonly goroutines?: number;
  /** Values of the verification's parameters (the number of addresses, say). */
  readonly parameters: Readonly<Record<string, bigint>>;
  /**
   * Arguments: blocks from `block(1)` to `block(values)` (one at least), and `block(0)` unless blocks are only copied; integers from 0 to `values` and below each parameter (of a parameter above 8: from 0 to 7, and
   * the largest), and from two values on the largest integer of all.
   */
  readonly values: number;
  /** Integers go to `values` and no further in the calls of operations that have many arguments: most numbers are data, not places. */
  readonly smallArguments?: boolean;
}

export interface ExploreOptions {
  /** Time for the whole search in milliseconds. */
  readonly budgetMs: number;
  /** No bound exceeds these. */
  readonly maxBounds?: Partial<Bounds>;
  readonly onProgress?: (text: string) => void;
}

export interface ExploreStatistics {
  /** Distinct states over all bounds. */
  readonly states: number;
  /** Steps from one state to the next over all bounds. */
  readonly transitions: number;
  readonly ms: number;
}

export type ExploreResult =
  | {
      readonly kind: 'violation';
      readonly execution: Execution;
      /** The bounds within which it was found. */
      readonly bounds: Bounds;
      /** Smaller bounds that have no violation. */
      readonly exhausted: readonly Bounds[];
      readonly statistics: ExploreStatistics;
    }
  | {
      readonly kind: 'none';
      /** Every bound that was searched completely; may be empty when the budget was too small. */
      readonly exhausted: readonly Bounds[];
      /** The first bound that was not: the budget ran out in it, or there are runs in it that are too long to follow. */
      readonly unfinished: Bounds | null;
      readonly statistics: ExploreStatistics;
    }
  | { readonly kind: 'error'; readonly diagnostics: readonly Diagnostic[] };

export interface ReplayResult {
  /** Whether the script could be followed to its end and ends in a violation of the same kind. */
  readonly ok: boolean;
  /** The execution as it went this time. */
  readonly execution: Execution;
  /** What went differently, as a sentence; null when `ok`. */
  readonly difference: string | null;
}

/** Bounds as a sentence: `2 threads, 1 call each, 1 crash, Size = 2, 2 values`. */
export function showBounds(bounds: Bounds): string {
  const parameters = Object.entries(bounds.parameters).map(([name, value]) => `${name} = ${String(value)}`);
  return [
    counted(bounds.threads, 'thread'),
    `${counted(bounds.operations, 'call')} each`,
    counted(bounds.crashes, 'crash', 'crashes'),
    ...(bounds.goroutines === undefined ? [] : [counted(bounds.goroutines, 'goroutine')]),
    ...parameters,
    counted(bounds.values, 'value'),
    ...(bounds.smallArguments === true ? ['pairs of small numbers only'] : []),
  ].join(', ');
}

/** The bounds among these that no other one includes: all that a list of exhausted bounds has to say. */
export function largestBounds(bounds: readonly Bounds[]): readonly Bounds[] {
  return bounds.filter(
    (each, index) =>
      !bounds.some(
        (other, position) =>
          position !== index && within(each, other) && !(within(other, each) && position > index),
      ),
  );
}

function within(inner: Bounds, outer: Bounds): boolean {
  return (
    inner.threads <= outer.threads &&
    inner.operations <= outer.operations &&
    inner.crashes <= outer.crashes &&
    (inner.goroutines ?? 0) <= (outer.goroutines ?? 0) &&
    inner.values <= outer.values &&
    (outer.smallArguments !== true || inner.smallArguments === true) &&
    Object.entries(inner.parameters).every(([name, value]) => outer.parameters[name] === value)
  );
}

/** Whether a search within the bounds makes sense. */
export function areUsable({ threads, operations, crashes, values, goroutines = 0 }: Bounds): boolean {
  const counts = [threads - 1, operations, crashes, values, goroutines];
  return (
    counts.every((count) => Number.isSafeInteger(count) && count >= 0) &&
    threads <= MAXIMAL_THREADS &&
    goroutines <= MAXIMAL_GOROUTINES &&
    values <= 64
  );
}

function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
