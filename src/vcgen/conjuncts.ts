import type { Expression } from '../ir/index.js';
import { BOOL } from '../ir/index.js';

/**
 * The conjuncts of a formula: `&&` is taken apart, also below `forall` and to the right of `==>`, so that a report can
 * say which one broke. Their conjunction is equivalent to the formula.
 */
export function conjuncts(expression: Expression): readonly Expression[] {
  if (expression.kind === 'binary' && expression.operator === 'and') {
    return [...conjuncts(expression.left), ...conjuncts(expression.right)];
  }
  if (expression.kind === 'binary' && expression.operator === 'implies') {
    const parts = conjuncts(expression.right);
    return parts.length === 1
      ? [expression]
      : parts.map((right) => ({ ...expression, right, ...spanOf(right) }));
  }
  if (expression.kind === 'quantifier' && expression.quantifier === 'forall') {
    const parts = conjuncts(expression.body);
    return parts.length === 1
      ? [expression]
      : parts.map((body) => ({ ...expression, body, ...spanOf(body) }));
  }
  return [expression];
}

function spanOf(expression: Expression): Pick<Expression, 'span'> {
  return expression.span === undefined ? {} : { span: expression.span };
}

export function conjunction(left: Expression, right: Expression): Expression {
  return { kind: 'binary', type: BOOL, operator: 'and', left, right };
}

export function implication(left: Expression, right: Expression): Expression {
  return { kind: 'binary', type: BOOL, operator: 'implies', left, right };
}

export function negation(operand: Expression): Expression {
  return { kind: 'unary', type: BOOL, operator: 'not', operand };
}
