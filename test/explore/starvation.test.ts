import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explore, replay } from '../../src/explore/index.js';
import { loadSystem } from '../../src/lower/index.js';

/** Programs with a loop that waits for a flag, and whether nothing can end it. */
const PROGRAMS: Readonly<Record<string, boolean>> = {
  another_sets: false,
  // It may come round to something: 2^32 rounds are not looked at.
  changes_something: false,
  nobody_sets: true,
  specification_waits: false,
};

describe('threads that wait in loops', () => {
  it.each(Object.entries(PROGRAMS))('%s', async (name, starves) => {
    const system = await loadSystem(join(import.meta.dirname, 'starvation', name));
    if (!system.ok) expect.fail(system.diagnostics.map(({ message }) => message).join('\n'));
    const result = explore(system.value, { budgetMs: starves ? 10_000 : 1500 });
    expect(result.kind).toBe(starves ? 'violation' : 'none');
    if (result.kind !== 'violation') return;
    expect(result.execution.violation).toMatchObject({
      kind: 'deadlock',
      message:
        'thread 1 goes round for ever: no thread that runs, and no call that may come, changes what is waited for',
    });
    expect(replay(system.value, result.execution).difference).toBeNull();
    const other = await loadSystem(join(import.meta.dirname, 'starvation/another_sets'));
    if (other.ok) expect(replay(other.value, result.execution).difference).not.toBeNull();
  });
});
