import type { ArithmeticOperator } from '../base/exact.js';
import type { Span } from '../base/source.js';
import type { RecordType, Type } from './type.js';

/**
 * Pure, total expressions. Partial operations of Go (division by zero, an index out of range) are guarded
 * by a `check` instruction or a `require` before them; here they yield a fixed value: `x / 0` is all ones
 * (as SMT-LIB's `bvudiv`) and `x % 0` is `x`, a sequence beyond its end and the content of `none` are the default.
 */
export type Expression = { readonly type: Type; readonly span?: Span } & ExpressionShape;

type ExpressionShape =
  /** A constant: an integer (two's complement values given as the mathematical value), a truth value, or an enum case by index. */
  | { readonly kind: 'literal'; readonly value: bigint | boolean }
  /** The zero value of the type: 0, false, the first enum case, the zero block, the empty map, sequence, set, option. */
  | { readonly kind: 'default' }
  /** A parameter of the verification (`//@ parameter`), by name. */
  | { readonly kind: 'parameter'; readonly name: string }
  /** A local variable of the enclosing `Code` or `Section`, by index. */
  | { readonly kind: 'local'; readonly index: number }
  /** A state variable's value; with `old`, its value before the step (two-state formulas only). */
  | { readonly kind: 'state'; readonly variable: string; readonly old: boolean }
  /** A variable bound by an enclosing quantifier (or by a lock's index), by unique id. */
  | { readonly kind: 'bound'; readonly id: string }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    }
  /** Integer conversion to `type`, as Go's: truncate or extend. */
  | { readonly kind: 'convert'; readonly operand: Expression }
  /** Element of a map (total) or a sequence (default beyond its end). */
  | { readonly kind: 'index'; readonly collection: Expression; readonly key: Expression }
  /** A map with one key changed, or a sequence with one position in range changed. */
  | {
      readonly kind: 'update';
      readonly collection: Expression;
      readonly key: Expression;
      readonly value: Expression;
    }
  | { readonly kind: 'field'; readonly record: Expression; readonly name: string }
  | {
      readonly kind: 'withField';
      readonly record: Expression;
      readonly name: string;
      readonly value: Expression;
    }
  | { readonly kind: 'record'; readonly type: RecordType; readonly fields: readonly Expression[] }
  /** Number of elements of a sequence, uint64. */
  | { readonly kind: 'length'; readonly sequence: Expression }
  /** A sequence of the given elements. */
  | { readonly kind: 'sequence'; readonly elements: readonly Expression[] }
  /** A sequence with elements added at its end. */
  | { readonly kind: 'append'; readonly sequence: Expression; readonly elements: readonly Expression[] }
  /** Concatenation of two sequences. */
  | { readonly kind: 'concat'; readonly left: Expression; readonly right: Expression }
  /** The part of a sequence from `low` (inclusive) to `high` (exclusive), both clamped to its length. */
  | {
      readonly kind: 'slice';
      readonly sequence: Expression;
      readonly low: Expression;
      readonly high: Expression;
    }
  /**
   * A map from positions (uint64) of which `count` positions from `at` on are those of `source` from `from` on; positions wrap around. At
   * others it is `target`.
   */
  | {
      readonly kind: 'splice';
      readonly target: Expression;
      readonly at: Expression;
      readonly source: Expression;
      readonly from: Expression;
      readonly count: Expression;
    }
  /** The map from positions to the elements of a sequence, with the default value beyond its end. */
  | { readonly kind: 'elements'; readonly sequence: Expression }
  /** The sequence of `count` elements of a map from positions, from `from` on. */
  | {
      readonly kind: 'gather';
      readonly source: Expression;
      readonly from: Expression;
      readonly count: Expression;
    }
  | { readonly kind: 'some'; readonly value: Expression }
  | { readonly kind: 'isSome'; readonly option: Expression }
  /** Content of an option; the default value of the type if there is none. */
  | { readonly kind: 'content'; readonly option: Expression }
  | { readonly kind: 'member'; readonly element: Expression; readonly set: Expression }
  | {
      readonly kind: 'withMember';
      readonly set: Expression;
      readonly element: Expression;
      readonly present: Expression;
    }
  | { readonly kind: 'builtin'; readonly function: Builtin; readonly operand: Expression }
  | {
      readonly kind: 'quantifier';
      readonly quantifier: 'forall' | 'exists';
      readonly variables: readonly BoundVariable[];
      readonly body: Expression;
    }
  /** `thread => operation(arguments)`: the thread was asked to do the op, whose section `section` is still to come. */
  | {
      readonly kind: 'pending';
      readonly thread: Expression;
      readonly operation: string;
      readonly section: number;
      readonly arguments: readonly Expression[];
    };

export interface BoundVariable {
  readonly id: string;
  /** The user's name, for reports. */
  readonly name: string;
  readonly type: Type;
}

export type UnaryOperator = 'not' | 'negate' | 'complement';

/** Arithmetic and shifts wrap at the operands' width; comparison uses their signedness; shift counts are unsigned. */
export type BinaryOperator =
  | 'and'
  | 'or'
  | 'implies'
  | 'equal'
  | 'less'
  | 'lessEqual'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'remainder'
  | 'bitAnd'
  | 'bitOr'
  | 'bitXor'
  | 'shiftLeft'
  | 'shiftRight';

/** Go's arithmetic operators that stand for one of these as they are; shifts have counts to look at, and `&^` is two. */
export const PLAIN_ARITHMETIC: Readonly<
  Record<Exclude<ArithmeticOperator, '<<' | '>>' | '&^'>, BinaryOperator>
> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'remainder',
  '&': 'bitAnd',
  '|': 'bitOr',
  '^': 'bitXor',
};

export function isPlainArithmetic(operator: string): operator is keyof typeof PLAIN_ARITHMETIC {
  return Object.hasOwn(PLAIN_ARITHMETIC, operator);
}

/**
 * `sum`: of a seq of integers, wrapped; `block`: a block from a uint64; `number`: the first eight bytes of a block; `leastKey`: of a map, the
 * first key in some order under which there is not the default, else zero (only executions need it).
 */
export type Builtin = 'sum' | 'block' | 'number' | 'leastKey';

/** Children of an expression, in evaluation order. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'default':
    case 'parameter':
    case 'local':
    case 'state':
    case 'bound':
      return [];
    case 'unary':
    case 'convert':
    case 'builtin':
      return [expression.operand];
    case 'binary':
    case 'concat':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'index':
      return [expression.collection, expression.key];
    case 'update':
      return [expression.collection, expression.key, expression.value];
    case 'field':
      return [expression.record];
    case 'withField':
      return [expression.record, expression.value];
    case 'record':
      return expression.fields;
    case 'length':
    case 'elements':
      return [expression.sequence];
    case 'splice':
      return [expression.target, expression.at, expression.source, expression.from, expression.count];
    case 'gather':
      return [expression.source, expression.from, expression.count];
    case 'sequence':
      return expression.elements;
    case 'append':
      return [expression.sequence, ...expression.elements];
    case 'slice':
      return [expression.sequence, expression.low, expression.high];
    case 'some':
      return [expression.value];
    case 'isSome':
    case 'content':
      return [expression.option];
    case 'member':
      return [expression.element, expression.set];
    case 'withMember':
      return [expression.set, expression.element, expression.present];
    case 'quantifier':
      return [expression.body];
    case 'pending':
      return [expression.thread, ...expression.arguments];
  }
}

/** The same expression with its children replaced, in the order of {@link children}. */
export function withChildren(expression: Expression, replacement: readonly Expression[]): Expression {
  const at = (index: number): Expression => {
    const child = replacement[index];
    if (child === undefined) throw new Error('withChildren: too few children');
    return child;
  };
  switch (expression.kind) {
    case 'literal':
    case 'default':
    case 'parameter':
    case 'local':
    case 'state':
    case 'bound':
      return expression;
    case 'unary':
    case 'convert':
    case 'builtin':
      return { ...expression, operand: at(0) };
    case 'binary':
    case 'concat':
      return { ...expression, left: at(0), right: at(1) };
    case 'conditional':
      return { ...expression, condition: at(0), whenTrue: at(1), whenFalse: at(2) };
    case 'index':
      return { ...expression, collection: at(0), key: at(1) };
    case 'update':
      return { ...expression, collection: at(0), key: at(1), value: at(2) };
    case 'field':
      return { ...expression, record: at(0) };
    case 'withField':
      return { ...expression, record: at(0), value: at(1) };
    case 'record':
      return { ...expression, fields: replacement };
    case 'length':
    case 'elements':
      return { ...expression, sequence: at(0) };
    case 'splice':
      return { ...expression, target: at(0), at: at(1), source: at(2), from: at(3), count: at(4) };
    case 'gather':
      return { ...expression, source: at(0), from: at(1), count: at(2) };
    case 'sequence':
      return { ...expression, elements: replacement };
    case 'append':
      return { ...expression, sequence: at(0), elements: replacement.slice(1) };
    case 'slice':
      return { ...expression, sequence: at(0), low: at(1), high: at(2) };
    case 'some':
      return { ...expression, value: at(0) };
    case 'isSome':
    case 'content':
      return { ...expression, option: at(0) };
    case 'member':
      return { ...expression, element: at(0), set: at(1) };
    case 'withMember':
      return { ...expression, set: at(0), element: at(1), present: at(2) };
    case 'quantifier':
      return { ...expression, body: at(0) };
    case 'pending':
      return { ...expression, thread: at(0), arguments: replacement.slice(1) };
  }
}

/**
 * Rebuilds an expression bottom-up: `rewrite` sees each node after its children and returns what stands in its
 * place. Bound ids are unique in a system, so substitution for them needs no renaming.
 */
export function rewriteExpression(
  expression: Expression,
  rewrite: (node: Expression) => Expression,
): Expression {
  const before = children(expression);
  if (before.length === 0) return rewrite(expression);
  const after = before.map((child) => rewriteExpression(child, rewrite));
  const same = after.every((child, index) => child === before[index]);
  return rewrite(same ? expression : withChildren(expression, after));
}

/** Calls `visit` for the expression and everything below it. */
export function walkExpression(expression: Expression, visit: (node: Expression) => void): void {
  visit(expression);
  for (const child of children(expression)) walkExpression(child, visit);
}
