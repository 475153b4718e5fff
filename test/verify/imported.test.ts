import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { prove } from '../../src/vcgen/index.js';
import { EXPECTED } from '../refused/expected.js';
import { behindImport } from './behind.js';

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
const made: string[] = [];
afterAll(async () => {
  for (const directory of made) rmSync(directory, { recursive: true });
  await solver.close();
});

/** What is not proved of a program whose code and annotations are all in an imported package. */
async function openBehindImport(folder: string): Promise<readonly string[] | null> {
  const directory = await behindImport(folder);
  if (directory === null) return null;
  made.push(directory);
  const system = await loadSystem(directory);
  if (!system.ok) return system.diagnostics.map(({ message }) => message);
  const { obligations } = await prove(system.value, solver);
  const open = obligations.filter(({ status }) => status !== 'proved');
  const found = open.map(
    ({ operation, code }) => `${operation?.replace(/^impl\./, '') ?? 'package'}: ${code}`,
  );
  return [...new Set(found)].sort();
}

function foldersIn(parent: string): readonly string[] {
  const entries = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries.map(({ name }) => join(parent, name));
}

const PROVED = ['test/vcgen/proved', 'test/odd', 'examples'].flatMap(foldersIn);
/** Of operations that are methods, or have names or types that are not exported; and what has several packages anyway. */
const LEFT_OUT = [
  ...Object.keys(EXPECTED).filter((name) => /^imported_|^constructor_|^error_results_/.test(name)),
  'memory_appended_by_reader',
  'memory_of_constant_variable',
  'memory_read_after_unlock',
  'memory_replaced_between_locks',
  'memory_written_after_publishing',
  'memory_written_by_closure_after_unlock',
  ...foldersIn('test/vcgen/proved').filter((folder) =>
    /imported|constructor$|constructor_fails$|error_results$/.test(folder),
  ),
  'test/odd/database_in_a_struct',
  'test/odd/locks_made_at_boot',
  'test/odd/pointer_to_locks',
];

describe('a program in an imported package', () => {
  it.each(Object.entries(EXPECTED))(
    'is refused as it is: %s',
    { timeout: 60_000 },
    async (name, expected) => {
      expect(await openBehindImport(join('test/refused', name))).toEqual(
        LEFT_OUT.includes(name) ? null : expected,
      );
    },
  );

  it.each(PROVED)('is proved as it is: %s', { timeout: 60_000 }, async (folder) => {
    expect(await openBehindImport(folder)).toEqual(LEFT_OUT.includes(folder) ? null : []);
  });
});
