import { afterAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  FALSE,
  type Query,
  type Term,
  and,
  apply,
  arraySort,
  bitvector,
  bitvectorSort,
  bv,
  bvLess,
  constant,
  createSolver,
  equal,
  exists,
  forall,
  freshBound,
  implies,
  not,
  or,
  prepare,
  select,
  store,
  uninterpretedSort,
} from '../../src/encoding/index.js';

const word = bitvectorSort(64);
const block = uninterpretedSort('Block');
const thread = uninterpretedSort('Thread');
const disk = arraySort(word, block);
const solver = createSolver({ jobs: 2, rlimit: 5_000_000, timeoutSeconds: 20, seed: 1 });
afterAll(() => solver.close());

function check(hypotheses: readonly Term[], goal: Term): Promise<Answer> {
  return solver.check({ hypotheses, goal });
}

/** The replicated disk's crash invariant: where the disks differ, some thread was writing what disk 1 has. */
function replicated(first: Term, second: Term, specification: Term, suffix: string): Term {
  const address = freshBound('a', word);
  const writer = freshBound('j', thread);
  const pendingAddress = constant(`pendingAddress${suffix}`, arraySort(thread, word));
  const pendingValue = constant(`pendingValue${suffix}`, arraySort(thread, block));
  const inside = bvLess(address, constant('size', word), false);
  const same = and([
    equal(select(first, address), select(specification, address)),
    equal(select(second, address), select(specification, address)),
  ]);
  const helped = exists(
    [writer],
    and([
      equal(select(pendingAddress, writer), address),
      equal(select(pendingValue, writer), select(first, address)),
      equal(select(second, address), select(specification, address)),
    ]),
  );
  return forall([address], implies(inside, or([same, helped])));
}

describe('proofs', () => {
  const [first, second, spec] = ['d1', 'd2', 's'].map((name) => constant(name, disk)) as [Term, Term, Term];
  const [a, v] = [constant('a', word), constant('v', block)];

  it('proves a step of the replicated disk with help', async () => {
    const j = constant('j', thread);
    const writing = and([
      equal(select(constant('pendingAddress', arraySort(thread, word)), j), a),
      equal(select(constant('pendingValue', arraySort(thread, block)), j), v),
      equal(select(first, a), select(spec, a)),
      equal(select(second, a), select(spec, a)),
    ]);
    const answer = await check(
      [replicated(first, second, spec, ''), writing],
      replicated(store(first, a, v), second, spec, ''),
    );
    expect(answer).toMatchObject({ status: 'proved', quantified: false });
  });

  it('refutes it without the pending write, with a model', async () => {
    const goal = replicated(store(first, a, v), second, spec, '');
    const answer = await check([replicated(first, second, spec, '')], goal);
    expect(answer.status).toBe('refuted');
    if (answer.status !== 'refuted') return;
    const model = await answer.model();
    expect(model?.evaluate(bvLess(a, constant('size', word), false))).toBe(true);
    expect(model?.evaluate(equal(v, select(second, a)))).toBe(false);
  });

  it('treats equality of arrays extensionally in both polarities', async () => {
    const b = freshBound('b', word);
    const pointwise = forall([b], equal(select(first, b), select(second, b)));
    expect((await check([pointwise], equal(first, second))).status).toBe('proved');
    expect((await check([equal(first, second)], pointwise)).status).toBe('proved');
    expect((await check([pointwise], equal(store(first, a, v), store(second, a, v)))).status).toBe('proved');
    expect((await check([], equal(store(first, a, v), first))).status).toBe('refuted');
  });

  it('uses equal arrays under functions', async () => {
    const lengths = arraySort(word, word);
    const [x, y] = [constant('x', lengths), constant('y', lengths)];
    const n = constant('n', word);
    const sum = (array: Term): Term => apply('sum', [n, array], word);
    const goal = equal(sum(x), sum(y));
    expect((await check([equal(x, y)], goal)).status).toBe('proved');
    expect((await check([], goal)).status).toBe('refuted');
  });

  it('inverts affine indices', async () => {
    const b = freshBound('b', word);
    const shifted = forall([b], equal(select(first, bv('add', b, bitvector(1n, 64))), v));
    expect(await check([shifted], equal(select(first, a), v))).toMatchObject({
      status: 'proved',
      quantified: false,
    });
    const c = freshBound('c', word);
    const doubled = bv('add', bv('multiply', c, bitvector(2n, 64)), bitvector(1n, 64));
    const odd = forall([c], equal(select(first, doubled), v));
    const at = bv('add', bv('multiply', a, bitvector(2n, 64)), bitvector(1n, 64));
    expect((await check([odd], equal(select(first, at), v))).status).toBe('proved');
  });

  it('handles nested quantifiers and curried arrays', async () => {
    const nested = constant('m', arraySort(thread, disk));
    const [j, b, i, c] = [
      freshBound('j', thread),
      freshBound('b', word),
      freshBound('i', thread),
      freshBound('c', word),
    ];
    const all = forall(
      [j],
      or([equal(constant('k', thread), j), forall([b], equal(select(select(nested, j), b), v))]),
    );
    const some = exists(
      [i],
      and([not(equal(constant('k', thread), i)), exists([c], not(equal(select(select(nested, i), c), v)))]),
    );
    expect((await check([all, some], FALSE)).status).toBe('proved');
    expect((await check([all], FALSE)).status).toBe('refuted');
  });

  it('asks slow arithmetic only where needed', async () => {
    const [x, y] = [constant('x', word), constant('y', word)];
    const product = bv('multiply', x, y);
    const answer = await check([equal(product, a)], equal(bv('multiply', y, x), a));
    expect(answer).toMatchObject({ status: 'proved' });
    const remainder = bv('remainderUnsigned', x, y);
    const bounded = await check([not(equal(y, bitvector(0n, 64)))], bvLess(remainder, y, false));
    expect(bounded).toMatchObject({ status: 'proved', attempts: 1 });
    const small = bvLess(x, bitvector(4n, 64), false);
    const square = await check([small], bvLess(bv('multiply', x, x), bitvector(10n, 64), false));
    expect(square).toMatchObject({ status: 'proved', attempts: 2 });
  });

  it('knows that blocks have numbers', async () => {
    const [x, y] = [constant('x', word), constant('y', word)];
    const blockOf = (t: Term): Term => apply('blockOf', [t], block);
    expect((await check([equal(v, blockOf(x)), equal(v, blockOf(y))], equal(x, y))).status).toBe('proved');
    expect(apply('numberOf', [blockOf(x)], word)).toBe(x);
    // Whatever the block is made from.
    const numberOf = (t: Term): Term => apply('numberOf', [t], word);
    const next = bv('add', x, bitvector(1n, 64));
    const read = select(constant('d', disk), y);
    expect((await check([equal(read, blockOf(next))], equal(numberOf(read), next))).status).toBe('proved');
  });

  it('does not say proved for what instantiation could not finish', async () => {
    const f = constant('f', arraySort(word, word));
    const b = freshBound('b', word);
    const chain = forall([b], bvLess(select(f, b), select(f, select(f, b)), false));
    const answer = await check([chain], equal(select(f, a), a));
    expect(answer.status === 'proved').toBe(false);
    if (answer.status === 'refuted') expect(answer.quantified || !answer.trusted).toBe(true);
  });
});

describe('answers that are none', () => {
  const [x, y, z] = ['x', 'y', 'z'].map((name) => constant(name, word)) as [Term, Term, Term];
  const hard: Query = {
    hypotheses: [
      equal(bv('multiply', x, y), bitvector(0xfffffffb00000001n * 3n + 2n, 64)),
      bvLess(bitvector(1n, 64), x, false),
      bvLess(x, bitvector(1n << 32n, 64), false),
      equal(bv('multiply', bv('multiply', y, z), x), bv('add', z, x)),
      bvLess(bitvector(1n, 64), y, false),
      bvLess(y, bitvector(1n << 32n, 64), false),
    ],
    goal: FALSE,
  };

  it('reports the resource limit', async () => {
    const small = createSolver({ jobs: 1, rlimit: 50, timeoutSeconds: 20, seed: 0 });
    const answer = await small.check(hard);
    expect(answer).toMatchObject({ status: 'unknown', reason: 'resource limit' });
    expect(small.statistics()).toMatchObject({ queries: 1, unknown: 1 });
    await small.close();
  });

  it('reports the timeout and goes on', async () => {
    const hasty = createSolver({ jobs: 1, rlimit: 4_000_000_000, timeoutSeconds: 0.3, seed: 0 });
    expect(await hasty.check(hard)).toMatchObject({ status: 'unknown', reason: 'timeout' });
    expect((await hasty.check({ hypotheses: [], goal: equal(x, y) })).status).toBe('refuted');
    await hasty.close();
  });

  it('answers after it was closed', async () => {
    const closed = createSolver({ jobs: 1, rlimit: 1000, timeoutSeconds: 1, seed: 0 });
    await closed.close();
    expect(await closed.check(hard)).toMatchObject({ status: 'unknown', reason: 'solver error' });
  });
});

describe('scripts', () => {
  it('do not depend on what was built before', () => {
    const build = (suffix: string): string => {
      const d = constant(`d!${suffix}`, disk);
      const e = constant(`e!${suffix}`, disk);
      const at = freshBound('b', word);
      return prepare({
        hypotheses: [forall([at], equal(select(d, at), select(e, at)))],
        goal: equal(select(d, constant('p', word)), select(e, constant('q', word))),
      }).smt;
    };
    const before = build('1');
    for (let count = 0; count < 50; count++) freshBound('noise', word);
    equal(constant('q', word), constant('p', word));
    expect(build('1234')).toBe(before);
  });
});

describe('arrays with several parts', () => {
  const [d, e] = ['d', 'e'].map((name) => constant(name, disk)) as [Term, Term];
  const [n, k] = ['n', 'k'].map((name) => constant(name, word)) as [Term, Term];
  const number = (value: bigint): Term => bitvector(value, 64);
  const sum = (...terms: readonly Term[]): Term => terms.reduce((left, right) => bv('add', left, right));
  const at = (index: Term): Term => equal(select(d, index), select(e, index));
  const i = freshBound('i', word);
  const log = forall([i], implies(bvLess(i, n, false), at(sum(number(1n), i))));
  const data = forall([i], implies(bvLess(i, number(9n), false), at(sum(n, number(1n), i))));
  const everywhere = forall([i], at(sum(number(1n), i)));

  it('are the same where each part is', async () => {
    const answer = await check([log, data, bvLess(k, n, false)], at(sum(number(1n), k)));
    expect(answer.status).toBe('proved');
  });

  it('are compared across parts where that is needed', async () => {
    expect((await check([everywhere, data], at(sum(n, number(50n))))).status).toBe('proved');
  });

  it('may differ behind the parts', async () => {
    expect((await check([log, data], at(sum(n, number(50n))))).status).toBe('refuted');
    expect((await check([log, data], at(k))).status).toBe('refuted');
  });
});

describe('constant factors', () => {
  const x = constant('x', word);
  const y = constant('y', word);
  const times = (factor: bigint): Term => bv('multiply', x, bitvector(factor, 64));
  const small = bvLess(x, bitvector(1n << 50n, 64), false);

  it.each([2n, 3n, 6n, 255n, -2n, -7n])('%s wraps', async (factor) => {
    const product = bitvector(BigInt.asUintN(64, factor * 5n), 64);
    const goal = equal(x, bitvector(5n, 64));
    expect((await check([equal(times(factor), product), small], goal)).status).toBe('proved');
    // An odd factor has an inverse, an even one has not.
    const expected = factor % 2n === 0n ? 'refuted' : 'proved';
    expect((await check([equal(times(factor), product)], goal)).status).toBe(expected);
  });

  it('are spelled as integers only if they are small', () => {
    const smt = (factor: bigint): string =>
      prepare({ hypotheses: [bvLess(times(factor), y, false)], goal: bvLess(x, y, false) }).smt;
    expect(smt(2n)).toContain('(mod (* 2 ');
    expect(smt(-2n)).toContain('(mod (* (- 2) ');
    expect(smt(1n << 20n)).toContain('bvmul');
  });
});
