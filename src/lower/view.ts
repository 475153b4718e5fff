import type { Expression, Type } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import { compare, conditional, defaultOf, literal } from './operators.js';
import { mapType } from './snapshot.js';
import { fieldOf, objectOf } from './reference.js';
import { referenceOf } from './region.js';

/** Gives the content of an object of the region that a type of references refers to. */
export type ContentOf = (reference: Type, object: Expression) => Expression;

/**
 * What formulas see of a reference: a slice is the sequence of its elements, a map is a map to options; a pointer is seen by its fields
 * only. Null: the value is no such reference.
 */
export function viewOf(value: Expression, contentOf: ContentOf): Expression | null {
  const reference = referenceOf(value.type);
  if (reference === null || reference.kind === 'pointer') return null;
  const content = contentOf(value.type, objectOf(value));
  if (reference.kind === 'slice') {
    return {
      kind: 'gather',
      source: content,
      from: fieldOf(value, 'offset'),
      count: fieldOf(value, 'length'),
      type: { kind: 'seq', element: mapType(content.type).value },
    };
  }
  const entries = content.type.kind === 'record' ? content.type.fields[0] : undefined;
  if (entries === undefined) throw new Error('not the content of a map');
  const { name, type } = entries;
  const isNil = compare('equal', objectOf(value), literal(UINT64, 0n));
  return conditional(isNil, defaultOf(type), { kind: 'field', record: content, name, type });
}

/**
 * Names for a value and its parts: `x`, `x.f` for the fields of a struct or of what a pointer points to, and `m.made` for a map. With
 * `references` also pointers themselves, to be compared with nil.
 */
export function viewsOf(
  name: string,
  value: Expression,
  contentOf: ContentOf,
  references = false,
): readonly (readonly [string, Expression])[] {
  const view = viewOf(value, contentOf);
  if (view !== null) {
    if (referenceOf(value.type)?.kind !== 'map') return [[name, view]];
    return [
      [name, view],
      [`${name}.made`, compare('less', literal(UINT64, 0n), objectOf(value))],
    ];
  }
  const isPointer = referenceOf(value.type) !== null;
  const pointee = isPointer ? pointed(value, contentOf) : value;
  const own: readonly (readonly [string, Expression])[] = isPointer && !references ? [] : [[name, value]];
  if (pointee?.type.kind !== 'record') return own;
  const { fields } = pointee.type;
  return [
    ...own,
    ...fields.flatMap((field): readonly (readonly [string, Expression])[] => {
      const part: Expression = { kind: 'field', record: pointee, name: field.name, type: field.type };
      // Nothing behind a second pointer: types may be recursive.
      const partName = `${name}.${field.name}`;
      if (referenceOf(field.type)?.kind === 'pointer') return references ? [[partName, part]] : [];
      return viewsOf(partName, part, contentOf, references);
    }),
  ];
}

/** What a pointer points to; null: it points to an array. */
function pointed(pointer: Expression, contentOf: ContentOf): Expression | null {
  const content = contentOf(pointer.type, objectOf(pointer));
  if (content.type.kind !== 'map') return null;
  return { kind: 'index', collection: content, key: fieldOf(pointer, 'index'), type: content.type.value };
}
