import { describe, expect, it } from 'vitest';
import {
  FALSE,
  TRUE,
  type Term,
  bitvector,
  bitvectorSort,
  bv,
  bvLess,
  constant,
  equal,
  not,
} from '../../src/encoding/index.js';
import { Bounds } from '../../src/encoding/bounds.js';

const word = bitvectorSort(64);
const [size, slots, i, j, n] = ['size', 'slots', 'i', 'j', 'n'].map((name) => constant(name, word)) as [
  Term,
  Term,
  Term,
  Term,
  Term,
];
const number = (value: bigint): Term => bitvector(value, 64);
const less = (left: Term, right: Term): Term => bvLess(left, right, false);
const plus = (left: Term, right: Term): Term => bv('add', left, right);
const minus = (left: Term, right: Term): Term => bv('subtract', left, right);

function boundsOf(...facts: readonly Term[]): Bounds {
  const bounds = new Bounds();
  bounds.learn(facts);
  bounds.refresh();
  return bounds;
}

const SMALL = [less(size, number(1n << 40n)), less(slots, number(1n << 20n))];

describe('comparisons', () => {
  it('are decided by adding up others', () => {
    const bounds = boundsOf(...SMALL, less(i, n), not(less(slots, n)));
    expect(bounds.simplify(less(i, slots))).toBe(TRUE);
    expect(bounds.simplify(less(slots, i))).toBe(FALSE);
    expect(bounds.simplify(equal(i, slots))).toBe(FALSE);
    expect(bounds.simplify(equal(plus(slots, j), i))).not.toBe(FALSE);
  });

  it('are decided where a difference wraps', () => {
    const bounds = boundsOf(...SMALL, less(i, slots));
    expect(bounds.simplify(less(minus(i, slots), size))).toBe(FALSE);
    expect(bounds.simplify(less(size, minus(i, slots)))).toBe(TRUE);
  });

  it('are left alone where sums may wrap', () => {
    const bounds = boundsOf(less(i, n));
    const wrapped = less(plus(i, number(1n)), plus(n, number(1n)));
    expect(bounds.simplify(wrapped)).toBe(wrapped);
    const sums = boundsOf(less(plus(i, j), n));
    const part = less(i, n);
    expect(sums.simplify(part)).toBe(part);
  });

  it('do not decide themselves, and are seen to contradict each other', () => {
    const fact = less(i, slots);
    const bounds = boundsOf(...SMALL, fact);
    expect(bounds.simplify(fact)).toBe(fact);
    expect(bounds.contradictory).toBe(false);
    expect(boundsOf(...SMALL, fact, less(slots, i)).contradictory).toBe(true);
  });

  it('say how sums wrap', () => {
    const bounds = boundsOf(...SMALL, less(i, slots));
    const wrapOf = (term: Term): bigint | null => (term.kind === 'bv' ? bounds.wrapOf(term) : null);
    expect(wrapOf(plus(size, i))).toBe(0n);
    expect(wrapOf(minus(i, slots))).toBe(1n << 64n);
    expect(wrapOf(minus(slots, i))).toBe(0n);
    expect(wrapOf(plus(i, j))).toBe(null);
    expect(wrapOf(minus(i, number(1n)))).toBe(null);
  });
});
