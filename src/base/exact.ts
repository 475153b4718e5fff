/** Go's operators on numbers, which specifications and annotations have as well. */
export type ArithmeticOperator = (typeof ARITHMETIC)[number];

const ARITHMETIC = ['+', '-', '*', '/', '%', '&', '|', '^', '&^', '<<', '>>'] as const;

export function isArithmetic(operator: string): operator is ArithmeticOperator {
  return ARITHMETIC.some((each) => each === operator);
}

/** Go's compiler limits exact integers to this many bits. */
const LARGEST_BITS = 512n;
const LIMIT = 1n << LARGEST_BITS;
/** The largest count of a constant shift that Go's compiler takes. */
const LARGEST_SHIFT = 1074n;

/** The value fits the exact integers of Go's compiler. */
export function isExact(value: bigint): boolean {
  return value < LIMIT && value > -LIMIT;
}

/** Exact arithmetic on integers; null if a shift count is out of range. The divisor is not zero. */
export function foldArithmetic(operator: ArithmeticOperator, left: bigint, right: bigint): bigint | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '&^':
      return left & ~right;
    case '<<':
      return right < 0n || right > LARGEST_SHIFT ? null : left << right;
    case '>>':
      return right < 0n || right > LARGEST_SHIFT ? null : left >> right;
  }
}
