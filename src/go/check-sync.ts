import { matchArguments } from './check-arguments.js';
import type { CallTarget } from './check-call.js';
import { isAddressable } from './check-value.js';
import type { Context } from './context.js';
import type { AtomicOperation, Expression } from './expression.js';
import type { Operand } from './operand.js';
import type { RefusalName } from './refusals.js';
import {
  ATOMIC_VALUES,
  atomicSignature,
  atomicValue,
  CONDITION,
  isCondition,
  syncSignature,
} from './sync-methods.js';
import type { SyntaxNode } from './syntax.js';
import { resultType } from './type-set.js';
import { showGoType } from './type-text.js';
import { MUTEX } from './type.js';
import type { AtomicTypeName, FunctionType, GoType, SyncTypeName } from './type.js';

/** `sync` or `sync/atomic`. */
type SyncPackage = 'sync' | 'atomic';

const SYNC_TYPES: ReadonlySet<string> = new Set(['RWMutex', 'Once', 'WaitGroup']);

/** `sync.RWMutex`, `atomic.Uint64` and so on; null after a report. */
export function checkSyncType(context: Context, from: SyncPackage, member: SyntaxNode): GoType | null {
  const type = syncType(from, member.text);
  return type ?? refuseName(context, from, member);
}

function syncType(from: SyncPackage, name: string): GoType | null {
  if (from === 'sync') {
    if (name === 'Mutex') return MUTEX;
    if (name === 'Cond') return CONDITION;
    return SYNC_TYPES.has(name) ? { kind: 'sync', name: `sync.${name}` as SyncTypeName } : null;
  }
  return ATOMIC_VALUES.has(name) ? { kind: 'sync', name: `atomic.${name}` as AtomicTypeName } : null;
}

function refuseName(context: Context, from: SyncPackage, member: SyntaxNode): null {
  const refusal: RefusalName = from === 'sync' ? 'syncType' : 'atomicName';
  return context.refuse(refusal, member, `\`${from}.${member.text}\``);
}

const ATOMIC_OPERATION = /^(Load|Store|Add|Swap|CompareAndSwap)(Int32|Int64|Uint32|Uint64)$/;

/** A name of `sync` or `sync/atomic`: a type, or a function such as `atomic.AddUint64`. */
export function checkSyncMember(context: Context, from: SyncPackage, member: SyntaxNode): Operand | null {
  if (from === 'sync' && member.text === 'NewCond') return { kind: 'newCondition' };
  const found = from === 'atomic' ? ATOMIC_OPERATION.exec(member.text) : null;
  const value = ATOMIC_VALUES.get(found?.[2] ?? '');
  if (found !== null && value !== undefined) {
    return { kind: 'atomic', operation: found[1] as AtomicOperation, value };
  }
  const type = checkSyncType(context, from, member);
  return type === null ? null : { kind: 'type', type };
}

/** A method of a lock or of an atomic variable, as a call runs it; null after a report. */
export function syncTarget(
  context: Context,
  node: SyntaxNode,
  { method, name, place }: Extract<Operand, { kind: 'sync' }>,
): CallTarget | null {
  if (method.kind === 'refused') {
    return context.refuse(methodRefusal(place.type), node, `\`${name}\``);
  }
  if (!isAddressable(place)) {
    const type = showGoType(place.type);
    return context.typeError(node, `a value of type ${type} must be a variable or a part of one`);
  }
  const type = syncSignature(method);
  switch (method.kind) {
    case 'lock':
      return { callee: { kind: 'lock', operation: method.operation, mutex: place }, type };
    case 'atomic':
      return { callee: { kind: 'atomic', operation: method.operation, place }, type };
    case 'condition':
      return { callee: { kind: 'condition', operation: method.operation, condition: place }, type };
    case 'once':
      return { callee: { kind: 'once', place }, type };
    case 'group':
      return { callee: { kind: 'group', operation: method.operation, place }, type };
  }
}

function methodRefusal(type: GoType): RefusalName {
  if (isCondition(type)) return 'condition';
  if (type.kind === 'sync' && type.name === 'sync.WaitGroup') return 'syncType';
  return atomicValue(type) === null ? 'lockMethod' : 'atomicName';
}

/** A call of a function of `sync/atomic`: the first argument points to the place that it operates on. */
export function atomicCall(
  context: Context,
  node: SyntaxNode,
  { operation, value }: Extract<Operand, { kind: 'atomic' }>,
  given: readonly Expression[],
  spread: boolean,
): Expression | null {
  const own = atomicSignature(operation, value);
  const pointer: GoType = { kind: 'pointer', element: value };
  const signature: FunctionType = { ...own, parameters: [pointer, ...own.parameters] };
  const converted = matchArguments(context, node, signature, given, spread);
  const [address, ...rest] = converted ?? [];
  if (address === undefined) return null;
  if (address.type.kind === 'tuple') return context.refuse('atomicAddress', node);
  const place: Expression =
    address.kind === 'address'
      ? address.place
      : { kind: 'dereference', operand: address, type: value, span: address.span };
  const { span } = node;
  const type = resultType(own);
  return { kind: 'call', callee: { kind: 'atomic', operation, place }, arguments: rest, type, span };
}
