import { displayPath } from '../base/display-path.js';
import { type Diagnostic, type Result, success } from '../base/diagnostic.js';
import type { Solver } from '../encoding/index.js';
import type { System } from '../ir/index.js';
import type { Execution } from '../trace/index.js';
import type { Obligation, ProofReport } from '../vcgen/index.js';
import { judge } from './judge.js';
import { locate } from './location.js';
import type {
  ExplorationSummary,
  ObligationVerdict,
  PackageVerdict,
  RunSettings,
  Verdict,
  VerificationRun,
} from './run.js';
import { SCHEMA, VERDICTS, worst } from './run.js';

/** What the explorer says of a system, and whether its execution could be run again. */
export interface Exploration {
  readonly summary: ExplorationSummary;
  readonly violation: Execution | null;
}

/** The stages that a verification runs; tests put their own in place. */
export interface Stages {
  /** Folders of annotated packages under the paths, sorted. */
  findPackages(paths: readonly string[]): Promise<Result<readonly string[]>>;
  loadSystem(path: string): Promise<Result<System>>;
  prove(
    system: System,
    solver: Solver,
    options: {
      readonly filter?: string;
      readonly onProgress?: (obligation: {
        readonly operation: string | null;
        readonly text: string;
      }) => void;
    },
  ): Promise<Result<ProofReport>>;
  explore(system: System, budgetMs: number): Promise<Result<Exploration>>;
  /** Runs an execution again; gives null, or what went differently. */
  replay(system: System, execution: Execution): Promise<string | null>;
}

export interface VerifyOptions {
  readonly settings: RunSettings;
  readonly tool: VerificationRun['tool'];
  /** Explore packages whose obligations are all proved as well; a violation there is a bug of the tool. */
  readonly crossCheck: boolean;
  readonly solver: Solver;
  readonly stages: Stages;
  readonly onProgress?: (progress: Progress) => void;
}

/** What is being worked on. */
export interface Progress {
  readonly path: string;
  readonly operation: string | null;
  readonly text: string;
}

/** Verifies every annotated package under the paths. Input errors end up in `diagnostics`; the other packages are still verified. */
export async function verifyPackages(
  paths: readonly string[],
  options: VerifyOptions,
): Promise<VerificationRun> {
  const start = performance.now();
  const diagnostics: Diagnostic[] = [];
  const systems = await loadPackages(paths, options.stages, diagnostics);
  const results = await inOrder(systems, options.settings.jobs, (system) => verifySystem(system, options));
  diagnostics.push(...results.flatMap((result) => (result.ok ? [] : result.diagnostics)));
  const packages = results.flatMap((result) => (result.ok ? [result.value] : []));
  const unmatched =
    options.settings.filter === null ? null : unmatchedFilter(options.settings.filter, packages, systems);
  if (unmatched !== null) diagnostics.push(unmatched);
  const summary = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of packages.flatMap((entry) => entry.obligations)) summary[verdict] += 1;
  const solver = options.solver.statistics();
  return {
    schema: SCHEMA,
    tool: options.tool,
    settings: options.settings,
    packages: packages.filter((entry) => options.settings.filter === null || entry.obligations.length > 0),
    diagnostics,
    summary,
    statistics: {
      queries: solver.queries,
      solverMs: Math.round(solver.ms),
      maxQueryMs: Math.round(solver.maxMs),
      quantified: solver.quantified,
      unknown: solver.unknown,
      memoryBytes: process.memoryUsage().rss,
    },
    ms: Math.round(performance.now() - start),
  };
}

/** Loads what can be loaded; what cannot, and finding nothing at all, is added to `diagnostics`. */
export async function loadPackages(
  paths: readonly string[],
  stages: Pick<Stages, 'findPackages' | 'loadSystem'>,
  diagnostics: Diagnostic[],
): Promise<readonly System[]> {
  const found = await stages.findPackages(paths.map(displayPath));
  if (!found.ok) {
    diagnostics.push(...found.diagnostics);
    return [];
  }
  if (found.value.length === 0) diagnostics.push(nothingFound(paths));
  const systems: System[] = [];
  for (const path of found.value) {
    const loaded = await stages.loadSystem(path);
    if (loaded.ok) systems.push(loaded.value);
    else diagnostics.push(...loaded.diagnostics);
  }
  return systems;
}

function nothingFound(paths: readonly string[]): Diagnostic {
  return {
    code: 'usage',
    message: `no annotated package found under ${paths.join(', ')}`,
    hint: 'a package is verified when one of its files says `//@ refines Specification over Machine`',
  };
}

async function verifySystem(system: System, options: VerifyOptions): Promise<Result<PackageVerdict>> {
  const start = performance.now();
  const { filter, exploreSeconds } = options.settings;
  const proof = await options.stages.prove(system, options.solver, {
    ...(filter === null ? {} : { filter }),
    onProgress: ({ operation, text }) => options.onProgress?.({ path: system.path, operation, text }),
  });
  if (!proof.ok) return proof;
  const report = proof.value;
  const doubtful = report.obligations.some(({ status }) => status === 'failed' || status === 'unknown');
  const search = (doubtful || (options.crossCheck && filter === null)) && exploreSeconds > 0;
  if (search)
    options.onProgress?.({ path: system.path, operation: null, text: 'searching for an execution' });
  const exploration = search ? await options.stages.explore(system, exploreSeconds * 1000) : null;
  if (exploration?.ok === false) return exploration;
  const found = exploration?.value.violation ?? null;
  const difference = found === null ? null : await options.stages.replay(system, found);
  const violation = difference === null ? found : null;
  const obligations = judge(system, report.obligations, violation, locate);
  return success({
    path: displayPath(system.path),
    refines: system.refines,
    over: system.over,
    verdict: worst(obligations.map(({ verdict }) => verdict)),
    obligations,
    choices: report.choices,
    exploration: exploration?.value.summary ?? null,
    disagreement: disagreementOf(violation, difference, doubtful),
    annotationLines: system.annotationLines,
    goLines: system.goLines,
    statistics: statisticsOf(report.obligations),
    ms: Math.round(performance.now() - start),
  });
}

function disagreementOf(
  violation: Execution | null,
  difference: string | null,
  doubtful: boolean,
): string | null {
  if (difference !== null) return `the explorer's execution does not replay: ${difference}`;
  // The theorem is about what calls return; that threads cannot wait for each other's locks is not part of it.
  if (violation === null || doubtful || violation.violation.kind === 'deadlock') return null;
  return `every obligation is proved, but the explorer found an execution that is wrong: ${violation.violation.message}`;
}

function statisticsOf(obligations: readonly Obligation[]): PackageVerdict['statistics'] {
  const sum = (pick: (obligation: Obligation) => number): number =>
    obligations.reduce((total, obligation) => total + pick(obligation), 0);
  return {
    queries: sum(({ queries }) => queries),
    quantified: sum(({ quantifiedQueries }) => quantifiedQueries),
    solverMs: Math.round(sum(({ ms }) => ms)),
  };
}

function unmatchedFilter(
  filter: string,
  packages: readonly { readonly obligations: readonly ObligationVerdict[] }[],
  systems: readonly System[],
): Diagnostic | null {
  if (systems.length === 0 || packages.some((entry) => entry.obligations.length > 0)) return null;
  const operations = systems.flatMap((system) => [
    ...system.implementations.map(({ operation }) => operation),
    ...(system.recovery === null ? [] : ['recovery']),
    ...(system.initialisation === null ? [] : ['initialisation']),
  ]);
  return {
    code: 'usage',
    message: `no obligation matches --filter ${filter}`,
    hint: `candidates: ${[...new Set(operations)].join(', ')}, or an obligation id as \`show\` lists them`,
  };
}

/** Runs `work` on all items, a few at a time; the results are in the order of the items. */
async function inOrder<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const next = async (): Promise<void> => {
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
      results[entry[0]] = await work(entry[1]);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, next));
  return results;
}
