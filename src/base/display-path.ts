import { isAbsolute, relative } from 'node:path';

/** A path relative to the working directory; `.` for the directory itself. */
export function displayPath(path: string): string {
  const shown = isAbsolute(path) ? relative(process.cwd(), path) : path;
  return shown === '' ? '.' : shown;
}
