import { describe, expect, test } from 'vitest';
import { showCode } from '../../src/ir/show-code.js';
import { codeOf, expectValue, instructions, lower, pure } from './harness.js';
import { Panic, run } from './run.js';

async function results(body: string, n: bigint, rest = ''): Promise<readonly string[]> {
  return run(await codeOf(pure(body, rest)), [n]);
}

describe('instructions', () => {
  test('an early return and an if', async () => {
    expect(await instructions('\tif n > 3 {\n\t\treturn 1\n\t}\n\treturn n')).toEqual([
      '0: branch 3 < n ? 1 : 2',
      '1: return 1',
      '2: return n',
    ]);
  });

  test('each access of a package variable is an instruction of its own, left to right', async () => {
    const rest = 'var a, b uint64 = 2, 3\n\nfunc set(to uint64) { b = to }\n';
    expect(await instructions('\ta += b * n\n\treturn a', rest)).toEqual([
      '0: a = a.Load()',
      '1: b = b.Load()',
      '2: a.Store(a + b * n)',
      '3: a = a.Load()',
      '4: return a',
    ]);
    const system = expectValue(await lower(pure('\treturn a', rest)));
    const initial = system.state.filter((each) => each.origin === 'memory').map((each) => each.initial);
    expect(initial).toMatchObject([{ value: 2n }, { value: 3n }]);
  });

  test('a package variable that nothing assigns is its initial value', async () => {
    const rest = 'var a uint64 = 2\n\nvar t = [2]uint64{1: 7}\n';
    expect(await instructions('\treturn a + t[1]', rest)).toEqual([
      '0: t = zero[1 := 7]',
      '1: return 2 + t[1]',
    ]);
  });

  test('the right of && is evaluated only if the left is true', async () => {
    expect(
      await instructions('\tif n > 0 && v > 1 {\n\t\treturn 1\n\t}\n\treturn 0', 'var v uint64\n'),
    ).toEqual([
      '0: && = 0 < n',
      '1: branch && ? 2 : 4',
      '2: v = v.Load()',
      '3: && = 1 < v',
      '4: branch && ? 5 : 6',
      '5: return 1',
      '6: return 0',
    ]);
  });

  test('checks of bounds and divisors, left out where they are constant', async () => {
    const rest = 'var table [4]uint64 = [4]uint64{1: 7}\n\nfunc set(i, to uint64) { table[i%4] = to }\n';
    expect(await instructions('\treturn table[n] / n + table[3] / 2', rest)).toEqual([
      '0: check bounds n < 4',
      '1: table = table.Load(n)',
      '2: check division n != 0',
      '3: table = table.Load(3)',
      '4: return table / n + table / 2',
    ]);
  });

  test('struct fields, arrays of locks and pointer receivers resolve to locations', async () => {
    const text = `package p

import "sync"

//@ refines Pure over Memory

type cell struct {
	mu    sync.Mutex
	count uint64
}

type table struct {
	cells [8]cell
	sum   uint64
}

//@ t.cells.mu[i] guards t.cells.count[i] invariant t.cells.count[i] >= 0
//@ t.big guards t.sum
var t struct {
	table
}

//@ op Run
func Run(n uint64) uint64 { return n }

//@ recovery
func Recover() {}
`;
    const result = await lower(
      text.replace('\ttable\n', '\tcells [8]cell\n\tsum uint64\n\tbig sync.Mutex\n'),
    );
    const system = expectValue(result);
    expect(system.state.map((each) => each.name)).toEqual([
      't.cells.mu.locked',
      't.cells.count',
      't.sum',
      't.big.locked',
      'spec.nothing',
    ]);
    expect(
      system.locks.map((lock) => [lock.name, lock.locked, lock.guards.map((each) => each.variable)]),
    ).toEqual([
      ['t.cells.mu', 't.cells.mu.locked', ['t.cells.count']],
      ['t.big', 't.big.locked', ['t.sum']],
    ]);
  });

  test('methods through pointers to elements, with a deferred unlock', async () => {
    const rest = `
type cell struct {
	mu    sync.Mutex
	count uint64
}

var cells [4]cell

func (c *cell) add(n uint64) uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count += n
	return c.count
}
`;
    const text = pure('\tx := cells[n].add(5)\n\treturn x', rest).replace(
      'package p\n',
      'package p\n\nimport "sync"\n',
    );
    expect(showCode(await codeOf(text))).toEqual([
      '0: check bounds n < 4',
      '1: index = n',
      '2: n = 5',
      '3: cells.mu.Lock(index)',
      '4: cells.count = cells.count.Load(index)',
      '5: cells.count.Store(index, cells.count + n)',
      '6: cells.count = cells.count.Load(index)',
      '7: result = cells.count',
      '8: cells.mu.Unlock(index)',
      '9: x = result',
      '10: return x',
    ]);
    const code = await codeOf(text);
    const unlock = code.instructions[8]?.source;
    expect(unlock?.text).toBe('defer c.mu.Unlock()');
    expect(unlock?.callers.map(({ span, caller }) => `${span.start.line} in ${caller}`)).toEqual([
      '9 in Run',
    ]);
  });

  test('counting loops get a measure and guesses', async () => {
    const body = '\tfor i := uint64(0); i < n; i++ {\n\t}\n\treturn n';
    expect((await instructions(body))[1]).toBe('1: loop; perhaps i <= n; perhaps 0 <= i; decreases n - i');
    for (const head of ['n != 0 {\n\t\tn--', 'n > 0 {\n\t\tn /= 2']) {
      const lines = await instructions(`\tfor ${head}\n\t}\n\treturn n`);
      expect(lines.slice(0, 2)).toEqual(['0: $before = n', '1: loop; perhaps n <= $before; decreases n']);
    }
    expect((await instructions('\tfor {\n\t}'))[0]).toBe('0: loop');
    expect((await instructions('\tx := n\n\tfor i := range n {\n\t\tx = i\n\t}\n\treturn x'))[3]).toBe(
      '3: loop; perhaps 0 <= i; perhaps i <= limit; decreases limit - i',
    );
  });

  test('loop clauses of the user see the Go names around them', async () => {
    const body = `	sum := uint64(0)
	//@ invariant sum <= i * 2
	//@ decreases n - i
	for i := uint64(0); i < n; i++ {
		//@ invariant v == 0
		sum := sum + 1
		//@ assert sum > 0
		_ = sum
	}
	return sum`;
    const lines = await instructions(body, 'var v uint64\n');
    expect(lines[2]).toBe(
      '2: loop; invariant sum <= i * 2; invariant v == 0; perhaps i <= n; perhaps 0 <= i; decreases n - i',
    );
    expect(lines[5]).toBe('5: check assertion 0 < sum');
  });

  test('hints stand before the statement', async () => {
    const lines = await instructions('\t//@ commit\n\tv = n\n\treturn n', 'var v uint64\n');
    expect(lines.slice(0, 2)).toEqual(['0: commit', '1: v.Store(n)']);
  });

  test('a parameter is a symbol in lengths, constants and conditions', async () => {
    const rest =
      'const Size uint64 = 8 //@ parameter where Size > 1\n\nconst last = Size - 1\n\nvar t [Size]uint64\n';
    expect(await instructions('\tif n < Size {\n\t\treturn t[n]\n\t}\n\treturn t[last]', rest)).toEqual([
      '0: branch n < Size ? 1 : 4',
      '1: check bounds n < Size',
      '2: t = t.Load(n)',
      '3: return t',
      '4: check bounds Size - 1 < Size',
      '5: t = t.Load(Size - 1)',
      '6: return t',
    ]);
  });
});

describe('running pure code', () => {
  test('loops, break, continue, labels', async () => {
    const body = `	total := uint64(0)
outer:
	for i := uint64(0); i < n; i++ {
		for j := range 10 {
			if j == 3 {
				continue outer
			}
			if i == 5 {
				break outer
			}
			total += uint64(j)
		}
	}
	return total`;
    expect(await results(body, 3n)).toEqual(['9']);
    expect(await results(body, 100n)).toEqual(['15']);
  });

  test('switch with fallthrough and default', async () => {
    const body = `	r := uint64(0)
	switch n {
	case 1, 2:
		r = 10
		fallthrough
	case 3:
		r++
	default:
		r = 100
	}
	return r`;
    expect(await results(body, 2n)).toEqual(['11']);
    expect(await results(body, 3n)).toEqual(['1']);
    expect(await results(body, 4n)).toEqual(['100']);
  });

  test('assignments happen all at once', async () => {
    const body = `	a := [3]uint64{1, 2, 3}
	i := uint64(0)
	i, a[i] = 2, n
	x, y := a[0], a[2]
	x, y = y, x
	return x*1000 + y*100 + i`;
    expect(await results(body, 7n)).toEqual(['3702']);
  });

  test('structs are values, receivers may be pointers to locals', async () => {
    const rest = `
type point struct{ x, y uint64 }

func (p *point) move(by uint64) { p.x += by }
func (p point) sum() uint64    { p.x += 1000; return p.x + p.y }
`;
    const body = `	p := point{y: 5}
	q := p
	p.move(n)
	p.move(1)
	return p.sum()*10 + q.x`;
    expect(await results(body, 3n, rest)).toEqual(['10090']);
  });

  test('deferred calls run last first, with arguments of their time, after the results', async () => {
    const rest = `
type log struct{ digits uint64 }

func (l *log) add(d uint64) { l.digits = l.digits*10 + d }

func work(n uint64) (l log) {
	defer l.add(n)
	n++
	if n > 5 {
		defer l.add(n)
		if n > 8 {
			return
		}
	}
	l.add(9)
	return
}
`;
    const body = '\treturn work(n).digits';
    expect(await results(body, 1n, rest)).toEqual(['91']);
    expect(await results(body, 5n, rest)).toEqual(['965']);
    expect(await results(body, 8n, rest)).toEqual(['98']);
  });

  test('arithmetic wraps, shifts take wide counts', async () => {
    expect(await results('\treturn uint64(uint8(n) << (n - 1))', 257n)).toEqual(['0']);
    expect(await results('\treturn uint64(int8(n) >> 9)', 128n)).toEqual([String(2n ** 64n - 1n)]);
    expect(await results('\treturn uint64(uint8(n) + 1)', 255n)).toEqual(['0']);
    expect(await results('\treturn n &^ 5', 7n)).toEqual(['2']);
  });

  test('panics', async () => {
    await expect(results('\treturn 1 / n', 0n)).rejects.toThrow(new Panic('division'));
    await expect(results('\ta := [2]uint64{}\n\treturn a[n]', 2n)).rejects.toThrow(new Panic('bounds'));
    await expect(results('\tk := int(n)\n\treturn n << k', 2n ** 63n)).rejects.toThrow(new Panic('panic'));
    await expect(results('\tif n == 1 {\n\t\tpanic("one")\n\t}\n\treturn n', 1n)).rejects.toThrow(Panic);
  });

  test('a call that never returns ends the path', async () => {
    const rest = 'func fail(n uint64) bool {\n\tpanic("no")\n}\n';
    const body = '\tif n > 1 && fail(n) {\n\t\treturn 1\n\t}\n\treturn 2';
    expect(await results(body, 1n, rest)).toEqual(['2']);
    await expect(results(body, 2n, rest)).rejects.toThrow(Panic);
  });
});
