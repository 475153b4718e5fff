import { availableParallelism } from 'node:os';
import { InvalidArgumentError } from 'commander';

/** Defaults of the options that verdicts depend on. */
export const DEFAULTS = {
  rlimit: 20_000_000,
  timeoutSeconds: 20,
  seed: 0,
  exploreSeconds: 10,
  jobs: Math.min(availableParallelism(), 8),
} as const;

const LARGEST_JOBS = 64;
const LARGEST = 4_294_967_295;

/** A parser of whole numbers in a range for commander. */
export function wholeNumber(least: number, most: number = LARGEST): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`Not a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

export const parseJobs = wholeNumber(1, LARGEST_JOBS);

/** A text that says something. */
export function nonEmpty(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
}

/** A positive (or zero, where allowed) number of seconds, at most a day. */
export function seconds(least: number): (text: string) => number {
  const most = 86_400;
  return (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`Not a number of seconds from ${least} to ${most}.`);
    }
    return value;
  };
}

/** Options of every command that prints a report. */
export interface ReportOptions {
  readonly output?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Options of every command that runs the prover. */
export interface ProverOptions {
  readonly jobs: number;
  readonly filter?: string;
  readonly rlimit: number;
  readonly timeout: number;
  readonly seed: number;
}
