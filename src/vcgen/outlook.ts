import { setImmediate } from 'node:timers/promises';
import { type Solver, withCheck } from '../encoding/index.js';

/** Thrown at the next query where there is no use in going on. */
export class Settled extends Error {}

/**
 * What is known of a package while its parts are worked on. Once an execution is known that the specification does not allow,
 * not everything can be proved; so when all parts but one are proved, that one cannot be, and whatever else could be tried on it would fail.
 */
export class Outlook {
  private search: Promise<void> | null = null;
  private isRefuted = false;

  /** `open` parts are to be proved; `refute` tells whether such an execution is found, and may take long. */
  constructor(
    private open: number,
    private readonly refute: (() => Promise<boolean>) | undefined,
  ) {}

  /** A part is proved. */
  proved(): void {
    this.open -= 1;
  }

  /** A part is not proved by what suffices for most. */
  doubt(): void {
    this.search ??= this.refute?.().then((found) => void (this.isRefuted = found)) ?? null;
  }

  /** Whether the only part that is not proved cannot be; waits for the search if that depends on it. */
  async isSettled(): Promise<boolean> {
    if (this.open === 1) await this.search;
    return this.settled;
  }

  /** The solver, for attempts on a part that is not proved: gives up with {@link Settled} when the part cannot be. */
  watched(solver: Solver): Solver {
    return withCheck(solver, async (query) => {
      // Answers that are known already leave no time in which the search could report.
      await setImmediate();
      if (this.settled) throw new Settled();
      return solver.check(query);
    });
  }

  private get settled(): boolean {
    return this.open === 1 && this.isRefuted;
  }
}
