import type { Statement, Target, Variable } from './ast.js';
import { checkTarget } from './check-assignment.js';
import type { StatementBase } from './check-assignment.js';
import { checkValues, fitValues } from './check-values.js';
import type { Context, FunctionState } from './context.js';
import type { Entity, Scope, VariableEntity } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import type { GoType } from './type.js';

/** Declares a local variable. */
export function declareLocal(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
  type: GoType,
): Variable | null {
  const name = node.text;
  const variable = context.newVariable(name, type, 'local', node.span);
  const entity: VariableEntity = { kind: 'variable', resolve: () => variable, used: false };
  if (!declareName(context, scope, node, entity)) return null;
  if (name !== '_') state.locals.push({ name, span: node.span, entity });
  return variable;
}

/** Declares a name in the scope itself; false after a report if it is taken. */
export function declareName(context: Context, scope: Scope, node: SyntaxNode, entity: Entity): boolean {
  const name = node.text;
  const taken = scope.own(name);
  if (taken !== null) {
    const line = taken.span === null ? '' : ` (line ${taken.span.start.line})`;
    context.report('name', node, `\`${name}\` is already declared in this block${line}`);
    return false;
  }
  scope.declare(name, entity, node.span);
  return true;
}

/** After an error in a declaration, its names are known but have no meaning: uses of them are not reported again. */
export function declareUnknown(scope: Scope, nodes: readonly SyntaxNode[]): void {
  for (const node of nodes) {
    scope.declare(node.text, { kind: 'variable', resolve: () => null, used: true }, node.span);
  }
}

/** `a, b := values`: at least one name is new in this block; the others are assigned. */
export function checkDefine(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const left = node.required('left').namedChildren;
  const right = node.required('right').namedChildren;
  const values = checkValues(context, scope, right, left.length, node);
  if (!checkNewNames(context, left)) return null;
  const isNew = (target: SyntaxNode): boolean => target.text !== '_' && scope.own(target.text) === null;
  const fresh = left.filter(isNew);
  if (fresh.length === 0) {
    return context.report('name', node, 'there is no new variable on the left side of `:=`');
  }
  const existing = left.map((target) => (isNew(target) ? null : checkTarget(context, scope, target)));
  const types = existing.map((target) => (target?.kind === 'place' ? target.place.type : null));
  const fitted = values === null ? null : fitValues(context, values, types, node);
  if (fitted === null) {
    declareUnknown(scope, fresh);
    return null;
  }
  const targets: Target[] = [];
  for (const [index, target] of left.entries()) {
    const type = fitted.types[index];
    const known = existing[index] ?? null;
    if (fresh.includes(target) && type !== undefined) {
      const variable = declareLocal(context, scope, state, target, type);
      if (variable !== null) targets.push({ kind: 'declare', variable, span: target.span });
    } else if (known !== null) {
      targets.push(known);
    }
  }
  return targets.length === left.length
    ? { ...base, kind: 'assign', targets, values: fitted.expressions }
    : null;
}

/** Names that Go takes for any others, and the grammar used here for words of its own. */
export const LITERAL_NAMES: ReadonlySet<string> = new Set(['true', 'false', 'nil', 'iota']);

/** What `:=` declares are names, each once. */
export function checkNewNames(context: Context, nodes: readonly SyntaxNode[]): boolean {
  const names = new Set<string>();
  for (const target of nodes) {
    if (LITERAL_NAMES.has(target.type)) {
      context.refuse('literalName', target);
      return false;
    }
    if (target.type !== 'identifier') {
      context.report('syntax', target, `\`${target.text}\` cannot be declared; only names can`);
      return false;
    }
    if (target.text !== '_' && names.has(target.text)) {
      context.report('name', target, `\`${target.text}\` stands twice on the left side of \`:=\``);
      return false;
    }
    names.add(target.text);
  }
  return true;
}

/** One `var` specification in a function. */
export function checkLocalVariables(
  context: Context,
  scope: Scope,
  state: FunctionState,
  spec: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const nameNodes = spec.all('name');
  const typeNode = spec.child('type');
  const type = typeNode === null ? null : context.rules.type(context, scope, typeNode);
  const valueNode = spec.child('value');
  const values =
    valueNode === null ? null : checkValues(context, scope, valueNode.namedChildren, nameNodes.length, spec);
  const wanted = nameNodes.map(() => type);
  const fitted =
    values === null || (typeNode !== null && type === null) ? null : fitValues(context, values, wanted, spec);
  if ((typeNode !== null && type === null) || (valueNode !== null && fitted === null)) {
    declareUnknown(scope, nameNodes);
    return null;
  }
  const variables: Variable[] = [];
  for (const [index, nameNode] of nameNodes.entries()) {
    const variableType = fitted?.types[index] ?? type;
    if (variableType === null) return context.refuseSyntax(spec);
    const variable = declareLocal(context, scope, state, nameNode, variableType);
    if (variable === null) declareUnknown(scope, [nameNode]);
    else variables.push(variable);
  }
  if (variables.length < nameNodes.length) return null;
  if (fitted === null) return { ...base, kind: 'declare', variables };
  const targets = variables.map((variable) => ({ kind: 'declare', variable, span: variable.span }) as const);
  return { ...base, kind: 'assign', targets, values: fitted.expressions };
}
