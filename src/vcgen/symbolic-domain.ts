import { unreachable } from '../base/diagnostic.js';
import { present } from '../base/present.js';
import type { BitvectorOperator, Term } from '../encoding/index.js';
import {
  and,
  apply,
  BLOCK_SORT,
  bitvector,
  bitvectorSort,
  bv,
  bvComplement,
  bvLess,
  bvLessEqual,
  bvNegate,
  equal,
  exists,
  extract,
  FALSE,
  forall,
  freshBound,
  implies,
  ite,
  not,
  or,
  piecewise,
  select,
  shifted,
  signExtend,
  splice,
  store,
  TRUE,
  zeroExtend,
} from '../encoding/index.js';
import type { BinaryOperator, Builtin, IntegerType, SeqType, Type, UnaryOperator } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type { Domain } from '../semantics/index.js';
import type { SymbolicValue } from './layout.js';
import { curriedSelect, curriedStore, fieldRange, leafSorts, POSITION_SORT, zeroValue } from './layout.js';

/** The only leaf of a scalar. */
export function leaf(value: SymbolicValue): Term {
  const [term] = value;
  if (term === undefined || value.length !== 1) throw new Error('a scalar has exactly one leaf');
  return term;
}

function first(value: SymbolicValue): Term {
  const [term] = value;
  if (term === undefined) throw new Error('a value without leaves');
  return term;
}

const POSITION_ONE = bitvector(1n, 64);

function ites(condition: Term, whenTrue: SymbolicValue, whenFalse: SymbolicValue): SymbolicValue {
  return whenTrue.map((term, index) => ite(condition, term, present(whenFalse[index])));
}

/** Equality of two values of a type, as a formula. Maps, sets and sequences are compared element by element. */
export function equalValues(type: Type, left: SymbolicValue, right: SymbolicValue): Term {
  switch (type.kind) {
    case 'bool':
    case 'integer':
    case 'enum':
    case 'block':
    case 'thread':
    case 'map':
    case 'set':
      return and(left.map((term, index) => equal(term, present(right[index]))));
    case 'record':
      return and(
        type.fields.map((field) => {
          const { start, end } = fieldRange(type, field.name);
          return equalValues(field.type, left.slice(start, end), right.slice(start, end));
        }),
      );
    case 'option':
      return and([
        equal(first(left), first(right)),
        implies(first(left), equalValues(type.value, left.slice(1), right.slice(1))),
      ]);
    case 'seq':
      return equalSequences(type, left, right);
    default:
      return unreachable(type);
  }
}

function equalSequences(type: SeqType, left: SymbolicValue, right: SymbolicValue): Term {
  if (left.every((term, index) => term === right[index])) return TRUE;
  const position = freshBound('i', POSITION_SORT);
  return and([
    equal(first(left), first(right)),
    forall(
      [position],
      implies(
        bvLess(position, first(left), false),
        equalValues(type.element, rawElement(left, position), rawElement(right, position)),
      ),
    ),
  ]);
}

/** The element at a position without regard to the length. */
function rawElement(sequence: SymbolicValue, position: Term): SymbolicValue {
  return sequence.slice(1).map((array) => select(array, position));
}

function integer(type: Type): IntegerType {
  if (type.kind !== 'integer') throw new Error(`arithmetic on ${type.kind}`);
  return type;
}

function arithmetic(operator: BinaryOperator, signed: boolean): BitvectorOperator | null {
  switch (operator) {
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'shiftLeft':
      return operator;
    case 'divide':
      return signed ? 'divideSigned' : 'divideUnsigned';
    case 'remainder':
      return signed ? 'remainderSigned' : 'remainderUnsigned';
    case 'bitAnd':
      return 'and';
    case 'bitOr':
      return 'or';
    case 'bitXor':
      return 'xor';
    case 'shiftRight':
      return signed ? 'shiftRightArithmetic' : 'shiftRightLogical';
    default:
      return null;
  }
}

function comparison(operator: BinaryOperator, type: Type, left: Term, right: Term): Term {
  const { signed } = integer(type);
  return operator === 'less' ? bvLess(left, right, signed) : bvLessEqual(left, right, signed);
}

function binary(
  operator: BinaryOperator,
  type: Type,
  left: SymbolicValue,
  right: SymbolicValue,
): SymbolicValue {
  switch (operator) {
    case 'and':
      return [and([leaf(left), leaf(right)])];
    case 'or':
      return [or([leaf(left), leaf(right)])];
    case 'implies':
      return [implies(leaf(left), leaf(right))];
    case 'equal':
      return [equalValues(type, left, right)];
    case 'less':
    case 'lessEqual':
      return [comparison(operator, type, leaf(left), leaf(right))];
    default: {
      const name = arithmetic(operator, integer(type).signed);
      if (name === null) throw new Error(`no arithmetic for ${operator}`);
      return [bv(name, leaf(left), leaf(right))];
    }
  }
}

function unary(operator: UnaryOperator, operand: SymbolicValue): SymbolicValue {
  switch (operator) {
    case 'not':
      return [not(leaf(operand))];
    case 'negate':
      return [bvNegate(leaf(operand))];
    case 'complement':
      return [bvComplement(leaf(operand))];
  }
}

function convert(from: Type, to: Type, operand: SymbolicValue): SymbolicValue {
  const source = integer(from);
  const target = integer(to);
  const term = leaf(operand);
  if (target.bits === source.bits) return operand;
  if (target.bits < source.bits) return [extract(target.bits - 1, 0, term)];
  return [source.signed ? signExtend(target.bits, term) : zeroExtend(target.bits, term)];
}

function builtin(name: Builtin, operandType: Type, operand: SymbolicValue): SymbolicValue {
  switch (name) {
    case 'leastKey':
      throw new UnsupportedByProver('a key of a map that is chosen by its order');
    case 'block':
      return [apply('blockOf', [leaf(operand)], BLOCK_SORT)];
    case 'number':
      return [apply('numberOf', [leaf(operand)], bitvectorSort(64))];
    case 'sum': {
      if (operandType.kind !== 'seq') throw new Error('sum of something that is no sequence');
      return [apply('sum', operand, bitvectorSort(integer(operandType.element).bits))];
    }
  }
}

function literal(type: Type, value: bigint | boolean): SymbolicValue {
  if (typeof value === 'boolean') return [value ? TRUE : FALSE];
  const [sort] = leafSorts(type);
  if (sort?.kind !== 'bitvector') throw new Error(`a number of type ${type.kind}`);
  return [bitvector(value, sort.width)];
}

/** Extends a sequence; wherever this is evaluated the length is known to stay below 2^64 (an op of a layer requires it). */
function append(sequence: SymbolicValue, elements: readonly SymbolicValue[]): SymbolicValue {
  return elements.reduce<SymbolicValue>((result, element) => {
    const length = first(result);
    const arrays = result.slice(1).map((array, index) => store(array, length, present(element[index])));
    return [bv('add', length, POSITION_ONE), ...arrays];
  }, sequence);
}

/** The left elements, then the right ones moved behind them; as for `append`, the length is known to stay below 2^64. */
function concat(left: SymbolicValue, right: SymbolicValue): SymbolicValue {
  const length = first(left);
  const back = bvNegate(length);
  const arrays = left
    .slice(1)
    .map((array, index) => piecewise(length, array, shifted(present(right[index + 1]), back)));
  return [bv('add', length, first(right)), ...arrays];
}

/**
 * The elements from `low` to below `high`, bounds cut to the length. What stands behind them is zero again: elements that were
 * cut off must not tell apart sequences that are equal.
 */
function slice(type: SeqType, sequence: SymbolicValue, low: Term, high: Term): SymbolicValue {
  const length = first(sequence);
  const end = ite(bvLess(high, length, false), high, length);
  const isEmpty = not(bvLess(low, end, false));
  const count = ite(isEmpty, bitvector(0n, 64), bv('subtract', end, low));
  return [count, ...cut(type, sequence.slice(1), low, count)];
}

/** The `count` elements from `from` on of arrays of a sequence's elements, and zeros behind them. */
function cut(type: SeqType, arrays: readonly Term[], from: Term, count: Term): readonly Term[] {
  const zeros = zeroValue(type);
  return arrays.map((array, index) => piecewise(count, shifted(array, from), present(zeros[index + 1])));
}

const ZERO: SymbolicValue = [bitvector(0n, 64)];

function spliced(
  target: SymbolicValue,
  at: SymbolicValue,
  source: SymbolicValue,
  from: SymbolicValue,
  count: SymbolicValue,
): SymbolicValue {
  return target.map((array, index) =>
    splice(array, leaf(at), source[index] ?? array, leaf(from), leaf(count)),
  );
}

/** A construct of the layer language that the explorer runs and the prover has no rule for. */
export class UnsupportedByProver extends Error {
  constructor(readonly construct: string) {
    super(`the prover does not support ${construct}`);
  }
}

/** The prover's instance of the semantics: values are terms. */
export const symbolicDomain: Domain<SymbolicValue> = {
  literal,
  zero: zeroValue,
  known(condition) {
    const term = leaf(condition);
    return term === TRUE ? true : term === FALSE ? false : null;
  },
  unary: (operator, _type, operand) => unary(operator, operand),
  binary,
  conditional: (_type, condition, whenTrue, whenFalse) => ites(leaf(condition), whenTrue, whenFalse),
  convert,
  mapGet: (_type, map, key) => map.map((array) => curriedSelect(array, key)),
  mapSet: (_type, map, key, value) =>
    map.map((array, index) => curriedStore(array, key, present(value[index]))),
  field(type, record, name) {
    const { start, end } = fieldRange(type, name);
    return record.slice(start, end);
  },
  withField(type, record, name, value) {
    const { start, end } = fieldRange(type, name);
    return [...record.slice(0, start), ...value, ...record.slice(end)];
  },
  record: (_type, fields) => fields.flat(),
  sequence: (type, elements) => append(zeroValue(type), elements),
  length: (_type, sequence) => [first(sequence)],
  element(type, sequence, position) {
    const inRange = bvLess(leaf(position), first(sequence), false);
    return ites(inRange, rawElement(sequence, leaf(position)), zeroValue(type.element));
  },
  withElement(_type, sequence, position, value) {
    const inRange = bvLess(leaf(position), first(sequence), false);
    const arrays = sequence.slice(1);
    const stored = arrays.map((array, index) => store(array, leaf(position), present(value[index])));
    return [first(sequence), ...ites(inRange, stored, arrays)];
  },
  append: (_type, sequence, elements) => append(sequence, elements),
  concat: (_type, left, right) => concat(left, right),
  slice: (type, sequence, low, high) => slice(type, sequence, leaf(low), leaf(high)),
  splice: (_type, target, at, source, from, count) => spliced(target, at, source, from, count),
  elements: (type, sequence) =>
    spliced(zeroValue({ kind: 'map', key: UINT64, value: type.element }), ZERO, sequence.slice(1), ZERO, [
      first(sequence),
    ]),
  gather: (type, source, from, count) => [leaf(count), ...cut(type, source, leaf(from), leaf(count))],
  some: (_content, value) => [TRUE, ...value],
  isSome: (_content, option) => [first(option)],
  content: (content, option) => ites(first(option), option.slice(1), zeroValue(content)),
  member: (_type, element, set) => [curriedSelect(leaf(set), element)],
  withMember: (_type, set, element, present) => [curriedStore(leaf(set), element, leaf(present))],
  builtin,
  quantify(quantifier, variables, body) {
    const values = variables.map((variable) =>
      leafSorts(variable.type).map((sort) => freshBound(variable.name, sort)),
    );
    const formula = leaf(body(values));
    const bound = values.flat();
    return [quantifier === 'forall' ? forall(bound, formula) : exists(bound, formula)];
  },
};
