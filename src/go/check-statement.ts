import type { Block, Statement } from './ast.js';
import { checkValues, checkLocalVariables, fitValues } from './check-assignment.js';
import type { StatementBase } from './check-assignment.js';
import { checkIf, checkSwitch } from './check-branch.js';
import { declareConstants } from './check-constant.js';
import { checkFor } from './check-loop.js';
import { checkSimple } from './check-simple.js';
import { isCall } from './check-value.js';
import type { Context, FunctionState } from './context.js';
import { Scope } from './scope.js';
import { statementText } from './statement-text.js';
import type { SyntaxNode } from './syntax.js';

/** A block or the body of a case, in a scope of its own. */
export function checkBlock(
  context: Context,
  outer: Scope,
  state: FunctionState,
  node: SyntaxNode,
): Block | null {
  return checkStatements(context, new Scope(outer), state, node);
}

/** The statements of a block in the given scope (for the body of a function, that of its parameters). */
export function checkStatements(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
): Block | null {
  const nodes = node.ofType('statement_list')?.namedChildren ?? [];
  const isCase = node.type.endsWith('_case');
  const statements: Statement[] = [];
  let valid = true;
  for (const [index, each] of nodes.entries()) {
    if (each.type === 'fallthrough_statement' && isCase && index === nodes.length - 1) {
      // Recorded with the case; nothing can be attached to it.
      continue;
    }
    const checked = checkStatement(context, scope, state, each);
    if (checked === null) valid = false;
    else for (const statement of checked) statements.push(statement);
  }
  return valid ? { span: node.span, statements } : null;
}

/** One statement; several for a declaration of several variables. */
function checkStatement(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
): readonly Statement[] | null {
  if (node.type === 'var_declaration') {
    const specs = (node.ofType('var_spec_list') ?? node).namedChildren;
    const declared = specs.map((spec) =>
      checkLocalVariables(context, scope, state, spec, {
        ...baseOf(context, spec),
        text: declarationText(spec),
      }),
    );
    return declared.every((each) => each !== null) ? declared : null;
  }
  if (node.type === 'const_declaration') {
    declareConstants(context, scope, node, true);
    return node.namedChildren.map((spec) => ({ ...baseOf(context, spec), kind: 'empty' }));
  }
  const statement = checkOne(context, scope, state, node, null);
  return statement === null ? null : [statement];
}

function declarationText(spec: SyntaxNode): string {
  return `var ${statementText(spec)}`;
}

function baseOf(context: Context, node: SyntaxNode): StatementBase {
  return { span: node.span, text: statementText(node), annotations: context.annotationsOf(node) };
}

function checkOne(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
  label: string | null,
): Statement | null {
  const base = baseOf(context, node);
  switch (node.type) {
    case 'block': {
      const block = checkBlock(context, scope, state, node);
      return block === null ? null : { ...base, kind: 'block', block };
    }
    case 'if_statement':
      return checkIf(context, scope, state, node, base);
    case 'for_statement':
      return checkFor(context, scope, state, node, base, label);
    case 'expression_switch_statement':
      return checkSwitch(context, scope, state, node, base, label);
    case 'return_statement':
      return checkReturn(context, scope, state, node, base);
    case 'break_statement':
    case 'continue_statement':
      return checkJump(context, state, node, base);
    case 'fallthrough_statement':
      return context.report('syntax', node, '`fallthrough` can only be the last statement of a case');
    case 'labeled_statement':
      return checkLabelled(context, scope, state, node, base);
    case 'defer_statement':
      return checkDefer(context, scope, state, node, base);
    case 'empty_statement':
      return { ...base, kind: 'empty' };
    case 'type_declaration':
      return context.refuse('localType', node);
    case 'var_declaration':
    case 'const_declaration':
      return context.report(
        'unsupported',
        node,
        'a label on a declaration is not supported',
        'Remove the label.',
      );
    default:
      return checkSimple(context, scope, state, node);
  }
}

function checkReturn(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const nodes = node.ofType('expression_list')?.namedChildren ?? [];
  const { resultTypes, results } = state;
  if (nodes.length === 0) {
    if (resultTypes.length > 0 && results.length === 0) {
      return context.typeError(node, `${resultTypes.length} values must be returned`);
    }
    for (const result of results) {
      const visible = scope.lookup(result.name)?.entity;
      if (result.name !== '_' && (visible?.kind !== 'variable' || visible.resolve() !== result)) {
        return context.typeError(node, `the result \`${result.name}\` is hidden by another variable here`);
      }
    }
    return { ...base, kind: 'return', values: [], bare: true };
  }
  if (resultTypes.length === 0) return context.typeError(node, 'this function has no results');
  const values = checkValues(context, scope, nodes, resultTypes.length, node);
  const fitted = values === null ? null : fitValues(context, values, resultTypes, node);
  return fitted === null ? null : { ...base, kind: 'return', values: fitted.expressions, bare: false };
}

function checkJump(
  context: Context,
  state: FunctionState,
  node: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const isBreak = node.type === 'break_statement';
  const word = isBreak ? 'break' : 'continue';
  const labelNode = node.ofType('label_name');
  const candidates = state.enclosing.filter((each) => isBreak || each.kind === 'loop');
  if (labelNode === null) {
    const target = candidates.at(-1);
    if (target === undefined) return context.typeError(node, `\`${word}\` is not in a loop`);
    return { ...base, kind: word, target: target.target };
  }
  const label = state.labels.get(labelNode.text);
  if (label === undefined)
    return context.report('name', labelNode, `the label \`${labelNode.text}\` is not defined`);
  label.used = true;
  const target = candidates.find((each) => each.label === labelNode.text);
  if (target === undefined) {
    return context.typeError(labelNode, `\`${labelNode.text}\` is not the label of an enclosing loop`);
  }
  return { ...base, kind: word, target: target.target };
}

function checkLabelled(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const label = node.required('label').text;
  const inner = node.namedChildren.find((child) => child.type !== 'label_name');
  if (inner === undefined) return { ...base, kind: 'empty' };
  return checkOne(context, scope, state, inner, label);
}

function checkDefer(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const [callNode] = node.namedChildren;
  if (callNode?.type !== 'call_expression') {
    if (callNode?.type === 'parenthesized_expression') {
      return context.report('syntax', callNode, 'the call after `defer` must not be in parentheses');
    }
    return context.typeError(node, '`defer` needs a call');
  }
  const callee = callNode.required('function');
  if (callee.type === 'func_literal') return context.refuse('closure', callee);
  const name = callee.type === 'identifier' ? scope.lookup(callee.text)?.entity.kind : undefined;
  if (name === 'builtin' || name === 'type') return context.refuse('deferCall', node);
  if (state.enclosing.some((each) => each.kind === 'loop')) return context.refuse('deferInLoop', node);
  const call = context.rules.expression(context, scope, callNode);
  if (call === null) return null;
  return isCall(call) ? { ...base, kind: 'defer', call } : context.refuse('deferCall', node);
}
