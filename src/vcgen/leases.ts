import type { Term } from '../encoding/index.js';
import {
  and,
  bitvector,
  bvLess,
  equal,
  exists,
  forall,
  freshBound,
  FALSE,
  implies,
  not,
  or,
  TRUE,
} from '../encoding/index.js';
import type { Guard, Lock, LockMode, StateVariable, Type } from '../ir/index.js';
import type { SymbolicValue } from './layout.js';
import { leafSorts, symbolicConstant } from './layout.js';
import type { SymbolicState } from './state.js';
import { valueAt, valueOf } from './state.js';
import { leaf, symbolicDomain } from './symbolic-domain.js';
import type { Theory } from './theory.js';

/** A location: a whole state variable, or the part of a map under a path of keys. */
export interface Location {
  readonly variable: string;
  readonly keys: readonly SymbolicValue[];
}

/** Locations of one variable. */
export interface LocationSet {
  readonly variable: string;
  /** Null stands for every key. */
  readonly keys: readonly (SymbolicValue | null)[];
  /** Which of them: a condition on values for all keys. */
  readonly where: (keys: readonly SymbolicValue[]) => Term;
}

/** A lease on locations: the thread may rely on them, and with an exclusive one change them. */
export interface Lease extends LocationSet {
  readonly mode: LockMode;
}

/** Which lock. */
export interface OneLock {
  readonly lock: string;
  /** Index within the family; empty for a single lock. */
  readonly keys: readonly SymbolicValue[];
}

/** A lock that a thread holds: which one of its family, how, and with it which locations. */
export interface HeldLock extends OneLock {
  readonly mode: LockMode;
  readonly locations: readonly LocationSet[];
}

/** One location. */
export function single({ variable, keys }: Location): LocationSet {
  return { variable, keys, where: () => TRUE };
}

/** The locations that a lock of a family guards. */
export function guardedLocations(
  theory: Theory,
  lock: Lock,
  keys: readonly SymbolicValue[],
): readonly LocationSet[] {
  return lock.guards.map((guard) => guardedBy(theory, lock, guard, keys[0]));
}

function guardedBy(theory: Theory, lock: Lock, guard: Guard, index: SymbolicValue | undefined): LocationSet {
  const nowhere: SymbolicState = { variables: new Map(), pending: theory.pendingTable.fresh('none') };
  const bound = new Map<string, SymbolicValue>();
  if (lock.index !== null && index !== undefined) bound.set(lock.index.id, index);
  const open = guard.keys.map((key) => guard.each.find(({ id }) => key.kind === 'bound' && key.id === id));
  const keys = guard.keys.map((key, position) =>
    open[position] === undefined ? theory.value(key, nowhere, nowhere, bound) : null,
  );
  const { variable, where } = guard;
  if (where === null) return { variable, keys, where: () => TRUE };
  return {
    variable,
    keys,
    where: (values) => {
      const chosen = new Map(bound);
      open.forEach((each, position) => {
        if (each !== undefined) chosen.set(each.id, values[position] ?? []);
      });
      return leaf(theory.value(where, nowhere, nowhere, chosen));
    },
  };
}

/** Whether a location is one of the set, is a part of one, or has one as a part; true at least where the latter is so. */
export function overlap(set: LocationSet, keys: readonly SymbolicValue[]): Term {
  const common = set.keys.slice(0, keys.length);
  const same = common.map((key, position) => (key === null ? TRUE : sameKey(key, keys[position] ?? [])));
  return and([...same, ...(keys.length < set.keys.length ? [] : [set.where(keys)])]);
}

function sameKey(left: SymbolicValue, right: SymbolicValue): Term {
  return and(left.map((term, index) => equal(term, right[index] ?? term)));
}

/** Whether the thread has a lease on all of a location, for writes an exclusive one. */
function leased(leases: readonly Lease[], location: Location, write: boolean): Term {
  return or(
    leases
      .filter((lease) => !write || lease.mode === 'exclusive')
      .filter((lease) => lease.variable === location.variable && lease.keys.length <= location.keys.length)
      .map((lease) => overlap(lease, location.keys)),
  );
}

/** Whether some lock guards a part of the location. */
function guarded(theory: Theory, location: Location): Term {
  return or(
    [...theory.locks.values()].flatMap((lock) =>
      lock.guards
        .filter((guard) => guard.variable === location.variable)
        .map((guard) =>
          someIndex(theory, lock, (index) => overlap(guardedBy(theory, lock, guard, index), location.keys)),
        ),
    ),
  );
}

/** `exists index < count: body(index)` for a family of locks; `body` of nothing for a single lock. */
export function someIndex(
  theory: Theory,
  lock: Lock,
  body: (index: SymbolicValue | undefined) => Term,
): Term {
  if (lock.index === null) return body(undefined);
  const index = leafSorts(lock.index.type).map((sort) => freshBound('index', sort));
  return exists(index, and([inFamily(theory, lock, index), body(index)]));
}

/** Whether an index is one of the family's; of a single lock always. */
export function inFamily(theory: Theory, lock: Lock, index: SymbolicValue): Term {
  if (lock.count === null) return TRUE;
  const nowhere: SymbolicState = { variables: new Map(), pending: theory.pendingTable.fresh('none') };
  return bvLess(leaf(index), leaf(theory.value(lock.count, nowhere)), false);
}

/** Whether the thread may change a location: it has the exclusive lease, or no lock guards any part of it. */
export function mayWrite(theory: Theory, leases: readonly Lease[], location: Location): Term {
  const isGuarded = guarded(theory, location);
  return isGuarded === FALSE ? TRUE : or([leased(leases, location, true), not(isGuarded)]);
}

/** Whether the thread may access plain memory: never without a lease. */
export function mayAccess(leases: readonly Lease[], location: Location, write: boolean): Term {
  return leased(leases, location, write);
}

/** Whether the thread holds a lock, in whatever mode. */
export function holds(held: readonly HeldLock[], lock: string, keys: readonly SymbolicValue[]): Term {
  return or(
    held
      .filter((each) => each.lock === lock)
      .map((each) => and(each.keys.map((key, position) => sameKey(key, keys[position] ?? [])))),
  );
}

/** For each pair of guarded locations of one variable: that the guard sets of different locks are disjoint. */
export function guardOverlaps(theory: Theory): readonly {
  readonly left: Lock;
  readonly right: Lock;
  readonly guard: Guard;
  readonly hypotheses: readonly Term[];
  readonly goal: Term;
}[] {
  const all = [...theory.locks.values()].flatMap((lock) => lock.guards.map((guard) => ({ lock, guard })));
  return all.flatMap((left, position) =>
    all
      .slice(position)
      .filter((right) => right.guard.variable === left.guard.variable)
      .filter((right) => right.lock !== left.lock || left.lock.index !== null)
      .map((right) => {
        const [first, second] = [indexSymbol(theory, left.lock), indexSymbol(theory, right.lock)];
        const distinct =
          left.lock === right.lock && first !== undefined && second !== undefined
            ? [not(sameKey(first, second))]
            : [];
        const range = [
          ...(first === undefined ? [] : [inFamily(theory, left.lock, first)]),
          ...(second === undefined ? [] : [inFamily(theory, right.lock, second)]),
        ];
        const keys = anyKeys(theory, left.guard, right.guard);
        const goal = not(
          and([
            overlap(guardedBy(theory, left.lock, left.guard, first), keys),
            overlap(guardedBy(theory, right.lock, right.guard, second), keys),
          ]),
        );
        return {
          left: left.lock,
          right: right.lock,
          guard: right.guard,
          hypotheses: [...distinct, ...range],
          goal,
        };
      }),
  );
}

function indexSymbol(theory: Theory, lock: Lock): SymbolicValue | undefined {
  return lock.index === null ? undefined : symbolicConstant(theory.freshName('index'), lock.index.type);
}

/** Keys of some location that is as deep as those of both guards, and of one variable. */
function anyKeys(theory: Theory, left: Guard, right: Guard): readonly SymbolicValue[] {
  const longer = left.keys.length < right.keys.length ? right : left;
  return longer.keys.map(({ type }) => symbolicConstant(theory.freshName('key'), type));
}

/**
 * What others may do to a variable while the thread holds leases: everything but change the leased locations. Of those that have
 * one key each the new value is made; of the others it is known what they were.
 */
export function forgetUnleased(
  theory: Theory,
  variable: StateVariable,
  value: SymbolicValue,
  leases: readonly LocationSet[],
): { readonly value: SymbolicValue; readonly known: readonly Term[] } {
  const mine = leases.filter((lease) => lease.variable === variable.name);
  if (mine.some((lease) => lease.keys.length === 0)) return { value, known: [] };
  const unknown = symbolicConstant(theory.freshName(variable.name), variable.type);
  const result = mine.reduce((changed, { keys }) => {
    const path = keys.filter((key) => key !== null);
    if (path.length < keys.length) return changed;
    return storeAt(variable.type, changed, path, valueAt(value, path));
  }, unknown);
  const open = mine.filter(({ keys }) => keys.includes(null));
  return { value: result, known: open.map((lease) => unchanged(variable.type, lease, value, result)) };
}

/** That all locations of a set have the same values in both. */
export function unchanged(type: Type, set: LocationSet, before: SymbolicValue, after: SymbolicValue): Term {
  const bound: Term[] = [];
  const keys: SymbolicValue[] = [];
  let inner = type;
  for (const key of set.keys) {
    if (inner.kind !== 'map') throw new Error('a lease on a part of something that is no map');
    const every = key ?? leafSorts(inner.key).map((sort) => freshBound('key', sort));
    if (key === null) bound.push(...every);
    keys.push(every);
    inner = inner.value;
  }
  return forall(bound, implies(set.where(keys), sameKey(valueAt(after, keys), valueAt(before, keys))));
}

function storeAt(
  type: Type,
  container: SymbolicValue,
  keys: readonly SymbolicValue[],
  value: SymbolicValue,
): SymbolicValue {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (type.kind !== 'map') throw new Error('a lease on a part of something that is no map');
  const inner = symbolicDomain.mapGet(type, container, key);
  return symbolicDomain.mapSet(type, container, key, storeAt(type.value, inner, rest, value));
}

/** The value of a location in a state. */
export function valueOfLocation(state: SymbolicState, location: Location): SymbolicValue {
  return valueAt(valueOf(state, location.variable), location.keys);
}

/** That nobody, or somebody, shares a lock in a state; nobody does where it cannot be shared. */
export function readersOf(
  lock: Lock,
  keys: readonly SymbolicValue[],
  state: SymbolicState,
  count: 'none' | 'some',
): Term {
  if (lock.readers === null) return count === 'none' ? TRUE : FALSE;
  const readers = leaf(valueOfLocation(state, { variable: lock.readers, keys }));
  const none = equal(readers, bitvector(0n, READER_BITS));
  return count === 'none' ? none : not(none);
}

const READER_BITS = 64;
