import { present } from '../base/present.js';
import type {
  BinaryOperator,
  BoundVariable,
  Builtin,
  IntegerType,
  MapType,
  RecordType,
  SeqType,
  SetType,
  Type,
  UnaryOperator,
} from '../ir/index.js';
import type { Domain } from '../semantics/index.js';
import { arithmetic, wrap } from './arithmetic.js';
import type { Deadline } from './deadline.js';
import type { Universe } from './universe.js';
import type { Entry, MapValue, Value } from './value.js';
import {
  asBoolean,
  asInteger,
  asMap,
  constantMap,
  elementsOf,
  list,
  mapGet,
  mapSet,
  mapSetAll,
  sameValue,
  zeroOf,
  mapEntries,
} from './value.js';

/**
 * The explorer's instance of the semantics: values are concrete. Every operation is exact except `quantify`, which tries the
 * values that {@link Universe} gives for the bound variables.
 */
export class ConcreteDomain implements Domain<Value> {
  constructor(
    private readonly universe: Universe,
    private readonly deadline: Deadline,
  ) {}

  literal(type: Type, value: bigint | boolean): Value {
    return type.kind === 'integer' && typeof value === 'bigint' ? wrap(type, value) : value;
  }

  zero(type: Type): Value {
    return zeroOf(type);
  }

  known(condition: Value): boolean {
    return asBoolean(condition);
  }

  unary(operator: UnaryOperator, type: Type, operand: Value): Value {
    switch (operator) {
      case 'not':
        return !asBoolean(operand);
      case 'negate':
        return wrap(integer(type), -asInteger(operand));
      case 'complement':
        return wrap(integer(type), ~asInteger(operand));
    }
  }

  binary(operator: BinaryOperator, type: Type, left: Value, right: Value): Value {
    switch (operator) {
      case 'and':
        return asBoolean(left) && asBoolean(right);
      case 'or':
        return asBoolean(left) || asBoolean(right);
      case 'implies':
        return !asBoolean(left) || asBoolean(right);
      case 'equal':
        return sameValue(left, right);
      case 'less':
        return asInteger(left) < asInteger(right);
      case 'lessEqual':
        return asInteger(left) <= asInteger(right);
      default:
        return arithmetic(operator, integer(type), asInteger(left), asInteger(right));
    }
  }

  conditional(_type: Type, condition: Value, whenTrue: Value, whenFalse: Value): Value {
    return asBoolean(condition) ? whenTrue : whenFalse;
  }

  convert(_from: Type, to: Type, operand: Value): Value {
    return wrap(integer(to), asInteger(operand));
  }

  mapGet(_type: MapType, map: Value, key: Value): Value {
    return mapGet(asMap(map), key);
  }

  mapSet(_type: MapType, map: Value, key: Value, value: Value): Value {
    return mapSet(asMap(map), key, value);
  }

  field(type: RecordType, record: Value, name: string): Value {
    return present(elementsOf(record)[fieldIndex(type, name)]);
  }

  withField(type: RecordType, record: Value, name: string, value: Value): Value {
    return list(elementsOf(record).with(fieldIndex(type, name), value));
  }

  record(_type: RecordType, fields: readonly Value[]): Value {
    return list(fields);
  }

  sequence(_type: SeqType, elements: readonly Value[]): Value {
    return list(elements);
  }

  length(_type: SeqType, sequence: Value): Value {
    return BigInt(elementsOf(sequence).length);
  }

  element(type: SeqType, sequence: Value, position: Value): Value {
    const elements = elementsOf(sequence);
    const index = asInteger(position);
    if (index < 0n || index >= BigInt(elements.length)) return zeroOf(type.element);
    return present(elements[Number(index)]);
  }

  withElement(_type: SeqType, sequence: Value, position: Value, value: Value): Value {
    const elements = elementsOf(sequence);
    const index = asInteger(position);
    if (index < 0n || index >= BigInt(elements.length)) return sequence;
    return list(elements.with(Number(index), value));
  }

  append(_type: SeqType, sequence: Value, elements: readonly Value[]): Value {
    return list([...elementsOf(sequence), ...elements]);
  }

  concat(_type: SeqType, left: Value, right: Value): Value {
    return list([...elementsOf(left), ...elementsOf(right)]);
  }

  slice(_type: SeqType, sequence: Value, low: Value, high: Value): Value {
    const elements = elementsOf(sequence);
    const clamp = (value: Value): number => {
      const position = asInteger(value);
      return position > BigInt(elements.length) ? elements.length : Math.max(0, Number(position));
    };
    return list(elements.slice(clamp(low), clamp(high)));
  }

  splice(type: MapType, target: Value, at: Value, source: Value, from: Value, count: Value): Value {
    return splice(type, asMap(target), asInteger(at), asMap(source), asInteger(from), asInteger(count));
  }

  elements(type: SeqType, sequence: Value): Value {
    const empty = constantMap(zeroOf(type.element));
    return mapSetAll(
      empty,
      elementsOf(sequence).map((value, index) => ({ key: BigInt(index), value })),
    );
  }

  gather(_type: SeqType, source: Value, from: Value, count: Value): Value {
    const [map, start, length] = [asMap(source), asInteger(from), asInteger(count)];
    if (length > MAXIMAL_LENGTH) throw new Error('a sequence too long to be written down');
    return list(
      Array.from({ length: Number(length) }, (_, index) =>
        mapGet(map, BigInt.asUintN(64, start + BigInt(index))),
      ),
    );
  }

  some(_content: Type, value: Value): Value {
    return list([value]);
  }

  isSome(_content: Type, option: Value): Value {
    return elementsOf(option).length > 0;
  }

  content(content: Type, option: Value): Value {
    return elementsOf(option)[0] ?? zeroOf(content);
  }

  member(_type: SetType, element: Value, set: Value): Value {
    return mapGet(asMap(set), element);
  }

  withMember(_type: SetType, set: Value, element: Value, included: Value): Value {
    return mapSet(asMap(set), element, included);
  }

  builtin(builtin: Builtin, operandType: Type, operand: Value): Value {
    switch (builtin) {
      case 'leastKey':
        if (operandType.kind !== 'map') throw new Error('keys of something that is no map');
        return mapEntries(operand)[0]?.key ?? zeroOf(operandType.key);
      // A block is represented by its number, so both are the identity.
      case 'block':
      case 'number':
        return operand;
      case 'sum': {
        if (operandType.kind !== 'seq') throw new Error('sum of something that is no sequence');
        const total = elementsOf(operand).reduce<bigint>((sum, each) => sum + asInteger(each), 0n);
        return wrap(integer(operandType.element), total);
      }
    }
  }

  quantify(
    quantifier: 'forall' | 'exists',
    variables: readonly BoundVariable[],
    body: (values: readonly Value[]) => Value,
  ): Value {
    const candidates = variables.map((variable) => this.universe.candidates(variable.type));
    const found = quantifier === 'exists';
    const search = (values: readonly Value[]): boolean => {
      this.deadline.check();
      const choices = candidates[values.length];
      if (choices === undefined) return asBoolean(body(values)) === found;
      return choices.some((choice) => search([...values, choice]));
    };
    return search([]) === found;
  }
}

/** Sequences that are written out are not longer than this. */
const MAXIMAL_LENGTH = 10_000_000n;

/** Only the keys that have a value of their own can differ, where those that have none have the same value. */
function splice(
  type: MapType,
  target: MapValue,
  at: bigint,
  source: MapValue,
  from: bigint,
  count: bigint,
): MapValue {
  const offset = (position: bigint, start: bigint): bigint => BigInt.asUintN(64, position - start);
  if (!sameValue(target.fallback, source.fallback)) {
    throw new Error(`maps of ${type.value.kind} with different values everywhere`);
  }
  const isIn = ({ key }: Entry, start: bigint): boolean => offset(asInteger(key), start) < count;
  const cleared = [...target.entries.values()]
    .filter((entry) => isIn(entry, at))
    .map(({ key }) => ({ key, value: target.fallback }));
  const copied = [...source.entries.values()]
    .filter((entry) => isIn(entry, from))
    .map(({ key, value }) => ({
      key: BigInt.asUintN(64, at + offset(asInteger(key), from)),
      value,
    }));
  return mapSetAll(target, [...cleared, ...copied]);
}

function integer(type: Type): IntegerType {
  if (type.kind !== 'integer') throw new Error(`arithmetic on ${type.kind}`);
  return type;
}

function fieldIndex(type: RecordType, name: string): number {
  return type.fields.findIndex((field) => field.name === name);
}
