import { afterAll, describe, expect, test } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { prove } from '../../src/vcgen/index.js';
import { expectValue, lower } from './harness.js';

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

function program(statements: string, claim: string, rest = ''): string {
  return `package p

import "sync"

//@ refines Pure over Memory

type box struct {
	mu sync.Mutex
	m  map[uint64]uint64
}

//@ mu guards table, named, pair invariant named.made
var mu sync.Mutex
var table map[uint64]uint64
var named = make(map[uint64]bool)
var pair [2]map[uint64]uint64

//@ boxes.mu[i] guards boxes.m[i]
var boxes [3]box
${rest}
//@ op Run
func Run(n uint64) uint64 {
	mu.Lock()
	boxes[1].mu.Lock()
	${statements}
	if !(${claim}) {
		panic("wrong")
	}
	boxes[1].mu.Unlock()
	mu.Unlock()
	return n
}

//@ recovery
func Recover() {}
`;
}

/** Codes of what is not proved of an operation that panics where the claim is false, and the state variables of its maps. */
async function openOf(text: string): Promise<{ open: readonly string[]; state: readonly string[] }> {
  const system = expectValue(await lower(text));
  const { obligations } = await prove(system, solver);
  const open = obligations.filter(({ status, code }) => status !== 'proved' && code !== 'contradiction');
  return {
    open: [...new Set(open.map(({ code }) => code))].sort(),
    state: system.state.filter(({ origin }) => origin === 'memory').map(({ name }) => name),
  };
}

/** Statements on package variables, what is true after them, and what is not. */
const OWN: readonly (readonly [title: string, statements: string, right: string, wrong: string])[] = [
  [
    'entries come and go',
    'table = map[uint64]uint64{5: n}; table[1] = 2; delete(table, 5); v, ok := table[1]; _, no := table[5]',
    'v == 2 && ok && !no',
    'v == 2 && ok && no',
  ],
  [
    'entries are counted',
    'table = make(map[uint64]uint64); table[n] = 1; table[n] = 2; table[n+1]++',
    'len(table) == 2',
    'len(table) == 3',
  ],
  ['clear', 'table = map[uint64]uint64{1: 1, 2: 2}; clear(table)', 'len(table) == 0', 'table[1] == 1'],
  [
    'nil is set again',
    'table = make(map[uint64]uint64); table = nil; v := table[3]',
    'table == nil && v == 0',
    'table != nil && v == 0',
  ],
  ['nothing is deleted from nil', 'table = nil; delete(table, n)', 'nil == table', 'table[n] == 1'],
  [
    'elements of an array are maps of their own',
    'pair[0] = make(map[uint64]uint64); pair[1] = make(map[uint64]uint64); pair[n%2][3] = 4',
    'pair[n%2][3] == 4 && pair[(n+1)%2][3] == 0',
    'pair[0][3] == pair[1][3]',
  ],
  ['a field behind a pointer', 'b := put(&boxes[1], 3, n)', 'b == n && boxes[1].m[3] == n', 'b == 3'],
];

const PUT = `
func put(b *box, k, v uint64) uint64 {
	if b.m == nil {
		b.m = make(map[uint64]uint64)
	}
	b.m[k] = v
	return b.m[k]
}
`;

// Two elements of an array with a lock each have maps of their own if they are used.
const USES = `
func uses(b *box) { b.m[1]++ }
`;

describe('maps that nothing else refers to', () => {
  const inPlace =
    'named[1] = false; pair[0] = nil; _ = len(pair[1]); _ = len(table); table = nil; _ = put(&boxes[1], 1, 1)';
  test.each(OWN)('%s', async (_, statements, right, wrong) => {
    const all = `${inPlace}; ${statements}`;
    const proved = await openOf(program(all, right, PUT));
    expect(proved.open).toEqual([]);
    expect(proved.state).toEqual([
      'table.made',
      'table.count',
      'table',
      'named.made',
      'named',
      'pair.made',
      'pair.count',
      'pair',
      'boxes.m.made',
      'boxes.m',
    ]);
    expect((await openOf(program(all, wrong, PUT))).open).toContain('panic');
  });

  test('a nil map holds nothing', async () => {
    expect((await openOf(program('table[1] = n', 'n == n', USES))).open).toContain('nil');
    const made = 'table = make(map[uint64]uint64); table[1] = n';
    expect((await openOf(program(made, 'n == n', USES))).open).toEqual([]);
  });

  test('what a package variable starts with', async () => {
    expect((await openOf(program('named[n] = true', 'named[n]', USES))).open).toEqual([]);
    expect((await openOf(program('named = nil; named[n] = true', 'named[n]', USES))).open).toContain('nil');
  });

  test('they need the lock that guards them', async () => {
    expect((await openOf(program('v := put(&boxes[n%3], 1, n)', 'v == n', PUT))).open).toContain('race');
    expect((await openOf(program('v := put(&boxes[1], 1, n)', 'v == n', PUT))).open).toEqual([]);
  });
});

/** What makes another name for a map, or may put an entry in a map that was replaced meanwhile: then it is an object. */
const SHARED: readonly (readonly [title: string, statements: string, right: string])[] = [
  ['a variable', 'table = map[uint64]uint64{}; m := table; m[1] = n', 'table[1] == n'],
  ['an argument', 'table = map[uint64]uint64{}; fill(table)', 'table[7] == 7'],
  ['a map from elsewhere', 'm := map[uint64]uint64{}; table = m; m[3] = n', 'table[3] == n'],
  [
    'an entry of the map that is replaced',
    'table = map[uint64]uint64{}; table, table[1] = map[uint64]uint64{}, 5',
    'len(table) == 0',
  ],
  ['a deferred change', 'table = map[uint64]uint64{1: 1}; later(); table[2] = 2', 'len(table) == 1'],
];

const REST = `${USES}
func fill(m map[uint64]uint64) { m[7] = 7 }

func later() {
	defer delete(table, 1)
	table = map[uint64]uint64{}
}
`;

describe('maps that have other names', () => {
  test.each(SHARED)('%s', async (_, statements, right) => {
    const { open, state } = await openOf(program(statements, right, REST));
    expect(open).toEqual([]);
    expect(state).toContain('table.objects');
  });
});
