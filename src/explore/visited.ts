import type { Canonical, Canonicaliser } from './canonical.js';
import type { Node, Phase } from './path.js';

/** A state before names are chosen for it. */
export type Raw = Omit<Node, 'renaming' | 'order'>;

/**
 * The states that were reached, each under the names that its subgroup of renamings gives it, with the largest number of crashes that
 * were left. They are compared exactly, not by hashes.
 */
export class Visited {
  private readonly crashes = new Map<string, number>();

  constructor(private readonly canonicaliser: Canonicaliser) {}

  get size(): number {
    return this.crashes.size;
  }

  /**
   * The state to be looked at; null where that is not needed: it was reached before, with as many crashes left, and under as many renamings.
   * Where no crash is left, all renamings count, whatever they were before.
   */
  enter(raw: Raw): Node | null {
    const { phase, subgroup, crashes } = raw;
    const least = this.canonicaliser.least(raw, subgroup);
    const key = keyOf(phase, subgroup, least);
    if (this.covers(key, crashes)) return null;
    if (phase === 'threads') {
      const { all } = this.canonicaliser;
      for (const larger of this.canonicaliser.including(subgroup)) {
        const name = keyOf(phase, larger, this.canonicaliser.least(raw, larger));
        if (this.covers(name, crashes)) return null;
        if (larger === all && !this.crashes.has(name)) this.crashes.set(name, 0);
      }
    }
    this.crashes.set(key, crashes);
    return { ...raw, ...least };
  }

  private covers(key: string, crashes: number): boolean {
    const before = this.crashes.get(key);
    return before !== undefined && before >= crashes;
  }
}

const PHASES: readonly Phase[] = ['initialisation', 'first boot', 'recovery', 'boot', 'threads', 'failed'];

/** All of a state except the crashes left, as two UTF-16 code units for each number. */
function keyOf(phase: Phase, subgroup: number, { machine, set, threads }: Canonical): string {
  let key = String.fromCharCode(
    PHASES.indexOf(phase),
    subgroup,
    machine & 0xffff,
    machine >>> 16,
    set & 0xffff,
    set >>> 16,
  );
  for (const status of threads) key += String.fromCharCode(status & 0xffff, status >>> 16);
  return key;
}
