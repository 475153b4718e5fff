import type { Span } from '../base/source.js';
import type { Term } from '../encoding/index.js';
import { and, implies } from '../encoding/index.js';
import type { Expression, Invariant, Lock, Operation, System } from '../ir/index.js';
import { BOOL, expressionsOf, walkExpression, walkStatements } from '../ir/index.js';
import { showExpression } from '../ir/show.js';
import { evaluate, executeCrash } from '../semantics/index.js';
import { conjunction, conjuncts, implication, negation } from './conjuncts.js';
import type { SymbolicValue } from './layout.js';
import { symbolicConstant } from './layout.js';
import type { ObligationCode } from './obligation.js';
import { PendingTable, type SymbolicState, valueOf } from './state.js';
import { leaf, symbolicDomain, UnsupportedByProver } from './symbolic-domain.js';
import { DEMONIC, runAll, type RunContext } from './symbolic-run.js';

/** A conjunct that states have to satisfy (and may be assumed to), with the words to report it in. */
export interface Fact {
  /** Stable name for obligation ids: `crash invariant.2`. */
  readonly name: string;
  /** The name as a part of a sentence: `conjunct 2 of the crash invariant`. */
  readonly words: string;
  readonly code: ObligationCode;
  readonly text: string;
  readonly expression: Expression;
  readonly span: Span;
}

/** A state that a crash now could leave, under conditions on its choices. */
interface CrashState {
  readonly conditions: readonly Term[];
  readonly state: SymbolicState;
}

/** Everything that the rules need of a system, and the formulas of its facts in a given state. */
export class Theory {
  readonly pendingTable: PendingTable;
  /** Constraints on parameters. */
  readonly base: readonly Term[];
  /** Running invariants and, for each lock, that it is held or its invariant holds. */
  readonly running: readonly Fact[];
  readonly crash: readonly Fact[];
  readonly always: readonly Fact[];
  readonly alwaysStep: readonly Fact[];
  /** What initial states satisfy. */
  readonly machineInit: readonly Fact[];
  readonly specificationInit: readonly Fact[];
  readonly locks: ReadonlyMap<string, Lock>;
  private readonly memo = new Map<Expression, Map<string, Term>>();
  private readonly mentioned = new Map<Expression, Mentioned>();
  private counter = 0;

  constructor(readonly system: System) {
    refusePartialCrash(system);
    this.pendingTable = new PendingTable(system);
    this.locks = new Map(system.locks.map((lock) => [lock.name, lock]));
    this.base = system.parameters.flatMap((parameter) =>
      parameter.where === null ? [] : [this.closedFormula(parameter.where)],
    );
    this.running = [
      ...facts(system.invariants, 'invariant'),
      ...facts(system.locks.flatMap(freeLockInvariant), 'lock-invariant'),
    ];
    this.crash = facts(system.crashInvariants, 'crash-invariant');
    this.always = facts([...system.machine.always, ...system.specification.always], 'always');
    this.machineInit = facts(system.machine.init, 'initialisation');
    this.specificationInit = facts(system.specification.init, 'initialisation');
    this.alwaysStep = facts([...system.machine.alwaysStep, ...system.specification.alwaysStep], 'always');
  }

  /** A name that no other symbol has. */
  freshName(hint: string): string {
    this.counter += 1;
    return `${hint}!${this.counter}`;
  }

  parameter(name: string): SymbolicValue {
    const parameter = this.system.parameters.find((each) => each.name === name);
    if (parameter === undefined) throw new Error(`no parameter ${name}`);
    return symbolicConstant(name, parameter.type);
  }

  /** The formula of a closed expression over one state, or two where it mentions `old`. */
  formula(expression: Expression, now: SymbolicState, before: SymbolicState = now): Term {
    const key = this.memoKey(expression, now, before);
    let table = this.memo.get(expression);
    if (table === undefined) this.memo.set(expression, (table = new Map<string, Term>()));
    let term = table.get(key);
    if (term === undefined) table.set(key, (term = leaf(this.value(expression, now, before))));
    return term;
  }

  /** The value of an expression over one or two states, with values for lock indices. */
  value(
    expression: Expression,
    now: SymbolicState,
    before: SymbolicState = now,
    bound: ReadonlyMap<string, SymbolicValue> = new Map(),
  ): SymbolicValue {
    return evaluate(
      symbolicDomain,
      {
        parameter: (name) => this.parameter(name),
        local: (index) => {
          throw new Error(`an invariant mentions local ${index}`);
        },
        state: (variable, old) => valueOf(old ? before : now, variable),
        bound: (id) => {
          const value = bound.get(id);
          if (value === undefined) throw new Error(`unbound variable ${id}`);
          return value;
        },
        pending: (thread, operation, section, args) => [
          this.pendingTable.atom(now.pending, leaf(thread), operation, section, args),
        ],
      },
      expression,
    );
  }

  /** What a run of a layer's statements reads in a state. */
  runContext(state: SymbolicState, name: string): RunContext {
    return {
      name,
      variables: state.variables,
      parameter: (parameter) => this.parameter(parameter),
      pending: (thread, operation, section, args) => [
        this.pendingTable.atom(state.pending, leaf(thread), operation, section, args),
      ],
    };
  }

  /** Every state that a crash of the machine could leave now. */
  crashStates(state: SymbolicState): readonly CrashState[] {
    const variables = this.system.state.filter((variable) => variable.side === 'machine');
    const runs = runAll(this.runContext(state, this.freshName('crash')), DEMONIC, (driver) => {
      executeCrash(symbolicDomain, driver, this.system.machine, variables);
    });
    if (runs === null) throw new Error('a demonic run has no picks');
    return runs.outcomes.map((outcome) => ({
      conditions: outcome.conditions,
      state: { variables: outcome.variables, pending: state.pending },
    }));
  }

  /** A crash fact, of every state that a crash could leave now. */
  crashFormula(fact: Fact, crashStates: readonly CrashState[]): Term {
    return and(
      crashStates.map(({ conditions, state }) =>
        implies(and(conditions), this.formula(fact.expression, state)),
      ),
    );
  }

  /** Everything that holds of each state between two steps; `before` is an earlier state. */
  invariantsOf(state: SymbolicState, before: SymbolicState | null): readonly Term[] {
    const crashStates = this.crash.length === 0 ? [] : this.crashStates(state);
    return [
      ...[...this.always, ...this.running].map((fact) => this.formula(fact.expression, state)),
      ...(before === null ? [] : this.alwaysStep.map((fact) => this.formula(fact.expression, state, before))),
      ...this.crash.map((fact) => this.crashFormula(fact, crashStates)),
    ];
  }

  /** State variables that an operation may assign. */
  assignedVariables(operation: Operation): readonly string[] {
    const names = new Set<string>();
    operation.sections.forEach((section) => {
      walkStatements(section, (statement) => {
        if (statement.kind === 'assign' && statement.place.root.kind === 'state') {
          names.add(statement.place.root.variable);
        }
      });
    });
    return [...names];
  }

  /** State variables that an operation looks at or assigns. */
  accessedVariables(operation: Operation): readonly string[] {
    const names = new Set(this.assignedVariables(operation));
    operation.sections.forEach((section) => {
      walkStatements(section, (statement) => {
        for (const expression of expressionsOf(statement)) {
          walkExpression(expression, (node) => {
            if (node.kind === 'state') names.add(node.variable);
          });
        }
      });
    });
    return [...names];
  }

  private closedFormula(expression: Expression): Term {
    const state: SymbolicState = { variables: new Map(), pending: this.pendingTable.fresh('none') };
    return leaf(this.value(expression, state));
  }

  private memoKey(expression: Expression, now: SymbolicState, before: SymbolicState): string {
    let mentioned = this.mentioned.get(expression);
    if (mentioned === undefined) this.mentioned.set(expression, (mentioned = mentions(expression)));
    const ids = (state: SymbolicState, names: readonly string[]): string =>
      names
        .map((name) =>
          valueOf(state, name)
            .map((term) => term.id)
            .join('.'),
        )
        .join(',');
    const pending = mentioned.pending
      ? [now.pending.status, ...[...now.pending.arguments.values()].flat()].map((term) => term.id).join('.')
      : '';
    return `${ids(now, mentioned.now)}|${ids(before, mentioned.old)}|${pending}`;
  }
}

/** A machine's crash that is not possible in every state would make crash safety hold of nothing there. */
function refusePartialCrash(system: System): void {
  walkStatements(system.machine.crash.statements, (statement) => {
    if (statement.kind === 'await' || statement.kind === 'choose' || statement.kind === 'require') {
      throw new UnsupportedByProver(`\`${statement.kind}\` in the crash of a machine layer`);
    }
  });
}

interface Mentioned {
  readonly now: readonly string[];
  readonly old: readonly string[];
  readonly pending: boolean;
}

function mentions(expression: Expression): Mentioned {
  const now = new Set<string>();
  const old = new Set<string>();
  let pending = false;
  walkExpression(expression, (node) => {
    if (node.kind === 'state') (node.old ? old : now).add(node.variable);
    if (node.kind === 'pending') pending = true;
  });
  return { now: [...now], old: [...old], pending };
}

function facts(invariants: readonly Invariant[], code: ObligationCode): readonly Fact[] {
  return invariants.flatMap((invariant) => {
    const parts = conjuncts(invariant.expression);
    return parts.map((expression, index) => ({
      name: parts.length === 1 ? invariant.name : `${invariant.name}.${index + 1}`,
      words:
        parts.length === 1
          ? wholeWords(invariant, code)
          : `conjunct ${index + 1} of ${wholeWords(invariant, code)}`,
      code,
      text: parts.length === 1 ? invariant.text : showExpression(expression),
      expression,
      span: expression.span ?? invariant.span,
    }));
  });
}

function wholeWords({ name }: Invariant, code: ObligationCode): string {
  switch (code) {
    case 'lock-invariant':
      return `the invariant of ${name}`;
    case 'invariant':
    case 'crash-invariant':
      return `the ${name}`;
    default:
      return name;
  }
}

/** The lock's invariant as a fact about every state: for each lock of the family that is free, it holds. */
function freeLockInvariant(lock: Lock): readonly Invariant[] {
  if (lock.invariant === null) return [];
  const locked: Expression = {
    kind: 'state',
    variable: lock.locked,
    old: false,
    type: lock.index === null ? BOOL : { kind: 'map', key: lock.index.type, value: BOOL },
  };
  if (lock.index === null) {
    return [{ ...lock.invariant, expression: implication(negation(locked), lock.invariant.expression) }];
  }
  const index: Expression = { kind: 'bound', id: lock.index.id, type: lock.index.type };
  const free = negation({ kind: 'index', type: BOOL, collection: locked, key: index });
  const expression: Expression = {
    kind: 'quantifier',
    type: BOOL,
    quantifier: 'forall',
    variables: [lock.index],
    body: implication(conjunction(withinCount(lock, index), free), lock.invariant.expression),
  };
  return [{ ...lock.invariant, expression }];
}

/** `index < count`, for a family of locks. */
export function withinCount(lock: Lock, index: Expression): Expression {
  if (lock.count === null) return { kind: 'literal', type: BOOL, value: true };
  return { kind: 'binary', type: BOOL, operator: 'less', left: index, right: lock.count };
}
