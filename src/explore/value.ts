import { unreachable } from '../base/diagnostic.js';
import type { Type } from '../ir/index.js';

/**
 * A concrete value. Integers are mathematical values within the range of their type; an enum is the index of its case; a block is
 * the number n of `block(n)`, its other bytes being zero; a thread is its number. Everything else is a {@link Structure}.
 */
export type Value = bigint | boolean | Structure;

/** Structured values are immutable and canonical: two are equal exactly when their keys are. */
export type Structure = MapValue | ListValue;

/** A map: a value for all keys, and the keys that have another one, sorted. A set is a map to truth values. */
export interface MapValue {
  readonly kind: 'map';
  readonly key: string;
  readonly fallback: Value;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  readonly key: Value;
  readonly value: Value;
}

/** The elements of a sequence, the fields of a record, or the content (if any) of an option. */
export interface ListValue {
  readonly kind: 'list';
  readonly key: string;
  readonly elements: readonly Value[];
}

/** The canonical text of a value: values of one type are equal exactly when their keys are. */
export function keyOf(value: Value): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return value.key;
}

/** The canonical text of a list of values. */
export function keyOfAll(values: readonly Value[]): string {
  return values.map(keyOf).join(';');
}

export function sameValue(left: Value, right: Value): boolean {
  return left === right || keyOf(left) === keyOf(right);
}

export function list(elements: readonly Value[]): ListValue {
  return { kind: 'list', key: `[${elements.map(keyOf).join(',')}]`, elements };
}

export function constantMap(fallback: Value): MapValue {
  return mapOf(fallback, new Map());
}

export function mapGet(map: MapValue, key: Value): Value {
  return map.entries.get(keyOf(key))?.value ?? map.fallback;
}

export function mapSet(map: MapValue, key: Value, value: Value): MapValue {
  const old = map.entries.get(keyOf(key))?.value ?? map.fallback;
  return sameValue(old, value) ? map : mapSetAll(map, [{ key, value }]);
}

/** The map with several changes, made one after the other: it is put in order, and gets its text, only once. */
export function mapSetAll(map: MapValue, changes: Iterable<Entry>): MapValue {
  const entries = new Map(map.entries);
  for (const { key, value } of changes) {
    if (sameValue(value, map.fallback)) entries.delete(keyOf(key));
    else entries.set(keyOf(key), { key, value });
  }
  return mapOf(map.fallback, entries);
}

/** The map with other names for its keys, none of which become equal, and for its values. */
export function renamedMap(
  map: MapValue,
  renamedKey: (key: Value) => Value,
  renamedValue: (value: Value) => Value,
): MapValue {
  const entries = [...map.entries.values()].map((entry): [string, Entry] => {
    const key = renamedKey(entry.key);
    return [keyOf(key), { key, value: renamedValue(entry.value) }];
  });
  return mapOf(renamedValue(map.fallback), new Map(entries));
}

function mapOf(fallback: Value, entries: ReadonlyMap<string, Entry>): MapValue {
  const sorted = [...entries].sort(([, left], [, right]) => compareValues(left.key, right.key));
  const text = sorted.map(([name, entry]) => `${name}:${keyOf(entry.value)}`).join(',');
  return { kind: 'map', key: `{${keyOf(fallback)}|${text}}`, fallback, entries: new Map(sorted) };
}

/** A total order: numbers by size, everything else by its text. */
export function compareValues(left: Value, right: Value): number {
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0;
  const [first, second] = [keyOf(left), keyOf(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}

export function asInteger(value: Value): bigint {
  if (typeof value !== 'bigint') throw new Error('expected a number');
  return value;
}

export function asBoolean(value: Value): boolean {
  if (typeof value !== 'boolean') throw new Error('expected a truth value');
  return value;
}

export function asMap(value: Value): MapValue {
  if (typeof value !== 'object' || value.kind !== 'map') throw new Error('expected a map');
  return value;
}

export function elementsOf(value: Value): readonly Value[] {
  if (typeof value !== 'object' || value.kind !== 'list') throw new Error('expected a list');
  return value.elements;
}

/** The zero value of a type, as `default` of the expression language. */
export function zeroOf(type: Type): Value {
  switch (type.kind) {
    case 'bool':
      return false;
    case 'integer':
    case 'block':
    case 'thread':
    case 'enum':
      return 0n;
    case 'record':
      return list(type.fields.map((field) => zeroOf(field.type)));
    case 'map':
      return constantMap(zeroOf(type.value));
    case 'set':
      return constantMap(false);
    case 'seq':
    case 'option':
      return list([]);
    default:
      return unreachable(type);
  }
}

/** The value as reports print it; of a map only what differs from the zero value. */
export function showValue(type: Type, value: Value): string {
  switch (type.kind) {
    case 'bool':
      return String(asBoolean(value));
    case 'integer':
      return String(asInteger(value));
    case 'block':
      return `block(${String(asInteger(value))})`;
    case 'thread':
      return `thread ${String(asInteger(value))}`;
    case 'enum':
      return type.cases[Number(asInteger(value))] ?? keyOf(value);
    case 'record':
      return `{${type.fields.map(({ name, type: inner }, index) => `${name}: ${showElement(inner, value, index)}`).join(', ')}}`;
    case 'seq':
      return `[${elementsOf(value)
        .map((element) => showValue(type.element, element))
        .join(', ')}]`;
    case 'option':
      return elementsOf(value).length === 0 ? 'none' : `some(${showElement(type.value, value, 0)})`;
    case 'map':
      return `{${mapEntries(value)
        .map((entry) => `${showValue(type.key, entry.key)}: ${showValue(type.value, entry.value)}`)
        .join(', ')}}`;
    case 'set':
      return `{${mapEntries(value)
        .map((entry) => showValue(type.element, entry.key))
        .join(', ')}}`;
    default:
      return unreachable(type);
  }
}

export function mapEntries(value: Value): readonly Entry[] {
  return [...asMap(value).entries.values()];
}

function showElement(type: Type, value: Value, index: number): string {
  const element = elementsOf(value)[index];
  return element === undefined ? '?' : showValue(type, element);
}
