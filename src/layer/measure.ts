import type { Result } from '../base/diagnostic.js';
import type { Expression } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import { Checker } from './checker.js';
import type { Scope } from './scope.js';
import type { ExpressionSyntax } from './syntax.js';

/** Types a measure, whose type follows from itself; bare numbers are of `uint64`, as measures are compared. */
export function inferMeasure(syntax: ExpressionSyntax, scope: Scope): Result<Expression> {
  const checker = new Checker(scope);
  return checker.result(checker.needsContext(syntax) ? checker.check(syntax, UINT64) : checker.infer(syntax));
}
