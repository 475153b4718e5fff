import type { Position, Span } from '../base/source.js';

/** A piece of a file: turns offsets in the piece into positions in the file. */
export class SourceText {
  private readonly lineStarts: readonly number[];

  /** `origin` is the position in the file of the first character of `text`. */
  constructor(
    readonly file: string,
    readonly text: string,
    private readonly origin: Position,
  ) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.lineStarts = starts;
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const column = offset - (this.lineStarts[low] ?? 0);
    return {
      line: this.origin.line + low,
      column: low === 0 ? this.origin.column + column : column + 1,
      offset: this.origin.offset + offset,
    };
  }

  /** The span from `start` (inclusive) to `end` (exclusive). */
  span(start: number, end: number): Span {
    return { file: this.file, start: this.position(start), end: this.position(end) };
  }

  /** The words of a span of this file on one line, without comments. */
  words(span: Span): string {
    return this.text
      .slice(span.start.offset - this.origin.offset, span.end.offset - this.origin.offset)
      .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim();
  }
}

/** The span from the start of one to the end of another. */
export function joinSpans(first: Span, last: Span): Span {
  return { file: first.file, start: first.start, end: last.end };
}

/** The candidate that a misspelt word most likely means, or null. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && candidate !== word) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
