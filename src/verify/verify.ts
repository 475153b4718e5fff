import { resolve } from 'node:path';
import { displayPath } from '../base/display-path.js';
import { type Diagnostic, failure, type Result, success } from '../base/diagnostic.js';
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
  /** Folders with annotations under the paths: packages that refine something, and others. */
  findPackages(
    paths: readonly string[],
  ): Promise<Result<{ readonly packages: readonly string[]; readonly others: readonly string[] }>>;
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
      readonly isRefuted?: () => Promise<boolean>;
    },
  ): Promise<Result<ProofReport>>;
  /** Gives nothing of use once the signal is aborted. */
  explore(system: System, budgetMs: number, signal?: AbortSignal): Promise<Result<Exploration>>;
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
  const { packages, others } = found.value;
  if (packages.length === 0 && others.length === 0) diagnostics.push(nothingFound(paths));
  const systems: System[] = [];
  for (const path of packages) {
    const loaded = await stages.loadSystem(path);
    if (loaded.ok) systems.push(loaded.value);
    else diagnostics.push(...loaded.diagnostics);
  }
  // What could not be loaded might have been what they belong to.
  if (systems.length === packages.length) diagnostics.push(...unused(others, systems));
  return systems;
}

/** Annotations that no package which is verified has to do with. */
function unused(folders: readonly string[], systems: readonly System[]): readonly Diagnostic[] {
  const known = new Set(systems.flatMap((system) => system.folders.map((folder) => resolve(folder))));
  return folders
    .filter((folder) => !known.has(resolve(folder)))
    .map((folder) => ({
      code: 'annotation',
      message: `the package in ${folder} has annotations but refines nothing, and no package that is verified here imports it`,
      hint: 'Write `//@ refines Specification over Machine` below the imports, or verify it with a package that imports it.',
    }));
}

function nothingFound(paths: readonly string[]): Diagnostic {
  return {
    code: 'usage',
    message: `no annotated package found under ${paths.join(', ')}`,
    hint: 'a package is verified when one of its files says `//@ refines Specification over Machine`',
  };
}

/** A package without obligations: to call it proved would promise something. */
function nothingToProve({ path, refines, specificationOperations, span }: System): Diagnostic {
  const why =
    specificationOperations.length === 0
      ? `the specification ${refines} has no operations`
      : `the operations of the specification ${refines} return and change nothing`;
  return {
    code: 'layer',
    message: `there is nothing to verify in ${displayPath(path)}: ${why}`,
    span,
    hint: 'Declare what callers may do in the specification (`op Name(...) { ... }`), and write `//@ op Name` above the functions that do it.',
  };
}

async function verifySystem(system: System, options: VerifyOptions): Promise<Result<PackageVerdict>> {
  const start = performance.now();
  const { filter, exploreSeconds } = options.settings;
  const search = new Search(system, exploreSeconds * 1000, options.stages);
  const proof = await options.stages.prove(system, options.solver, {
    ...(filter === null ? {} : { filter }),
    onProgress: ({ operation, text }) => options.onProgress?.({ path: system.path, operation, text }),
    ...(exploreSeconds > 0 ? { isRefuted: () => search.isRefuted() } : {}),
  });
  if (!proof.ok) {
    search.stop();
    return proof;
  }
  const report = proof.value;
  if (filter === null && report.obligations.length === 0) {
    search.stop();
    return failure(nothingToProve(system));
  }
  const doubtful = report.obligations.some(({ status }) => status === 'failed' || status === 'unknown');
  const isWanted = (doubtful || (options.crossCheck && filter === null)) && exploreSeconds > 0;
  if (isWanted)
    options.onProgress?.({ path: system.path, operation: null, text: 'searching for an execution' });
  else search.stop();
  const found = isWanted ? await search.result() : null;
  // That executions cannot be searched is no reason to keep back what the proof says.
  const notSearched = found?.ok === false ? found.diagnostics[0] : undefined;
  const { exploration = null, violation = null, difference = null } = found?.ok === true ? found.value : {};
  const obligations = judge(system, report.obligations, violation, locate);
  return success({
    path: displayPath(system.path),
    refines: system.refines,
    over: system.over,
    verdict: worst(obligations.map(({ verdict }) => verdict)),
    obligations,
    choices: report.choices,
    exploration: exploration?.summary ?? null,
    ...(notSearched === undefined ? {} : { notSearched }),
    ...(violation === null || doubtful || isWrong(violation) ? {} : { deadlock: violation }),
    disagreement: disagreementOf(violation, difference, doubtful),
    annotationLines: system.annotationLines,
    goLines: system.goLines,
    statistics: statisticsOf(report.obligations),
    ms: Math.round(performance.now() - start),
  });
}

/** What a search for an execution says. */
interface Found {
  readonly exploration: Exploration;
  /** The execution that was found, if it could be run again. */
  readonly violation: Execution | null;
  /** How it went differently, if it could not. */
  readonly difference: string | null;
}

/** The one search of a package: begun by the prover when it is in doubt, or when the proof is done. */
class Search {
  private found: Promise<Result<Found>> | null = null;
  private readonly controller = new AbortController();

  constructor(
    private readonly system: System,
    private readonly budgetMs: number,
    private readonly stages: Stages,
  ) {}

  result(): Promise<Result<Found>> {
    this.found ??= this.run();
    return this.found;
  }

  /** Whether not everything can be proved. */
  async isRefuted(): Promise<boolean> {
    try {
      const found = await this.result();
      return found.ok && found.value.violation !== null && isWrong(found.value.violation);
    } catch {
      // Whoever needs the result itself meets the error there.
      return false;
    }
  }

  stop(): void {
    this.controller.abort();
  }

  private async run(): Promise<Result<Found>> {
    const explored = await this.stages.explore(this.system, this.budgetMs, this.controller.signal);
    if (!explored.ok) return explored;
    const { violation } = explored.value;
    const difference = violation === null ? null : await this.stages.replay(this.system, violation);
    return success({
      exploration: explored.value,
      violation: difference === null ? violation : null,
      difference,
    });
  }
}

/** Whether an execution contradicts a proof. That threads do not wait for ever is not among what is proved. */
function isWrong(violation: Execution): boolean {
  return violation.violation.kind !== 'deadlock';
}

function disagreementOf(
  violation: Execution | null,
  difference: string | null,
  doubtful: boolean,
): string | null {
  if (difference !== null) return `the explorer's execution does not replay: ${difference}`;
  if (violation === null || doubtful || !isWrong(violation)) return null;
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
