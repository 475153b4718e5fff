import type { Span } from '../base/source.js';
import type { Solver, Term } from '../encoding/index.js';
import { and, implies } from '../encoding/index.js';
import type { Operation, StateVariable, Transitions } from '../ir/index.js';
import { executeCrash, executeSection, initialLocals, initialValue } from '../semantics/index.js';
import type { CheckResult } from './check.js';
import { check } from './check.js';
import { symbolicConstant } from './layout.js';
import { closureDemands } from './guarantees.js';
import { guardOverlaps } from './leases.js';
import type { SymbolicState } from './state.js';
import { freshState } from './state.js';
import { symbolicDomain } from './symbolic-domain.js';
import { DEMONIC, runAll, type SymbolicOutcome } from './symbolic-run.js';
import type { Fact } from './facts.js';
import type { Theory } from './theory.js';

interface PackageDemand {
  readonly code: 'always' | 'guard-overlap' | 'crash-stability' | 'guarantee-closed';
  readonly step: string;
  readonly fact: string | null;
  readonly title: string;
  readonly span: Span;
  readonly conjunct: string | null;
  readonly hypotheses: readonly Term[];
  readonly goal: Term;
}

/** What holds of the package as a whole, apart from any function (docs/soundness.md, "The implementation"). */
export async function packageChecks(theory: Theory, solver: Solver): Promise<readonly CheckResult[]> {
  const demands = [
    ...layerDemands(theory),
    ...stepFactDemands(theory),
    ...guaranteeDemands(theory),
    ...overlapDemands(theory),
  ];
  return Promise.all(
    demands.map((demand) =>
      check(solver, { ...demand, hypotheses: [...theory.base, ...demand.hypotheses], scene: null }),
    ),
  );
}

/** A layer's `always`: true initially, kept by its operations and its crash. */
function layerDemands(theory: Theory): readonly PackageDemand[] {
  if (theory.facts.always.length + theory.facts.alwaysStep.length === 0) return [];
  const { system } = theory;
  const operations = system.machineOperations.filter((operation) => operation.role.kind === 'layer');
  return [
    ...initially(theory),
    ...[...operations, ...system.specificationOperations].flatMap((operation) => kept(theory, operation)),
    ...crashKeeps(theory, system.machine, 'machine'),
    ...crashKeeps(theory, system.specification, 'specification'),
  ];
}

function initially(theory: Theory): readonly PackageDemand[] {
  const state = freshState(theory.system, theory.pendingTable, theory.freshName(''));
  const variables = new Map(state.variables);
  for (const variable of theory.system.state) {
    if (variable.initial !== null)
      variables.set(variable.name, initialValue(symbolicDomain, theory, variable));
  }
  const start: SymbolicState = { ...state, variables };
  const init = [...theory.facts.machineInit, ...theory.facts.specificationInit].map((fact) =>
    theory.formula(fact.expression, start),
  );
  return theory.facts.always.map((fact) => ({
    ...alwaysDemand(fact, 'init', `the layer's fact holds initially`),
    hypotheses: init,
    goal: theory.formula(fact.expression, start),
  }));
}

function alwaysDemand(fact: Fact, step: string, title: string): Omit<PackageDemand, 'hypotheses' | 'goal'> {
  return { code: 'always', step, fact: fact.name, title, span: fact.span, conjunct: fact.text };
}

/** Every section of an operation keeps the facts, from any state in which they hold. */
function kept(theory: Theory, operation: Operation): readonly PackageDemand[] {
  return operation.sections.flatMap((_, section) => {
    const state = freshState(theory.system, theory.pendingTable, theory.freshName(''));
    const locals = initialLocals(
      symbolicDomain,
      operation,
      operation.locals.map((local) => symbolicConstant(theory.freshName(local.name), local.type)),
    ).map((value, index) => {
      // Locals that an earlier section set are arbitrary here.
      const local = operation.locals[index];
      return section === 0 || local === undefined
        ? value
        : symbolicConstant(theory.freshName(local.name), local.type);
    });
    const runs = runAll(theory.runContext(state, theory.freshName(operation.name)), DEMONIC, (driver) => {
      executeSection(symbolicDomain, driver, operation, section, [...locals]);
    });
    return factsAfter(theory, state, runs?.outcomes ?? [], operation.name);
  });
}

function crashKeeps(
  theory: Theory,
  transitions: Transitions,
  side: StateVariable['side'],
): readonly PackageDemand[] {
  const state = freshState(theory.system, theory.pendingTable, theory.freshName(''));
  const variables = theory.system.state.filter((variable) => variable.side === side);
  const runs = runAll(theory.runContext(state, theory.freshName('crash')), DEMONIC, (driver) => {
    executeCrash(symbolicDomain, driver, transitions, variables);
  });
  // Step facts are promises of steps, not of crashes.
  return factsAfter(theory, state, runs?.outcomes ?? [], `${transitions.name} crash`).filter(
    (demand) => !theory.facts.alwaysStep.some((fact) => fact.name === demand.fact),
  );
}

function factsAfter(
  theory: Theory,
  state: SymbolicState,
  outcomes: readonly SymbolicOutcome<unknown>[],
  step: string,
): readonly PackageDemand[] {
  const hypotheses = theory.facts.always.map((fact) => theory.formula(fact.expression, state));
  const goal = (fact: Fact): Term =>
    and(
      outcomes.map((outcome) =>
        implies(
          and(outcome.conditions),
          theory.formula(fact.expression, { ...state, variables: outcome.variables }, state),
        ),
      ),
    );
  return [...theory.facts.always, ...theory.facts.alwaysStep].map((fact) => ({
    ...alwaysDemand(fact, step, `${step} keeps the layer's fact`),
    hypotheses,
    goal: goal(fact),
  }));
}

/** A fact of every step is assumed over any number of steps: it has to be reflexive and transitive. */
function stepFactDemands(theory: Theory): readonly PackageDemand[] {
  return theory.facts.alwaysStep.flatMap((fact) => {
    const [first, second, third] = ['', '', ''].map(() =>
      freshState(theory.system, theory.pendingTable, theory.freshName('')),
    );
    if (first === undefined || second === undefined || third === undefined) return [];
    const related = (before: SymbolicState, now: SymbolicState): Term =>
      theory.formula(fact.expression, now, before);
    return [
      {
        ...alwaysDemand(fact, 'reflexive', 'a fact about every step holds of doing nothing'),
        hypotheses: [],
        goal: related(first, first),
      },
      {
        ...alwaysDemand(fact, 'transitive', 'a fact about every step holds of several steps'),
        hypotheses: [related(first, second), related(second, third)],
        goal: related(first, third),
      },
    ];
  });
}

function guaranteeDemands(theory: Theory): readonly PackageDemand[] {
  return closureDemands(theory).map(({ guarantee, kind, hypotheses, goal }) => ({
    code: 'guarantee-closed',
    step: kind,
    fact: guarantee.name,
    title: `the guarantee is ${kind}`,
    span: guarantee.span,
    conjunct: guarantee.text,
    hypotheses,
    goal,
  }));
}

function overlapDemands(theory: Theory): readonly PackageDemand[] {
  return guardOverlaps(theory).map(({ left, right, guard, hypotheses, goal }) => ({
    code: 'guard-overlap',
    step: left.name,
    fact: `${right.name} ${guard.variable}`,
    title:
      left === right
        ? `different locks of ${left.name} guard different parts of ${guard.variable}`
        : `${left.name} and ${right.name} guard different parts of ${guard.variable}`,
    span: guard.span,
    conjunct: null,
    hypotheses,
    goal,
  }));
}

/** The crash invariant survives another crash before recovery starts. */
export function crashStability(
  theory: Theory,
  state: SymbolicState,
  hypotheses: readonly Term[],
): readonly PackageDemand[] {
  const crashStates = theory.crashStates(state);
  return theory.facts.crash.map((fact) => ({
    code: 'crash-stability',
    step: 'crash',
    fact: fact.name,
    title: 'the crash invariant survives another crash before recovery starts',
    span: fact.span,
    conjunct: fact.text,
    hypotheses,
    goal: theory.crashFormula(fact, crashStates),
  }));
}
