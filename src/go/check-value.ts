import type { Context } from './context.js';
import type { CallExpression, Expression } from './expression.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { coreType } from './type-set.js';

/** Checks an expression that must have exactly one value; it may be untyped. Null after a report. */
export function value(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const expression = context.rules.expression(context, scope, node);
  return expression === null ? null : singleValue(context, node, expression);
}

/** The expression, which must have exactly one value; null after a report. */
export function singleValue(context: Context, node: SyntaxNode, expression: Expression): Expression | null {
  if (expression.type.kind !== 'tuple') return expression;
  const count = expression.type.elements.length;
  const what = count === 0 ? 'no value' : `${count} values`;
  return context.typeError(node, `this call has ${what} but one is needed`);
}

/** The expression denotes a variable or a part of one. */
export function isAddressable(expression: Expression): boolean {
  switch (expression.kind) {
    case 'variable':
    case 'dereference':
      return true;
    case 'index': {
      const kind = coreType(expression.collection.type)?.kind;
      return kind === 'slice' || (kind === 'array' && isAddressable(expression.collection));
    }
    case 'select':
      return isAddressable(expression.operand);
    default:
      return false;
  }
}

/** The syntax inside parentheses. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  const isWrapped = node.type === 'parenthesized_expression' || node.type === 'parenthesized_type';
  const inner = isWrapped ? node.namedChildren[0] : undefined;
  return inner === undefined ? node : unwrap(inner);
}

/** The expression is a call (a conversion is not). */
export function isCall(expression: Expression): expression is CallExpression {
  return expression.kind === 'call';
}
