/** Positions in source text. Lines and columns count from 1; columns and offsets count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A half-open range of one source file. */
export interface Span {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}
