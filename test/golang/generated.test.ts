import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { compareGenerated, goResults, judge, programOf } from './generated-run.js';
import type { Features } from './generator/scope.js';
import { missing } from '../tools.js';

const skipped = missing('go');
const solver = createSolver({ jobs: 1, rlimit: 5_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

describe.skipIf(skipped !== null)(`random programs${skipped === null ? '' : ` (${skipped})`}`, () => {
  it('of the basic constructs give what Go gives', { timeout: 300_000 }, async () => {
    const { figures, disagreements } = await compareGenerated({ count: 60, seed: 1, basic: true });
    expect(disagreements).toEqual([]);
    expect(figures.agrees).toBeGreaterThan(40);
  });

  it('of all constructs give what Go gives, or are refused', { timeout: 300_000 }, async () => {
    const { disagreements } = await compareGenerated({ count: 60, seed: 3 });
    expect(disagreements).toEqual([]);
  });

  it('without loops are proved to give what Go gives', { timeout: 300_000 }, async () => {
    const options = { count: 25, seed: 1, basic: true, prove: true };
    const { figures, disagreements } = await compareGenerated(options);
    expect(disagreements).toEqual([]);
    expect(figures.agrees).toBeGreaterThan(15);
  });
});

describe.skipIf(skipped !== null)('the comparison', () => {
  const features: Features = {
    strings: false,
    slices: false,
    maps: false,
    pointers: false,
    closures: false,
    interfaces: false,
    loops: false,
    panics: false,
  };
  const sample = { choices: [], features };

  it('finds a result that is not that of Go, and a panic that Go does not have', async () => {
    const [expected] = goResults([programOf(sample, 'p')]);
    expect(expected).toMatch(/^\d+$/);
    expect(await judge(sample, String(expected), solver)).toEqual({ kind: 'agrees' });
    expect(await judge(sample, '12345', null)).toMatchObject({ kind: 'disagrees' });
    expect(await judge(sample, 'panic: stop', null)).toMatchObject({ kind: 'disagrees' });
  });

  it('makes the same program of the same choices', () => {
    const choices = Array.from({ length: 400 }, (_value, index) => (index * 7919) % 101);
    const all = {
      ...features,
      strings: true,
      slices: true,
      maps: true,
      pointers: true,
      closures: true,
      interfaces: true,
      loops: true,
    };
    const program = programOf({ choices, features: all }, 'p');
    expect(programOf({ choices, features: all }, 'p')).toEqual(program);
    expect(programOf({ choices: choices.slice(0, 100), features: all }, 'p')).not.toEqual(program);
  });
});
