import { describe, expect, test } from 'vitest';
import { lower, problems, pure } from './harness.js';

const HEAD = `package p

import "sync"

//@ refines Counter over Memory
`;

const OPERATIONS = `
//@ op Add
func Add(n uint64) {
	mu.Lock()
	total += n
	mu.Unlock()
}

//@ op Get
func Get() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return total
}

//@ recovery
func Recover() {}
`;

const VARIABLES = `
//@ mu guards total, spec.total invariant total == spec.total
var mu sync.Mutex
var total uint64
`;

function counter(variables = VARIABLES, rest = ''): string {
  return `${HEAD}${variables}${OPERATIONS}${rest}`;
}

/** A function with that body, and one that changes what its argument points to. */
function setting(body: string): string {
  return `func test(n uint64) bool {\n\t${body}\n}\n\nfunc set(x *uint64) uint64 {\n\t*x = 7\n\treturn 7\n}`;
}

const STORE = `package p

import (
	"armada/machine/store"
	"sync"
)

//@ refines Cell(Size) over Store(Size)

const Size uint64 = 8 //@ parameter where Size > 0

//@ locks[a] guards cells[a], spec.cells[a] invariant cells[a] == spec.cells[a]
var locks [Size]sync.Mutex

//@ op Get
func Get(a uint64) store.Block {
	locks[a].Lock()
	v, _ := store.Get(a)
	locks[a].Unlock()
	return v
}

//@ op Put
func Put(a uint64, v store.Block) {
	locks[a].Lock()
	store.Put(a, v)
	locks[a].Unlock()
}

//@ recovery
func Recover() {}
`;

describe('refines', () => {
  test('the packages used below are right', async () => {
    expect(await problems(counter())).toEqual([]);
    expect(await problems(STORE)).toEqual([]);
  });
  test('a hint in a function that it is of no use in', async () => {
    const helping = STORE.replace('\tstore.Put(a, v)', '\t//@ help\n\tstore.Put(a, v)');
    const [first] = await problems(helping);
    expect(first).toMatch(/`help` has no effect here: Put is an operation$/);
    const committing = STORE.replace(
      'func Recover() {}',
      'func Recover() {\n\t//@ commit\n\tstore.Get(0)\n}',
    );
    expect((await problems(committing))[0]).toMatch(
      /`commit` has no effect here: Recover is the recovery function$/,
    );
  });
  test('nothing', async () => {
    expect(await problems('package p\n\nfunc f() {}\n')).toEqual(['1:1 the package p refines nothing']);
  });
  test('without a machine', async () => {
    expect(await problems(STORE.replace(' over Store(Size)', ''))).toEqual([
      "8:23 expected 'over', but found the end",
    ]);
  });
  test('an unknown layer', async () => {
    expect(await problems(STORE.replace('refines Cell', 'refines Cello'))).toEqual([
      '8:13 there is no layer Cello',
    ]);
    expect(await problems(STORE.replace('over Store', 'over Stores'))).toEqual([
      '8:29 there is no layer Stores',
    ]);
  });
  test('the wrong number of arguments', async () => {
    expect(await problems(STORE.replace('Cell(Size)', 'Cell'))).toEqual([
      '8:13 the layer Cell takes 1 argument, not 0',
    ]);
  });
  test('an argument of the wrong type', async () => {
    const [first] = await problems(STORE.replace('Cell(Size)', 'Cell(true)'));
    expect(first).toMatch(/^8:18 /);
  });
  test('above a generic declaration', async () => {
    const above = (declaration: string): string =>
      counter().replace(/(\/\/@ refines.*\n)/, `$1${declaration}\n`);
    expect(await problems(above('type box[T any] struct{ v T }\n'))).toEqual([]);
    const [first] = await problems(above('func get[T any](v T) T { return v }\n'));
    expect(first).toBe('5:5 `refines` does not belong to the function get');
  });
  test('twice', async () => {
    const text = counter().replace('//@ refines', '//@ refines Counter over Memory\n\n//@ refines');
    expect(await problems(text)).toEqual(['7:5 the package p has more than one `refines`']);
  });
});

describe('parameters', () => {
  test('untyped', async () => {
    const found = await problems(STORE.replace('Size uint64 = 8', 'Size = 8'));
    expect(found).toContain('10:20 the parameter Size has no integer type');
  });
  test('a value that does not satisfy its condition', async () => {
    expect(await problems(STORE.replace('Size > 0', 'Size > 8'))).toEqual([
      '10:43 the value of Size in this file, 8, does not satisfy `Size > 8`',
    ]);
  });
});

describe('operations', () => {
  test('missing', async () => {
    const [first] = await problems(counter().replace('//@ op Get', ''));
    expect(first).toMatch(/^5:5 no function implements the operation Get of Counter \(test\.layer:\d+\)/);
  });
  test('unknown', async () => {
    const found = await problems(counter().replace('//@ op Get', '//@ op Gett'));
    expect(found).toContain('18:8 Counter has no operation Gett');
  });
  test('twice', async () => {
    const found = await problems(counter(VARIABLES, '\n//@ op Get\nfunc Again() uint64 { return 0 }\n'));
    expect(found).toEqual(['28:8 the operation Get is implemented twice: by Get (p.go:19) and by Again']);
  });
  test('with another signature', async () => {
    const [first] = await problems(counter().replace('Add(n uint64)', 'Add(n uint64, m bool)'));
    expect(first).toMatch(/^12:6 Add does not fit the operation Add \(test\.layer:\d+\)/);
    expect(first).toContain('it is func(uint64, bool), the operation is func(uint64)');
  });
  test('no recovery, two recoveries, two roles', async () => {
    expect(await problems(STORE.replace('//@ recovery', ''))).toEqual([
      '8:5 the package p has no recovery function',
    ]);
    expect(await problems(counter().replace('//@ recovery', ''))).toEqual([]);
    expect(await problems(counter(VARIABLES, '\n//@ recovery\nfunc Again() {}\n'))).toEqual([
      '28:5 there are two recovery functions: Recover (p.go:26) and Again',
    ]);
    expect(await problems(counter().replace('//@ recovery', '//@ recovery\n//@ boot'))).toEqual([
      '26:5 Recover has two roles',
    ]);
  });
  test('recovery with a parameter', async () => {
    expect(await problems(counter().replace('Recover()', 'Recover(n uint64)'))).toEqual([
      '26:6 the recovery function Recover must have no parameters and no results',
    ]);
  });
  test('an exported function that is none', async () => {
    expect(await problems(counter(VARIABLES, '\nfunc Reset() {\n\ttotal = 0\n}\n'))).toEqual([
      '28:6 the exported function Reset uses the machine or package variables but is no operation of Counter',
    ]);
  });
});

describe('guards', () => {
  test('of an unknown variable', async () => {
    const [first] = await problems(counter(VARIABLES.replace('guards total', 'guards totall')));
    expect(first).toMatch(/^7:15 .*totall/);
  });
  test('by an unknown lock or by what is none', async () => {
    expect(await problems(counter(VARIABLES.replace('mu guards', 'mv guards')))).toEqual([
      '7:5 there is no lock mv',
    ]);
    expect(await problems(counter(VARIABLES.replace('mu guards', 'total guards')))).toEqual([
      '7:5 total is not a lock',
    ]);
  });
  test('above another variable', async () => {
    const text = '\n//@ mu guards total\nvar total uint64\n\nvar mu sync.Mutex\n';
    expect(await problems(counter(text))).toEqual(['7:5 this stands above total but speaks of the lock mu']);
  });
  test('of what can change by itself', async () => {
    expect(await problems(STORE.replace('guards cells[a]', 'guards healthy'))).toEqual([
      '12:21 healthy can change without a step of this program, so no lock can guard it',
    ]);
  });
  test('with keys that mention state', async () => {
    expect(await problems(STORE.replace('guards cells[a]', 'guards cells[cache]'))).toEqual([
      '12:21 what a lock guards must not depend on state',
    ]);
  });
  test('with a condition on keys', async () => {
    const where = (location: string): Promise<readonly string[]> =>
      problems(STORE.replace('cells[a], spec.cells[a]', `cells[a], ${location}`));
    expect(await where('spec.cells[k] where k == a')).toEqual([]);
    expect(await where('spec.cells[k] where Size - 1 - k == a && k < Size')).toEqual([]);
    expect(await where('spec.cells[a] where a < 3')).toEqual([
      '12:51 `where` says which keys a lock guards, but no key of this location is open',
    ]);
    expect(await where('spec.cells where a < 3')).toEqual([
      '12:48 `where` says which keys a lock guards, but no key of this location is open',
    ]);
    expect(await where('spec.cells[k] where cache == a')).toEqual([
      '12:51 what a lock guards must not depend on state',
    ]);
    expect(await where('spec.cells[k] where spec.cells[k] == zero')).toEqual([
      '12:51 what a lock guards must not depend on state',
    ]);
    expect(await where('spec.cells[k + 1] where k == a')).toHaveLength(1);
    expect(await where('spec.cells[k] where k + a')).toEqual(['12:51 expected bool, but this is uint64']);
    expect(await where('spec.cells[k] where other == a')).toEqual(["12:51 unknown name 'other'"]);
    expect(await where('spec.cells[k] where')).toHaveLength(1);
  });
  test('of an expression', async () => {
    expect(await problems(STORE.replace('guards cells[a]', 'guards a + 1'))).toEqual([
      '12:21 a lock guards state variables, or parts of them under keys',
    ]);
  });
  test('without an index, or with one too many', async () => {
    expect(await problems(STORE.replace('locks[a] guards', 'locks guards'))).toEqual([
      '12:5 locks is an array of locks',
    ]);
    expect(await problems(counter(VARIABLES.replace('mu guards', 'mu[i] guards')))).toEqual([
      '7:5 mu is a single lock',
    ]);
  });
  test('twice', async () => {
    const text = `//@ mu guards spec.total\n${VARIABLES}`;
    expect(await problems(counter(text))).toEqual(['8:5 a second `guards` for the lock mu']);
  });
});

describe('crash invariants', () => {
  test('that mention what ends with the crash', async () => {
    expect(await problems(`${STORE}\n//@ crash invariant cache == 0\n`)).toEqual([
      '33:21 a crash invariant cannot mention cache: it is volatile and ends with the crash',
    ]);
    expect(await problems(counter(VARIABLES, '\n//@ crash invariant total == 0\n'))).toEqual([
      '28:21 a crash invariant cannot mention the package variable total: memory ends with the crash',
    ]);
    expect(await problems(counter(VARIABLES, '\n//@ crash invariant !mu.locked\n'))).toEqual([
      '28:22 a crash invariant cannot mention the lock mu.locked: locks end with the crash',
    ]);
  });
});

describe('placement', () => {
  test('directives where they do not belong', async () => {
    const found = await problems(counter(VARIABLES.replace('var total', '//@ op Add\nvar total')));
    expect(found).toEqual(['9:5 `op` does not belong to the variable total']);
    expect(
      await problems(counter().replace('\ttotal += n', '\t//@ invariant total == 0\n\ttotal += n')),
    ).toEqual(['14:6 `invariant` does not belong here in Add']);
    expect(await problems(counter().replace('\ttotal += n', '\ttotal += n //@ assert n == 0'))).toEqual([
      '14:17 `assert` does not belong here in Add',
    ]);
  });
  test('in code that nothing runs', async () => {
    const found = await problems(counter(VARIABLES, '\nfunc unused() {\n\t//@ assert true\n\treturn\n}\n'));
    expect(found).toEqual(['29:6 `assert` does not belong here in unused']);
  });
  test('in function literals', async () => {
    const literal = '\tf := func() {\n\t\t//@ recovery\n\t\ttotal += n\n\t}\n\tf()';
    expect(await problems(counter().replace('\ttotal += n', literal))).toEqual([
      '15:7 `recovery` does not belong here in Add',
    ]);
  });
  test('at fields, and at types and constants of functions', async () => {
    const record = '\n// record holds x.\ntype record struct {\n\t//@ mu guards x\n\tx uint64\n}\n';
    expect(await problems(counter(VARIABLES, record))).toEqual(['30:6 `guards` does not belong here']);
    const local = (code: string): Promise<readonly string[]> =>
      problems(counter().replace('\ttotal += n', `\t${code}\n\ttotal += n`));
    expect(await local('//@ op Add\n\ttype pair struct{ x uint64 }')).toEqual([
      '14:6 `op` does not belong here in Add',
    ]);
    expect(await local('//@ parameter\n\tconst one = 1')).toEqual([
      '14:6 `parameter` does not belong here in Add',
    ]);
    expect(await local('var x struct {\n\t\ty uint64 //@ assert true\n\t}\n\t_ = x')).toEqual([
      '15:16 `assert` does not belong here',
    ]);
  });
  test('the name of a field without its variable', async () => {
    const text = pure('\treturn n', '//@ invariant count == 1\nvar a, b struct{ count uint64 }\n');
    const result = await lower(text.replace('return n', 'a.count, b.count = 1, 2\n\treturn n'));
    expect(result.ok ? [] : result.diagnostics).toMatchObject([
      { message: "unknown name 'count'", hint: "Did you mean 'a.count' or 'b.count'?" },
    ]);
  });
  test('assertions with unknown names and wrong types', async () => {
    const [unknown] = await problems(counter().replace('\ttotal += n', '\t//@ assert m == 0\n\ttotal += n'));
    expect(unknown).toMatch(/^14:13 .*m/);
    const [type] = await problems(counter().replace('\ttotal += n', '\t//@ assert n\n\ttotal += n'));
    expect(type).toMatch(/^14:13 /);
  });
});

describe('code', () => {
  test('recursion', async () => {
    const rest = 'func f(n uint64) uint64 { return g(n) }\nfunc g(n uint64) uint64 { return f(n) }\n';
    expect(await problems(pure('\treturn f(n)', rest))).toEqual([
      '13:34 recursion (f calls g calls f) without a measure is not supported',
    ]);
  });
  test('an order that Go leaves open', async () => {
    const rest = 'var v uint64\n\nfunc f() uint64 {\n\tv++\n\treturn v\n}\n';
    expect(await problems(pure('\treturn v + f()', rest))).toEqual([
      '7:9 reading v in the same statement as a call that changes it is not supported',
    ]);
  });
  test.each([
    ['n + apply(func() uint64 { n++; return 1 })', 'func apply(f func() uint64) uint64 { return f() }'],
    [
      'v + call()',
      'var v uint64\nfunc bump() uint64 { v++; return v }\nfunc call() uint64 { f := bump; return f() }',
    ],
    [
      'c.n + each(&c)',
      'type adder interface{ add() uint64 }\ntype count struct{ n uint64 }\nfunc (c *count) add() uint64 { c.n++; return c.n }\nfunc each(a adder) uint64 { return a.add() }',
    ],
  ])('an order that Go leaves open, where what is called is not said: %s', async (sum, rest) => {
    const body = `\t${sum.startsWith('c') ? 'c := count{n}\n\t' : ''}return ${sum}`;
    const found = await problems(pure(body, rest));
    expect(found.join('\n')).toContain('in the same statement as a call that changes it is not supported');
  });
  test('but not an order that Go says', async () => {
    const inOrder = [
      'return set(&n) == 7 && n == 7',
      'return n < 9 || set(&n) == 7 && n == 7',
      'return (set(&n) == 7 || n == 7) && n == 7',
    ];
    for (const statement of inOrder) {
      expect(
        await problems(pure(`\tif test(n) {\n\t\treturn 1\n\t}\n\treturn 0`, setting(statement))),
      ).toEqual([]);
    }
  });
  test.each([
    'return set(&n) == n && n == 7',
    'return (set(&n) == 7 && n == 7) == (set(&n) == 7)',
    'return n == 7 == (set(&n) == 7 && n == 7)',
  ])('an order among the operands of one side of `&&`: %s', async (statement) => {
    const found = await problems(pure('\tif test(n) {\n\t\treturn 1\n\t}\n\treturn 0', setting(statement)));
    expect(found.join('\n')).toContain('reading n in the same statement as a call that changes it');
  });
  test('functions where operations and specifications meet', async () => {
    const variable = 'var callback func() uint64\nvar inside struct{ next *struct{ call []func() } }\n';
    const found = await problems(counter(`${VARIABLES}${variable}`));
    expect(found.join('\n')).toContain('a function in a package variable (callback) is not supported');
    expect(found.join('\n')).toContain('a function in a package variable (inside.next) is not supported');
    const given = await problems(counter().replace('Add(n uint64)', 'Add(f func())').replace('+= n', '+= 1'));
    expect(given.join('\n')).toContain('an operation with a parameter or result of type func()');
    const failing = await problems(
      counter()
        .replace('Get() uint64 {', 'Get() (uint64, any) {')
        .replace('return total', 'return total, nil'),
    );
    expect(failing.join('\n')).toContain('an operation with a parameter or result of type any');
  });
  test('a value with an interface in it in such an interface, and methods that call themselves through one', async () => {
    const types = 'type wrapped struct{ err error }\nfunc (w wrapped) Error() string { return "" }\n';
    const nested = await problems(pure('\tvar err error = wrapped{}\n\t_ = err\n\treturn n', types));
    expect(nested.join('\n')).toContain(
      'an interface of type error that may hold a value with such an interface in it',
    );
    const chain =
      'type wrapped struct{ error }\nfunc text(err error) uint64 { return uint64(len(err.Error())) }\n';
    const endless = await problems(pure('\treturn text(&wrapped{&wrapped{}})', chain));
    expect(endless.join('\n')).toContain(
      'recursion (the method Error of *wrapped calls the method Error of *wrapped)',
    );
  });
  test.each([
    ['a function literal', 'func Out() func() { return func() { v = 1 } }'],
    ['a function', 'func set() { v = 1 }\nfunc Out() func() { return set }'],
    ['a method', 'type t struct{}\nfunc (t) set() { v = 1 }\nfunc Out() func() { return t{}.set }'],
    [
      'a method without its receiver',
      'type t struct{}\nfunc (t) set() { v = 1 }\nfunc Out() func(t) { return t.set }',
    ],
    ['what is generic', 'func Out[T any](x T) { v = 1 }'],
  ])('state that callers can reach by way of %s', async (_name, rest) => {
    const found = await problems(pure('\treturn n', `var v uint64\n\n${rest}\n`));
    expect(found.join('\n')).toContain(
      'the exported function Out uses the machine or package variables but is no operation',
    );
  });
  test.each([
    ['a method', 'func (d *db) Out() { d.n = 0 }'],
    ['a method on a copy', 'func (d db) Out() uint64 { return d.n }'],
    ['a function', 'func Out(d *db) { d.n = 0 }'],
    ['a function that is called', 'func reset(d *db) { d.n = 0 }\nfunc Out(d *db) { reset(d) }'],
  ])('what operations are methods of, used by %s', async (_name, rest) => {
    const source = pure('\treturn n', `type db struct{ n uint64 }\n\nvar d db\n\n${rest}\n`);
    const found = await problems(source.replace('func Run(', 'func (d *db) Run('));
    expect(found.join('\n')).toMatch(/the exported function \S*Out uses the machine or package variables/);
  });
  test('a whole array of package variables', async () => {
    expect(await problems(pure('\tt := table\n\treturn t[0]', 'var table [4]uint64\n'))).toEqual([
      '7:7 copying the whole array table is not supported',
    ]);
  });
  test('an operation of another machine', async () => {
    const text = counter()
      .replace('import "sync"', 'import "sync"\nimport "armada/machine/store"')
      .replace('\ttotal += n', '\ttotal += n\n\tstore.Put(0, store.FromUint64(n))');
    expect(await problems(text)).toEqual([
      '16:2 store.Put is no operation of the machine layer that this package runs over',
    ]);
  });
  test('exported variables', async () => {
    expect(await problems(counter(VARIABLES, '\nvar Limit uint64\n'))).toEqual([
      '28:5 an exported variable (Limit) is not supported',
    ]);
  });
  test('constants whose value depends on a parameter where it is not followed', async () => {
    const rest = 'const N uint64 = 4 //@ parameter\n\nvar t = [9]uint64{N: 1}\n\nconst M = 1 << N\n';
    expect(await problems(pure('\treturn n + M + t[n]', rest))).toEqual([
      '14:22 a named constant as a key, in a package with parameters, is not supported',
      '16:11 an untyped constant that depends on a parameter is not supported',
    ]);
  });
  test('a struct of the name of another type of a layer', async () => {
    const text = pure('\tp := Pair{}\n\treturn p.x', 'type Pair struct{ x uint64 }\n');
    expect(await problems(text)).toEqual(['13:6 a layer has another type Pair']);
  });
  test('names that clash with state of a layer', async () => {
    const found = await problems(`${STORE}\nvar cells uint64\n`);
    expect(found).toContain('33:5 cells is already the name of state of a layer');
  });
});
