import type { Type } from '../ir/index.js';

/** A class of numbers that are compared with each other. Joined classes point to the one that stands for them. */
interface Sort {
  joined: Sort | null;
  /** Whether something tells its numbers apart. */
  fixed: boolean;
  /** Numbers below this are treated alike by comparisons with parameters; null: there are none. */
  bound: bigint | null;
}

/** A type with a sort at each integer. */
export type Shape =
  | { readonly kind: 'number'; readonly sort: Sort }
  | { readonly kind: 'block' }
  | { readonly kind: 'plain' }
  /** A sequence or an option. */
  | { readonly kind: 'elements'; readonly element: Shape }
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, Shape> }
  /** A map or a set. */
  | { readonly kind: 'map'; readonly key: Shape; readonly value: Shape };

export const PLAIN: Shape = { kind: 'plain' };

/** A shape in which every integer has a sort of its own. */
export function freshShape(type: Type): Shape {
  switch (type.kind) {
    case 'integer':
      return { kind: 'number', sort: { joined: null, fixed: false, bound: null } };
    case 'block':
      return { kind: 'block' };
    case 'bool':
    case 'enum':
    case 'thread':
      return PLAIN;
    case 'seq':
      return { kind: 'elements', element: freshShape(type.element) };
    case 'option':
      return { kind: 'elements', element: freshShape(type.value) };
    case 'set':
      return { kind: 'map', key: freshShape(type.element), value: PLAIN };
    case 'map':
      return { kind: 'map', key: freshShape(type.key), value: freshShape(type.value) };
    case 'record':
      return {
        kind: 'record',
        fields: new Map(type.fields.map((field) => [field.name, freshShape(field.type)])),
      };
  }
}

export function sortOf(sort: Sort): Sort {
  let found = sort;
  while (found.joined !== null) found = found.joined;
  return found;
}

/** Values of the two shapes meet: what tells numbers of one apart tells those of the other apart. */
export function join(left: Shape, right: Shape): Shape {
  if (left.kind === 'number' && right.kind === 'number') joinSorts(sortOf(left.sort), sortOf(right.sort));
  else if (left.kind === 'elements' && right.kind === 'elements') join(left.element, right.element);
  else if (left.kind === 'map' && right.kind === 'map') {
    join(left.key, right.key);
    join(left.value, right.value);
  } else if (left.kind === 'record' && right.kind === 'record') {
    for (const [name, field] of left.fields) join(field, right.fields.get(name) ?? field);
  } else if (left.kind !== right.kind) {
    fix(left);
    fix(right);
  }
  return left;
}

function joinSorts(left: Sort, right: Sort): void {
  if (left === right) return;
  right.joined = left;
  left.fixed ||= right.fixed;
  limit(left, right.bound);
}

/** Numbers of this shape are compared with a parameter. */
export function compareWith(shape: Shape, bound: bigint): void {
  if (shape.kind === 'number') limit(sortOf(shape.sort), bound);
}

function limit(sort: Sort, bound: bigint | null): void {
  if (bound !== null && (sort.bound === null || bound < sort.bound)) sort.bound = bound;
}

/** Something tells the numbers in values of this shape apart. */
export function fix(shape: Shape): Shape {
  forEachSort(shape, true, (sort) => {
    sort.fixed = true;
  });
  return shape;
}

/** The zero value of this shape occurs: it tells 0 from the others, except as a key of maps, which have no keys then. */
export function fixZero(shape: Shape): Shape {
  forEachSort(shape, false, (sort) => {
    sort.fixed = true;
  });
  return shape;
}

function forEachSort(shape: Shape, inside: boolean, visit: (sort: Sort) => void): void {
  switch (shape.kind) {
    case 'number':
      visit(sortOf(shape.sort));
      return;
    case 'block':
    case 'plain':
      return;
    case 'elements':
      if (inside) forEachSort(shape.element, inside, visit);
      return;
    case 'map':
      if (inside) forEachSort(shape.key, inside, visit);
      forEachSort(shape.value, inside, visit);
      return;
    case 'record':
      for (const field of shape.fields.values()) forEachSort(field, inside, visit);
  }
}
