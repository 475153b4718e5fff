import type { Statement } from './ast.js';
import type { StatementBase } from './check-assignment.js';
import { isCall } from './check-value.js';
import type { Context } from './context.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';

/** `defer call` and `go call`. */
export function checkDeferred(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const word = node.type === 'defer_statement' ? 'defer' : 'go';
  const [callNode] = node.namedChildren;
  if (callNode === undefined) return context.typeError(node, `\`${word}\` needs a call`);
  if (callNode.type === 'parenthesized_expression') {
    return context.report('syntax', callNode, `the call after \`${word}\` must not be in parentheses`);
  }
  const call = context.rules.expression(context, scope, callNode);
  if (call === null) return null;
  if (!isCall(call)) return context.typeError(node, `\`${word}\` needs a call of a function`);
  return { ...base, kind: word, call };
}
