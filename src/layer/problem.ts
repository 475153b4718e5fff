import type { Span } from '../base/source.js';

/**
 * Text that the grammar takes and the language does not. Thrown inside the parser, which cannot return a value from
 * the middle of a rule, and turned into a diagnostic by `runParser`.
 */
export class SyntaxProblem extends Error {
  constructor(
    readonly span: Span,
    message: string,
  ) {
    super(message);
  }
}
