import type { Expression } from '../ir/index.js';
import { walkExpression } from '../ir/index.js';

/** Whether an expression is about what is not local to a thread. */
export function speaksOfState(expression: Expression): boolean {
  let found = false;
  walkExpression(expression, ({ kind }) => {
    found ||= kind === 'state' || kind === 'pending';
  });
  return found;
}
