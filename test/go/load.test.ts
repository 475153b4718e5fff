import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPackage, readPackageSources } from '../../src/go/index.js';
import type { Expression, Statement } from '../../src/go/index.js';
import { askGo, load, loaded, rejected, resolveImport } from './support.js';
import { missing } from '../tools.js';

const folder = mkdtempSync(join(tmpdir(), 'go-front-end-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Uint8Array): string {
  const directory = mkdtempSync(join(folder, 'p-'));
  writeFileSync(join(directory, name), content);
  return directory;
}

describe('reading files', () => {
  it.each([
    ['empty', write('a.go', '')],
    ['blank', write('a.go', ' \n\n')],
    ['binary', write('a.go', 'package p\0\n')],
    ['not UTF-8', write('a.go', Uint8Array.from([0x70, 0xff, 0xfe]))],
    ['huge', write('a.go', `package p\n${'//\n'.repeat(1_400_000)}`)],
    ['only tests', write('a_test.go', 'package p\n')],
    ['for another system', write('a_windows.go', 'package p\n')],
    ['unknown folder', join(folder, 'nope')],
    ['a file, not a folder', join(write('a.go', 'package p\n'), 'a.go')],
  ])('fails: %s', (_name, directory) => {
    const result = readPackageSources(directory);
    expect(result.ok ? [] : result.diagnostics.map((each) => each.code)).toEqual(['file']);
  });

  it('takes what Go takes, sorted', () => {
    const directory = write('b.go', '\uFEFFpackage p\n');
    writeFileSync(join(directory, 'a.go'), 'package p\n');
    for (const name of ['_x.go', '.y.go', 'a_test.go', 'notes.txt'])
      writeFileSync(join(directory, name), '\0');
    mkdirSync(join(directory, 'sub'));
    const result = readPackageSources(directory);
    expect(result.ok && result.value.map((each) => each.path)).toEqual([
      join(directory, 'a.go'),
      join(directory, 'b.go'),
    ]);
    expect(result.ok && result.value[1]?.text).toBe('package p\n');
  });
});

describe('packages of a module', () => {
  const lists =
    'package lists\ntype List[T any] struct{ items []T }\nfunc (l *List[T]) Add(x T) { l.items = append(l.items, x) }\nconst Most = 8\nvar Shared, hidden int\n';
  function module(goMod: string, files: Readonly<Record<string, string>>): string {
    const directory = mkdtempSync(join(folder, 'm-'));
    writeFileSync(join(directory, 'go.mod'), goMod);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(directory, name, '..'), { recursive: true });
      writeFileSync(join(directory, name), text);
    }
    return directory;
  }
  async function problems(directory: string, inside: string): Promise<readonly string[]> {
    const path = join(directory, inside);
    const sources = readPackageSources(path);
    const result = sources.ok ? await loadPackage(path, sources.value, resolveImport) : sources;
    return result.ok ? [] : result.diagnostics.map((each) => each.message);
  }
  const user = (body: string): string => `package user\nimport "m/lists"\n${body}\n`;

  it.each([
    [
      'a type, a constant and a variable',
      'var l lists.List[int]\nfunc f() int { l.Add(lists.Most); return lists.Shared }',
      [],
    ],
    ['a name that is not exported', 'var x = lists.hidden', ['undefined: `lists.hidden`']],
    [
      'a field that is not exported',
      'func f(l lists.List[int]) int { return len(l.items) }',
      ['the type List[int] has no field or method `items`'],
    ],
  ])('are imported: %s', async (_name, body, expected) => {
    const directory = module('module m\n\ngo 1.24\n', { 'lists/l.go': lists, 'user/u.go': user(body) });
    expect(await problems(directory, 'user')).toEqual(expected);
  });

  it('do not import each other', async () => {
    const directory = module('module m\n\ngo 1.24\n', {
      'lists/l.go': 'package lists\nimport "m/user"\nvar X = user.X\n',
      'user/u.go': user('var X = lists.X'),
    });
    expect((await problems(directory, 'user')).join()).toContain('import each other');
  });

  it.each([
    ['1.21', false],
    ['1.22', true],
  ])('are of the version of go.mod: %s', async (version, expected) => {
    const text = 'package a\nfunc f() { for i := 0; i < 3; i++ { _ = i } }\n';
    const directory = module(`module m\n\ngo ${version}\n`, { 'a/a.go': text });
    const path = join(directory, 'a');
    const sources = readPackageSources(path);
    const result = sources.ok ? await loadPackage(path, sources.value, resolveImport) : sources;
    const [loop] = result.ok ? (result.value.functions[0]?.body.statements ?? []) : [];
    expect(loop).toMatchObject({ kind: 'for', perIteration: expected });
  });
});

describe('packages', () => {
  it('consist of several files, each with its imports', async () => {
    const tree = await loaded(
      'package p\nfunc F() uint64 { return g() }\n',
      'package p\nimport "m/disk"\nfunc g() uint64 { return disk.Size }\n',
    );
    expect(tree.name).toBe('p');
    expect(tree.functions.map((each) => [each.fullName, each.exported])).toEqual([
      ['F', true],
      ['g', false],
    ]);
    expect(tree.files.map((file) => Array.from(file.imports.keys()))).toEqual([[], ['disk']]);
  });

  it('are rejected when the names of the files differ or there is no file', async () => {
    expect((await rejected('package p\n', 'package q\n')).map((each) => each.code)).toEqual(['name']);
    expect((await rejected()).map((each) => each.code)).toEqual(['file']);
    expect((await rejected('package p\0\n')).map((each) => each.code)).toEqual(['file']);
  });

  it('do not share imports between files', async () => {
    const diagnostics = await rejected(
      'package p\nimport "m/disk"\nvar x = disk.Size\n',
      'package p\nvar y = disk.Size\n',
    );
    expect(diagnostics.map((each) => each.message)).toEqual(['undefined: `disk`']);
  });

  it('say once that an import is refused, not at each of its uses', async () => {
    const diagnostics = await rejected(
      `package p
import (
	"fmt"
	"math/rand/v2"
	clock "time"
	"example.org/go-xattr"
	"gopkg.in/yaml.v3"
)
type T struct{ at clock.Time }
var first = yaml.Node{}
func F(n int) int {
	x := rand.IntN(n)
	for _, each := range xattr.List() { fmt.Println(x, each) }
	return fmt.Sprint(undeclared)
}
`,
    );
    expect(diagnostics.map(({ code, span }) => [code, span?.start.line])).toEqual([
      ['unsupported', 3],
      ['unsupported', 4],
      ['unsupported', 5],
      ['unsupported', 6],
      ['unsupported', 7],
      ['name', 14],
    ]);
  });

  it('report every error, by position', async () => {
    const diagnostics = await rejected('package p\nfunc f() { a = 1 }\nfunc g() uint64 { return true }\n');
    expect(diagnostics.map((each) => each.span?.start.line)).toEqual([2, 3]);
  });
});

async function statementsOf(text: string): Promise<readonly Statement[]> {
  const tree = await loaded(
    `package p\nconst Size uint64 = 4\nvar t [Size]uint64\ntype db struct{ n uint64 }\nvar d db\nfunc (x *db) inc() { x.n++ }\nfunc f(a uint64, ok bool) {\n${text}\n}\n`,
  );
  return tree.functions.at(-1)?.body.statements ?? [];
}

describe('the typed tree', () => {
  it('keeps the structure of constant expressions', async () => {
    const [statement] = await statementsOf('a = Size*2 - 1');
    const value = statement?.kind === 'assign' ? statement.values[0] : undefined;
    expect(value).toMatchObject({
      kind: 'binary',
      constant: 7n,
      type: { name: 'uint64' },
      right: { constant: 1n, type: { name: 'uint64' } },
    });
    const product: Expression | undefined = value?.kind === 'binary' ? value.left : undefined;
    expect(product).toMatchObject({
      kind: 'binary',
      constant: 8n,
      left: { kind: 'constant', declaration: { kind: 'declared', constant: { name: 'Size', value: 4n } } },
    });
  });

  it('gives untyped operands the type of their context', async () => {
    const [shift, comparison] = await statementsOf('a = a + 1<<a\nok = a < 3');
    expect(shift).toMatchObject({
      values: [{ right: { kind: 'binary', type: { name: 'uint64' }, left: { type: { name: 'uint64' } } } }],
    });
    expect(comparison).toMatchObject({
      values: [{ type: { kind: 'bool' }, right: { constant: 3n, type: { name: 'uint64' } } }],
    });
  });

  it('keeps the length of an array as written', async () => {
    const tree = await loaded('package p\nconst Size uint64 = 4\nvar t [Size + 1]uint64\n');
    expect(tree.variables[0]?.variable.type).toMatchObject({
      kind: 'array',
      length: 5n,
      lengthExpression: { kind: 'binary', left: { kind: 'constant' } },
    });
  });

  it('makes addresses and dereferences explicit', async () => {
    const [call] = await statementsOf('d.inc()');
    expect(call).toMatchObject({
      kind: 'expression',
      call: { callee: { kind: 'method', receiver: { kind: 'address', place: { kind: 'variable' } } } },
    });
    const tree = await loaded('package p\ntype db struct{ n uint64 }\nfunc (x *db) inc() { x.n++ }\n');
    expect(tree.functions[0]?.body.statements[0]).toMatchObject({
      kind: 'operate',
      place: { kind: 'select', operand: { kind: 'dereference', operand: { kind: 'variable' } } },
    });
  });

  it('resolves jumps', async () => {
    const [loop] = await statementsOf('L:\nfor {\n\tfor {\n\t\tbreak L\n\t}\n}');
    expect(loop).toMatchObject({
      kind: 'for',
      label: 'L',
      target: 0,
      body: {
        statements: [{ kind: 'for', target: 1, body: { statements: [{ kind: 'break', target: 0 }] } }],
      },
    });
  });
});

describe('the text of a statement', () => {
  const source =
    'package p\ntype s struct{ x [2]uint64 }\nfunc g(a uint64) (uint64,bool) { return a,true }\nfunc f(a uint64,v s) {\n\tx,ok:=g(a+1*(a<<2))\n\tif (ok&&!ok) {\n\t\treturn\n\t}\n\tfor i:=0;i<3;i++ {\n\t\tv.x[i]=-x\n\t}\n\tvar z [2]uint64 = [2]uint64{1,2,\n\t}\n\tswitch y:=z[0] ; y { case 0X1f: }\n\tfor range 3 {}\n\t{ a++ }\n\tdefer g(a)\n}\n';

  async function textsOf(text: string): Promise<readonly string[]> {
    const tree = await loaded(text);
    const all = (list: readonly Statement[]): string[] =>
      list.flatMap((each) => [
        each.text,
        ...(each.kind === 'for' || each.kind === 'range' ? all(each.body.statements) : []),
      ]);
    return all(tree.functions.at(-1)?.body.statements ?? []);
  }

  it('has fixed spacing', async () => {
    expect(await textsOf(source)).toEqual([
      'x, ok := g(a + 1 * (a << 2))',
      'if ok && !ok',
      'for i := 0; i < 3; i++',
      'v.x[i] = -x',
      'var z [2]uint64 = [2]uint64{1, 2}',
      'switch y := z[0]; y',
      'for range 3',
      '{',
      'defer g(a)',
    ]);
  });

  const skipped = missing('go');
  it.skipIf(skipped !== null)(skipped ?? 'is the same after gofmt', { timeout: 60_000 }, async () => {
    const [answer] = askGo([source]);
    expect(await textsOf(answer?.formatted ?? '')).toEqual(await textsOf(source));
    expect((await load(answer?.formatted ?? '')).ok).toBe(true);
  });
});
