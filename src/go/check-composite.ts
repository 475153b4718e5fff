import type { CompositeElement, Expression } from './expression.js';
import type { ArrayType, GoType, StructType } from './type.js';
import { assignableTo, convertConstant } from './check-conversion.js';
import { value } from './check-value.js';
import type { Context } from './context.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { integerType, underlying } from './type.js';
import { showGoType } from './type-text.js';

/** `T{...}` of a struct or an array. */
export function checkComposite(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const type = context.rules.type(context, scope, node.required('type'));
  return type === null ? null : checkBody(context, scope, type, node.required('body'), node);
}

function checkBody(
  context: Context,
  scope: Scope,
  type: GoType,
  body: SyntaxNode,
  node: SyntaxNode,
): Expression | null {
  const plain = underlying(type);
  const elements =
    plain.kind === 'struct'
      ? structElements(context, scope, plain, body)
      : plain.kind === 'array'
        ? arrayElements(context, scope, plain, body)
        : plain.kind === 'machine' && body.namedChildren.length === 0
          ? []
          : context.typeError(node, `there are no such literals of type ${showGoType(type)}`);
  return elements === null ? null : { kind: 'composite', elements, length: null, type, span: node.span };
}

/** The value of an element; a nested literal may leave out its type. */
function elementValue(context: Context, scope: Scope, type: GoType, element: SyntaxNode): Expression | null {
  const inner = element.type === 'literal_element' ? element.namedChildren[0] : element;
  if (inner === undefined) return context.refuseSyntax(element);
  if (inner.type === 'literal_value') return checkBody(context, scope, type, inner, inner);
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
    const key = keyed > 0 ? element.required('key') : null;
    const field =
      key === null ? type.fields[position] : type.fields.find((candidate) => candidate.name === key.text);
    const valueNode = key === null ? element : element.required('value');
    if (field === undefined || key?.text === '_') {
      context.report('name', key ?? element, `the struct has no field \`${key?.text ?? ''}\``);
      valid = false;
      continue;
    }
    if (key !== null && names.has(field.name)) {
      context.typeError(key, `the field \`${field.name}\` is given twice`);
      valid = false;
    }
    names.add(field.name);
    // A literal that repeats the type of a nested struct is the usual spelling; a bare `{...}` is not allowed in structs.
    const inner = valueNode.namedChildren[0];
    if (inner?.type === 'literal_value') {
      context.typeError(inner, 'the type of this literal is missing');
      valid = false;
      continue;
    }
    const result = elementValue(context, scope, field.type, valueNode);
    if (result === null) valid = false;
    else elements.push({ key: { kind: 'field', field }, value: result });
  }
  return valid ? elements : null;
}

function arrayElements(
  context: Context,
  scope: Scope,
  type: ArrayType,
  body: SyntaxNode,
): readonly CompositeElement[] | null {
  const elements: CompositeElement[] = [];
  const taken = new Set<bigint>();
  let valid = true;
  let index: bigint | null = 0n;
  for (const element of body.namedChildren) {
    const isKeyed: boolean = element.type === 'keyed_element';
    if (isKeyed) index = elementIndex(context, scope, element.required('key'));
    if (index === null) return null;
    if (index >= type.length)
      return context.typeError(element, `the index ${index} is out of range of ${showGoType(type)}`);
    if (taken.has(index)) return context.typeError(element, `the index ${index} is given twice`);
    taken.add(index);
    const valueNode = isKeyed ? element.required('value') : element;
    const result = elementValue(context, scope, type.element, valueNode);
    if (result === null) valid = false;
    else elements.push({ key: { kind: 'index', index }, value: result });
    index += 1n;
  }
  return valid ? elements : null;
}

function elementIndex(context: Context, scope: Scope, key: SyntaxNode): bigint | null {
  const inner = key.namedChildren[0] ?? key;
  const expression = value(context, scope, inner);
  if (expression === null) return null;
  const typed = convertConstant(context, expression, integerType('int'));
  if (typed === null) return null;
  const { constant } = typed;
  if (typeof constant !== 'bigint' || constant < 0n) {
    return context.typeError(key, 'an index in a literal must be a constant integer that is not negative');
  }
  return constant;
}
