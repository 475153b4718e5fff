import type { Expression, Type } from '../../src/ir/index.js';
import { BOOL, children, sameType, THREAD, walkExpression, withChildren } from '../../src/ir/index.js';
import { TRUE } from './formulas.js';

/** Small changes of expressions that keep their types. */

/** Numbers that steer a change; each is taken modulo the choices there are. */
export interface Dice {
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

export function pick<T>(list: readonly T[], number: number): T | undefined {
  return list.length === 0 ? undefined : list[number % list.length];
}

const FALSE: Expression = { ...TRUE, kind: 'literal', value: false };

/** All expressions that may stand in for others: variables of the same type in scope. */
export type Scope = (type: Type) => readonly Expression[];

/** The expression with one of its nodes changed. */
export function changed(expression: Expression, dice: Dice, scope: Scope): Expression {
  const nodes: Expression[] = [];
  walkExpression(expression, (node) => nodes.push(node));
  const target = pick(nodes, dice.first);
  const substitute = target === undefined ? undefined : pick(alternatives(target, scope), dice.second);
  return substitute === undefined ? expression : replaced(expression, target, substitute);
}

function replaced(expression: Expression, target: Expression | undefined, by: Expression): Expression {
  if (expression === target) return by;
  const before = children(expression);
  const after = before.map((child) => replaced(child, target, by));
  return after.every((child, index) => child === before[index])
    ? expression
    : withChildren(expression, after);
}

function alternatives(node: Expression, scope: Scope): readonly Expression[] {
  const others = isLeaf(node) ? scope(node.type).filter((each) => !sameLeaf(each, node)) : [];
  switch (node.kind) {
    case 'literal':
      return [...others, literalAfter(node)];
    case 'unary':
      return node.operator === 'not' ? [node.operand, TRUE, FALSE] : [node.operand];
    case 'binary':
      return binaryAlternatives(node);
    case 'quantifier':
      return node.quantifier === 'exists' ? [FALSE, TRUE] : [TRUE];
    case 'conditional':
      return [node.whenTrue, node.whenFalse];
    case 'pending':
      return [TRUE, FALSE];
    case 'default':
      return others;
    default:
      return others;
  }
}

function isLeaf(node: Expression): boolean {
  return children(node).length === 0 && !sameType(node.type, THREAD);
}

function sameLeaf(left: Expression, right: Expression): boolean {
  return JSON.stringify(left, plain) === JSON.stringify(right, plain);
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function literalAfter(node: Extract<Expression, { kind: 'literal' }>): Expression {
  return {
    ...node,
    value: typeof node.value === 'boolean' ? !node.value : node.value === 0n ? 1n : node.value - 1n,
  };
}

function binaryAlternatives(node: Extract<Expression, { kind: 'binary' }>): readonly Expression[] {
  const { left, right, operator } = node;
  const swapped: Expression = { ...node, left: right, right: left };
  const negated: Expression = { kind: 'unary', type: BOOL, operator: 'not', operand: node };
  switch (operator) {
    case 'and':
      return [left, right, { ...node, operator: 'or' }];
    case 'or':
      return [left, right, { ...node, operator: 'and' }, { ...node, operator: 'implies' }];
    case 'implies':
      return [right, { ...node, operator: 'and' }, swapped, negated];
    case 'equal':
      return [negated, TRUE];
    case 'less':
      return [{ ...node, operator: 'lessEqual' }, swapped];
    case 'lessEqual':
      return [{ ...node, operator: 'less' }, swapped];
    case 'add':
      return [{ ...node, operator: 'subtract' }, left, right];
    case 'subtract':
      return [{ ...node, operator: 'add' }, left];
    default:
      return [left, right];
  }
}

/** A copy with bound variables of its own: ids are unique in a system. */
export function renamed(expression: Expression, suffix: string): Expression {
  const ids = new Set<string>();
  walkExpression(expression, (node) => {
    if (node.kind === 'quantifier') for (const { id } of node.variables) ids.add(id);
  });
  const rename = (node: Expression): Expression => {
    const inner = withChildren(node, children(node).map(rename));
    if (inner.kind === 'bound' && ids.has(inner.id)) return { ...inner, id: `${inner.id}${suffix}` };
    if (inner.kind !== 'quantifier') return inner;
    return { ...inner, variables: inner.variables.map((each) => ({ ...each, id: `${each.id}${suffix}` })) };
  };
  return rename(expression);
}

/** Whether all bound variables are bound inside. */
export function isClosed(expression: Expression): boolean {
  const boundInside = new Set<string>();
  const used = new Set<string>();
  walkExpression(expression, (node) => {
    if (node.kind === 'quantifier') for (const { id } of node.variables) boundInside.add(id);
    if (node.kind === 'bound') used.add(node.id);
  });
  return [...used].every((id) => boundInside.has(id));
}

export function mentions(expression: Expression, wanted: (node: Expression) => boolean): boolean {
  let found = false;
  walkExpression(expression, (node) => {
    found ||= wanted(node);
  });
  return found;
}
