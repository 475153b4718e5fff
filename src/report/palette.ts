/** Colours a text. */
export type Paint = (text: string) => string;

/** How reports colour their text; reports themselves know no escape sequences. */
export interface Palette {
  readonly bad: Paint;
  readonly good: Paint;
  readonly doubtful: Paint;
  readonly strong: Paint;
  readonly faint: Paint;
  readonly accent: Paint;
}

/** No colours at all. */
export const PLAIN: Palette = {
  bad: (text) => text,
  good: (text) => text,
  doubtful: (text) => text,
  strong: (text) => text,
  faint: (text) => text,
  accent: (text) => text,
};

/** What a report needs beside its data. */
export interface ReportContext {
  readonly palette: Palette;
  /** Columns of the terminal; tables shorten their cells to fit. */
  readonly width: number;
  /** A line of a source file (from 1), or null where it cannot be read. */
  sourceLine(file: string, line: number): string | null;
  /** `normal`: failures and tables; `verbose`: every obligation as well; `quiet`: failures only. */
  readonly detail: 'quiet' | 'normal' | 'verbose';
}
