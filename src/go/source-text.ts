import type { Position, Span } from '../base/source.js';

/** The text of one file and where its lines begin. */
export class SourceText {
  private readonly lineStarts: readonly number[];

  constructor(
    readonly path: string,
    readonly text: string,
  ) {
    const starts = [0];
    for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1))
      starts.push(index + 1);
    this.lineStarts = starts;
  }

  /** Number of the line, from 1, that the offset is in. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** Offset of the first character of a line. */
  lineStart(line: number): number {
    return this.lineStarts[line - 1] ?? this.text.length;
  }

  position(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, column: offset - this.lineStart(line) + 1, offset };
  }

  span(start: number, end: number): Span {
    return { file: this.path, start: this.position(start), end: this.position(end) };
  }
}
