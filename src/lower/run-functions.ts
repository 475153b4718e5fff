import type { Span } from '../base/source.js';

/** The functions, and function literals, that code of the system runs; those that are generic by what they are instances of. */
export class RunFunctions {
  private readonly starts = new Set<string>();

  add(span: Span): void {
    this.starts.add(keyOf(span));
  }

  has(span: Span): boolean {
    return this.starts.has(keyOf(span));
  }
}

function keyOf({ file, start }: Span): string {
  return `${file}:${start.offset}`;
}
