import type { Sort } from './sort.js';

/** A value in a model; machine integers are unsigned, elements of uninterpreted sorts are named. */
export type ModelValue = boolean | bigint | string | ModelArray;

/** A total map: all keys but those of the entries have the default. */
export interface ModelArray {
  readonly kind: 'array';
  readonly default: ModelValue;
  readonly entries: readonly { readonly key: ModelValue; readonly value: ModelValue }[];
}

/** Equal values have equal keys. */
export function valueKey(value: ModelValue): string {
  if (typeof value !== 'object') return `${typeof value} ${String(value)}`;
  const fallback = valueKey(value.default);
  const entries = value.entries
    .map((entry) => [valueKey(entry.key), valueKey(entry.value)] as const)
    .filter(([, element]) => element !== fallback)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `array ${JSON.stringify([fallback, entries])}`;
}

export function readElement(array: ModelValue, key: ModelValue): ModelValue {
  if (typeof array !== 'object') throw new Error('read of what is no array');
  const wanted = valueKey(key);
  return array.entries.find((entry) => valueKey(entry.key) === wanted)?.value ?? array.default;
}

export function writeElement(array: ModelValue, key: ModelValue, value: ModelValue): ModelArray {
  if (typeof array !== 'object') throw new Error('write to what is no array');
  const wanted = valueKey(key);
  const others = array.entries.filter((entry) => valueKey(entry.key) !== wanted);
  return { kind: 'array', default: array.default, entries: [...others, { key, value }] };
}

/** As far as indices below it are told apart from others where the parts have different defaults. */
const MOST_TOLD_APART = 256n;

/** The array that is `low` below `split` and `high` from there on; exact at the first 256 indices and at all that are mentioned. */
export function joinArrays(split: bigint, low: ModelValue, high: ModelValue): ModelArray {
  if (typeof low !== 'object' || typeof high !== 'object') throw new Error('parts that are no arrays');
  const below = (key: ModelValue): boolean => typeof key === 'bigint' && key < split;
  const told = split < MOST_TOLD_APART ? split : MOST_TOLD_APART;
  const counted = Array.from({ length: Number(told) }, (_, index) => BigInt(index));
  const keys = new Set([...counted, ...[...low.entries, ...high.entries].map((entry) => entry.key)]);
  const entries = [...keys].map((key) => ({ key, value: readElement(below(key) ? low : high, key) }));
  return { kind: 'array', default: high.default, entries };
}

/** The array with the element of `array` at i + offset at each index i of this width. */
export function shiftArray(array: ModelValue, offset: bigint, width: number): ModelArray {
  if (typeof array !== 'object') throw new Error('shift of what is no array');
  const entries = array.entries.map(({ key, value }) => {
    if (typeof key !== 'bigint') throw new Error('shift of an array whose indices are no numbers');
    return { key: BigInt.asUintN(width, key - offset), value };
  });
  return { ...array, entries };
}

/** The value that what a model leaves open has. */
export function defaultValue(sort: Sort): ModelValue {
  switch (sort.kind) {
    case 'bool':
      return false;
    case 'bitvector':
      return 0n;
    case 'uninterpreted':
      return `${sort.name}!val!0`;
    case 'array':
      return { kind: 'array', default: defaultValue(sort.element), entries: [] };
  }
}
