import type { Position, Span } from '../base/source.js';
import type { MachineConstant, MachineFunction, MachinePackage } from './import.js';
import type { Field, GoType, NamedType } from './type.js';

/** A parsed and type-checked package. Everything in it is resolved: names are references to declarations. */
export interface GoPackage {
  /** The folder or other name that the caller gave. */
  readonly path: string;
  /** The name in its package clauses. */
  readonly name: string;
  readonly files: readonly GoFile[];
  /** In source order, files sorted by path. */
  readonly constants: readonly ConstantDeclaration[];
  readonly types: readonly TypeDeclaration[];
  readonly variables: readonly PackageVariable[];
  /** Functions and methods. */
  readonly functions: readonly FunctionDeclaration[];
  /** Package-level annotations: above the package clause, or free-standing. */
  readonly annotations: readonly Annotation[];
}

export interface GoFile {
  readonly path: string;
  readonly text: string;
  /** Machine packages that the file imports, by the name that the file gives them. */
  readonly imports: ReadonlyMap<string, MachinePackage>;
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

export type ConstantValue = bigint | boolean | string;

export interface TypeDeclaration {
  readonly name: string;
  readonly type: NamedType;
  /** Never named. */
  readonly underlying: Exclude<GoType, NamedType>;
  /** Its right-hand side, which may be named. */
  readonly definition: GoType;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
}

export interface PackageVariable {
  readonly variable: Variable;
  /** Null: the zero value. Otherwise a constant, or a composite literal of constants: it needs no code to run. */
  readonly initialiser: Expression | null;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
}

/** A variable; compare by reference, or by `id`, which is unique in the package. */
export interface Variable {
  readonly id: number;
  /** `_` and unnamed parameters have the name `_`. */
  readonly name: string;
  readonly type: GoType;
  readonly role: 'package' | 'receiver' | 'parameter' | 'result' | 'local';
  readonly span: Span;
}

export interface FunctionDeclaration {
  readonly name: string;
  /** As reports print it: `Write`, `(*DB).Add`, `DB.Add`. */
  readonly fullName: string;
  readonly exported: boolean;
  /** Its type is a pointer for `func (db *DB)`. */
  readonly receiver: Variable | null;
  readonly parameters: readonly Variable[];
  readonly resultTypes: readonly GoType[];
  /** Result variables, as many as `resultTypes`; empty when the results have no names. They start as zero. */
  readonly results: readonly Variable[];
  readonly body: Block;
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
     * `values` has one for each target, or is a single call with as many results.
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
        /** Evaluated once, before the loop. An integer, or an array (whose elements are read from a copy if `value` is there). */
        readonly over: Expression;
        /** The integer or the index, assigned at the start of each round. */
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
    /** Leaves the loop or the switch with that target. */
    | { readonly kind: 'break'; readonly target: JumpTarget }
    | { readonly kind: 'continue'; readonly target: JumpTarget }
    /** `bare`: returns the result variables' values. Else one value for each result, or a single call with as many. */
    | { readonly kind: 'return'; readonly values: readonly Expression[]; readonly bare: boolean }
    /** Arguments (and the receiver) are evaluated now, the call happens at the end of the function. */
    | { readonly kind: 'defer'; readonly call: CallExpression }
    | { readonly kind: 'expression'; readonly call: CallExpression }
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

/** What an assignment assigns. */
export type Target =
  | { readonly kind: 'blank'; readonly span: Span }
  /** A variable that this statement declares. */
  | { readonly kind: 'declare'; readonly variable: Variable; readonly span: Span }
  /** A variable, an element or a field that exists: a `variable`, `index`, `select` or `dereference` expression. */
  | { readonly kind: 'place'; readonly place: Expression; readonly span: Span };

interface ExpressionBase {
  readonly span: Span;
  readonly type: GoType;
  /** The value, for a constant expression; its operands are kept, so that a named constant in it can be treated as a symbol. */
  readonly constant?: ConstantValue;
}

/**
 * In a constant expression, operands have the type of the whole (except those of comparisons and shift counts) but their values may lie
 * beyond it, as Go computes with exact integers first. Operands are evaluated as Go does: calls from left to right; when other operands are read is not specified by Go, so a program
 * must not depend on it.
 */
export type Expression = ExpressionBase &
  (
    | { readonly kind: 'literal' }
    | { readonly kind: 'constant'; readonly declaration: ConstantReference }
    | { readonly kind: 'variable'; readonly variable: Variable }
    | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
    /** Operands have the same type, except for shifts, whose count is any integer. */
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    /** `T(x)`; implicit conversions of constants leave no trace but the type. */
    | { readonly kind: 'convert'; readonly operand: Expression }
    | CallShape
    /** The operand is a struct (behind pointers there is a `dereference`). */
    | { readonly kind: 'select'; readonly operand: Expression; readonly field: Field }
    /** The collection is an array; the index is an integer of any type; constant indices are in range. */
    | { readonly kind: 'index'; readonly collection: Expression; readonly index: Expression }
    /** A struct or an array; what is not listed is zero. Elements of arrays have constant indices. */
    | { readonly kind: 'composite'; readonly elements: readonly CompositeElement[] }
    /** `len` or `cap` of an array, which is not evaluated if it is constant. */
    | { readonly kind: 'length'; readonly operand: Expression }
    | {
        readonly kind: 'extremum';
        readonly function: 'min' | 'max';
        readonly operands: readonly Expression[];
      }
    /** What a receiver points to. */
    | { readonly kind: 'dereference'; readonly operand: Expression }
    /** Only as the receiver of a method with a pointer receiver. */
    | { readonly kind: 'address'; readonly place: Expression }
  );

interface CallShape {
  readonly kind: 'call';
  readonly callee: Callee;
  /** One for each parameter, or a single call with as many results. */
  readonly arguments: readonly Expression[];
}

export type CallExpression = ExpressionBase & CallShape;

export type Callee =
  | { readonly kind: 'function'; readonly function: FunctionDeclaration }
  /** The receiver is a pointer (an `address` or a variable) exactly if that of the method is. */
  | { readonly kind: 'method'; readonly function: FunctionDeclaration; readonly receiver: Expression }
  | { readonly kind: 'machine'; readonly package: MachinePackage; readonly function: MachineFunction }
  /** `Lock` or `Unlock` of a `sync.Mutex`, given as a place. */
  | { readonly kind: 'lock'; readonly operation: 'Lock' | 'Unlock'; readonly mutex: Expression };

export interface CompositeElement {
  readonly key:
    { readonly kind: 'field'; readonly field: Field } | { readonly kind: 'index'; readonly index: bigint };
  readonly value: Expression;
}

export type ConstantReference =
  | { readonly kind: 'declared'; readonly constant: ConstantDeclaration }
  | { readonly kind: 'machine'; readonly package: MachinePackage; readonly constant: MachineConstant }
  /** `true`, `false`, `iota`. */
  | { readonly kind: 'predeclared'; readonly name: string };

export type UnaryOperator = '-' | '+' | '!' | '^';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '&^' | '<<' | '>>';
export type BinaryOperator = ArithmeticOperator | '&&' | '||' | '==' | '!=' | '<' | '<=' | '>' | '>=';
