import { describe, expect, test } from 'vitest';
import { UINT64, invokedFrom } from '../../src/ir/index.js';
import { expectValue, lower, problems, pure } from './harness.js';

/** What is wrong with a package whose operation has the body and which has the rest beside it. */
async function wrong(body: string, rest: string): Promise<string> {
  return (await problems(pure(body, rest))).join('\n');
}

describe('contracts', () => {
  test('make procedures, called from each other and from operations', async () => {
    const rest =
      '//@ requires n < 9\n//@ ensures result == n\n//@ decreases n\nfunc f(n uint64) uint64 {\n\tif n == 0 {\n\t\treturn 0\n\t}\n\treturn g(n-1) + 1\n}\n\n' +
      '//@ decreases n\nfunc g(n uint64) uint64 { return f(n) }\n\n//@ ensures true\nfunc unused() {}\n';
    const system = expectValue(await lower(pure('\treturn f(3)', rest)));
    expect(system.procedures.map(({ name }) => name).sort()).toEqual(['f', 'g', 'unused']);
    const [operation] = system.implementations;
    if (operation === undefined) throw new Error('no operation');
    expect([...invokedFrom(system.procedures, operation.code)].sort()).toEqual(['f', 'g']);
    const f = system.procedures.find(({ name }) => name === 'f');
    expect(f?.requires.map(({ text }) => text)).toEqual(['requires n < 9']);
    expect(f?.changes).toEqual([]);
    const assigned = f?.code.instructions.flatMap((each) => (each.kind === 'assign' ? [each.local] : []));
    expect(f?.parameters.filter((local) => assigned?.includes(local))).toEqual([]);
  });

  test('pass what references lead into, and return what may be changed', async () => {
    const rest =
      '//@ ensures true\nfunc look(s []uint64) uint64 { return s[0] }\n\n' +
      '//@ ensures true\nfunc touch(s []uint64) { s[0] = look(s) }\n\n' +
      '//@ ensures true\nfunc pass(s []uint64) { touch(s) }\n';
    const body = '\ts := []uint64{n}\n\tpass(s)\n\treturn s[0]';
    const { procedures } = expectValue(await lower(pure(body, rest)));
    const counts = procedures.map(({ name, parameters, results, changes }) => [
      name,
      parameters.length,
      results.length,
      changes.length,
    ]);
    expect(counts.sort()).toEqual([
      ['look', 3, 1, 0],
      ['pass', 3, 2, 1],
      ['touch', 3, 2, 1],
    ]);
  });

  test('have measures with parts that are bare numbers', async () => {
    const rest =
      '//@ decreases n, 1\nfunc f(n uint64) { g(n) }\n//@ decreases n, 0\nfunc g(n uint64) {\n\tif n > 0 {\n\t\tf(n-1)\n\t}\n}\n';
    const { procedures } = expectValue(await lower(pure('\tf(n)\n\treturn n', rest)));
    expect(procedures.map(({ decreases }) => decreases?.map(({ type }) => type))).toEqual([
      [UINT64, UINT64],
      [UINT64, UINT64],
    ]);
  });

  test('follow pointers of what parameters point to', async () => {
    const rest =
      'type list struct {\n\tvalue uint64\n\tnext *list\n\tvalues []uint64\n}\n\n' +
      '//@ requires l.next != nil && l.next.next != nil\n//@ ensures l.next.next.value == old(l.next.value) && len(l.next.values) == 1\n' +
      'func f(l *list) {}\n\n//@ ensures result.next.value == 1\nfunc g() *list { return nil }\n';
    expect(await wrong('\tf(g())\n\treturn n', rest)).toBe('');
    const unknown = rest.replace('l.next.next.value', 'l.next.next.left');
    expect(await wrong('\tf(g())\n\treturn n', unknown)).toContain("has no field 'left'");
  });

  test.each([['an operation', 'requires', '\treturn n', '']])(
    'do not belong to %s',
    async (_where, word, body, rest) => {
      const text = pure(body, rest).replace('//@ op Run', `//@ op Run\n//@ ${word} true`);
      expect((await problems(text)).join('\n')).toContain(`\`${word}\` is for helper functions`);
    },
  );

  test('do not belong to an operation that calls itself either, which is said once', async () => {
    const text = pure('\treturn Run(n - 1)').replace('//@ op Run', '//@ op Run\n//@ decreases n');
    expect(await problems(text)).toEqual([expect.stringContaining('is for helper functions')]);
  });

  test('an operation that calls itself is told to have a helper', async () => {
    const result = await lower(pure('\treturn Run(n - 1)'));
    expect(result.ok ? [] : result.diagnostics).toMatchObject([
      {
        message: 'recursion (Run calls Run) is not supported',
        hint: expect.stringContaining('a helper function') as string,
      },
    ]);
  });

  test('do not belong to a statement', async () => {
    expect(await wrong('\t//@ ensures true\n\treturn n', '')).toContain('`ensures` does not belong here');
  });

  test.each([
    [
      'package variables',
      'f()',
      'var v uint64\n//@ ensures true\nfunc f() { v = 1 }\n',
      'a use of package variables',
    ],
    [
      'locks',
      'f()',
      'import "sync"\nvar mu sync.Mutex\n//@ ensures true\nfunc f() { mu.Lock(); mu.Unlock() }\n',
      'a use of package variables, locks',
    ],
    [
      'package variables that a call reaches',
      'f()',
      'var v uint64\nfunc g() { v = 1 }\n//@ ensures true\nfunc f() { g() }\n',
      'a use of package variables',
    ],
    [
      'package variables in their formulas',
      'f()',
      'var v uint64\n//@ ensures v == 1\nfunc f() {}\n',
      'a contract that speaks of package variables',
    ],
    [
      'package variables in assertions',
      'f()',
      'var v uint64\n//@ ensures true\nfunc f() {\n\t//@ assert v == 1\n\tg()\n}\nfunc g() {}\n',
      'an annotation that speaks of package variables',
    ],
    [
      'functions',
      'f(func() {})',
      '//@ ensures true\nfunc f(g func()) { g() }\n',
      'a parameter or result of type func()',
    ],
    [
      'functions in interfaces',
      'f(func() {})',
      '//@ ensures true\nfunc f(g any) {}\n',
      'a parameter or result of type any',
    ],
    [
      'memory of package variables',
      'f(v)',
      'var v []uint64\n//@ ensures true\nfunc f(s []uint64) {}\n',
      'memory that a package variable leads to',
    ],
    [
      'loops that wait',
      'f()',
      '//@ ensures true\nfunc f() {\n\tfor {\n\t\t//@ retry\n\t}\n}\n',
      'a loop that waits for others',
    ],
    ['hints', 'f()', '//@ ensures true\nfunc f() {\n\t//@ commit\n\tg()\n}\nfunc g() {}\n', '`commit`'],
    [
      'comparisons of references',
      'f(p{}, p{})',
      'type p struct{ q *uint64 }\n//@ ensures a == b\nfunc f(a, b p) {}\n',
      'a contract that compares values with references',
    ],
    [
      'old values of results',
      'f()',
      '//@ ensures old(result) == 1\nfunc f() uint64 { return 1 }\n',
      '`old` of a result',
    ],
    [
      'old values where nothing is over',
      'f(n)',
      '//@ requires old(n) == 1\nfunc f(n uint64) {}\n',
      "'old' has no meaning here",
    ],
    [
      'results before they are there',
      'f()',
      '//@ requires result == 1\nfunc f() uint64 { return 1 }\n',
      "unknown name 'result'",
    ],
    [
      'two measures',
      'f(n)',
      '//@ decreases n\n//@ decreases n\nfunc f(n uint64) {}\n',
      'a second `decreases`',
    ],
    [
      'measures that are no numbers',
      'f(true)',
      '//@ decreases b\nfunc f(b bool) {}\n',
      'a measure is a number',
    ],
    [
      'recursion without a measure',
      'f(n)',
      '//@ ensures true\nfunc f(n uint64) { f(n) }\n',
      'without a measure',
    ],
    [
      'measures of different lengths',
      'f(n)',
      '//@ decreases n\nfunc f(n uint64) { g(n) }\n//@ decreases n, n\nfunc g(n uint64) { f(n) }\n',
      'have different numbers of parts',
    ],
    [
      'changes of maps that are ranged over',
      'm := map[uint64]bool{}; for range m { f(m) }',
      '//@ ensures true\nfunc f(m map[uint64]bool) { delete(m, 1) }\n',
      'in the loop of a function that has a contract',
    ],
  ])('refuse %s', async (_what, statement, rest, message) => {
    const call = statement.startsWith('m :=') ? statement : `_ = n; ${statement}`;
    const [imports, others] = rest.startsWith('import')
      ? [rest.slice(0, rest.indexOf('\n')), rest.slice(rest.indexOf('\n'))]
      : ['', rest];
    const text = pure(`\t${call}\n\treturn n`, others);
    const withImports = imports === '' ? text : text.replace(/^(package \w+\n)/, `$1\n${imports}\n`);
    expect((await problems(withImports)).join('\n')).toContain(message);
  });

  test('refuse writes to what an operation is given', async () => {
    const text = `package p

//@ refines Sums over Memory

//@ ensures true
func set(s []uint64) {
	if len(s) > 0 {
		s[0] = 1
	}
}

//@ op Sum
func Sum(values []uint64) uint64 {
	set(values)
	return 0
}

//@ recovery
func Recover() {}
`;
    expect((await problems(text)).join('\n')).toContain(
      '8:3 writing to what may be a parameter of the operation',
    );
  });
});
