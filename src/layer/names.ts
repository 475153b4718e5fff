import type { ExpressionSyntax } from './syntax.js';

/** `a.b.c` as written, if the expression is only that. */
export function dottedName(syntax: ExpressionSyntax): string | null {
  if (syntax.kind === 'name') return syntax.name;
  if (syntax.kind !== 'select') return null;
  const prefix = dottedName(syntax.operand);
  return prefix === null ? null : `${prefix}.${syntax.name}`;
}

/** `1 argument`, `2 arguments`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
