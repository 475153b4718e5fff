import type { Paint } from './palette.js';

/** A table cell: its text, and how the printed text is coloured (after padding, so that widths stay right). */
export interface Cell {
  readonly text: string;
  readonly paint?: Paint;
}

export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
  /** The column is never made narrower than this, unless its content is. */
  readonly minimum: number;
}

const GAP = 2;

/**
 * Lines of a table with a heading and a rule below it. Where the cells do not fit `width` the widest columns are narrowed
 * and their cells folded over several lines; nothing is left out.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
): readonly string[] {
  const widths = columnWidths(columns, rows, width);
  const heading = columns.map((column): Cell => ({ text: column.heading }));
  const rule = widths.map((size) => '─'.repeat(size)).join(' '.repeat(GAP));
  return [
    ...rowLines(columns, heading, widths),
    rule,
    ...rows.flatMap((row) => rowLines(columns, row, widths)),
  ];
}

function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
): readonly number[] {
  const widths = columns.map((column, index) =>
    Math.max(column.heading.length, ...rows.map((row) => row[index]?.text.length ?? 0)),
  );
  const floor = columns.map((column, index) => Math.min(column.minimum, widths[index] ?? 0));
  let excess = sum(widths) + GAP * (columns.length - 1) - width;
  while (excess > 0) {
    const widest = widths.reduce(
      (best, size, index) =>
        size - (floor[index] ?? 0) > (widths[best] ?? 0) - (floor[best] ?? 0) ? index : best,
      0,
    );
    const size = widths[widest] ?? 0;
    if (size <= (floor[widest] ?? 0)) break;
    widths[widest] = size - 1;
    excess -= 1;
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}

function rowLines(
  columns: readonly Column[],
  cells: readonly Cell[],
  widths: readonly number[],
): readonly string[] {
  const folded = widths.map((size, index) => fold(cells[index]?.text ?? '', size));
  const height = Math.max(1, ...folded.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((size, index) => {
        const text = folded[index]?.[line] ?? '';
        const padded = columns[index]?.align === 'right' ? text.padStart(size) : text.padEnd(size);
        return cells[index]?.paint?.(padded) ?? padded;
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

/** Breaks text into lines of at most `size` characters, at spaces where there are any. */
export function fold(text: string, size: number): readonly string[] {
  return text.split('\n').flatMap((line) => foldLine(line, Math.max(size, 1)));
}

function foldLine(line: string, size: number): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > size) {
    const space = rest.lastIndexOf(' ', size);
    const cut = space > 0 ? space : size;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return [...lines, rest];
}
