import { withDefaultType } from './check-conversion.js';
import { integerIndex } from './check-index.js';
import { singleValue, value } from './check-value.js';
import type { Context } from './context.js';
import type { Expression } from './expression.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { coreType } from './type-set.js';
import { showGoType } from './type-text.js';

/** `make(T, sizes...)`. */
export function checkMake(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  [typeNode, ...sizeNodes]: readonly SyntaxNode[],
): Expression | null {
  if (typeNode === undefined) return context.typeError(node, '`make` needs a type');
  const type = context.rules.type(context, scope, typeNode);
  const given = sizeNodes.map((each) => value(context, scope, each));
  if (type === null || !given.every((each) => each !== null)) return null;
  const core = coreType(type);
  if (core?.kind !== 'slice' && core?.kind !== 'map' && core?.kind !== 'channel') {
    return context.typeError(typeNode, `cannot make a value of type ${showGoType(type)}`);
  }
  const [least, most] = core.kind === 'slice' ? [1, 2] : [0, 1];
  if (given.length < least || given.length > most) {
    return context.typeError(node, `\`make\` of ${showGoType(type)} takes ${least} to ${most} sizes`);
  }
  const sizes: Expression[] = [];
  for (const each of given) {
    const size = integerIndex(context, each, 'a size');
    if (size === null) return null;
    sizes.push(size);
  }
  const [length, capacity] = sizes.map((size) => size.constant);
  if (typeof length === 'bigint' && typeof capacity === 'bigint' && length > capacity) {
    return context.typeError(node, 'the length is greater than the capacity');
  }
  return { kind: 'make', sizes, type, span: node.span };
}

/** The first version of Go in which `new` takes a value. */
const NEW_OF_VALUE = 26;

/** `new(T)`, or `new(x)` of a value. */
export function checkNew(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  const [argumentNode] = argumentNodes;
  if (argumentNode === undefined || argumentNodes.length > 1) {
    return context.typeError(node, `\`new\` takes one argument, not ${argumentNodes.length}`);
  }
  const { span } = node;
  const operand = context.rules.operand(context, scope, argumentNode);
  if (operand === null) return null;
  if (operand.kind === 'type') {
    const type = context.rules.type(context, scope, argumentNode);
    if (type === null) return null;
    return { kind: 'new', initial: null, type: { kind: 'pointer', element: type }, span };
  }
  const given = operand.kind === 'value' ? singleValue(context, argumentNode, operand.expression) : null;
  const initial = given === null ? null : withDefaultType(context, given);
  if (operand.kind !== 'value') return context.typeError(argumentNode, '`new` needs a type');
  if (initial === null) return null;
  if (context.identity.goVersion < NEW_OF_VALUE) {
    return context.typeError(argumentNode, '`new` of a value needs `go 1.26` in go.mod');
  }
  return { kind: 'new', initial, type: { kind: 'pointer', element: initial.type }, span };
}
