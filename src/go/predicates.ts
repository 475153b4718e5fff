import { everyUnderlying } from './type-set.js';
import type { GoType } from './type.js';

/** Booleans, for a type parameter all of its types. */
export function isBoolean(type: GoType): boolean {
  return everyUnderlying(
    type,
    (plain) => plain.kind === 'bool' || (plain.kind === 'untyped' && plain.of === 'bool'),
  );
}

/** Integers, also untyped ones. */
export function isInteger(type: GoType): boolean {
  return everyUnderlying(
    type,
    (plain) =>
      plain.kind === 'integer' || (plain.kind === 'untyped' && (plain.of === 'int' || plain.of === 'rune')),
  );
}

/** Integers, also untyped ones, and untyped floating-point constants. */
export function isNumeric(type: GoType): boolean {
  return isInteger(type) || (type.kind === 'untyped' && type.of === 'float');
}

export function isString(type: GoType): boolean {
  return everyUnderlying(
    type,
    (plain) => plain.kind === 'string' || (plain.kind === 'untyped' && plain.of === 'string'),
  );
}

/** `<` and `+` are defined. */
export function isOrdered(type: GoType): boolean {
  return everyUnderlying(type, (plain) => {
    if (plain.kind === 'untyped') return plain.of !== 'bool' && plain.of !== 'nil';
    return plain.kind === 'integer' || plain.kind === 'string';
  });
}
