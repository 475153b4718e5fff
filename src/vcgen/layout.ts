import { unreachable } from '../base/diagnostic.js';
import type { Sort, Term } from '../encoding/index.js';
import {
  apply,
  arraySort,
  BLOCK_SORT,
  BOOL_SORT,
  bitvector,
  bitvectorSort,
  constant,
  constantArray,
  FALSE,
  select,
  store,
  uninterpretedSort,
} from '../encoding/index.js';
import type { RecordType, Type } from '../ir/index.js';

/**
 * A symbolic value is the list of its leaves, each a term of a simple sort:
 * scalars are one leaf; a record is the leaves of its fields; an option is a presence flag and the leaves of its content; a map
 * is, for each leaf of its value type, an array curried over the leaves of its key; a set is such an array of truth values; a
 * sequence is its length and, for each leaf of its element, an array over positions (what stands beyond the length is arbitrary).
 */
export type SymbolicValue = readonly Term[];

export const THREAD_SORT = uninterpretedSort('Thread');
export const POSITION_SORT = bitvectorSort(64);
/** More cases than any program text can spell. */
const ENUM_BITS = 32;

/** The sorts of a type's leaves, in order. */
export function leafSorts(type: Type): readonly Sort[] {
  switch (type.kind) {
    case 'bool':
      return [BOOL_SORT];
    case 'integer':
      return [bitvectorSort(type.bits)];
    case 'enum':
      return [bitvectorSort(ENUM_BITS)];
    case 'block':
      return [BLOCK_SORT];
    case 'thread':
      return [THREAD_SORT];
    case 'record':
      return type.fields.flatMap((field) => leafSorts(field.type));
    case 'option':
      return [BOOL_SORT, ...leafSorts(type.value)];
    case 'map':
      return leafSorts(type.value).map((sort) => curriedSort(leafSorts(type.key), sort));
    case 'set':
      return [curriedSort(leafSorts(type.element), BOOL_SORT)];
    case 'seq':
      return [POSITION_SORT, ...leafSorts(type.element).map((sort) => arraySort(POSITION_SORT, sort))];
    default:
      return unreachable(type);
  }
}

/** Arrays over threads. */
export function arraySortOfThreads(element: Sort): Sort {
  return arraySort(THREAD_SORT, element);
}

function curriedSort(keys: readonly Sort[], element: Sort): Sort {
  return keys.reduceRight((inner, key) => arraySort(key, inner), element);
}

/** A fresh symbol for each leaf; the caller keeps names unique. */
export function symbolicConstant(name: string, type: Type): SymbolicValue {
  const sorts = leafSorts(type);
  return sorts.map((sort, index) => constant(sorts.length === 1 ? name : `${name}.${index}`, sort));
}

/** The zero value of a type. */
export function zeroValue(type: Type): SymbolicValue {
  return leafSorts(type).map(zeroLeaf);
}

function zeroLeaf(sort: Sort): Term {
  switch (sort.kind) {
    case 'bool':
      return FALSE;
    case 'bitvector':
      return bitvector(0n, sort.width);
    case 'array':
      return constantArray(sort, zeroLeaf(sort.element));
    case 'uninterpreted':
      return sort === BLOCK_SORT
        ? apply('blockOf', [bitvector(0n, 64)], BLOCK_SORT)
        : constant('no-thread', sort);
  }
}

/** Reads one leaf of a map under the leaves of a key. */
export function curriedSelect(array: Term, keys: readonly Term[]): Term {
  return keys.reduce((inner, key) => select(inner, key), array);
}

/** Writes one leaf of a map under the leaves of a key. */
export function curriedStore(array: Term, keys: readonly Term[], value: Term): Term {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  return store(array, key, rest.length === 0 ? value : curriedStore(select(array, key), rest, value));
}

/** Where a field's leaves stand among its record's. */
export function fieldRange(
  type: RecordType,
  name: string,
): { readonly start: number; readonly end: number; readonly type: Type } {
  let start = 0;
  for (const field of type.fields) {
    const end = start + leafSorts(field.type).length;
    if (field.name === name) return { start, end, type: field.type };
    start = end;
  }
  throw new Error(`record ${type.name} has no field ${name}`);
}
