import type { Expression } from './expression.js';
import { operandsOf } from './parts.js';

const CALLS: ReadonlySet<Expression['kind']> = new Set(['call', 'receive', 'append', 'make', 'new']);

/** A call or a receive is in the expression, so `len` of it is no constant. */
export function containsCall(expression: Expression): boolean {
  if (expression.constant !== undefined) return false;
  return CALLS.has(expression.kind) || operandsOf(expression).some(containsCall);
}
