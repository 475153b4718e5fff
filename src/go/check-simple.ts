import type { Statement } from './ast.js';
import { checkAssignment, checkDefine, checkIncrement } from './check-assignment.js';
import { convertConstant, defaultType } from './check-conversion.js';
import { isCall } from './check-value.js';
import { unwrap } from './check-value.js';
import type { Context, FunctionState } from './context.js';
import type { Scope } from './scope.js';
import { statementText } from './statement-text.js';
import type { SyntaxNode } from './syntax.js';

/** A statement that may stand in the header of another: an assignment, a declaration with `:=`, a call. */
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
    default:
      return context.refuseSyntax(node);
  }
}

function checkExpressionStatement(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  base: Pick<Statement, 'span' | 'text' | 'annotations'>,
): Statement | null {
  const [expressionNode] = node.namedChildren;
  if (expressionNode === undefined) return context.refuseSyntax(node);
  const inner = unwrap(expressionNode);
  if (isPanic(scope, inner)) return checkPanic(context, scope, inner, base);
  const expression = context.rules.expression(context, scope, inner);
  if (expression === null) return null;
  if (!isCall(expression)) {
    return context.typeError(
      node,
      `the value of \`${base.text}\` is not used`,
      'Assign it, or remove the statement.',
    );
  }
  return { ...base, kind: 'expression', call: expression };
}

function isPanic(scope: Scope, node: SyntaxNode): boolean {
  if (node.type !== 'call_expression') return false;
  const callee = unwrap(node.required('function'));
  if (callee.type !== 'identifier' || callee.text !== 'panic') return false;
  return scope.lookup('panic')?.entity.kind === 'builtin';
}

function checkPanic(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  base: Pick<Statement, 'span' | 'text' | 'annotations'>,
): Statement | null {
  const given = node.required('arguments').namedChildren;
  const [only] = given;
  if (only === undefined || given.length > 1) {
    return context.typeError(node, `\`panic\` takes one argument, not ${given.length}`);
  }
  if (only.type === 'nil') return context.refuse('panicArgument', only);
  const argument = context.rules.expression(context, scope, only);
  if (argument === null) return null;
  if (argument.constant === undefined) return context.refuse('panicArgument', only);
  const typed = convertConstant(context, argument, defaultType(argument.type));
  return typed === null ? null : { ...base, kind: 'panic', argument: typed };
}
