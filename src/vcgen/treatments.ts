import { type Solver, withCheck } from '../encoding/index.js';
import { type Attempt, better, succeeded } from './check.js';
import type { OutcomePolicy } from './outcomes.js';
import { type Outlook, Settled } from './outlook.js';
import { type Walker, WalkTooLong } from './walker.js';

/** A walk of some code under one treatment of outcomes; what it reached tells which steps can happen at all. */
export interface Walked {
  readonly attempt: Attempt;
  readonly walker: Walker;
}

export type Walk = (policy: OutcomePolicy, solver: Solver) => Promise<Walked>;

/** What the treatments of outcomes gave: the cheap ones, and all. */
export interface Treated {
  readonly cheap: Walked;
  readonly best: Walked;
}

/**
 * Outcomes of a machine step are treated as one where that suffices; where it does not, those of all steps of short code get
 * paths and ghost steps of their own, then those of one step of each path. Most ghost choices that a search tries are wrong, and to
 * show that takes a model, which is expensive; so all treatments are tried with what is not proved at once counted as failed, before
 * any is tried without. If all fail, what is reported is what got furthest, of the cheap ones alone if an execution shows that nothing
 * could succeed: which others were still tried then is a matter of time.
 */
export async function withOutcomes(solver: Solver, outlook: Outlook, walk: Walk): Promise<Treated> {
  const tried: Walked[] = [];
  const unsure = new Set<OutcomePolicy>();
  const attempt = async (policy: OutcomePolicy, chosen: Solver): Promise<boolean> => {
    const walked = await unlessTooLong(walk(policy, chosen));
    if (walked !== null) tried.push(walked);
    return walked !== null && succeeded(walked.attempt);
  };
  const briefly = (policy: OutcomePolicy, chosen: Solver): Promise<boolean> => {
    return attempt(
      policy,
      quickSolver(chosen, () => unsure.add(policy)),
    );
  };
  if (!(await briefly('merged', solver)) && !(await briefly('split', solver))) outlook.doubt();
  const [first] = tried;
  const cheap = furthest(tried);
  if (succeeded(cheap.attempt)) return { cheap, best: cheap };
  try {
    const watched = outlook.watched(solver);
    // Where nothing was merged there is nothing to take apart, but for the ways through local code.
    const isProved = first?.walker.mergedOutcomes === true && (await briefly('split once', watched));
    for (const policy of isProved ? [] : unsure) if (await attempt(policy, watched)) break;
  } catch (error) {
    if (!(error instanceof Settled)) throw error;
  }
  return { cheap, best: furthest(tried) };
}

function furthest(tried: readonly Walked[]): Walked {
  return tried.reduce((best, walked) =>
    better(best.attempt, walked.attempt) === walked.attempt ? walked : best,
  );
}

/** A walk that takes outcomes apart may get too long, and is then given up. */
async function unlessTooLong(walk: Promise<Walked>): Promise<Walked | null> {
  try {
    return await walk;
  } catch (error) {
    if (!(error instanceof WalkTooLong)) throw error;
    return null;
  }
}

/** Makes only the first attempt at each query, and reports where more attempts might have proved something that was not. */
function quickSolver(solver: Solver, cutShort: () => void): Solver {
  return withCheck(solver, async (query) => {
    const answer = await solver.check({ ...query, quick: true });
    if (answer.status !== 'proved' && answer.cut && query.quick !== true) cutShort();
    return answer;
  });
}
