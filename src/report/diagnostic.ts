import type { Diagnostic } from '../base/diagnostic.js';
import type { ReportContext } from './palette.js';
import { printable, quoteSpan } from './source-quote.js';

/** Input errors, each with its position, source line, caret and advice. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], context: ReportContext): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, context)).join('\n\n');
}

function renderDiagnostic(diagnostic: Diagnostic, context: ReportContext): string {
  const { palette } = context;
  const { span } = diagnostic;
  return [
    `${palette.bad(`error[${diagnostic.code}]`)}: ${palette.strong(printable(diagnostic.message))}`,
    ...(span === undefined ? [] : quoteSpan(span, context)),
    ...(diagnostic.hint === undefined ? [] : [`  ${palette.accent('help')}: ${printable(diagnostic.hint)}`]),
  ].join('\n');
}
