import { existsSync } from 'node:fs';
import type { Execution } from '../trace/index.js';
import { DEADLOCK_ID, renderExecution, renderFailures } from '../report/index.js';
import type { ExitStatus, PackageVerdict, VerificationRun } from '../verify/index.js';
import { EXIT } from '../verify/index.js';
import { LAST_RUN, readRun } from './last-run.js';
import type { ReportOptions } from './options.js';
import { checkWritable, reportContext, writeOutput } from './output.js';
import { UsageError } from './usage-error.js';

export interface TraceCommandOptions extends ReportOptions {
  readonly replay?: boolean;
  readonly json?: boolean;
}

/** An execution of a report, and what it refutes. */
interface Counterexample {
  readonly path: string;
  readonly id: string;
  readonly trace: Execution;
}

/** `trace [REPORT] [ID]`: shows the counterexamples of the last run or of a report; with `--replay`, runs one again. */
export async function traceCommand(
  positional: readonly string[],
  options: TraceCommandOptions,
): Promise<ExitStatus> {
  const file = options.output ?? null;
  checkWritable(file);
  const { report, id } = splitArguments(positional);
  const run = readRun(report ?? LAST_RUN);
  const counterexamples = counterexamplesOf(run);
  const chosen = id === null ? null : choose(counterexamples, id);
  const context = reportContext({ file, color: options.color, detail: 'quiet' });
  if (options.replay === true) {
    const selected = chosen ?? counterexamples[0];
    if (selected === undefined) throw new UsageError('the run refuted nothing: there is nothing to replay');
    return replayCounterexample(selected, renderExecution(selected.trace, context), options);
  }
  if (options.json === true) {
    const selected = chosen === null ? counterexamples : [chosen];
    await writeOutput(JSON.stringify(selected, undefined, 2), file);
    return EXIT.success;
  }
  const screens = run.packages.map((entry) =>
    chosen === null
      ? renderFailures(entry, context)
      : entry.path === chosen.path
        ? renderFailures(onlyOf(entry, chosen.id), context)
        : '',
  );
  const text = screens.filter((screen) => screen !== '').join('\n\n');
  await writeOutput(text === '' ? 'The run has no failures.' : text, file);
  return EXIT.success;
}

/** A package with nothing to show but one counterexample. */
function onlyOf(entry: PackageVerdict, id: string): PackageVerdict {
  const { deadlock, ...others } = entry;
  return {
    ...others,
    obligations: entry.obligations.filter((each) => each.id === id),
    ...(id === DEADLOCK_ID && deadlock !== undefined ? { deadlock } : {}),
  };
}

/** The first argument is a report when it names a file. */
function splitArguments(positional: readonly string[]): {
  readonly report: string | null;
  readonly id: string | null;
} {
  const [first, second] = positional;
  if (first === undefined) return { report: null, id: null };
  if (second !== undefined) return { report: first, id: second };
  return first.endsWith('.json') || existsSync(first)
    ? { report: first, id: null }
    : { report: null, id: first };
}

function counterexamplesOf(run: VerificationRun): readonly Counterexample[] {
  return run.packages.flatMap(({ path, obligations, deadlock }) => [
    ...obligations.flatMap(({ id, trace }) => (trace === undefined ? [] : [{ path, id, trace }])),
    ...(deadlock === undefined ? [] : [{ path, id: DEADLOCK_ID, trace: deadlock }]),
  ]);
}

/** The counterexample with this id, or the only one whose id (after its package's path) contains the text. */
function choose(counterexamples: readonly Counterexample[], id: string): Counterexample {
  const exact = counterexamples.filter((each) => each.id === id || `${each.path}/${each.id}` === id);
  const matches =
    exact.length > 0 ? exact : counterexamples.filter((each) => `${each.path}/${each.id}`.includes(id));
  const [first, ...others] = matches;
  if (first !== undefined && others.length === 0) return first;
  const candidates = (first === undefined ? counterexamples : matches).map(
    (each) => `${each.path}/${each.id}`,
  );
  throw new UsageError(
    first === undefined ? `the run has no counterexample ${id}` : `several counterexamples match ${id}`,
    candidates.length === 0 ? 'the run refuted nothing' : `candidates: ${candidates.join(', ')}`,
  );
}

async function replayCounterexample(
  { path, id, trace }: Counterexample,
  table: string,
  options: TraceCommandOptions,
): Promise<ExitStatus> {
  const { STAGES } = await import('./stages.js');
  const loaded = await STAGES.loadSystem(path);
  if (!loaded.ok) {
    const messages = loaded.diagnostics.map(({ message }) => message);
    throw new UsageError(`${path} cannot be loaded any more: ${messages.join('; ')}`);
  }
  const difference = await STAGES.replay(loaded.value, trace);
  const verdict =
    difference === null
      ? `replayed: ${id} happens in the code as it is now`
      : `not replayed: in the code as it is now this execution goes differently: ${difference}`;
  await writeOutput(`${table}\n${verdict}`, options.output ?? null);
  return difference === null ? EXIT.refuted : EXIT.unproved;
}
