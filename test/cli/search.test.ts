import { expect, it } from 'vitest';
import { searchInThread } from '../../src/cli/search.js';
import { loadSystem } from '../../src/lower/index.js';

it('does not begin a search that nobody waits for any more', async () => {
  const system = await loadSystem('examples/replicated_disk');
  if (!system.ok) throw new Error('the example does not load');
  const result = await searchInThread(system.value, 60_000, AbortSignal.abort());
  expect(result).toMatchObject({ kind: 'none', statistics: { states: 0 } });
});
