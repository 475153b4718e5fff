import type { ArithmeticOperator } from '../base/exact.js';
import type { Span } from '../base/source.js';
import type { Block, ConstantDeclaration, ConstantValue, FunctionDeclaration, Variable } from './ast.js';
import type { MachineConstant, MachineFunction, MachinePackage } from './import.js';
import type { Field, GoType, InterfaceMethod } from './type.js';

interface ExpressionBase {
  readonly span: Span;
  readonly type: GoType;
  /** The value, for a constant expression; its operands are kept, so that a named constant in it can be treated as a symbol. */
  readonly constant?: ConstantValue;
}

/**
 * In a constant expression, operands have the type of the whole (except those of comparisons and shift counts) but their values may lie
 * beyond it, as Go computes with exact integers first. Operands are evaluated as Go does: calls (and receives) from left to right; when
 * other operands are read is not specified by Go, so a program must not depend on it.
 */
export type Expression = ExpressionBase & ExpressionShape;

type ExpressionShape =
  | { readonly kind: 'literal' }
  | { readonly kind: 'constant'; readonly declaration: ConstantReference }
  | { readonly kind: 'variable'; readonly variable: Variable }
  /** The zero value of a pointer, slice, map, channel, function or interface type. */
  | { readonly kind: 'nil' }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  /**
   * Operands have the same type, except for shifts, whose count is any integer. `+` also joins strings; `==` and `!=` are also
   * on strings, pointers, channels, interfaces, structs, arrays, and slices, maps and functions against `nil`.
   */
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  /**
   * `T(x)`. Where a value is assigned, passed or returned as another type (an interface, mostly), the conversion is there too, `implicit`;
   * implicit conversions of constants leave no trace but the type.
   */
  | { readonly kind: 'convert'; readonly operand: Expression; readonly implicit: boolean }
  | CallShape
  /** The operand is a struct (behind pointers there is a `dereference`; embedded fields on the way are there too). */
  | { readonly kind: 'select'; readonly operand: Expression; readonly field: Field }
  /**
   * The collection is an array, a slice or a string; the index is an integer of any type; constant indices are in range of arrays and
   * constant strings.
   */
  | { readonly kind: 'index'; readonly collection: Expression; readonly index: Expression }
  /** `map[key]`; with `commaOk` the type is a tuple of the value and whether it is there. Also a place that can be assigned. */
  | {
      readonly kind: 'lookup';
      readonly map: Expression;
      readonly key: Expression;
      readonly commaOk: boolean;
    }
  /** `operand[low:high:max]` of a slice, a string or a pointer to an array (the `address` of one that is a variable). */
  | {
      readonly kind: 'slice';
      readonly operand: Expression;
      readonly low: Expression | null;
      readonly high: Expression | null;
      readonly max: Expression | null;
    }
  /**
   * A struct, array, slice or map; what is not listed of structs and arrays is zero. Elements of arrays and slices have constant
   * indices; `length` is that of a slice, else null.
   */
  | {
      readonly kind: 'composite';
      readonly elements: readonly CompositeElement[];
      readonly length: bigint | null;
    }
  /** `len` or `cap` of an array (not evaluated if it is constant), slice, string, map or channel. */
  | { readonly kind: 'length'; readonly function: 'len' | 'cap'; readonly operand: Expression }
  | { readonly kind: 'extremum'; readonly function: 'min' | 'max'; readonly operands: readonly Expression[] }
  /** `make` of a slice (length, perhaps capacity), a map (perhaps a size) or a channel (perhaps a capacity). */
  | { readonly kind: 'make'; readonly sizes: readonly Expression[] }
  /** `new`: a pointer to a new variable that starts as `initial`, or as zero. */
  | { readonly kind: 'new'; readonly initial: Expression | null }
  /** `append`; with `spread` there is one element, a slice (or a string, to a `[]byte`) whose elements are appended. */
  | {
      readonly kind: 'append';
      readonly slice: Expression;
      readonly elements: readonly Expression[];
      readonly spread: boolean;
    }
  /** What a pointer points to. */
  | { readonly kind: 'dereference'; readonly operand: Expression }
  /** `&place`; or of a `composite`: a pointer to a new variable. */
  | { readonly kind: 'address'; readonly place: Expression }
  /** A declared function as a value. */
  | { readonly kind: 'function'; readonly function: FunctionDeclaration }
  | { readonly kind: 'closure'; readonly function: FunctionLiteral }
  /** `x.m` as a value: the receiver is evaluated (and copied) now. */
  | { readonly kind: 'methodValue'; readonly method: MethodCallee }
  /** `T.m` as a value: a function with the receiver as its first parameter. */
  | { readonly kind: 'methodExpression'; readonly method: MethodReference }
  /** `x.(T)`; with `commaOk` the type is a tuple of the value and whether it has the type. */
  | {
      readonly kind: 'assertion';
      readonly operand: Expression;
      readonly asserted: GoType;
      readonly commaOk: boolean;
    }
  /** `<-c`; with `commaOk` the type is a tuple of the value and whether it was sent. */
  | { readonly kind: 'receive'; readonly channel: Expression; readonly commaOk: boolean };

interface CallShape {
  readonly kind: 'call';
  readonly callee: Callee;
  /**
   * One for each parameter (those of a variadic parameter are a slice: a `composite`, `nil` if there are none, or what was passed with `...`);
   * or a single call with several results, which are passed on: converted to the types of the parameters, those
   * beyond the fixed parameters in a slice.
   */
  readonly arguments: readonly Expression[];
}

export type CallExpression = ExpressionBase & CallShape;

export type Callee =
  | { readonly kind: 'function'; readonly function: FunctionDeclaration }
  | MethodCallee
  /** A function value. */
  | { readonly kind: 'value'; readonly function: Expression }
  | BuiltinCallee
  | { readonly kind: 'machine'; readonly package: MachinePackage; readonly function: MachineFunction }
  /** A method of a `sync.Mutex` or a `sync.RWMutex`, given as a place. */
  | { readonly kind: 'lock'; readonly operation: LockOperation; readonly mutex: Expression }
  /**
   * An operation of `sync/atomic` on a place: a variable, field or element of an integer type whose address a function is given, or
   * one of an atomic type whose method is called.
   */
  | { readonly kind: 'atomic'; readonly operation: AtomicOperation; readonly place: Expression }
  /** A method of a `sync.Cond`, given as a place or as a pointer. */
  | { readonly kind: 'condition'; readonly operation: ConditionOperation; readonly condition: Expression }
  /** `Do` of a `sync.Once`, whose argument is the function. */
  | { readonly kind: 'once'; readonly place: Expression }
  /** A method of a `sync.WaitGroup`. */
  | { readonly kind: 'group'; readonly operation: GroupOperation; readonly place: Expression };

export type LockOperation = 'Lock' | 'Unlock' | 'RLock' | 'RUnlock';
export type ConditionOperation = 'Wait' | 'Signal' | 'Broadcast';
export type GroupOperation = 'Add' | 'Done' | 'Wait';
export type AtomicOperation = 'Load' | 'Store' | 'Add' | 'Swap' | 'CompareAndSwap';

export type MethodCallee =
  /** The receiver is a pointer (an `address` or another value) exactly if that of the method is. */
  | { readonly kind: 'method'; readonly function: FunctionDeclaration; readonly receiver: Expression }
  /** A method of what an interface value holds. */
  | { readonly kind: 'interface'; readonly method: InterfaceMethod; readonly receiver: Expression };

/** Built-in functions that are not expressions of their own: `delete(m, k)`, `copy(to, from)`, ... with these arguments. */
export interface BuiltinCallee {
  readonly kind: 'builtin';
  readonly function: 'clear' | 'close' | 'copy' | 'delete' | 'panic';
}

/** `T.m`: as a method of a variable that holds the receiver, with the selections and dereferences that lead to it. */
export interface MethodReference {
  readonly variable: Variable;
  readonly callee: MethodCallee;
}

/** A function literal. */
export interface FunctionLiteral {
  readonly parameters: readonly Variable[];
  readonly variadic: boolean;
  readonly resultTypes: readonly GoType[];
  /** Result variables, as many as `resultTypes`; empty when the results have no names. They start as zero. */
  readonly results: readonly Variable[];
  readonly body: Block;
  /** Variables of the functions around it that it uses: shared with them, not copied. */
  readonly captured: readonly Variable[];
  readonly span: Span;
}

export interface CompositeElement {
  readonly key:
    | { readonly kind: 'field'; readonly field: Field }
    | { readonly kind: 'index'; readonly index: bigint }
    | { readonly kind: 'key'; readonly key: Expression };
  readonly value: Expression;
}

export type ConstantReference =
  | { readonly kind: 'declared'; readonly constant: ConstantDeclaration }
  | { readonly kind: 'machine'; readonly package: MachinePackage; readonly constant: MachineConstant }
  /** `true`, `false`, `iota`. */
  | { readonly kind: 'predeclared'; readonly name: string };

export type UnaryOperator = '-' | '+' | '!' | '^';
export type BinaryOperator = ArithmeticOperator | '&&' | '||' | '==' | '!=' | '<' | '<=' | '>' | '>=';
