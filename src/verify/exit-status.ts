import type { Verdict, VerificationRun } from './run.js';
import { worst } from './run.js';

/** Exit statuses of the process. */
export const EXIT = {
  success: 0,
  refuted: 1,
  unproved: 2,
  assumptions: 3,
  input: 4,
  internal: 70,
  interrupted: 130,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

const BY_VERDICT: Readonly<Record<Verdict, ExitStatus>> = {
  proved: EXIT.success,
  refuted: EXIT.refuted,
  unproved: EXIT.unproved,
  vacuous: EXIT.assumptions,
  assumed: EXIT.assumptions,
};

/**
 * The exit status that a run asks for. A bug of the tool outweighs unusable input, which outweighs every verdict; a run
 * that looked at nothing is unusable input.
 */
export function exitStatus(run: VerificationRun): ExitStatus {
  if (run.packages.some((entry) => entry.disagreement !== null)) return EXIT.internal;
  if (run.diagnostics.length > 0) return EXIT.input;
  if (run.packages.every((entry) => entry.obligations.length === 0)) return EXIT.input;
  return BY_VERDICT[worst(run.packages.map((entry) => entry.verdict))];
}
