import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { explore } from '../../src/explore/index.js';
import type { System } from '../../src/ir/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { prove } from '../../src/vcgen/index.js';

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

describe('what is proved as it is', () => {
  it.each([
    'append_at_start',
    'boot_after_either',
    'constructor',
    'constructor_fails',
    'constructor_of_imported',
    'contract_errors',
    'crash_chooses',
    'error_results',
    'frozen_in_literal',
    'frozen_slots',
    'frozen_table',
    'guards_in_struct',
    'guards_struct',
    'help_one_for_two',
    'helper_with_flag',
    'help_one_of_two',
    'imported_generic',
    'imported_layers',
    'imported_start',
    'library_record',
    'library_searches',
    'machine_functions',
    'map_loops',
    'once_read_by_all',
    'overflow_arithmetic',
    'overflow_bank',
    'pointer_to_part',
    'short_loop',
    'usual_loops',
    'wait_group',
  ])('%s', async (name) => {
    expect(explore(await proved(name), { budgetMs: 2000 }).kind).toBe('none');
  });

  it('write_back, of which no search can try all that the crash may choose', async () => {
    expect(explore(await proved('write_back'), { budgetMs: 2000 }).kind).toBe('error');
  });
});

/** The system, once it has been proved. */
async function proved(name: string): Promise<System> {
  const system = await loadSystem(join(import.meta.dirname, 'proved', name));
  if (!system.ok) expect.fail(system.diagnostics.map((each) => each.message).join('\n'));
  const { obligations } = await prove(system.value, solver);
  expect(obligations.filter(({ status }) => status !== 'proved')).toEqual([]);
  return system.value;
}
