import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  FALSE,
  type Term,
  and,
  bitvector,
  bvLess,
  bvLessEqual,
  bv,
  createSolver,
  equal,
  implies,
  not,
  select,
} from '../../src/encoding/index.js';
import { ConcreteDomain } from '../../src/explore/domain.js';
import { NO_DEADLINE } from '../../src/explore/deadline.js';
import { Universe } from '../../src/explore/universe.js';
import { list, type Value } from '../../src/explore/value.js';
import { BOOL, type Expression, type SeqType, UINT64 } from '../../src/ir/index.js';
import { type Environment, evaluate } from '../../src/semantics/index.js';
import { type SymbolicValue, symbolicConstant } from '../../src/vcgen/layout.js';
import { leaf, symbolicDomain } from '../../src/vcgen/symbolic-domain.js';

const SEQ: SeqType = { kind: 'seq', element: UINT64 };
const solver = createSolver({ jobs: 2, rlimit: 5_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

function number(value: number): Expression {
  return { kind: 'literal', type: UINT64, value: BigInt(value) };
}

function local(index: number): Expression {
  return { kind: 'local', type: SEQ, index };
}

/** Expressions over the sequences in locals 0 and 1 and a number in local 2. */
const expressions = fc.letrec<{ sequence: Expression; number: Expression; truth: Expression }>((tie) => ({
  sequence: fc.oneof(
    { maxDepth: 4 },
    fc.nat(1).map(local),
    fc.constant<Expression>({ kind: 'default', type: SEQ }),
    fc.array(tie('number'), { maxLength: 2 }).map((elements): Expression => ({
      kind: 'sequence',
      type: SEQ,
      elements,
    })),
    fc
      .tuple(tie('sequence'), fc.array(tie('number'), { maxLength: 3 }))
      .map(([sequence, elements]): Expression => ({ kind: 'append', type: SEQ, sequence, elements })),
    fc
      .tuple(tie('sequence'), tie('sequence'))
      .map(([left, right]): Expression => ({ kind: 'concat', type: SEQ, left, right })),
    fc
      .tuple(tie('sequence'), tie('number'), tie('number'))
      .map(([sequence, low, high]): Expression => ({ kind: 'slice', type: SEQ, sequence, low, high })),
    fc
      .tuple(tie('sequence'), tie('number'), tie('number'))
      .map(([collection, key, value]): Expression => ({ kind: 'update', type: SEQ, collection, key, value })),
    fc
      .tuple(tie('truth'), tie('sequence'), tie('sequence'))
      .map(([condition, whenTrue, whenFalse]): Expression => ({
        kind: 'conditional',
        type: SEQ,
        condition,
        whenTrue,
        whenFalse,
      })),
  ),
  number: fc.oneof(
    { maxDepth: 4 },
    fc.nat(3).map(number),
    fc.constant<Expression>({ kind: 'local', type: UINT64, index: 2 }),
    tie('sequence').map((sequence): Expression => ({ kind: 'length', type: UINT64, sequence })),
    fc
      .tuple(tie('sequence'), tie('number'))
      .map(([collection, key]): Expression => ({ kind: 'index', type: UINT64, collection, key })),
    tie('sequence').map((operand): Expression => ({
      kind: 'builtin',
      type: UINT64,
      function: 'sum',
      operand,
    })),
  ),
  truth: fc.oneof(
    { maxDepth: 4 },
    fc
      .oneof(fc.tuple(tie('sequence'), tie('sequence')), fc.tuple(tie('number'), tie('number')))
      .map(([left, right]): Expression => ({ kind: 'binary', type: BOOL, operator: 'equal', left, right })),
    fc
      .tuple(tie('number'), tie('number'))
      .map(([left, right]): Expression => ({ kind: 'binary', type: BOOL, operator: 'less', left, right })),
  ),
}));

function environment<V>(locals: readonly V[]): Environment<V> {
  const none = (): never => {
    throw new Error('the expressions mention locals only');
  };
  return {
    parameter: none,
    state: none,
    bound: none,
    pending: none,
    local: (index) => {
      const value = locals[index];
      return value ?? none();
    },
  };
}

/** What is known of a symbolic sequence with these elements. What stands behind them is left open. */
function isSequence(value: SymbolicValue, elements: readonly bigint[]): Term {
  const [length, array] = value as [Term, Term];
  return and([
    equal(length, bitvector(BigInt(elements.length), 64)),
    ...elements.map((element, index) =>
      equal(select(array, bitvector(BigInt(index), 64)), bitvector(element, 64)),
    ),
  ]);
}

function mentionsSum(expression: unknown): boolean {
  return JSON.stringify(expression, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  ).includes('"sum"');
}

describe('random formulas over sequences', () => {
  const universe = new Universe([]);
  const concrete = new ConcreteDomain(universe, NO_DEADLINE);
  const elements = fc.array(fc.bigInt(0n, 2n), { maxLength: 3 });
  const counts = { proved: 0, sums: 0 };

  it('have the value that the explorer gives them, and no other', async () => {
    const property = fc.asyncProperty(
      expressions.truth,
      elements,
      elements,
      fc.bigInt(0n, 3n),
      async (formula, first, second, third) => {
        const values: readonly Value[] = [list(first), list(second), third];
        const truth = evaluate(concrete, environment(values), formula);
        const symbols = [
          symbolicConstant('s', SEQ),
          symbolicConstant('t', SEQ),
          symbolicConstant('n', UINT64),
        ] as const;
        const hypotheses = [
          isSequence(symbols[0], first),
          isSequence(symbols[1], second),
          equal(leaf(symbols[2]), bitvector(third, 64)),
        ];
        const term = leaf(evaluate(symbolicDomain, environment(symbols), formula));
        const [goal, opposite] = truth === true ? [term, not(term)] : [not(term), term];
        expect((await solver.check({ hypotheses, goal: opposite })).status).not.toBe('proved');
        const answer = await solver.check({ hypotheses, goal });
        // Of sums only that of a list of elements is known.
        if (mentionsSum(formula)) counts.sums++;
        else expect(answer.status).toBe('proved');
        if (answer.status === 'proved') counts.proved++;
      },
    );
    await fc.assert(property, { numRuns: 150 });
    expect(counts.proved).toBeGreaterThan(75);
  }, 120_000);
});

describe('laws of sequences', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => symbolicConstant(name, SEQ)) as [
    SymbolicValue,
    SymbolicValue,
    SymbolicValue,
    SymbolicValue,
  ];
  const [k, m, x] = ['k', 'm', 'x'].map((name) => symbolicConstant(name, UINT64)) as [
    SymbolicValue,
    SymbolicValue,
    SymbolicValue,
  ];
  const empty = symbolicDomain.zero(SEQ);
  const zero = [bitvector(0n, 64)];
  const one = bitvector(1n, 64);
  const join = (...parts: readonly SymbolicValue[]): SymbolicValue =>
    parts.reduce((left, right) => symbolicDomain.concat(SEQ, left, right));
  const length = (value: SymbolicValue): SymbolicValue => symbolicDomain.length(SEQ, value);
  const slice = (value: SymbolicValue, low: SymbolicValue, high: SymbolicValue): SymbolicValue =>
    symbolicDomain.slice(SEQ, value, low, high);
  const same = (left: SymbolicValue, right: SymbolicValue): Term =>
    leaf(symbolicDomain.binary('equal', SEQ, left, right));
  const append = (value: SymbolicValue, ...elements: readonly SymbolicValue[]): SymbolicValue =>
    symbolicDomain.append(SEQ, value, elements);
  const sum = (value: SymbolicValue): Term => leaf(symbolicDomain.builtin('sum', SEQ, value));
  const plus = (left: SymbolicValue, right: Term): SymbolicValue => [bv('add', leaf(left), right)];
  /** No length comes near 2^64. */
  const short = [a, b, c, d].map((value) => bvLess(leaf(length(value)), bitvector(1n << 60n, 64), false));

  function check(goal: Term, hypotheses: readonly Term[] = short): Promise<Answer> {
    return solver.check({ hypotheses, goal });
  }

  it.each<[string, Term]>([
    ['nothing before', same(join(empty, a), a)],
    ['nothing behind', same(join(a, empty), a)],
    ['grouping', same(join(join(a, b), c), join(a, join(b, c)))],
    ['length of both', equal(leaf(length(join(a, b))), bv('add', leaf(length(a)), leaf(length(b))))],
    ['the first part', same(slice(join(a, b), zero, length(a)), a)],
    ['the second part', same(slice(join(a, b), length(a), length(join(a, b))), b)],
    ['cut and joined', same(join(slice(a, zero, k), slice(a, k, length(a))), a)],
    ['the whole', same(slice(a, zero, length(a)), a)],
    ['behind the end', same(slice(a, length(a), k), empty)],
    ['bounds the wrong way round', implies(bvLess(leaf(m), leaf(k), false), same(slice(a, k, m), empty))],
    [
      'a slice of a slice',
      implies(
        bvLessEqual(leaf(k), leaf(m), false),
        same(slice(slice(a, zero, m), zero, k), slice(a, zero, k)),
      ),
    ],
    ['lists and single elements', same(join(a, append(empty, k, m)), append(append(a, k), m))],
    ['several elements', same(join(append(a, k, m), b), join(a, append(empty, k, m), b))],
    ['same front', implies(same(join(a, b), join(a, c)), same(b, c))],
    ['same back', implies(same(join(a, c), join(b, c)), same(a, b))],
    [
      'fronts of one length',
      implies(and([same(join(a, b), join(c, d)), equal(leaf(length(a)), leaf(length(c)))]), same(b, d)),
    ],
    ['symmetry', implies(same(a, b), same(b, a))],
    ['transitivity', implies(and([same(a, b), same(b, c)]), same(a, c))],
    ['equal parts', implies(and([same(a, b), same(c, d)]), same(join(a, c), join(b, d)))],
    ['sum of both', equal(sum(join(a, b)), bv('add', sum(a), sum(b)))],
  ])('%s', async (_, goal) => {
    expect((await check(goal)).status).toBe('proved');
  });

  it.each<[string, Term]>([
    ['order', same(join(a, b), join(b, a))],
    ['anything behind', same(join(a, b), a)],
    ['the wrong part', same(slice(join(a, b), length(a), length(join(a, b))), a)],
    ['one element lost', same(join(slice(a, zero, k), slice(a, plus(k, one), length(a))), a)],
    ['one element twice', same(join(slice(a, zero, plus(k, one)), slice(a, k, length(a))), a)],
    ['fronts of any length', implies(same(join(a, b), join(c, d)), same(a, c))],
    ['order of elements', same(append(a, k, m), append(a, m, k))],
    ['equal length', implies(equal(leaf(length(a)), leaf(length(b))), same(a, b))],
    ['equal sum', implies(equal(sum(a), sum(b)), same(a, b))],
    ['an element of the end', same(slice(append(a, x), zero, length(a)), append(a, x))],
    ['different', not(same(join(a, b), c))],
    ['contradiction of equal ones', implies(same(join(a, b), join(b, a)), FALSE)],
  ])('not: %s', async (_, goal) => {
    expect((await check(goal)).status).not.toBe('proved');
  });

  it('lets lengths wrap, so that what overflows is longer than nothing', async () => {
    const longer = bvLessEqual(leaf(length(a)), leaf(length(join(a, b))), false);
    expect((await check(longer)).status).toBe('proved');
    expect((await check(longer, [])).status).not.toBe('proved');
    expect((await check(same(slice(join(a, b), zero, length(a)), a), [])).status).not.toBe('proved');
  });

  it('finds elements behind several joints, and says so where it does not', async () => {
    const at = (value: SymbolicValue, position: Term): Term =>
      leaf(symbolicDomain.element(SEQ, value, [position]));
    const behind = (depth: number): readonly [readonly Term[], Term] => {
      const names = Array.from({ length: depth + 1 }, (_, index) => `part${index}`);
      const parts = names.map((name) => symbolicConstant(name, SEQ));
      const rests = names.map((name) => symbolicConstant(`${name}.rest`, SEQ));
      const equations = parts.map((part, index) =>
        same(rests[index] ?? empty, join(part, rests[index + 1] ?? empty)),
      );
      const lengths = [...parts, ...rests].map((value) =>
        bvLess(leaf(length(value)), bitvector(1n << 32n, 64), false),
      );
      const before = parts.slice(0, -1).map((part) => leaf(length(part)));
      const position = before.reduce((left, right) => bv('add', left, right), bitvector(0n, 64));
      const last = parts.at(-1) ?? empty;
      const goal = equal(at(rests[0] ?? empty, position), at(last, bitvector(0n, 64)));
      const isLonger = bvLess(bitvector(0n, 64), leaf(length(last)), false);
      return [[...equations, ...lengths, isLonger], goal];
    };
    const [near, near0] = behind(1);
    expect((await check(near0, near)).status).toBe('proved');
    const [far, far0] = behind(8);
    const answer = await check(far0, far);
    if (answer.status === 'refuted') expect(answer.trusted).toBe(false);
  }, 60_000);

  it('does not tell apart keys and nested sequences by what was cut off', async () => {
    const map = { kind: 'map', key: SEQ, value: UINT64 } as const;
    const table = symbolicConstant('table', map);
    const [left, right] = [slice(a, zero, [one]), slice(b, zero, [one])];
    const hypotheses = [
      ...short,
      equal(leaf(length(a)), bitvector(2n, 64)),
      equal(leaf(length(b)), bitvector(2n, 64)),
      same(left, right),
      not(same(a, b)),
    ];
    const entries = [left, right].map((key) => leaf(symbolicDomain.mapGet(map, table, key))) as [Term, Term];
    expect((await check(not(equal(...entries)), hypotheses)).status).not.toBe('proved');
    const nested: SeqType = { kind: 'seq', element: SEQ };
    const lists = [left, right].map((value) => symbolicDomain.sequence(nested, [value])) as [
      SymbolicValue,
      SymbolicValue,
    ];
    const goal = leaf(symbolicDomain.binary('equal', nested, ...lists));
    expect((await check(goal, hypotheses)).status).toBe('proved');
    expect((await check(FALSE, [...hypotheses, goal])).status).not.toBe('proved');
  });
});
