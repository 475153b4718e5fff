import { afterAll, describe, expect, test } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { prove } from '../../src/vcgen/index.js';
import { expectValue, lower, problems, pure } from './harness.js';

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

/** Codes of the obligations that are not proved of an operation that panics where the claim is false. */
async function openOf(statements: string, claim: string, rest = ''): Promise<readonly string[]> {
  const names = [...statements.matchAll(/(\w+)(?:, (\w+))? :=/g)].flatMap((match) => match.slice(1));
  const used = names
    .filter((name: string | undefined) => name !== undefined && name !== 'i')
    .map((name) => `_ = ${name}`);
  const body = `${[statements, ...used].join('; ')}\n\tif !(${claim}) {\n\t\tpanic("wrong")\n\t}\n\treturn n`;
  const system = expectValue(await lower(pure(body, rest)));
  const { obligations } = await prove(system, solver);
  const open = obligations.filter(({ status, code }) => status !== 'proved' && code !== 'contradiction');
  return [...new Set(open.map(({ code }) => code))].sort();
}

const LIST = `
type item struct {
	value uint64
	next  *item
}

func push(head *item, v uint64) *item { return &item{v, head} }
`;

/** Statements, what is true after them, and what is not. */
const PROGRAMS: readonly (readonly [
  title: string,
  statements: string,
  right: string,
  wrong: string,
  rest?: string,
])[] = [
  [
    'parts of a slice share their elements',
    's := []uint64{1, 2, n}; t := s[1:]; t[0] = 9',
    's[1] == 9 && t[1] == n',
    's[1] == 2',
  ],
  [
    'appending in place',
    's := make([]uint64, 1, 2); t := append(s, n); u := append(s, 7)',
    't[1] == 7 && u[1] == 7',
    't[1] == n',
  ],
  [
    'appending moves',
    's := []uint64{n}; t := append(s, 5); t[0] = 6',
    's[0] == n && t[1] == 5',
    's[0] == t[0]',
  ],
  ['the capacity after a move is open', 's := append([]uint64{n}, 5)', 'cap(s) >= 2', 'cap(s) == 2'],
  [
    'a move may leave room',
    's := append([]uint64{1}, 5); t := append(s, n); u := append(s, 8); _ = u',
    't[0] == 1 && (t[2] == n || t[2] == 8)',
    't[2] == n',
  ],
  [
    'what a move leaves is zero',
    'a := []uint64{1, 2, 3, n}; s := append(a[:1:1], 5); t := s[:cap(s)]',
    'cap(s) < 3 || t[2] == 0',
    'cap(s) < 3 || t[2] == 3',
  ],
  [
    'a capacity that is cut',
    's := []uint64{1, 2, n}; t := append(s[:1:1], 9)',
    's[1] == 2 && t[1] == 9',
    's[1] == 9',
  ],
  [
    'nil and empty',
    'var s []uint64; t := s[0:0]; u := []uint64{}',
    's == nil && t == nil && u != nil',
    'u == nil',
  ],
  [
    'copies that overlap',
    's := []uint64{1, 2, n}; k := copy(s[1:], s)',
    'k == 2 && s[1] == 1 && s[2] == 2',
    's[2] == n',
  ],
  [
    'a copy of a length that is not known',
    's := []uint64{1, 2, 3}; t := make([]uint64, 3); copy(t[n%3:], s)',
    't[n%3] == 1',
    't[2] == 3',
  ],
  [
    'arguments of what is deferred are fixed',
    's := []uint64{1}; t := []uint64{n}; func() { defer copy(s, t); t = nil }()',
    's[0] == n',
    's[0] == 1',
  ],
  ['clear', 's := []uint64{1, 2, n}; clear(s[1:])', 's[0] == 1 && s[2] == 0', 's[2] == n'],
  [
    'arrays are values, slices of them are not',
    'a := [3]uint64{1, 2, n}; s := a[:]; b := a; s[0] = 9',
    'a[0] == 9 && b[0] == 1',
    'b[0] == 9',
  ],
  ['pointers to variables', 'x := n; p := &x; *p = 4; q := &x', 'x == 4 && p == q', 'x == n'],
  ['new variables differ', 'p := new(uint64); q := new(uint64); *p = n', 'p != q && *q == 0', 'p == q'],
  ['elements through pointers', 's := []uint64{1, 2}; p := &s[n%2]; *p = 7', 's[n%2] == 7', 's[0] == 7'],
  [
    'a list',
    'var head *item; head = push(push(head, 1), n)',
    'head.value == n && head.next.value == 1 && head.next.next == nil',
    'head.next == nil',
    LIST,
  ],
  [
    'a loop over a list',
    'sum := uint64(0); for i := push(push(nil, 1), n); i != nil; i = i.next { sum += i.value }',
    'sum == n+1',
    'sum == n',
    LIST,
  ],
  [
    'maps',
    'm := map[uint64]uint64{n: 1, 5: 2}; v, ok := m[5]; delete(m, 5)',
    'ok && v == 2 && m[5] == 0 && (n == 5 || len(m) == 1)',
    'len(m) == 1',
  ],
  [
    'nil maps are empty',
    'var m map[uint64]uint64; delete(m, n); v, ok := m[n]',
    'len(m) == 0 && v == 0 && !ok && m == nil',
    'ok',
  ],
  ['maps are shared', 'm := map[uint64]bool{}; k := m; k[n] = true', 'm[n] && len(m) == 1', '!m[n]'],
  [
    'bytes of strings',
    's := "abc"; b := []byte(s); b[0] = 120; t := s[1:]',
    's[0] == 97 && string(b[1:]) == t',
    's[0] == 120',
  ],
];

describe('memory', () => {
  for (const [title, statements, right, wrong, rest] of PROGRAMS) {
    test(title, async () => {
      expect(await openOf(statements, right, rest)).toEqual([]);
      expect(await openOf(statements, wrong, rest)).toEqual(['panic']);
    });
  }

  const PANICS: readonly (readonly [title: string, statements: string, code: string])[] = [
    ['an index', 's := []uint64{1, 2}; n = s[n]', 'bounds'],
    ['an index of nil', 'var s []uint64; n = s[n%2]', 'bounds'],
    ['an index beyond the length', 's := make([]uint64, 1, 4); n = s[n%4]', 'bounds'],
    ['bounds beyond the capacity', 's := make([]uint64, 1, 4); s = s[:n%6]', 'bounds'],
    ['bounds that go down', 's := make([]uint64, 4); s = s[n%4:n%3]', 'bounds'],
    ['a bound beyond the last', 's := make([]uint64, 4); s = s[:2:n%6]', 'bounds'],
    ['a negative length', 's := make([]uint64, int64(n)); s = s[:0]', 'bounds'],
    ['a length beyond the capacity', 's := make([]uint64, n%4, 2); s = s[:0]', 'bounds'],
    ['a pointer', 'var p *uint64; if n > 3 { p = &n }; n = *p', 'nil'],
    ['a write to a nil map', 'var m map[uint64]bool; if n > 3 { m = map[uint64]bool{} }; m[n] = true', 'nil'],
    ['an index of a string', 's := "abc"; n = uint64(s[n%4])', 'bounds'],
  ];
  test.each(PANICS)('%s out of range is found', async (_title, statements, code) => {
    expect(await openOf(statements, 'true')).toEqual([code]);
  });
});

const LOCKS = `package p

import "sync"

//@ refines Pure over Memory

var locks []sync.Mutex

//@ op Run
func Run(n uint64) uint64 {
	if n < SIZE {
		locks[n].Lock()
		locks[n].Unlock()
	}
	return n
}

//@ recovery
func Recover() {RECOVER}

//@ boot
func boot() {
BOOT
}
`;

function locks(boot: string, size = '4', recover = ''): string {
  return LOCKS.replace('BOOT', boot).replace('SIZE', size).replace('RECOVER', recover);
}

describe('locks that boot makes', () => {
  test('are a family', async () => {
    const system = expectValue(await lower(locks('\tlocks = make([]sync.Mutex, 4)')));
    const { obligations } = await prove(system, solver);
    expect(obligations.filter(({ status }) => status !== 'proved')).toEqual([]);
  });

  test('of that length', async () => {
    const system = expectValue(await lower(locks('\tlocks = make([]sync.Mutex, 4)', '5')));
    const { obligations } = await prove(system, solver);
    const open = obligations.filter(({ status }) => status !== 'proved');
    expect(open.map(({ code }) => code)).toContain('bounds');
  });

  const REFUSED: readonly (readonly [title: string, source: string, message: string])[] = [
    [
      'never',
      locks(''),
      'locks is a slice with locks in it and is not made by a statement of the boot function',
    ],
    [
      'twice',
      locks('\tlocks = make([]sync.Mutex, 4)\n\tlocks = make([]sync.Mutex, 5)'),
      'making locks twice is not supported',
    ],
    [
      'in a branch',
      locks('\tif true {\n\t\tlocks = make([]sync.Mutex, 4)\n\t}'),
      'locks is a slice with locks in it and is not made by a statement of the boot function',
    ],
    [
      'after a return',
      locks('\tif len(locks) > 0 {\n\t\treturn\n\t}\n\tlocks = make([]sync.Mutex, 4)'),
      'a return before locks is made is not supported',
    ],
    [
      'with a length that is not known',
      locks('\tk := 4\n\tlocks = make([]sync.Mutex, k)'),
      'making locks like this is not supported',
    ],
    [
      'after use',
      locks('\tlocks[0].Lock()\n\tlocks = make([]sync.Mutex, 4)'),
      'using locks before it is made is not supported',
    ],
    [
      'after recovery uses them',
      locks('\tlocks = make([]sync.Mutex, 4)', '4', ' locks[0].Lock(); locks[0].Unlock() '),
      'using locks in the recovery function is not supported',
    ],
    [
      'and shared under another name',
      locks('\tlocks = make([]sync.Mutex, 4)\n\tmore := locks\n\tmore[0].Lock()'),
      'the slice locks as a value is not supported',
    ],
    [
      'and appended to',
      locks('\tlocks = make([]sync.Mutex, 4)\n\tlocks = append(locks, sync.Mutex{})'),
      'making locks twice is not supported',
    ],
    [
      'and cut',
      locks('\tlocks = make([]sync.Mutex, 4)\n\tlocks[2:][0].Lock()'),
      'the slice locks as a value is not supported',
    ],
  ];
  test.each(REFUSED)('%s', async (_title, source, message) => {
    expect((await problems(source)).join('\n')).toContain(message);
  });
});

describe('slices that belong to the caller', () => {
  const program = (body: string): string => `package p

//@ refines Sums over Memory

//@ op Sum
func Sum(values []uint64) uint64 {
${body}
}

//@ recovery
func Recover() {}
`;
  test('are read', async () => {
    const body = '\tif len(values) == 0 {\n\t\treturn 0\n\t}\n\treturn values[0]';
    const system = expectValue(await lower(program(body)));
    const { obligations } = await prove(system, solver);
    expect(obligations.filter(({ status }) => status !== 'proved')).toEqual([]);
  });

  test('and not written', async () => {
    const message = 'writing to what may be a parameter of the operation is not supported';
    expect((await problems(program('\tvalues = append(values, 1)\n\treturn 0'))).join('\n')).toContain(
      message,
    );
    expect((await problems(program('\tclear(values)\n\treturn 0'))).join('\n')).toContain(message);
  });

  test('and not kept where a package variable leads to them', async () => {
    const keeping = (value: string): string =>
      program(`\tkept = ${value}\n\treturn 0`).replace('//@ recovery', 'var kept []uint64\n\n//@ recovery');
    expect((await problems(keeping('values'))).join('\n')).toContain(
      'keeping the memory of the parameter values where a package variable leads to it is not supported',
    );
    expect((await problems(keeping('values[1:]'))).join('\n')).toContain('the parameter values');
    expect(await problems(keeping('append([]uint64(nil), values...)'))).toEqual([]);
  });

  test.each([
    ['as one is', '\tp, q := &values[0], &values[1]\n\tif p == q {\n\t\treturn 1\n\t}\n\treturn 0'],
    [
      'in structs',
      '\ttype s struct{ p *uint64 }\n\ta, b := s{&values[0]}, s{&values[1]}\n\tif a != b {\n\t\treturn 1\n\t}\n\treturn 0',
    ],
    ['as keys', '\tm := map[*uint64]bool{}\n\tif m[&values[0]] {\n\t\treturn 1\n\t}\n\treturn 0'],
  ])('and pointers into them are not compared: %s', async (_name, body) => {
    const message = 'comparing pointers that may lead into a parameter of the operation is not supported';
    expect((await problems(program(body))).join('\n')).toContain(message);
  });

  test('but pointers into them are compared with nil, and others with each other', async () => {
    const body =
      '\tp, q := &values[0], new(uint64)\n\tif p == nil || q != new(uint64) {\n\t\treturn 1\n\t}\n\treturn 0';
    expect(await problems(program(body))).toEqual([]);
  });
});

describe('pointers to what takes no memory', () => {
  const message = 'comparing pointers to what may take no memory is not supported';
  test.each([
    ['empty structs', '\tif new(struct{}) == new(struct{}) {\n\t\treturn 1\n\t}\n\treturn n'],
    ['arrays of none', '\tif new([0]uint64) == new([0]uint64) {\n\t\treturn 1\n\t}\n\treturn n'],
    [
      'arrays of as many as a parameter says',
      '\tif new([Many]uint64) == new([Many]uint64) {\n\t\treturn 1\n\t}\n\treturn n',
    ],
    [
      'in parts of values',
      '\ta, b := [2]*struct{}{}, [2]*struct{}{}\n\tif a == b {\n\t\treturn 1\n\t}\n\treturn n',
    ],
    ['as keys', '\tm := map[*struct{}]uint64{}\n\treturn m[new(struct{})]'],
  ])('are not compared: %s', async (_name, body) => {
    const found = await problems(pure(body, '\nconst Many uint64 = 3 //@ parameter\n'));
    expect(found.join('\n')).toContain(message);
  });

  test('are compared with nil', async () => {
    expect(await problems(pure('\tif new(struct{}) == nil {\n\t\treturn 1\n\t}\n\treturn n'))).toEqual([]);
  });
});
