import type { SelectCase, Statement, Target } from './ast.js';
import { checkTarget } from './check-assignment.js';
import type { StatementBase } from './check-assignment.js';
import { checkDefaults, insideSwitch } from './check-branch.js';
import { checkNewNames, declareLocal } from './check-declare.js';
import { checkValues, fitValues } from './check-values.js';
import { unwrap, value } from './check-value.js';
import type { Context, FunctionState } from './context.js';
import { Scope } from './scope.js';
import { statementText } from './statement-text.js';
import type { SyntaxNode } from './syntax.js';
import { checkSend } from './check-send.js';

/** `select { ... }`. */
export function checkSelect(
  context: Context,
  outer: Scope,
  state: FunctionState,
  node: SyntaxNode,
  base: StatementBase,
  label: string | null,
): Statement | null {
  const target = state.counter.next++;
  const inside = insideSwitch(state, target, label);
  const clauses = node.namedChildren.filter((child) => child.type.endsWith('_case'));
  checkDefaults(context, clauses);
  const cases = clauses.map((clause) => checkSelectCase(context, outer, inside, clause));
  return cases.every((each) => each !== null) ? { ...base, kind: 'select', target, label, cases } : null;
}

function checkSelectCase(
  context: Context,
  outer: Scope,
  state: FunctionState,
  clause: SyntaxNode,
): SelectCase | null {
  const scope = new Scope(outer);
  const { span } = clause;
  const last = clause.ofType('statement_list')?.namedChildren.at(-1);
  if (last?.type === 'fallthrough_statement') {
    context.report('syntax', last, 'a case of `select` cannot fall through');
  }
  const node = clause.child('communication');
  const communication = node === null ? null : checkCommunication(context, scope, state, node);
  const body = context.rules.block(context, scope, state, clause);
  if (body === null || (node !== null && communication === null)) return null;
  return { span, communication, body };
}

function checkCommunication(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
): Statement | null {
  const base = { span: node.span, text: statementText(node), annotations: context.annotationsOf(node) };
  if (node.type === 'send_statement') return checkSend(context, scope, node, base);
  const right = node.required('right');
  const received = unwrap(right);
  if (received.type !== 'unary_expression' || received.required('operator').text !== '<-') {
    return context.typeError(right, 'a case of `select` sends or receives');
  }
  const left = node.child('left')?.namedChildren ?? [];
  if (left.length === 0) {
    const call = value(context, scope, right);
    return call === null ? null : { ...base, kind: 'expression', call };
  }
  const isDefinition = node.has(':=');
  const values = checkValues(context, scope, [right], left.length, node);
  if (values === null) return null;
  if (!isDefinition) {
    const targets = left.map((target) => checkTarget(context, scope, target));
    if (!targets.every((target) => target !== null)) return null;
    const types = targets.map((target) => (target.kind === 'place' ? target.place.type : null));
    const fitted = fitValues(context, values, types, node);
    return fitted === null ? null : { ...base, kind: 'assign', targets, values: fitted.expressions };
  }
  if (!checkNewNames(context, left)) return null;
  if (left.every((target) => target.text === '_')) {
    return context.report('name', node, 'there is no new variable on the left side of `:=`');
  }
  const fitted = fitValues(
    context,
    values,
    left.map(() => null),
    node,
  );
  if (fitted === null) return null;
  const targets: Target[] = [];
  for (const [index, target] of left.entries()) {
    const type = fitted.types[index];
    const { span } = target;
    if (target.text === '_') {
      targets.push({ kind: 'blank', span });
      continue;
    }
    const variable = type === undefined ? null : declareLocal(context, scope, state, target, type);
    if (variable === null) return null;
    targets.push({ kind: 'declare', variable, span });
  }
  return { ...base, kind: 'assign', targets, values: fitted.expressions };
}
