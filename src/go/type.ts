import type { Span } from '../base/source.js';
import type { Annotation, Expression, TypeDeclaration } from './ast.js';

/**
 * The types of the Go subset. Two types are identical exactly when {@link identicalTypes} says so; never compare
 * them by reference.
 */
export type GoType =
  | { readonly kind: 'bool' }
  /** Exists for constants only (messages of `panic`). */
  | { readonly kind: 'string' }
  | IntegerType
  /** The type of a constant that has not got one yet. In a checked package only untyped constant declarations and operands of constant
   * comparisons and of the initialisers of untyped constants have it. */
  | UntypedType
  | NamedType
  | StructType
  | ArrayType
  /** Only receivers, and `&x` that a method call implies. */
  | { readonly kind: 'pointer'; readonly element: GoType }
  /** `sync.Mutex`. */
  | { readonly kind: 'mutex' }
  | MachineType
  /** Results of a call that has none or several. */
  | { readonly kind: 'tuple'; readonly elements: readonly GoType[] };

/** `byte` is `uint8` and `rune` is `int32`; `int` and `uint` have 64 bits but are types of their own. */
export interface IntegerType {
  readonly kind: 'integer';
  readonly name: IntegerName;
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
}

export type IntegerName =
  'int' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint' | 'uint8' | 'uint16' | 'uint32' | 'uint64';

export interface UntypedType {
  readonly kind: 'untyped';
  readonly of: 'int' | 'rune' | 'bool' | 'string';
}

/** A type that the package declares; `underlying` is never named. */
export interface NamedType {
  readonly kind: 'named';
  readonly name: string;
  readonly declaration: TypeDeclaration;
}

export interface StructType {
  readonly kind: 'struct';
  readonly fields: readonly Field[];
}

/** An array; `lengthExpression` is how the source says its length (a reference to a constant, mostly). */
export interface ArrayType {
  readonly kind: 'array';
  readonly length: bigint;
  readonly lengthExpression: Expression;
  readonly element: GoType;
}

/** A type of a machine package, such as `disk.Block`: a value that is copied by assignment and not looked into. */
export interface MachineType {
  readonly kind: 'machine';
  /** Import path of the package. */
  readonly path: string;
  readonly packageName: string;
  readonly name: string;
  /** `==` and `!=` are defined. */
  readonly comparable: boolean;
}

export interface Field {
  readonly name: string;
  readonly type: GoType;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
}

export const BOOL: GoType = { kind: 'bool' };
export const STRING: GoType = { kind: 'string' };
export const MUTEX: GoType = { kind: 'mutex' };
export const NOTHING: GoType = { kind: 'tuple', elements: [] };
export const UNTYPED_INT: UntypedType = { kind: 'untyped', of: 'int' };
export const UNTYPED_RUNE: UntypedType = { kind: 'untyped', of: 'rune' };
export const UNTYPED_BOOL: UntypedType = { kind: 'untyped', of: 'bool' };
export const UNTYPED_STRING: UntypedType = { kind: 'untyped', of: 'string' };

/** The integer type of that name. */
export function integerType(name: IntegerName): IntegerType {
  const digits = /\d+$/.exec(name)?.[0] ?? '64';
  return { kind: 'integer', name, bits: Number(digits) as 8 | 16 | 32 | 64, signed: !name.startsWith('u') };
}

/** The underlying type: that of a named type, else the type itself. */
export function underlying(type: GoType): Exclude<GoType, NamedType> {
  return type.kind === 'named' ? type.declaration.underlying : type;
}

/** Go's type identity. */
export function identicalTypes(left: GoType, right: GoType): boolean {
  switch (left.kind) {
    case 'bool':
    case 'string':
    case 'mutex':
      return right.kind === left.kind;
    case 'integer':
      return right.kind === 'integer' && left.name === right.name;
    case 'untyped':
      return right.kind === 'untyped' && left.of === right.of;
    case 'named':
      return right.kind === 'named' && left.declaration === right.declaration;
    case 'struct':
      return (
        right.kind === 'struct' &&
        sameLength(left.fields, right.fields) &&
        left.fields.every((field, index) => {
          const other = right.fields[index];
          return other?.name === field.name && identicalTypes(field.type, other.type);
        })
      );
    case 'array':
      return (
        right.kind === 'array' && left.length === right.length && identicalTypes(left.element, right.element)
      );
    case 'pointer':
      return right.kind === 'pointer' && identicalTypes(left.element, right.element);
    case 'machine':
      return right.kind === 'machine' && left.path === right.path && left.name === right.name;
    case 'tuple':
      return (
        right.kind === 'tuple' &&
        sameLength(left.elements, right.elements) &&
        left.elements.every((element, index) => identicalTypes(element, right.elements[index] ?? NOTHING))
      );
  }
}

function sameLength(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length;
}

/** `==` is defined on values of the type. */
export function isComparable(type: GoType): boolean {
  const plain = underlying(type);
  switch (plain.kind) {
    case 'bool':
    case 'string':
    case 'integer':
    case 'untyped':
    case 'pointer':
      return true;
    case 'mutex':
    case 'tuple':
      return false;
    case 'machine':
      return plain.comparable;
    case 'struct':
      return plain.fields.every((field) => isComparable(field.type));
    case 'array':
      return isComparable(plain.element);
  }
}

/** A value of the type has a lock in it, so it must not be copied. */
export function containsLock(type: GoType): boolean {
  const plain = underlying(type);
  switch (plain.kind) {
    case 'mutex':
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
      return false;
  }
}

/** The type as Go spells it. */
export function showGoType(type: GoType): string {
  switch (type.kind) {
    case 'bool':
    case 'string':
      return type.kind;
    case 'integer':
      return type.name;
    case 'untyped':
      return `untyped ${type.of}`;
    case 'named':
      return type.name;
    case 'struct':
      return `struct{${type.fields.map((field) => `${field.name} ${showGoType(field.type)}`).join('; ')}}`;
    case 'array':
      return `[${type.length}]${showGoType(type.element)}`;
    case 'pointer':
      return `*${showGoType(type.element)}`;
    case 'mutex':
      return 'sync.Mutex';
    case 'machine':
      return `${type.packageName}.${type.name}`;
    case 'tuple':
      return `(${type.elements.map(showGoType).join(', ')})`;
  }
}
