import { not } from './boolean.js';
import { compute, computeLess } from './compute.js';
import { BOOL_SORT, bitvectorSort, widthOf } from './sort.js';
import { type BitvectorOperator, FALSE, TRUE, type Term, bitvector, compareTerms, intern } from './term.js';

/** A sum of terms that are no sums, each with a coefficient that is not zero, and a literal; all modulo 2^width. */
export interface LinearSum {
  readonly coefficients: Map<Term, bigint>;
  offset: bigint;
}

function addInto(sum: LinearSum, term: Term, factor: bigint, width: number): void {
  if (term.kind === 'bitvector') {
    sum.offset = BigInt.asUintN(width, sum.offset + factor * term.value);
  } else if (term.kind === 'bv' && (term.operator === 'add' || term.operator === 'subtract')) {
    addInto(sum, term.left, factor, width);
    addInto(sum, term.right, term.operator === 'add' ? factor : -factor, width);
  } else if (term.kind === 'bv' && term.operator === 'multiply' && term.right.kind === 'bitvector') {
    addInto(sum, term.left, factor * term.right.value, width);
  } else {
    const coefficient = BigInt.asUintN(width, (sum.coefficients.get(term) ?? 0n) + factor);
    if (coefficient === 0n) sum.coefficients.delete(term);
    else sum.coefficients.set(term, coefficient);
  }
}

/** Splits a term into a linear sum. */
export function linearSum(...summands: readonly (readonly [Term, bigint])[]): LinearSum {
  const sum: LinearSum = { coefficients: new Map(), offset: 0n };
  for (const [term, factor] of summands) addInto(sum, term, factor, widthOf(term.sort));
  return sum;
}

/** The difference of two terms where it does not depend on their symbols, else undefined; makes no term to find out. */
export function literalDifference(left: Term, right: Term): bigint | undefined {
  const { coefficients, offset } = linearSum([left, 1n], [right, -1n]);
  return coefficients.size === 0 ? offset : undefined;
}

function scaled(term: Term, coefficient: bigint, width: number): Term {
  if (coefficient === 1n) return term;
  return binary('multiply', term, bitvector(coefficient, width));
}

/** The one term for a linear sum: positive parts first, then what is subtracted, then the literal. */
function fromLinearSum(sum: LinearSum, width: number): Term {
  const minusOne = BigInt.asUintN(width, -1n);
  const atoms = [...sum.coefficients.keys()].sort(compareTerms);
  const subtracted = width === 1 ? [] : atoms.filter((atom) => sum.coefficients.get(atom) === minusOne);
  let result: Term | undefined;
  for (const atom of atoms) {
    if (subtracted.includes(atom)) continue;
    const part = scaled(atom, sum.coefficients.get(atom) ?? 0n, width);
    result = result ? binary('add', result, part) : part;
  }
  const literal = bitvector(sum.offset, width);
  if (subtracted.length === 0) {
    if (!result) return literal;
    return sum.offset === 0n ? result : binary('add', result, literal);
  }
  const literalFirst = result === undefined;
  result ??= literal;
  for (const atom of subtracted) result = binary('subtract', result, atom);
  return literalFirst || sum.offset === 0n ? result : binary('add', result, literal);
}

function binary(operator: BitvectorOperator, left: Term, right: Term): Term {
  return intern({ kind: 'bv', operator, left, right }, left.sort);
}

function bitwise(operator: 'and' | 'or' | 'xor', left: Term, right: Term, width: number): Term {
  const zero = bitvector(0n, width);
  const ones = bitvector(-1n, width);
  if (left === right) return operator === 'xor' ? zero : left;
  const [first, second] = compareTerms(left, right) <= 0 ? [left, right] : [right, left];
  if (second === zero) return operator === 'and' ? zero : first;
  if (second === ones && operator === 'and') return first;
  if (second === ones && operator === 'or') return ones;
  if (second === ones && first.kind === 'bv' && first.operator === 'xor' && first.right === ones)
    return first.left;
  return binary(operator, first, second);
}

function divisionOrShift(operator: BitvectorOperator, left: Term, right: Term): Term {
  if (right.kind !== 'bitvector') return binary(operator, left, right);
  const shift = operator.startsWith('shift');
  if (shift && right.value === 0n) return left;
  const width = widthOf(left.sort);
  if (shift && operator !== 'shiftRightArithmetic' && right.value >= BigInt(width))
    return bitvector(0n, width);
  if (operator === 'shiftLeft') return bv('multiply', left, bitvector(1n << right.value, width));
  const { value } = right;
  if (value > 0n && (value & (value - 1n)) === 0n) {
    const exponent = bitvector(BigInt(value.toString(2).length - 1), width);
    if (operator === 'divideUnsigned') return bv('shiftRightLogical', left, exponent);
    if (operator === 'remainderUnsigned') return bv('and', left, bitvector(value - 1n, width));
  }
  return binary(operator, left, right);
}

/** Machine arithmetic of two terms of one width, with wrapping; division by zero is as in SMT-LIB. */
export function bv(operator: BitvectorOperator, left: Term, right: Term): Term {
  const width = widthOf(left.sort);
  if (left.sort !== right.sort) throw new Error(`operands of ${operator} have different widths`);
  if (left.kind === 'bitvector' && right.kind === 'bitvector') {
    return bitvector(compute(operator, left.value, right.value, width), width);
  }
  switch (operator) {
    case 'add':
      return fromLinearSum(linearSum([left, 1n], [right, 1n]), width);
    case 'subtract':
      return fromLinearSum(linearSum([left, 1n], [right, -1n]), width);
    case 'multiply': {
      const [first, second] = compareTerms(left, right) <= 0 ? [left, right] : [right, left];
      if (second.kind !== 'bitvector') return binary('multiply', first, second);
      return fromLinearSum(linearSum([first, second.value]), width);
    }
    case 'and':
    case 'or':
    case 'xor':
      return bitwise(operator, left, right, width);
    default:
      return divisionOrShift(operator, left, right);
  }
}

export function bvNegate(argument: Term): Term {
  return bv('subtract', bitvector(0n, widthOf(argument.sort)), argument);
}

export function bvComplement(argument: Term): Term {
  return bv('xor', argument, bitvector(-1n, widthOf(argument.sort)));
}

export function bvLess(left: Term, right: Term, signed: boolean): Term {
  const width = widthOf(left.sort);
  if (left.sort !== right.sort) throw new Error('operands of a comparison have different widths');
  if (left === right) return FALSE;
  if (left.kind === 'bitvector' && right.kind === 'bitvector') {
    return computeLess(left.value, right.value, signed, width) ? TRUE : FALSE;
  }
  const [least, greatest] = signed ? [-(1n << BigInt(width - 1)), (1n << BigInt(width - 1)) - 1n] : [0n, -1n];
  if (right === bitvector(least, width) || left === bitvector(greatest, width)) return FALSE;
  return intern({ kind: 'less', signed, left, right }, BOOL_SORT);
}

export function bvLessEqual(left: Term, right: Term, signed: boolean): Term {
  return not(bvLess(right, left, signed));
}

/** The bits from `high` down to `low`, both included. */
export function extract(high: number, low: number, argument: Term): Term {
  const width = widthOf(argument.sort);
  if (low < 0 || high < low || high >= width) throw new Error(`no bits ${high}..${low} in ${width} bits`);
  if (high - low + 1 === width) return argument;
  if (argument.kind === 'bitvector') return bitvector(argument.value >> BigInt(low), high - low + 1);
  if (argument.kind === 'extend' && high < widthOf(argument.argument.sort)) {
    return extract(high, low, argument.argument);
  }
  return intern({ kind: 'extract', high, low, argument }, bitvectorSort(high - low + 1));
}

function extend(width: number, argument: Term, signed: boolean): Term {
  const narrow = widthOf(argument.sort);
  if (width < narrow) throw new Error(`cannot extend ${narrow} bits to ${width}`);
  if (width === narrow) return argument;
  if (argument.kind === 'bitvector') {
    return bitvector(signed ? BigInt.asIntN(narrow, argument.value) : argument.value, width);
  }
  return intern({ kind: 'extend', signed, argument }, bitvectorSort(width));
}

/** Extends to `width` bits in all. */
export function zeroExtend(width: number, argument: Term): Term {
  return extend(width, argument, false);
}

/** Extends to `width` bits in all. */
export function signExtend(width: number, argument: Term): Term {
  return extend(width, argument, true);
}
