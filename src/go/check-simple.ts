import type { Statement } from './ast.js';
import { checkAssignment, checkIncrement } from './check-assignment.js';
import type { StatementBase } from './check-assignment.js';
import { checkDefine } from './check-declare.js';
import { checkSend } from './check-send.js';
import { isCall } from './check-value.js';
import { unwrap } from './check-value.js';
import type { Context, FunctionState } from './context.js';
import type { Scope } from './scope.js';
import { statementText } from './statement-text.js';
import type { SyntaxNode } from './syntax.js';

/** A statement that may stand in the header of another: an assignment, a declaration with `:=`, a call, a send or a receive. */
export function checkSimple(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
): Statement | null {
  const base = { span: node.span, text: statementText(node), annotations: context.annotationsOf(node) };
  switch (node.type) {
    case 'assignment_statement':
      return checkAssignment(context, scope, node, base);
    case 'short_var_declaration':
      return checkDefine(context, scope, state, node, base);
    case 'inc_statement':
    case 'dec_statement':
      return checkIncrement(context, scope, node, base);
    case 'expression_statement':
      return checkExpressionStatement(context, scope, node, base);
    case 'send_statement':
      return checkSend(context, scope, node, base);
    default:
      return context.refuseSyntax(node);
  }
}

function checkExpressionStatement(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const [expressionNode] = node.namedChildren;
  if (expressionNode === undefined) return context.refuseSyntax(node);
  const expression = context.rules.expression(context, scope, unwrap(expressionNode));
  if (expression === null) return null;
  if (expression.kind === 'receive') return { ...base, kind: 'expression', call: expression };
  if (!isCall(expression)) {
    return context.typeError(
      node,
      `the value of \`${base.text}\` is not used`,
      'Assign it, or remove the statement.',
    );
  }
  const { callee } = expression;
  const [argument] = expression.arguments;
  if (callee.kind === 'builtin' && callee.function === 'panic' && argument !== undefined) {
    const isWrapped = argument.kind === 'convert' && argument.implicit;
    return { ...base, kind: 'panic', argument: isWrapped ? argument.operand : argument };
  }
  return { ...base, kind: 'expression', call: expression };
}
