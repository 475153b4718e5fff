import type { Expression } from './expression.js';
import { convertConstant, describe } from './check-conversion.js';
import { matchTypes } from './check-operator.js';
import { value } from './check-value.js';
import type { Context } from './context.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { integerType, underlying } from './type.js';

/** A call of a built-in function inside an expression. */
export function checkBuiltin(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  name: string,
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  switch (name) {
    case 'len':
    case 'cap':
      return checkLength(context, scope, node, name, argumentNodes);
    case 'min':
    case 'max':
      return checkExtremum(context, scope, node, name, argumentNodes);
    case 'panic':
      return context.refuse('panicValue', node);
    default:
      return context.refuse('builtin', node, `\`${name}\``);
  }
}

function checkLength(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  name: 'len' | 'cap',
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  const [operandNode] = argumentNodes;
  if (operandNode === undefined || argumentNodes.length > 1) {
    return context.typeError(node, `\`${name}\` takes one argument, not ${argumentNodes.length}`);
  }
  const operand = value(context, scope, operandNode);
  if (operand === null) return null;
  const length = {
    kind: 'length',
    function: name,
    operand,
    type: integerType('int'),
    span: node.span,
  } as const;
  if (typeof operand.constant === 'string' && name === 'len') {
    return { ...length, constant: BigInt(Buffer.byteLength(operand.constant)) };
  }
  const type = underlying(operand.type);
  if (type.kind !== 'array')
    return context.typeError(node, `\`${name}\` is not defined on ${describe(operand)}`);
  return containsCall(operand) ? length : { ...length, constant: type.length };
}

function containsCall(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
    case 'constant':
    case 'variable':
      return false;
    case 'call':
      return true;
    case 'unary':
    case 'convert':
    case 'select':
    case 'dereference':
      return containsCall(expression.operand);
    case 'length':
      return expression.constant === undefined && containsCall(expression.operand);
    case 'address':
      return containsCall(expression.place);
    case 'binary':
      return containsCall(expression.left) || containsCall(expression.right);
    case 'index':
      return containsCall(expression.collection) || containsCall(expression.index);
    case 'composite':
      return expression.elements.some((element) => containsCall(element.value));
    case 'extremum':
      return expression.operands.some(containsCall);
    default:
      return true;
  }
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
  const plain = underlying(type);
  const isNumber = plain.kind === 'integer' || (plain.kind === 'untyped' && /int|rune/.test(plain.of));
  if (!isNumber)
    return context.typeError(node, `\`${name}\` is supported on integers, not on ${describe(common)}`);
  const operands: Expression[] = [];
  for (const argument of given) {
    const converted = argument === null ? null : convertConstant(context, argument, type);
    if (converted === null) return null;
    operands.push(converted);
  }
  const extremum = { kind: 'extremum', function: name, operands, type, span: node.span } as const;
  const constants = operands.map((operand) => operand.constant).filter((each) => typeof each === 'bigint');
  if (constants.length < operands.length) return extremum;
  const constant = constants.reduce((best, each) => ((name === 'min') === each < best ? each : best));
  return { ...extremum, constant };
}
