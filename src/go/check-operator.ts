import { type ArithmeticOperator, foldArithmetic, isExact } from '../base/exact.js';
import { convertUntyped, implicitly, isAssignable, withDefaultType } from './check-conversion.js';
import { value } from './check-value.js';
import { fits, foldComparison, foldFloat, isNumber } from './constant.js';
import type { Context } from './context.js';
import type { BinaryOperator, Expression } from './expression.js';
import type { ExactNumber } from './fraction.js';
import { isBoolean, isInteger, isNumeric, isOrdered, isString } from './predicates.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { joinStrings } from './text.js';
import { identicalTypes } from './type-identity.js';
import { hasNil, isComparable } from './type-set.js';
import { showGoType } from './type-text.js';
import { UNTYPED_BOOL, UNTYPED_INT, integerType, underlying } from './type.js';
import type { GoType, UntypedType } from './type.js';

/** Records the value of a constant expression; a value beyond its type is an error. */
export function withConstant(
  context: Context,
  node: SyntaxNode,
  expression: Expression,
  constant: ExactNumber,
): Expression | null {
  const type = underlying(expression.type);
  const isBeyond =
    type.kind === 'integer'
      ? typeof constant !== 'bigint' || !fits(constant, type)
      : typeof constant === 'bigint' && isInteger(type) && !isExact(constant);
  if (!isBeyond) return { ...expression, constant };
  return context.typeError(node, `the value of this constant overflows ${showGoType(expression.type)}`);
}

export function wrongOperand(context: Context, node: SyntaxNode, operator: string, type: GoType): null {
  return context.typeError(node, `the operator \`${operator}\` is not defined on ${showGoType(type)}`);
}

/** A binary expression, constants folded. */
export function checkBinary(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const left = value(context, scope, node.required('left'));
  const right = value(context, scope, node.required('right'));
  if (left === null || right === null) return null;
  return combine(context, node, node.required('operator').text as BinaryOperator, left, right);
}

/** `left operator right`, also for `left operator= right`. */
export function combine(
  context: Context,
  node: SyntaxNode,
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
): Expression | null {
  switch (operator) {
    case '<<':
    case '>>':
      return shift(context, node, operator, left, right);
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(context, node, operator, left, right);
    case '&&':
    case '||':
      return logical(context, node, operator, left, right);
    default:
      return arithmetic(context, node, operator, left, right);
  }
}

type Pair = readonly [Expression, Expression];

/** Gives an untyped operand the type of the other one, as far as that is possible at all; null after a report. */
function matchUntyped(context: Context, node: SyntaxNode, left: Expression, right: Expression): Pair | null {
  const isLeftUntyped = left.type.kind === 'untyped';
  const isRightUntyped = right.type.kind === 'untyped';
  if (!isLeftUntyped && !isRightUntyped) return [left, right];
  if (!mayConvert(left, right)) return mismatch(context, node, left, right);
  if (left.type.kind === 'untyped' && right.type.kind === 'untyped') {
    const type = commonUntyped(left.type, right.type);
    if (type === null) return mismatch(context, node, left, right);
    return both(convertUntyped(context, left, type), convertUntyped(context, right, type));
  }
  return isLeftUntyped
    ? both(convertUntyped(context, left, right.type), right)
    : both(left, convertUntyped(context, right, left.type));
}

function mismatch(context: Context, node: SyntaxNode, left: Expression, right: Expression): null {
  return context.typeError(node, `mismatched types ${showGoType(left.type)} and ${showGoType(right.type)}`);
}

function mayConvert(left: Expression, right: Expression): boolean {
  if (underlying(left.type).kind === 'interface' || underlying(right.type).kind === 'interface') return true;
  if (isBoolean(left.type) !== isBoolean(right.type)) return false;
  if (isString(left.type) !== isString(right.type)) return false;
  if (left.kind === 'nil') return hasNil(right.type);
  if (right.kind === 'nil') return hasNil(left.type);
  return underlying(left.type).kind !== 'pointer' && underlying(right.type).kind !== 'pointer';
}

const NUMBER_RANKS: readonly UntypedType['of'][] = ['int', 'rune', 'float'];

/** The type of an operation on two untyped operands: that of the kind that comes later. */
function commonUntyped(left: UntypedType, right: UntypedType): UntypedType | null {
  if (left.of === right.of) return left;
  const [first, second] = [NUMBER_RANKS.indexOf(left.of), NUMBER_RANKS.indexOf(right.of)];
  if (first < 0 || second < 0) return null;
  return first > second ? left : right;
}

/** Gives both operands the same type; null after a report. */
export function matchTypes(
  context: Context,
  node: SyntaxNode,
  left: Expression,
  right: Expression,
): Pair | null {
  const matched = matchUntyped(context, node, left, right);
  if (matched === null) return null;
  return identicalTypes(matched[0].type, matched[1].type) ? matched : mismatch(context, node, ...matched);
}

function both(left: Expression | null, right: Expression | null): Pair | null {
  return left === null || right === null ? null : [left, right];
}

function arithmetic(
  context: Context,
  node: SyntaxNode,
  operator: ArithmeticOperator,
  first: Expression,
  second: Expression,
): Expression | null {
  const matched = matchTypes(context, node, first, second);
  if (matched === null) return null;
  const [left, right] = matched;
  const { type } = left;
  const isDefined =
    operator === '+'
      ? isOrdered(type)
      : operator === '-' || operator === '*' || operator === '/'
        ? isNumeric(type)
        : isInteger(type);
  if (!isDefined) return wrongOperand(context, node, operator, type);
  const binary = { kind: 'binary', operator, left, right, type, span: node.span } as const;
  if ((operator === '/' || operator === '%') && right.constant === 0n) {
    return context.typeError(node, 'division by zero');
  }
  const { constant: a } = left;
  const { constant: b } = right;
  if (typeof a === 'string' && typeof b === 'string') return { ...binary, constant: joinStrings(a, b) };
  if (!isNumber(a) || !isNumber(b)) return binary;
  const folded =
    typeof a === 'bigint' && typeof b === 'bigint' && isInteger(type)
      ? foldArithmetic(operator, a, b)
      : foldFloat(operator, a, b);
  return folded === null ? null : withConstant(context, node, binary, folded);
}

function logical(
  context: Context,
  node: SyntaxNode,
  operator: '&&' | '||',
  first: Expression,
  second: Expression,
): Expression | null {
  const matched = matchTypes(context, node, first, second);
  if (matched === null) return null;
  const [left, right] = matched;
  if (!isBoolean(left.type)) return wrongOperand(context, node, operator, left.type);
  const binary = { kind: 'binary', operator, left, right, type: left.type, span: node.span } as const;
  const { constant: a } = left;
  const { constant: b } = right;
  if (typeof a !== 'boolean' || typeof b !== 'boolean') return binary;
  return { ...binary, constant: operator === '&&' ? a && b : a || b };
}

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

function comparison(
  context: Context,
  node: SyntaxNode,
  operator: Comparison,
  first: Expression,
  second: Expression,
): Expression | null {
  const matched = matchUntyped(context, node, first, second);
  if (matched === null) return null;
  const aligned = alignTypes(context, node, ...matched);
  if (aligned === null) return null;
  const [left, right] = aligned;
  const isEquality = operator === '==' || operator === '!=';
  const hasNilOperand = left.kind === 'nil' || right.kind === 'nil';
  if (left.kind === 'nil' && right.kind === 'nil') return wrongOperand(context, node, operator, left.type);
  const isDefined = (type: GoType): boolean =>
    isEquality ? (hasNilOperand ? hasNil(type) : isComparable(type)) : isOrdered(type);
  for (const { type } of matched) if (!isDefined(type)) return wrongOperand(context, node, operator, type);
  const { span } = node;
  if (left.constant !== undefined && right.constant !== undefined) {
    const constant = foldComparison(operator, left.constant, right.constant);
    return { kind: 'binary', operator, left, right, type: UNTYPED_BOOL, constant, span };
  }
  const typed = both(withDefaultType(context, left), withDefaultType(context, right));
  if (typed === null) return null;
  return { kind: 'binary', operator, left: typed[0], right: typed[1], type: UNTYPED_BOOL, span };
}

/** In a comparison, one operand can be assigned to the type of the other: it is converted to it. */
function alignTypes(context: Context, node: SyntaxNode, left: Expression, right: Expression): Pair | null {
  if (identicalTypes(left.type, right.type)) return [left, right];
  if (left.type.kind === 'untyped' || right.type.kind === 'untyped') {
    return mismatch(context, node, left, right);
  }
  if (isAssignable(context, left.type, right.type)) return [implicitly(left, right.type), right];
  if (isAssignable(context, right.type, left.type)) return [left, implicitly(right, left.type)];
  return mismatch(context, node, left, right);
}

function shift(
  context: Context,
  node: SyntaxNode,
  operator: '<<' | '>>',
  given: Expression,
  count: Expression,
): Expression | null {
  const isWhole = given.type.kind === 'untyped' && typeof given.constant === 'bigint';
  if (!isInteger(given.type) && !isWhole) return wrongOperand(context, node, operator, given.type);
  const right = shiftCount(context, count);
  if (right === null) return null;
  const isConstant = typeof given.constant === 'bigint' && typeof right.constant === 'bigint';
  const left = isConstant && !isInteger(given.type) ? { ...given, type: UNTYPED_INT } : given;
  const binary = { kind: 'binary', operator, left, right, type: left.type, span: node.span } as const;
  if (typeof left.constant !== 'bigint' || typeof right.constant !== 'bigint') {
    // An untyped constant that is shifted by a variable count gets its type from its surroundings.
    return binary;
  }
  const folded = foldArithmetic(operator, left.constant, right.constant);
  if (folded === null) return context.typeError(count.span, `the shift count ${right.constant} is too large`);
  return withConstant(context, node, binary, folded);
}

function shiftCount(context: Context, count: Expression): Expression | null {
  if (typeof count.constant === 'bigint' && count.constant < 0n) {
    return context.typeError(count.span, `the shift count ${count.constant} is negative`);
  }
  if (count.type.kind === 'untyped') return convertUntyped(context, count, integerType('uint'));
  if (isInteger(count.type)) return count;
  return context.typeError(count.span, `a shift count must be an integer, not ${showGoType(count.type)}`);
}
