import { describe, expect, it } from 'vitest';
import type { Answer, Solver } from '../../src/encoding/index.js';
import { TRUE } from '../../src/encoding/index.js';
import { Outlook, Settled } from '../../src/vcgen/outlook.js';

const proved: Answer = {
  status: 'proved',
  rlimit: 0,
  ms: 0,
  attempts: 0,
  quantified: false,
  cut: false,
  script: '',
};

const solver: Solver = {
  check: () => Promise.resolve(proved),
  statistics: () => ({
    queries: 0,
    byteSize: 0,
    ms: 0,
    maxMs: 0,
    quantified: 0,
    unknown: 0,
    memoryBytes: 0,
  }),
  close: () => Promise.resolve(),
};

const query = { hypotheses: [], goal: TRUE };

describe('an outlook', () => {
  it('settles the last part that is not proved, once an execution is known', async () => {
    const outlook = new Outlook(2, () => Promise.resolve(true));
    const watched = outlook.watched(solver);
    outlook.doubt();
    expect(await outlook.isSettled()).toBe(false);
    outlook.proved();
    expect(await outlook.isSettled()).toBe(true);
    await expect(watched.check(query)).rejects.toThrow(Settled);
  });

  it('settles nothing while two parts are open: each may be the one that is right', async () => {
    const outlook = new Outlook(2, () => Promise.resolve(true));
    outlook.doubt();
    await Promise.resolve();
    expect(await outlook.isSettled()).toBe(false);
    await expect(outlook.watched(solver).check(query)).resolves.toBe(proved);
  });

  it('settles nothing without an execution, and without a search', async () => {
    for (const refute of [() => Promise.resolve(false), undefined]) {
      const outlook = new Outlook(1, refute);
      outlook.doubt();
      expect(await outlook.isSettled()).toBe(false);
      await expect(outlook.watched(solver).check(query)).resolves.toBe(proved);
    }
  });

  it('searches once, and only when in doubt', async () => {
    let searches = 0;
    const outlook = new Outlook(1, () => {
      searches += 1;
      return Promise.resolve(true);
    });
    expect(await outlook.isSettled()).toBe(false);
    outlook.doubt();
    outlook.doubt();
    expect(await outlook.isSettled()).toBe(true);
    expect(searches).toBe(1);
  });
});
