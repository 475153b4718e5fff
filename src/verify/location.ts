import { isAbsolute, relative } from 'node:path';
import type { Span } from '../base/source.js';
import type { Location } from './run.js';

/** A path relative to the working directory; `.` for the directory itself. */
export function displayPath(path: string): string {
  const shown = isAbsolute(path) ? relative(process.cwd(), path) : path;
  return shown === '' ? '.' : shown;
}

/** Where a span starts, as reports print it. */
export function locate(span: Span): Location {
  return { file: displayPath(span.file), line: span.start.line, column: span.start.column };
}
