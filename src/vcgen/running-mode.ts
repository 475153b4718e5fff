import type { Term } from '../encoding/index.js';
import { and, equal, FALSE, implies, not, or, TRUE } from '../encoding/index.js';
import type {
  Claim,
  Implementation,
  Lock,
  LockMode,
  MachineOperation,
  Operation,
  StateVariable,
} from '../ir/index.js';
import { lockText } from './accesses.js';
import type { Fact } from './facts.js';
import type { Theory } from './theory.js';
import type { GhostStep } from './ghost.js';
import { reliedUpon, stepPromises } from './guarantees.js';
import { definedness, noGhostStep, sectionEffects } from './ghost.js';
import type { SymbolicValue } from './layout.js';
import type { HeldLock, Lease, Location } from './leases.js';
import {
  forgetUnleased,
  guardedLocations,
  holds,
  inFamily,
  mayAccess,
  mayWrite,
  readersOf,
  single,
  valueOfLocation,
} from './leases.js';
import { allowedAtSomeMoment } from './hindsight.js';
import type { LoopFootprint } from './loops.js';
import type { Path } from './path.js';
import { assuming, knownOn } from './path.js';
import { claimCondition, claimKeys, notOwned, withToken } from './claims.js';
import { condensed } from './condense.js';
import { relevantFacts } from './relevance.js';
import { isDone, isSettled, isSettledBy, settledFacts } from './settled.js';
import type { RacingAccess } from './obligation.js';
import { PendingTable, type SymbolicState, withStatus } from './state.js';
import { symbolicConstant } from './layout.js';
import { equalValues, leaf } from './symbolic-domain.js';
import type { SymbolicDemand } from './symbolic-run.js';
import type { Demand, InstructionOf, MachineStep, Mode, Spawned } from './walker.js';

/** Rules for the code of an op: other threads run between any two of its steps, and it takes effect exactly once. */
export class RunningMode implements Mode {
  readonly name: string;
  readonly ghostAtBackEdge = false;
  /** What calls of the machine have keys of. */
  private readonly addressed: readonly string[];
  private readonly relevant: ReadonlySet<Fact> | null;

  constructor(
    private readonly theory: Theory,
    private readonly implementation: Implementation,
    private readonly operation: Operation,
    private readonly self: Term,
    private readonly callArguments: readonly SymbolicValue[],
    /** Package variables that no op ever writes: they keep the value that boot gave them. */
    private readonly frozen: ReadonlySet<string>,
    /** The op takes effect at no step: when it returns, at some moment of the call. */
    private readonly inHindsight: boolean,
  ) {
    this.name = implementation.operation;
    this.relevant = relevantFacts(theory.system, implementation, operation);
    this.addressed = theory.system.state
      .filter((variable) => variable.side === 'machine' && variable.origin === 'layer')
      .map((variable) => variable.name);
  }

  /** What has to hold before a lock operation or an access of memory, whether or not it can go on. */
  entry(path: Path, operation: MachineOperation, args: readonly SymbolicValue[]): readonly Demand[] {
    const { role } = operation;
    switch (role.kind) {
      case 'lock':
      case 'begin':
        return this.taking(path, role.lock, indexKeys(this.theory, role.lock, args));
      case 'unlock':
        return [this.releasing(path, role.lock, indexKeys(this.theory, role.lock, args), role.mode)];
      case 'end':
        return [this.releasing(path, role.lock, indexKeys(this.theory, role.lock, args), 'exclusive')];
      case 'load':
      case 'store': {
        if (role.kind === 'load' && this.frozen.has(role.variable)) return [];
        const location = { variable: role.variable, keys: args.slice(0, this.keyCount(role.variable)) };
        const write = role.kind === 'store';
        const leased = mayAccess(this.leasesOf(this.ordering(path.held)), location, write);
        const goal = write ? leased : or([leased, this.settled(path, location)]);
        const exclusively =
          write && this.isShared(path.held, role.variable) ? ', and not shared with others,' : '';
        const title = `no data race: this thread holds${exclusively} the lock that guards ${role.variable}${this.alternative(role.variable, write)}${this.reservation(role.variable)}`;
        const access: RacingAccess = {
          kind: write ? 'write' : 'read',
          variable: role.variable,
          locks: path.held.map((held) => lockText(held.lock, null, held.mode)),
        };
        return [{ code: 'race', fact: null, title, conjunct: null, access, hypotheses: knownOn(path), goal }];
      }
      case 'layer':
        return [];
    }
  }

  /**
   * Locks of which Go orders what their holders do. Who claims a token knows from others that it is free; where that may be known from an unordered
   * channel, what they did before is in no order with what this thread does.
   */
  private ordering(held: readonly HeldLock[]): readonly HeldLock[] {
    if (this.theory.system.unorderedChannels.length === 0) return held;
    return held.filter(({ lock }) => this.lockNamed(lock).owner === null);
  }

  /** What a `sync.Once` guards that is done; where that may be known from an unordered channel, it has to be known from its `Do`. */
  private settled(path: Path, location: Location): Term {
    if (this.theory.system.unorderedChannels.length === 0)
      return isSettled(this.theory, path.state, location);
    return isSettledBy(path.begun, this.theory, path.state, location);
  }

  private guarding(variable: string): readonly Lock[] {
    return [...this.theory.locks.values()].filter((lock) =>
      lock.guards.some((guard) => guard.variable === variable),
    );
  }

  /** What else than a lock gives the right to read, in the words of reports. */
  private alternative(variable: string, write: boolean): string {
    if (write || this.theory.system.unorderedChannels.length > 0) return '';
    return this.guarding(variable)
      .flatMap(({ name, owner, done }) =>
        done === null ? [] : [`, or knows that ${name} is ${owner === null ? 'done' : 'frozen'}`],
      )
      .join('');
  }

  private reservation(variable: string): string {
    const [channel] = this.theory.system.unorderedChannels;
    const guarding = this.guarding(variable);
    if (channel === undefined) return '';
    if (guarding.some(({ owner }) => owner !== null))
      return `; a token does not do here, because Go puts those who receive from ${channel} in no order`;
    if (guarding.some(({ done }) => done !== null))
      return `, or has called its Do: Go puts those who receive from ${channel} in no order`;
    return '';
  }

  /** An operation is no function that others call. */
  recursion(): readonly Demand[] {
    return [];
  }

  private taking(path: Path, name: string, keys: readonly SymbolicValue[]): readonly Demand[] {
    // What a family's locks guard and what their invariants say is stated of its members only.
    const member = inFamily(this.theory, this.lockNamed(name), keys[0] ?? []);
    const common = { fact: name, conjunct: null, hypotheses: knownOn(path) };
    const title = `this thread does not wait for itself: it does not hold ${name} already`;
    return [
      { ...common, code: 'bounds', title: `the index is one of ${name}`, goal: member },
      { ...common, code: 'deadlock', title, goal: not(holds(path.held, name, keys)) },
    ];
  }

  private releasing(
    path: Path,
    name: string,
    keys: readonly SymbolicValue[],
    mode: LockMode,
    verb = 'releases it',
  ): Demand {
    const inMode = path.held.filter((each) => each.mode === mode);
    const known = heldLock(inMode, name, keys) !== null;
    const goal = known ? holds(inMode, name, keys) : FALSE;
    const how = mode === 'shared' ? `shares ${name}` : `holds ${name}`;
    const title = `this thread ${how} when it ${verb}, and which one of them can be told`;
    return { code: 'unlock', fact: 'held', title, conjunct: null, hypotheses: knownOn(path), goal };
  }

  /** What a layer's operation changes is leased, or guarded by no lock. */
  permissions(step: MachineStep): readonly Demand[] {
    if (step.operation.role.kind !== 'layer') return [];
    const leases = this.leasesOf(step.path.held);
    return step.writes.map((write): Demand => {
      const title = `this thread holds the lock that guards what it changes of ${write.variable}`;
      const goal = mayWrite(this.theory, leases, write);
      const hypotheses = [...knownOn(step.path), ...write.conditions];
      return { code: 'lease', fact: write.variable, title, conjunct: null, hypotheses, goal };
    });
  }

  private lockNamed(name: string): Lock {
    const lock = this.theory.locks.get(name);
    if (lock === undefined) throw new Error(`the system has no lock ${name}`);
    return lock;
  }

  /** Index keys of a memory cell: the nesting of the maps that the family's index made. */
  private keyCount(variable: string): number {
    const operations = this.theory.system.machineOperations;
    const load = operations.find((each) => each.role.kind === 'load' && each.role.variable === variable);
    return load?.parameterCount ?? 0;
  }

  leases(step: MachineStep): Path {
    const { role } = step.operation;
    if (!('lock' in role)) return step.after;
    const keys = indexKeys(this.theory, role.lock, step.arguments);
    const begun = role.kind === 'begin' ? [{ lock: role.lock, keys }] : [];
    const reached = { ...step.after, begun: [...step.after.begun, ...begun] };
    if (role.kind === 'begin' && !isFirst(step)) return reached;
    const mode = 'mode' in role ? role.mode : 'exclusive';
    const lock = this.lockNamed(role.lock);
    if (role.kind === 'lock' || role.kind === 'begin') {
      const locations = guardedLocations(this.theory, lock, keys);
      const held: HeldLock = { lock: role.lock, mode, keys, locations };
      const after = assuming(reached, ...this.lockInvariant(step.path, lock, keys));
      return { ...after, held: [...after.held, held] };
    }
    const inMode = step.after.held.filter((each) => each.mode === mode);
    const released = heldLock(inMode, role.lock, keys);
    return { ...step.after, held: step.after.held.filter((each) => each !== released) };
  }

  /** The lock was free before the step: its invariant held, and is remembered in full for as long as the path goes on. */
  private lockInvariant(path: Path, lock: Lock, keys: readonly SymbolicValue[]): readonly Term[] {
    if (lock.invariant === null) return [];
    const bound = new Map<string, SymbolicValue>();
    if (lock.index !== null) bound.set(lock.index.id, keys[0] ?? []);
    return [leaf(this.theory.value(lock.invariant.expression, path.state, path.state, bound))];
  }

  /** The op's next section may be taken with this step, or not. */
  ghostSteps(before: Path, after: Path): readonly GhostStep[] {
    const none = noGhostStep(after.state, after.status);
    const commits = after.budget > 0 && !this.inHindsight ? this.commits(after, after) : [];
    return before.hint === 'commit' && commits.length > 0 ? commits : [none, ...commits];
  }

  private commits(path: Path, at: Path): readonly GhostStep[] {
    const { status } = path;
    if (status.kind !== 'pending') return [];
    const { section, locals } = status;
    const call = { operation: this.operation, section, locals, thread: this.self };
    const witnesses = this.witnesses(path);
    return sectionEffects(this.theory, at.state, call, witnesses).map((effect) => ({
      ...effect,
      choices: [
        {
          kind: 'commit',
          span: this.currentSpan(path),
          text: this.operation.name,
          note: this.commitNote(section),
        },
      ],
      cost: 1,
    }));
  }

  private commitNote(section: number): string {
    const whole = this.operation.sections.length === 1;
    return whole
      ? `${this.operation.name} takes effect`
      : `section ${section + 1} of ${this.operation.name} takes effect`;
  }

  private currentSpan(path: Path): Path['trail'][number]['span'] {
    const position = Math.max(path.position - 1, 0);
    return path.code.instructions[position]?.source.span ?? path.code.span;
  }

  /** Candidates for a `choose`: the arguments and every local of the type. */
  private witnesses(path: Path): (type: Operation['locals'][number]['type']) => readonly SymbolicValue[] {
    return (type) =>
      path.code.locals.flatMap((local, index) => {
        const value = path.locals[index];
        return value !== undefined && JSON.stringify(local.type) === JSON.stringify(type) ? [value] : [];
      });
  }

  facts(before: Path, after: Path): readonly Demand[] {
    return [...stateFacts(this.theory, before, after, true, this.relevant), ...this.promises(before, after)];
  }

  private promises(before: Path, after: Path): readonly Demand[] {
    return stepPromises(this.theory, before.held, before.state, after.state).map(({ guarantee, goal }) => ({
      code: 'guarantee',
      fact: guarantee.name,
      title: `this step keeps the guarantee (${guarantee.name})`,
      conjunct: guarantee.text,
      hypotheses: knownOn(after),
      goal,
    }));
  }

  ghostDemands(before: Path, after: Path, step: GhostStep): readonly Demand[] {
    // A step may use the leases that it starts with (it gives them back with the same step) and those that it gains.
    const leases = [...this.leasesOf(before.held), ...this.leasesOf(after.held)];
    return [
      ...step.awaits.map((demand) => awaitDemand(after, demand)),
      ...step.writes.map((write): Demand => {
        const title = `this thread holds the lock that guards what taking effect changes: ${write.variable}`;
        const hypotheses = [...knownOn(after), ...step.hypotheses, ...write.conditions];
        return {
          code: 'spec-lease',
          fact: write.variable,
          title,
          conjunct: null,
          hypotheses,
          goal: mayWrite(this.theory, leases, write),
        };
      }),
    ];
  }

  interference(path: Path): Path {
    return this.othersMove(path, path.held);
  }

  /**
   * A thread that has no op and no locks, and begins at any later time: what the spawner knows about values it knows too, of the state
   * only what always holds.
   */
  spawned(path: Path, { goroutine, source }: InstructionOf<'spawn'>): Spawned {
    const self = leaf(symbolicConstant(this.theory.freshName('self'), { kind: 'thread' }));
    const mode = new RunningMode(
      this.theory,
      this.implementation,
      this.operation,
      self,
      this.callArguments,
      this.frozen,
      this.inHindsight,
    );
    const pending = withStatus(path.state.pending, self, PendingTable.nothing);
    const before: Path = {
      ...path,
      position: goroutine,
      state: { ...path.state, pending },
      held: [],
      status: { kind: 'none' },
      loops: new Map(),
      rounds: 0,
      moments: [],
      hint: null,
      claims: [],
      depth: path.depth + 1,
      budget: 0,
      trail: [...path.trail, { span: source.span, text: `${source.text} begins`, note: null }],
    };
    return {
      mode,
      path: mode.interference(before),
    };
  }

  ended(path: Path): readonly Demand[] {
    return this.leaks(path, 'when the goroutine ends');
  }

  /** Others move while the thread holds the locks `throughout`: its leases are those of these locks only. */
  private othersMove(path: Path, throughout: readonly HeldLock[]): Path {
    const leases = this.leasesOf(throughout);
    const variables = new Map(path.state.variables);
    const same: Term[] = [];
    for (const variable of this.theory.system.state) {
      const value = path.state.variables.get(variable.name);
      if (value === undefined || this.isFrozen(variable)) continue;
      const forgotten = forgetUnleased(this.theory, variable, value, leases);
      variables.set(variable.name, forgotten.value);
      same.push(...forgotten.known);
    }
    const pending = this.theory.pendingTable.forgetOthers(
      path.state.pending,
      this.self,
      this.theory.freshName('pending'),
    );
    const state = { variables, pending };
    same.push(...settledFacts(this.theory, path.state, state));
    const kept = reliedUpon(this.theory, throughout, leases, path.state, state);
    const counted = throughout
      .filter((each) => each.mode === 'shared')
      .map((each) => this.isHeld(each, state));
    const known = condensed(path.ambient, path, (operation) => this.keyed(operation));
    const remembered = { ...assuming(path, ...same, ...known, ...kept, ...counted), state };
    return this.known(remembered, path.state);
  }

  /** The variables that arguments of the operation are keys of. */
  private keyed(name: string): readonly string[] | null {
    const operation = this.theory.system.machineOperations.find((each) => each.name === name);
    const role = operation?.role;
    if (operation !== undefined && role?.kind === 'layer')
      return [...this.addressed, ...this.theory.accessedVariables(operation)];
    return role?.kind === 'load' || role?.kind === 'store' ? [role.variable] : null;
  }

  private isFrozen(variable: StateVariable): boolean {
    return variable.origin === 'memory' && this.frozen.has(variable.name);
  }

  /**
   * Every location that the thread has the lease on: what its locks guard, and the state of the locks themselves. How many share a
   * lock may change while the thread shares it, but not while it holds it exclusively.
   */
  private leasesOf(locks: readonly HeldLock[]): readonly Lease[] {
    return locks.flatMap(({ lock, mode, keys, locations }) => {
      const { locked, readers, owner, done } = this.lockNamed(lock);
      const counted = readers === null || mode === 'shared' ? [] : [readers];
      const state = [locked, ...counted, ...[owner, done].filter((variable) => variable !== null)];
      return [...locations, ...state.map((variable) => single({ variable, keys }))].map((each) => ({
        ...each,
        mode,
      }));
    });
  }

  /** The thread shares a lock that guards (a part of) the variable. */
  private isShared(locks: readonly HeldLock[], variable: string): boolean {
    return locks.some(
      (held) => held.mode === 'shared' && held.locations.some((each) => each.variable === variable),
    );
  }

  /** What always holds of a state, and that the op's next section is defined. */
  private known(path: Path, before: SymbolicState): Path {
    const { status } = path;
    const notMine = notOwned(this.theory, path.held, this.self, path.state);
    const defined =
      status.kind === 'pending'
        ? [
            definedness(this.theory, path.state, {
              operation: this.operation,
              section: status.section,
              locals: status.locals,
            }),
          ]
        : [];
    const moments = [...path.moments, path.state];
    return {
      ...path,
      moments,
      ambient: [...this.theory.invariantsOf(path.state, before, this.relevant), ...notMine, ...defined],
    };
  }

  /**
   * At a loop head, in addition to what others do: what the body may change of the leased locations, and everything that a lock
   * guards that the body releases, because others may have held it meanwhile.
   */
  forgetBody(path: Path, footprint: LoopFootprint): Path {
    const variables = new Map(path.state.variables);
    for (const variable of this.theory.system.state) {
      if (!footprint.variables.has(variable.name) || variable.origin === 'lock') continue;
      variables.set(variable.name, symbolicConstant(this.theory.freshName(variable.name), variable.type));
    }
    const throughout = path.held.filter((held) => !footprint.locks.has(held.lock));
    const head = this.othersMove({ ...path, state: { ...path.state, variables } }, throughout);
    return assuming(head, ...path.held.map((held) => this.isHeld(held, head.state)));
  }

  /** What the state of a lock says while the thread holds it: it is locked and not shared, or not locked and somebody shares it. */
  private isHeld({ lock: name, mode, keys }: HeldLock, state: SymbolicState): Term {
    const lock = this.lockNamed(name);
    const locked = leaf(valueOfLocation(state, { variable: lock.locked, keys }));
    if (lock.owner !== null) return and([locked, this.isMine(lock.owner, keys, state)]);
    return mode === 'exclusive'
      ? and([locked, readersOf(lock, keys, state, 'none')])
      : and([not(locked), readersOf(lock, keys, state, 'some')]);
  }

  private isMine(owner: string, keys: readonly SymbolicValue[], state: SymbolicState): Term {
    return equal(leaf(valueOfLocation(state, { variable: owner, keys })), this.self);
  }

  /**
   * Claims, gives and freezes that go with the step from `before` to `after`: on the paths where their conditions hold, and not on the others.
   * A claim is of a token that nobody has, so that its invariant held before the step, and that is not frozen.
   */
  claims(before: Path, after: Path): readonly { readonly path: Path; readonly demands: readonly Demand[] }[] {
    return before.claims.reduce<readonly { readonly path: Path; readonly demands: readonly Demand[] }[]>(
      (ways, claim) =>
        ways.flatMap(({ path, demands }) => {
          const condition = claimCondition(this.theory, before, after, claim);
          const taken = assuming(path, condition);
          const way =
            claim.kind === 'claim'
              ? this.claim(before, after, taken, claim)
              : this.give(before, after, taken, claim, claim.kind);
          const others = condition === TRUE ? [] : [{ path: assuming(path, not(condition)), demands }];
          return condition === FALSE
            ? others
            : [{ ...way, demands: [...demands, ...way.demands] }, ...others];
        }),
      [{ path: after, demands: [] }],
    );
  }

  private claim(
    before: Path,
    after: Path,
    path: Path,
    claim: Claim,
  ): { path: Path; demands: readonly Demand[] } {
    const lock = this.lockNamed(claim.token);
    const keys = claimKeys(this.theory, before, after, claim);
    const location = { variable: lock.locked, keys };
    const free = (state: SymbolicState): Term =>
      and([not(leaf(valueOfLocation(state, location))), not(isDone(lock, keys, state))]);
    const goal = and([free(before.state), free(path.state)]);
    const title = `nobody has the token ${lock.name} before this step${lock.done === null ? '' : ', and it is not frozen'}`;
    const demand: Demand = {
      code: 'claim',
      fact: lock.name,
      title,
      conjunct: null,
      hypotheses: knownOn(path),
      goal,
    };
    const locations = guardedLocations(this.theory, lock, keys);
    const held: HeldLock = { lock: lock.name, mode: 'exclusive', keys, locations };
    const known = assuming(path, ...this.lockInvariant(before, lock, keys));
    const state = withToken(path.state, lock, keys, { taker: this.self });
    return { path: { ...known, state, held: [...path.held, held] }, demands: [demand] };
  }

  private give(
    before: Path,
    after: Path,
    path: Path,
    claim: Claim,
    change: 'give' | 'freeze',
  ): { path: Path; demands: readonly Demand[] } {
    const lock = this.lockNamed(claim.token);
    const keys = claimKeys(this.theory, before, after, claim);
    const released = heldLock(path.held, lock.name, keys);
    const state = withToken(path.state, lock, released?.keys ?? keys, change);
    const held = path.held.filter((each) => each !== released);
    return {
      path: { ...path, state, held },
      demands: [
        this.releasing(
          path,
          lock.name,
          keys,
          'exclusive',
          change === 'give' ? 'gives it back' : 'freezes it',
        ),
      ],
    };
  }

  finish(
    path: Path,
    values: readonly SymbolicValue[],
  ): readonly { path: Path; demands: readonly Demand[]; step: GhostStep }[] {
    if (this.inHindsight) return [this.finishInHindsight(path, values)];
    const none = noGhostStep(path.state, path.status);
    const ways = [none, ...(path.budget > 0 ? this.commits(path, path) : [])];
    return ways.map((step) => {
      const pending = withStatus(step.state.pending, this.self, PendingTable.nothing);
      const awaits = step.awaits.map((demand) => implies(and(demand.conditions), demand.condition));
      const after = {
        ...assuming(path, ...step.hypotheses, ...awaits),
        state: { ...step.state, pending },
        status: step.status,
      };
      const demands = [...this.outcome(after, values), ...this.facts(path, after)];
      return { path: after, demands, step };
    });
  }

  /** The op took effect at some moment since its invocation, at which the specification allows what is returned. */
  private finishInHindsight(
    path: Path,
    values: readonly SymbolicValue[],
  ): { path: Path; demands: readonly Demand[]; step: GhostStep } {
    if (path.status.kind !== 'pending') throw new Error('an op that took effect before');
    const { operation, self: thread } = this;
    const { locals } = path.status;
    const { moments } = path;
    const call = { operation, locals, thread, moments, witnesses: this.witnesses(path) };
    const demand: Demand = {
      code: 'effect',
      fact: null,
      title: `at some moment of the call the specification allows ${operation.name} to take effect with this result`,
      conjunct: null,
      hypotheses: knownOn(path),
      goal: allowedAtSomeMoment(this.theory, call, values),
    };
    const note = `${operation.name} took effect at a moment of the call at which its result was right`;
    const choice: GhostStep['choices'][number] = {
      kind: 'hindsight',
      span: this.currentSpan(path),
      text: operation.name,
      note,
    };
    const status = { kind: 'done', results: values } as const;
    const pending = withStatus(path.state.pending, thread, PendingTable.nothing);
    const after = { ...path, state: { ...path.state, pending }, status };
    const step = { ...noGhostStep(after.state, status), choices: [choice] };
    return {
      path: after,
      demands: [demand, ...this.outcome(after, values), ...this.facts(path, after)],
      step,
    };
  }

  private outcome(after: Path, values: readonly SymbolicValue[]): readonly Demand[] {
    const { status } = after;
    const hypotheses = knownOn(after);
    const name = this.operation.name;
    const leak = this.leaks(after, 'at return');
    if (status.kind !== 'done') {
      const title = `${name} takes effect before it returns: no step was found at which it can`;
      return [...leak, { code: 'effect', fact: null, title, conjunct: null, hypotheses, goal: FALSE }];
    }
    const results = status.results.map((result, index): Demand => {
      const local = this.operation.locals[this.operation.parameterCount + index];
      if (local === undefined) throw new Error('an op with more results than declared');
      const goal = equalValues(local.type, values[index] ?? [], result);
      const what = status.results.length === 1 ? 'the result' : `result ${index + 1}`;
      const title = `${what} of ${name} is the one that the specification gives`;
      return { code: 'result', fact: `${index + 1}`, title, conjunct: null, hypotheses, goal };
    });
    return [...leak, ...results];
  }

  private leaks(path: Path, when: string): readonly Demand[] {
    return path.held.map((held) => ({
      code: 'lock-leak',
      fact: held.lock,
      title: `no lock is held ${when}, but ${held.lock} is${held.mode === 'shared' ? ' (shared)' : ''}`,
      conjunct: null,
      hypotheses: knownOn(path),
      goal: FALSE,
    }));
  }

  /** The state right after the call was made, with the op pending, and its demands: invocation is a step as any other. */
  invocation(state: SymbolicState): { readonly before: Path; readonly after: Path } {
    const { code } = this.implementation;
    const locals = code.locals.map(
      (local, index) =>
        this.callArguments[index] ?? symbolicConstant(this.theory.freshName(local.name), local.type),
    );
    const operationLocals = this.operation.locals.map(
      (local, index) =>
        this.callArguments[index] ?? symbolicConstant(this.theory.freshName(local.name), local.type),
    );
    const idle = { ...state, pending: withStatus(state.pending, this.self, PendingTable.nothing) };
    const before: Path = {
      code,
      next: [],
      position: 0,
      locals,
      state: idle,
      hypotheses: [],
      ambient: this.theory.invariantsOf(idle, null, this.relevant),
      moments: [],
      held: [],
      begun: [],
      status: { kind: 'pending', section: 0, locals: operationLocals },
      loops: new Map(),
      rounds: 0,
      mentioned: [],
      hint: null,
      claims: [],
      depth: 0,
      tookApart: false,
      budget: this.operation.sections.length,
      trail: [],
    };
    const pending = this.theory.pendingTable.invoke(
      idle.pending,
      this.self,
      this.operation.name,
      this.callArguments,
    );
    return { before, after: { ...before, state: { ...idle, pending } } };
  }
}

/** Whether `Begin` of a `sync.Once` said that the caller is the first; its outcomes are walked one by one. */
function isFirst({ results }: MachineStep): boolean {
  const [first] = results.flat();
  if (first !== TRUE && first !== FALSE) throw new Error('an outcome that leaves open who is the first');
  return first === TRUE;
}

function indexKeys(theory: Theory, lock: string, args: readonly SymbolicValue[]): readonly SymbolicValue[] {
  return theory.locks.get(lock)?.index === null ? [] : args.slice(0, 1);
}

/**
 * The lock that a release is of: the one with the same key by its form, else the only one of the family (which it is, where
 * the release is permitted); null if there are several.
 */
function heldLock(held: readonly HeldLock[], lock: string, keys: readonly SymbolicValue[]): HeldLock | null {
  const family = held.filter((each) => each.lock === lock);
  const same = family.find((each) => each.keys.flat().every((term, index) => term === keys.flat()[index]));
  return same ?? (family.length === 1 ? (family[0] ?? null) : null);
}

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
