import { describe, expect, it } from 'vitest';
import { type Action, afterAction, eagerDisk, type Model, observations, plainDisk } from './eager-buffer.js';

const SIZE = 2;
const ACTIONS: readonly Action[] = [
  { kind: 'Barrier' },
  { kind: 'crash' },
  ...[0, 1].map((address): Action => ({ kind: 'Read', address })),
  ...[0, 1].flatMap((address) => [1, 2].map((value): Action => ({ kind: 'Write', address, value }))),
];
const LENGTH = 4;

/** The histories of at most so many actions after which the two models can have been seen to do different things. */
function differences<S, T>(left: Model<S>, right: Model<T>): { histories: number; different: string[] } {
  const different: string[] = [];
  let histories = 0;
  const extend = (
    history: readonly Action[],
    leftRuns: Parameters<typeof afterAction<S>>[1],
    rightRuns: Parameters<typeof afterAction<T>>[1],
  ): void => {
    if (history.length > 0) histories += 1;
    const [first, second] = [observations(left, leftRuns), observations(right, rightRuns)];
    if (first.join('\n') !== second.join('\n')) different.push(JSON.stringify(history));
    if (history.length === LENGTH) return;
    for (const action of ACTIONS) {
      extend(
        [...history, action],
        afterAction(left, leftRuns, action),
        afterAction(right, rightRuns, action),
      );
    }
  };
  extend([], [{ results: '', state: left.initial }], [{ results: '', state: right.initial }]);
  return { histories, different };
}

/** The layer with a part of its text changed. */
function changed(from: string, to: string): ReturnType<typeof eagerDisk> {
  return eagerDisk(SIZE, (text) => {
    expect(text.split(from)).toHaveLength(2);
    return text.replace(from, to);
  });
}

describe('the buffered disk', () => {
  it('behaves as one that remembers all unflushed writes and picks among them in a crash', () => {
    const result = differences(
      eagerDisk(SIZE, (text) => text),
      plainDisk(SIZE),
    );
    expect(result).toEqual({ histories: 4680, different: [] });
  });

  it.each([
    ['loses nothing', 'either { disk[a] = v } or {}', 'disk[a] = v'],
    ['loses everything unflushed', 'either { disk[a] = v } or {}', ''],
    ['has barriers that do nothing', 'await forall a uint64 :: disk[a] == cur[a]', ''],
    ['flushes one block only', 'await forall a uint64 :: disk[a] == cur[a]', 'await disk[0] == cur[0]'],
    ['reads what a crash would leave', 'return cur[a]', 'return disk[a]'],
    ['forgets what was read', 'crash { cur = disk }', ''],
    ['makes everything durable in a crash', 'crash { cur = disk }', 'crash { disk = zero; cur = zero }'],
  ])('would not, if it %s', (_, from, to) => {
    expect(differences(changed(from, to), plainDisk(SIZE)).different.length).toBeGreaterThan(0);
  });
});
