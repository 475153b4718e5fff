import type { Access, Execution, Row } from '../trace/index.js';
import type { Paint, ReportContext } from './palette.js';
import { baseName, printable } from './source-quote.js';
import type { Cell, Column } from './table.js';
import { fold, table } from './table.js';

const COLUMNS: readonly Column[] = [
  { heading: '', align: 'right', minimum: 2 },
  { heading: 'who', minimum: 8 },
  { heading: 'where', minimum: 6 },
  { heading: 'step', minimum: 15 },
  { heading: 'implementation', minimum: 15 },
  { heading: 'specification', minimum: 15 },
];

/**
 * An execution as a table, one row for each atomic step: who, where, the statement, what it changed in the implementation, and
 * what the specification may have become; then the violation in a sentence.
 */
export function renderExecution(execution: Execution, context: ReportContext): string {
  const { palette } = context;
  const files = [
    ...new Set(execution.rows.flatMap(({ span }) => (span === null ? [] : [baseName(span.file)]))),
  ];
  const rows = execution.rows.map((row, index) =>
    rowCells(row, index, execution.rows[index - 1], files.length > 1, context),
  );
  const parameters = execution.parameters.map(({ name, value }) => `${name} = ${value}`);
  const setting = [
    ...(parameters.length === 0 ? [] : [`with ${parameters.join(', ')}`]),
    ...(files.length === 1 ? [`lines of ${files.join('')}`] : []),
  ];
  return [
    ...(setting.length === 0 ? [] : [palette.faint(setting.join('; '))]),
    ...table(COLUMNS, rows, context.width),
    ...fold(`=> ${printable(execution.violation.message)}`, context.width).map((line) => palette.bad(line)),
    ...(execution.violation.accesses ?? []).flatMap((access) =>
      fold(accessLine(access), context.width - 3).map((line) => `   ${line}`),
    ),
  ].join('\n');
}

/** Who reads or writes, where, and with which locks; executions know nothing of tokens. */
function accessLine({ actor, operation, kind, location, span, locks }: Access): string {
  const where = `${baseName(span.file)}:${span.start.line}`;
  const holding = locks.length === 0 ? 'without a mutex' : `holding ${locks.join(', ')}`;
  return printable(`${actor}, in ${operation}, ${kind}s ${location} at ${where}, ${holding}`);
}

function rowCells(
  row: Row,
  index: number,
  previous: Row | undefined,
  withFile: boolean,
  context: ReportContext,
): readonly Cell[] {
  const { palette } = context;
  const crash = row.kind === 'crash';
  const paint = crash ? palette.bad : undefined;
  const cell = (text: string, own?: Paint): Cell => {
    const chosen = paint ?? own;
    return { text: printable(text), ...(chosen === undefined ? {} : { paint: chosen }) };
  };
  return [
    cell(String(index), palette.faint),
    cell(row.actor ?? '', palette.accent),
    cell(whereOf(row, withFile), palette.faint),
    cell(crash && !row.text.startsWith('CRASH') ? `CRASH ${row.text}` : row.text),
    cell(implementationOf(row)),
    cell(specificationOf(row, previous)),
  ];
}

/** File name (where there are several) and line. */
function whereOf(row: Row, withFile: boolean): string {
  if (row.span === null) return '';
  const line = `:${row.span.start.line}`;
  return withFile ? `${baseName(row.span.file)}${line}` : line;
}

function implementationOf(row: Row): string {
  const changes = row.changes.map(({ name, before, after }) => `${name}: ${before} → ${after}`);
  return [...changes, ...(row.note === null ? [] : [row.note])].join('\n');
}

function specificationOf(row: Row, previous: Row | undefined): string {
  const text = row.specification.join('\nor ');
  return previous !== undefined && text === previous.specification.join('\nor ') ? '' : text;
}
