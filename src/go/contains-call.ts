import type { Expression } from './expression.js';

/** A call or a receive is in the expression, so `len` of it is no constant. */
export function containsCall(expression: Expression): boolean {
  if (expression.constant !== undefined) return false;
  switch (expression.kind) {
    case 'literal':
    case 'constant':
    case 'variable':
    case 'nil':
    case 'function':
    case 'closure':
    case 'methodExpression':
      return false;
    case 'call':
    case 'receive':
    case 'append':
    case 'make':
    case 'new':
      return true;
    case 'unary':
    case 'convert':
    case 'select':
    case 'dereference':
    case 'assertion':
    case 'length':
      return containsCall(expression.operand);
    case 'address':
      return containsCall(expression.place);
    case 'binary':
      return containsCall(expression.left) || containsCall(expression.right);
    case 'index':
      return containsCall(expression.collection) || containsCall(expression.index);
    case 'lookup':
      return containsCall(expression.map) || containsCall(expression.key);
    case 'slice':
      return [expression.operand, expression.low, expression.high, expression.max].some(
        (each) => each !== null && containsCall(each),
      );
    case 'composite':
      return expression.elements.some(
        ({ key, value }) => containsCall(value) || (key.kind === 'key' && containsCall(key.key)),
      );
    case 'extremum':
      return expression.operands.some(containsCall);
    case 'methodValue':
      return containsCall(expression.method.receiver);
  }
}
