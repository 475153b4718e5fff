import type { PackageVerdict, Verdict, VerificationRun } from '../verify/index.js';
import { renderDiagnostics } from './diagnostic.js';
import { renderFailures } from './failure.js';
import type { Paint, Palette, ReportContext } from './palette.js';
import { printable } from './source-quote.js';
import type { Cell, Column } from './table.js';
import { table } from './table.js';

/** A run for people: input errors and failures first, then what the tool chose, then one line for each package. */
export function renderPretty(run: VerificationRun, context: ReportContext): string {
  const sections = [
    renderDiagnostics(run.diagnostics, context),
    ...run.packages.map((entry) => renderFailures(entry, context)),
  ];
  if (context.detail === 'verbose') {
    sections.push(...run.packages.map((entry) => renderObligations(entry, context)));
  }
  if (context.detail !== 'quiet' && run.packages.length > 0) {
    sections.push(
      ...run.packages.map((entry) => renderChoices(entry, context)),
      renderSummary(run, context),
      renderSettings(run, context),
    );
  }
  return sections.filter((section) => section !== '').join('\n\n');
}

/** The colour of a verdict. */
export function paintOf(verdict: Verdict, palette: Palette): Paint {
  switch (verdict) {
    case 'proved':
      return palette.good;
    case 'refuted':
      return palette.bad;
    case 'unproved':
    case 'vacuous':
    case 'assumed':
      return palette.doubtful;
  }
}

function renderObligations(entry: PackageVerdict, context: ReportContext): string {
  const columns: readonly Column[] = [
    { heading: 'verdict', minimum: 8 },
    { heading: 'obligation', minimum: 30 },
    { heading: 'where', minimum: 12 },
    { heading: 'ms', align: 'right', minimum: 4 },
  ];
  const rows = entry.obligations.map(({ id, verdict, location, ms }): Cell[] => [
    { text: verdict, paint: paintOf(verdict, context.palette) },
    { text: id },
    { text: `${location.file}:${location.line}` },
    { text: ms.toFixed(0) },
  ]);
  return [context.palette.strong(entry.path), ...table(columns, rows, context.width)].join('\n');
}

function renderChoices(entry: PackageVerdict, context: ReportContext): string {
  if (entry.choices.length === 0) return '';
  const { palette } = context;
  const lines = entry.choices.map(({ kind, operation, span, note }) => {
    const { line } = span.start;
    const place = palette.faint(`${span.file.split(/[\\/]/).at(-1) ?? ''}:${line}`);
    const statement = printable(context.sourceLine(span.file, line)?.trim() ?? '');
    switch (kind) {
      case 'commit':
        return `  ${operation} takes effect at ${place}  ${statement}`;
      case 'hindsight':
        return `  ${operation} has taken effect by ${place}  ${statement}`;
      case 'help':
        return `  ${operation} helps: ${printable(note)} ${place}`;
      case 'goroutine':
        return `  ${operation} ${printable(note)}  ${place}  ${statement}`;
      case 'fair':
        return `  ${operation}: ${printable(note)} ${place}  ${statement}`;
    }
  });
  return [`${palette.strong(entry.path)} refines ${entry.refines} over ${entry.over}`, ...lines].join('\n');
}

const SUMMARY_COLUMNS: readonly Column[] = [
  { heading: 'package', minimum: 16 },
  { heading: 'verdict', minimum: 8 },
  { heading: 'obligations', align: 'right', minimum: 5 },
  { heading: 'proved', align: 'right', minimum: 5 },
  { heading: 'refuted', align: 'right', minimum: 5 },
  { heading: 'unproved', align: 'right', minimum: 5 },
  { heading: 'queries', align: 'right', minimum: 5 },
  { heading: 'quantified', align: 'right', minimum: 5 },
  { heading: 'time', align: 'right', minimum: 6 },
];

function renderSummary(run: VerificationRun, context: ReportContext): string {
  const rows = run.packages.map((entry) => summaryRow(entry, context.palette));
  return table(SUMMARY_COLUMNS, rows, context.width).join('\n');
}

function summaryRow(entry: PackageVerdict, palette: Palette): readonly Cell[] {
  const count = (...verdicts: readonly Verdict[]): number =>
    entry.obligations.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const doubtful = count('unproved', 'vacuous', 'assumed');
  return [
    { text: entry.path },
    { text: entry.verdict, paint: paintOf(entry.verdict, palette) },
    { text: String(entry.obligations.length) },
    { text: String(count('proved')) },
    { text: String(count('refuted')) },
    { text: String(doubtful) },
    { text: String(entry.statistics.queries) },
    { text: String(entry.statistics.quantified) },
    { text: seconds(entry.ms) },
  ];
}

function renderSettings(run: VerificationRun, context: ReportContext): string {
  const { settings } = run;
  const text = [
    run.tool.solver,
    `rlimit ${settings.rlimit}`,
    `time-out ${settings.timeoutSeconds} s`,
    `seed ${settings.seed}`,
    ...(settings.filter === null ? [] : [`only ${settings.filter}`]),
    `${seconds(run.ms)} in all`,
  ];
  return context.palette.faint(text.join(', '));
}

/** Milliseconds as seconds with two digits. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
