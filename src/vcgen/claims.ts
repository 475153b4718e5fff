import type { Term } from '../encoding/index.js';
import { and, equal, FALSE, forall, freshBound, implies, not, or, select, TRUE } from '../encoding/index.js';
import type { Claim, Expression, Lock, Type } from '../ir/index.js';
import { BOOL, THREAD, UINT64 } from '../ir/index.js';
import { evaluate } from '../semantics/index.js';
import type { SymbolicValue } from './layout.js';
import { leafSorts } from './layout.js';
import type { HeldLock } from './leases.js';
import type { Path } from './path.js';
import { type SymbolicState, valueOf } from './state.js';
import { leaf, symbolicDomain } from './symbolic-domain.js';
import type { Theory } from './theory.js';

/** Where a claim, give or freeze applies: over locals before the step and the states around it. */
export function claimCondition(theory: Theory, before: Path, after: Path, claim: Claim): Term {
  return claim.condition === null ? TRUE : leaf(claimValue(theory, before, after, claim.condition));
}

/** Which token of a family it is of; nothing for a single one. */
export function claimKeys(theory: Theory, before: Path, after: Path, claim: Claim): readonly SymbolicValue[] {
  return claim.index === null ? [] : [claimValue(theory, before, after, claim.index)];
}

function claimValue(theory: Theory, before: Path, after: Path, expression: Expression): SymbolicValue {
  return evaluate(
    symbolicDomain,
    {
      parameter: (name) => theory.parameter(name),
      local: (index) => {
        const local = before.locals[index];
        if (local === undefined) throw new Error(`local ${index} has no value`);
        return local;
      },
      state: (variable, old) => valueOf(old ? before.state : after.state, variable),
      bound: (id) => {
        throw new Error(`unbound variable ${id}`);
      },
      pending: (thread, operation, section, args) => [
        theory.pendingTable.atom(after.state.pending, leaf(thread), operation, section, args),
      ],
    },
    expression,
  );
}

/** The state once a token changed hands: a thread took it, or it was given back or frozen. */
export function withToken(
  state: SymbolicState,
  lock: Lock,
  keys: readonly SymbolicValue[],
  change: { readonly taker: Term } | 'give' | 'freeze',
): SymbolicState {
  const variables = new Map(state.variables);
  const put = (variable: string, type: Type, value: SymbolicValue): void => {
    const [key] = keys;
    const map = { kind: 'map', key: UINT64, value: type } as const;
    variables.set(
      variable,
      key === undefined ? value : symbolicDomain.mapSet(map, valueOf(state, variable), key, value),
    );
  };
  const taker = typeof change === 'string' ? null : change.taker;
  put(lock.locked, BOOL, [taker === null ? FALSE : TRUE]);
  if (lock.owner !== null && taker !== null) put(lock.owner, THREAD, [taker]);
  if (lock.done !== null && change === 'freeze') put(lock.done, BOOL, [TRUE]);
  return { ...state, variables };
}

/** Of each token: that the thread has none but those that it is known to have. */
export function notOwned(
  theory: Theory,
  held: readonly HeldLock[],
  self: Term,
  state: SymbolicState,
): readonly Term[] {
  return [...theory.locks.values()].flatMap((lock): readonly Term[] => {
    if (lock.owner === null) return [];
    const mine = held.filter((each) => each.lock === lock.name);
    const has = (locked: Term, owner: Term): Term => and([locked, equal(owner, self)]);
    const [locked, owner] = [leaf(valueOf(state, lock.locked)), leaf(valueOf(state, lock.owner))];
    if (lock.index === null) return mine.length > 0 ? [] : [not(has(locked, owner))];
    const index = leafSorts(lock.index.type).map((sort) => freshBound('index', sort));
    const one = leaf(index);
    const known = or(mine.map((each) => equal(one, leaf(each.keys[0] ?? []))));
    return [forall(index, implies(has(select(locked, one), select(owner, one)), known))];
  });
}
