import type { Random } from '../random.js';

/**
 * A sequence of decisions: read from a given one as far as it goes, then drawn at random, or all 0, which is always the simplest. What was
 * decided is kept, so that it can be repeated, and made simpler.
 */
export class Choices {
  readonly drawn: number[] = [];

  constructor(
    private readonly given: readonly number[],
    private readonly random: Random | null = null,
  ) {}

  /** From 0 to below `limit`. */
  below(limit: number): number {
    const position = this.drawn.length;
    const given = this.given[position];
    const fresh = this.random === null ? 0 : this.random.below(limit);
    const value = given === undefined ? fresh : given % limit;
    this.drawn.push(value);
    return value;
  }

  /** True once in `rarity` times; the simplest is false. */
  rarely(rarity: number): boolean {
    return this.below(rarity) === rarity - 1;
  }

  /** The first is the simplest. */
  pick<T>(list: readonly T[]): T {
    const chosen = list[this.below(list.length)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  }
}

/** Makes a sequence of decisions shorter and smaller as long as `isStillBad` says so. */
export async function shrink(
  start: readonly number[],
  isStillBad: (choices: readonly number[]) => Promise<boolean>,
  attempts = 300,
): Promise<readonly number[]> {
  let best = start;
  let left = attempts;
  const improve = async (candidate: readonly number[]): Promise<boolean> => {
    if (left <= 0 || (candidate.length === best.length && candidate.every((each, i) => each === best[i]))) {
      return false;
    }
    left -= 1;
    if (!(await isStillBad(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let size = Math.ceil(best.length / 2); size >= 1 && left > 0; size = Math.floor(size / 2)) {
    for (let from = 0; from < best.length;) {
      const without = [...best.slice(0, from), ...best.slice(from + size)];
      const zeroed = best.map((each, index) => (index >= from && index < from + size ? 0 : each));
      if (!(await improve(without)) && !(await improve(zeroed))) from += size;
      if (left <= 0) break;
    }
  }
  return best;
}
