import type { AtomicOperation, ConditionOperation, GroupOperation, LockOperation } from './expression.js';
import { BOOL, integerType } from './type.js';
import type { FunctionType, GoType, IntegerName, SyncType } from './type.js';

/** A type of `sync` or `sync/atomic`. */
export type AnySyncType = SyncType | { readonly kind: 'mutex' };

/** The types of values that `sync/atomic` operates on, by the name that it has for them. */
export const ATOMIC_VALUES: ReadonlyMap<string, GoType> = new Map<string, GoType>([
  ['Bool', BOOL],
  ...(['int32', 'int64', 'uint32', 'uint64'] as const).map((name): [string, GoType] => [
    capital(name),
    integerType(name),
  ]),
]);

function capital(name: IntegerName): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The type of the value in a variable of an atomic type; null: the type is none. */
export function atomicValue(type: GoType): GoType | null {
  if (type.kind !== 'sync' || !type.name.startsWith('atomic.')) return null;
  return ATOMIC_VALUES.get(type.name.slice('atomic.'.length)) ?? null;
}

export const CONDITION: GoType = { kind: 'sync', name: 'sync.Cond' };

/** `sync.Cond`. */
export function isCondition(type: GoType): boolean {
  return type.kind === 'sync' && type.name === 'sync.Cond';
}

/** A type of `sync` or `sync/atomic`. */
export function isSyncType(type: GoType): type is AnySyncType {
  return type.kind === 'mutex' || type.kind === 'sync';
}

/** A method of a type of `sync` or `sync/atomic`; all of them have pointer receivers. */
export type SyncMethod =
  | { readonly kind: 'lock'; readonly operation: LockOperation }
  | { readonly kind: 'atomic'; readonly operation: AtomicOperation; readonly value: GoType }
  | { readonly kind: 'condition'; readonly operation: ConditionOperation }
  | { readonly kind: 'once' }
  | { readonly kind: 'group'; readonly operation: GroupOperation }
  | { readonly kind: 'refused' };

const LOCK_METHODS: Readonly<Record<string, readonly string[]>> = {
  mutex: ['Lock', 'Unlock'],
  'sync.RWMutex': ['Lock', 'Unlock', 'RLock', 'RUnlock'],
};
const REFUSED_METHODS: Readonly<Record<string, readonly string[]>> = {
  mutex: ['TryLock'],
  'sync.RWMutex': ['TryLock', 'TryRLock', 'RLocker'],
  // A field, which makes no difference where it is refused.
  'sync.Cond': ['L'],
  'sync.WaitGroup': ['Go'],
};

/** The method of that name; null: there is none. */
export function syncMethod(type: AnySyncType, name: string): SyncMethod | null {
  const typeName = type.kind === 'mutex' ? 'mutex' : type.name;
  if (LOCK_METHODS[typeName]?.includes(name) === true) {
    return { kind: 'lock', operation: name as LockOperation };
  }
  if (REFUSED_METHODS[typeName]?.includes(name) === true) return { kind: 'refused' };
  if (isCondition(type) && /^(Wait|Signal|Broadcast)$/.test(name)) {
    return { kind: 'condition', operation: name as ConditionOperation };
  }
  if (typeName === 'sync.Once' && name === 'Do') return { kind: 'once' };
  if (typeName === 'sync.WaitGroup' && /^(Add|Done|Wait)$/.test(name)) {
    return { kind: 'group', operation: name as GroupOperation };
  }
  const value = atomicValue(type);
  if (value === null) return null;
  if (/^(And|Or)$/.test(name) && value.kind !== 'bool') return { kind: 'refused' };
  const isKnown = /^(Load|Store|Add|Swap|CompareAndSwap)$/.test(name);
  if (!isKnown || (name === 'Add' && value.kind === 'bool')) return null;
  return { kind: 'atomic', operation: name as AtomicOperation, value };
}

/** What an atomic operation takes beside the place, and gives. */
export function atomicSignature(operation: AtomicOperation, value: GoType): FunctionType {
  const signature = (parameters: readonly GoType[], results: readonly GoType[]): FunctionType => ({
    kind: 'function',
    parameters,
    results,
    variadic: false,
  });
  switch (operation) {
    case 'Load':
      return signature([], [value]);
    case 'Store':
      return signature([value], []);
    case 'Add':
    case 'Swap':
      return signature([value], [value]);
    case 'CompareAndSwap':
      return signature([value, value], [BOOL]);
  }
}

/** The signature of a method that is not refused. */
export function syncSignature(method: Exclude<SyncMethod, { kind: 'refused' }>): FunctionType {
  if (method.kind === 'atomic') return atomicSignature(method.operation, method.value);
  const nothing: FunctionType = { kind: 'function', parameters: [], results: [], variadic: false };
  if (method.kind === 'once') return { ...nothing, parameters: [nothing] };
  if (method.kind === 'group' && method.operation === 'Add')
    return { ...nothing, parameters: [integerType('int')] };
  return nothing;
}
