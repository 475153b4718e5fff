import type { Fraction } from './ast.js';

/** A number of an untyped constant: an integer where it is one. */
export type ExactNumber = bigint | Fraction;

export function isFraction(value: unknown): value is Fraction {
  return typeof value === 'object' && value !== null;
}

/** The quotient, exact; the denominator is not zero. */
export function fractionOf(numerator: bigint, denominator: bigint): ExactNumber {
  const divisor = greatestDivisor(
    numerator < 0n ? -numerator : numerator,
    denominator < 0n ? -denominator : denominator,
  );
  const sign = denominator < 0n ? -1n : 1n;
  const top = (sign * numerator) / divisor;
  const bottom = (sign * denominator) / divisor;
  return bottom === 1n ? top : { numerator: top, denominator: bottom };
}

function greatestDivisor(left: bigint, right: bigint): bigint {
  let [larger, smaller] = [left, right];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

function parts(value: ExactNumber): readonly [bigint, bigint] {
  return typeof value === 'bigint' ? [value, 1n] : [value.numerator, value.denominator];
}

/** `+`, `-`, `*` and `/` on exact numbers; the divisor is not zero. */
export function exactArithmetic(
  operator: '+' | '-' | '*' | '/',
  left: ExactNumber,
  right: ExactNumber,
): ExactNumber {
  const [a, b] = parts(left);
  const [c, d] = parts(right);
  switch (operator) {
    case '+':
      return fractionOf(a * d + c * b, b * d);
    case '-':
      return fractionOf(a * d - c * b, b * d);
    case '*':
      return fractionOf(a * c, b * d);
    case '/':
      return fractionOf(a * d, b * c);
  }
}

/** Negative, zero or positive. */
export function compareExact(left: ExactNumber, right: ExactNumber): number {
  const [a, b] = parts(left);
  const [c, d] = parts(right);
  const difference = a * d - c * b;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}
