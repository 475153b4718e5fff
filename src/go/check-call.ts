import { checkArguments, matchArguments } from './check-arguments.js';
import { checkBuiltin } from './check-builtin.js';
import { convertTo } from './check-convert.js';
import { genericCall } from './check-instantiation.js';
import { typeArgumentNodes } from './check-type.js';
import { atomicCall, syncTarget } from './check-sync.js';
import { unwrap, value } from './check-value.js';
import { newCondition } from './check-condition.js';
import type { Context } from './context.js';
import type { CallExpression, Callee, Expression } from './expression.js';
import type { Operand } from './operand.js';
import type { Scope } from './scope.js';
import { sentinel } from './sentinel.js';
import type { SyntaxNode } from './syntax.js';
import { coreType, resultType } from './type-set.js';
import { showGoType } from './type-text.js';
import type { FunctionType, GoType } from './type.js';

/** A call of anything that can be called, or a conversion. */
export function checkCall(context: Context, scope: Scope, node: SyntaxNode): Operand | null {
  const calleeNode = node.required('function');
  const argumentNodes = node.required('arguments').namedChildren;
  const spread = node.required('arguments').children.some((child) => child.type === 'variadic_argument');
  const operand = calleeOperand(context, scope, node, calleeNode);
  if (operand === null) {
    // What is wrong with the arguments is worth reporting as well.
    checkArguments(context, scope, argumentNodes.map(withoutDots));
    return null;
  }
  switch (operand.kind) {
    case 'type':
      return valueOf(convertTo(context, scope, node, operand.type, argumentNodes));
    case 'builtin':
      return valueOf(checkBuiltin(context, scope, node, operand.name, argumentNodes));
    case 'atomic': {
      const given = checkArguments(context, scope, argumentNodes.map(withoutDots));
      return given === null ? null : valueOf(atomicCall(context, node, operand, given, spread));
    }
    case 'newCondition': {
      const given = checkArguments(context, scope, argumentNodes.map(withoutDots));
      return given === null ? null : valueOf(newCondition(context, node, given));
    }
    case 'value':
    case 'machine':
    case 'sync': {
      const target = callTarget(context, calleeNode, operand);
      const given = checkArguments(context, scope, argumentNodes.map(withoutDots));
      if (target === null || given === null) return null;
      return valueOf(finishCall(context, node, target.callee, target.type, given, spread));
    }
    case 'generic': {
      const given = checkArguments(context, scope, argumentNodes.map(withoutDots));
      if (given === null) return null;
      const target = genericCall(context, node, operand, given, spread);
      if (target === null) return null;
      return valueOf(finishCall(context, node, target.callee, target.type, given, spread));
    }
  }
}

function valueOf(expression: Expression | null): Operand | null {
  return expression === null ? null : { kind: 'value', expression };
}

function withoutDots(node: SyntaxNode): SyntaxNode {
  return node.type === 'variadic_argument' ? (node.namedChildren[0] ?? node) : node;
}

/** The callee, with type arguments that the grammar attaches to the call. */
function calleeOperand(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  calleeNode: SyntaxNode,
): Operand | null {
  const operand = context.rules.operand(context, scope, calleeNode);
  if (operand === null || node.child('type_arguments') === null) return operand;
  const types = typeArgumentNodes(node).map((each) => context.rules.anyType(context, scope, each));
  if (!types.every((type) => type !== null)) return null;
  if (operand.kind === 'generic') {
    const typeArguments = [...operand.typeArguments, ...types];
    if (typeArguments.length <= operand.draft.typeParameters.length) return { ...operand, typeArguments };
  }
  return context.typeError(calleeNode, `\`${calleeNode.text}\` does not take these type arguments`);
}

/** `T(x)` where the grammar knows that it is one, or takes an index for type arguments: `table[i](x)`. */
export function checkConversionSyntax(context: Context, scope: Scope, node: SyntaxNode): Operand | null {
  const typeNode = node.required('type');
  const operandNode = node.required('operand');
  const operand = context.rules.operand(context, scope, unwrap(typeNode));
  switch (operand?.kind) {
    case undefined:
      value(context, scope, operandNode);
      return null;
    case 'type':
      return valueOf(convertTo(context, scope, node, operand.type, [operandNode]));
    case 'value':
    case 'machine':
    case 'sync': {
      const target = callTarget(context, typeNode, operand);
      const given = checkArguments(context, scope, [operandNode]);
      if (target === null || given === null) return null;
      return valueOf(finishCall(context, node, target.callee, target.type, given, false));
    }
    case 'generic': {
      const given = checkArguments(context, scope, [operandNode]);
      const target = given === null ? null : genericCall(context, node, operand, given, false);
      if (target === null || given === null) return null;
      return valueOf(finishCall(context, node, target.callee, target.type, given, false));
    }
    case 'builtin':
    case 'atomic':
    case 'newCondition':
      return context.typeError(typeNode, `\`${typeNode.text}\` takes no type arguments`);
  }
}

/** What a call calls, and its signature. */
export interface CallTarget {
  readonly callee: Callee;
  readonly type: FunctionType;
}

function callTarget(
  context: Context,
  node: SyntaxNode,
  operand: Extract<Operand, { kind: 'value' | 'machine' | 'sync' }>,
): CallTarget | null {
  switch (operand.kind) {
    case 'machine': {
      const { parameters, results } = operand.function;
      const type: FunctionType = { kind: 'function', parameters, results, variadic: false };
      return { callee: operand, type };
    }
    case 'sync':
      return syncTarget(context, node, operand);
    case 'value':
      return valueTarget(context, node, operand.expression);
  }
}

function valueTarget(context: Context, node: SyntaxNode, expression: Expression): CallTarget | null {
  const type = coreType(expression.type);
  if (type?.kind !== 'function') {
    const what =
      expression.type.kind === 'tuple'
        ? 'the results of this call'
        : `a value of type ${showGoType(expression.type)}`;
    return context.typeError(node, `${what} cannot be called`);
  }
  switch (expression.kind) {
    case 'function':
      return { callee: { kind: 'function', function: expression.function }, type };
    case 'methodValue':
      return { callee: expression.method, type };
    default:
      return { callee: { kind: 'value', function: expression }, type };
  }
}

function finishCall(
  context: Context,
  node: SyntaxNode,
  callee: Callee,
  signature: FunctionType,
  given: readonly Expression[],
  spread: boolean,
): Expression | null {
  const converted = matchArguments(context, node, signature, given, spread);
  if (converted === null) return null;
  const type: GoType = resultType(signature);
  const call: CallExpression = { kind: 'call', callee, arguments: converted, type, span: node.span };
  return sentinel(context, call) ?? call;
}
