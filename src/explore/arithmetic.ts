import type { BinaryOperator, IntegerType } from '../ir/index.js';

/** A number cut to the width of the type, as two's complement where it is signed. */
export function wrap(type: IntegerType, value: bigint): bigint {
  return type.signed ? BigInt.asIntN(type.bits, value) : BigInt.asUintN(type.bits, value);
}

/** Machine arithmetic; division by zero as documented at `Expression`. */
export function arithmetic(
  operator: Exclude<BinaryOperator, 'and' | 'or' | 'implies' | 'equal' | 'less' | 'lessEqual'>,
  type: IntegerType,
  left: bigint,
  right: bigint,
): bigint {
  switch (operator) {
    case 'add':
      return wrap(type, left + right);
    case 'subtract':
      return wrap(type, left - right);
    case 'multiply':
      return wrap(type, left * right);
    case 'divide':
      return divide(type, left, right);
    case 'remainder':
      return right === 0n ? left : wrap(type, left % right);
    case 'bitAnd':
      return wrap(type, left & right);
    case 'bitOr':
      return wrap(type, left | right);
    case 'bitXor':
      return wrap(type, left ^ right);
    case 'shiftLeft':
    case 'shiftRight':
      return shift(operator, type, left, BigInt.asUintN(type.bits, right));
  }
}

/** Rounds towards zero. By zero: all ones, except that a negative number gives 1 (SMT-LIB's `bvudiv` and `bvsdiv`). */
function divide(type: IntegerType, left: bigint, right: bigint): bigint {
  if (right === 0n) return left < 0n ? 1n : wrap(type, -1n);
  return wrap(type, left / right);
}

function shift(operator: 'shiftLeft' | 'shiftRight', type: IntegerType, left: bigint, count: bigint): bigint {
  if (count >= BigInt(type.bits)) return operator === 'shiftRight' && left < 0n ? -1n : 0n;
  return wrap(type, operator === 'shiftLeft' ? left << count : left >> count);
}
