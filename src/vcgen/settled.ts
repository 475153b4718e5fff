import type { Term } from '../encoding/index.js';
import { and, FALSE, forall, freshBound, implies, not, or } from '../encoding/index.js';
import type { Lock } from '../ir/index.js';
import type { SymbolicValue } from './layout.js';
import { leafSorts } from './layout.js';
import type { Location, OneLock } from './leases.js';
import { guardedLocations, inFamily, overlap, someIndex, unchanged, valueOfLocation } from './leases.js';
import type { SymbolicState } from './state.js';
import { valueOf } from './state.js';
import { leaf } from './symbolic-domain.js';
import type { Theory } from './theory.js';

/**
 * Whether all of a location is guarded by a `sync.Once` that is done or a token that is frozen: nobody will have that again, so that the location never
 * changes before the next crash, and everybody may read it.
 */
export function isSettled(theory: Theory, state: SymbolicState, location: Location): Term {
  return or(
    [...theory.locks.values()].map((lock) =>
      someIndex(theory, lock, (index) =>
        settles(theory, state, location, lock, index === undefined ? [] : [index]),
      ),
    ),
  );
}

/** The same, by one of those locks only. */
export function isSettledBy(
  some: readonly OneLock[],
  theory: Theory,
  state: SymbolicState,
  location: Location,
): Term {
  return or(
    some.map(({ lock: name, keys }) => {
      const lock = theory.locks.get(name);
      return lock === undefined ? FALSE : settles(theory, state, location, lock, keys);
    }),
  );
}

function settles(
  theory: Theory,
  state: SymbolicState,
  location: Location,
  lock: Lock,
  keys: readonly SymbolicValue[],
): Term {
  const guards = guardedLocations(theory, lock, keys).filter(
    (set) => set.variable === location.variable && set.keys.length <= location.keys.length,
  );
  const isGuarded = or(guards.map((set) => overlap(set, location.keys)));
  return and([isDone(lock, keys, state), isGuarded]);
}

/** Whether a `sync.Once` is done, or a token frozen. */
export function isDone(lock: Lock, keys: readonly SymbolicValue[], state: SymbolicState): Term {
  return lock.done === null ? FALSE : leaf(valueOfLocation(state, { variable: lock.done, keys }));
}

/** What is done stays done and free, and what it guards stays as it is, whatever others do from the one state to the other. */
export function settledFacts(theory: Theory, before: SymbolicState, after: SymbolicState): readonly Term[] {
  return [...theory.locks.values()].flatMap((lock): readonly Term[] => {
    if (lock.done === null) return [];
    const index =
      lock.index === null ? [] : leafSorts(lock.index.type).map((sort) => freshBound('index', sort));
    const keys = lock.index === null ? [] : [index];
    const same = guardedLocations(theory, lock, keys).map((set) => {
      const variable = theory.system.state.find((each) => each.name === set.variable);
      if (variable === undefined) throw new Error(`no variable ${set.variable}`);
      return unchanged(variable.type, set, valueOf(before, set.variable), valueOf(after, set.variable));
    });
    const free = not(leaf(valueOfLocation(after, { variable: lock.locked, keys })));
    const member = lock.index === null ? [] : [inFamily(theory, lock, index)];
    const kept = implies(
      and([...member, isDone(lock, keys, before)]),
      and([isDone(lock, keys, after), ...same]),
    );
    const ended = implies(and([...member, isDone(lock, keys, after)]), free);
    return [forall(index, kept), forall(index, ended)];
  });
}
