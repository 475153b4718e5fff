import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { prove, racingAccesses } from '../../src/vcgen/index.js';

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

/** The accesses of each race that is not excluded: what happens there, and what it can collide with. */
async function races(folder: string): Promise<readonly string[]> {
  const loaded = await loadSystem(join(import.meta.dirname, '..', folder));
  if (!loaded.ok) expect.fail(loaded.diagnostics.map((each) => each.message).join('\n'));
  const system = loaded.value;
  const { obligations } = await prove(system, solver);
  return obligations
    .filter(({ code, status }) => code === 'race' && status !== 'proved')
    .map((obligation) =>
      racingAccesses(system, obligation)
        .map(({ operation, kind, variable, span, locks, perhaps }) => {
          const held = [...locks, ...perhaps.map((lock) => `perhaps ${lock}`)];
          return [`${operation} ${kind}s ${variable} at ${span.start.line}`, ...held].join(', ');
        })
        .join(' / '),
    );
}

describe('what an access can collide with', () => {
  it.each([
    ['vcgen/races/two_locks', ['Get reads x at 26, k / Put writes x at 18, mu']],
    ['vcgen/races/shared', ['Bump writes xs at 23, mu[i] (shared) / Bump writes xs at 23, mu[i] (shared)']],
    [
      'mutants/spin_lock/reads_without_lock',
      ['Both reads hits at 50 / Count writes hits at 39, perhaps lock'],
    ],
    ['mutants/stat_db/missing_lock_add', ['Add reads total at 26 / Add writes total at 26']],
    ['refused/once_read_by_another', ['Look reads limit at 24 / Limit writes limit at 13, perhaps once']],
    ['refused/goroutine_reads_unlocked', ['Inc reads n at 19 / Inc writes n at 15, mu']],
  ])('%s', async (folder, expected) => {
    expect(await races(folder)).toEqual(expected);
  });
});
