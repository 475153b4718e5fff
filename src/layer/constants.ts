import type { Diagnostic } from '../base/diagnostic.js';
import { foldArithmetic, isArithmetic, isExact } from '../base/exact.js';
import type { Span } from '../base/source.js';
import type { Scope } from './scope.js';
import type { ExpressionSyntax, OperatorSyntax } from './syntax.js';

/** An untyped constant, what is wrong with it, or null: not an untyped constant. */
export type ConstantResult =
  | { readonly kind: 'value'; readonly value: bigint }
  | { readonly kind: 'error'; readonly diagnostic: Diagnostic }
  | null;

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
  if (!isArithmetic(operator)) return null;
  if ((operator === '/' || operator === '%') && right === 0n) return error('division by the constant zero');
  const value = foldArithmetic(operator, left, right);
  if (value === null) return error('this shift count is out of range');
  if (!isExact(value)) return error('this constant is too large');
  return { kind: 'value', value };
}
