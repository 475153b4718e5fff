import { describe, expect, test } from 'vitest';
import { instructions, problems, pure } from './harness.js';

const REST = `
type pair struct{ left, right uint64 }

func use(n uint64) uint64 { return n }
func fill(to []uint64, n uint64) { to[0] = n }
func first(of []uint64) uint64 { return of[0] }
func set(p *pair) { p.left = 1 }
func (p *pair) swap() { p.left, p.right = p.right, p.left }
`;

describe('a goroutine', () => {
  test('is a way through the same code that its spawner does not take', async () => {
    expect(await instructions('\tgo use(n + 1)\n\treturn n', REST)).toEqual([
      '0: argument = n + 1',
      '1: go 3',
      '2: jump 6',
      '3: n = argument',
      '4: result = n',
      '5: end',
      '6: return n',
    ]);
  });

  test.each([
    ['arguments', '\tfor i := uint64(0); i < n; i++ {\n\t\tgo use(i)\n\t}\n\treturn n'],
    ['a variable that nobody assigns again', '\tm := n + 1\n\tgo func() { use(m) }()\n\treturn m'],
    [
      'a new variable in each round',
      '\tfor i := range n {\n\t\tm := i\n\t\tgo func() { use(m) }()\n\t}\n\treturn n',
    ],
    ["a loop's own variable", '\tfor i := range n {\n\t\tgo func() { use(i) }()\n\t}\n\treturn n'],
    ['a variable that is given away', '\tm := n\n\tm++\n\tgo func() { m++ }()\n\treturn n'],
    ['a variable of its own', '\tfor range n {\n\t\tgo func() { m := n; m++; use(m) }()\n\t}\n\treturn n'],
    ['a slice that is given away', '\ts := make([]uint64, 3)\n\tfill(s, n)\n\tgo fill(s, n)\n\treturn n'],
    [
      'a slice that nobody changes any more',
      '\ts := []uint64{n}\n\tgo first(s)\n\tgo first(s)\n\treturn first(s)',
    ],
    [
      'a slice of its own',
      '\tfor range n {\n\t\tgo func() { s := make([]uint64, 3); fill(s, n) }()\n\t}\n\treturn n',
    ],
    ['a pointer that is given away', '\tp := &pair{n, n}\n\tgo set(p)\n\treturn n'],
    [
      'on different ways',
      '\tm := n\n\tm++\n\tif n > 3 {\n\t\tgo func() { m++ }()\n\t} else {\n\t\tm++\n\t}\n\treturn n',
    ],
  ])('may use %s', async (_name, body) => {
    expect(await problems(pure(body, REST))).toEqual([]);
  });

  test.each([
    [
      'a captured variable that the spawner assigns',
      '\tm := n\n\tgo func() { use(m) }()\n\tm++\n\treturn m',
      '8:14 the variable m, which this goroutine reads here and other code changes at p.go:9, perhaps at the same time, is not supported',
    ],
    [
      'a captured variable that the spawner reads',
      '\tm := n\n\tgo func() { m++ }()\n\treturn m',
      'the variable m, which this goroutine changes here and other code reads at p.go:9,',
    ],
    [
      'a captured variable of which nobody wants the value',
      '\tm := n\n\tgo func() { _ = m }()\n\tm++\n\treturn m',
      'the variable m, which this goroutine reads here',
    ],
    [
      'a captured variable whose field nobody wants',
      '\tp := pair{n, n}\n\tgo func() { _, _ = p.left, n }()\n\tp.left = 1\n\treturn n',
      'the variable p, which this goroutine reads here',
    ],
    [
      'a captured variable that two goroutines assign',
      '\tm := n\n\tuse(m)\n\tgo func() { m = 1 }()\n\tgo func() { m = 2 }()\n\treturn n',
      'the variable m, which this goroutine changes here and other code changes at p.go:10,',
    ],
    [
      'a captured variable, in a loop',
      '\tm := n\n\tfor range n {\n\t\tgo func() { m++ }()\n\t}\n\treturn n',
      'the variable m, which this goroutine changes',
    ],
    ['a parameter', '\tgo func() { n++ }()\n\treturn n', 'the variable n, which this goroutine changes'],
    [
      'a part of a captured variable',
      '\tp := pair{n, n}\n\tgo func() { p.left = 1 }()\n\treturn p.right',
      'the variable p, which this goroutine changes',
    ],
    [
      'by way of a method',
      '\tp := pair{n, n}\n\tgo p.swap()\n\treturn p.right',
      'the variable p, which this goroutine changes',
    ],
    [
      'by way of a closure that it calls',
      '\tm := n\n\tinc := func() { m++ }\n\tgo func() { inc() }()\n\treturn m',
      'the variable m, which this goroutine changes',
    ],
    [
      "a goroutine's own goroutine",
      '\tm := n\n\tgo func() {\n\t\tgo func() { m++ }()\n\t}()\n\treturn m',
      'the variable m, which this goroutine changes',
    ],
    [
      'a counter that a loop goes on with',
      '\tfor i := uint64(0); i < n; i++ {\n\t\tgo func() { use(i) }()\n\t}\n\treturn n',
      'the variable i, which this goroutine reads',
    ],
    [
      'a slice that the spawner reads',
      '\ts := make([]uint64, 3)\n\tgo fill(s, n)\n\treturn s[0]',
      'memory that a slice, a map or a pointer refers to, which this goroutine changes',
    ],
    [
      'a slice that the spawner changes',
      '\ts := make([]uint64, 3)\n\tgo first(s)\n\ts[0] = n\n\treturn n',
      'memory that a slice, a map or a pointer refers to, which this goroutine reads',
    ],
    [
      'another element of a slice',
      '\ts := make([]uint64, 3)\n\tgo fill(s, n)\n\ts[1] = n\n\treturn n',
      'memory that',
    ],
    [
      'another slice of an array',
      '\ts := make([]uint64, 3)\n\tt := s[1:]\n\tgo fill(s, n)\n\treturn t[0]',
      'memory that',
    ],
    [
      'a slice that is given away twice',
      '\ts := make([]uint64, 3)\n\tgo fill(s, n)\n\tgo fill(s, n)\n\treturn n',
      'memory that',
    ],
    [
      'a slice that is given away in each round',
      '\ts := make([]uint64, 3)\n\tfor range n {\n\t\tgo fill(s, n)\n\t}\n\treturn n',
      'memory that',
    ],
    ['a pointer', '\tp := &pair{n, n}\n\tgo set(p)\n\treturn p.left', 'memory that'],
    [
      'a variable whose address is taken',
      '\tm := n\n\tp := &m\n\tq := []*uint64{p}\n\tgo func() { *q[0] = 1 }()\n\treturn m',
      'memory that',
    ],
    ['a map', '\tm := map[uint64]uint64{}\n\tgo func() { m[1] = n }()\n\treturn m[2]', 'memory that'],
    [
      'a map that two goroutines change',
      '\tm := map[uint64]uint64{}\n\tfor range n {\n\t\tgo func() { m[1] = n }()\n\t}\n\treturn n',
      'memory that',
    ],
    [
      'what a deferred function changes',
      '\tm := n\n\tdefer func() { m++ }()\n\tgo func() { use(m) }()\n\treturn n',
      'the variable m, which this goroutine reads',
    ],
  ])('is refused with %s', async (_name, body, message) => {
    const found = await problems(pure(body, REST));
    expect(found.join('\n')).toContain(message);
    for (const each of found) expect(each).toContain('perhaps at the same time, is not supported');
  });

  test.each([
    ['reads', 'go func() { use(r) }()', 'the variable r, which this goroutine reads here'],
    ['changes', 'go func() { r = 1 }()', 'the variable r, which this goroutine changes here'],
  ])('is refused where it %s a result that `return` assigns', async (_name, statement, message) => {
    const operation = pure(`\t${statement}\n\treturn 5`, REST).replace(') uint64 {', ') (r uint64) {');
    expect((await problems(operation)).join('\n')).toContain(message);
    const inner = pure(`\tgo func() (r uint64) { ${statement}; return 5 }()\n\treturn n`, REST);
    expect((await problems(inner)).join('\n')).toContain(message);
  });

  test('is refused with memory of the caller', async () => {
    const source = `package p

//@ refines Sums over Memory

//@ op Sum
func Sum(values []uint64) uint64 {
	go func() { use(values[0]) }()
	return 0
}

func use(n uint64) {}

//@ recovery
func Recover() {}
`;
    expect((await problems(source)).join('\n')).toContain('memory of the caller');
  });

  test.each(['recovery', 'initialisation', 'boot'])('is refused in %s', async (role) => {
    const recovery = role === 'recovery' ? '' : '//@ recovery\nfunc Recover() {}\n';
    const source = `package p

//@ refines Pure over Memory

//@ op Run
func Run(n uint64) uint64 { return n }

//@ ${role}
func Begin() { go use(1) }

${recovery}
func use(n uint64) {}
`;
    expect((await problems(source)).join('\n')).toContain('not verified yet: `go` statements in recovery');
  });

  test('is refused in what Go runs before everything else', async () => {
    const rest = 'func use(n uint64) {}\nfunc init() { go use(1) }\n';
    expect((await problems(pure('\treturn n', rest))).join('\n')).toContain(
      'not verified yet: `go` statements',
    );
  });

  test('is refused where it starts itself', async () => {
    const rest = 'func again() { go again() }\n';
    expect((await problems(pure('\tgo again()\n\treturn n', rest))).join('\n')).toContain('recursion');
  });

  test('has no operation that could take effect', async () => {
    const body = '\tgo func() {\n\t\t//@ commit\n\t\tx = 1\n\t}()\n\treturn n';
    const found = await problems(pure(body, 'var x uint64\n'));
    expect(found.join('\n')).toContain('a goroutine has no operation of its own');
  });
});
