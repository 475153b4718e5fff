import type { Deadline } from './deadline.js';
import type { Move, Moves } from './moves.js';

/** Longer runs of a thread on its own are not looked into for cycles. */
const MAXIMAL_LOOP = 20_000;

/** A thread and the state of the machine, by number. */
interface Point {
  readonly status: number;
  readonly machine: number;
  /** Whether a crash may come. It makes no difference to what the thread does, but to which steps are taken at once. */
  readonly crashes: boolean;
}

/** Finds threads that, left alone, go round for ever. */
export class Divergence {
  /** What is known of points: whether no run from there ends, waits or fails. A point between others is settled with them. */
  private readonly endless = new Map<string, boolean>();

  constructor(
    private readonly moves: Moves,
    private readonly deadline: Deadline,
  ) {}

  /** Whether no run of the thread alone ends, waits or fails. A run of too many states counts as one that ends. */
  isEndless(start: Point): boolean {
    return this.endless.get(keyOf(start)) ?? this.settle(start);
  }

  /**
   * Looks at all that the thread can do from a point, and goes back from where it ends: what is not met goes on for ever. All
   * points on the way are settled at once, so that a long loop is not walked anew from each of its rounds.
   */
  private settle(start: Point): boolean {
    const found = new Map<string, Point>([[keyOf(start), start]]);
    const before = new Map<string, string[]>();
    const ending: string[] = [];
    let looked = 0;
    for (const [key, point] of found) {
      this.deadline.check();
      const known = this.endless.get(key);
      looked += 1;
      if (known === true) continue;
      const next = known === false || looked > MAXIMAL_LOOP ? null : this.after(point);
      if (next === null) {
        ending.push(key);
        continue;
      }
      for (const each of next) {
        const name = keyOf(each);
        const sources = before.get(name);
        if (sources === undefined) before.set(name, [key]);
        else sources.push(key);
        if (!found.has(name)) found.set(name, each);
      }
    }
    const ends = new Set(ending);
    for (const key of ends) for (const source of before.get(key) ?? []) ends.add(source);
    // Points beyond the limit were not looked at: they are settled when the search gets there.
    for (const key of [...found.keys()].slice(0, MAXIMAL_LOOP)) this.endless.set(key, !ends.has(key));
    return !ends.has(keyOf(start));
  }

  /** Where the thread can be after its next move; null where it ends, waits or fails. */
  private after({ status, machine, crashes }: Point): readonly Point[] | null {
    const next: Point[] = [];
    for (const move of this.moves.moves(status, machine, crashes)) {
      if (move.returned !== null || move.ended || move.spawned !== null || move.status === null) return null;
      next.push({ status: move.status, machine: move.machine, crashes });
    }
    return next.length === 0 ? null : next;
  }

  /** The steps of an endless thread until it is in a state in which it was before. */
  cycle(start: Point): readonly Move[] {
    const seen = new Set<string>();
    const path: Move[] = [];
    for (let point = start; !seen.has(keyOf(point));) {
      seen.add(keyOf(point));
      const [move] = this.moves.moves(point.status, point.machine, point.crashes);
      if (move?.status == null) break;
      path.push(move);
      point = { ...point, status: move.status, machine: move.machine };
    }
    return path;
  }
}

function keyOf({ status, machine, crashes }: Point): string {
  return `${status} ${machine} ${String(crashes)}`;
}
