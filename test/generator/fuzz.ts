import fc from 'fast-check';
import { createSolver, type Solver } from '../../src/encoding/index.js';
import type { Comparison } from './agreement.js';
import { compare, present } from './agreement.js';
import type { Recipe } from './generator.js';
import { cook, recipe } from './generator.js';

/** Random systems through prover and explorer. */
export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  /** Goes on after a disagreement, to collect several. */
  readonly keepGoing?: boolean;
  readonly onProgress?: (figures: FuzzFigures) => void;
  readonly onDisagreement?: (disagreement: Disagreement) => void;
}

export interface FuzzFigures {
  readonly done: number;
  readonly verdicts: Readonly<Record<Comparison['verdict'], number>>;
  /** By template and verdict. */
  readonly templates: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Proved systems in which threads may wait for each other. */
  readonly deadlocks: number;
  readonly proverMs: number;
  readonly explorerMs: number;
  readonly ms: number;
  readonly disagreements: readonly Disagreement[];
  /** Systems that were proved again under another seed of the solver. */
  readonly reproved: number;
}

export interface Disagreement {
  readonly recipe: Recipe;
  readonly text: string;
}

/** Systems at work at the same time: while one is explored, the solver has queries of the others. */
const CONCURRENCY = 4;
/** The solver keeps every answer, so it is replaced now and then. */
const SYSTEMS_PER_SOLVER = 500;
/** Each how many systems are proved again under another seed. */
const RESEEDED_SHARE = 25;

function solverWith(seed: number): Solver {
  return createSolver({ jobs: 2, rlimit: 5_000_000, timeoutSeconds: 20, seed });
}

/** Compares `count` random systems and shrinks the first disagreement. */
export async function fuzz(options: FuzzOptions): Promise<FuzzFigures> {
  const run = new FuzzRun(options);
  const recipes = fc.sample(recipe, { numRuns: options.count, seed: options.seed });
  for (let from = 0; from < recipes.length && !run.isOver; from += SYSTEMS_PER_SOLVER) {
    await run.batch(recipes.slice(from, from + SYSTEMS_PER_SOLVER));
  }
  return run.figures();
}

class FuzzRun {
  private readonly begin = performance.now();
  private readonly verdicts = { proved: 0, refuted: 0, unproved: 0, unsupported: 0 };
  private readonly templates: Record<string, Record<string, number>> = {};
  private readonly disagreements: Disagreement[] = [];
  private done = 0;
  private deadlocks = 0;
  private reproved = 0;
  private proverMs = 0;
  private explorerMs = 0;

  constructor(private readonly options: FuzzOptions) {}

  get isOver(): boolean {
    return this.disagreements.length > 0 && this.options.keepGoing !== true;
  }

  figures(): FuzzFigures {
    const { done, verdicts, deadlocks, templates, proverMs, explorerMs, disagreements, reproved } = this;
    const ms = performance.now() - this.begin;
    return { done, verdicts, deadlocks, templates, proverMs, explorerMs, ms, disagreements, reproved };
  }

  async batch(recipes: readonly Recipe[]): Promise<void> {
    const solver = solverWith(0);
    const other = solverWith(1 + (this.options.seed % 1000));
    const queue = [...recipes];
    const worker = async (): Promise<void> => {
      for (let each = queue.shift(); each !== undefined && !this.isOver; each = queue.shift()) {
        await this.one(each, solver, other);
      }
    };
    try {
      await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    } finally {
      await Promise.all([solver.close(), other.close()]);
    }
  }

  private async one(each: Recipe, solver: Solver, other: Solver): Promise<void> {
    const comparison = await compareRecipe(each, solver);
    this.done += 1;
    this.verdicts[comparison.verdict] += 1;
    if (comparison.deadlocks) this.deadlocks += 1;
    const counts = (this.templates[each.template] ??= {});
    counts[comparison.verdict] = (counts[comparison.verdict] ?? 0) + 1;
    this.proverMs += comparison.proverMs;
    this.explorerMs += comparison.explorerMs;
    const problem = comparison.disagreement ?? (await this.reseeded(each, comparison, other));
    if (problem !== null) {
      const disagreement = await shrunk(each, problem, solver);
      this.disagreements.push(disagreement);
      this.options.onDisagreement?.(disagreement);
    }
    if (this.done % 100 === 0) this.options.onProgress?.(this.figures());
  }

  /** What another seed of the solver changes, which should be nothing. */
  private async reseeded(each: Recipe, before: Comparison, other: Solver): Promise<string | null> {
    if (this.done % RESEEDED_SHARE !== 0) return null;
    this.reproved += 1;
    const after = await compareRecipe(each, other);
    const changed = after.statuses.filter((status) => !before.statuses.includes(status));
    return changed.length === 0 ? null : `another seed changes: ${changed.join('; ')}`;
  }
}

const NOTHING: Comparison = {
  verdict: 'unsupported',
  deadlocks: false,
  disagreement: null,
  violation: null,
  statuses: [],
  proverMs: 0,
  explorerMs: 0,
};

async function compareRecipe(each: Recipe, solver: Solver): Promise<Comparison> {
  try {
    return await compare(cook(each), solver);
  } catch (error) {
    const disagreement = `the tool breaks: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return { ...NOTHING, disagreement };
  }
}

/** The smallest recipe found that still disagrees, readably. */
async function shrunk(each: Recipe, problem: string, solver: Solver): Promise<Disagreement> {
  const agrees = fc.asyncProperty(
    recipe,
    async (smaller) => (await compareRecipe(smaller, solver)).disagreement === null,
  );
  const { counterexample } = await fc.check(agrees, { examples: [[each]], numRuns: 1, endOnFailure: false });
  const smallest = counterexample?.[0] ?? each;
  const comparison = await compareRecipe(smallest, solver);
  const text = [JSON.stringify(smallest), present(cook(smallest), comparison), problem].join('\n');
  return { recipe: smallest, text };
}
