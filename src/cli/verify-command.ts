import type { Solver } from '../encoding/index.js';
import { renderJson, renderPretty } from '../report/index.js';
import type { ExitStatus } from '../verify/index.js';
import { exitStatus, verifyPackages } from '../verify/index.js';
import { storeLastRun } from './last-run.js';
import type { ProverOptions, ReportOptions } from './options.js';
import { checkWritable, reportContext, writeOutput } from './output.js';
import { startProgress } from './progress.js';
import { STAGES } from './stages.js';
import { detailOf } from './detail.js';
import { toolVersions } from './tool.js';

export interface VerifyCommandOptions extends ReportOptions, ProverOptions {
  readonly format: 'pretty' | 'json';
  readonly explore: number;
  readonly crossCheck?: boolean;
}

/** `verify [PATH...]`: prints the run, keeps it for `trace`, gives its exit status. */
export async function verifyCommand(
  paths: readonly string[],
  options: VerifyCommandOptions,
  solver: Solver,
): Promise<ExitStatus> {
  const file = options.output ?? null;
  checkWritable(file);
  const progress = await startProgress(options.quiet !== true);
  try {
    const run = await verifyPackages(paths, {
      settings: {
        rlimit: options.rlimit,
        timeoutSeconds: options.timeout,
        seed: options.seed,
        jobs: options.jobs,
        filter: options.filter ?? null,
        exploreSeconds: options.explore,
      },
      tool: toolVersions(),
      crossCheck: options.crossCheck === true,
      solver,
      stages: STAGES,
      onProgress: (step) => {
        progress.update(step);
      },
    });
    progress.stop();
    const warning = run.packages.length === 0 ? null : storeLastRun(run);
    if (warning !== null) process.stderr.write(`warning: ${warning}\n`);
    const context = reportContext({ file, color: options.color, detail: detailOf(options) });
    await writeOutput(options.format === 'json' ? renderJson(run) : renderPretty(run, context), file);
    return exitStatus(run);
  } finally {
    progress.stop();
  }
}
