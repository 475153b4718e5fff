import type { Term } from '../encoding/index.js';
import { implies, TRUE } from '../encoding/index.js';
import type { Guarantee } from '../ir/index.js';
import { walkExpression } from '../ir/index.js';
import { freshState, type SymbolicState } from './state.js';
import type { HeldLock, LocationSet } from './leases.js';
import { UnsupportedByProver } from './symbolic-domain.js';
import type { Theory } from './theory.js';

/** `while C: P` as a formula about a step: where C holds before it, P relates before and after. */
function promise(theory: Theory, guarantee: Guarantee, before: SymbolicState, after: SymbolicState): Term {
  const kept = theory.formula(guarantee.expression, after, before);
  return implies(conditionAt(theory, guarantee, before), kept);
}

function conditionAt(theory: Theory, guarantee: Guarantee, state: SymbolicState): Term {
  return guarantee.condition === null ? TRUE : theory.formula(guarantee.condition, state);
}

/** The guarantees that a thread's step has to keep: all but those from which the locks that it holds exclusively exempt it. */
export function stepPromises(
  theory: Theory,
  held: readonly HeldLock[],
  before: SymbolicState,
  after: SymbolicState,
): readonly { readonly guarantee: Guarantee; readonly goal: Term }[] {
  const exclusive = held.filter((each) => each.mode === 'exclusive');
  return theory.system.guarantees
    .filter((guarantee) => guarantee.unless === null || !holdsLock(theory, exclusive, guarantee.unless))
    .map((guarantee) => ({ guarantee, goal: promise(theory, guarantee, before, after) }));
}

/**
 * What a thread may rely on over an interval of others' steps: a guarantee whose condition its own leases keep true and from
 * which nobody else can be exempt: while it shares a lock, nobody holds that exclusively.
 */
export function reliedUpon(
  theory: Theory,
  held: readonly HeldLock[],
  leases: readonly LocationSet[],
  before: SymbolicState,
  after: SymbolicState,
): readonly Term[] {
  const whole = new Set(leases.filter((lease) => lease.keys.length === 0).map((lease) => lease.variable));
  return theory.system.guarantees
    .filter((guarantee) => guarantee.unless === null || holdsLock(theory, held, guarantee.unless))
    .filter((guarantee) => mentioned(guarantee).every((variable) => whole.has(variable)))
    .map((guarantee) => promise(theory, guarantee, before, after));
}

/** State variables that the condition mentions; a condition about pending ops is kept true by no lease. */
function mentioned(guarantee: Guarantee): readonly string[] {
  const names: string[] = [];
  if (guarantee.condition === null) return names;
  walkExpression(guarantee.condition, (node) => {
    if (node.kind === 'state') names.push(node.variable);
    if (node.kind === 'pending') names.push('pending ops');
  });
  return names;
}

function holdsLock(theory: Theory, held: readonly HeldLock[], name: string): boolean {
  if (theory.locks.get(name)?.index !== null) {
    throw new UnsupportedByProver(`a guarantee with an exception for one lock of the family ${name}`);
  }
  return held.some((each) => each.lock === name);
}

/** That a guarantee holds of doing nothing and of several steps. */
export function closureDemands(theory: Theory): readonly {
  readonly guarantee: Guarantee;
  readonly kind: 'reflexive' | 'transitive';
  readonly hypotheses: readonly Term[];
  readonly goal: Term;
}[] {
  return theory.system.guarantees.flatMap((guarantee) => {
    const state = (): SymbolicState => freshState(theory.system, theory.pendingTable, theory.freshName(''));
    const [first, second, third] = [state(), state(), state()];
    const kept = (before: SymbolicState, after: SymbolicState): Term =>
      theory.formula(guarantee.expression, after, before);
    return [
      { guarantee, kind: 'reflexive' as const, hypotheses: [], goal: kept(first, first) },
      {
        guarantee,
        kind: 'transitive' as const,
        hypotheses: [kept(first, second), kept(second, third)],
        goal: kept(first, third),
      },
    ];
  });
}
