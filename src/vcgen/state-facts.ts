import type { Term } from '../encoding/index.js';
import type { Fact } from './facts.js';
import type { Path } from './path.js';
import { knownOn } from './path.js';
import type { SymbolicDemand } from './symbolic-run.js';
import type { Theory } from './theory.js';
import type { Demand } from './mode.js';

export function awaitDemand(path: Path, demand: SymbolicDemand): Demand {
  return {
    code: 'effect',
    fact: 'await',
    title: 'the specification can take the step: what it awaits holds',
    conjunct: null,
    // Not the step's hypotheses: they presuppose what is to be shown here.
    hypotheses: [...knownOn(path), ...demand.conditions],
    goal: demand.condition,
  };
}

/**
 * The facts that every step has to keep. With `running` false, those of a system that recovers: crash safety only. Those that are not
 * relevant (null: all are) are no hypotheses; they held before the step, and still do if it leaves alone what they mention.
 */
export function stateFacts(
  theory: Theory,
  before: Path,
  after: Path,
  running: boolean,
  relevant: ReadonlySet<Fact> | null,
): readonly Demand[] {
  const hypotheses = knownOn(after);
  const known = new Set(hypotheses);
  const isLeftAlone = (fact: Fact): boolean =>
    relevant?.has(fact) === false && theory.isUnaffected(fact.expression, before.state, after.state);
  /** A fact about what the step does not change is the very term that is known already, and nothing to prove. */
  const demand = (fact: Fact, title: string, goal: Term): readonly Demand[] => {
    if (known.has(goal)) return [];
    const more = relevant?.has(fact) === false ? theory.invariantsOf(before.state, null, null) : [];
    const all = [...hypotheses, ...more];
    return [{ code: fact.code, fact: fact.name, title, conjunct: fact.text, hypotheses: all, goal }];
  };
  const touched = (facts: readonly Fact[]): readonly Fact[] => facts.filter((fact) => !isLeftAlone(fact));
  const crash = touched(theory.facts.crash);
  const crashStates = crash.length === 0 ? [] : theory.crashStates(after.state);
  const holding = (fact: Fact): string =>
    fact.code === 'lock-invariant' ? `${fact.words} holds wherever the lock is free` : `${fact.words} holds`;
  return [
    ...touched(running ? theory.facts.running : []).flatMap((fact) =>
      demand(
        fact,
        `after this step ${holding(fact)}`,
        theory.formula(fact.expression, after.state, before.state),
      ),
    ),
    ...crash.flatMap((fact) =>
      demand(
        fact,
        `whatever a crash after this step leaves satisfies ${fact.words}`,
        theory.crashFormula(fact, crashStates),
      ),
    ),
  ];
}
