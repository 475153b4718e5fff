import { value } from './check-value.js';
import type { Context } from './context.js';
import type { CompositeElement, Expression } from './expression.js';
import type { Scope } from './scope.js';
import { CONDITION } from './sync-methods.js';
import type { SyntaxNode } from './syntax.js';
import type { Field, GoType } from './type.js';

/** `sync.NewCond(&mu)`, which is `&sync.Cond{L: &mu}`. */
export function newCondition(
  context: Context,
  node: SyntaxNode,
  given: readonly Expression[],
): Expression | null {
  const [lock] = given;
  if (lock === undefined || given.length > 1) {
    return context.typeError(node, `\`${node.required('function').text}\` takes 1 argument`);
  }
  const element = conditionLock(context, node, lock);
  if (element === null) return null;
  const { span } = node;
  const place: Expression = { kind: 'composite', elements: [element], length: null, type: CONDITION, span };
  return { kind: 'address', place, type: { kind: 'pointer', element: CONDITION }, span };
}

/** The elements of `sync.Cond{L: &mu}`, or of `sync.Cond{}`, which is refused where it is used. */
export function conditionElements(
  context: Context,
  scope: Scope,
  body: SyntaxNode,
): readonly CompositeElement[] | null {
  const [only, ...others] = body.namedChildren;
  const isLock = only?.type === 'keyed_element' && only.required('key').text === 'L';
  if (only === undefined || others.length > 0 || !isLock) return context.refuse('condition', body);
  const valueNode = only.required('value');
  const inner = valueNode.type === 'literal_element' ? valueNode.namedChildren[0] : valueNode;
  const lock = inner === undefined ? null : value(context, scope, inner);
  const element = lock === null ? null : conditionLock(context, valueNode, lock);
  return element === null ? null : [element];
}

/** `&mu`, where `mu` is a lock at package level that is known before the program runs. */
function conditionLock(context: Context, node: SyntaxNode, lock: Expression): CompositeElement | null {
  const place = lock.kind === 'address' ? lock.place : null;
  const isLock =
    place?.type.kind === 'mutex' || (place?.type.kind === 'sync' && place.type.name === 'sync.RWMutex');
  if (place === null || !isLock || !isStaticPlace(place)) return context.refuse('condition', node);
  const type: GoType = { kind: 'pointer', element: place.type };
  const { span } = node;
  const field: Field = {
    name: 'L',
    type,
    embedded: false,
    tag: null,
    packagePath: null,
    annotations: [],
    span,
  };
  return { key: { kind: 'field', field }, value: lock };
}

function isStaticPlace(place: Expression): boolean {
  switch (place.kind) {
    case 'variable':
      return place.variable.role === 'package';
    case 'select':
      return isStaticPlace(place.operand);
    case 'index':
      return place.index.constant !== undefined && isStaticPlace(place.collection);
    default:
      return false;
  }
}
