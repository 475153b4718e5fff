import type { Operation } from '../ir/index.js';
import { initialLocals } from '../semantics/index.js';
import { MAXIMAL_SLOTS } from './bounds.js';
import { crashOutcomes, sectionOutcomes } from './outcomes.js';
import type { Program } from './program.js';
import type { Symmetry } from './symmetry.js';
import { Table, memoised } from './table.js';
import type { Value } from './value.js';
import { keyOfAll } from './value.js';

/** How far the specification may be with a call that was asked for and has not returned. */
export type CallStatus =
  | {
      readonly done: false;
      readonly operation: Operation;
      /** The section that is next to come. */
      readonly section: number;
      readonly locals: readonly Value[];
    }
  | { readonly done: true; readonly operation: Operation; readonly results: readonly Value[] };

/** One thing that the specification may have done: its state, and the status of each thread's call. */
export interface Configuration {
  readonly state: readonly Value[];
  /** By thread; null where no call is pending. */
  readonly calls: readonly (CallStatus | null)[];
}

/** A configuration by the numbers of its parts; call number 0 is none. */
interface Packed {
  readonly state: number;
  readonly calls: readonly number[];
}

/** What a set becomes, by set and by what happens. */
type Results = Map<number, Map<number, number>>;

/** The specification may have met an undefined operation: everything is allowed from then on. */
export const ANYTHING = -1;

/**
 * Sets of configurations, by number: all that the specification may have done, given the calls, returns and crashes so far. They are
 * closed: whatever pending calls may do without anybody noticing is included. That makes them exact: a call takes effect at
 * some moment between its invocation and its return, and the closure after an invocation lets it do so at any time until
 * its return drops the configurations in which it did not (or with another result).
 */
export class Specification {
  private readonly states = new Table<readonly Value[]>();
  private readonly calls = new Table<CallStatus | null>();
  private readonly sets = new Table<readonly Packed[]>();
  private readonly steps = new Map<string, readonly (readonly [number, number])[] | null>();
  private readonly invoked: Results = new Map();
  private readonly completed: Results = new Map();
  private readonly crashed = new Map<number, number>();
  private readonly permuted: Results = new Map();

  constructor(private readonly program: Program) {
    this.calls.intern('', null);
    this.sets.intern('', []);
  }

  /** The set with one configuration for each state, and no calls of any of the threads. */
  start(states: readonly (readonly Value[])[], threads: number): number {
    return this.set(states.map((state) => ({ state: this.state(state), calls: none(threads) })));
  }

  isEmpty(set: number): boolean {
    return this.sets.get(set).length === 0;
  }

  /** The number of the call of an operation with these arguments, of which nothing has happened yet. */
  requested(operation: Operation, args: readonly Value[]): number {
    const locals = initialLocals(this.program.domain, operation, args);
    return this.call({ done: false, operation, section: 0, locals });
  }

  /** The number of a call that is done with these results. */
  finished(operation: Operation, results: readonly Value[]): number {
    return this.call({ done: true, operation, results });
  }

  /** A thread is asked for a call; {@link ANYTHING} when some run of the pending calls is undefined. */
  invoke(set: number, thread: number, call: number): number {
    return memoised(this.after(this.invoked, set), call * MAXIMAL_SLOTS + thread, () =>
      this.closure(
        this.sets.get(set).map(({ state, calls }) => ({ state, calls: calls.with(thread, call) })),
      ),
    );
  }

  /** A call returns: what is left are the configurations in which it is done in the given way. */
  complete(set: number, thread: number, finished: number): number {
    return memoised(this.after(this.completed, set), finished * MAXIMAL_SLOTS + thread, () =>
      this.set(
        this.sets
          .get(set)
          .filter(({ calls }) => calls[thread] === finished)
          .map(({ state, calls }) => ({ state, calls: calls.with(thread, 0) })),
      ),
    );
  }

  /**
   * A crash and all recoveries up to the first that finishes: calls that it cut off have taken effect or not (the set is closed), the
   * specification crashes once, and the calls are forgotten. Nothing else can happen to the specification before recovery has finished,
   * so this may be computed at the crash.
   */
  crash(set: number): number {
    return memoised(this.crashed, set, () => {
      const threads = this.sets.get(set)[0]?.calls.length ?? 0;
      const before = new Set(this.sets.get(set).map(({ state }) => state));
      return this.set(
        [...before].flatMap((state) =>
          crashOutcomes(this.program, this.program.specification, this.states.get(state)).map((outcome) => ({
            state: this.state(outcome.state),
            calls: none(threads),
          })),
        ),
      );
    });
  }

  /** The same with threads in another order: `order[i]` is the old number of thread i. */
  permute(set: number, order: readonly number[]): number {
    const code = order.reduce((number, old) => number * MAXIMAL_SLOTS + old, 0);
    return memoised(this.after(this.permuted, set), code, () =>
      this.set(
        this.sets.get(set).map(({ state, calls }) => ({ state, calls: order.map((old) => calls[old] ?? 0) })),
      ),
    );
  }

  /** The same with other names for blocks and addresses. */
  renamed(set: number, renaming: number, symmetry: Symmetry): number {
    const side = this.program.specification;
    return this.set(
      this.sets.get(set).map(({ state, calls }) => ({
        state: this.state(symmetry.renamedState(side, this.states.get(state), renaming)),
        calls: calls.map((call) => this.renamedCall(call, renaming, symmetry)),
      })),
    );
  }

  private renamedCall(call: number, renaming: number, symmetry: Symmetry): number {
    const status = this.calls.get(call);
    if (status === null) return call;
    const { operation } = status;
    if (status.done) {
      return this.finished(operation, symmetry.renamedResults(operation, status.results, renaming));
    }
    return this.call({ ...status, locals: symmetry.renamedLocals(operation, status.locals, renaming) });
  }

  configurations(set: number): readonly Configuration[] {
    return this.sets.get(set).map(({ state, calls }) => ({
      state: this.states.get(state),
      calls: calls.map((call) => this.calls.get(call)),
    }));
  }

  private after(results: Results, set: number): Map<number, number> {
    return memoised(results, set, () => new Map<number, number>());
  }

  private closure(configurations: readonly Packed[]): number {
    const found = new Map<string, Packed>();
    const queue = [...configurations];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      this.program.deadline.check();
      const key = packedKey(next);
      if (found.has(key)) continue;
      found.set(key, next);
      for (const [thread, call] of next.calls.entries()) {
        const outcomes = this.step(next.state, call);
        if (outcomes === null) return ANYTHING;
        for (const [state, after] of outcomes) queue.push({ state, calls: next.calls.with(thread, after) });
      }
    }
    return this.set([...found.values()]);
  }

  /** What the next section of a call can do; null when it can be undefined. Waiting sections can do nothing. */
  private step(state: number, call: number): readonly (readonly [number, number])[] | null {
    const status = this.calls.get(call);
    if (status === null || status.done) return [];
    const key = `${state} ${call}`;
    const known = this.steps.get(key);
    if (known !== undefined) return known;
    const { operation, section, locals } = status;
    const side = this.program.specification;
    const outcomes = sectionOutcomes(this.program, side, this.states.get(state), operation, section, locals);
    const results: [number, number][] = [];
    let defined = true;
    for (const outcome of outcomes) {
      if (outcome.kind === 'undefined') defined = false;
      else {
        const after: CallStatus =
          outcome.results === null
            ? { done: false, operation, section: section + 1, locals: outcome.locals }
            : { done: true, operation, results: outcome.results };
        results.push([this.state(outcome.state), this.call(after)]);
      }
    }
    const step = defined ? results : null;
    this.steps.set(key, step);
    return step;
  }

  private state(state: readonly Value[]): number {
    return this.states.intern(keyOfAll(state), state);
  }

  private call(status: CallStatus): number {
    const text = status.done
      ? `done ${keyOfAll(status.results)}`
      : `${status.section} ${keyOfAll(status.locals)}`;
    return this.calls.intern(`${status.operation.name} ${text}`, status);
  }

  private set(configurations: readonly Packed[]): number {
    const sorted = new Map(configurations.map((each) => [packedKey(each), each]));
    const keys = [...sorted.keys()].sort();
    const members = keys.flatMap((key) => sorted.get(key) ?? []);
    return this.sets.intern(keys.join('|'), members);
  }
}

function packedKey(configuration: Packed): string {
  return `${configuration.state}:${configuration.calls.join(' ')}`;
}

function none(threads: number): readonly number[] {
  return Array.from({ length: threads }, () => 0);
}
