import type { BinaryOperator, Code, IntegerType, MapType, RecordType, Type } from '../../src/ir/index.js';
import type { Domain, LocalDriver } from '../../src/semantics/index.js';
import { advance, evaluateLocal } from '../../src/semantics/index.js';

type Value = bigint | boolean | ReadonlyMap<string, Value>;

function unused(): never {
  throw new Error('not needed here');
}

function wrap(type: IntegerType, value: bigint): bigint {
  return type.signed ? BigInt.asIntN(type.bits, value) : BigInt.asUintN(type.bits, value);
}

function zero(type: Type): Value {
  if (type.kind === 'bool') return false;
  if (type.kind === 'integer') return 0n;
  if (type.kind === 'map') return new Map();
  if (type.kind === 'record') return new Map(type.fields.map((field) => [field.name, zero(field.type)]));
  return unused();
}

function integer(type: IntegerType, operator: BinaryOperator, left: bigint, right: bigint): Value {
  switch (operator) {
    case 'less':
      return left < right;
    case 'lessEqual':
      return left <= right;
    case 'add':
      return wrap(type, left + right);
    case 'subtract':
      return wrap(type, left - right);
    case 'multiply':
      return wrap(type, left * right);
    case 'divide':
      return right === 0n ? wrap(type, -1n) : wrap(type, left / right);
    case 'remainder':
      return right === 0n ? left : left % right;
    case 'bitAnd':
      return left & right;
    case 'bitOr':
      return left | right;
    case 'bitXor':
      return left ^ right;
    case 'shiftLeft':
      return right >= 64n ? 0n : wrap(type, left << right);
    case 'shiftRight':
      return left >> (right >= 64n ? 64n : right);
    default:
      return unused();
  }
}

const map = (value: Value): ReadonlyMap<string, Value> => (value instanceof Map ? value : unused());

/** Numbers, truth values, records and maps: enough to run pure code. */
const DOMAIN: Domain<Value> = {
  literal: (_type, value) => value,
  zero,
  known: (condition) => condition === true,
  unary: (operator, type, operand) => {
    if (operator === 'not') return operand !== true;
    const value = operand as bigint;
    return wrap(type as IntegerType, operator === 'negate' ? -value : ~value);
  },
  binary: (operator, type, left, right) => {
    if (operator === 'and') return left === true && right === true;
    if (operator === 'or') return left === true || right === true;
    if (operator === 'equal') return show(left) === show(right);
    return integer(type as IntegerType, operator, left as bigint, right as bigint);
  },
  conditional: unused,
  convert: (_from, to, operand) => wrap(to as IntegerType, operand as bigint),
  mapGet: (type: MapType, container, key) => map(container).get(show(key)) ?? zero(type.value),
  mapSet: (_type, container, key, value) => new Map([...map(container), [show(key), value]]),
  field: (_type, record, name) => map(record).get(name) ?? unused(),
  withField: (_type, record, name, value) => new Map([...map(record), [name, value]]),
  record: (type: RecordType, fields) =>
    new Map(type.fields.map((field, index) => [field.name, fields[index] ?? unused()])),
  sequence: unused,
  length: unused,
  element: unused,
  withElement: unused,
  append: unused,
  concat: unused,
  slice: unused,
  some: unused,
  isSome: unused,
  content: unused,
  member: unused,
  withMember: unused,
  builtin: unused,
  quantify: unused,
};

function show(value: Value): string {
  if (typeof value !== 'object') return String(value);
  return JSON.stringify([...map(value)].map(([key, each]) => [key, show(each)]));
}

/** Thrown where Go would panic. */
export class Panic extends Error {}

/** Runs pure code; the results as text. Throws {@link Panic} where a check fails. */
export function run(code: Code, args: readonly Value[], fuel = 10_000): readonly string[] {
  const driver: LocalDriver<Value> = {
    parameter: unused,
    state: unused,
    pending: unused,
    branch: unused,
    check: (condition, instruction) => {
      if (condition !== true) throw new Panic(instruction.code);
    },
    assume: unused,
  };
  const locals = code.locals.map((local, index) => args[index] ?? zero(local.type));
  let position = 0;
  for (let step = 0; step < fuel; step++) {
    const stop = advance(DOMAIN, driver, code, position, locals);
    const { instruction } = stop;
    if (instruction.kind === 'return') {
      return instruction.values.map((value) => show(evaluateLocal(DOMAIN, driver, locals, value)));
    }
    if (instruction.kind !== 'loop') throw new Error(`unexpected ${instruction.kind}`);
    position = stop.position + 1;
  }
  throw new Error('the code does not end');
}
