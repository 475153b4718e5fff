import type { Statement } from './ast.js';
import type { StatementBase } from './check-assignment.js';
import { checkValues, fitValues } from './check-values.js';
import type { Context, FunctionState } from './context.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';

export function checkReturn(
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
    // A bare return in a literal uses its own results: nothing is captured.
    return { ...base, kind: 'return', values: [], bare: true };
  }
  if (resultTypes.length === 0) return context.typeError(node, 'this function has no results');
  const values = checkValues(context, scope, nodes, resultTypes.length, node);
  if (values?.spread !== null && values?.spread !== undefined && values.expressions[0]?.kind !== 'call') {
    return context.typeError(node, `${resultTypes.length} values are needed but there is 1`);
  }
  const fitted = values === null ? null : fitValues(context, values, resultTypes, node);
  return fitted === null ? null : { ...base, kind: 'return', values: fitted.expressions, bare: false };
}

export function checkJump(
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
