import { createSolver, type Solver } from '../encoding/index.js';
import type { ProverOptions } from './options.js';

/** A solver with the options of the command line; the caller closes it. */
export function openSolver(options: ProverOptions): Solver {
  return createSolver({
    jobs: options.jobs,
    rlimit: options.rlimit,
    timeoutSeconds: options.timeout,
    seed: options.seed,
  });
}
