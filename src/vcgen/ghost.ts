import type { Span } from '../base/source.js';
import type { Term } from '../encoding/index.js';
import { and, implies, ite } from '../encoding/index.js';
import type { Expression, Operation, Type } from '../ir/index.js';
import { walkExpression } from '../ir/index.js';
import { showExpression } from '../ir/show.js';
import { executeSection, initialLocals } from '../semantics/index.js';
import type { Choice } from './check.js';
import type { SymbolicValue } from './layout.js';
import { symbolicConstant } from './layout.js';
import type { Location } from './leases.js';
import type { EffectStatus } from './path.js';
import { PendingTable, type SymbolicState, withStatus } from './state.js';
import { leaf, symbolicDomain } from './symbolic-domain.js';
import type { SymbolicDemand, SymbolicWrite } from './symbolic-run.js';
import { DEMONIC, mergeOutcomes, runAll } from './symbolic-run.js';
import type { Theory } from './theory.js';

/** The section of an op that a ghost step takes, for which thread. */
interface SectionCall {
  readonly operation: Operation;
  readonly section: number;
  readonly locals: readonly SymbolicValue[];
  readonly thread: Term;
}

/** What one way of taking a specification section does. */
interface SectionEffect {
  readonly state: SymbolicState;
  readonly status: EffectStatus;
  /** What may be assumed: the section is defined. */
  readonly hypotheses: readonly Term[];
  /** What has to hold: the section can be taken this way. */
  readonly awaits: readonly SymbolicDemand[];
  readonly writes: readonly SymbolicWrite[];
}

const MOST_WAYS = 64;

/**
 * Every way to take a section of a specification op in the state: one for each combination of its `either`s and of
 * witnesses for its `choose`s. Conditions of the state do not make ways: the effect is a conditional over them.
 */
export function sectionEffects(
  theory: Theory,
  state: SymbolicState,
  call: SectionCall,
  witnesses: (type: Type) => readonly SymbolicValue[],
): readonly SectionEffect[] {
  const effects: SectionEffect[] = [];
  const open: number[][] = [[]];
  for (let picks = open.shift(); picks !== undefined && effects.length < MOST_WAYS; picks = open.shift()) {
    const taken = picks;
    const runs = runAll(
      theory.runContext(state, 'specification'),
      { kind: 'angelic', picks: taken, witnesses },
      (driver) => {
        const locals = [...call.locals];
        const outcome = executeSection(symbolicDomain, driver, call.operation, call.section, locals);
        return { returned: outcome.returned, values: outcome.returned ? outcome.results : locals };
      },
    );
    if (runs === null) continue;
    for (let position = taken.length; position < runs.decisions.length; position += 1) {
      for (let pick = 1; pick < (runs.decisions[position] ?? 0); pick += 1) {
        open.push([...taken, ...Array.from({ length: position - taken.length }, () => 0), pick]);
      }
    }
    const [first] = runs.outcomes;
    if (first === undefined || runs.outcomes.some((each) => each.result.returned !== first.result.returned))
      continue;
    const merged = mergeOutcomes(runs.outcomes.map((each) => ({ ...each, result: each.result.values })));
    if (merged === null) continue;
    effects.push({
      state: afterSection(theory, state, call, merged.variables, first.result.returned),
      status: first.result.returned
        ? { kind: 'done', results: merged.result }
        : { kind: 'pending', section: call.section + 1, locals: merged.result },
      hypotheses: merged.conditions,
      awaits: runs.awaits,
      writes: merged.writes,
    });
  }
  return effects;
}

function afterSection(
  theory: Theory,
  state: SymbolicState,
  call: SectionCall,
  variables: ReadonlyMap<string, SymbolicValue>,
  returned: boolean,
): SymbolicState {
  const status = returned
    ? PendingTable.done
    : theory.pendingTable.status(call.operation.name, call.section + 1);
  return { variables, pending: withStatus(state.pending, call.thread, status) };
}

/** The weakest precondition for the next section of an op not to be undefined in the state (docs/soundness.md). */
export function definedness(theory: Theory, state: SymbolicState, call: Omit<SectionCall, 'thread'>): Term {
  const runs = runAll(theory.runContext(state, theory.freshName('defined')), DEMONIC, (driver) => {
    executeSection(symbolicDomain, driver, call.operation, call.section, [...call.locals]);
  });
  return and((runs?.requires ?? []).map((demand) => implies(and(demand.conditions), demand.condition)));
}

/**
 * A demand of the crash invariant for a pending op: where `context` holds, the invariant relies on some thread being asked to do
 * `operation(arguments)`. Found in the text of the invariant: an `exists j :: .. j => Op(args) ..` under `forall`s,
 * implications, and disjunctions whose other parts are false.
 */
export interface HelpDemand {
  readonly operation: string;
  readonly section: number;
  /** Universally bound variables around it, to be instantiated. */
  readonly outer: readonly { readonly id: string; readonly type: Type }[];
  readonly context: readonly Expression[];
  readonly quantifier: Extract<Expression, { kind: 'quantifier' }>;
  readonly arguments: readonly Expression[];
  readonly thread: string;
  readonly span: Span;
}

/** The demands for pending ops in a conjunct of the crash invariant. */
export function helpDemands(expression: Expression, span: Span): readonly HelpDemand[] {
  return demandsIn(expression, { outer: [], context: [], span });
}

type Surroundings = Pick<HelpDemand, 'outer' | 'context' | 'span'>;

function demandsIn(expression: Expression, around: Surroundings): readonly HelpDemand[] {
  if (expression.kind === 'quantifier') {
    if (expression.quantifier === 'forall') {
      return demandsIn(expression.body, { ...around, outer: [...around.outer, ...expression.variables] });
    }
    const { body } = expression;
    if (body.kind !== 'binary' || body.operator !== 'or') return pendingAtoms(expression, around);
    const some = (part: Expression): Expression => ({ ...expression, body: part });
    return demandsIn({ ...body, left: some(body.left), right: some(body.right) }, around);
  }
  if (expression.kind !== 'binary') return [];
  const { left, right } = expression;
  const under = (context: Expression): Surroundings => ({ ...around, context: [...around.context, context] });
  const underNegated = (outside: Surroundings, other: Expression): Surroundings => ({
    ...outside,
    context: [...outside.context, negated(other)],
  });
  switch (expression.operator) {
    case 'and':
      return [...demandsIn(left, around), ...demandsIn(right, around)];
    case 'implies':
      return demandsIn(right, under(left));
    case 'or':
      // Of several ops that may be pending the first is helped, and the next one where there is none.
      return [
        ...demandsIn(left, ownCases(right).reduce(underNegated, around)),
        ...demandsIn(right, underNegated(around, left)),
      ];
    default:
      return [];
  }
}

/** The alternatives of a formula that do not rely on pending ops. */
function ownCases(expression: Expression): readonly Expression[] {
  if (expression.kind === 'binary' && expression.operator === 'or')
    return [...ownCases(expression.left), ...ownCases(expression.right)];
  const kinds = new Set<Expression['kind']>();
  walkExpression(expression, ({ kind }) => kinds.add(kind));
  return kinds.has('pending') ? [] : [expression];
}

function negated(operand: Expression): Expression {
  return { kind: 'unary', type: operand.type, operator: 'not', operand };
}

function pendingAtoms(
  quantifier: Extract<Expression, { kind: 'quantifier' }>,
  around: Surroundings,
): readonly HelpDemand[] {
  const atoms: Extract<Expression, { kind: 'pending' }>[] = [];
  const collect = (expression: Expression): void => {
    if (expression.kind === 'pending') atoms.push(expression);
    if (expression.kind === 'binary' && expression.operator === 'and') {
      collect(expression.left);
      collect(expression.right);
    }
  };
  collect(quantifier.body);
  return atoms.flatMap((atom) => {
    const { thread } = atom;
    if (thread.kind !== 'bound' || !quantifier.variables.some((variable) => variable.id === thread.id))
      return [];
    const { operation, section } = atom;
    return [{ ...around, operation, section, quantifier, arguments: atom.arguments, thread: thread.id }];
  });
}

/** A ghost step: the state after it, what it lets one assume, what has to be proved of it. */
export interface GhostStep {
  readonly state: SymbolicState;
  readonly status: EffectStatus;
  readonly hypotheses: readonly Term[];
  readonly awaits: readonly SymbolicDemand[];
  /** Changes of the specification's state, to be covered by leases. */
  readonly writes: readonly (Location & { readonly conditions: readonly Term[]; readonly span: Span })[];
  readonly choices: readonly Choice[];
  /** How much of the search's budget it takes. */
  readonly cost: number;
}

/** The ghost step that does nothing. */
export function noGhostStep(state: SymbolicState, status: EffectStatus): GhostStep {
  return { state, status, hypotheses: [], awaits: [], writes: [], choices: [], cost: 0 };
}

/**
 * Helping: for the instance of a demand at `keys`, takes the pending op's section where the invariant relies on it, and
 * nothing elsewhere; one step for each way to take the section. A function of the state `known` before the machine's part of the
 * step: its condition is the demand's context there, under which the crash invariant promises the thread. Steps compose:
 * `before` is the ghost step so far.
 */
export function helpSteps(
  theory: Theory,
  before: GhostStep,
  demand: HelpDemand,
  keys: readonly SymbolicValue[],
  known: SymbolicState,
): readonly GhostStep[] {
  const operation = theory.system.specificationOperations.find((each) => each.name === demand.operation);
  if (operation === undefined || demand.section !== 0) return [];
  const instance = demandInstance(theory, demand, keys, beforeMachine(theory, known, before.state));
  const locals = initialLocals(symbolicDomain, operation, instance.arguments);
  const call: SectionCall = { operation, section: 0, locals, thread: instance.thread };
  const under = <T extends { readonly conditions: readonly Term[] }>(parts: readonly T[]): T[] =>
    parts.map((part) => ({ ...part, conditions: [instance.condition, ...part.conditions] }));
  return sectionEffects(theory, before.state, call, () => []).flatMap((effect) => {
    if (effect.status.kind !== 'done') return [];
    const guarded = effect.hypotheses.map((hypothesis) => implies(instance.condition, hypothesis));
    return [
      {
        state: conditionalState(instance.condition, effect.state, before.state),
        status: before.status,
        hypotheses: [...before.hypotheses, instance.witness, ...guarded],
        awaits: [...before.awaits, ...under(effect.awaits)],
        writes: [...before.writes, ...under(effect.writes)],
        choices: [...before.choices, helpChoice(demand)],
        cost: 1,
      },
    ];
  });
}

/** The machine as it was before the step, with the specification and the pending ops as they are by now. */
function beforeMachine(theory: Theory, machine: SymbolicState, ghost: SymbolicState): SymbolicState {
  const variables = new Map(ghost.variables);
  for (const variable of theory.system.state) {
    const value = machine.variables.get(variable.name);
    if (variable.side === 'machine' && value !== undefined) variables.set(variable.name, value);
  }
  return { variables, pending: ghost.pending };
}

/** A demand at given keys: when it applies, whom it names. */
function demandInstance(
  theory: Theory,
  demand: HelpDemand,
  keys: readonly SymbolicValue[],
  state: SymbolicState,
): {
  readonly condition: Term;
  readonly witness: Term;
  readonly thread: Term;
  readonly arguments: readonly SymbolicValue[];
} {
  const bound = new Map<string, SymbolicValue>();
  demand.outer.forEach((variable, index) => bound.set(variable.id, keys[index] ?? []));
  for (const variable of demand.quantifier.variables) {
    bound.set(variable.id, symbolicConstant(theory.freshName(variable.name), variable.type));
  }
  const valueIn = (expression: Expression): SymbolicValue => theory.value(expression, state, state, bound);
  const body = and(valueIn(demand.quantifier.body));
  return {
    condition: and([...demand.context.flatMap(valueIn), body]),
    // The fresh symbols stand for values of which the demand is true, wherever there are any.
    witness: implies(and(valueIn(demand.quantifier)), body),
    thread: leaf(bound.get(demand.thread) ?? []),
    arguments: demand.arguments.map(valueIn),
  };
}

function helpChoice(demand: HelpDemand): Choice {
  const text = showExpression(demand.quantifier);
  return {
    kind: 'help',
    span: demand.span,
    text,
    note: `${demand.operation} is completed for the thread of \`${text}\``,
  };
}

function conditionalState(condition: Term, whenTrue: SymbolicState, whenFalse: SymbolicState): SymbolicState {
  const mixed = (left: SymbolicValue, right: SymbolicValue): SymbolicValue =>
    left.map((term, index) => ite(condition, term, right[index] ?? term));
  const variables = new Map(
    [...whenTrue.variables].map(([name, value]): [string, SymbolicValue] => [
      name,
      mixed(value, whenFalse.variables.get(name) ?? value),
    ]),
  );
  const status = ite(condition, whenTrue.pending.status, whenFalse.pending.status);
  return { variables, pending: { ...whenFalse.pending, status } };
}
