import type { ExplorationRun, ExplorationSummary, PackageExploration } from '../verify/index.js';
import { renderDiagnostics } from './diagnostic.js';
import { renderExecution } from './execution.js';
import type { ReportContext } from './palette.js';
import { seconds } from './pretty.js';
import { quote } from './source-quote.js';

/** What an exploration found, and the bounds within which it found nothing. */
export function renderExploration(run: ExplorationRun, context: ReportContext): string {
  return [
    ...(run.diagnostics.length === 0 ? [] : [renderDiagnostics(run.diagnostics, context)]),
    ...run.packages.map((entry) => renderPackage(entry, context)),
  ].join('\n\n');
}

function renderPackage(entry: PackageExploration, context: ReportContext): string {
  const { palette } = context;
  const { trace } = entry;
  const effort = boundsLines(entry.exploration, context);
  if (trace === undefined) {
    const complete = entry.exploration.exhausted.length > 0;
    const found = complete
      ? palette.good('no violation within these bounds')
      : palette.doubtful('no bound was searched completely: give it a larger --budget');
    return [`${palette.strong(entry.path)}: ${found}`, ...effort].join('\n');
  }
  const { span, message } = trace.violation;
  const position =
    span === null
      ? []
      : quote({ file: span.file, line: span.start.line, column: span.start.column }, context);
  return [
    `${palette.bad('violation')}: ${palette.strong(`${entry.path}: ${message}`)}`,
    ...position,
    '',
    renderExecution(trace, context),
    ...effort,
  ].join('\n');
}

/** What was searched, and what it took. */
export function boundsLines(exploration: ExplorationSummary, context: ReportContext): readonly string[] {
  const { exhausted, unfinished, states, transitions, ms } = exploration;
  return [
    ...exhausted.map((bounds) => `  searched completely: ${bounds}`),
    ...(unfinished === null ? [] : [context.palette.faint(`  not completely: ${unfinished}`)]),
    context.palette.faint(`  ${states} states, ${transitions} transitions, ${seconds(ms)}`),
  ];
}
