import { BOOL, PLAIN_ARITHMETIC, UINT64, sameType } from '../ir/index.js';
import type { BinaryOperator, Expression, IntegerType, Type } from '../ir/index.js';
import type { BinaryOperator as GoOperator } from '../go/index.js';

/** Pure expressions of Go's operators. */

export function literal(type: Type, value: bigint | boolean): Expression {
  return { kind: 'literal', type, value };
}

export function defaultOf(type: Type): Expression {
  return { kind: 'default', type };
}

export function localOf(index: number, type: Type): Expression {
  return { kind: 'local', index, type };
}

export function not(operand: Expression): Expression {
  return { kind: 'unary', operator: 'not', operand, type: BOOL };
}

export function negate(operand: Expression): Expression {
  return { kind: 'unary', operator: 'negate', operand, type: operand.type };
}

export function compare(
  operator: 'equal' | 'less' | 'lessEqual',
  left: Expression,
  right: Expression,
): Expression {
  return { kind: 'binary', operator, left, right, type: BOOL };
}

export function logical(operator: 'and' | 'or' | 'implies', left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right, type: BOOL };
}

export function arithmetic(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right, type: left.type };
}

export function conditional(condition: Expression, whenTrue: Expression, whenFalse: Expression): Expression {
  return { kind: 'conditional', condition, whenTrue, whenFalse, type: whenTrue.type };
}

/** Integer conversion; literals are converted at once. */
export function convert(operand: Expression, type: IntegerType): Expression {
  if (sameType(operand.type, type)) return operand;
  if (operand.kind === 'literal' && typeof operand.value === 'bigint') {
    return literal(type, wrap(operand.value, type));
  }
  return { kind: 'convert', operand, type };
}

function wrap(value: bigint, type: IntegerType): bigint {
  return type.signed ? BigInt.asIntN(type.bits, value) : BigInt.asUintN(type.bits, value);
}

export function toUint64(operand: Expression): Expression {
  return convert(operand, UINT64);
}

/** Go's binary operators on operands whose types already agree (the count of a shift may differ). */
export function goBinary(operator: GoOperator, left: Expression, right: Expression): Expression {
  switch (operator) {
    case '&&':
      return logical('and', left, right);
    case '||':
      return logical('or', left, right);
    case '==':
      return compare('equal', left, right);
    case '!=':
      return not(compare('equal', left, right));
    case '<':
      return compare('less', left, right);
    case '<=':
      return compare('lessEqual', left, right);
    case '>':
      return compare('less', right, left);
    case '>=':
      return compare('lessEqual', right, left);
    case '&^':
      return arithmetic('bitAnd', left, {
        kind: 'unary',
        operator: 'complement',
        operand: right,
        type: right.type,
      });
    case '<<':
      return shift('shiftLeft', left, right);
    case '>>':
      return shift('shiftRight', left, right);
    default:
      return arithmetic(PLAIN_ARITHMETIC[operator], left, right);
  }
}

/**
 * A shift whose count may be wider than what is shifted: both are widened first, so that no bit of the count is lost. The count is
 * not negative (there is a check before it). Widening keeps the sign, so a right shift fills with it, and the low bits of a
 * left shift are the same in any width.
 */
function shift(operator: 'shiftLeft' | 'shiftRight', left: Expression, count: Expression): Expression {
  const type = left.type;
  const countType = count.type;
  if (type.kind !== 'integer' || countType.kind !== 'integer') throw new Error('a shift of no integer');
  const bits = type.bits >= countType.bits ? type.bits : countType.bits;
  const wide = arithmetic(
    operator,
    convert(left, { kind: 'integer', bits, signed: type.signed }),
    convert(count, { kind: 'integer', bits, signed: false }),
  );
  return convert(wide, type);
}

/** Structural equality of pure expressions, positions aside. */
export function sameExpression(left: Expression, right: Expression): boolean {
  return fingerprint(left) === fingerprint(right);
}

function fingerprint(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) => {
    if (key === 'span') return undefined;
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}

/** Evaluating it again later gives the same value, whatever happens in between. */
export function isFixed(expression: Expression): boolean {
  return expression.kind === 'literal' || expression.kind === 'parameter' || expression.kind === 'default';
}
