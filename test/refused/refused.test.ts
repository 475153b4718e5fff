import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { prove } from '../../src/vcgen/index.js';
import { EXPECTED } from './expected.js';

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

describe('programs that must not be proved', () => {
  const folder = import.meta.dirname;
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  it('are all listed', () => {
    expect(names.map((entry) => entry.name).sort()).toEqual(Object.keys(EXPECTED).sort());
  });
  it.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
    const system = await loadSystem(join(folder, name));
    if (!system.ok) expect.fail(system.diagnostics.map((each) => each.message).join('\n'));
    const { obligations } = await prove(system.value, solver);
    const open = obligations.filter((obligation) => obligation.status !== 'proved');
    const found = open.map(({ operation, code }) => `${operation ?? 'package'}: ${code}`);
    expect([...new Set(found)].sort()).toEqual(expected);
  });
});
