import { checkAppend, checkCopy } from './check-append.js';
import { checkMake, checkNew } from './check-make.js';
import { convertUntyped, describe, withDefaultType } from './check-conversion.js';
import { dereferencedArray } from './check-index.js';
import { matchTypes } from './check-operator.js';
import { value } from './check-value.js';
import { compareConstants } from './constant.js';
import type { Context } from './context.js';
import type { BuiltinCallee, Expression } from './expression.js';
import { isOrdered } from './predicates.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { stringBytes } from './text.js';
import { assignableTo } from './check-conversion.js';
import { coreType, everyUnderlying } from './type-set.js';
import { showGoType } from './type-text.js';
import { NOTHING, integerType, underlying } from './type.js';
import { containsCall } from './contains-call.js';
import { ANY } from './universe.js';

/** A call of a built-in function. */
export function checkBuiltin(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  name: string,
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  const spread = argumentNodes.find((argument) => argument.type === 'variadic_argument');
  if (spread !== undefined && name !== 'append') {
    return context.typeError(spread, `\`...\` does not fit \`${name}\``);
  }
  switch (name) {
    case 'len':
    case 'cap':
      return checkLength(context, scope, node, name, argumentNodes);
    case 'min':
    case 'max':
      return checkExtremum(context, scope, node, name, argumentNodes);
    case 'make':
      return checkMake(context, scope, node, argumentNodes);
    case 'new':
      return checkNew(context, scope, node, argumentNodes);
    case 'append':
      return checkAppend(context, scope, node, argumentNodes);
    case 'copy':
      return checkCopy(context, scope, node, argumentNodes);
    case 'clear':
    case 'close':
    case 'delete':
    case 'panic':
      return checkEffect(context, scope, node, name, argumentNodes);
    default:
      return context.refuse('builtin', node, `\`${name}\``);
  }
}

/** The one argument of a built-in function. */
function soleArgument(
  context: Context,
  node: SyntaxNode,
  name: string,
  argumentNodes: readonly SyntaxNode[],
): SyntaxNode | null {
  const [only] = argumentNodes;
  if (only !== undefined && argumentNodes.length === 1) return only;
  return context.typeError(node, `\`${name}\` takes one argument, not ${argumentNodes.length}`);
}

function checkLength(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  name: 'len' | 'cap',
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  const operandNode = soleArgument(context, node, name, argumentNodes);
  const given = operandNode === null ? null : value(context, scope, operandNode);
  if (given === null) return null;
  const base = { kind: 'length', function: name, type: integerType('int'), span: node.span } as const;
  if (typeof given.constant === 'string' && name === 'len') {
    const operand = withDefaultType(context, given);
    return operand === null
      ? null
      : { ...base, operand, constant: BigInt(stringBytes(given.constant).length) };
  }
  const operand = dereferencedArray(given);
  const isDefined = everyUnderlying(operand.type, (plain) => {
    switch (plain.kind) {
      case 'array':
      case 'slice':
      case 'channel':
        return true;
      case 'pointer':
        return underlying(plain.element).kind === 'array';
      case 'string':
      case 'map':
        return name === 'len';
      default:
        return false;
    }
  });
  if (!isDefined) return context.typeError(node, `\`${name}\` is not defined on ${describe(given)}`);
  const plain = underlying(operand.type);
  if (plain.kind !== 'array' || containsCall(operand)) return { ...base, operand };
  return { ...base, operand, constant: plain.length };
}

function checkExtremum(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  name: 'min' | 'max',
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  const given = argumentNodes.map((argument) => value(context, scope, argument));
  const [first, ...rest] = given;
  if (first === undefined) return context.typeError(node, `\`${name}\` needs an argument`);
  if (first === null) return null;
  // The common type of all arguments, found pair by pair.
  let common = first;
  for (const argument of rest) {
    if (argument === null) return null;
    const matched = matchTypes(context, node, common, argument);
    if (matched === null) return null;
    [common] = matched;
  }
  const { type } = common;
  for (const argument of given) {
    if (argument !== null && !isOrdered(argument.type)) {
      return context.typeError(node, `\`${name}\` is not defined on ${describe(argument)}`);
    }
  }
  const operands: Expression[] = [];
  for (const argument of given) {
    const converted = argument === null ? null : convertUntyped(context, argument, type);
    if (converted === null) return null;
    operands.push(converted);
  }
  const extremum = { kind: 'extremum', function: name, operands, type, span: node.span } as const;
  const constants = operands.map((operand) => operand.constant).filter((each) => each !== undefined);
  if (constants.length < operands.length) return extremum;
  const constant = constants.reduce((best, each) => {
    const order = compareConstants(each, best);
    return (name === 'min' ? order < 0 : order > 0) ? each : best;
  });
  return { ...extremum, constant };
}

/** Built-in functions without a result. */
function checkEffect(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  name: 'clear' | 'close' | 'delete' | 'panic',
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  if (name === 'delete') return checkDelete(context, scope, node, argumentNodes);
  const argumentNode = soleArgument(context, node, name, argumentNodes);
  const argument = argumentNode === null ? null : value(context, scope, argumentNode);
  if (argument === null) return null;
  if (name === 'panic') {
    const converted = assignableTo(context, argument, ANY, '`panic`');
    return converted === null ? null : builtinCall(node, 'panic', [converted]);
  }
  const isDefined = everyUnderlying(argument.type, (plain) => {
    if (name === 'clear') return plain.kind === 'map' || plain.kind === 'slice';
    return plain.kind === 'channel' && plain.direction !== 'receive';
  });
  if (!isDefined) return context.typeError(node, `\`${name}\` is not defined on ${describe(argument)}`);
  return builtinCall(node, name, [argument]);
}

function checkDelete(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  const [mapNode, keyNode] = argumentNodes;
  if (mapNode === undefined || keyNode === undefined || argumentNodes.length > 2) {
    return context.typeError(node, `\`delete\` takes two arguments, not ${argumentNodes.length}`);
  }
  const map = value(context, scope, mapNode);
  const key = value(context, scope, keyNode);
  if (map === null || key === null) return null;
  const type = coreType(map.type);
  if (type?.kind !== 'map') return context.typeError(mapNode, `${showGoType(map.type)} is no map`);
  const converted = assignableTo(context, key, type.key, '`delete`');
  return converted === null ? null : builtinCall(node, 'delete', [map, converted]);
}

function builtinCall(
  node: SyntaxNode,
  name: BuiltinCallee['function'],
  argumentsOf: readonly Expression[],
): Expression {
  const callee: BuiltinCallee = { kind: 'builtin', function: name };
  return { kind: 'call', callee, arguments: argumentsOf, type: NOTHING, span: node.span };
}
