import fc from 'fast-check';
import { compute, computeLess } from '../../src/encoding/compute.js';
import {
  type BitvectorOperator,
  FALSE,
  TRUE,
  type Term,
  and,
  arraySort,
  bitvector,
  bitvectorSort,
  BOOL_SORT,
  bv,
  bvComplement,
  bvLess,
  bvLessEqual,
  bvNegate,
  constant,
  constantArray,
  equal,
  extract,
  implies,
  ite,
  not,
  or,
  piecewise,
  select,
  shifted,
  signExtend,
  store,
  zeroExtend,
} from '../../src/encoding/index.js';
import { Evaluator } from '../../src/encoding/model.js';
import { type ModelArray, type ModelValue, readElement, writeElement } from '../../src/encoding/value.js';

export const WIDTH = 3;
export const word = bitvectorSort(WIDTH);
const memory = arraySort(word, word);
const OPERATORS: readonly BitvectorOperator[] = [
  'add',
  'subtract',
  'multiply',
  'divideUnsigned',
  'divideSigned',
  'remainderUnsigned',
  'remainderSigned',
  'and',
  'or',
  'xor',
  'shiftLeft',
  'shiftRightLogical',
  'shiftRightArithmetic',
];

/** A term together with its meaning, which was computed without the simplifier. */
export interface Sample {
  readonly term: Term;
  readonly value: ModelValue;
}

const words: readonly bigint[] = [5n, 6n, 5n];
const truths: readonly boolean[] = [true, false];
const arrays: readonly ModelArray[] = [
  { kind: 'array', default: 1n, entries: [{ key: 5n, value: 6n }] },
  { kind: 'array', default: 0n, entries: [{ key: 2n, value: 7n }] },
];

export const evaluator = new Evaluator({
  constant: (term) => {
    const [kind, position] = [term.name.slice(0, 1), Number(term.name.slice(1))];
    const value = { w: words, p: truths, m: arrays }[kind]?.[position];
    if (value === undefined) throw new Error(`unknown ${term.name}`);
    return value;
  },
  apply: () => 0n,
  domain: () => [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n],
});

function sameValues(left: ModelValue, right: ModelValue): boolean {
  if (typeof left !== 'object' || typeof right !== 'object') return left === right;
  return Array.from({ length: 2 ** WIDTH }, (_, index) => BigInt(index)).every((index) =>
    sameValues(readElement(left, index), readElement(right, index)),
  );
}

/** An array with all its elements; arrays are compared with their defaults, so it has that of the array it comes from. */
function table(like: ModelValue, element: (index: bigint) => ModelValue): ModelArray {
  const entries = Array.from({ length: 2 ** WIDTH }, (_, index) => ({
    key: BigInt(index),
    value: element(BigInt(index)),
  }));
  return { kind: 'array', default: (like as ModelArray).default, entries };
}

export const asWord = (sample: Sample): bigint => sample.value as bigint;
export const asTruth = (sample: Sample): boolean => sample.value as boolean;

export const samples = fc.letrec<{ word: Sample; truth: Sample; memory: Sample }>((tie) => ({
  word: fc.oneof(
    { maxDepth: 6 },
    fc.nat(2).map((index) => ({ term: constant(`w${index}`, word), value: words[index] ?? 0n })),
    fc.nat(7).map((value) => ({ term: bitvector(BigInt(value), WIDTH), value: BigInt(value) })),
    fc.tuple(fc.constantFrom(...OPERATORS), tie('word'), tie('word')).map(([operator, left, right]) => ({
      term: bv(operator, left.term, right.term),
      value: compute(operator, asWord(left), asWord(right), WIDTH),
    })),
    fc.tuple(tie('memory'), tie('word')).map(([array, index]) => ({
      term: select(array.term, index.term),
      value: readElement(array.value, index.value),
    })),
    fc.tuple(tie('truth'), tie('word'), tie('word')).map(([condition, yes, no]) => ({
      term: ite(condition.term, yes.term, no.term),
      value: asTruth(condition) ? yes.value : no.value,
    })),
    tie('word').map((one) => ({ term: bvNegate(one.term), value: BigInt.asUintN(WIDTH, -asWord(one)) })),
    tie('word').map((one) => ({ term: bvComplement(one.term), value: BigInt.asUintN(WIDTH, ~asWord(one)) })),
    fc.tuple(fc.boolean(), tie('word')).map(([signed, one]) => ({
      term: extract(3, 1, (signed ? signExtend : zeroExtend)(4, one.term)),
      value: BigInt.asUintN(WIDTH, (signed ? BigInt.asIntN(WIDTH, asWord(one)) : asWord(one)) >> 1n),
    })),
  ),
  truth: fc.oneof(
    { maxDepth: 6 },
    fc.nat(1).map((index) => ({ term: constant(`p${index}`, BOOL_SORT), value: truths[index] ?? false })),
    fc.boolean().map((value) => ({ term: value ? TRUE : FALSE, value })),
    tie('truth').map((one) => ({ term: not(one.term), value: !asTruth(one) })),
    fc.array(tie('truth'), { maxLength: 4 }).map((parts) => ({
      term: and(parts.map((part) => part.term)),
      value: parts.every(asTruth),
    })),
    fc.array(tie('truth'), { maxLength: 4 }).map((parts) => ({
      term: or(parts.map((part) => part.term)),
      value: parts.some(asTruth),
    })),
    fc.tuple(tie('truth'), tie('truth')).map(([left, right]) => ({
      term: implies(left.term, right.term),
      value: !asTruth(left) || asTruth(right),
    })),
    fc.tuple(tie('truth'), tie('truth'), tie('truth')).map(([condition, yes, no]) => ({
      term: ite(condition.term, yes.term, no.term),
      value: asTruth(condition) ? yes.value : no.value,
    })),
    fc
      .oneof(
        fc.tuple(tie('word'), tie('word')),
        fc.tuple(tie('truth'), tie('truth')),
        fc.tuple(tie('memory'), tie('memory')),
      )
      .map(([left, right]) => ({
        term: equal(left.term, right.term),
        value: sameValues(left.value, right.value),
      })),
    fc.tuple(tie('word'), tie('word'), fc.boolean()).map(([left, right, signed]) => ({
      term: bvLess(left.term, right.term, signed),
      value: computeLess(asWord(left), asWord(right), signed, WIDTH),
    })),
    fc.tuple(tie('word'), tie('word'), fc.boolean()).map(([left, right, signed]) => ({
      term: bvLessEqual(left.term, right.term, signed),
      value: !computeLess(asWord(right), asWord(left), signed, WIDTH),
    })),
  ),
  memory: fc.oneof(
    { maxDepth: 6 },
    fc.nat(1).map((index) => ({ term: constant(`m${index}`, memory), value: arrays[index] ?? 0n })),
    tie('word').map((one) => ({
      term: constantArray(memory, one.term),
      value: { kind: 'array' as const, default: one.value, entries: [] },
    })),
    fc.tuple(tie('memory'), tie('word'), tie('word')).map(([array, index, value]) => ({
      term: store(array.term, index.term, value.term),
      value: writeElement(array.value, index.value, value.value),
    })),
    fc.tuple(tie('truth'), tie('memory'), tie('memory')).map(([condition, yes, no]) => ({
      term: ite(condition.term, yes.term, no.term),
      value: asTruth(condition) ? yes.value : no.value,
    })),
    fc.tuple(tie('word'), tie('memory'), tie('memory')).map(([split, low, high]) => ({
      term: piecewise(split.term, low.term, high.term),
      value: table(high.value, (index) => readElement(index < asWord(split) ? low.value : high.value, index)),
    })),
    fc.tuple(tie('memory'), tie('word')).map(([array, offset]) => ({
      term: shifted(array.term, offset.term),
      value: table(array.value, (index) =>
        readElement(array.value, BigInt.asUintN(WIDTH, index + asWord(offset))),
      ),
    })),
  ),
}));
