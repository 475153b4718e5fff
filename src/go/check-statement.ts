import type { Block, Statement } from './ast.js';
import type { StatementBase } from './check-assignment.js';
import { checkIf, checkSwitch } from './check-branch.js';
import { declareConstants } from './check-constant.js';
import { checkLocalVariables } from './check-declare.js';
import { checkDeferred } from './check-deferred.js';
import { checkJump, checkReturn } from './check-jump.js';
import { checkFor } from './check-loop.js';
import { checkSelect } from './check-select.js';
import { checkSimple } from './check-simple.js';
import { checkTypeSwitch } from './check-type-switch.js';
import type { Context, FunctionState } from './context.js';
import { declareType } from './declare-type.js';
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
  switch (node.type) {
    case 'var_declaration': {
      const specs = (node.ofType('var_spec_list') ?? node).namedChildren;
      const declared = specs.map((spec) =>
        checkLocalVariables(context, scope, state, spec, {
          ...baseOf(context, spec),
          text: declarationText(spec),
        }),
      );
      return declared.every((each) => each !== null) ? declared : null;
    }
    case 'const_declaration':
      declareConstants(context, scope, node, true);
      return node.namedChildren.map((spec) => ({ ...baseOf(context, spec), kind: 'empty' }));
    case 'type_declaration': {
      const before = context.diagnostics.length;
      for (const spec of node.namedChildren) declareType(context, scope, scope, spec)?.();
      if (context.diagnostics.length > before) return null;
      return node.namedChildren.map((spec) => ({ ...baseOf(context, spec), kind: 'empty' }));
    }
    default: {
      const statement = checkOne(context, scope, state, node, null);
      return statement === null ? null : [statement];
    }
  }
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
    case 'type_switch_statement':
      return checkTypeSwitch(context, scope, state, node, base, label);
    case 'select_statement':
      return checkSelect(context, scope, state, node, base, label);
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
    case 'go_statement':
      return checkDeferred(context, scope, node, base);
    case 'empty_statement':
      return { ...base, kind: 'empty' };
    case 'type_declaration':
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
