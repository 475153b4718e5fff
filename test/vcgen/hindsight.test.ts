import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { explore } from '../../src/explore/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { prove } from '../../src/vcgen/index.js';

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  // That it is never called when the door is closed is known as long as it has not taken effect.
  door: ['Read: hindsight', 'Set: commit', 'Close: commit'],
  two_counters: ['First: commit', 'Second: commit', 'Both: fair', 'Both: hindsight'],
};

describe('an op that changes nothing takes effect at a moment that is known only later', () => {
  it.each(Object.entries(PROGRAMS))('%s', async (name, expected) => {
    const system = await loadSystem(join(import.meta.dirname, 'hindsight', name));
    if (!system.ok) expect.fail(system.diagnostics.map((each) => each.message).join('\n'));
    const { obligations, choices } = await prove(system.value, solver);
    const open = obligations.filter(({ status, code }) => status !== 'proved' && code !== 'contradiction');
    expect(open).toEqual([]);
    expect(choices.map(({ operation, kind }) => `${operation}: ${kind}`)).toEqual(expected);
    expect(explore(system.value, { budgetMs: 2000 }).kind).toBe('none');
  });
});
