import type { ArithmeticOperator, BinaryOperator, Expression, UnaryOperator } from './expression.js';
import type { GoType } from './type.js';
import { convertConstant, defaultType } from './check-conversion.js';
import { value } from './check-value.js';
import { fits, foldArithmetic, foldComparison, isExact } from './constant.js';
import type { Context } from './context.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { UNTYPED_BOOL, integerType, underlying } from './type.js';
import { identicalTypes } from './type-identity.js';
import { isComparable } from './type-set.js';
import { showGoType } from './type-text.js';

/** `-x`, `+x`, `!x`, `^x` and `*x`. */
export function checkUnary(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const token = node.required('operator').text;
  if (token === '&') return context.refuse('addressOf', node);
  if (token === '<-') return context.refuse('channel', node);
  const operand = value(context, scope, node.required('operand'));
  if (operand === null) return null;
  const span = node.span;
  if (token === '*') {
    if (operand.type.kind !== 'pointer') {
      return context.typeError(node, `cannot dereference a value of type ${showGoType(operand.type)}`);
    }
    return { kind: 'dereference', operand, type: operand.type.element, span };
  }
  const operator = token as UnaryOperator;
  const fitsOperand = operator === '!' ? isBoolean(operand.type) : isInteger(operand.type);
  if (!fitsOperand) return wrongOperand(context, node, operator, operand.type);
  const unary = { kind: 'unary', operator, operand, type: operand.type, span } as const;
  const { constant } = operand;
  if (typeof constant === 'boolean') return { ...unary, constant: !constant };
  return typeof constant === 'bigint' ? foldUnary(context, node, unary, constant) : unary;
}

function foldUnary(
  context: Context,
  node: SyntaxNode,
  unary: Extract<Expression, { kind: 'unary' }>,
  operand: bigint,
): Expression | null {
  const type = underlying(unary.type);
  switch (unary.operator) {
    case '-':
      return withConstant(context, node, unary, -operand);
    case '^': {
      const isUnsigned = type.kind === 'integer' && !type.signed;
      return withConstant(context, node, unary, isUnsigned ? BigInt.asUintN(type.bits, ~operand) : ~operand);
    }
    default:
      return withConstant(context, node, unary, operand);
  }
}

/** Records the value of a constant expression; a value beyond its type is an error. */
function withConstant(
  context: Context,
  node: SyntaxNode,
  expression: Expression,
  constant: bigint,
): Expression | null {
  const type = underlying(expression.type);
  if (type.kind === 'integer' ? !fits(constant, type) : !isExact(constant)) {
    const text = constant.toString().slice(0, 40);
    return context.typeError(node, `the constant ${text} overflows ${showGoType(expression.type)}`);
  }
  return { ...expression, constant };
}

function isBoolean(type: GoType): boolean {
  const plain = underlying(type);
  return plain.kind === 'bool' || (plain.kind === 'untyped' && plain.of === 'bool');
}

function isInteger(type: GoType): boolean {
  const plain = underlying(type);
  return (
    plain.kind === 'integer' || (plain.kind === 'untyped' && (plain.of === 'int' || plain.of === 'rune'))
  );
}

function isString(type: GoType): boolean {
  const plain = underlying(type);
  return plain.kind === 'string' || (plain.kind === 'untyped' && plain.of === 'string');
}

function wrongOperand(context: Context, node: SyntaxNode, operator: string, type: GoType): null {
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

/** Gives both operands the same type; null after a report. */
export function matchTypes(
  context: Context,
  node: SyntaxNode,
  left: Expression,
  right: Expression,
): readonly [Expression, Expression] | null {
  const mismatch = (): null =>
    context.typeError(node, `mismatched types ${showGoType(left.type)} and ${showGoType(right.type)}`);
  if (left.type.kind === 'untyped' && right.type.kind === 'untyped') {
    if (isInteger(left.type) && isInteger(right.type)) {
      const type = left.type.of === 'rune' ? left.type : right.type;
      return both(convertConstant(context, left, type), convertConstant(context, right, type));
    }
    return left.type.of === right.type.of ? [left, right] : mismatch();
  }
  if (left.type.kind === 'untyped') return both(convertConstant(context, left, right.type), right);
  if (right.type.kind === 'untyped') return both(left, convertConstant(context, right, left.type));
  return identicalTypes(left.type, right.type) ? [left, right] : mismatch();
}

function both(left: Expression | null, right: Expression | null): readonly [Expression, Expression] | null {
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
  const binary = { kind: 'binary', operator, left, right, type, span: node.span } as const;
  if (operator === '+' && isString(type)) {
    if (typeof left.constant !== 'string' || typeof right.constant !== 'string') {
      return context.refuse('string', node);
    }
    return { ...binary, constant: left.constant + right.constant };
  }
  if (!isInteger(type)) return wrongOperand(context, node, operator, type);
  if ((operator === '/' || operator === '%') && right.constant === 0n) {
    return context.typeError(node, 'division by zero');
  }
  if (typeof left.constant !== 'bigint' || typeof right.constant !== 'bigint') return binary;
  const folded = foldArithmetic(operator, left.constant, right.constant);
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
  const matched = matchComparable(context, node, first, second);
  if (matched === null) return null;
  let [left, right] = matched;
  const isEquality = operator === '==' || operator === '!=';
  const defined = isEquality ? isComparable(left.type) : isInteger(left.type) || isString(left.type);
  if (!defined) return wrongOperand(context, node, operator, left.type);
  const span = node.span;
  if (left.constant !== undefined && right.constant !== undefined) {
    const constant = foldComparison(operator, left.constant, right.constant);
    return { kind: 'binary', operator, left, right, type: UNTYPED_BOOL, constant, span };
  }
  const typed = both(
    convertConstant(context, left, defaultType(left.type)),
    convertConstant(context, right, defaultType(right.type)),
  );
  if (typed === null) return null;
  [left, right] = typed;
  return { kind: 'binary', operator, left, right, type: UNTYPED_BOOL, span };
}

/** As {@link matchTypes}; in a comparison, one operand may be of an unnamed type that the other can be assigned to. */
function matchComparable(
  context: Context,
  node: SyntaxNode,
  left: Expression,
  right: Expression,
): readonly [Expression, Expression] | null {
  const isLiteralType = (type: GoType): boolean => type.kind === 'array' || type.kind === 'struct';
  if (isLiteralType(left.type) || isLiteralType(right.type)) {
    if (identicalTypes(underlying(left.type), underlying(right.type))) return [left, right];
  }
  return matchTypes(context, node, left, right);
}

function shift(
  context: Context,
  node: SyntaxNode,
  operator: '<<' | '>>',
  left: Expression,
  given: Expression,
): Expression | null {
  if (!isInteger(left.type)) return wrongOperand(context, node, operator, left.type);
  if (!isInteger(given.type)) {
    return context.typeError(given.span, `a shift count must be an integer, not ${showGoType(given.type)}`);
  }
  if (typeof given.constant === 'bigint' && given.constant < 0n) {
    return context.typeError(given.span, `the shift count ${given.constant} is negative`);
  }
  const right = convertConstant(context, given, integerType('uint'));
  if (right === null) return null;
  const binary = { kind: 'binary', operator, left, right, type: left.type, span: node.span } as const;
  if (typeof left.constant !== 'bigint' || typeof right.constant !== 'bigint') {
    // An untyped constant that is shifted by a variable count gets its type from its surroundings.
    return binary;
  }
  const folded = foldArithmetic(operator, left.constant, right.constant);
  if (folded === null) return context.typeError(given.span, `the shift count ${right.constant} is too large`);
  return withConstant(context, node, binary, folded);
}
