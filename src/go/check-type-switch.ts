import type { Statement, TypeCase, Variable } from './ast.js';
import { canHold } from './check-assertion.js';
import type { StatementBase } from './check-assignment.js';
import { checkDefaults, insideSwitch } from './check-branch.js';
import { checkSimple } from './check-simple.js';
import { value } from './check-value.js';
import type { Context, FunctionState } from './context.js';
import type { Expression } from './expression.js';
import { Scope } from './scope.js';
import type { VariableEntity } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { identicalTypes } from './type-identity.js';
import { showGoType } from './type-text.js';
import { underlying } from './type.js';
import type { GoType } from './type.js';

/** What the cases of a type switch share. */
interface SwitchContext {
  readonly operand: Expression;
  readonly nameNode: SyntaxNode | null;
  /** The variables of the cases: it is enough that one of them is used. */
  readonly entities: VariableEntity[];
  readonly seen: (GoType | null)[];
}

/** `switch x := y.(type) { ... }`. */
export function checkTypeSwitch(
  context: Context,
  outer: Scope,
  state: FunctionState,
  node: SyntaxNode,
  base: StatementBase,
  label: string | null,
): Statement | null {
  const scope = new Scope(outer);
  const target = state.counter.next++;
  const inside = insideSwitch(state, target, label);
  const initialiserNode = node.child('initializer');
  const initialiser = initialiserNode === null ? null : checkSimple(context, scope, state, initialiserNode);
  const aliasNodes = node.child('alias')?.namedChildren ?? [];
  const [nameNode = null, second] = aliasNodes;
  if (second !== undefined || (nameNode !== null && nameNode.type !== 'identifier')) {
    return context.report('syntax', second ?? nameNode ?? node, 'a type switch declares one name');
  }
  if (nameNode?.text === '_') return context.report('name', nameNode, 'there is no new variable before `:=`');
  const operand = value(context, scope, node.required('value'));
  if (operand === null || (initialiserNode !== null && initialiser === null)) return null;
  if (underlying(operand.type).kind !== 'interface') {
    return context.typeError(operand.span, `a value of type ${showGoType(operand.type)} is no interface`);
  }
  const clauses = node.namedChildren.filter((child) => child.type.endsWith('_case'));
  checkDefaults(context, clauses);
  const shared: SwitchContext = { operand, nameNode, entities: [], seen: [] };
  const cases = clauses.map((clause) => checkTypeCase(context, scope, inside, clause, shared));
  if (nameNode !== null && !shared.entities.some((entity) => entity.used)) {
    context.report('name', nameNode, `\`${nameNode.text}\` is declared and not used`);
  }
  if (!cases.every((each) => each !== null)) return null;
  return { ...base, kind: 'typeSwitch', target, label, initialiser, operand, cases };
}

function checkTypeCase(
  context: Context,
  outer: Scope,
  state: FunctionState,
  clause: SyntaxNode,
  shared: SwitchContext,
): TypeCase | null {
  const types: (GoType | null)[] = [];
  let valid = true;
  for (const node of clause.all('type')) {
    const type = caseType(context, outer, node, shared);
    if (type === undefined) valid = false;
    else types.push(type);
  }
  const last = clause.ofType('statement_list')?.namedChildren.at(-1);
  if (last?.type === 'fallthrough_statement') {
    context.report('syntax', last, 'a type switch cannot fall through');
  }
  const scope = new Scope(outer);
  const variable = caseVariable(context, scope, types, shared);
  const body = context.rules.block(context, scope, state, clause);
  if (body === null || !valid) return null;
  return { span: clause.span, types, isDefault: clause.type === 'default_case', variable, body };
}

/** The type of a case, null for `nil`, undefined after a report. */
function caseType(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  { operand, seen }: SwitchContext,
): GoType | null | undefined {
  const isNil = node.text === 'nil' && scope.lookup('nil')?.entity.kind === 'nil';
  const type = isNil ? null : context.rules.type(context, scope, node);
  if (type === null && !isNil) return undefined;
  const isSame = (other: GoType | null): boolean =>
    other === null || type === null ? other === type : identicalTypes(other, type);
  if (seen.some(isSame)) {
    context.typeError(node, `duplicate case \`${node.text}\``);
    return undefined;
  }
  seen.push(type);
  return type === null || canHold(context, node, operand, type) ? type : undefined;
}

function caseVariable(
  context: Context,
  scope: Scope,
  types: readonly (GoType | null)[],
  { operand, nameNode, entities }: SwitchContext,
): Variable | null {
  if (nameNode === null) return null;
  const [only = null] = types;
  const type = only !== null && types.length === 1 ? only : operand.type;
  const variable = context.newVariable(nameNode.text, type, 'local', nameNode.span);
  const entity: VariableEntity = { kind: 'variable', resolve: () => variable, used: false };
  scope.declare(nameNode.text, entity, nameNode.span);
  entities.push(entity);
  return variable;
}
