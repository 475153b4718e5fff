import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Bank } from '../../src/encoding/bank.js';
import { arraySort, bitvectorSort, constant, select } from '../../src/encoding/index.js';

const word = bitvectorSort(64);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Weak references are kept until the current task is done, and the registry is told in a later one. */
async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
  }
}

describe('the bank of terms', () => {
  it('forgets objects that nobody holds, and keeps the others', async () => {
    const bank = new Bank<{ value: number }>(64);
    const numbered = (value: number): { value: number } =>
      bank.intern(
        value,
        (item) => item.value === value,
        () => ({ value }),
      );
    const kept = numbered(7);
    for (let index = 0; index < 10_000; index++) numbered(index);
    await collectGarbage();
    expect(bank.size).toBeLessThan(1000);
    expect(numbered(7)).toBe(kept);
  });

  it('gives one object for one shape, however many others were built in between', () => {
    const array = constant('a', arraySort(word, word));
    const term = select(array, constant('x', word));
    for (let index = 0; index < 20_000; index++) select(array, constant(`y${index}`, word));
    expect(select(constant('a', arraySort(word, word)), constant('x', word))).toBe(term);
  });

  it('tells objects of equal hash apart, before and after some were collected', async () => {
    const bank = new Bank<{ name: string }>(16);
    const named = (name: string): { name: string } =>
      bank.intern(
        7,
        (item) => item.name === name,
        () => ({ name }),
      );
    const [a, b] = [named('a'), named('b')];
    for (let index = 0; index < 100; index++) named(`other ${index}`);
    expect([named('a'), named('b')]).toEqual([a, b]);
    await collectGarbage();
    expect(named('a')).toBe(a);
    expect(named('b')).toBe(b);
    expect(bank.size).toBeLessThanOrEqual(2 + 16);
  });
});
