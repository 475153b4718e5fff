import { identicalTypes } from './type-identity.js';
import type { FunctionType, GoType, InterfaceType, NamedType, TypeParameter, TypeTerm } from './type.js';
import { underlying } from './type.js';

/** Never a type parameter or named. */
type PlainType = Exclude<GoType, NamedType | TypeParameter>;

/** The interface that constrains a type parameter. */
export function constraintOf(type: TypeParameter): InterfaceType {
  const constraint = underlying(type.constraint);
  return constraint.kind === 'interface'
    ? constraint
    : { kind: 'interface', methods: [], comparable: false, terms: [{ tilde: false, type: type.constraint }] };
}

/** The types that a type parameter may stand for; null: any. A term's type is never a type parameter. */
export function termsOf(type: TypeParameter): readonly TypeTerm[] | null {
  return constraintOf(type).terms;
}

/** The predicate holds of the underlying type, for a type parameter of that of each type it may stand for. */
export function everyUnderlying(type: GoType, predicate: (plain: PlainType) => boolean): boolean {
  const plain = underlying(type);
  if (plain.kind !== 'parameter') return predicate(plain);
  const terms = termsOf(plain);
  return terms !== null && terms.length > 0 && terms.every((term) => everyUnderlying(term.type, predicate));
}

/**
 * The underlying type, for a type parameter the one that all types have that it may stand for (channels may differ in their direction); null:
 * there is none.
 */
export function coreType(type: GoType): PlainType | null {
  const plain = underlying(type);
  if (plain.kind !== 'parameter') return plain;
  const [first, ...rest] = (termsOf(plain) ?? []).map((term) => coreType(term.type));
  if (first == null) return null;
  let core: PlainType = first;
  for (const other of rest) {
    if (other === null) return null;
    if (identicalTypes(core, other)) continue;
    if (core.kind !== 'channel' || other.kind !== 'channel') return null;
    if (!identicalTypes(core.element, other.element)) return null;
    if (core.direction !== 'both' && other.direction !== 'both') return null;
    if (core.direction === 'both') core = other;
  }
  return core;
}

/** As {@link coreType}, but `string` for a type parameter that may be strings and slices of bytes. */
export function coreTypeOrString(type: GoType): PlainType | null {
  const core = coreType(type);
  if (core !== null) return core;
  const isText = everyUnderlying(type, (plain) => plain.kind === 'string' || isByteSlice(plain));
  return isText ? { kind: 'string' } : null;
}

export function isByteSlice(type: GoType): boolean {
  const plain = underlying(type);
  if (plain.kind !== 'slice') return false;
  const element = underlying(plain.element);
  return element.kind === 'integer' && element.name === 'uint8';
}

export function isRuneSlice(type: GoType): boolean {
  const plain = underlying(type);
  if (plain.kind !== 'slice') return false;
  const element = underlying(plain.element);
  return element.kind === 'integer' && element.name === 'int32';
}

/** `==` is defined on values of the type (on interfaces it may panic). */
export function isComparable(type: GoType): boolean {
  return comparability(type, true, new Set());
}

/** `==` is defined on values of the type and never panics. */
export function isStrictlyComparable(type: GoType): boolean {
  return comparability(type, false, new Set());
}

/** `seen`: what is being looked at; a type parameter may occur in its own constraint. */
function comparability(type: GoType, dynamic: boolean, seen: Set<unknown>): boolean {
  const identity = type.kind === 'named' ? type.declaration : type.kind === 'parameter' ? type.id : null;
  if (identity !== null) {
    if (seen.has(identity)) return true;
    seen.add(identity);
  }
  const plain = underlying(type);
  switch (plain.kind) {
    case 'bool':
    case 'string':
    case 'integer':
    case 'pointer':
    case 'channel':
      return true;
    case 'untyped':
      return plain.of !== 'nil';
    case 'interface':
      return (dynamic && plain.terms === null) || isComparableSet(plain, seen);
    case 'parameter':
      return isComparableSet(constraintOf(plain), seen);
    // These are structs of comparable fields; copies of them are refused elsewhere.
    case 'mutex':
    case 'sync':
      return true;
    case 'tuple':
    case 'slice':
    case 'map':
    case 'function':
      return false;
    case 'machine':
      return plain.comparable;
    case 'struct':
      return plain.fields.every((field) => comparability(field.type, dynamic, seen));
    case 'array':
      return comparability(plain.element, dynamic, seen);
  }
}

function isComparableSet(type: InterfaceType, seen: Set<unknown>): boolean {
  if (type.comparable) return true;
  return type.terms !== null && type.terms.every((term) => comparability(term.type, false, seen));
}

/** A value of the type has a lock, or another value of `sync` or `sync/atomic`, in it (not behind a pointer), so it must not be copied. */
export function containsLock(type: GoType): boolean {
  const plain = underlying(type);
  switch (plain.kind) {
    case 'mutex':
    case 'sync':
      return true;
    case 'struct':
      return plain.fields.some((field) => containsLock(field.type));
    case 'array':
      return containsLock(plain.element);
    case 'tuple':
      return plain.elements.some(containsLock);
    case 'bool':
    case 'string':
    case 'integer':
    case 'untyped':
    case 'pointer':
    case 'machine':
    case 'slice':
    case 'map':
    case 'channel':
    case 'function':
    case 'interface':
    case 'parameter':
      return false;
  }
}

/** `nil` is a value of the type. */
export function hasNil(type: GoType): boolean {
  return everyUnderlying(type, (plain) => {
    switch (plain.kind) {
      case 'pointer':
      case 'slice':
      case 'map':
      case 'channel':
      case 'function':
        return true;
      case 'interface':
        return plain.terms === null && !plain.comparable;
      case 'untyped':
        return plain.of === 'nil';
      default:
        return false;
    }
  });
}

/** The interface is a constraint only: variables cannot have it as their type. */
export function isConstraint(type: InterfaceType): boolean {
  return type.terms !== null || type.comparable;
}

/** A type for which `cap`, indexing and `range` go through a pointer: what a pointer to an array points to. */
export function arrayBehind(type: GoType): GoType | null {
  const plain = underlying(type);
  return plain.kind === 'pointer' && underlying(plain.element).kind === 'array' ? plain.element : null;
}

/** The results of a function as the type of a call. */
export function resultType({ results }: Pick<FunctionType, 'results'>): GoType {
  const [only] = results;
  return only !== undefined && results.length === 1 ? only : { kind: 'tuple', elements: results };
}
