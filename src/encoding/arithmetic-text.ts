import { type Sort, sortText, widthOf } from './sort.js';
import { type BitvectorOperator, type Term, childrenOf } from './term.js';

/**
 * How machine integers are written in a script. Two spellings of the same arithmetic: bit vectors, which have every operation, and
 * integers with a range, which the solver decides about five times as fast where only `+`, `-`, small constant factors and unsigned
 * comparison occur (docs/decisions/0004-integers.md).
 */
export interface ArithmeticText {
  sort(sort: Sort): string;
  literal(value: bigint, width: number): string;
  operation(operator: BitvectorOperator, width: number, left: string, right: string): string;
  /** Addition, subtraction, or multiplication by a literal, where what has to be added for it to wrap is known; null: no such spelling. */
  wrapped(
    operator: BitvectorOperator,
    width: number,
    left: string,
    right: string,
    wrap: bigint,
  ): string | null;
  less(signed: boolean, left: string, right: string): string;
  /** `left <= right`, unsigned. */
  lessEqual(left: string, right: string): string;
  /** What has to be said of a symbol's value for it to be a machine integer; null: nothing. */
  range(text: string, width: number): string | null;
}

const OPERATORS: Readonly<Record<BitvectorOperator, string>> = {
  add: 'bvadd',
  subtract: 'bvsub',
  multiply: 'bvmul',
  divideUnsigned: 'bvudiv',
  divideSigned: 'bvsdiv',
  remainderUnsigned: 'bvurem',
  remainderSigned: 'bvsrem',
  and: 'bvand',
  or: 'bvor',
  xor: 'bvxor',
  shiftLeft: 'bvshl',
  shiftRightLogical: 'bvlshr',
  shiftRightArithmetic: 'bvashr',
};

/** Machine integers as bit vectors. */
export const BITVECTORS: ArithmeticText = {
  sort: sortText,
  literal: (value, width) =>
    width % 4 === 0
      ? `#x${value.toString(16).padStart(width / 4, '0')}`
      : `#b${value.toString(2).padStart(width, '0')}`,
  operation: (operator, _width, left, right) => `(${OPERATORS[operator]} ${left} ${right})`,
  wrapped: () => null,
  less: (signed, left, right) => `(${signed ? 'bvslt' : 'bvult'} ${left} ${right})`,
  lessEqual: (left, right) => `(bvule ${left} ${right})`,
  range: () => null,
};

/** Machine integers as integers from 0 to 2^width - 1; sums and differences wrap by a case distinction. */
export const INTEGERS: ArithmeticText = {
  sort: integerSort,
  literal: (value) => value.toString(),
  operation(operator, width, left, right) {
    const modulus = (1n << BigInt(width)).toString();
    if (operator === 'add') {
      return `(let ((s (+ ${left} ${right}))) (ite (< s ${modulus}) s (- s ${modulus})))`;
    }
    if (operator === 'subtract') {
      return `(let ((d (- ${left} ${right}))) (ite (<= 0 d) d (+ d ${modulus})))`;
    }
    if (operator === 'multiply') return `(mod ${times(width, left, right)} ${modulus})`;
    throw new Error(`no integer spelling of ${operator}`);
  },
  wrapped(operator, width, left, right, wrap) {
    const result =
      operator === 'multiply'
        ? times(width, left, right)
        : `(${operator === 'add' ? '+' : '-'} ${left} ${right})`;
    return wrap === 0n ? result : `(+ ${result} ${integer(wrap)})`;
  },
  less: (_signed, left, right) => `(< ${left} ${right})`,
  lessEqual: (left, right) => `(<= ${left} ${right})`,
  range: (text, width) => `(and (<= 0 ${text}) (< ${text} ${1n << BigInt(width)}))`,
};

function integer(value: bigint): string {
  return value < 0n ? `(- ${-value})` : value.toString();
}

/** The product with a literal, read as the integer nearest to 0, before it wraps. */
function times(width: number, left: string, literal: string): string {
  return `(* ${integer(BigInt.asIntN(width, BigInt(literal)))} ${left})`;
}

function integerSort(sort: Sort): string {
  if (sort.kind === 'bitvector') return 'Int';
  if (sort.kind === 'array') return `(Array ${integerSort(sort.index)} ${integerSort(sort.element)})`;
  return sortText(sort);
}

/** Whether integers can spell every operation of some ground formulas; `open` operations are left uninterpreted anyway. */
export function integersSuffice(assertions: readonly Term[], open: (term: Term) => boolean): boolean {
  const seen = new Set<Term>();
  const suffices = (term: Term): boolean => {
    if (seen.has(term)) return true;
    seen.add(term);
    return spelledAsInteger(term, open) && childrenOf(term).every(suffices);
  };
  return assertions.every(suffices);
}

/** Larger factors make the rest of the division by 2^width expensive. */
const LARGEST_FACTOR = 256n;

function hasSmallFactor(term: Term & { readonly kind: 'bv' }): boolean {
  const { operator, right } = term;
  if (operator !== 'multiply' || right.kind !== 'bitvector') return false;
  const factor = BigInt.asIntN(widthOf(right.sort), right.value);
  return -LARGEST_FACTOR <= factor && factor <= LARGEST_FACTOR;
}

function spelledAsInteger(term: Term, open: (term: Term) => boolean): boolean {
  switch (term.kind) {
    case 'bv':
      return term.operator === 'add' || term.operator === 'subtract' || hasSmallFactor(term) || open(term);
    case 'less':
      return !term.signed;
    case 'extract':
    case 'extend':
    case 'forall':
    case 'exists':
      return false;
    default:
      return true;
  }
}
