import type { BinaryOperator, Expression } from './expression.js';
import type { Statement, Target, Variable } from './ast.js';
import {
  assignableTo,
  convertConstant,
  defaultType,
  refuseLockCopy,
  withDefaultType,
} from './check-conversion.js';
import { combine } from './check-operator.js';
import { isAddressable, unwrap, value } from './check-value.js';
import type { Context, FunctionState } from './context.js';
import type { Entity, Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { containsLock } from './type-set.js';
import { identicalTypes } from './type-identity.js';
import { integerType, underlying } from './type.js';
import { showGoType } from './type-text.js';
import type { GoType } from './type.js';

/** What a statement is made of beyond its kind. */
export type StatementBase = Pick<Statement, 'span' | 'text' | 'annotations'>;

/** Declares a local variable; refuses the types that cannot be local. */
export function declareLocal(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
  type: GoType,
): Variable | null {
  if (!isVariableType(context, node, type)) return null;
  if (containsLock(type)) return context.refuse('localLock', node);
  const name = node.text;
  const variable = context.newVariable(name, type, 'local', node.span);
  const entity: Extract<Entity, { kind: 'variable' }> = {
    kind: 'variable',
    resolve: () => variable,
    used: false,
  };
  if (!declareName(context, scope, node, entity)) return null;
  if (name !== '_') state.locals.push({ name, span: node.span, entity });
  return variable;
}

/** Variables hold no strings and no pointers. */
export function isVariableType(context: Context, node: SyntaxNode, type: GoType): boolean {
  const plain = underlying(type);
  if (plain.kind === 'string') {
    context.refuse('string', node);
    return false;
  }
  if (plain.kind === 'pointer') {
    context.refuse('pointer', node);
    return false;
  }
  return true;
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

/** The right-hand side of an assignment: one value for each target, or one call with as many results. */
export interface Values {
  readonly expressions: readonly Expression[];
  /** Types of the results of the one call. */
  readonly spread: readonly GoType[] | null;
}

export function checkValues(
  context: Context,
  scope: Scope,
  nodes: readonly SyntaxNode[],
  count: number,
  at: SyntaxNode,
): Values | null {
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1 && count !== 1) {
    const call = context.rules.expression(context, scope, only);
    if (call === null) return null;
    const results = call.type.kind === 'tuple' ? call.type.elements : [call.type];
    if (results.length === count) return { expressions: [call], spread: results };
    return context.typeError(at, `${count} values are needed but there are ${results.length}`);
  }
  if (nodes.length !== count) {
    return context.typeError(at, `${count} values are needed but there are ${nodes.length}`);
  }
  const expressions = nodes.map((node) => value(context, scope, node));
  return expressions.every((expression) => expression !== null) ? { expressions, spread: null } : null;
}

/** Fits values to the types of their targets; where the type is null the value says it. */
export function fitValues(
  context: Context,
  values: Values,
  types: readonly (GoType | null)[],
  at: SyntaxNode,
): { readonly expressions: readonly Expression[]; readonly types: readonly GoType[] } | null {
  const { spread } = values;
  if (spread !== null) {
    for (const [index, result] of spread.entries()) {
      const type = types[index] ?? null;
      if (type !== null && !identicalTypes(underlying(type), underlying(result))) {
        return context.typeError(
          at,
          `cannot use a value of type ${showGoType(result)} as ${showGoType(type)}`,
        );
      }
      if (type?.kind === 'named' && result.kind === 'named' && !identicalTypes(type, result)) {
        return context.typeError(
          at,
          `cannot use a value of type ${showGoType(result)} as ${showGoType(type)}`,
        );
      }
    }
    return { expressions: values.expressions, types: spread.map((result, index) => types[index] ?? result) };
  }
  const fitted: Expression[] = [];
  const fittedTypes: GoType[] = [];
  for (const [index, expression] of values.expressions.entries()) {
    const type = types[index] ?? null;
    const plain = type === null ? withDefaultType(context, expression) : expression;
    const result =
      plain === null
        ? null
        : type === null
          ? refuseLockCopy(context, plain)
          : assignableTo(context, plain, type, 'an assignment');
    if (result === null) return null;
    fitted.push(result);
    fittedTypes.push(type ?? result.type);
  }
  return { expressions: fitted, types: fittedTypes };
}

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
  return isAssignable(context, place, inner) ? { kind: 'place', place, span } : null;
}

function isAssignable(context: Context, place: Expression, node: SyntaxNode): boolean {
  if (!isAddressable(place)) {
    context.typeError(node, `cannot assign to \`${node.text}\``);
    return false;
  }
  if (place.type.kind === 'pointer') {
    context.refuse('receiverAssignment', node);
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
    return checkOperate(
      context,
      scope,
      node,
      base,
      placeNode,
      operator.slice(0, -1) as BinaryOperator,
      operand,
    );
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
  if (!isAssignable(context, place, placeNode)) return null;
  const combined = combine(context, node, operator, place, operand);
  if (combined === null) return null;
  const result = convertConstant(context, combined, place.type);
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
  const names = new Set<string>();
  for (const target of left) {
    if (target.type !== 'identifier') {
      return context.report('syntax', target, `\`${target.text}\` cannot be declared; only names can`);
    }
    if (target.text !== '_' && names.has(target.text)) {
      return context.report('name', target, `\`${target.text}\` stands twice on the left side of \`:=\``);
    }
    names.add(target.text);
  }
  const isNew = (target: SyntaxNode): boolean => target.text !== '_' && scope.own(target.text) === null;
  if (!left.some(isNew))
    return context.report('name', node, 'there is no new variable on the left side of `:=`');
  if (values === null) {
    declareUnknown(scope, left.filter(isNew));
    return null;
  }
  const existing = left.map((target) => (isNew(target) ? null : checkTarget(context, scope, target)));
  const types = existing.map((target) => (target?.kind === 'place' ? target.place.type : null));
  const fitted = fitValues(context, values, types, node);
  if (fitted === null) {
    declareUnknown(scope, left.filter(isNew));
    return null;
  }
  const targets: Target[] = [];
  for (const [index, target] of left.entries()) {
    const type = fitted.types[index];
    const known = existing[index] ?? null;
    if (isNew(target) && type !== undefined) {
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

/** After an error in a declaration, its names are known but have no meaning: uses of them are not reported again. */
export function declareUnknown(scope: Scope, nodes: readonly SyntaxNode[]): void {
  for (const node of nodes) {
    scope.declare(node.text, { kind: 'variable', resolve: () => null, used: true }, node.span);
  }
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
  const fitted =
    values === null || (typeNode !== null && type === null)
      ? null
      : fitValues(
          context,
          values,
          nameNodes.map(() => type),
          spec,
        );
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

/** What `range` iterates over, and the types of its variables. */
export function rangeTypes(
  context: Context,
  over: Expression,
  keyType: GoType | null,
): { readonly over: Expression; readonly key: GoType; readonly value: GoType | null } | null {
  const given =
    over.type.kind === 'untyped' ? convertConstant(context, over, keyType ?? defaultType(over.type)) : over;
  if (given === null) return null;
  const type = underlying(given.type);
  if (type.kind === 'integer') return { over: given, key: given.type, value: null };
  if (type.kind === 'array') return { over: given, key: integerType('int'), value: type.element };
  return context.typeError(over.span, `cannot range over a value of type ${showGoType(over.type)}`);
}
