import type { Diagnostic } from '../base/diagnostic.js';
import { type Answer, type Solver, withCheck } from '../encoding/index.js';
import type { System } from '../ir/index.js';
import { renderDiagnostics, renderSystem } from '../report/index.js';
import type { ExitStatus } from '../verify/index.js';
import { EXIT, loadPackages } from '../verify/index.js';
import type { ProverOptions, ReportOptions } from './options.js';
import { checkWritable, reportContext, writeOutput } from './output.js';
import { STAGES } from './stages.js';
import { UsageError } from './usage-error.js';

export interface ShowCommandOptions extends ReportOptions, ProverOptions {
  readonly smt?: boolean;
}

/** `show [PATH...]`: layers, steps and obligations as understood, or with `--smt` every query with the answer it had. */
export async function showCommand(
  paths: readonly string[],
  options: ShowCommandOptions,
  solver: Solver,
): Promise<ExitStatus> {
  const file = options.output ?? null;
  checkWritable(file);
  const context = reportContext({ file, color: options.color, detail: 'normal' });
  const diagnostics: Diagnostic[] = [];
  const systems = await loadPackages(paths, STAGES, diagnostics);
  const parts: string[] = [];
  for (const system of systems) {
    const answers: Answer[] = [];
    const proof = await STAGES.prove(system, recording(solver, answers), filterOf(options));
    if (!proof.ok) {
      diagnostics.push(...proof.diagnostics);
      continue;
    }
    const report = proof.value;
    parts.push(
      options.smt === true ? smtScript(system, answers) : renderSystem(system, report.obligations, context),
    );
    if (options.filter !== undefined && report.obligations.length === 0) {
      throw new UsageError(
        `no obligation of ${system.path} matches --filter ${options.filter}`,
        'see `armada-verify show` without the filter',
      );
    }
  }
  if (diagnostics.length > 0) process.stderr.write(`${renderDiagnostics(diagnostics, context)}\n`);
  await writeOutput(parts.join(options.smt === true ? '\n(reset)\n' : '\n\n'), file);
  return diagnostics.length > 0 ? EXIT.input : EXIT.success;
}

function filterOf(options: ShowCommandOptions): { readonly filter?: string } {
  return options.filter === undefined ? {} : { filter: options.filter };
}

/** The same solver, with its answers kept. */
function recording(solver: Solver, answers: Answer[]): Solver {
  return withCheck(solver, async (query) => {
    const answer = await solver.check(query);
    answers.push(answer);
    return answer;
  });
}

const ANSWER: Readonly<Record<Answer['status'], string>> = {
  proved: 'unsat',
  refuted: 'sat',
  unknown: 'unknown',
};

/**
 * All queries as one SMT-LIB script; each says before its own answer the one that is expected. Those that simplification
 * decided never reached the solver and have no script; nor have those that were asked before.
 */
function smtScript(system: System, answers: readonly Answer[]): string {
  const asked = answers.filter(({ script }) => script !== '');
  const rest = answers.length - asked.length;
  const queries = asked.map(({ script, status }, index) =>
    smtQuery(system.path, index + 1, ANSWER[status], script),
  );
  return [
    `; ${system.path}: ${rest} more queries were decided without the solver, or are among these`,
    queries.join('\n(reset)\n'),
  ].join('\n');
}

function smtQuery(path: string, number: number, expected: string, script: string): string {
  const check = script.includes('(check-sat)') ? '' : '\n(check-sat)';
  return `; query ${number} of ${path}\n(echo "query ${number}, expected: ${expected}")\n${script.trim()}${check}`;
}
