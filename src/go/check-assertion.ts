import { value } from './check-value.js';
import type { Context } from './context.js';
import type { Expression } from './expression.js';
import { missingMethod } from './implements.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { showGoType } from './type-text.js';
import { underlying } from './type.js';
import type { GoType } from './type.js';

/** `x.(T)`. */
export function checkAssertion(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const operand = value(context, scope, node.required('operand'));
  const typeNode = node.required('type');
  const type = context.rules.type(context, scope, typeNode);
  if (operand === null || type === null) return null;
  if (!canHold(context, node, operand, type)) return null;
  return { kind: 'assertion', operand, asserted: type, commaOk: false, type, span: node.span };
}

/** Reports unless the operand is an interface that may hold values of the type. */
export function canHold(context: Context, node: SyntaxNode, operand: Expression, type: GoType): boolean {
  const given = underlying(operand.type);
  if (given.kind !== 'interface') {
    context.typeError(operand.span, `a value of type ${showGoType(operand.type)} is no interface`);
    return false;
  }
  if (underlying(type).kind === 'interface') return true;
  const problem = missingMethod(context, type, given);
  if (problem === null) return true;
  context.typeError(
    node,
    `impossible: a value of type ${showGoType(operand.type)} cannot hold ${showGoType(type)}: ${problem}`,
  );
  return false;
}
