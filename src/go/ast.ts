import type { ArithmeticOperator } from '../base/exact.js';
import type { Position, Span } from '../base/source.js';
import type { CallExpression, Expression } from './expression.js';
import type { MachinePackage } from './import.js';
import type { MethodSets } from './method-sets.js';
import type { GoType, NamedType, TypeParameter } from './type.js';

/**
 * A parsed and type-checked package. Everything in it is resolved: names are references to declarations. Generic types and functions
 * are there as their instances, one for each list of type arguments that the program uses.
 */
export interface GoPackage {
  /** The folder, or the other name that the caller gave. */
  readonly path: string;
  /** What other packages import it by; without a module, the same as `path`. */
  readonly importPath: string;
  /** The name in its package clauses. */
  readonly name: string;
  /** Its code is the tool's, and may be only a part of what Go's library has under this path. */
  readonly isLibrary: boolean;
  readonly files: readonly GoFile[];
  /** In source order, files sorted by path. */
  readonly constants: readonly ConstantDeclaration[];
  readonly types: readonly TypeDeclaration[];
  /** `type A = T`, at package level. */
  readonly aliases: readonly TypeAlias[];
  readonly variables: readonly PackageVariable[];
  /** In the order in which Go runs them. */
  readonly initialisers: readonly Initialiser[];
  /** Functions and methods. */
  readonly functions: readonly FunctionDeclaration[];
  /** Generic functions and methods of generic types as they are written, checked for all types: what runs are their instances. */
  readonly genericFunctions: readonly FunctionDeclaration[];
  readonly genericTypes: readonly TypeDeclaration[];
  /** Functions with the name `init`, in the order in which Go runs them, after the initialisers. */
  readonly initFunctions: readonly FunctionDeclaration[];
  /** Other packages of the module, and of the library, that it imports, directly. */
  readonly imports: readonly GoPackage[];
  /**
   * What all other packages of the module, whether or not this one needs them, use of those that it needs. Of the package that was asked for; none in
   * imported ones.
   */
  readonly uses: readonly ModuleUse[];
  /** What interfaces find out about types; the same for all packages of a program. */
  readonly methodSets: MethodSets;
  /** Package-level annotations: above the package clause, or free-standing. */
  readonly annotations: readonly Annotation[];
}

/** Something that a package of the module uses of another one. */
export interface ModuleUse {
  /** The import path of the package that uses it. */
  readonly importer: string;
  readonly imported: GoPackage;
  /** The name of the declaration; null: it may be any. */
  readonly name: string | null;
  readonly span: Span;
}

export interface GoFile {
  readonly path: string;
  readonly text: string;
  /** Machine packages that the file imports, by the name that the file gives them. */
  readonly imports: ReadonlyMap<string, MachinePackage>;
  /** Packages of the module that it imports, by the name that the file gives them. */
  readonly packages: ReadonlyMap<string, GoPackage>;
  /** All annotations, wherever they stand. */
  readonly annotations: readonly Annotation[];
  /** Lines that hold (a part of) an annotation. */
  readonly annotationLines: number;
  /** Lines that hold Go code: neither blank nor only comments. */
  readonly goLines: number;
}

/**
 * Consecutive `//@` lines. `text` is the source from `start` to the end of the last line with the comment markers
 * (and everything else that is not annotation) blanked by spaces, one character for one: the character at
 * `text[i]` stands at source offset `start.offset + i`, and line breaks are `\n` at the same offsets.
 */
export interface Annotation {
  readonly text: string;
  readonly start: Position;
  readonly span: Span;
  /**
   * The first thing in the body of a function or a loop, although it stands directly above a statement and is attached to that
   * statement: a clause that can only belong to the function or the loop may be read as such.
   */
  readonly opensBody: boolean;
}

export interface ConstantDeclaration {
  readonly name: string;
  /** May be untyped. */
  readonly type: GoType;
  readonly value: ConstantValue;
  /** How it was written, converted to `type`; for an implicit repetition (`iota` lists) the repeated expression. */
  readonly expression: Expression;
  /** Declared inside a function. */
  readonly local: boolean;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
}

/**
 * A Go string is a sequence of bytes. Here it is their text in UTF-8; each byte that is not part of valid UTF-8 is the lone surrogate
 * U+DC00 + byte. `stringBytes` gives the bytes. Only untyped floating-point constants are fractions.
 */
export type ConstantValue = bigint | boolean | string | Fraction;

/** An exact fraction that is no integer, in lowest terms; the denominator is greater than 1. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export interface TypeDeclaration {
  /** With type arguments if it is an instance: `List[int]`. */
  readonly name: string;
  /** Import path (or folder) of its package; null for `error`. */
  readonly packagePath: string | null;
  readonly packageName: string | null;
  readonly type: NamedType;
  /** Never named. */
  readonly underlying: Exclude<GoType, NamedType>;
  /** Its right-hand side, which may be named. */
  readonly definition: GoType;
  /** Declared inside a function. */
  readonly local: boolean;
  /** Of a generic type that is being checked; none in a checked package. */
  readonly typeParameters: readonly TypeParameter[];
  /** Of an instance of a generic type. */
  readonly typeArguments: readonly GoType[];
  /** The generic type that this one is an instance of. */
  readonly origin: TypeDeclaration | null;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
}

export interface TypeAlias {
  readonly name: string;
  readonly type: GoType;
  readonly span: Span;
}

export interface PackageVariable {
  readonly variable: Variable;
  /** Null: the zero value. A call with several results stands at each of the variables that it initialises. */
  readonly initialiser: Expression | null;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
}

/** `var a, b = value`: the variables (or `_`) that one expression initialises. */
export interface Initialiser {
  readonly variables: readonly Variable[];
  readonly value: Expression;
}

/** A variable; compare by reference, or by `id`, which is unique in the program. */
export interface Variable {
  readonly id: number;
  /** `_` and unnamed parameters have the name `_`. */
  readonly name: string;
  readonly type: GoType;
  readonly role: 'package' | 'receiver' | 'parameter' | 'result' | 'local';
  readonly span: Span;
}

export interface FunctionDeclaration {
  /** With type arguments if it is an instance: `Max[int]`. */
  readonly name: string;
  /** As reports print it: `Write`, `(*DB).Add`, `DB.Add`. */
  readonly fullName: string;
  readonly exported: boolean;
  /** Its type is a pointer for `func (db *DB)`. */
  readonly receiver: Variable | null;
  readonly parameters: readonly Variable[];
  /** The last parameter is `...T`; its type is the slice. */
  readonly variadic: boolean;
  readonly resultTypes: readonly GoType[];
  /** Result variables, as many as `resultTypes`; empty when the results have no names. They start as zero. */
  readonly results: readonly Variable[];
  readonly body: Block;
  /** Of an instance of a generic function. */
  readonly typeArguments: readonly GoType[];
  /** The import path of the package if it is the tool's own source of Go's library, which no report shows; else null. */
  readonly library: string | null;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
  readonly nameSpan: Span;
}

export interface Block {
  readonly span: Span;
  readonly statements: readonly Statement[];
}

interface StatementBase {
  readonly span: Span;
  /** The statement on one line with fixed spacing, the same before and after gofmt; only the header of one with a body. */
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

/** A number that is unique in its function, for `break` and `continue`. */
export type JumpTarget = number;

/**
 * `:=`, `var` and `=` are all `assign`; constant and type declarations inside functions are no statements (they are
 * referred to where they are used).
 */
export type Statement = StatementBase &
  (
    | { readonly kind: 'block'; readonly block: Block }
    /** Declares variables that start as zero. */
    | { readonly kind: 'declare'; readonly variables: readonly Variable[] }
    /**
     * All at once, as in Go: operands of places are evaluated first, then values, then the targets are assigned from left to right.
     * `values` has one for each target, or is a single expression whose type is a tuple of as many (a call, or one with `commaOk`), whose
     * parts are converted to the types of the targets.
     */
    | { readonly kind: 'assign'; readonly targets: readonly Target[]; readonly values: readonly Expression[] }
    /** `place op= value`, `place++`: the place is evaluated once. */
    | {
        readonly kind: 'operate';
        readonly place: Expression;
        readonly operator: ArithmeticOperator;
        readonly value: Expression;
      }
    | {
        readonly kind: 'if';
        readonly initialiser: Statement | null;
        readonly condition: Expression;
        readonly whenTrue: Block;
        /** A block, or one `if` statement in a block for `else if`. */
        readonly whenFalse: Block | null;
      }
    | {
        readonly kind: 'for';
        readonly target: JumpTarget;
        readonly label: string | null;
        /** The variables that the initialiser declares are new ones in each round, copied from those of the round before. */
        readonly perIteration: boolean;
        readonly initialiser: Statement | null;
        /** Null: for ever. */
        readonly condition: Expression | null;
        readonly post: Statement | null;
        readonly body: Block;
      }
    | {
        readonly kind: 'range';
        readonly target: JumpTarget;
        readonly label: string | null;
        /** The variables that it declares are new ones in each round. */
        readonly perIteration: boolean;
        /**
         * Evaluated once, before the loop. An integer, a slice, a string (by runes), a map, a channel, an array (whose elements are read
         * from a copy if `value` is there), a pointer to an array, or a function that calls the body.
         */
        readonly over: Expression;
        /** The integer, the index, the key or what was received, assigned at the start of each round. */
        readonly key: Target | null;
        readonly value: Target | null;
        readonly body: Block;
      }
    | {
        readonly kind: 'switch';
        readonly target: JumpTarget;
        readonly label: string | null;
        readonly initialiser: Statement | null;
        /** Evaluated once; null: the cases are conditions. */
        readonly tag: Expression | null;
        readonly cases: readonly SwitchCase[];
      }
    | {
        readonly kind: 'typeSwitch';
        readonly target: JumpTarget;
        readonly label: string | null;
        readonly initialiser: Statement | null;
        /** An interface, evaluated once. */
        readonly operand: Expression;
        readonly cases: readonly TypeCase[];
      }
    | {
        readonly kind: 'select';
        readonly target: JumpTarget;
        readonly label: string | null;
        readonly cases: readonly SelectCase[];
      }
    /** Leaves the loop, the `switch` or the `select` with that target. */
    | { readonly kind: 'break'; readonly target: JumpTarget }
    | { readonly kind: 'continue'; readonly target: JumpTarget }
    /** `bare`: returns the result variables' values. Else one value for each result, or a single call with as many. */
    | { readonly kind: 'return'; readonly values: readonly Expression[]; readonly bare: boolean }
    /** Arguments (and the receiver) are evaluated now, the call happens at the end of the function. */
    | { readonly kind: 'defer'; readonly call: CallExpression }
    /** Arguments (and the receiver) are evaluated now, the call runs in a thread of its own. */
    | { readonly kind: 'go'; readonly call: CallExpression }
    | { readonly kind: 'send'; readonly channel: Expression; readonly value: Expression }
    /** A call or a `receive`. */
    | { readonly kind: 'expression'; readonly call: Expression }
    | { readonly kind: 'panic'; readonly argument: Expression }
    /** Does nothing by itself: a nested declaration of constants or types, kept for its position, or `;`. */
    | { readonly kind: 'empty' }
  );

export interface SwitchCase {
  readonly span: Span;
  /** With a tag: compared with it in order, already converted to a common type. Without: conditions. */
  readonly values: readonly Expression[];
  readonly isDefault: boolean;
  readonly body: Block;
  /** Ends in `fallthrough`: goes on with the body of the next case. */
  readonly fallsThrough: boolean;
}

export interface TypeCase {
  readonly span: Span;
  /** Null stands for `nil`. */
  readonly types: readonly (GoType | null)[];
  readonly isDefault: boolean;
  /** `switch x := y.(type)`: the variable of this case; of the case's type if there is one type, else of the interface's. */
  readonly variable: Variable | null;
  readonly body: Block;
}

export interface SelectCase {
  readonly span: Span;
  /** A `send`; an `assign` or `expression` of one `receive`; null: the default. Operands of all cases are evaluated first, in order. */
  readonly communication: Statement | null;
  readonly body: Block;
}

/** What an assignment assigns. */
export type Target =
  | { readonly kind: 'blank'; readonly span: Span }
  /** A variable that this statement declares. */
  | { readonly kind: 'declare'; readonly variable: Variable; readonly span: Span }
  /** A variable, an element or a field that exists: a `variable`, `index`, `lookup`, `select` or `dereference` expression. */
  | { readonly kind: 'place'; readonly place: Expression; readonly span: Span };
