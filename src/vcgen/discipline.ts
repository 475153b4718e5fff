import type { Term } from '../encoding/index.js';
import { FALSE, not, or, TRUE } from '../encoding/index.js';
import type { Lock, LockMode, MachineOperation } from '../ir/index.js';
import { lockText } from './accesses.js';
import type { SymbolicValue } from './layout.js';
import type { HeldLock, Lease, Location } from './leases.js';
import { guardedLocations, holds, inFamily, mayAccess, mayWrite, single } from './leases.js';
import type { RacingAccess } from './obligation.js';
import type { Path } from './path.js';
import { assuming, knownOn } from './path.js';
import { isSettled, isSettledBy } from './settled.js';
import { leaf } from './symbolic-domain.js';
import type { Theory } from './theory.js';
import type { Demand, MachineStep } from './mode.js';

/** The rules for locks: what they are taken and released for, and what may be done without which (docs/soundness.md). */
export class Discipline {
  constructor(
    private readonly theory: Theory,
    /** Package variables that no op ever writes: they keep the value that boot gave them. */
    private readonly frozen: ReadonlySet<string>,
  ) {}

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

  releasing(
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

  lockNamed(name: string): Lock {
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
  lockInvariant(path: Path, lock: Lock, keys: readonly SymbolicValue[]): readonly Term[] {
    if (lock.invariant === null) return [];
    const bound = new Map<string, SymbolicValue>();
    if (lock.index !== null) bound.set(lock.index.id, keys[0] ?? []);
    return [leaf(this.theory.value(lock.invariant.expression, path.state, path.state, bound))];
  }

  /**
   * Every location that the thread has the lease on: what its locks guard, and the state of the locks themselves. How many share a
   * lock may change while the thread shares it, but not while it holds it exclusively.
   */
  leasesOf(locks: readonly HeldLock[]): readonly Lease[] {
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

  leaks(path: Path, when: string): readonly Demand[] {
    return path.held.map((held) => ({
      code: 'lock-leak',
      fact: held.lock,
      title: `no lock is held ${when}, but ${held.lock} is${held.mode === 'shared' ? ' (shared)' : ''}`,
      conjunct: null,
      hypotheses: knownOn(path),
      goal: FALSE,
    }));
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
export function heldLock(
  held: readonly HeldLock[],
  lock: string,
  keys: readonly SymbolicValue[],
): HeldLock | null {
  const family = held.filter((each) => each.lock === lock);
  const same = family.find((each) => each.keys.flat().every((term, index) => term === keys.flat()[index]));
  return same ?? (family.length === 1 ? (family[0] ?? null) : null);
}
