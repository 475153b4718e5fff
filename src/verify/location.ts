import { displayPath } from '../base/display-path.js';
import type { Span } from '../base/source.js';
import type { Location } from './run.js';

/** Where a span starts, as reports print it. */
export function locate(span: Span): Location {
  return { file: displayPath(span.file), line: span.start.line, column: span.start.column };
}
