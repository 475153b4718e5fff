import type { Expression, IntegerType } from '../ir/index.js';

type Value = bigint | boolean;

/** The value of a condition over parameters and constants; null if it has anything else in it. */
export function constantValue(expression: Expression, parameters: ReadonlyMap<string, bigint>): Value | null {
  const { type } = expression;
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'parameter':
      return parameters.get(expression.name) ?? null;
    case 'unary': {
      const operand = constantValue(expression.operand, parameters);
      if (operand === null) return null;
      if (typeof operand === 'boolean') return !operand;
      if (type.kind !== 'integer') return null;
      return wrap(expression.operator === 'negate' ? -operand : ~operand, type);
    }
    case 'convert': {
      const operand = constantValue(expression.operand, parameters);
      return typeof operand === 'bigint' && type.kind === 'integer' ? wrap(operand, type) : null;
    }
    case 'binary': {
      const left = constantValue(expression.left, parameters);
      const right = constantValue(expression.right, parameters);
      if (typeof left === 'boolean' && typeof right === 'boolean') {
        return logicalValue(expression.operator, left, right);
      }
      if (typeof left !== 'bigint' || typeof right !== 'bigint') return null;
      return integerValue(expression, left, right);
    }
    case 'conditional': {
      const condition = constantValue(expression.condition, parameters);
      if (condition === null) return null;
      return constantValue(condition ? expression.whenTrue : expression.whenFalse, parameters);
    }
    default:
      return null;
  }
}

function wrap(value: bigint, type: IntegerType): bigint {
  return type.signed ? BigInt.asIntN(type.bits, value) : BigInt.asUintN(type.bits, value);
}

function logicalValue(operator: string, left: boolean, right: boolean): boolean | null {
  switch (operator) {
    case 'and':
      return left && right;
    case 'or':
      return left || right;
    case 'implies':
      return !left || right;
    case 'equal':
      return left === right;
    default:
      return null;
  }
}

function integerValue(
  expression: Extract<Expression, { kind: 'binary' }>,
  left: bigint,
  right: bigint,
): Value | null {
  switch (expression.operator) {
    case 'equal':
      return left === right;
    case 'less':
      return left < right;
    case 'lessEqual':
      return left <= right;
    default: {
      const value = arithmeticValue(expression.operator, left, right);
      return value === null || expression.type.kind !== 'integer' ? null : wrap(value, expression.type);
    }
  }
}

function arithmeticValue(operator: string, left: bigint, right: bigint): bigint | null {
  switch (operator) {
    case 'add':
      return left + right;
    case 'subtract':
      return left - right;
    case 'multiply':
      return left * right;
    case 'divide':
      return right === 0n ? null : left / right;
    case 'remainder':
      return right === 0n ? null : left % right;
    case 'bitAnd':
      return left & right;
    case 'bitOr':
      return left | right;
    case 'bitXor':
      return left ^ right;
    case 'shiftLeft':
      return right > 64n || right < 0n ? null : left << right;
    case 'shiftRight':
      return right > 64n || right < 0n ? null : left >> right;
    default:
      return null;
  }
}
