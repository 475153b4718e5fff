import { convertUntyped, defaultType, describe, isAssignable, refuseLockCopy } from './check-conversion.js';
import { value } from './check-value.js';
import { isRepresentable } from './constant.js';
import type { ConstantValue } from './ast.js';
import type { Context } from './context.js';
import type { Expression } from './expression.js';
import { implementsProblem } from './implements.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { stringOfRune } from './text.js';
import { identicalTypes, withoutTags } from './type-identity.js';
import { isByteSlice, isRuneSlice, termsOf } from './type-set.js';
import { showGoType } from './type-text.js';
import { underlying } from './type.js';
import type { GoType } from './type.js';

/** `T(x)`. */
export function convertTo(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  type: GoType,
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  const [operandNode] = argumentNodes;
  if (operandNode === undefined || argumentNodes.length > 1 || operandNode.type === 'variadic_argument') {
    return context.typeError(node, `a conversion takes one value, not ${argumentNodes.length}`);
  }
  const given = value(context, scope, operandNode);
  if (given === null) return null;
  const plain = underlying(type);
  if (plain.kind === 'interface' && (plain.terms !== null || plain.comparable)) {
    return context.typeError(node, `the interface ${showGoType(type)} can only be a constraint`);
  }
  return convert(context, node, given, type);
}

function convert(context: Context, node: SyntaxNode, given: Expression, type: GoType): Expression | null {
  const { span } = node;
  const { constant } = given;
  if (constant !== undefined && isConstantType(type)) {
    return convertConstant(context, node, given, constant, type);
  }
  const operand = typedOperand(context, given, type);
  if (operand === null) return null;
  if (!isConvertible(context, operand, type)) {
    const problem =
      underlying(type).kind === 'interface' ? implementsProblem(context, operand.type, type, false) : null;
    const suffix = problem === null ? '' : `: ${problem}`;
    return context.typeError(node, `cannot convert ${describe(given)} to ${showGoType(type)}${suffix}`);
  }
  const copied = refuseLockCopy(context, operand);
  return copied === null ? null : { kind: 'convert', operand: copied, implicit: false, type, span };
}

/** A type that constants have. */
function isConstantType(type: GoType): boolean {
  const { kind } = underlying(type);
  return kind === 'integer' || kind === 'bool' || kind === 'string';
}

function convertConstant(
  context: Context,
  node: SyntaxNode,
  given: Expression,
  constant: ConstantValue,
  type: GoType,
): Expression | null {
  const { span } = node;
  const to = underlying(type);
  if (to.kind === 'string' && typeof constant === 'bigint' && isIntegerOrUntyped(given.type)) {
    const operand = given.type.kind === 'untyped' ? withDefault(context, given) : given;
    if (operand === null) return null;
    return { kind: 'convert', operand, implicit: false, type, span, constant: stringOfRune(constant) };
  }
  const from = underlying(given.type);
  const isSameSort = given.type.kind === 'untyped' || from.kind === to.kind;
  if (!isSameSort || (given.type.kind !== 'untyped' && !isRepresentable(constant, type))) {
    return context.typeError(node, `cannot convert ${describe(given)} to ${showGoType(type)}`);
  }
  const operand = convertUntyped(context, given, type);
  return operand === null ? null : { kind: 'convert', operand, implicit: false, type, span, constant };
}

function isIntegerOrUntyped(type: GoType): boolean {
  if (type.kind === 'untyped') return type.of === 'int' || type.of === 'rune';
  return underlying(type).kind === 'integer';
}

/** A constant that becomes a rune; one beyond all integers is no valid rune anyway. */
function withDefault(context: Context, given: Expression): Expression | null {
  const type = defaultType(given.type);
  if (type === null) return context.refuse('float', given.span);
  return isRepresentable(given.constant ?? 0n, type) ? convertUntyped(context, given, type) : given;
}

/** The operand with a type: what the conversion gives to it, or its default type. */
function typedOperand(context: Context, given: Expression, type: GoType): Expression | null {
  if (given.type.kind !== 'untyped') return given;
  if (given.kind === 'nil') return convertUntyped(context, given, type);
  const to = underlying(type);
  if (to.kind === 'parameter') return convertUntypedParameter(context, given, type);
  if (isConstantType(type)) {
    // A shift of a constant, or a comparison: no constant itself.
    return convertUntyped(context, given, type);
  }
  const typed = defaultType(given.type);
  return typed === null ? context.refuse('float', given.span) : convertUntyped(context, given, typed);
}

/** A constant that is converted to a type parameter must fit each of its types. */
function convertUntypedParameter(context: Context, given: Expression, type: GoType): Expression | null {
  const parameter = underlying(type);
  const terms = parameter.kind === 'parameter' ? termsOf(parameter) : null;
  if (given.constant !== undefined) {
    for (const term of terms ?? []) {
      const { constant } = given;
      const to = underlying(term.type);
      const isText = to.kind === 'string' && typeof constant === 'bigint' && isIntegerOrUntyped(given.type);
      const isSlice = typeof constant === 'string' && (isByteSlice(to) || isRuneSlice(to));
      if (!isText && !isSlice && !isRepresentable(constant, term.type)) {
        return context.typeError(given.span, `cannot convert ${describe(given)} to ${showGoType(term.type)}`);
      }
    }
  }
  const typed = defaultType(given.type);
  return typed === null ? context.refuse('float', given.span) : convertUntyped(context, given, typed);
}

/** A value that is no constant can be converted to the type. */
function isConvertible(context: Context, operand: Expression, to: GoType): boolean {
  const from = operand.type;
  if (isAssignable(context, from, to)) return true;
  const target = underlying(to);
  const source = underlying(from);
  if (source.kind === 'parameter') {
    const terms = termsOf(source);
    return (
      terms !== null &&
      terms.length > 0 &&
      terms.every((term) => isConvertible(context, { ...operand, type: term.type }, to))
    );
  }
  if (target.kind === 'parameter') {
    const terms = termsOf(target);
    return (
      terms !== null && terms.length > 0 && terms.every((term) => isConvertible(context, operand, term.type))
    );
  }
  if (identicalTypes(withoutTags(source), withoutTags(target))) return true;
  if (isPointerPair(from, to)) return true;
  if (target.kind === 'integer') return source.kind === 'integer';
  if (target.kind === 'string') {
    return source.kind === 'integer' || isByteSlice(source) || isRuneSlice(source);
  }
  if (source.kind === 'string') return isByteSlice(target) || isRuneSlice(target);
  if (source.kind !== 'slice') return false;
  // A slice becomes an array, or a pointer to one.
  const array = target.kind === 'pointer' ? underlying(target.element) : target;
  return array.kind === 'array' && identicalTypes(source.element, array.element);
}

/** Unnamed pointers whose base types have the same underlying type. */
function isPointerPair(from: GoType, to: GoType): boolean {
  if (from.kind !== 'pointer' || to.kind !== 'pointer') return false;
  const [source, target] = [underlying(from.element), underlying(to.element)];
  if (source.kind === 'parameter' || target.kind === 'parameter') return false;
  return identicalTypes(withoutTags(source), withoutTags(target));
}
