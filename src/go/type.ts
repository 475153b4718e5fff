import type { Span } from '../base/source.js';
import type { Annotation, TypeDeclaration } from './ast.js';
import type { Expression } from './expression.js';

/**
 * The types of the Go subset. Two types are identical exactly when `identicalTypes` says so; never compare
 * them by reference. In what runs of a checked package no {@link TypeParameter} occurs: generic code is there once for each use.
 */
export type GoType =
  | { readonly kind: 'bool' }
  | { readonly kind: 'string' }
  | IntegerType
  /** The type of a constant that has not got one yet. In a checked package only untyped constant declarations and operands of constant
   * comparisons and of the initialisers of untyped constants have it. */
  | UntypedType
  | NamedType
  | StructType
  | ArrayType
  | SliceType
  | PointerType
  | MapType
  | ChannelType
  | FunctionType
  | InterfaceType
  | TypeParameter
  /** `sync.Mutex`. */
  | { readonly kind: 'mutex' }
  | SyncType
  | MachineType
  /** Results of a call that has none or several, or of an operation with `, ok`. */
  | TupleType;

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
  /** `float` for constants only: they are converted to integers, or refused. */
  readonly of: 'int' | 'rune' | 'float' | 'bool' | 'string' | 'nil';
}

/** A declared type; `declaration.underlying` is never named. Each instance of a generic type has a declaration of its own. */
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

export interface SliceType {
  readonly kind: 'slice';
  readonly element: GoType;
}

export interface PointerType {
  readonly kind: 'pointer';
  readonly element: GoType;
}

export interface MapType {
  readonly kind: 'map';
  readonly key: GoType;
  readonly value: GoType;
}

export interface ChannelType {
  readonly kind: 'channel';
  readonly direction: 'both' | 'send' | 'receive';
  readonly element: GoType;
}

export interface FunctionType {
  readonly kind: 'function';
  readonly parameters: readonly GoType[];
  readonly results: readonly GoType[];
  /** The last parameter is `...T`; its type in `parameters` is the slice. */
  readonly variadic: boolean;
}

export interface InterfaceType {
  readonly kind: 'interface';
  /** All methods, those of embedded interfaces among them, by name. */
  readonly methods: readonly InterfaceMethod[];
  /** Types that a constraint lists; null: it lists none. Variables have no such type. */
  readonly terms: readonly TypeTerm[] | null;
  /** Is, or embeds, `comparable`. */
  readonly comparable: boolean;
  /** As it was written, for messages: an interface may contain itself through its methods. */
  readonly written?: WrittenInterface;
}

/** The methods and the embedded elements that stand in an interface itself. */
export interface WrittenInterface {
  readonly methods: readonly InterfaceMethod[];
  readonly elements: readonly (readonly TypeTerm[])[];
}

export interface InterfaceMethod {
  readonly name: string;
  /** Of a name that is not exported: the package that it belongs to. */
  readonly packagePath: string | null;
  readonly type: FunctionType;
  readonly span: Span;
}

/** `T`, or `~T`: all types whose underlying type is that of `T`. */
export interface TypeTerm {
  readonly tilde: boolean;
  readonly type: GoType;
}

/** A type parameter, inside of generic code that is being checked. */
export interface TypeParameter {
  readonly kind: 'parameter';
  readonly name: string;
  /** Unique among all type parameters. */
  readonly id: number;
  /** An interface, perhaps named. */
  readonly constraint: GoType;
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

export interface TupleType {
  readonly kind: 'tuple';
  readonly elements: readonly GoType[];
}

/** A type of `sync` other than `sync.Mutex`, or a type of `sync/atomic`. */
export interface SyncType {
  readonly kind: 'sync';
  /** As Go spells it. */
  readonly name: SyncTypeName;
}

export type SyncTypeName = 'sync.Cond' | 'sync.RWMutex' | 'sync.Once' | 'sync.WaitGroup' | AtomicTypeName;
export type AtomicTypeName =
  'atomic.Bool' | 'atomic.Int32' | 'atomic.Int64' | 'atomic.Uint32' | 'atomic.Uint64';

export interface Field {
  readonly name: string;
  readonly type: GoType;
  /** Embedded: named after its type, whose fields and methods are promoted. */
  readonly embedded: boolean;
  readonly tag: string | null;
  /** Of a name that is not exported: the package that it belongs to. */
  readonly packagePath: string | null;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
}

export const BOOL: GoType = { kind: 'bool' };
export const STRING: GoType = { kind: 'string' };
export const MUTEX: GoType = { kind: 'mutex' };
export const NOTHING: TupleType = { kind: 'tuple', elements: [] };
export const UNTYPED_INT: UntypedType = { kind: 'untyped', of: 'int' };
export const UNTYPED_RUNE: UntypedType = { kind: 'untyped', of: 'rune' };
export const UNTYPED_FLOAT: UntypedType = { kind: 'untyped', of: 'float' };
export const UNTYPED_BOOL: UntypedType = { kind: 'untyped', of: 'bool' };
export const UNTYPED_STRING: UntypedType = { kind: 'untyped', of: 'string' };
export const UNTYPED_NIL: UntypedType = { kind: 'untyped', of: 'nil' };

/** The integer type of that name. */
export function integerType(name: IntegerName): IntegerType {
  const digits = /\d+$/.exec(name)?.[0] ?? '64';
  return { kind: 'integer', name, bits: Number(digits) as 8 | 16 | 32 | 64, signed: !name.startsWith('u') };
}

/** The underlying type: that of a named type, the constraint of a type parameter, else the type itself. */
export function underlying(type: GoType): Exclude<GoType, NamedType> {
  return type.kind === 'named' ? type.declaration.underlying : type;
}
