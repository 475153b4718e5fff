import type { Span } from '../base/source.js';
import type { Expression, IntegerType } from '../ir/index.js';
import { BOOL } from '../ir/index.js';
import type { BinaryOperator } from '../go/index.js';
import type { Lowering } from './lowering.js';
import { currentFrame } from './lowering.js';
import {
  arithmetic,
  compare,
  conditional,
  convert,
  goBinary,
  literal,
  logical,
  negate,
  not,
} from './operators.js';

/** Checks that arithmetic of Go code gives what it gives with unbounded numbers, where annotations ask for that. */

const BINARY_MESSAGES: Partial<Record<BinaryOperator, string>> = {
  '+': 'the sum has to fit',
  '-': 'the difference has to fit',
  '*': 'the product has to fit',
  '/': 'the quotient has to fit',
  '<<': 'the shifted number has to fit',
};

/** `left operator right`, on operands of one type (the count of a shift may have another). */
export function checkBinaryOverflow(
  lowering: Lowering,
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  span: Span,
): void {
  const message = BINARY_MESSAGES[operator];
  if (message === undefined || left.type.kind !== 'integer' || right.type.kind !== 'integer') return;
  const { type } = left;
  emitCheck(lowering, binaryFits(operator, left, right, type), message, type, span);
}

/** `-operand`. */
export function checkNegationOverflow(lowering: Lowering, operand: Expression, span: Span): void {
  const { type } = operand;
  if (type.kind !== 'integer') return;
  const fits = type.signed
    ? not(compare('equal', operand, literal(type, least(type))))
    : compare('equal', operand, literal(type, 0n));
  emitCheck(lowering, fits, 'the negated number has to fit', type, span);
}

/** `type(operand)`. */
export function checkConversionOverflow(
  lowering: Lowering,
  operand: Expression,
  type: IntegerType,
  span: Span,
): void {
  if (operand.type.kind !== 'integer') return;
  const range = between(operand, least(type), greatest(type));
  emitCheck(lowering, range, 'the converted number has to fit', type, span);
}

function emitCheck(
  lowering: Lowering,
  condition: Expression,
  message: string,
  type: IntegerType,
  span: Span,
): void {
  if (condition.kind === 'literal' && condition.value === true) return;
  const { builder, context } = lowering;
  const calls = currentFrame(lowering).callers.map((call) => call.span);
  // What wraps in the library is meant to.
  if (builder.library !== null || !context.overflow.isRefused([...calls, span])) return;
  const { source } = builder;
  builder.source = { ...source, span };
  const name = `${type.signed ? 'int' : 'uint'}${type.bits}`;
  builder.emit({ kind: 'check', code: 'overflow', condition, message: `${message} into ${name}` });
  builder.source = source;
}

function least({ signed, bits }: IntegerType): bigint {
  return signed ? -(1n << BigInt(bits - 1)) : 0n;
}

function greatest({ signed, bits }: IntegerType): bigint {
  return (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
}

/** `low <= operand <= high`, of which only the bounds are written that the type does not have anyway. */
function between(operand: Expression, low: bigint, high: bigint): Expression {
  const { type } = operand;
  if (type.kind !== 'integer') throw new Error('the range of no integer');
  const bounds = [
    ...(low > least(type) ? [compare('lessEqual', literal(type, low), operand)] : []),
    ...(high < greatest(type) ? [compare('lessEqual', operand, literal(type, high))] : []),
  ];
  return bounds.reduce((all, bound) => logical('and', all, bound), literal(BOOL, true));
}

function literalValue(expression: Expression): bigint | null {
  return expression.kind === 'literal' && typeof expression.value === 'bigint' ? expression.value : null;
}

/** Exact, and with comparisons only wherever an operand is a constant. */
function binaryFits(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  type: IntegerType,
): Expression {
  switch (operator) {
    case '+':
      return sumFits(left, right, type);
    case '-':
      return differenceFits(left, right, type);
    case '*':
      return productFits(left, right, type);
    case '<<':
      return shiftFits(left, right, type);
    default:
      return quotientFits(left, right, type);
  }
}

function sumFits(left: Expression, right: Expression, type: IntegerType): Expression {
  const [min, max] = [least(type), greatest(type)];
  const constant = literalValue(right) ?? literalValue(left);
  if (constant !== null) {
    const other = literalValue(right) === null ? right : left;
    return between(other, min - constant, max - constant);
  }
  const room = compare('lessEqual', left, arithmetic('subtract', literal(type, max), right));
  if (!type.signed) return room;
  const below = compare('lessEqual', arithmetic('subtract', literal(type, min), right), left);
  return conditional(isNegative(right, type), below, room);
}

function differenceFits(left: Expression, right: Expression, type: IntegerType): Expression {
  const [min, max] = [least(type), greatest(type)];
  const [first, second] = [literalValue(left), literalValue(right)];
  if (second !== null) return between(left, min + second, max + second);
  if (first !== null) return between(right, first - max, first - min);
  if (!type.signed) return compare('lessEqual', right, left);
  const room = compare('lessEqual', left, arithmetic('add', literal(type, max), right));
  const above = compare('lessEqual', arithmetic('add', literal(type, min), right), left);
  return conditional(isNegative(right, type), room, above);
}

/**
 * Of two unknown numbers: the one is no greater than the largest that the other may be multiplied by. That can be asked of either, and of small
 * numbers without a division; all of it says the same, and the prover finds what it can do best.
 */
function productFits(left: Expression, right: Expression, type: IntegerType): Expression {
  const [min, max] = [least(type), greatest(type)];
  const constant = literalValue(right) ?? literalValue(left);
  if (constant !== null) {
    const other = literalValue(right) === null ? right : left;
    if (constant === 0n) return literal(BOOL, true);
    const [low, high] = constant > 0n ? [min, max] : [max, min];
    return between(other, low / constant, high / constant);
  }
  const unsigned: IntegerType = { ...type, signed: false };
  const [one, other] = [magnitude(left, type), magnitude(right, type)];
  const limit = type.signed
    ? conditional(
        compare('equal', isNegative(left, type), isNegative(right, type)),
        literal(unsigned, max),
        literal(unsigned, -min),
      )
    : literal(unsigned, max);
  const half = literal(unsigned, (1n << BigInt(type.bits / 2 - (type.signed ? 1 : 0))) - 1n);
  const isZero = (factor: Expression): Expression => compare('equal', factor, literal(unsigned, 0n));
  const isBelow = (factor: Expression, divisor: Expression): Expression =>
    compare('lessEqual', factor, arithmetic('divide', limit, divisor));
  return [
    logical('and', compare('lessEqual', one, half), compare('lessEqual', other, half)),
    isZero(one),
    isZero(other),
    isBelow(one, other),
    isBelow(other, one),
  ].reduce((any, each) => logical('or', any, each));
}

/** Nothing is lost on the way to the left if it comes back on the way to the right. */
function shiftFits(left: Expression, count: Expression, type: IntegerType): Expression {
  const distance = literalValue(count);
  if (distance === null) return compare('equal', goBinary('>>', goBinary('<<', left, count), count), left);
  if (distance >= BigInt(type.bits)) return compare('equal', left, literal(type, 0n));
  return between(left, least(type) >> distance, greatest(type) >> distance);
}

function quotientFits(left: Expression, right: Expression, type: IntegerType): Expression {
  if (!type.signed) return literal(BOOL, true);
  const divisor = literalValue(right);
  if (divisor !== null && divisor !== -1n) return literal(BOOL, true);
  const isLeast = compare('equal', left, literal(type, least(type)));
  return not(logical('and', isLeast, compare('equal', right, literal(type, -1n))));
}

function isNegative(operand: Expression, type: IntegerType): Expression {
  return compare('less', operand, literal(type, 0n));
}

/** The number without its sign, as an unsigned one. */
function magnitude(operand: Expression, type: IntegerType): Expression {
  if (!type.signed) return operand;
  const unsigned: IntegerType = { ...type, signed: false };
  return conditional(
    isNegative(operand, type),
    convert(negate(operand), unsigned),
    convert(operand, unsigned),
  );
}
