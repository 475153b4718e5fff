import { type ArithmeticOperator, isExact } from '../base/exact.js';
import type { ConstantValue } from './ast.js';
import { compareExact, exactArithmetic, isFraction } from './fraction.js';
import type { ExactNumber } from './fraction.js';
import { compareStrings } from './text.js';
import { underlying } from './type.js';
import type { GoType, IntegerType, UntypedType } from './type.js';

export function fits(value: bigint, type: IntegerType): boolean {
  const bits = BigInt(type.bits);
  return type.signed
    ? value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n)
    : value >= 0n && value < 1n << bits;
}

/** A constant of that value can have the (basic) type. */
export function isRepresentable(value: ConstantValue, type: GoType): boolean {
  const plain = underlying(type);
  switch (plain.kind) {
    case 'integer':
      return typeof value === 'bigint' && fits(value, plain);
    case 'bool':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'untyped':
      return isUntypedRepresentable(value, plain.of);
    default:
      return false;
  }
}

function isUntypedRepresentable(value: ConstantValue, of: UntypedType['of']): boolean {
  switch (of) {
    case 'bool':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'float':
      return isNumber(value);
    case 'int':
    case 'rune':
      return typeof value === 'bigint' && isExact(value);
    case 'nil':
      return false;
  }
}

/** Exact arithmetic on untyped floating-point constants; null: the operator is not defined on them. */
export function foldFloat(
  operator: ArithmeticOperator,
  left: ExactNumber,
  right: ExactNumber,
): ExactNumber | null {
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
      return exactArithmetic(operator, left, right);
    default:
      return null;
  }
}

/** The value of a comparison of two constants of the same kind. */
export function foldComparison(
  operator: '==' | '!=' | '<' | '<=' | '>' | '>=',
  left: ConstantValue,
  right: ConstantValue,
): boolean {
  const order = compareConstants(left, right);
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Negative, zero or positive; of booleans only whether it is zero means anything. */
export function compareConstants(left: ConstantValue, right: ConstantValue): number {
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right);
  if (isNumber(left) && isNumber(right)) return compareExact(left, right);
  return left === right ? 0 : 1;
}

export function isNumber(value: ConstantValue | undefined): value is ExactNumber {
  return typeof value === 'bigint' || isFraction(value);
}
