import type { Expression } from './expression.js';
import { showGoType } from './type-text.js';

/** Names the value of a constant, to find one that is there twice; values of an interface differ by their types, too. Null: no constant. */
export function keyText(expression: Expression, isInterface: boolean): string | null {
  const inner =
    isInterface && expression.kind === 'convert' && expression.implicit ? expression.operand : expression;
  const { constant } = inner;
  if (constant === undefined || typeof constant === 'object') return null;
  const type = isInterface ? showGoType(inner.type) : typeof constant;
  return `${type} ${constant}`;
}
