/** The types of generated programs. */
export type Type =
  | IntegerType
  | { readonly kind: 'bool' }
  | { readonly kind: 'string' }
  | StructType
  | { readonly kind: 'array'; readonly length: number; readonly element: Type }
  | { readonly kind: 'slice'; readonly element: Type }
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'pointer'; readonly element: Type };

export interface IntegerType {
  readonly kind: 'integer';
  readonly name: string;
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
}

export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly type: Type }[];
}

export const BOOL: Type = { kind: 'bool' };
export const STRING: Type = { kind: 'string' };
export const UINT64 = integer('uint64', 64, false);
export const INT = integer('int', 64, true);

/** The predeclared integer types. */
export const INTEGERS: readonly IntegerType[] = [
  UINT64,
  INT,
  integer('uint8', 8, false),
  integer('int8', 8, true),
  integer('uint32', 32, false),
  integer('int32', 32, true),
  integer('int64', 64, true),
  integer('uint16', 16, false),
  integer('int16', 16, true),
  integer('uint', 64, false),
];

export function integer(name: string, bits: IntegerType['bits'], signed: boolean): IntegerType {
  return { kind: 'integer', name, bits, signed };
}

/** The type as Go writes it. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'integer':
    case 'struct':
      return type.name;
    case 'bool':
    case 'string':
      return type.kind;
    case 'array':
      return `[${type.length}]${typeText(type.element)}`;
    case 'slice':
      return `[]${typeText(type.element)}`;
    case 'map':
      return `map[${typeText(type.key)}]${typeText(type.value)}`;
    case 'pointer':
      return `*${typeText(type.element)}`;
  }
}

export function sameType(left: Type, right: Type): boolean {
  return typeText(left) === typeText(right);
}

/** `==` is defined. */
export function isComparable(type: Type): boolean {
  switch (type.kind) {
    case 'integer':
    case 'bool':
    case 'string':
    case 'pointer':
      return true;
    case 'slice':
    case 'map':
      return false;
    case 'array':
      return isComparable(type.element);
    case 'struct':
      return type.fields.every((field) => isComparable(field.type));
  }
}
