import { present } from '../base/present.js';
import type { Span } from '../base/source.js';
import type { Term } from '../encoding/index.js';
import {
  and,
  bitvector,
  bvLessEqual,
  constant,
  equal,
  bitvectorSort,
  FALSE,
  ite,
  not,
  or,
} from '../encoding/index.js';
import type { Type } from '../ir/index.js';
import type { Driver } from '../semantics/index.js';
import { Abandoned } from '../semantics/index.js';
import type { SymbolicValue } from './layout.js';
import { symbolicConstant } from './layout.js';
import { leaf } from './symbolic-domain.js';

/** A write to a state variable and under which circumstances of the run it happened. */
export interface SymbolicWrite {
  readonly variable: string;
  readonly keys: readonly SymbolicValue[];
  readonly conditions: readonly Term[];
  readonly span: Span;
}

/** A condition that has to hold (or may be assumed) at some point of a run. */
export interface SymbolicDemand {
  readonly condition: Term;
  readonly conditions: readonly Term[];
  readonly span: Span;
}

/** One run of a step: what it assumed, did and demands. */
export interface SymbolicOutcome<R> {
  readonly conditions: readonly Term[];
  readonly variables: ReadonlyMap<string, SymbolicValue>;
  readonly writes: readonly SymbolicWrite[];
  readonly result: R;
}

/** Every run of a step. Demands are those of all runs, the impossible ones included. */
export interface SymbolicRuns<R> {
  readonly outcomes: readonly SymbolicOutcome<R>[];
  /** Where the step is undefined unless they hold. */
  readonly requires: readonly SymbolicDemand[];
  /** What an angelic run waits for: it has to hold. */
  readonly awaits: readonly SymbolicDemand[];
  /** How many alternatives each of the policy's decisions had. */
  readonly decisions: readonly number[];
}

/** How a run treats what it may decide. */
export interface RunPolicy {
  /**
   * `demonic`: alternatives and choices are somebody else's; every one is run, guarded by a fresh symbol. `angelic`: ours; `picks`
   * says which alternative is taken at each decision in turn, choices are taken from `witnesses`, and an `await` is a demand.
   */
  readonly kind: 'demonic' | 'angelic';
  readonly picks: readonly number[];
  witnesses(type: Type): readonly SymbolicValue[];
}

export const DEMONIC: RunPolicy = { kind: 'demonic', picks: [], witnesses: () => [] };

/** What a run reads. */
export interface RunContext {
  readonly name: string;
  readonly variables: ReadonlyMap<string, SymbolicValue>;
  parameter(name: string): SymbolicValue;
  pending(
    thread: SymbolicValue,
    operation: string,
    section: number,
    args: readonly SymbolicValue[],
  ): SymbolicValue;
}

/** The policy's picks ask for an alternative or a witness that there is not. */
class InvalidPicks extends Error {}

/**
 * Every run of `step`, each with other answers to the branches that its conditions do not decide; null if the picks of
 * the policy do not fit.
 */
export function runAll<R>(
  context: RunContext,
  policy: RunPolicy,
  step: (driver: Driver<SymbolicValue>) => R,
): SymbolicRuns<R> | null {
  const outcomes: SymbolicOutcome<R>[] = [];
  const requires: SymbolicDemand[] = [];
  const awaits: SymbolicDemand[] = [];
  const counts: number[] = [];
  const open: number[][] = [[]];
  for (let script = open.pop(); script !== undefined; script = open.pop()) {
    const run = new SymbolicRun(context, policy, script);
    try {
      const result = step(run);
      outcomes.push(run.outcome(result));
    } catch (error) {
      if (error instanceof InvalidPicks) return null;
      if (!(error instanceof Abandoned)) throw error;
    }
    requires.push(...run.requires);
    awaits.push(...run.awaits);
    run.decisionCounts.forEach((count, index) => {
      counts[index] = Math.max(counts[index] ?? 0, count);
    });
    open.push(...run.alternatives.reverse());
  }
  return { outcomes, requires, awaits, decisions: counts };
}

/** Wide enough for the alternatives of any `either` that a text can spell. */
const PICK_BITS = 32;

class SymbolicRun implements Driver<SymbolicValue> {
  readonly alternatives: number[][] = [];
  /** How many alternatives each of the policy's decisions had. */
  readonly decisionCounts: number[] = [];
  private readonly taken: number[] = [];
  private readonly conditions: Term[] = [];
  private readonly variables: Map<string, SymbolicValue>;
  private readonly writes: SymbolicWrite[] = [];
  readonly requires: SymbolicDemand[] = [];
  readonly awaits: SymbolicDemand[] = [];

  constructor(
    private readonly context: RunContext,
    private readonly policy: RunPolicy,
    private readonly script: readonly number[],
  ) {
    this.variables = new Map(context.variables);
  }

  outcome<R>(result: R): SymbolicOutcome<R> {
    const { conditions, variables, writes } = this;
    return { conditions, variables, writes, result };
  }

  /** Takes the scripted alternative, or the first one and leaves the others for later runs. */
  private decide(count: number): number {
    const index = this.taken.length;
    const scripted = this.script[index];
    if (scripted === undefined) {
      for (let other = 1; other < count; other += 1) this.alternatives.push([...this.taken, other]);
    }
    const pick = scripted ?? 0;
    this.taken.push(pick);
    return pick;
  }

  /** The policy's pick at its next decision. */
  private pick(count: number): number {
    const index = this.decisionCounts.length;
    this.decisionCounts.push(count);
    const pick = this.policy.picks[index] ?? 0;
    if (pick >= count) throw new InvalidPicks();
    return pick;
  }

  private suppose(condition: Term): void {
    if (condition === FALSE) throw new Abandoned();
    this.conditions.push(condition);
  }

  branch(condition: SymbolicValue): boolean {
    const taken = this.decide(2) === 0;
    this.suppose(taken ? leaf(condition) : not(leaf(condition)));
    return taken;
  }

  either(count: number): number {
    if (this.policy.kind === 'angelic') return this.pick(count);
    const symbol = constant(`${this.context.name}.either.${this.taken.join('.')}`, bitvectorSort(PICK_BITS));
    const pick = this.decide(count);
    const last = bitvector(BigInt(count - 1), PICK_BITS);
    this.suppose(
      pick === count - 1
        ? bvLessEqual(last, symbol, false)
        : equal(symbol, bitvector(BigInt(pick), PICK_BITS)),
    );
    return pick;
  }

  choose(type: Type, name: string): SymbolicValue {
    if (this.policy.kind === 'demonic') {
      return symbolicConstant(`${this.context.name}.${name}.${this.taken.join('.')}`, type);
    }
    const witnesses = this.policy.witnesses(type);
    const witness = witnesses[this.pick(witnesses.length)];
    if (witness === undefined) throw new InvalidPicks();
    return witness;
  }

  assume(condition: SymbolicValue, span: Span): void {
    if (this.policy.kind === 'angelic') {
      // The demand decides whether the pick is possible; the run goes on so that no case is lost.
      this.awaits.push({ condition: leaf(condition), conditions: [...this.conditions], span });
      this.conditions.push(leaf(condition));
      return;
    }
    this.suppose(leaf(condition));
  }

  require(condition: SymbolicValue, span: Span): void {
    this.requires.push({ condition: leaf(condition), conditions: [...this.conditions], span });
    this.conditions.push(leaf(condition));
  }

  read(variable: string, old: boolean): SymbolicValue {
    const value = (old ? this.context.variables : this.variables).get(variable);
    if (value === undefined) throw new Error(`no state variable ${variable}`);
    return value;
  }

  write(variable: string, value: SymbolicValue, keys: readonly SymbolicValue[], span: Span): void {
    this.variables.set(variable, value);
    this.writes.push({ variable, keys, conditions: [...this.conditions], span });
  }

  parameter(name: string): SymbolicValue {
    return this.context.parameter(name);
  }

  pending(
    thread: SymbolicValue,
    operation: string,
    section: number,
    args: readonly SymbolicValue[],
  ): SymbolicValue {
    return this.context.pending(thread, operation, section, args);
  }
}

/** All outcomes of a step as one: values are conditionals over the outcomes' conditions, one of which holds. */
export function mergeOutcomes(
  outcomes: readonly SymbolicOutcome<readonly SymbolicValue[]>[],
): SymbolicOutcome<readonly SymbolicValue[]> | null {
  const last = outcomes.at(-1);
  if (last === undefined || outcomes.length === 1) return last ?? null;
  const guards = outcomes.map((outcome) => and(outcome.conditions));
  const mix = (values: readonly SymbolicValue[]): SymbolicValue =>
    values.reduceRight((rest, value, index) =>
      value.map((term, position) => ite(present(guards[index]), term, present(rest[position]))),
    );
  const variables = new Map(
    [...last.variables.keys()].map((name): [string, SymbolicValue] => [
      name,
      mix(outcomes.map((outcome) => present(outcome.variables.get(name)))),
    ]),
  );
  return {
    conditions: [or(guards)],
    variables,
    writes: outcomes.flatMap((outcome) => outcome.writes),
    result: last.result.map((_, index) => mix(outcomes.map((outcome) => present(outcome.result[index])))),
  };
}
