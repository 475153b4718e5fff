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
