import type { Diagnostic } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';
import type { Scope } from './scope.js';
import type { ExpressionSyntax, OperatorSyntax } from './syntax.js';

/** An untyped constant, what is wrong with it, or null: not an untyped constant. */
export type ConstantResult =
  | { readonly kind: 'value'; readonly value: bigint }
  | { readonly kind: 'error'; readonly diagnostic: Diagnostic }
  | null;

/** Go's compilers need to support 256 bits; ours stop at 512. */
const WIDEST = 1n << 512n;

/** Evaluates an untyped integer constant with unbounded numbers, as Go does. */
export function constantOf(syntax: ExpressionSyntax, scope: Scope): ConstantResult {
  switch (syntax.kind) {
    case 'integer':
      return { kind: 'value', value: syntax.value };
    case 'name': {
      const entity = scope.lookup(syntax.name);
      return entity?.kind === 'constant' ? { kind: 'value', value: entity.value } : null;
    }
    case 'unary': {
      const operand = constantOf(syntax.operand, scope);
      if (operand?.kind !== 'value' || syntax.operator === '!')
        return operand?.kind === 'error' ? operand : null;
      if (syntax.operator === '+') return operand;
      return { kind: 'value', value: syntax.operator === '-' ? -operand.value : ~operand.value };
    }
    case 'binary': {
      const left = constantOf(syntax.left, scope);
      if (left?.kind !== 'value') return left;
      const right = constantOf(syntax.right, scope);
      if (right?.kind !== 'value') return right;
      return arithmetic(syntax.operator, left.value, right.value, syntax.right.span);
    }
    case 'select':
    case 'index':
    case 'slice':
    case 'update':
    case 'call':
    case 'conditional':
    case 'sequence':
    case 'set':
    case 'record':
    case 'quantifier':
    case 'pending':
      return null;
  }
}

function arithmetic(operator: OperatorSyntax, left: bigint, right: bigint, rightSpan: Span): ConstantResult {
  const error = (message: string): ConstantResult => {
    return { kind: 'error', diagnostic: { code: 'type', message, span: rightSpan } };
  };
  const divides = operator === '/' || operator === '%';
  const shifts = operator === '<<' || operator === '>>';
  if (divides && right === 0n) return error('division by the constant zero');
  if (shifts && (right < 0n || right > 512n)) return error('this shift count is out of range');
  const value = compute(operator, left, right);
  if (value === null) return null;
  if (value >= WIDEST || value <= -WIDEST) return error('this constant is too large');
  return { kind: 'value', value };
}

function compute(operator: OperatorSyntax, left: bigint, right: bigint): bigint | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '&^':
      return left & ~right;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '<==>':
    case '==>':
    case '||':
    case '&&':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'in':
    case '++':
      return null;
  }
}
