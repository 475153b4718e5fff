import type { AtomicOperation, Callee, Expression, LockOperation } from './expression.js';
import { isAddressable, unwrap, value } from './check-value.js';
import type { Context } from './context.js';
import type { RefusalName } from './refusals.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { identicalTypes } from './type-identity.js';
import { showGoType } from './type-text.js';
import { BOOL, MUTEX, integerType } from './type.js';
import type { AtomicTypeName, GoType, IntegerName, SyncType } from './type.js';

/** `sync` or `sync/atomic`. */
type SyncPackage = 'sync' | 'atomic';

export interface Signature {
  readonly parameters: readonly GoType[];
  readonly results: readonly GoType[];
}

/** Matches arguments with a signature and makes the call; null after a report. */
export type FinishCall = (
  context: Context,
  node: SyntaxNode,
  callee: Callee,
  signature: Signature,
  given: readonly Expression[],
) => Expression | null;

const NO_RESULT: readonly GoType[] = [];

/** The types of values that `sync/atomic` operates on, by the name that it has for them. */
const ATOMIC_VALUES: ReadonlyMap<string, GoType> = new Map<string, GoType>([
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

/** A type of `sync` or `sync/atomic`. */
export function isSyncType(type: GoType): type is SyncType | { readonly kind: 'mutex' } {
  return type.kind === 'mutex' || type.kind === 'sync';
}

/** `sync.RWMutex`, `atomic.Uint64` and so on; null after a report. */
export function checkSyncType(context: Context, from: SyncPackage, member: SyntaxNode): GoType | null {
  const name = member.text;
  if (from === 'sync') {
    if (name === 'Mutex') return MUTEX;
    return name === 'RWMutex' ? { kind: 'sync', name: 'sync.RWMutex' } : refuseName(context, from, member);
  }
  if (!ATOMIC_VALUES.has(name)) return refuseName(context, from, member);
  return { kind: 'sync', name: `atomic.${name}` as AtomicTypeName };
}

/** A function of `sync` or `sync/atomic` that is used as a value, or a name that they do not have. */
export function refuseSyncValue(context: Context, from: SyncPackage, node: SyntaxNode): null {
  return context.refuse(nameRefusal(from), node, `\`${node.text}\``);
}

function refuseName(context: Context, from: SyncPackage, member: SyntaxNode): null {
  return context.refuse(nameRefusal(from), member, `\`${from}.${member.text}\``);
}

function nameRefusal(from: SyncPackage): RefusalName {
  return from === 'sync' ? 'syncType' : 'atomicName';
}

const ATOMIC_OPERATION = /^(Load|Store|Add|Swap|CompareAndSwap)(Int32|Int64|Uint32|Uint64)$/;

/** A call of a function of `sync` or `sync/atomic`, such as `atomic.AddUint64(&x, 1)`. */
export function checkSyncFunction(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  from: SyncPackage,
  member: SyntaxNode,
  argumentNodes: readonly SyntaxNode[],
  finish: FinishCall,
): Expression | null {
  const found = from === 'atomic' ? ATOMIC_OPERATION.exec(member.text) : null;
  const type = ATOMIC_VALUES.get(found?.[2] ?? '');
  if (found === null || type === undefined) return refuseName(context, from, member);
  const operation = found[1] as AtomicOperation;
  const signature = atomicSignature(operation, type);
  const [addressNode, ...rest] = argumentNodes;
  if (addressNode === undefined) {
    const count = signature.parameters.length + 1;
    return context.typeError(node, `\`${node.required('function').text}\` takes ${count} arguments`);
  }
  const place = addressed(context, scope, addressNode, type);
  const given = rest.map((each) => value(context, scope, each));
  if (place === null || !given.every((each) => each !== null)) return null;
  return finish(context, node, { kind: 'atomic', operation, place }, signature, given);
}

/** The place whose address is written out; its type has to be `type`. */
function addressed(context: Context, scope: Scope, node: SyntaxNode, type: GoType): Expression | null {
  const address = unwrap(node);
  const isAddress = address.type === 'unary_expression' && address.required('operator').text === '&';
  if (!isAddress) return context.refuse('atomicAddress', node);
  const place = value(context, scope, address.required('operand'));
  if (place === null) return null;
  if (!isAddressable(place)) return context.typeError(node, 'this has no address');
  if (identicalTypes(place.type, type)) return place;
  const given = showGoType({ kind: 'pointer', element: place.type });
  const wanted = showGoType({ kind: 'pointer', element: type });
  return context.typeError(node, `cannot use a value of type ${given} as ${wanted} in an argument`);
}

function atomicSignature(operation: AtomicOperation, type: GoType): Signature {
  switch (operation) {
    case 'Load':
      return { parameters: [], results: [type] };
    case 'Store':
      return { parameters: [type], results: NO_RESULT };
    case 'Add':
    case 'Swap':
      return { parameters: [type], results: [type] };
    case 'CompareAndSwap':
      return { parameters: [type, type], results: [BOOL] };
  }
}

/** A call of a method of a type of `sync` or `sync/atomic`. */
export function checkSyncMethod(
  context: Context,
  node: SyntaxNode,
  operand: Expression,
  member: SyntaxNode,
  given: readonly Expression[],
  finish: FinishCall,
): Expression | null {
  const type = operand.type.kind === 'pointer' ? operand.type.element : operand.type;
  if (!isAddressable(operand)) {
    return context.typeError(node, `a value of type ${showGoType(type)} must be a variable or a part of one`);
  }
  const content = atomicValue(type);
  if (content === null) return lockCall(context, node, operand, type, member, given, finish);
  const operation = member.text;
  const isKnown = /^(Load|Store|Add|Swap|CompareAndSwap)$/.test(operation);
  if (isKnown && (operation !== 'Add' || content.kind !== 'bool')) {
    const known = operation as AtomicOperation;
    const callee = { kind: 'atomic', operation: known, place: operand } as const;
    return finish(context, node, callee, atomicSignature(known, content), given);
  }
  const isRefused = (operation === 'And' || operation === 'Or') && content.kind !== 'bool';
  if (isRefused) return context.refuse('atomicName', member, `\`${operation}\``);
  return context.report('name', member, `the type ${showGoType(type)} has no method \`${operation}\``);
}

const LOCK_METHODS: Readonly<Record<string, readonly string[]>> = {
  'sync.Mutex': ['Lock', 'Unlock'],
  'sync.RWMutex': ['Lock', 'Unlock', 'RLock', 'RUnlock'],
};
const REFUSED_LOCK_METHODS: Readonly<Record<string, readonly string[]>> = {
  'sync.Mutex': ['TryLock'],
  'sync.RWMutex': ['TryLock', 'TryRLock', 'RLocker'],
};

function lockCall(
  context: Context,
  node: SyntaxNode,
  mutex: Expression,
  type: GoType,
  member: SyntaxNode,
  given: readonly Expression[],
  finish: FinishCall,
): Expression | null {
  const name = showGoType(type);
  const operation = member.text;
  if (REFUSED_LOCK_METHODS[name]?.includes(operation) === true) {
    return context.refuse('lockMethod', member, `\`${operation}\``);
  }
  if (LOCK_METHODS[name]?.includes(operation) !== true) {
    return context.report('name', member, `the type ${name} has no method \`${operation}\``);
  }
  const callee = { kind: 'lock', operation: operation as LockOperation, mutex } as const;
  return finish(context, node, callee, { parameters: [], results: NO_RESULT }, given);
}
