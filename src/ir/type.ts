/**
 * The types of values that layers, annotations and Go code share once lowered.
 *
 * A `map` is total: a key that was never written has the default value of its value type. A `seq` is a
 * finite sequence of fewer than 2^64 elements. A `block` is a disk block, of which only the first eight
 * bytes can be looked at as a number (`number`), and which `block` builds from a number and zeros.
 */
export type Type =
  | { readonly kind: 'bool' }
  | IntegerType
  | { readonly kind: 'block' }
  | { readonly kind: 'thread' }
  | EnumType
  | RecordType
  | MapType
  | SeqType
  | SetType
  | OptionType;

/** A machine integer: two's complement when signed; every operation wraps as Go's does. */
export interface IntegerType {
  readonly kind: 'integer';
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
}

export interface EnumType {
  readonly kind: 'enum';
  readonly name: string;
  readonly cases: readonly string[];
}

export interface RecordType {
  readonly kind: 'record';
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly type: Type }[];
}

export interface MapType {
  readonly kind: 'map';
  readonly key: Type;
  readonly value: Type;
}

export interface SeqType {
  readonly kind: 'seq';
  readonly element: Type;
}

export interface SetType {
  readonly kind: 'set';
  readonly element: Type;
}

export interface OptionType {
  readonly kind: 'option';
  readonly value: Type;
}

export const BOOL: Type = { kind: 'bool' };
export const BLOCK: Type = { kind: 'block' };
export const THREAD: Type = { kind: 'thread' };
export const UINT64: IntegerType = { kind: 'integer', bits: 64, signed: false };

/** Structural equality; enums and records are equal when their names are. */
export function sameType(left: Type, right: Type): boolean {
  switch (left.kind) {
    case 'bool':
    case 'block':
    case 'thread':
      return left.kind === right.kind;
    case 'integer':
      return right.kind === 'integer' && left.bits === right.bits && left.signed === right.signed;
    case 'enum':
    case 'record':
      return right.kind === left.kind && left.name === right.name;
    case 'map':
      return right.kind === 'map' && sameType(left.key, right.key) && sameType(left.value, right.value);
    case 'seq':
    case 'set':
      return right.kind === left.kind && sameType(left.element, right.element);
    case 'option':
      return right.kind === 'option' && sameType(left.value, right.value);
  }
}

/** The type as layer files spell it. */
export function showType(type: Type): string {
  switch (type.kind) {
    case 'bool':
      return 'bool';
    case 'block':
      return 'Block';
    case 'thread':
      return 'thread';
    case 'integer':
      return `${type.signed ? 'int' : 'uint'}${type.bits}`;
    case 'enum':
    case 'record':
      return type.name;
    case 'map':
      return `map[${showType(type.key)}]${showType(type.value)}`;
    case 'seq':
    case 'set':
      return `${type.kind}[${showType(type.element)}]`;
    case 'option':
      return `option[${showType(type.value)}]`;
  }
}
