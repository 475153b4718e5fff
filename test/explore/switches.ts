import type { Bounds } from '../../src/explore/index.js';
import { Program } from '../../src/explore/program.js';
import type { Reductions } from '../../src/explore/reductions.js';
import { ALL_REDUCTIONS } from '../../src/explore/reductions.js';
import type { SearchOutcome } from '../../src/explore/search.js';
import { search } from '../../src/explore/search.js';
import type { System } from '../../src/ir/index.js';

const SWITCHES = ['threads', 'addresses', 'values', 'partialOrder'] as const;

/** The reductions with one of them switched off. */
function without(name: (typeof SWITCHES)[number]): Reductions {
  return { ...ALL_REDUCTIONS, [name]: false };
}

/** Larger searches are not compared: some go on for ever after a violation. */
const MAXIMAL_STATES = 20_000;

/**
 * Merged moves end in other states where no crash is left than where one is, so that now and then a state is looked at again without one that
 * would have been covered otherwise.
 */
const TOLERANCE = 1.01;

/** A search that goes on after violations. */
function everything(system: System, bounds: Bounds, reductions: Reductions): SearchOutcome {
  return search(new Program(system, bounds), { maximalStates: MAXIMAL_STATES, reductions, all: true });
}

/** What differs when reductions are switched off one by one: nothing where they lose nothing and cost nothing; null where the search is too large. */
export function differences(system: System, bounds: Bounds): readonly string[] | null {
  const reduced = everything(system, bounds, ALL_REDUCTIONS);
  if (!reduced.complete) return null;
  const kinds = kindsOf(reduced);
  const found: string[] = [];
  for (const name of SWITCHES) {
    const more = everything(system, bounds, without(name));
    if (!more.complete) return null;
    if (kinds !== kindsOf(more)) found.push(`with all reductions ${kinds}, without ${name} ${kindsOf(more)}`);
    if (reduced.states > more.states * TOLERANCE)
      found.push(`with all reductions ${reduced.states} states, without ${name} ${more.states}`);
  }
  return found;
}

function kindsOf({ kinds }: SearchOutcome): string {
  return kinds.size === 0 ? 'nothing' : [...kinds].sort().join(', ');
}
