import type { Term } from '../encoding/index.js';
import { and, implies } from '../encoding/index.js';
import type { Expression, Lock, Operation, System } from '../ir/index.js';
import { statementExpressions, walkStatements } from '../ir/index.js';
import { evaluate, executeCrash } from '../semantics/index.js';
import { type Fact, factsOf, type SystemFacts } from './facts.js';
import type { SymbolicValue } from './layout.js';
import { symbolicConstant } from './layout.js';
import { mentionedIn, type Place } from './places.js';
import { PendingTable, type SymbolicState, valueAt, valueOf } from './state.js';
import { leaf, symbolicDomain, UnsupportedByProver } from './symbolic-domain.js';
import { DEMONIC, runAll, type RunContext } from './symbolic-run.js';

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
  readonly facts: SystemFacts;
  readonly locks: ReadonlyMap<string, Lock>;
  private readonly memo = new Map<Expression, Map<string, Term>>();
  private counter = 0;

  constructor(readonly system: System) {
    refusePartialCrash(system);
    this.pendingTable = new PendingTable(system);
    this.locks = new Map(system.locks.map((lock) => [lock.name, lock]));
    this.base = system.parameters.flatMap((parameter) =>
      parameter.where === null ? [] : [this.closedFormula(parameter.where)],
    );
    this.facts = factsOf(system);
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

  /** What holds of each state between two steps, as far as it is relevant (null: everything); `before` is an earlier state. */
  invariantsOf(
    state: SymbolicState,
    before: SymbolicState | null,
    relevant: ReadonlySet<Fact> | null,
  ): readonly Term[] {
    const chosen = (facts: readonly Fact[]): readonly Fact[] =>
      relevant === null ? facts : facts.filter((fact) => relevant.has(fact));
    const crash = chosen(this.facts.crash);
    const crashStates = crash.length === 0 ? [] : this.crashStates(state);
    return [
      ...chosen([...this.facts.always, ...this.facts.running]).map((fact) =>
        this.formula(fact.expression, state),
      ),
      ...(before === null
        ? []
        : chosen(this.facts.alwaysStep).map((fact) => this.formula(fact.expression, state, before))),
      ...crash.map((fact) => this.crashFormula(fact, crashStates)),
    ];
  }

  /** Whether all parts of the state that an expression mentions are the same in two states. */
  isUnaffected(expression: Expression, before: SymbolicState, after: SymbolicState): boolean {
    const { places, pending } = mentionedIn(expression);
    if (pending) return false;
    return places.every((place) => {
      if (valueOf(before, place.variable) === valueOf(after, place.variable)) return true;
      const old = partOf(before, place);
      return partOf(after, place).every((term, index) => term === old[index]);
    });
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
        for (const expression of statementExpressions(statement))
          for (const { variable } of mentionedIn(expression).places) names.add(variable);
      });
    });
    return [...names];
  }

  private closedFormula(expression: Expression): Term {
    const state: SymbolicState = { variables: new Map(), pending: this.pendingTable.fresh('none') };
    return leaf(this.value(expression, state));
  }

  private memoKey(expression: Expression, now: SymbolicState, before: SymbolicState): string {
    const mentioned = mentionedIn(expression);
    const ids = mentioned.places.map((place) =>
      partOf(place.old ? before : now, place)
        .map((term) => term.id)
        .join('.'),
    );
    const pending = mentioned.pending
      ? [now.pending.status, ...[...now.pending.arguments.values()].flat()].map((term) => term.id).join('.')
      : '';
    return `${ids.join()}|${pending}`;
  }
}

/** The value of a part of a state. */
function partOf(state: SymbolicState, { variable, key }: Place): SymbolicValue {
  const value = valueOf(state, variable);
  return key === null ? value : valueAt(value, [key.value]);
}

/** A machine's crash that is not possible in every state would make crash safety hold of nothing there. */
function refusePartialCrash(system: System): void {
  walkStatements(system.machine.crash.statements, (statement) => {
    if (statement.kind === 'await' || statement.kind === 'choose' || statement.kind === 'require') {
      throw new UnsupportedByProver(`\`${statement.kind}\` in the crash of a machine layer`);
    }
  });
}
