import type { VerificationRun } from '../verify/index.js';

/** The stable JSON form of a run; `schema.json` beside this file describes it. */
export function renderJson(run: VerificationRun): string {
  return JSON.stringify(run, undefined, 2);
}
