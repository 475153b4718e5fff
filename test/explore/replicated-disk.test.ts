import { describe, expect, it } from 'vitest';
import type { Bounds, ExploreResult } from '../../src/explore/index.js';
import { explore, exploreBounds, replay } from '../../src/explore/index.js';
import { READS, RECOVERIES, WRITES, replicatedDisk } from './systems.js';

function bounds(threads: number, operations: number, crashes: number, size = 2n, values = 2): Bounds {
  return { threads, operations, crashes, parameters: { Size: size }, values };
}

function nothing(result: ExploreResult): void {
  if (result.kind === 'violation') expect.fail(result.execution.violation.message);
  expect(result.kind).toBe('none');
  if (result.kind === 'none') {
    expect(result.unfinished).toBeNull();
  }
}

describe('the replicated disk', () => {
  it.each([bounds(1, 2, 1), bounds(2, 1, 1), bounds(2, 1, 2), bounds(2, 2, 1, 1n, 1)])(
    'has no violation within %o',
    (bound) => {
      nothing(exploreBounds(replicatedDisk(), bound, { budgetMs: 60_000 }));
    },
  );
});

const BROKEN = {
  'no recovery': { system: replicatedDisk({ recovery: null }), kind: 'refinement' },
  'recovery that stops one short': {
    system: replicatedDisk({ recovery: RECOVERIES.oneShort }),
    kind: 'refinement',
  },
  'endless recovery': { system: replicatedDisk({ recovery: RECOVERIES.endless }), kind: 'divergence' },
  'panicking recovery': { system: replicatedDisk({ recovery: RECOVERIES.panicking }), kind: 'panic' },
  'write without lock': { system: replicatedDisk({ write: WRITES.withoutLock }), kind: 'refinement' },
  'read without lock': { system: replicatedDisk({ read: READS.withoutLock }), kind: 'refinement' },
  'early unlock': { system: replicatedDisk({ write: WRITES.earlyUnlock }), kind: 'refinement' },
  'one write': { system: replicatedDisk({ write: WRITES.once }), kind: 'refinement' },
  'two unlocks': { system: replicatedDisk({ write: WRITES.unlockedTwice }), kind: 'undefined' },
  'read that ignores failure': {
    system: replicatedDisk({ read: READS.ignoringFailure }),
    kind: 'refinement',
  },
  'lock left held': { system: replicatedDisk({ read: READS.keepingLock }), kind: 'lock-leak' },
} as const;

it('may write disk 2 first: recovery then takes the write back', () => {
  nothing(exploreBounds(replicatedDisk({ write: WRITES.swapped }), bounds(2, 1, 1), { budgetMs: 60_000 }));
});

describe('broken replicated disks', () => {
  it.each(Object.entries(BROKEN))('%s', (_name, { system, kind }) => {
    const result = explore(system, { budgetMs: 20_000 });
    if (result.kind !== 'violation')
      expect.fail(
        JSON.stringify(result, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      );
    const { execution } = result;
    expect(execution.violation.kind).toBe(kind);
    const again = replay(system, execution);
    expect(again.difference).toBeNull();
    expect(again.execution).toEqual(execution);
  });
});
