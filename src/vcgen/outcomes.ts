import type { SymbolicValue } from './layout.js';
import { mergeOutcomes, type SymbolicOutcome } from './symbolic-run.js';

/**
 * How a walk treats the outcomes of a machine step: as one; as one except at one step of each path, which is searched for; or
 * each on a path of its own.
 */
export type OutcomePolicy = 'merged' | 'split once' | 'split';

/** With paths for outcomes the number of paths may double with each step: beyond this many steps the walk is given up. */
export const MOST_STEPS: Readonly<Record<OutcomePolicy, number>> = {
  merged: Infinity,
  'split once': 1000,
  split: 60,
};

/** A step with more outcomes is not the one whose outcomes are taken apart: the search would try each of them. */
export const MOST_TAKEN_APART = 8;

/** An outcome of a section of a machine operation, as a run of it gives it. */
export type RawOutcome = SymbolicOutcome<{
  readonly returned: boolean;
  readonly values: readonly SymbolicValue[];
}>;

/** An outcome of a section: the operation's results if it returned, else its locals. */
export type Outcome = Omit<RawOutcome, 'result'> & RawOutcome['result'];

/** Outcomes that go on alike, as one. */
export function mergedAlike(outcomes: readonly Outcome[]): readonly Outcome[] {
  return [true, false].flatMap((returned) => {
    const alike = outcomes.filter((each) => each.returned === returned);
    const merged = mergeOutcomes(alike.map(({ values, ...rest }) => ({ ...rest, result: values })));
    return merged === null ? [] : [{ ...merged, returned, values: merged.result }];
  });
}
