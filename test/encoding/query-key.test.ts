import { afterAll, describe, expect, it } from 'vitest';
import {
  type Query,
  type Sort,
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
  extract,
  forall,
  freshBound,
  implies,
  not,
  or,
  select,
  signExtend,
  zeroExtend,
} from '../../src/encoding/index.js';
import { queryKey } from '../../src/encoding/query-key.js';

const word = bitvectorSort(64);
const byte = bitvectorSort(8);
const table = arraySort(word, word);

function keyOf(goal: Term, ...hypotheses: readonly Term[]): string {
  return queryKey({ hypotheses, goal });
}

/** The same question about other symbols: x and y below 10, one of them the other's value in m. */
function question(suffix: string): Query {
  const [x, y, m] = [
    constant(`x${suffix}`, word),
    constant(`y${suffix}`, word),
    constant(`m${suffix}`, table),
  ];
  return {
    hypotheses: [bvLess(x, bitvector(10n, 64), false), equal(select(m, x), y)],
    goal: bvLess(y, x, false),
  };
}

function quantified(make: typeof forall, suffix: string, sort: Sort = word): Term {
  const variable = freshBound(`i${suffix}`, sort);
  return make([variable], equal(apply(`f`, [variable], word), constant(`z${suffix}`, word)));
}

describe('the key of a query', () => {
  const [x, y, z] = ['x', 'y', 'z'].map((name) => constant(name, word)) as [Term, Term, Term];
  const [s, t] = ['s', 't'].map((name) => constant(name, byte)) as [Term, Term];

  // Other names may also put the parts of a term in another order, which makes it another query.
  it('does not depend on the counters in names of symbols and of bound variables', () => {
    expect(queryKey(question('1'))).toBe(queryKey(question('27')));
    expect(keyOf(quantified(forall, '1'))).toBe(keyOf(quantified(forall, '2')));
  });

  it('does not depend on how often a part was met before', () => {
    const sum = bv('add', x, y);
    expect(keyOf(equal(sum, z), bvLess(sum, z, false))).toBe(
      keyOf(equal(bv('add', y, z), x), bvLess(bv('add', y, z), x, false)),
    );
  });

  const different: readonly (readonly [string, string, string])[] = [
    [
      'one symbol and two',
      keyOf(equal(apply('f', [x, x], word), z)),
      keyOf(equal(apply('f', [x, y], word), z)),
    ],
    [
      'the order of two symbols',
      keyOf(bvLess(x, y, false), bvLess(x, z, false)),
      keyOf(bvLess(y, x, false), bvLess(x, z, false)),
    ],
    ['signed and unsigned', keyOf(bvLess(x, y, false)), keyOf(bvLess(x, y, true))],
    ['operators', keyOf(equal(bv('and', x, y), z)), keyOf(equal(bv('or', x, y), z))],
    ['widths', keyOf(bvLess(x, y, false)), keyOf(bvLess(s, t, false))],
    ['numbers', keyOf(bvLess(x, bitvector(5n, 64), false)), keyOf(bvLess(x, bitvector(6n, 64), false))],
    ['functions', keyOf(equal(apply('f', [x], word), y)), keyOf(equal(apply('g', [x], word), y))],
    ['parts of a number', keyOf(equal(extract(7, 0, x), s)), keyOf(equal(extract(15, 8, x), s))],
    ['ways to widen', keyOf(equal(zeroExtend(64, s), x)), keyOf(equal(signExtend(64, s), x))],
    [
      'conjunction and disjunction',
      keyOf(and([bvLess(x, y, false), bvLess(y, z, false)])),
      keyOf(or([bvLess(x, y, false), bvLess(y, z, false)])),
    ],
    ['all and some', keyOf(quantified(forall, '')), keyOf(quantified(exists, ''))],
    ['a goal and its negation', keyOf(bvLess(x, y, false)), keyOf(not(bvLess(x, y, false)))],
    [
      'a goal and a hypothesis',
      keyOf(bvLess(x, y, false), bvLess(y, z, false)),
      keyOf(implies(bvLess(y, z, false), bvLess(x, y, false))),
    ],
    [
      'bound variables and symbols',
      keyOf(quantified(forall, '')),
      keyOf(equal(apply('f', [x], word), constant('z', word))),
    ],
  ];
  for (const [what, left, right] of different) {
    it(`tells ${what} apart`, () => {
      expect(left).not.toBe(right);
    });
  }
});

describe('an answer that is known under other names', () => {
  const solver = createSolver({ jobs: 1, rlimit: 5_000_000, timeoutSeconds: 20, seed: 1 });
  afterAll(() => solver.close());

  it('comes with a model in the symbols of the query that asks', async () => {
    await solver.check(question('1'));
    const { byteSize } = solver.statistics();
    const answer = await solver.check(question('2'));
    if (answer.status !== 'refuted') throw new Error(`expected a model, not ${answer.status}`);
    expect(solver.statistics().byteSize).toBe(byteSize);
    const model = await answer.model();
    const value = model?.evaluate(constant('x2', word));
    expect(value).toBeTypeOf('bigint');
    expect(model?.evaluate(bvLess(constant('x2', word), bitvector(10n, 64), false))).toBe(true);
    expect(model?.evaluate(question('2').goal)).toBe(false);
  });

  it('is not that of a quick attempt, if that was cut short', async () => {
    const product = (suffix: string): Query => {
      const [x, y] = [constant(`p${suffix}`, word), constant(`q${suffix}`, word)];
      return {
        hypotheses: [bvLess(x, bitvector(4n, 64), false), bvLess(y, bitvector(4n, 64), false)],
        goal: bvLess(bv('multiply', x, y), bitvector(10n, 64), false),
      };
    };
    const quick = await solver.check({ ...product('1'), quick: true });
    expect([quick.status, quick.cut]).toEqual(['refuted', true]);
    expect((await solver.check(product('2'))).status).toBe('proved');
  });
});
