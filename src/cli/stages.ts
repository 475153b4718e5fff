import { failure, type Result, success } from '../base/diagnostic.js';
import type { Bounds, ExploreResult } from '../explore/index.js';
import { findPackages, loadSystem } from '../lower/index.js';
import { prove, UnsupportedByProver } from '../vcgen/index.js';
import type { Exploration, Stages } from '../verify/index.js';
import { searchInThread } from './search.js';

/** The real stages. The explorer is loaded when it is needed, which in a run that proves everything is never. */
export const STAGES: Stages = {
  findPackages,
  loadSystem: (path) => loadSystem(path),
  async prove(system, solver, options) {
    try {
      return success(await prove(system, solver, options));
    } catch (error) {
      if (!(error instanceof UnsupportedByProver)) throw error;
      return failure({
        code: 'unsupported',
        message: `${system.path}: ${error.message}`,
        hint: '`explore` can still search its executions',
      });
    }
  },
  async explore(system, budgetMs, signal) {
    const { largestBounds, showBounds } = await import('../explore/index.js');
    const boundsText = (bounds: readonly Bounds[]): string[] => largestBounds(bounds).map(showBounds);
    return explorationOf(await searchInThread(system, budgetMs, signal), boundsText);
  },
  async replay(system, execution) {
    const { replay } = await import('../explore/index.js');
    const { ok, difference } = replay(system, execution);
    return ok ? null : (difference ?? 'it ends differently');
  },
};

function explorationOf(
  result: ExploreResult,
  boundsText: (bounds: readonly Bounds[]) => readonly string[],
): Result<Exploration> {
  if (result.kind === 'error') return failure(...result.diagnostics);
  const { states, transitions, ms } = result.statistics;
  const unfinished: Bounds | null = result.kind === 'violation' ? result.bounds : result.unfinished;
  return success({
    summary: {
      exhausted: boundsText(result.exhausted),
      unfinished: unfinished === null ? null : (boundsText([unfinished])[0] ?? null),
      states,
      transitions,
      ms: Math.round(ms),
    },
    violation: result.kind === 'violation' ? result.execution : null,
  });
}
