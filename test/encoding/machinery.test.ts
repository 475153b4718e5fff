import { afterAll, describe, expect, it } from 'vitest';
import {
  BOOL_SORT,
  apply,
  arraySort,
  bitvector,
  bitvectorSort,
  constant,
  equal,
  select,
  uninterpretedSort,
} from '../../src/encoding/index.js';
import { readModel } from '../../src/encoding/model.js';
import { Pool } from '../../src/encoding/pool.js';
import { parseSExpressions } from '../../src/encoding/s-expression.js';
import { printScript, signatureOf } from '../../src/encoding/smtlib.js';
import type { Term } from '../../src/encoding/term.js';

const word = bitvectorSort(64);
const block = uninterpretedSort('Block');

describe('s-expressions', () => {
  it('are parsed with comments and quoted symbols', () => {
    expect(parseSExpressions('(a |b c| ; no\n (d))e')).toEqual([['a', 'b c', ['d']], 'e']);
  });
  it('are refused where unbalanced', () => {
    expect(() => parseSExpressions('(a')).toThrow();
    expect(() => parseSExpressions('a)')).toThrow();
  });
});

describe('models', () => {
  const disk = arraySort(word, block);
  const [d, e, f, a, p] = [
    constant('d', disk),
    constant('e', disk),
    constant('f', disk),
    constant('a', word),
    constant('p', BOOL_SORT),
  ];
  const g = apply('g', [a], block) as Extract<Term, { kind: 'apply' }>;
  const symbols = new Map<Term | string, string>([
    [d, 'd_0'],
    [e, 'e_1'],
    [f, 'f_2'],
    [a, 'a_3'],
    [p, 'p_4'],
    [signatureOf(g), 'g_5'],
  ]);
  const text = `(
  ;; universe for Block:
  (declare-fun Block!val!0 () Block)
  (declare-fun Block!val!1 () Block)
  (forall ((x Block)) (or (= x Block!val!0) (= x Block!val!1)))
  (define-fun a_3 () (_ BitVec 64) #x0000000000000007)
  (define-fun d_0 () (Array (_ BitVec 64) Block)
    (store ((as const (Array (_ BitVec 64) Block)) Block!val!0) a_3 Block!val!1))
  (define-fun e_1 () (Array (_ BitVec 64) Block) (_ as-array k!1))
  (define-fun k!1 ((x!0 (_ BitVec 64))) Block
    (ite (= x!0 #x0000000000000007) Block!val!1 Block!val!0))
  (define-fun f_2 () (Array (_ BitVec 64) Block)
    (lambda ((x!1 (_ BitVec 64))) (let ((hit (= x!1 (_ bv7 64)))) (ite (and hit true) Block!val!1 Block!val!0))))
  (define-fun g_5 ((x!0 (_ BitVec 64))) Block
    (ite (= x!0 #x0000000000000007) Block!val!1 Block!val!0)))`;

  it('are read in every form that arrays have', () => {
    const model = readModel(text, symbols);
    for (const array of [d, e, f]) {
      expect(model.evaluate(select(array, a))).toBe('Block!val!1');
      expect(model.evaluate(select(array, bitvector(8n, 64)))).toBe('Block!val!0');
    }
    expect(model.evaluate(equal(d, e))).toBe(true);
    expect(model.evaluate(g)).toBe('Block!val!1');
    expect(model.evaluate(p)).toBe(false);
    expect(model.evaluate(constant('unmentioned', disk))).toMatchObject({
      kind: 'array',
      default: 'Block!val!0',
    });
  });

  it('are refused where not understood', () => {
    expect(() => readModel('(error "x")', symbols)).toThrow();
    expect(() => readModel('((define-fun a_3 () (_ BitVec 64) (bvmagic 1)))', symbols)).toThrow();
    expect(() => readModel('', symbols)).toThrow();
    const order = '((define-fun d_0 () S (lambda ((x S)) (ite (bvule x #x1) true false))))';
    expect(() => readModel(order, symbols)).toThrow();
  });
});

describe('the pool', () => {
  const pool = new Pool(1, 20);
  afterAll(() => pool.close());

  it('answers, and the same script always with the same resources', async () => {
    const { text } = printScript([equal(constant('x', word), bitvector(1n, 64))], 'exact');
    const first = await pool.run(text, true);
    await pool.run('(declare-const z Bool)(assert (not z))', false);
    const second = await pool.run(text, true);
    expect(first).toMatchObject({ kind: 'output', verdict: 'sat' });
    if (first.kind !== 'output' || second.kind !== 'output') return;
    expect(second.detail).toBe(first.detail);
    expect(second.rlimit).toBe(first.rlimit);
  });

  it('hands through the errors of a script', async () => {
    const answer = await pool.run('(assert (= nothing 1))', false);
    expect(answer.kind === 'output' && answer.verdict.startsWith('(error')).toBe(true);
  });

  it('says broken where a thread dies in the middle, and goes on', async () => {
    const multiplier = `(declare-const x (_ BitVec 64))(declare-const y (_ BitVec 64))
      (assert (= (bvmul x y) #xfffffffb00000001))(assert (bvult #x0000000000000001 x))(assert (bvult x #x0000000100000000))
      (assert (bvult y #x0000000100000000))(assert (= (bvmul y y x) (bvadd x y)))`;
    const answer = pool.run(multiplier, false);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await pool.killWorkers();
    expect((await answer).kind).toBe('broken');
    expect(await pool.run('', false)).toMatchObject({ kind: 'output', verdict: 'sat' });
  });
});
