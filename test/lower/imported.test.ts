import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { showCode } from '../../src/ir/show-code.js';
import { loadSystem } from '../../src/lower/index.js';
import { expectValue } from './harness.js';

type Files = Readonly<Record<string, string>>;

const PACKAGE = `package p

import "m/lib"

//@ refines S over Memory

//@ op Get
func Get() uint64 { return lib.Get() }

//@ recovery
func Recover() {}
`;
const LIBRARY = `package lib

import "sync"

//@ mu guards n invariant n < 10
var mu sync.Mutex
var n uint64

func Get() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return n
}

func Set(v uint64) {
	mu.Lock()
	n = v % 10
	mu.Unlock()
}
`;

/** The folder of a module with a package that refines something, a package `lib` and others. */
function moduleOf(files: Files): string {
  const directory = mkdtempSync(join(tmpdir(), 'module-'));
  const all: Files = {
    'go.mod': 'module m\n\ngo 1.25\n',
    's.layer':
      'layer S {\n  durable nothing bool\n  op Get() (n uint64) { choose k uint64 where true; return k }\n}\n',
    'p.go': PACKAGE,
    'lib/lib.go': LIBRARY,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

async function messagesOf(files: Files): Promise<string> {
  const system = await loadSystem(moduleOf(files));
  return system.ok ? '' : system.diagnostics.map(({ message }) => message).join('\n');
}

/** The package with something added at its end. */
const own = (text: string): Files => ({ 'p.go': `${PACKAGE}\n${text}\n` });
const inLibrary = (text: string): Files => ({ 'lib/more.go': `package lib\n\n${text}\n` });

describe('state of imported packages', () => {
  test('has the names of its packages', async () => {
    const system = expectValue(await loadSystem(moduleOf({})));
    expect(system.state.map(({ name }) => name)).toEqual(['lib.mu.locked', 'lib.n', 'spec.nothing']);
    expect(system.locks).toMatchObject([{ name: 'lib.mu', guards: [{ variable: 'lib.n' }] }]);
    expect(system.implementations.map(({ code }) => showCode(code))).toEqual([
      expect.arrayContaining(['0: lib.mu.Lock()', '1: lib.n = lib.n.Load()']),
    ]);
  });

  test('that nothing uses is none', async () => {
    const unused = inLibrary('var unused []func()\n\nfunc Use() { unused = append(unused, Use) }');
    expect(await messagesOf(unused)).toBe('');
  });

  test.each<readonly [string, Files, string]>([
    ['the name of the import', own('//@ invariant lib.n < 10'), ''],
    [
      'another name',
      {
        'p.go':
          PACKAGE.replace('"m/lib"', 'l "m/lib"').replace('lib.Get', 'l.Get') + '\n//@ invariant l.n < 10\n',
      },
      '',
    ],
    ['a name that the file does not give', own('//@ invariant other.n < 10'), "unknown name 'other.n'"],
    ['no name', own('//@ invariant n < 10'), "unknown name 'n'"],
    [
      'the names of those that import it',
      { ...own('var own uint64'), ...inLibrary('//@ invariant own == 0') },
      "unknown name 'own'",
    ],
    ['the state of the specification', inLibrary('//@ invariant !spec.nothing'), ''],
    ['a lock of the other package', own('//@ invariant !lib.mu.locked ==> invariant(lib.mu)'), ''],
    [
      'what is volatile',
      inLibrary('//@ crash invariant n < 10'),
      'a crash invariant cannot mention the package variable lib.n',
    ],
  ])('is spoken of by %s', async (_what, files, message) => {
    const messages = await messagesOf(files);
    if (message === '') expect(messages).toBe('');
    else expect(messages).toContain(message);
  });

  test.each([
    ['//@ boot\nfunc start() {}', '`boot` does not belong to the function start'],
    ['//@ op Get\nfunc Other() uint64 { return 1 }', '`op` does not belong to the function Other'],
    ['//@ assert true', '`assert` does not belong alone in a file'],
    ['func idle() {\n\t//@ invariant true\n\tn := 1\n\t_ = n\n}', '`invariant` does not belong here in idle'],
    ['func idle() {\n\t//@ boot\n\t_ = 1\n}', '`boot` does not belong here in idle'],
    ['type pair struct {\n\t//@ mu guards n\n\ta, b uint64\n}', '`guards` does not belong here'],
    ['func idle() {\n\t//@ invariamt true\n\tfor {\n\t}\n}', "unknown annotation 'invariamt'"],
  ])('has annotations where they belong: %s', async (text, message) => {
    expect(await messagesOf(inLibrary(text))).toContain(message);
  });

  test('has annotations in functions that nothing calls', async () => {
    const idle = `func Idle() {
	//@ decreases 3 - i
	for i := uint64(0); i < 3; i++ {
		//@ invariant i <= 3
		//@ assert n < 10
	}
	//@ assert n < 10
	mu.Lock()
	mu.Unlock()
}`;
    expect(await messagesOf(inLibrary(idle.replace('\t\t//@ assert n < 10\n', '')))).toBe('');
  });
});

describe('what others may change', () => {
  const exported = { ...own('func use() uint64 { return lib.Open }'), ...inLibrary('var Open uint64') };

  test('is refused', async () => {
    expect(await messagesOf(exported)).toContain('an exported variable (lib.Open) is not supported');
    expect(await messagesOf(inLibrary('var Open uint64'))).toBe('');
  });

  test('is nothing in a program', async () => {
    const text = `${exported['p.go'] ?? ''}\nfunc main() {}\n`.replace('package p', 'package main');
    expect(await messagesOf({ ...exported, 'p.go': text })).toBe('');
  });

  const other = (body: string, imported = 'import "m/lib"'): Files => ({
    'other/deep/other.go': `package deep\n\n${imported}\n\n${body}\n`,
    ...inLibrary(
      'const Size = 3\n\ntype Plain uint64\n\nfunc Double(n uint64) uint64 { return 2 * n }\n\nvar Hook = Get',
    ),
  });

  test.each([
    ['func F() { lib.Set(3) }', 'import "m/lib"', 'it uses Set'],
    ['func F() { _ = l . /* here */ Get }', 'import l "m/lib"', 'it uses Get'],
    ['func F() { Set(3) }', 'import . "m/lib"', 'it uses the package'],
    ['func F() { lib.Set(3) }', 'import "m\\x2flib"', 'it uses Set'],
    ['func F() { lib.Hook() }', 'import "m/lib"', 'it uses Hook'],
    ['func F( {', 'import "m/lib"', 'it uses the package'],
  ])('refuses %s elsewhere in the module', async (body, imported, message) => {
    const found = await messagesOf(other(body, imported));
    expect(found).toContain(
      'the package m/other/deep, which is not verified here, may change variables of m/lib',
    );
    expect(found).toContain(message);
  });

  test('allows what leads to no variable, tests, other modules, and callers of the verified package', async () => {
    expect(await messagesOf(other('func F() lib.Plain { return lib.Plain(lib.Double(lib.Size)) }'))).toBe('');
    expect(
      await messagesOf({
        'lib/lib_test.go': 'package lib_test\n\nimport "m/lib"\n\nfunc F() { lib.Set(3) }\n',
      }),
    ).toBe('');
    expect(await messagesOf({ ...other('func F() { lib.Set(3) }'), 'other/go.mod': 'module o\n' })).toBe('');
    expect(
      await messagesOf({ 'cmd/main.go': 'package main\n\nimport "m"\n\nfunc main() { p.Get() }\n' }),
    ).toBe('');
  });

  const method = inLibrary(
    'type Handle uint64\n\nfunc (h Handle) Set() { Set(uint64(h)) }\n\ntype Plain uint64',
  );

  test.each([
    'type Alias = lib.Handle',
    'type Wrapped struct{ lib.Handle }',
    'type Holder struct{ H []lib.Handle }',
    'const First lib.Handle = 1',
    'func Make() lib.Handle { return 1 }',
    'func Any() any { return lib.Handle(1) }',
    'type Pair struct{ lib.Handle }\n\nfunc Deep() any { return []Pair{} }',
    'type box[T any] struct{ V T }\n\nfunc Boxed() box[lib.Handle] { return box[lib.Handle]{} }',
  ])('refuses to give callers its methods: %s', async (text) => {
    const found = await messagesOf({ ...own(text), ...method });
    expect(found).toContain(
      'and so perhaps the method lib.Handle.Set, which uses variables of an imported package',
    );
  });

  test('allows types that do not lead there', async () => {
    const text =
      'type Wrapped struct{ lib.Plain; inner lib.Handle }\n\nfunc hidden() lib.Handle { return 1 }\n\nfunc Any() any { return lib.Plain(1) }';
    expect(await messagesOf({ ...own(text), ...method })).toBe('');
    const use = other('func F() lib.Plain { return 1 }');
    expect(await messagesOf({ ...use, ...method })).toContain('it uses Plain');
  });
});

describe('packages that refine something themselves', () => {
  const separate = (text: string): Files => ({
    'lib/lib.go': `package lib\n\n//@ refines S over Memory\n\n${text}\n`,
  });

  test('lend constants and functions, but no state', async () => {
    expect(await messagesOf(separate('const four = 4\n\nfunc Get() uint64 { return four }'))).toBe('');
    const variable = separate('var n uint64\n\nfunc Get() uint64 { n++; return n }');
    expect(await messagesOf(variable)).toContain('the variable n here is not supported');
    const started = separate('var n = Get()\n\nfunc Get() uint64 { return 4 }\n\nfunc init() {}');
    expect(await messagesOf(started)).toContain(
      'in imported packages that refine a specification of their own',
    );
  });

  test('may not share the state of others', async () => {
    const second = 'package q\n\nimport "m/lib"\n\n//@ refines S over Memory\n\nfunc F() { lib.Set(1) }\n';
    expect(await messagesOf({ 'q/q.go': second })).toContain('the package m/q, which is not verified here');
  });
});

describe('what runs at the start', () => {
  const plugin = (name: string, text: string): Files => ({
    [`${name}/${name}.go`]: `package ${name}\n\nimport "m/lib"\n\nconst One = 1\n\n${text}\n`,
  });
  const using = PACKAGE.replace('"m/lib"', '(\n\t"m/a"\n\t"m/b"\n\t"m/lib"\n)').replace(
    'lib.Get()',
    'lib.Get() + a.One + b.One',
  );

  test.each([
    ['func init() { lib.Set(1) }', 'func init() { lib.Set(2) }'],
    ['var x = set(1)\n\nfunc set(n uint64) uint64 { lib.Set(n); return n }', 'func init() { lib.Set(2) }'],
    ['func init() { lib.Set(1) }', 'var x = lib.Get()'],
    ['func init() { lib.Hook(1) }', 'var x = lib.Get()'],
  ])('is in no order: %s and %s', async (first, second) => {
    const files = { ...plugin('a', first), ...plugin('b', second), ...inLibrary('var Hook = Set') };
    const open = { ...files, 'p.go': using };
    expect(
      await messagesOf({
        ...open,
        'lib/more.go': 'package lib\n\nvar hook = Set\n\nfunc Hook(n uint64) { hook(n) }\n',
      }),
    ).toContain('m/a and m/b use lib.');
  });

  test('is in order where one package needs the other, or they share nothing', async () => {
    const first = plugin('a', 'func init() { lib.Set(1) }');
    const needs =
      'package b\n\nimport "m/a"\n\nconst One = a.One\n\nvar x = one()\n\nfunc one() uint64 { x2 = 3; return x2 }\n\nvar x2 uint64\n';
    expect(await messagesOf({ ...first, 'b/b.go': needs, 'p.go': using })).toBe('');
    const apart = needs.replace('import "m/a"\n\n', '').replace('a.One', '1');
    expect(await messagesOf({ ...first, 'b/b.go': apart, 'p.go': using })).toBe('');
  });
});

describe('rules about all of a program look at all packages', () => {
  test('what sync/atomic operates on somewhere is atomic everywhere', async () => {
    const counter =
      'import "sync/atomic"\n\ntype Counter struct{ N uint64 }\n\nfunc (c *Counter) Add() { atomic.AddUint64(&c.N, 1) }';
    const used = 'var c lib.Counter\n\nfunc add() {\n\tc.Add()\n\tc.N = 1\n}';
    const calling = own(used)['p.go']?.replace('return lib.Get()', 'add(); return lib.Get()') ?? '';
    expect(await messagesOf({ 'p.go': calling, ...inLibrary(counter) })).toContain('atomic');
    const start =
      'import "sync/atomic"\n\nvar word uint64\n\nfunc init() { atomic.StoreUint64(&word, 1) }\n\nfunc Word() uint64 { return atomic.LoadUint64(&word) }';
    const both = own('var c lib.Counter\n\nfunc add() { c.Add() }')['p.go'] ?? '';
    const text = both.replace('return lib.Get()', 'add(); return lib.Word()');
    const files = { 'p.go': text, ...inLibrary(counter), 'lib/start.go': `package lib\n\n${start}\n` };
    const { state } = expectValue(await loadSystem(moduleOf(files)));
    const atomic = state.filter(({ origin }) => origin === 'atomic').map(({ name }) => name);
    expect(atomic.sort()).toEqual(['c.N', 'lib.word']);
  });

  test('memory that variables of two packages may refer to', async () => {
    const kept = inLibrary('var kept []uint64\n\nfunc Keep(s []uint64) { kept = s }');
    const text = PACKAGE.replace('return lib.Get()', 'lib.Keep(mine); return lib.Get()');
    expect(await messagesOf({ 'p.go': `${text}\nvar mine []uint64\n`, ...kept })).toContain(
      'memory that both lib.kept and mine may refer to',
    );
  });

  test('the order of evaluation', async () => {
    const library = inLibrary(
      'var items []uint64\n\nfunc relock() uint64 {\n\tmu.Unlock()\n\tmu.Lock()\n\treturn 0\n}\n\nfunc First() uint64 {\n\tmu.Lock()\n\tdefer mu.Unlock()\n\tp := items\n\treturn p[0] + relock()\n}',
    );
    expect(await messagesOf({ 'p.go': PACKAGE.replace('lib.Get()', 'lib.First()'), ...library })).toContain(
      'reading memory in the same statement as a call that changes it',
    );
  });

  test('keys of literals that a parameter is in', async () => {
    const library = inLibrary(
      'const Size uint64 = 5 //@ parameter where Size > 2\n\nvar table = [8]uint64{Size: 1}\n\nfunc At(i uint64) uint64 { return table[i%8] }',
    );
    expect(await messagesOf({ 'p.go': PACKAGE.replace('lib.Get()', 'lib.At(1)'), ...library })).toContain(
      'a named constant as a key, in a package with parameters,',
    );
  });

  test('parameters have the names of their packages', async () => {
    const files = inLibrary('const Size uint64 = 5 //@ parameter where Size > 2');
    const system = expectValue(await loadSystem(moduleOf(files)));
    expect(system.parameters).toMatchObject([{ name: 'lib.Size', value: 5n }]);
    expect(await messagesOf(inLibrary('const Size uint64 = 5 //@ parameter where Size > 5'))).toContain(
      'the value of lib.Size in this file, 5, does not satisfy',
    );
  });

  test('overflow, in what a package that excludes it calls', async () => {
    const checks = async (files: Files): Promise<boolean> => {
      const system = expectValue(await loadSystem(moduleOf(files)));
      const codes = system.implementations.flatMap(({ code }) => showCode(code));
      return codes.some((line) => line.includes('overflow'));
    };
    const add = 'func More(n uint64) uint64 { return n + 1 }';
    const calling = PACKAGE.replace('lib.Get()', 'lib.More(lib.Get())');
    expect(await checks({ 'p.go': calling, ...inLibrary(add) })).toBe(false);
    expect(await checks({ 'p.go': calling, ...inLibrary(`//@ no overflow\n\n${add}`) })).toBe(true);
    expect(await checks({ 'p.go': `${calling}\n//@ no overflow\n`, ...inLibrary(add) })).toBe(true);
    const allowed = inLibrary(`//@ no overflow\n\n//@ may overflow\n${add}`);
    expect(await checks({ 'p.go': calling, ...allowed })).toBe(false);
  });

  test.each([
    ['disk', 'disk is already the name of state of a layer'],
    ['spec', 'spec is already the name of state of a layer'],
  ])('names of layers, which neither variables nor imports may have: %s', async (name, message) => {
    const over = PACKAGE.replace('Memory', 'SingleDisk(4)');
    const variable = inLibrary(`var ${name} uint64\n\nfunc Use() uint64 { return ${name} }`);
    expect(await messagesOf({ 'p.go': over.replace('lib.Get()', 'lib.Use()'), ...variable })).toContain(
      message,
    );
    const text = over.replace('"m/lib"', `${name} "m/lib"`).replace('lib.Get', `${name}.Get`);
    expect(await messagesOf({ 'p.go': text })).toContain(message);
  });

  test('packages with the name of another, or of a variable, are told by their paths', async () => {
    const text = PACKAGE.replace('"m/lib"', 'l "m/lib"').replace('lib.Get', 'l.Get');
    const system = expectValue(
      await loadSystem(moduleOf({ 'p.go': `${text}\nvar lib struct{ n uint64 }\n` })),
    );
    expect(system.state.map(({ name }) => name)).toContain('m/lib.n');
    expect(system.state.map(({ name }) => name)).toContain('lib.n');
  });

  test('Go keeps internal packages to their parents', async () => {
    const files = { 'x/internal/y/y.go': 'package y\n\nfunc F() {}\n' };
    const text = PACKAGE.replace('"m/lib"', '(\n\t"m/lib"\n\t"m/x/internal/y"\n)').replace(
      'return lib',
      'y.F(); return lib',
    );
    expect(await messagesOf({ ...files, 'p.go': text })).toContain(
      'the package `m/x/internal/y` is internal',
    );
  });
});
