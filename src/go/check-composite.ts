import { keyText } from './constant-key.js';
import { assignableTo } from './check-conversion.js';
import { integerIndex } from './check-index.js';
import { conditionElements } from './check-condition.js';
import { value } from './check-value.js';
import type { Context } from './context.js';
import type { CompositeElement, Expression } from './expression.js';
import type { Scope } from './scope.js';
import { isCondition } from './sync-methods.js';
import type { SyntaxNode } from './syntax.js';
import { coreType } from './type-set.js';
import { showGoType } from './type-text.js';
import { integerType, underlying } from './type.js';
import type { ArrayType, GoType, MapType, StructType } from './type.js';

/** `T{...}` of a struct, an array, a slice or a map. */
export function checkComposite(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const typeNode = node.required('type');
  const body = node.required('body');
  if (typeNode.type === 'implicit_length_array_type') {
    return checkImplicitArray(context, scope, node, typeNode, body);
  }
  const type = context.rules.type(context, scope, typeNode);
  return type === null ? null : checkBody(context, scope, type, body, node);
}

/** `[...]T{...}`: as long as the literal. */
function checkImplicitArray(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  typeNode: SyntaxNode,
  body: SyntaxNode,
): Expression | null {
  const element = context.rules.type(context, scope, typeNode.required('element'));
  if (element === null) return null;
  const listed = listElements(context, scope, element, body, null);
  if (listed === null) return null;
  const { length } = listed;
  const lengthExpression: Expression = {
    kind: 'literal',
    type: integerType('int'),
    constant: length,
    span: typeNode.span,
  };
  const type: ArrayType = { kind: 'array', length, lengthExpression, element };
  return { kind: 'composite', elements: listed.elements, length: null, type, span: node.span };
}

function checkBody(
  context: Context,
  scope: Scope,
  type: GoType,
  body: SyntaxNode,
  node: SyntaxNode,
): Expression | null {
  const plain = coreType(type);
  const { span } = node;
  const composite = (elements: readonly CompositeElement[] | null): Expression | null =>
    elements === null ? null : { kind: 'composite', elements, length: null, type, span };
  switch (plain?.kind) {
    case 'struct':
      return composite(structElements(context, scope, plain, body));
    case 'array':
      return composite(listElements(context, scope, plain.element, body, plain)?.elements ?? null);
    case 'slice': {
      const listed = listElements(context, scope, plain.element, body, null);
      if (listed === null) return null;
      return { kind: 'composite', elements: listed.elements, length: listed.length, type, span };
    }
    case 'map':
      return composite(mapElements(context, scope, plain, body));
    case 'machine':
    case 'mutex':
    case 'sync':
      if (isCondition(plain)) return composite(conditionElements(context, scope, body));
      if (body.namedChildren.length === 0) return composite([]);
      break;
    default:
  }
  return context.typeError(node, `there are no such literals of type ${showGoType(type)}`);
}

/** The value of an element or a key; a nested literal may leave out its type, and `&` of a pointer's. */
function elementValue(context: Context, scope: Scope, type: GoType, element: SyntaxNode): Expression | null {
  const inner = element.type === 'literal_element' ? element.namedChildren[0] : element;
  if (inner === undefined) return context.refuseSyntax(element);
  if (inner.type === 'literal_value') {
    const core = coreType(type);
    if (core?.kind !== 'pointer') return checkBody(context, scope, type, inner, inner);
    const place = checkBody(context, scope, core.element, inner, inner);
    return place === null ? null : { kind: 'address', place, type, span: inner.span };
  }
  const expression = value(context, scope, inner);
  return expression === null ? null : assignableTo(context, expression, type, 'a literal');
}

function structElements(
  context: Context,
  scope: Scope,
  type: StructType,
  body: SyntaxNode,
): readonly CompositeElement[] | null {
  const given = body.namedChildren;
  const keyed = given.filter((element) => element.type === 'keyed_element').length;
  if (keyed > 0 && keyed < given.length) {
    return context.typeError(body, 'a literal names all of its fields or none');
  }
  if (keyed === 0 && given.length > 0 && given.length !== type.fields.length) {
    return context.typeError(
      body,
      `the literal has ${given.length} values but the struct has ${type.fields.length} fields`,
    );
  }
  const elements: CompositeElement[] = [];
  const names = new Set<string>();
  let valid = true;
  for (const [position, element] of given.entries()) {
    const result = structElement(context, scope, type, element, keyed > 0 ? null : position, names);
    if (result === null) valid = false;
    else elements.push(result);
  }
  return valid ? elements : null;
}

function structElement(
  context: Context,
  scope: Scope,
  type: StructType,
  element: SyntaxNode,
  position: number | null,
  names: Set<string>,
): CompositeElement | null {
  const key = position === null ? element.required('key') : null;
  const field =
    key === null
      ? type.fields[position ?? 0]
      : type.fields.find(
          (candidate) => candidate.name === key.text && isVisible(context, candidate.packagePath),
        );
  const valueNode = key === null ? element : element.required('value');
  if (field === undefined || key?.text === '_') {
    return context.report('name', key ?? element, `the struct has no field \`${key?.text ?? ''}\``);
  }
  if (!isVisible(context, field.packagePath)) {
    return context.typeError(element, `the field \`${field.name}\` belongs to another package`);
  }
  if (key !== null && names.has(field.name)) {
    return context.typeError(key, `the field \`${field.name}\` is given twice`);
  }
  names.add(field.name);
  // A bare `{...}` is not allowed in structs.
  const inner = valueNode.type === 'literal_element' ? valueNode.namedChildren[0] : valueNode;
  if (inner?.type === 'literal_value') return context.typeError(inner, 'the type of this literal is missing');
  const result = elementValue(context, scope, field.type, valueNode);
  return result === null ? null : { key: { kind: 'field', field }, value: result };
}

function isVisible(context: Context, packagePath: string | null): boolean {
  return packagePath === null || packagePath === context.identity.path;
}

interface Listed {
  readonly elements: readonly CompositeElement[];
  /** One more than the largest index. */
  readonly length: bigint;
}

/** The elements of an array or a slice, in which an index may be given. */
function listElements(
  context: Context,
  scope: Scope,
  elementType: GoType,
  body: SyntaxNode,
  array: ArrayType | null,
): Listed | null {
  const elements: CompositeElement[] = [];
  const taken = new Set<bigint>();
  let valid = true;
  let index: bigint | null = 0n;
  let length = 0n;
  for (const element of body.namedChildren) {
    const isKeyed: boolean = element.type === 'keyed_element';
    if (isKeyed) index = elementIndex(context, scope, element.required('key'));
    if (index === null) return null;
    if (array !== null && index >= array.length) {
      return context.typeError(element, `the index ${index} is out of range of ${showGoType(array)}`);
    }
    if (taken.has(index)) return context.typeError(element, `the index ${index} is given twice`);
    taken.add(index);
    const result = elementValue(context, scope, elementType, isKeyed ? element.required('value') : element);
    if (result === null) valid = false;
    else elements.push({ key: { kind: 'index', index }, value: result });
    index += 1n;
    if (index > length) length = index;
  }
  return valid ? { elements, length } : null;
}

function elementIndex(context: Context, scope: Scope, key: SyntaxNode): bigint | null {
  const inner = key.namedChildren[0] ?? key;
  const expression = value(context, scope, inner);
  const typed = expression === null ? null : integerIndex(context, expression, 'an index in a literal');
  if (typed === null) return null;
  const { constant } = typed;
  if (typeof constant !== 'bigint') return context.typeError(key, 'an index in a literal must be a constant');
  return constant < 1n << 50n ? constant : context.typeError(key, 'this index is too large');
}

function mapElements(
  context: Context,
  scope: Scope,
  type: MapType,
  body: SyntaxNode,
): readonly CompositeElement[] | null {
  const elements: CompositeElement[] = [];
  const seen = new Set<string>();
  let valid = true;
  for (const element of body.namedChildren) {
    if (element.type !== 'keyed_element') {
      context.typeError(element, 'an element of a map needs a key');
      valid = false;
      continue;
    }
    const keyNode = element.required('key');
    const key = elementValue(context, scope, type.key, keyNode);
    const result = elementValue(context, scope, type.value, element.required('value'));
    if (key === null || result === null) {
      valid = false;
      continue;
    }
    const text = keyText(key, underlying(type.key).kind === 'interface');
    if (text !== null && seen.has(text)) {
      context.typeError(keyNode, `the key \`${keyNode.text}\` is given twice`);
      valid = false;
    }
    if (text !== null) seen.add(text);
    elements.push({ key: { kind: 'key', key }, value: result });
  }
  return valid ? elements : null;
}
