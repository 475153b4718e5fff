import { withConstant, wrongOperand } from './check-operator.js';
import { isAddressable, unwrap, value } from './check-value.js';
import { isNumber } from './constant.js';
import type { Context } from './context.js';
import type { Expression, UnaryOperator } from './expression.js';
import { exactArithmetic } from './fraction.js';
import type { ExactNumber } from './fraction.js';
import { isBoolean, isInteger, isNumeric } from './predicates.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { coreType } from './type-set.js';
import { showGoType } from './type-text.js';
import { underlying } from './type.js';

/** `-x`, `+x`, `!x`, `^x`, `&x` and `<-x`; `*x` is in another place, as it may be a type. */
export function checkUnary(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const token = node.required('operator').text;
  const operandNode = node.required('operand');
  const operand = value(context, scope, operandNode);
  if (operand === null) return null;
  if (token === '&') return addressOf(context, node, operandNode, operand);
  if (token === '<-') return receive(context, node, operand);
  const { span } = node;
  const operator = token as UnaryOperator;
  const isDefined =
    operator === '!'
      ? isBoolean(operand.type)
      : operator === '^'
        ? isInteger(operand.type)
        : isNumeric(operand.type);
  if (!isDefined) return wrongOperand(context, node, operator, operand.type);
  const unary = { kind: 'unary', operator, operand, type: operand.type, span } as const;
  const { constant } = operand;
  if (typeof constant === 'boolean') return { ...unary, constant: !constant };
  return isNumber(constant) ? foldUnary(context, node, unary, constant) : unary;
}

function foldUnary(
  context: Context,
  node: SyntaxNode,
  unary: Extract<Expression, { kind: 'unary' }>,
  operand: ExactNumber,
): Expression | null {
  const type = underlying(unary.type);
  switch (unary.operator) {
    case '-':
      return withConstant(context, node, unary, exactArithmetic('-', 0n, operand));
    case '^': {
      if (typeof operand !== 'bigint') return null;
      const isUnsigned = type.kind === 'integer' && !type.signed;
      return withConstant(context, node, unary, isUnsigned ? BigInt.asUintN(type.bits, ~operand) : ~operand);
    }
    default:
      return withConstant(context, node, unary, operand);
  }
}

function addressOf(
  context: Context,
  node: SyntaxNode,
  operandNode: SyntaxNode,
  place: Expression,
): Expression | null {
  const isLiteral = unwrap(operandNode).type === 'composite_literal';
  if (!isLiteral && !isAddressable(place)) {
    return context.typeError(node, `cannot take the address of \`${operandNode.text}\``);
  }
  return { kind: 'address', place, type: { kind: 'pointer', element: place.type }, span: node.span };
}

function receive(context: Context, node: SyntaxNode, channel: Expression): Expression | null {
  const type = coreType(channel.type);
  if (type?.kind !== 'channel') {
    return context.typeError(node, `cannot receive from a value of type ${showGoType(channel.type)}`);
  }
  if (type.direction === 'send') return context.typeError(node, 'cannot receive from a send-only channel');
  return { kind: 'receive', channel, commaOk: false, type: type.element, span: node.span };
}
