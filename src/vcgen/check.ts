import type { Span } from '../base/source.js';
import type { Answer, Model, Solver, Term } from '../encoding/index.js';
import { and, FALSE, TRUE } from '../encoding/index.js';
import type { CallSite } from '../ir/index.js';
import type { ObligationCode, RacingAccess } from './obligation.js';

/** One thing to prove on one path. */
export interface CheckRequest {
  readonly code: ObligationCode;
  /** Where: `Write1`, `return 2`; with the code and the fact it names the obligation. */
  readonly step: string;
  /** Name of the fact to be proved, if it has one. */
  readonly fact: string | null;
  readonly title: string;
  readonly span: Span;
  /** Calls of inlined helpers that lead there, outermost first. */
  readonly callers?: readonly CallSite[];
  readonly conjunct: string | null;
  readonly access?: RacingAccess;
  readonly hypotheses: readonly Term[];
  readonly goal: Term;
  /** What to say when it does not hold; null: the title says it all. */
  readonly reason?: string;
  /** The path and the states around the step, for a counterexample. */
  readonly scene: Scene | null;
}

/** What a counterexample is printed from; made only when one is needed. */
export interface Scene {
  readonly path: readonly { readonly span: Span; readonly text: string; readonly note: string | null }[];
  /** The last loop on the path of which only what its invariants say is known. */
  readonly loop: Span | null;
  values(
    model: Model,
  ): readonly { readonly name: string; readonly before: string | null; readonly value: string }[];
}

export interface CheckResult {
  readonly request: CheckRequest;
  /** Null: the simplifier saw that it holds, no query was asked. */
  readonly answer: Answer | null;
}

export function isProved(result: CheckResult): boolean {
  return result.answer === null || result.answer.status === 'proved';
}

/** Asks for one thing; what is true by its form or among the hypotheses costs no query. */
export async function check(solver: Solver, request: CheckRequest): Promise<CheckResult> {
  const { hypotheses, goal } = request;
  if (goal === TRUE || hypotheses.includes(goal) || hypotheses.includes(FALSE))
    return { request, answer: null };
  // Whether the hypotheses contradict each other hardly ever depends on the exact meaning of a product.
  const quick = goal === FALSE;
  return { request, answer: await solver.check({ hypotheses, goal, quick }) };
}

/** Whether the hypotheses are known to contradict each other: whatever follows them cannot happen. */
export async function contradictory(solver: Solver, hypotheses: readonly Term[]): Promise<boolean> {
  const all = and(hypotheses);
  if (all === FALSE) return true;
  return (await solver.check({ hypotheses, goal: FALSE, quick: true })).status === 'proved';
}

/**
 * What the search found for a part of the code under its best choice of ghost steps: the results, how far every path got
 * before something failed, and the choices that were made.
 */
export interface Attempt {
  readonly results: readonly CheckResult[];
  readonly choices: readonly Choice[];
  /** Steps before the first failure; infinite if there is none. */
  readonly depth: number;
}

/** A ghost step that was taken, to be reported. */
export interface Choice {
  readonly kind: 'commit' | 'hindsight' | 'help' | 'fair';
  readonly span: Span;
  readonly text: string;
  readonly note: string;
}

export const EMPTY_ATTEMPT: Attempt = { results: [], choices: [], depth: Infinity };

/** Results of one step at some depth. */
export function stepAttempt(
  results: readonly CheckResult[],
  depth: number,
  choices: readonly Choice[] = [],
): Attempt {
  return { results, choices, depth: results.every(isProved) ? Infinity : depth };
}

/** Everything of several parts; as deep as the first failure of any. */
export function combine(attempts: readonly Attempt[]): Attempt {
  return {
    results: attempts.flatMap((attempt) => attempt.results),
    choices: attempts.flatMap((attempt) => attempt.choices),
    depth: Math.min(...attempts.map((attempt) => attempt.depth), Infinity),
  };
}

export function succeeded(attempt: Attempt): boolean {
  return attempt.depth === Infinity;
}

/** Whether all that failed is what no ghost step has an influence on, so that there is no use in trying another one. */
export function isBeyondChoice(attempt: Attempt): boolean {
  const failed = attempt.results.filter((result) => !isProved(result));
  return failed.length > 0 && failed.every(({ request }) => request.code === 'lock-leak');
}

/** Wrong results of one return are one failure: who made the mistake should hear of the result, not that nothing takes effect. */
function failures(attempt: Attempt): number {
  const failed = attempt.results.filter((result) => !isProved(result)).map(({ request }) => request);
  const results = failed.filter(({ code }) => code === 'result').map(({ step }) => step);
  return failed.length - results.length + new Set(results).size;
}

const CHOICE_WEIGHTS: Readonly<Record<Choice['kind'], number>> = {
  commit: 1,
  hindsight: 1,
  help: -1,
  fair: 0,
};

/** How telling a failed attempt is: the op took effect, so that results can be compared, and nobody was helped in vain. */
function plausibility(attempt: Attempt): number {
  return attempt.choices.reduce((total, choice) => total + CHOICE_WEIGHTS[choice.kind], 0);
}

/** The attempt to report: the one that gets further, then the one with fewer failures, then the more telling one. */
export function better(left: Attempt, right: Attempt): Attempt {
  if (left.depth !== right.depth) return left.depth > right.depth ? left : right;
  const difference = failures(left) - failures(right);
  if (difference !== 0) return difference < 0 ? left : right;
  return plausibility(right) > plausibility(left) ? right : left;
}
