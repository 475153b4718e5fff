import type { Span } from '../base/source.js';
import type { ReportContext } from './palette.js';

/** A position to quote: a line, where the caret starts, and how far it goes (one character if unknown). */
export interface QuotedPosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length?: number;
}

/** `--> file:line:column` and, where the file can be read, the line with a caret below it. */
export function quote(position: QuotedPosition, context: ReportContext): readonly string[] {
  const { palette } = context;
  const where = `${position.file}:${position.line}:${position.column}`;
  const source = context.sourceLine(position.file, position.line);
  const number = String(position.line);
  const margin = ' '.repeat(number.length);
  const head = `${margin}${palette.accent('-->')} ${where}`;
  if (source === null) return [head];
  const before = Array.from(source.slice(0, position.column - 1), (char) => (char === '\t' ? '\t' : ' '));
  const length = Math.max(1, Math.min(position.length ?? 1, source.length - position.column + 1));
  const bar = palette.accent('|');
  return [
    head,
    `${palette.accent(number)} ${bar} ${expandTabs(source)}`,
    `${margin} ${bar} ${expandTabs(before.join(''))}${palette.bad('^'.repeat(length))}`,
  ];
}

/** A path without its folders. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** Quotes a whole span, or the beginning of one over several lines. */
export function quoteSpan({ file, start, end }: Span, context: ReportContext): readonly string[] {
  const length = end.line === start.line ? end.column - start.column : 1;
  return quote({ file, line: start.line, column: start.column, length }, context);
}

/** Tabs as four columns, control characters made harmless. */
function expandTabs(text: string): string {
  return printable(text.replaceAll('\t', '    '));
}

/** Text of the user's without anything that a terminal would obey. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '�');
}
