import { describe, expect, test } from 'vitest';
import { problems } from './harness.js';

/** A counter with a bound, whose operation returns an error; `kept` is what the lock guards as well. */
function bounded(error: string, types: string, kept = '', body = 'total += n'): string {
  return `package p

import "sync"

//@ refines Bounded over Memory

//@ mu guards total, spec.total${kept === '' ? '' : ', kept'} invariant total == spec.total
var mu sync.Mutex
var total uint64
${kept}

${types}

func check(n uint64) error {
	if n > 9 {
		return ${error}
	}
	return nil
}

//@ op Add
func Add(n uint64) error {
	mu.Lock()
	defer mu.Unlock()
	if err := check(n); err != nil {
		return err
	}
	${body}
	return nil
}

//@ op Get
func Get() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return total
}
`;
}

const VALUE = 'type tooMuch struct{ n uint64 }\n\nfunc (t tooMuch) Error() string { return "" }';
const POINTER = VALUE.replace('(t tooMuch)', '(t *tooMuch)');
const SLICE = 'type tooMuch []uint64\n\nfunc (t tooMuch) Error() string { t[0] = 9; return "" }';
const CODE = 'type tooMuch func()\n\nfunc (t tooMuch) Error() string { t(); return "" }';

const shared = 'returning memory that a package variable leads to is not supported';

describe('errors that operations return', () => {
  test.each([
    ['a value', bounded('tooMuch{n}', VALUE)],
    ['memory of its own', bounded('&tooMuch{n}', POINTER)],
    [
      'a chain of memory of its own, without end',
      bounded(
        '&chain{n, &chain{n, nil}}',
        'type chain struct {\n\tn    uint64\n\tnext *chain\n}\n\nfunc (c *chain) Error() string { return "" }',
      ),
    ],
  ])('may hold %s', async (_what, code) => {
    expect(await problems(code)).toEqual([]);
  });

  test.each([
    ['memory that a package variable leads to', bounded('kept', POINTER, 'var kept = &tooMuch{1}'), shared],
    ['a guarded slice', bounded('kept', SLICE, 'var kept = tooMuch{1}'), shared],
    [
      'what leads to a guarded slice',
      bounded(
        '&around{kept}',
        `type around struct{ inner []uint64 }\n\nfunc (a *around) Error() string { return "" }`,
        'var kept = []uint64{1}',
      ),
      shared,
    ],
    [
      'what is a key of a map',
      bounded(
        '&around{map[*uint64]bool{kept: true}}',
        `type around struct{ inner map[*uint64]bool }\n\nfunc (a *around) Error() string { return "" }`,
        'var kept = new(uint64)',
      ),
      shared,
    ],
    [
      'a chain that a package variable is part of',
      bounded(
        '&chain{n, kept}',
        'type chain struct {\n\tn    uint64\n\tnext *chain\n}\n\nfunc (c *chain) Error() string { return "" }',
        'var kept = &chain{1, nil}',
      ),
      shared,
    ],
    [
      'code',
      bounded('tooMuch(func() { total = 0 })', CODE),
      'with errors of type tooMuch, which lead to functions or channels',
    ],
    [
      'memory that a goroutine changes',
      bounded('&tooMuch{n}', POINTER, '', 'e := &tooMuch{n}\n\tgo func() { e.n = 7 }()\n\treturn e'),
      'memory of the caller (a parameter or a result of the operation) in a goroutine',
    ],
  ])('may not hold %s', async (_what, code, message) => {
    expect((await problems(code)).join('\n')).toContain(message);
  });

  const WRAPPED =
    'type wrapped struct{ err error }\n\nfunc (w *wrapped) Error() string { return "add: " + w.err.Error() }\n\n';
  test('may ask what they wrap for its text', async () => {
    expect(await problems(bounded('&wrapped{tooMuch{n}}', WRAPPED + VALUE))).toEqual([]);
  });
  test.each([
    ['(*wrapped).Error', WRAPPED.replace('return', 'if total > 9 {\n\t\treturn ""\n\t}\n\treturn') + VALUE],
    [
      '(*wrapped).Error',
      WRAPPED + VALUE.replace('return ""', 'if total > 9 {\n\t\treturn ""\n\t}\n\treturn ""'),
    ],
    [
      'Describe',
      `${VALUE}\ntype peek struct{}\n\nfunc (peek) describe() uint64 { return total }\n
func Describe(d interface{ describe() uint64 }) uint64 { return d.describe() }\n`,
    ],
    [
      'Describe',
      `${VALUE}\ntype peek[T any] struct{}\n\nfunc (peek[T]) describe() uint64 { return total }\n
func Describe(d interface{ describe() uint64 }) uint64 { return d.describe() }\n`,
    ],
    ['Hold', `${VALUE}\nfunc Hold(l interface{ Lock() }) { l.Lock() }\n`],
  ])('or other values in interfaces, may not use state: %s', async (name, types) => {
    const found = await problems(bounded('tooMuch{n}', types));
    expect(found.join('\n')).toContain(
      `the exported function ${name} uses the machine or package variables but is no operation of Bounded`,
    );
  });
});
