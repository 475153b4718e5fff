import type { Diagnostic } from '../base/diagnostic.js';
import type { System } from '../ir/index.js';
import { renderExploration } from '../report/index.js';
import type { ExitStatus, ExplorationRun, PackageExploration } from '../verify/index.js';
import { displayPath, EXIT, loadPackages } from '../verify/index.js';
import { detailOf } from './detail.js';
import type { ReportOptions } from './options.js';
import { checkWritable, reportContext, writeOutput } from './output.js';
import { startProgress } from './progress.js';
import { STAGES } from './stages.js';
import { toolVersions } from './tool.js';

export interface ExploreCommandOptions extends ReportOptions {
  readonly format: 'pretty' | 'json';
  readonly budget: number;
}

/** `explore [PATH...]`: searches the executions of each package within bounds that grow until the budget is spent. */
export async function exploreCommand(
  paths: readonly string[],
  options: ExploreCommandOptions,
): Promise<ExitStatus> {
  const start = performance.now();
  const file = options.output ?? null;
  checkWritable(file);
  const diagnostics: Diagnostic[] = [];
  const packages: PackageExploration[] = [];
  let internal: string | null = null;
  const progress = await startProgress(options.quiet !== true);
  try {
    for (const system of await loadPackages(paths, STAGES, diagnostics)) {
      progress.update({ path: system.path, operation: null, text: 'searching' });
      const searched = await STAGES.explore(system, options.budget * 1000);
      if (!searched.ok) {
        diagnostics.push(...searched.diagnostics);
        continue;
      }
      const { summary, violation } = searched.value;
      const difference = violation === null ? null : await STAGES.replay(system, violation);
      if (difference !== null)
        internal = `${system.path}: the execution found does not replay: ${difference}`;
      if (violation === null && summary.unfinished !== null) await adviseParameter(system);
      packages.push({
        path: displayPath(system.path),
        refines: system.refines,
        over: system.over,
        exploration: summary,
        ...(violation === null ? {} : { trace: violation }),
      });
    }
  } finally {
    progress.stop();
  }
  if (internal !== null) throw new Error(internal);
  const { name, version } = toolVersions();
  const ms = Math.round(performance.now() - start);
  const tool = { name, version };
  const run: ExplorationRun = { schema: 'armada-verify/exploration/1', tool, packages, diagnostics, ms };
  const context = reportContext({ file, color: options.color, detail: detailOf(options) });
  const text =
    options.format === 'json' ? JSON.stringify(run, undefined, 2) : renderExploration(run, context);
  await writeOutput(text, file);
  if (diagnostics.length > 0) return EXIT.input;
  return packages.some(({ trace }) => trace !== undefined) ? EXIT.refuted : EXIT.success;
}

/** A size that the code fixes keeps the search from what happens with small ones. */
async function adviseParameter(system: System): Promise<void> {
  const { largeFixedSize } = await import('../explore/index.js');
  const size = largeFixedSize(system);
  if (size === null) return;
  process.stderr.write(
    `note: ${displayPath(system.path)} is searched with the size ${size}; if that is a constant of the package, ` +
      'write `//@ parameter` behind it, and smaller sizes are searched as well\n',
  );
}
