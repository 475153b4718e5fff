/** Thrown when the time is up; whoever started the search catches it. */
export class OutOfTime extends Error {
  constructor() {
    super('out of time');
  }
}

/**
 * When a search has to stop. Every loop whose length the system decides asks it: runs of sections, values of quantifiers, rounds of
 * local loops, initial states, configurations. So the time that passes between two questions is small whatever the system does.
 */
export class Deadline {
  /** `at`: as `performance.now()` tells the time. */
  constructor(private readonly at: number) {}

  check(): void {
    if (performance.now() > this.at) throw new OutOfTime();
  }
}

/** For runs that are short anyway. */
export const NO_DEADLINE = new Deadline(Infinity);
