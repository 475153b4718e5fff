import { assignableTo, convertUntyped, withDefaultType } from './check-conversion.js';
import { typeArgumentNodes } from './check-type.js';
import { importOf, selectorParts } from './import-name.js';
import { singleValue, unwrap, value } from './check-value.js';
import type { Context } from './context.js';
import type { Expression } from './expression.js';
import type { Operand } from './operand.js';
import { isInteger, isString } from './predicates.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { stringBytes } from './text.js';
import { arrayBehind, coreType, coreTypeOrString, everyUnderlying } from './type-set.js';
import { showGoType } from './type-text.js';
import { integerType, underlying } from './type.js';
import { identicalTypes } from './type-identity.js';
import type { ArrayType, GoType, SliceType } from './type.js';

const BYTE = integerType('uint8');

/** `x[i]`: an element, a value of a map, or type arguments. */
export function checkIndex(context: Context, scope: Scope, node: SyntaxNode): Operand | null {
  const operandNode = node.child('operand') ?? node.required('type');
  if (namesType(scope, operandNode)) {
    const type = context.rules.anyType(context, scope, node);
    return type === null ? null : { kind: 'type', type };
  }
  const operand = context.rules.operand(context, scope, operandNode);
  if (operand === null) return null;
  switch (operand.kind) {
    case 'type': {
      const type = context.rules.anyType(context, scope, node);
      return type === null ? null : { kind: 'type', type };
    }
    case 'generic': {
      const types = typeArgumentNodes(node).map((each) => context.rules.type(context, scope, each));
      if (!types.every((type) => type !== null)) return null;
      const typeArguments = [...operand.typeArguments, ...types];
      if (typeArguments.length <= operand.draft.typeParameters.length) return { ...operand, typeArguments };
      return context.typeError(node, 'there are too many type arguments');
    }
    case 'value': {
      const [indexNode, ...others] = typeArgumentNodes(node);
      if (indexNode === undefined || others.length > 0) return context.typeError(node, 'one index is needed');
      const collection = singleValue(context, operandNode, operand.expression);
      const expression = collection === null ? null : indexValue(context, scope, node, collection, indexNode);
      return expression === null ? null : { kind: 'value', expression };
    }
    default:
      return context.typeError(operandNode, `\`${operandNode.text}\` cannot be indexed`);
  }
}

/** The syntax is the name of a type (of a generic one, if it is indexed). */
function namesType(scope: Scope, node: SyntaxNode): boolean {
  const inner = unwrap(node);
  if (/identifier$/.test(inner.type)) return scope.lookup(inner.text)?.entity.kind === 'type';
  if (inner.type !== 'selector_expression' && inner.type !== 'qualified_type') return false;
  const { operand, member } = selectorParts(inner);
  const imported = importOf(scope, operand)?.imported;
  return imported?.kind === 'package' && imported.lookup(member.text)?.kind === 'type';
}

function indexValue(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  collection: Expression,
  written: SyntaxNode,
): Expression | null {
  const indexNode = written.type === 'type_elem' ? (written.namedChildren[0] ?? written) : written;
  const { span } = node;
  const core = coreType(collection.type);
  if (core?.kind === 'map') {
    const key = value(context, scope, indexNode);
    const converted = key === null ? null : assignableTo(context, key, core.key, 'the key of a map');
    if (converted === null) return null;
    return { kind: 'lookup', map: collection, key: converted, commaOk: false, type: core.value, span };
  }
  const elements = elementsOf(collection);
  if (elements === null) {
    const what = collection.kind === 'nil' ? '`nil`' : `a value of type ${showGoType(collection.type)}`;
    return context.typeError(node, `cannot index ${what}`);
  }
  const index = checkIndexValue(context, scope, indexNode, elements.length);
  if (index === null) return null;
  // A byte of a constant string is no constant in Go.
  const typed = withDefaultType(context, collection);
  if (typed === null) return null;
  return { kind: 'index', collection: dereferencedArray(typed), index, type: elements.element, span };
}

/** The type of the elements, and how many there are if that is known. */
function elementsOf(
  collection: Expression,
): { readonly element: GoType; readonly length: bigint | null } | null {
  const { type, constant } = collection;
  if (isString(type)) {
    return {
      element: BYTE,
      length: typeof constant === 'string' ? BigInt(stringBytes(constant).length) : null,
    };
  }
  const behind = arrayBehind(type);
  const core = behind === null ? coreTypeOrString(type) : underlying(behind);
  switch (core?.kind) {
    case 'array':
      return { element: core.element, length: core.length };
    case 'slice':
      return { element: core.element, length: null };
    case 'string':
      return { element: BYTE, length: null };
    default:
      return sharedElements(type);
  }
}

/** A type parameter that may be arrays of several lengths, or arrays and slices, of the same elements. */
function sharedElements(type: GoType): { readonly element: GoType; readonly length: bigint | null } | null {
  const collections: (ArrayType | SliceType)[] = [];
  const fits = everyUnderlying(type, (plain) => {
    if (plain.kind !== 'array' && plain.kind !== 'slice') return false;
    collections.push(plain);
    return true;
  });
  const [first] = collections;
  if (!fits || first === undefined) return null;
  if (!collections.every((each) => identicalTypes(each.element, first.element))) return null;
  const lengths = collections.map((each) => (each.kind === 'array' ? each.length : null));
  const length = lengths.reduce((least, each) =>
    each === null || (least !== null && least < each) ? least : each,
  );
  return { element: first.element, length };
}

/** The array that a pointer to one points to. */
export function dereferencedArray(collection: Expression): Expression {
  const array = arrayBehind(collection.type);
  if (array === null) return collection;
  return { kind: 'dereference', operand: collection, type: array, span: collection.span };
}

/** An index, which must be less than `length` if both are known. */
export function checkIndexValue(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  length: bigint | null,
): Expression | null {
  const given = value(context, scope, node);
  const index = given === null ? null : integerIndex(context, given, 'an index');
  if (index === null) return null;
  const { constant } = index;
  if (typeof constant === 'bigint' && length !== null && constant >= length) {
    return context.typeError(node, `the index ${constant} is out of range of ${length} elements`);
  }
  return index;
}

/** An index or a size: an integer, not negative if it is constant, `int` if it is untyped. */
export function integerIndex(context: Context, given: Expression, what: string): Expression | null {
  const index = convertUntyped(context, given, integerType('int'));
  if (index === null) return null;
  if (!isInteger(index.type)) {
    return context.typeError(given.span, `${what} must be an integer, not ${showGoType(index.type)}`);
  }
  const { constant } = index;
  if (typeof constant === 'bigint' && (constant < 0n || constant >= 1n << 63n)) {
    return context.typeError(given.span, `${what} must not be negative or larger than an int: ${constant}`);
  }
  return index;
}
