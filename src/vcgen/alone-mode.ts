import type { Term } from '../encoding/index.js';
import { FALSE, TRUE, and, constantArray, implies, not } from '../encoding/index.js';
import type { MachineOperation, StateVariable, Type } from '../ir/index.js';
import { sameType } from '../ir/index.js';
import { executeCrash, initialValue } from '../semantics/index.js';
import type { GhostStep, HelpDemand } from './ghost.js';
import { helpDemands, helpSteps, noGhostStep } from './ghost.js';
import { arraySortOfThreads, symbolicConstant, type SymbolicValue } from './layout.js';
import type { LoopFootprint } from './loops.js';
import type { ObligationCode } from './obligation.js';
import type { Path } from './path.js';
import { assuming, knownOn } from './path.js';
import { awaitDemand, stateFacts } from './state-facts.js';
import { readersOf, valueOfLocation } from './leases.js';
import { PendingTable, STATUS_SORT, type SymbolicState } from './state.js';
import { equalValues, leaf, symbolicDomain } from './symbolic-domain.js';
import type { SymbolicDemand } from './symbolic-run.js';
import { mergeOutcomes, runAll } from './symbolic-run.js';
import type { Fact } from './facts.js';
import type { Theory } from './theory.js';
import type { ClaimWay, Demand, End, MachineStep, Mode, Spawned } from './mode.js';

/** Ghost steps of one thread's walk that are tried at most on one path; recovery in a loop helps anew in each round. */
export const HELP_BUDGET = 1;

/** Code that runs while no other thread does: it may access everything, and nothing changes between its steps. */
abstract class AloneMode implements Mode {
  abstract readonly name: string;
  abstract readonly ghostAtBackEdge: boolean;

  constructor(protected readonly theory: Theory) {}

  permissions(): readonly Demand[] {
    return [];
  }

  /** Nobody else would ever release a lock that is held here. */
  entry(path: Path, operation: MachineOperation, args: readonly SymbolicValue[]): readonly Demand[] {
    const { role } = operation;
    const takes = role.kind === 'lock' || role.kind === 'begin';
    const lock = takes ? this.theory.locks.get(role.lock) : undefined;
    if (lock === undefined) return [];
    const keys = lock.index === null ? [] : args.slice(0, 1);
    const unlocked = not(leaf(valueOfLocation(path.state, { variable: lock.locked, keys })));
    const isShared = role.kind === 'lock' && role.mode === 'shared';
    const goal = isShared ? unlocked : and([unlocked, readersOf(lock, keys, path.state, 'none')]);
    const title = `${lock.name} is free when it is taken: nobody else runs who could release it`;
    return [{ code: 'deadlock', fact: lock.name, title, conjunct: null, hypotheses: knownOn(path), goal }];
  }

  leases(step: MachineStep): Path {
    return step.after;
  }

  claims(_before: Path, after: Path): readonly ClaimWay[] {
    return [{ path: after, demands: [] }];
  }

  /** It is no function that others call. */
  recursion(): readonly Demand[] {
    return [];
  }

  abstract ghostSteps(before: Path, after: Path): readonly GhostStep[];

  abstract facts(before: Path, after: Path): readonly Demand[];

  ghostDemands(_before: Path, after: Path, step: GhostStep): readonly Demand[] {
    return step.awaits.map((demand) => awaitDemand(after, demand));
  }

  interference(path: Path): Path {
    return path;
  }

  /** Lowering refuses `go` in code that runs alone. */
  spawned(): Spawned {
    throw new Error(`${this.name} spawns a thread`);
  }

  /** The start failed: what may happen next is a crash. */
  abstract ended(path: Path): readonly End[];

  abstract finish(path: Path, values: readonly SymbolicValue[]): readonly End[];

  abstract forgetBody(path: Path, footprint: LoopFootprint): Path;

  protected forgetVariables(path: Path, forgotten: (variable: StateVariable) => boolean): Path {
    const variables = new Map(path.state.variables);
    for (const variable of this.theory.system.state) {
      if (!forgotten(variable)) continue;
      variables.set(variable.name, symbolicConstant(this.theory.freshName(variable.name), variable.type));
    }
    return { ...path, state: { ...path.state, variables } };
  }

  /** What holds once threads may run: every invariant, and every lock is free. */
  protected establishes(path: Path, code: ObligationCode, where: string): readonly Demand[] {
    const { state } = path;
    const hypotheses = knownOn(path);
    const done = new Set([...this.theory.locks.values()].map((lock) => lock.done));
    const locked = this.theory.system.state.filter(
      ({ name, origin }) => origin === 'lock' && !done.has(name),
    );
    return [
      ...locked.map((variable): Demand => {
        const free = symbolicDomain.zero(variable.type);
        const goal = equalValues(variable.type, state.variables.get(variable.name) ?? free, free);
        const title = `${where}, no lock is held`;
        return { code: 'lock-leak', fact: variable.name, title, conjunct: null, hypotheses, goal };
      }),
      ...this.theory.facts.running.map((fact) =>
        established(path, code, where, fact, this.theory.formula(fact.expression, state)),
      ),
      ...this.keepsCrash(path, code, where),
    ];
  }

  /** What recovery counts on holds of every state that a crash could leave. */
  protected keepsCrash(path: Path, code: ObligationCode, where: string): readonly Demand[] {
    const { crash } = this.theory.facts;
    const crashStates = crash.length === 0 ? [] : this.theory.crashStates(path.state);
    return crash.map((fact) =>
      established(path, code, where, fact, this.theory.crashFormula(fact, crashStates)),
    );
  }

  /** Nobody has been asked to do anything. */
  protected noPending(state: SymbolicState): SymbolicState {
    const status = constantArray(arraySortOfThreads(STATUS_SORT), PendingTable.nothing);
    return { ...state, pending: { ...state.pending, status } };
  }
}

function established(path: Path, code: ObligationCode, where: string, fact: Fact, goal: Term): Demand {
  const title = `${where}, ${fact.words} holds`;
  return { code, fact: fact.name, title, conjunct: fact.text, hypotheses: knownOn(path), goal };
}

/** Recovery after a crash: helps the ops that the crash cut off, then the specification crashes. */
export class RecoveryMode extends AloneMode {
  readonly name = 'recovery';
  readonly ghostAtBackEdge = true;
  private readonly demands: readonly HelpDemand[];

  constructor(theory: Theory) {
    super(theory);
    this.demands = theory.facts.crash.flatMap((fact) => helpDemands(fact.expression, fact.span));
  }

  /**
   * Any state that a crash may leave, given one about which nothing is known: the machine's crash itself says what durable
   * variables become and what volatile ones start with.
   */
  start(state: SymbolicState): Pick<Path, 'state' | 'hypotheses'> {
    const merged = mergeOutcomes(
      this.theory
        .crashStates(state)
        .map(({ conditions, state: { variables } }) => ({ conditions, variables, writes: [], result: [] })),
    );
    if (merged === null) throw new Error('a crash that cannot happen');
    const left = { ...state, variables: merged.variables };
    return { state: left, hypotheses: [...merged.conditions, ...this.known(left)] };
  }

  /** What is known of a state during recovery. */
  known(state: SymbolicState): readonly Term[] {
    return [...this.theory.facts.always, ...this.theory.facts.crash].map((fact) =>
      this.theory.formula(fact.expression, state),
    );
  }

  /** Nobody interferes; what was proved of the step may be used from here on. */
  override interference(path: Path): Path {
    const crashStates = this.theory.crashStates(path.state);
    const always = this.theory.facts.always.map((fact) => this.theory.formula(fact.expression, path.state));
    return assuming(
      path,
      ...always,
      ...this.theory.facts.crash.map((fact) => this.theory.crashFormula(fact, crashStates)),
    );
  }

  ghostSteps(before: Path, after: Path): readonly GhostStep[] {
    return this.helping(before, after);
  }

  facts(before: Path, after: Path): readonly Demand[] {
    return stateFacts(this.theory, before, after, false, null);
  }

  /** Nothing, or helping where the invariant demands it at some of the keys at hand: all demands in order, or a single one. */
  private helping(before: Path, after: Path): readonly GhostStep[] {
    const none = noGhostStep(after.state, after.status);
    if (after.budget === 0 || this.demands.length === 0) return [none];
    const instances = this.demands.map((demand) =>
      keyTuples(demand, after).map((keys) => ({ demand, keys })),
    );
    const together = longest(instances).map((_, position) =>
      instances.flatMap((list) => list[Math.min(position, list.length - 1)] ?? []),
    );
    const plans = [
      ...together,
      ...(this.demands.length > 1 ? instances.flat().map((instance) => [instance]) : []),
    ];
    const helping = plans.flatMap((plan) =>
      plan.reduce<readonly GhostStep[]>(
        (steps, { demand, keys }) =>
          steps.flatMap((step) => helpSteps(this.theory, step, demand, keys, before.state)),
        [none],
      ),
    );
    return before.hint === 'help' && helping.length > 0 ? helping : [none, ...helping];
  }

  forgetBody(path: Path, footprint: LoopFootprint): Path {
    const forgotten = this.forgetVariables(
      path,
      (variable) => footprint.variables.has(variable.name) || variable.side === 'specification',
    );
    const pending = this.theory.pendingTable.fresh(this.theory.freshName('pending'));
    const state = { ...forgotten.state, pending };
    const steps = this.theory.facts.alwaysStep.map((fact) =>
      this.theory.formula(fact.expression, state, path.state),
    );
    return assuming({ ...forgotten, state }, ...this.known(state), ...steps);
  }

  /** A crash may come here as behind every step, for which all that it needs was proved there; recovery has not finished. */
  ended(path: Path): readonly End[] {
    return [{ path, demands: [], step: noGhostStep(path.state, path.status) }];
  }

  /** The last step: helping once more, then the specification's crash; no call is pending any more. */
  finish(path: Path): readonly End[] {
    const variables = this.theory.system.state.filter((variable) => variable.side === 'specification');
    return this.helping(path, path).flatMap((step) => {
      const awaits = step.awaits.map((demand) => implies(and(demand.conditions), demand.condition));
      const helped = { ...assuming(path, ...step.hypotheses, ...awaits), state: step.state };
      return this.crashes(helped, variables).map(({ path: after, demands }) => ({
        path: after,
        demands: [...demands, ...this.establishes(after, 'recovery', 'when recovery is done')],
        step,
      }));
    });
  }

  /** The specification's crash, taken in each way that its alternatives allow, with the witnesses at hand; what it waits for is demanded. */
  private crashes(path: Path, variables: readonly StateVariable[]): readonly ClaimWay[] {
    const context = this.theory.runContext(path.state, 'specification crash');
    const ways: { readonly path: Path; readonly demands: readonly Demand[] }[] = [];
    const open: number[][] = [[]];
    const witnesses = (type: Type): readonly SymbolicValue[] => this.witnesses(path, type);
    for (let picks = open.shift(); picks !== undefined && ways.length < 16; picks = open.shift()) {
      const taken = picks;
      const runs = runAll(context, { kind: 'angelic', picks: taken, witnesses }, (driver) => {
        executeCrash(symbolicDomain, driver, this.theory.system.specification, variables);
        return [];
      });
      if (runs === null) continue;
      for (let position = taken.length; position < runs.decisions.length; position += 1) {
        for (let pick = 1; pick < (runs.decisions[position] ?? 0); pick += 1) {
          open.push([...taken, ...Array.from({ length: position - taken.length }, () => 0), pick]);
        }
      }
      const merged = mergeOutcomes(runs.outcomes);
      if (merged === null) continue;
      const crashed = this.noPending({ ...path.state, variables: merged.variables });
      ways.push({
        path: { ...assuming(path, ...merged.conditions), state: crashed },
        demands: runs.awaits.map((demand) => crashDemand(path, demand)),
      });
    }
    return ways;
  }

  /** Candidates for a `choose` of the specification's crash: what was there before, and what recovery has read. */
  private witnesses(path: Path, wanted: Type): readonly SymbolicValue[] {
    const state = this.theory.system.state.map(({ name, type }) => ({
      type,
      value: path.state.variables.get(name),
    }));
    const locals = path.code.locals.map(({ type }, index) => ({ type, value: path.locals[index] }));
    if (wanted.kind === 'bool') return [[TRUE], [FALSE]];
    return [...state, ...locals, ...path.mentioned].flatMap(({ type, value }) =>
      value !== undefined && sameType(type, wanted) ? [value] : [],
    );
  }
}

function crashDemand(path: Path, { condition, conditions }: SymbolicDemand): Demand {
  return {
    code: 'recovery',
    fact: 'crash',
    title: "the specification's crash can happen here: what it waits for holds",
    conjunct: null,
    hypotheses: [...knownOn(path), ...conditions],
    goal: condition,
  };
}

function longest<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return lists.reduce<readonly T[]>((best, list) => (list.length > best.length ? list : best), []);
}

const MOST_KEYS = 3;

/** Values for the variables that a demand is universal in: arguments of calls, the latest first, then locals. */
function keyTuples(demand: HelpDemand, path: Path): readonly (readonly SymbolicValue[])[] {
  const locals = path.code.locals.flatMap(({ type }, index) => {
    const value = path.locals[index];
    return value === undefined ? [] : [{ type, value }];
  });
  const candidates = demand.outer.map((variable) => {
    const seen = new Set<string>();
    return [...path.mentioned, ...locals]
      .filter(({ type }) => sameType(type, variable.type))
      .map(({ value }) => value)
      .filter((value) => {
        const key = value.map((term) => term.id).join('.');
        return seen.has(key) ? false : seen.add(key);
      });
  });
  return candidates
    .reduce<readonly (readonly SymbolicValue[])[]>(
      (tuples, values) => tuples.flatMap((tuple) => values.map((value) => [...tuple, value])),
      [[]],
    )
    .slice(0, MOST_KEYS);
}

/** Initialisation and boot from the initial states; it is not crashed. */
export class InitialisationMode extends AloneMode {
  readonly name = 'initialisation';
  readonly ghostAtBackEdge = false;

  /** Machine variables as the layer's `init` says; the specification's are chosen at the end. */
  start(state: SymbolicState): Path['state'] {
    const variables = new Map(state.variables);
    for (const variable of this.theory.system.state) {
      if (variable.side !== 'machine' || variable.initial === null) continue;
      variables.set(variable.name, initialValue(symbolicDomain, this.theory, variable));
    }
    return this.noPending({ ...state, variables });
  }

  known(state: SymbolicState): readonly Term[] {
    return this.theory.facts.machineInit.map((fact) => this.theory.formula(fact.expression, state));
  }

  ghostSteps(_before: Path, after: Path): readonly GhostStep[] {
    return [noGhostStep(after.state, after.status)];
  }

  facts(): readonly Demand[] {
    return [];
  }

  forgetBody(path: Path, footprint: LoopFootprint): Path {
    const forgotten = this.forgetVariables(path, (variable) => footprint.variables.has(variable.name));
    const always = this.theory.facts.always.map((fact) =>
      this.theory.formula(fact.expression, forgotten.state),
    );
    const steps = this.theory.facts.alwaysStep.map((fact) =>
      this.theory.formula(fact.expression, forgotten.state, path.state),
    );
    return assuming(forgotten, ...always, ...steps);
  }

  /** For some initial state of the specification every invariant holds; candidates are tried in turn. */
  finish(path: Path): readonly End[] {
    return this.endings(path, (after) =>
      this.establishes(after, 'initialisation', 'when initialisation is done'),
    );
  }

  /** Initialisation is done, and the first start failed: the next one begins with recovery. */
  ended(path: Path): readonly End[] {
    return this.endings(path, (after) =>
      this.keepsCrash(after, 'initialisation', 'when the first start fails'),
    );
  }

  private endings(path: Path, demanded: (after: Path) => readonly Demand[]): readonly End[] {
    return this.specificationStarts(path.state).map((state) => {
      const after = { ...path, state };
      const init = this.theory.facts.specificationInit.map((fact): Demand => ({
        code: 'initialisation',
        fact: fact.name,
        title: `the specification may start in the state that the invariants relate to the machine's: ${fact.words}`,
        conjunct: fact.text,
        hypotheses: knownOn(after),
        goal: this.theory.formula(fact.expression, state),
      }));
      return { path: after, demands: [...init, ...demanded(after)], step: noGhostStep(state, path.status) };
    });
  }

  /** Initial values; variables without one start as zero, or as a machine variable of the same type. */
  private specificationStarts(state: SymbolicState): readonly SymbolicState[] {
    const system = this.theory.system;
    const open = system.state.filter(
      (variable) => variable.side === 'specification' && variable.initial === null,
    );
    const fixed = new Map(state.variables);
    for (const variable of system.state) {
      if (variable.side !== 'specification') continue;
      fixed.set(variable.name, initialValue(symbolicDomain, this.theory, variable));
    }
    const candidates = (variable: StateVariable): readonly SymbolicValue[] =>
      system.state.flatMap((each) => {
        const value = state.variables.get(each.name);
        const fits = each.side === 'machine' && sameType(each.type, variable.type) && value !== undefined;
        return fits ? [value] : [];
      });
    const first = { ...state, variables: fixed };
    return open.reduce<readonly SymbolicState[]>(
      (states, variable) =>
        states
          .flatMap((each) => [
            each,
            ...candidates(variable).map((value) => ({
              ...each,
              variables: new Map(each.variables).set(variable.name, value),
            })),
          ])
          .slice(0, 16),
      [first],
    );
  }
}
