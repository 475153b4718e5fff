import type { Diagnostic } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';
import { BOOL, UINT64, children, type Expression } from '../ir/index.js';
import { binary, not } from './binary.js';

const LARGEST = (1n << 64n) - 1n;

/**
 * The condition under which an expression of an op means what it says: no division by zero, no sequence of 2^64 elements or more, no
 * change behind the end of a sequence. Null: always. What short-circuits guards its operands, as it does when it is evaluated. Under a
 * quantifier such a condition is refused.
 */
export function definedness(
  expression: Expression,
  place: Span,
  report: (error: Diagnostic) => void,
): Expression | null {
  const of = (each: Expression): Expression | null => definedness(each, place, report);
  const span = expression.span ?? place;
  switch (expression.kind) {
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === 'and' || operator === 'implies') return both(of(left), guarded(left, of(right)));
      if (operator === 'or') return both(of(left), guarded(not(left, span), of(right)));
      return both(both(of(left), of(right)), divisorCondition(expression, span));
    }
    case 'conditional': {
      const { condition, whenTrue, whenFalse } = expression;
      const guards = both(guarded(condition, of(whenTrue)), guarded(not(condition, span), of(whenFalse)));
      return both(of(condition), guards);
    }
    case 'quantifier': {
      const condition = of(expression.body);
      if (condition === null) return null;
      report({
        code: 'unsupported',
        message: 'a division, a longer sequence or a changed sequence under a quantifier',
        span: condition.span ?? span,
        hint: "Compute it before, with ':='.",
      });
      return null;
    }
    case 'append':
    case 'concat':
    case 'update':
      return both(all(expression, of), lengthCondition(expression, span));
    default:
      return all(expression, of);
  }
}

function all(expression: Expression, of: (each: Expression) => Expression | null): Expression | null {
  return children(expression).map(of).reduce(both, null);
}

function both(left: Expression | null, right: Expression | null): Expression | null {
  if (left === null || right === null) return left ?? right;
  return binary('and', left, right, BOOL, left.span ?? noSpan());
}

function guarded(guard: Expression, condition: Expression | null): Expression | null {
  return condition && binary('implies', guard, condition, BOOL, condition.span ?? noSpan());
}

function divisorCondition(
  expression: Extract<Expression, { kind: 'binary' }>,
  span: Span,
): Expression | null {
  const { operator, right } = expression;
  if (operator !== 'divide' && operator !== 'remainder') return null;
  if (right.kind === 'literal' && right.value !== 0n) return null;
  const zero: Expression = { kind: 'literal', value: 0n, type: right.type, span };
  return not(binary('equal', right, zero, BOOL, span), span);
}

function lengthCondition(
  expression: Extract<Expression, { kind: 'append' | 'concat' | 'update' }>,
  span: Span,
): Expression | null {
  const length = (sequence: Expression): Expression => ({ kind: 'length', sequence, type: UINT64, span });
  const number = (value: bigint): Expression => ({ kind: 'literal', value, type: UINT64, span });
  switch (expression.kind) {
    case 'append': {
      const room = number(LARGEST - BigInt(expression.elements.length));
      return binary('lessEqual', length(expression.sequence), room, BOOL, span);
    }
    case 'concat': {
      const room = binary('subtract', number(LARGEST), length(expression.right), UINT64, span);
      return binary('lessEqual', length(expression.left), room, BOOL, span);
    }
    case 'update':
      return inRange(expression.collection, expression.key, span);
  }
}

/** That a position lies in a sequence; null for a map, which is total. */
export function inRange(collection: Expression, key: Expression, span: Span): Expression | null {
  if (collection.type.kind !== 'seq') return null;
  const length: Expression = { kind: 'length', sequence: collection, type: UINT64, span };
  return binary('less', key, length, BOOL, span);
}

function noSpan(): never {
  throw new Error('a condition without its place');
}
