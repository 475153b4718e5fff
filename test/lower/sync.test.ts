import { describe, expect, test } from 'vitest';
import { showCode } from '../../src/ir/show-code.js';
import { codeOf, problems, pure } from './harness.js';

/** `pure` with imports. */
function importing(path: string, body: string, rest: string): string {
  return pure(body, rest).replace('package p\n', `package p\n\nimport "${path}"\n`);
}

describe('atomic variables', () => {
  const REST = `
type cell struct{ n uint64; m uint32 }
var cells [4]cell
var x uint64
var on atomic.Bool
func (c *cell) inc() uint64 { return atomic.AddUint64(&c.n, 1) }
`;

  test('each operation is one instruction, in the order of calls', async () => {
    const body = `\tatomic.StoreUint64(&x, n)
	if !on.CompareAndSwap(false, true) {
		return 0
	}
	defer on.Store(false)
	return cells[1].inc() + atomic.LoadUint64(&x)*uint64(cells[1].m)`;
    expect(showCode(await codeOf(importing('sync/atomic', body, REST)))).toEqual([
      '0: x.Store(n)',
      '1: CompareAndSwap = on.CompareAndSwap(false, true)',
      '2: branch !CompareAndSwap ? 3 : 4',
      '3: return 0',
      '4: Add = cells.n.Add(1, 1)',
      '5: result = Add',
      '6: Load = x.Load()',
      '7: cells.m = cells.m.Load(1)',
      '8: result = result + Load * uint64(cells.m)',
      '9: on.Store(false)',
      '10: return result',
    ]);
  });

  test.each([
    ['a variable', '\tatomic.AddUint64(&x, 1)\n\treturn x', 'plain access of x,'],
    ['another assignment', '\tatomic.AddUint64(&x, 1)\n\tx++\n\treturn n', 'plain access of x,'],
    ['a field, by way of a method', '\tcells[n%4].inc()\n\treturn cells[0].n', 'plain access of cells.n,'],
    ['a field of a struct that is copied', '\tc := cells[n%4]\n\treturn c.n', 'plain access of cells.n,'],
    [
      'a field that is assigned with its struct',
      '\tcells[0] = cell{}\n\treturn n',
      'plain access of cells.n,',
    ],
    [
      'an element that is atomic where another is assigned',
      '\ttable[atomic.AddUint64(&x, 1)%4] = 3\n\treturn x',
      'plain access of x,',
    ],
  ])('a plain access is refused: %s', async (_name, body, message) => {
    const found = await problems(importing('sync/atomic', body, `${REST}\nvar table [4]uint64\n`));
    expect(found.length).toBeGreaterThan(0);
    for (const each of found) expect(each).toContain(message);
  });

  test('other fields of the struct stay plain', async () => {
    expect(await problems(importing('sync/atomic', '\tcells[0].m++\n\treturn n', REST))).toEqual([]);
  });

  test('local variables are refused', async () => {
    const body = '\tvar c cell\n\treturn c.inc()';
    expect((await problems(importing('sync/atomic', body, REST)))[0]).toContain(
      'an atomic operation on anything but a package variable',
    );
  });
});

describe('condition variables', () => {
  const REST = `
//@ mu guards x invariant x != 7
var mu sync.Mutex
var x uint64
var changed = sync.NewCond(&mu)
var other = sync.Cond{L: &mu}
`;

  test('waiting gives the lock up and takes it again, and what the lock guards is as its invariant says', async () => {
    const body = `\tmu.Lock()
	for x == 0 {
		changed.Wait()
	}
	other.Broadcast()
	mu.Unlock()
	return n`;
    expect(showCode(await codeOf(importing('sync', body, REST)))).toEqual([
      '0: mu.Lock()',
      '1: loop; perhaps x != 7; retry',
      '2: x = x.Load()',
      '3: branch x == 0 ? 4 : 7',
      '4: mu.Unlock()',
      '5: mu.Lock()',
      '6: jump 1',
      '7: mu.Unlock()',
      '8: return n',
    ]);
  });

  test('a loop that may go round without waiting is not said to wait', async () => {
    const body = `\tfor x == 0 {
		if n == 3 {
			continue
		}
		changed.Wait()
	}
	return n`;
    expect(showCode(await codeOf(importing('sync', body, REST)))[0]).toBe('0: loop');
  });

  test.each([
    ['without a lock', '\treturn n', 'var bare sync.Cond\n', 'is not made with its lock (bare)'],
    [
      'in a struct',
      '\treturn n',
      'type s struct{ c sync.Cond }\nvar y s\n',
      'is not made with its lock (y.c)',
    ],
    ['copied', '\tc := changed\n\tc.Wait()\n\treturn n', '', 'copying the condition variable changed'],
    ['assigned', '\tchanged = sync.NewCond(&mu)\n\treturn n', '', 'assign'],
  ])('are refused %s', async (_name, body, rest, message) => {
    expect((await problems(importing('sync', body, REST + rest))).join('\n')).toContain(message);
  });
});

describe('tokens', () => {
  const REST = `
//@ token l guards x
//@ token turn[t]
var word atomic.Uint64
var x uint64
`;

  test('are claimed and given with the step that follows', async () => {
    const body = `\t//@ claim l if old(word) < word
	//@ claim turn[n + word]
	word.Store(n)
	//@ give l
	word.Load()
	return n`;
    expect(showCode(await codeOf(importing('sync/atomic', body, REST)))).toEqual([
      '0: claim l if old(word) < word',
      '1: claim turn[n + word]',
      '2: word.Store(n)',
      '3: give l',
      '4: _ = word.Load()',
      '5: return n',
    ]);
  });

  test.each([
    ['an unknown token', '\t//@ claim m\n\tword.Load()\n\treturn n', '', 'there is no token m'],
    ['a lock', '\t//@ claim mu\n\tword.Load()\n\treturn n', 'var mu atomic.Bool', 'there is no token mu'],
    ['a family', '\t//@ claim turn\n\tword.Load()\n\treturn n', '', 'turn is a family of tokens'],
    ['an index of one', '\t//@ claim l[n]\n\tword.Load()\n\treturn n', '', 'l is a single token'],
    ['two of one name', '\treturn n', '//@ token l\n\nvar y uint64', 'l is declared already'],
    ['the name of a variable', '\treturn n', '//@ token word\n\nvar y uint64', 'word is declared already'],
    ['a guarded token', '\treturn n', '//@ token m guards l.held\n\nvar y uint64', 'cannot guard a lock'],
  ])('are refused: %s', async (_name, body, rest, message) => {
    expect((await problems(importing('sync/atomic', body, REST + rest))).join('\n')).toContain(message);
  });

  test('are not claimed in recovery', async () => {
    const text = importing('sync/atomic', '\treturn n', REST).replace(
      'func Recover() {}',
      'func Recover() {\n\t//@ claim l\n\tword.Load()\n}',
    );
    expect((await problems(text)).join('\n')).toContain('`claim` is for operations');
  });
});
