import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Canonicaliser } from '../../src/explore/canonical.js';
import type { Bounds } from '../../src/explore/index.js';
import { PartialOrder } from '../../src/explore/partial-order.js';
import { Protection } from '../../src/explore/protection.js';
import type { System } from '../../src/ir/index.js';
import { loadSystem } from '../../src/lower/index.js';
import type { Recipe } from '../generator/generator.js';
import { cook, recipe } from '../generator/generator.js';
import { differences } from './switches.js';
import { RECOVERIES, replicatedDisk } from './systems.js';

type Limits = Omit<Bounds, 'parameters'>;

const ALONE: Limits = { threads: 1, operations: 2, crashes: 1, values: 1 };
/** A write, and after a crash a read, and after another crash a read. */
const AGAIN: Limits = { threads: 1, operations: 1, crashes: 2, values: 1 };
const TOGETHER: Limits = { threads: 2, operations: 1, crashes: 1, values: 2 };

/** Every so many mutants are compared; all of them are when the reductions change. */
const STRIDE = 10;

function folders(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${path}/${name}`)
    .sort();
}

async function load(path: string): Promise<System> {
  const result = await loadSystem(path);
  if (!result.ok) expect.fail(`${path} does not load`);
  return result.value;
}

function lost(system: System, limits: Limits): readonly string[] | null {
  const parameters = Object.fromEntries(system.parameters.map(({ name }) => [name, 2n]));
  return differences(system, { ...limits, parameters });
}

describe('no reduction loses a violation or adds states', () => {
  const mutants = folders('test/mutants')
    .flatMap(folders)
    .filter((_, index) => index % STRIDE === 0);

  it.each(folders('examples'))('in %s', async (path) => {
    const system = await load(path);
    expect(lost(system, ALONE)).toEqual([]);
    expect(lost(system, { ...TOGETHER, values: 1 })).toEqual([]);
  });

  it.each(mutants)('in %s', async (path) => {
    const system = await load(path);
    expect(lost(system, ALONE) ?? []).toEqual([]);
    expect(lost(system, { ...TOGETHER, crashes: 0 })).toEqual([]);
  });

  // Those of a call with three goroutines are too many.
  const withChannels = ['test/odd', 'test/refused']
    .flatMap(folders)
    .filter((path) => /\/(?:channel|select|local_channel|carries)(?!s_of_a_call)/.test(path));

  it.each(withChannels)('in %s', async (path) => {
    const system = await load(path);
    expect(lost(system, { ...ALONE, goroutines: 2 }) ?? []).toEqual([]);
    expect(lost(system, { ...TOGETHER, crashes: 0, values: 1, goroutines: 1 }) ?? []).toEqual([]);
  });

  it('in generated systems', () => {
    let compared = 0;
    for (const [index, each] of fc.sample(recipe, { numRuns: 200, seed: 20_250_301 }).entries()) {
      const limits = [ALONE, { ...TOGETHER, values: 1 }, { ...TOGETHER, crashes: 0 }][index % 3] ?? ALONE;
      const found = lost(cook(each), limits);
      if (found !== null) compared += 1;
      expect({ each, lost: found ?? [] }).toEqual({ each, lost: [] });
    }
    expect(compared).toBeGreaterThan(185);
  });

  it('where only one address goes wrong, and only in recovery', () => {
    expect(lost(replicatedDisk({ recovery: RECOVERIES.oneShort }), AGAIN)).toEqual([]);
    expect(lost(replicatedDisk({ recovery: null }), AGAIN)).toEqual([]);
  });
});

/** A write-ahead log whose crash points between the steps of an operation matter. */
const LOG: Recipe = {
  template: 'write-ahead log, one lock',
  mutations: [
    { kind: 'copyToLock', target: 3, first: 31, second: 27, third: 58 },
    { kind: 'branch', target: 2, first: 59, second: 2, third: 8 },
  ],
};

describe('faults in the reductions are noticed', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('crashes are ignored', () => {
    expect(lost(cook(LOG), ALONE)).toEqual([]);
    vi.spyOn(PartialOrder.prototype, 'isSameAfterCrash').mockReturnValue(true);
    expect(lost(cook(LOG), ALONE)).toContainEqual(expect.stringContaining('without partialOrder'));
  });

  it('any lock is taken to protect everything', async () => {
    const system = await load('test/mutants/write_ahead_log/missing_main_lock');
    const limits = { ...TOGETHER, crashes: 0, values: 1 };
    expect(lost(system, limits)).toEqual([]);
    vi.spyOn(Protection.prototype, 'covers').mockReturnValue(true);
    expect(lost(system, limits)).toContainEqual(expect.stringContaining('without partialOrder'));
  });

  it('recovery is taken to treat addresses alike', () => {
    const system = replicatedDisk({ recovery: RECOVERIES.oneShort });
    vi.spyOn(Canonicaliser.prototype, 'addressesOf').mockReturnValue([0]);
    expect(lost(system, AGAIN)).toContainEqual(expect.stringContaining('without addresses'));
  });
});
