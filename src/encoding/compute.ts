import type { BitvectorOperator } from './term.js';

function divide(left: bigint, right: bigint, width: number): bigint {
  return right === 0n ? BigInt.asUintN(width, -1n) : left / right;
}

function shiftRightArithmetic(left: bigint, right: bigint, width: number): bigint {
  const distance = right >= BigInt(width) ? BigInt(width) : right;
  return BigInt.asIntN(width, left) >> distance;
}

/** What SMT-LIB says about two machine integers, both given as unsigned; division by zero included. */
export function compute(operator: BitvectorOperator, left: bigint, right: bigint, width: number): bigint {
  const signedLeft = BigInt.asIntN(width, left);
  const signedRight = BigInt.asIntN(width, right);
  const wrap = (value: bigint): bigint => BigInt.asUintN(width, value);
  switch (operator) {
    case 'add':
      return wrap(left + right);
    case 'subtract':
      return wrap(left - right);
    case 'multiply':
      return wrap(left * right);
    case 'divideUnsigned':
      return divide(left, right, width);
    case 'divideSigned':
      return right === 0n ? wrap(signedLeft < 0n ? 1n : -1n) : wrap(signedLeft / signedRight);
    case 'remainderUnsigned':
      return right === 0n ? left : left % right;
    case 'remainderSigned':
      return right === 0n ? left : wrap(signedLeft % signedRight);
    case 'and':
      return left & right;
    case 'or':
      return left | right;
    case 'xor':
      return left ^ right;
    case 'shiftLeft':
      return right >= BigInt(width) ? 0n : wrap(left << right);
    case 'shiftRightLogical':
      return right >= BigInt(width) ? 0n : left >> right;
    case 'shiftRightArithmetic':
      return wrap(shiftRightArithmetic(left, right, width));
  }
}

export function computeLess(left: bigint, right: bigint, signed: boolean, width: number): boolean {
  return signed ? BigInt.asIntN(width, left) < BigInt.asIntN(width, right) : left < right;
}
