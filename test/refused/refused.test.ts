import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { prove } from '../../src/vcgen/index.js';

/** Programs that an earlier version wrongly accepted, or that would be accepted if a rule were weaker; what must not be proved of each. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  block_reread_after_release: ['result'],
  crash_restores_sometimes: ['recovery'],
  crash_restores_volatile: ['recovery'],
  either_of_three_hundred: ['result'],
  enum_of_257_cases: ['invariant'],
  guarantee_across_released_lock: ['result'],
  lock_released_in_loop: ['lock-invariant'],
  never_callable: ['contradiction'],
  read_after_read_unlock: ['result'],
  read_lock_left_held: ['lock-leak'],
  read_lock_twice: ['deadlock'],
  read_lock_upgraded: ['deadlock'],
  read_unlock_of_others: ['unlock'],
  reader_breaks_guarantee: ['guarantee'],
  reader_changes_specification: ['spec-lease'],
  reader_writes: ['race'],
  recovery_waits_for_itself: ['deadlock'],
  require_false: ['contradiction'],
  two_locks_of_one_family: ['deadlock'],
  undefined_division: ['contradiction'],
  write_lock_released_as_read_lock: ['unlock'],
};

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

describe('programs that must not be proved', () => {
  const folder = import.meta.dirname;
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  it('are all listed', () => {
    expect(names.map((entry) => entry.name).sort()).toEqual(Object.keys(EXPECTED).sort());
  });
  it.each(Object.entries(EXPECTED))('%s', async (name, codes) => {
    const system = await loadSystem(join(folder, name));
    if (!system.ok) expect.fail(system.diagnostics.map((each) => each.message).join('\n'));
    const { obligations } = await prove(system.value, solver);
    const open = obligations.filter((obligation) => obligation.status !== 'proved');
    expect([...new Set(open.map((obligation) => obligation.code))].sort()).toEqual(codes);
  });
});
