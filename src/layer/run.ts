import type { IRecognitionException, IToken } from 'chevrotain';
import { failure, success, type DiagnosticCode, type Result } from '../base/diagnostic.js';
import { endOf } from './lexer.js';
import { SyntaxProblem } from './problem.js';
import { nearest, type SourceText } from './text.js';
import * as tokens from './tokens.js';

/** Runs a parser over the tokens; its first error becomes the one diagnostic. */
export function runParser<T>(
  parser: { readonly errors: readonly IRecognitionException[] },
  source: SourceText,
  input: Result<readonly IToken[]>,
  code: DiagnosticCode,
  parse: (input: readonly IToken[]) => T,
): Result<T> {
  if (!input.ok) return input;
  let value: T;
  try {
    value = parse(input.value);
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem;
    return failure({ code, message: problem.message, span: problem.span });
  }
  const error = parser.errors[0];
  if (error === undefined) return success(value);
  const end = source.text.trimEnd().length;
  const { token } = error;
  const atEnd = Number.isNaN(token.startOffset);
  const start = atEnd ? end : token.startOffset;
  const span = source.span(start, atEnd ? end : Math.max(endOf(token), start));
  const suggestion = nearest(token.image, [...tokens.LAYER_KEYWORDS.keys()]);
  const misspelt = token.tokenType === tokens.Identifier && suggestion !== null && code === 'syntax';
  const hint = misspelt ? { hint: `Did you mean '${suggestion}'?` } : {};
  return failure({ code, message: error.message, span, ...hint });
}
