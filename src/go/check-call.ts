import type { Callee, Expression } from './expression.js';
import type { FunctionDeclaration } from './ast.js';
import type { GoType } from './type.js';
import { checkBuiltin } from './check-builtin.js';
import { assignableTo, convertConstant, describe, refuseLockCopy } from './check-conversion.js';
import { isAddressable, unwrap, value } from './check-value.js';
import { isRepresentable } from './constant.js';
import { checkSyncFunction, checkSyncMethod, isSyncType } from './check-sync.js';
import type { Context } from './context.js';
import type { Entity, Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { identicalTypes } from './type-identity.js';
import { showGoType } from './type-text.js';
import { underlying } from './type.js';

/** A call of a function, a method, a machine operation, a lock operation or a built-in function, or a conversion. */
export function checkCall(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const typeArguments = node.child('type_arguments');
  if (typeArguments !== null) return context.refuse('generic', typeArguments);
  const calleeNode = unwrap(node.required('function'));
  const argumentNodes = node.required('arguments').namedChildren;
  const variadic = argumentNodes.find((argument) => argument.type === 'variadic_argument');
  if (variadic !== undefined) return context.refuse('variadic', variadic);
  if (calleeNode.type === 'selector_expression') {
    return checkSelectorCall(context, scope, node, calleeNode, argumentNodes);
  }
  if (calleeNode.type !== 'identifier') {
    if (value(context, scope, calleeNode) === null) return null;
    return context.typeError(calleeNode, 'this value cannot be called');
  }
  const found = scope.lookup(calleeNode.text);
  if (found === null) return missingCallee(context, scope, calleeNode);
  const { entity } = found;
  switch (entity.kind) {
    case 'type':
      return checkConversion(context, scope, node, calleeNode, argumentNodes);
    case 'builtin':
      return checkBuiltin(context, scope, node, entity.name, argumentNodes);
    case 'function':
      return functionCall(context, scope, node, entity, argumentNodes);
    case 'constant':
    case 'variable':
    case 'import':
      return context.typeError(calleeNode, `\`${calleeNode.text}\` cannot be called`);
  }
}

/** A name that is not declared may be that of a type that is refused. */
function missingCallee(context: Context, scope: Scope, node: SyntaxNode): null {
  context.rules.type(context, scope, node);
  return null;
}

function functionCall(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  entity: Extract<Entity, { kind: 'function' }>,
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  const target = entity.resolve();
  const given = checkArguments(context, scope, argumentNodes);
  if (target === null || given === null) return null;
  return finishCall(context, node, { kind: 'function', function: target }, signature(target), given);
}

interface Signature {
  readonly parameters: readonly GoType[];
  readonly results: readonly GoType[];
}

function signature(target: FunctionDeclaration): Signature {
  return { parameters: target.parameters.map((parameter) => parameter.type), results: target.resultTypes };
}

function checkSelectorCall(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  selector: SyntaxNode,
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  const operandNode = selector.required('operand');
  const member = selector.required('field');
  const found = operandNode.type === 'identifier' ? scope.lookup(operandNode.text) : null;
  if (found?.entity.kind === 'import') {
    return importedCall(context, scope, node, found.entity, member, argumentNodes);
  }
  const operand = value(context, scope, operandNode);
  const given = checkArguments(context, scope, argumentNodes);
  if (operand === null || given === null) return null;
  return methodCall(context, node, operand, member, given);
}

function importedCall(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  entity: Extract<Entity, { kind: 'import' }>,
  member: SyntaxNode,
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  entity.used = true;
  const { imported } = entity;
  if (imported.kind !== 'machine') {
    return checkSyncFunction(context, scope, node, imported.kind, member, argumentNodes, finishCall);
  }
  const target = imported.functions.find((candidate) => candidate.name === member.text);
  if (target === undefined) {
    const type = imported.types.find((candidate) => candidate.name === member.text);
    if (type !== undefined)
      return checkConversion(context, scope, node, unwrap(node.required('function')), argumentNodes);
    const names = imported.functions.map((candidate) => candidate.name).join(', ');
    return context.report(
      'name',
      member,
      `undefined: \`${imported.name}.${member.text}\``,
      `It has: ${names}.`,
    );
  }
  const given = checkArguments(context, scope, argumentNodes);
  if (given === null) return null;
  return finishCall(context, node, { kind: 'machine', package: imported, function: target }, target, given);
}

function methodCall(
  context: Context,
  node: SyntaxNode,
  operand: Expression,
  member: SyntaxNode,
  given: readonly Expression[],
): Expression | null {
  const isPointer = operand.type.kind === 'pointer';
  const base = operand.type.kind === 'pointer' ? operand.type.element : operand.type;
  if (isSyncType(base)) return checkSyncMethod(context, node, operand, member, given, finishCall);
  const method = base.kind === 'named' ? context.methods.get(base.name)?.get(member.text) : undefined;
  if (method === undefined) {
    const struct = underlying(base);
    const isField = struct.kind === 'struct' && struct.fields.some((field) => field.name === member.text);
    if (isField) return context.typeError(member, `the field \`${member.text}\` cannot be called`);
    return context.report('name', member, `the type ${showGoType(base)} has no method \`${member.text}\``);
  }
  const target = method.resolve();
  if (target?.receiver == null) return null;
  const wantsPointer = target.receiver.type.kind === 'pointer';
  const { span } = operand;
  let receiver: Expression | null = operand;
  if (wantsPointer && !isPointer) {
    if (!isAddressable(operand)) {
      return context.typeError(node, `the method \`${member.text}\` needs a variable, not a value`);
    }
    receiver = { kind: 'address', place: operand, type: target.receiver.type, span };
  } else if (!wantsPointer) {
    const plain: Expression = isPointer ? { kind: 'dereference', operand, type: base, span } : operand;
    receiver = refuseLockCopy(context, plain);
  }
  if (receiver === null) return null;
  return finishCall(context, node, { kind: 'method', function: target, receiver }, signature(target), given);
}

function checkArguments(
  context: Context,
  scope: Scope,
  nodes: readonly SyntaxNode[],
): readonly Expression[] | null {
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) {
    const expression = context.rules.expression(context, scope, only);
    return expression === null ? null : [expression];
  }
  const given = nodes.map((node) => value(context, scope, node));
  return given.every((expression) => expression !== null) ? given : null;
}

function finishCall(
  context: Context,
  node: SyntaxNode,
  callee: Callee,
  { parameters, results }: Signature,
  given: readonly Expression[],
): Expression | null {
  const converted = matchArguments(context, node, parameters, given);
  if (converted === null) return null;
  const [only] = results;
  const type: GoType =
    only !== undefined && results.length === 1 ? only : { kind: 'tuple', elements: results };
  return { kind: 'call', callee, arguments: converted, type, span: node.span };
}

function matchArguments(
  context: Context,
  node: SyntaxNode,
  parameters: readonly GoType[],
  given: readonly Expression[],
): readonly Expression[] | null {
  const [only] = given;
  const spread = given.length === 1 && only?.type.kind === 'tuple' ? only.type.elements : null;
  const count = spread?.length ?? given.length;
  if (count !== parameters.length || spread?.length === 0) {
    const call = node.required('function').text;
    return context.typeError(node, `\`${call}\` takes ${parameters.length} arguments but ${count} are given`);
  }
  if (spread !== null) {
    const fitting = spread.every((type, index) => identicalTypes(type, parameters[index] ?? type));
    if (fitting) return given;
    return context.typeError(
      node,
      `the results ${spread.map(showGoType).join(', ')} do not fit the parameters`,
    );
  }
  const converted = given.map((argument, index) => {
    const parameter = parameters[index];
    return parameter === undefined ? null : assignableTo(context, argument, parameter, 'an argument');
  });
  return converted.every((argument) => argument !== null) ? converted : null;
}

/** `T(x)`. */
export function checkConversion(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  typeNode: SyntaxNode,
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  const type = context.rules.type(context, scope, typeNode);
  const [operandNode] = argumentNodes;
  if (operandNode === undefined || argumentNodes.length > 1) {
    return context.typeError(node, `a conversion takes one value, not ${argumentNodes.length}`);
  }
  const operand = value(context, scope, operandNode);
  if (type === null || operand === null) return null;
  return convert(context, node, operand, type);
}

function convert(context: Context, node: SyntaxNode, given: Expression, type: GoType): Expression | null {
  const to = underlying(type);
  const { span } = node;
  if (given.type.kind === 'untyped') {
    const isText = to.kind === 'string' && given.type.of !== 'string' && given.type.of !== 'bool';
    if (isText) return context.refuse('string', node);
    const operand = convertConstant(context, given, type);
    if (operand === null) return null;
    const { constant } = operand;
    return {
      kind: 'convert',
      implicit: false,
      operand,
      type,
      span,
      ...(constant === undefined ? {} : { constant }),
    };
  }
  const from = underlying(given.type);
  const isNumeric = from.kind === 'integer' && to.kind === 'integer';
  if (from.kind === 'integer' && to.kind === 'string') return context.refuse('string', node);
  if (!isNumeric && !identicalTypes(from, to)) {
    return context.typeError(node, `cannot convert ${describe(given)} to ${showGoType(type)}`);
  }
  const operand = refuseLockCopy(context, given);
  if (operand === null) return null;
  const { constant } = operand;
  if (constant === undefined) return { kind: 'convert', implicit: false, operand, type, span };
  if (!isRepresentable(constant, type)) {
    return context.typeError(node, `the value overflows ${showGoType(type)}`);
  }
  return { kind: 'convert', implicit: false, operand, type, span, constant };
}
