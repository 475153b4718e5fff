import type { Statement, Target } from './ast.js';
import { convertUntyped } from './check-conversion.js';
import { combine } from './check-operator.js';
import { isAddressable, unwrap, value } from './check-value.js';
import { checkValues, fitValues } from './check-values.js';
import type { Context } from './context.js';
import type { BinaryOperator, Expression } from './expression.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { containsLock } from './type-set.js';

/** What a statement is made of beyond its kind. */
export type StatementBase = Pick<Statement, 'span' | 'text' | 'annotations'>;

/** A place that exists, or `_`. */
export function checkTarget(context: Context, scope: Scope, node: SyntaxNode): Target | null {
  const inner = unwrap(node);
  const { span } = node;
  if (inner.type === 'identifier' && inner.text === '_') return { kind: 'blank', span };
  const found = inner.type === 'identifier' ? scope.lookup(inner.text) : null;
  const entity = found?.entity.kind === 'variable' ? found.entity : null;
  // To assign a variable is no use of it.
  const before = entity?.used;
  const place = value(context, scope, inner);
  if (entity !== null && before !== undefined) entity.used = before;
  if (place === null) return null;
  return isAssignablePlace(context, place, inner) ? { kind: 'place', place, span } : null;
}

function isAssignablePlace(context: Context, place: Expression, node: SyntaxNode): boolean {
  if (!isAddressable(place) && place.kind !== 'lookup') {
    context.typeError(node, `cannot assign to \`${node.text}\``);
    return false;
  }
  if (containsLock(place.type)) {
    context.refuse('lockCopy', node);
    return false;
  }
  return true;
}

/** `targets = values` or `place op= value`. */
export function checkAssignment(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const left = node.required('left').namedChildren;
  const right = node.required('right').namedChildren;
  const operator = node.required('operator').text;
  if (operator !== '=') {
    const [placeNode] = left;
    const [valueNode] = right;
    if (placeNode === undefined || valueNode === undefined || left.length > 1 || right.length > 1) {
      return context.report('syntax', node, `\`${operator}\` takes one operand on each side`);
    }
    const operand = value(context, scope, valueNode);
    const plain = operator.slice(0, -1) as BinaryOperator;
    return checkOperate(context, scope, node, base, placeNode, plain, operand);
  }
  const targets = left.map((target) => checkTarget(context, scope, target));
  const values = checkValues(context, scope, right, left.length, node);
  if (values === null || !targets.every((target) => target !== null)) return null;
  const types = targets.map((target) => (target.kind === 'place' ? target.place.type : null));
  const fitted = fitValues(context, values, types, node);
  return fitted === null ? null : { ...base, kind: 'assign', targets, values: fitted.expressions };
}

/** `place op= value`, and `place++` as `place += 1`. */
export function checkOperate(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  base: StatementBase,
  placeNode: SyntaxNode,
  operator: BinaryOperator,
  operand: Expression | null,
): Statement | null {
  const place = value(context, scope, placeNode);
  if (place === null || operand === null) return null;
  if (!isAssignablePlace(context, place, placeNode)) return null;
  const combined = combine(context, node, operator, place, operand);
  if (combined === null) return null;
  const result = convertUntyped(context, combined, place.type);
  if (result?.kind !== 'binary') return null;
  switch (result.operator) {
    case '&&':
    case '||':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return context.report('syntax', node, `\`${operator}=\` is not an operator`);
    default:
      return { ...base, kind: 'operate', place, operator: result.operator, value: result.right };
  }
}

export function checkIncrement(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const [placeNode] = node.namedChildren;
  if (placeNode === undefined) return context.refuseSyntax(node);
  const one: Expression = {
    kind: 'literal',
    constant: 1n,
    type: { kind: 'untyped', of: 'int' },
    span: node.span,
  };
  const operator = node.type === 'inc_statement' ? '+' : '-';
  return checkOperate(context, scope, node, base, placeNode, operator, one);
}
