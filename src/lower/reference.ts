import type { Expression, Type } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type { Lowering } from './lowering.js';
import { arithmetic, compare, literal } from './operators.js';
import { hasReferences, referenceOf } from './region.js';

/** A field of a reference: `object`, `offset`, ... */
export function fieldOf(reference: Expression, name: string): Expression {
  if (reference.kind === 'default') return literal(UINT64, 0n);
  if (reference.kind === 'record') {
    const value = reference.fields[reference.type.fields.findIndex((each) => each.name === name)];
    if (value !== undefined) return value;
  }
  return { kind: 'field', record: reference, name, type: UINT64 };
}

/** The number of the object that a reference refers to; 0 for nil. */
export function objectOf(reference: Expression): Expression {
  return fieldOf(reference, 'object');
}

/** A sum of numbers; zero is left out. */
export function sum(left: Expression, right: Expression): Expression {
  if (isZero(left)) return right;
  if (isZero(right)) return left;
  return arithmetic('add', left, right);
}

/** A difference of numbers; zero is left out. */
export function difference(left: Expression, right: Expression): Expression {
  return isZero(right) ? left : arithmetic('subtract', left, right);
}

function isZero(value: Expression): boolean {
  return value.kind === 'literal' && value.value === 0n;
}

/** A value of a reference type. The region is that of the type, so the object must be one of that region. */
export function referTo(type: Type, fields: readonly Expression[]): Expression {
  if (type.kind !== 'record' || referenceOf(type) === null) throw new Error('no reference type');
  return { kind: 'record', type, fields };
}

/** The largest `int`. */
const LARGEST_INT = literal(UINT64, (1n << 63n) - 1n);

/** That a number can be a length. */
export function isLength(value: Expression): Expression {
  return compare('lessEqual', value, LARGEST_INT);
}

/**
 * Assumes of a value from memory, or from an earlier round of a loop, what is true of every value: its references are to objects that exist, and a
 * slice does not extend beyond them.
 */
export function assumeWellFormed(lowering: Lowering, value: Expression): void {
  for (const condition of wellFormed(lowering, value)) {
    lowering.builder.emit({ kind: 'assume', condition, reason: 'memory' });
  }
}

function wellFormed(lowering: Lowering, value: Expression): readonly Expression[] {
  const { type } = value;
  if (type.kind !== 'record' || value.kind === 'record' || value.kind === 'default') return [];
  const reference = referenceOf(type);
  if (reference === null) {
    return type.fields
      .filter((field) => hasReferences(field.type))
      .flatMap(({ name, type: fieldType }) =>
        wellFormed(lowering, { kind: 'field', record: value, name, type: fieldType }),
      );
  }
  const exists = compare('lessEqual', objectOf(value), lowering.regions.countOf(type));
  if (reference.kind !== 'slice') return [exists];
  const [offset, length, capacity] = ['offset', 'length', 'capacity'].map((name) => fieldOf(value, name));
  if (offset === undefined || length === undefined || capacity === undefined) return [exists];
  return [
    exists,
    compare('lessEqual', length, capacity),
    isLength(capacity),
    compare('lessEqual', offset, arithmetic('subtract', LARGEST_INT, capacity)),
  ];
}
