import { expect, it } from 'vitest';
import { explore, replay } from '../../src/explore/index.js';
import { loadSystem } from '../../src/lower/index.js';

it('goes on with a crash behind a start that fails, also the first one', async () => {
  const system = await loadSystem('test/refused/constructor_fails_at_first');
  if (!system.ok) expect.fail(system.diagnostics.map((each) => each.message).join('\n'));
  const found = explore(system.value, { budgetMs: 20_000 });
  if (found.kind !== 'violation') expect.fail(found.kind);
  const { rows, violation } = found.execution;
  expect(violation.message).toBe('Get() returned block(7), but the specification allows only block(0)');
  const failed = rows.findIndex(({ note }) => note === 'the start fails');
  expect(rows[failed + 1]?.kind).toBe('crash');
  expect(replay(system.value, found.execution).ok).toBe(true);
});
