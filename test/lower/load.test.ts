import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { showExpression } from '../../src/ir/show.js';
import { showCode } from '../../src/ir/show-code.js';
import { findPackages, loadSystem } from '../../src/lower/index.js';
import { expectValue } from './harness.js';

const EXAMPLES = readdirSync('examples').sort();

describe('examples', () => {
  test('all are found and lowered', async () => {
    const found = expectValue(await findPackages(['examples'])).packages;
    for (const name of EXAMPLES) {
      expect(found).toContain(join('examples', name));
      const system = expectValue(await loadSystem(join('examples', name)));
      expect(system.implementations.map((each) => each.operation)).toEqual(
        system.specificationOperations.map((each) => each.name),
      );
      expect(system.recovery).not.toBeNull();
    }
  });

  test('the replicated disk', async () => {
    const system = expectValue(await loadSystem('examples/replicated_disk'));
    const write = system.implementations.find((each) => each.operation === 'Write')?.code;
    expect(write === undefined ? [] : showCode(write)).toEqual([
      '0: check bounds a < Size',
      '1: locks.Lock(a)',
      '2: twodisk.Write1(a, v)',
      '3: twodisk.Write2(a, v)',
      '4: check bounds a < Size',
      '5: locks.Unlock(a)',
      '6: return',
    ]);
    expect(system).toMatchObject({
      name: 'replicateddisk',
      refines: 'ReplicatedDisk(Size)',
      over: 'TwoDisk(Size)',
      parameters: [{ name: 'Size', value: 1000n }],
      locks: [{ name: 'locks', locked: 'locks.locked', count: { kind: 'parameter', name: 'Size' } }],
    });
    expect(system.annotationLines).toBeLessThanOrEqual(12);
  });

  test('a loop over all locks in recovery needs no invariant', async () => {
    const path = 'examples/replicated_disk/replicated_disk.go';
    const text = readFileSync(path, 'utf8').replace(/^\s*\/\/ ?@ invariant forall b .*$/m, '');
    const directory = mkdtempSync(join(tmpdir(), 'recovery-'));
    writeFileSync(join(directory, 'a.go'), text);
    const system = expectValue(await loadSystem(directory));
    const loop = system.recovery?.instructions.find((each) => each.kind === 'loop')?.loop;
    const shown = loop?.invariants.map((each) => [each.guessed, showExpression(each.expression)]);
    expect(shown).toContainEqual([
      true,
      expect.stringMatching(/^forall a uint64 :: a < local0 ==> \(ok1 ==> disk1\[a\] == spec\.disk\[a\]\)/),
    ]);
    expect(loop?.decreases).toHaveLength(1);
  });
});

describe('findPackages', () => {
  const root = mkdtempSync(join(tmpdir(), 'packages-'));
  const write = (directory: string, name: string, text: string, encoding: BufferEncoding = 'utf8'): void => {
    mkdirSync(join(root, directory), { recursive: true });
    writeFileSync(join(root, directory, name), text, encoding);
  };
  write('plain', 'a.go', 'package a\n\n// @Summary of another tool\nfunc F() {}\n');
  write('good/one', 'a.go', 'package a\n\n// @ refines A over Memory\n');
  write('good/two', 'a.go', 'package a\n\n//@ refines A over Memory\n');
  write('bad', 'a.go', 'package a\n\n//@ op Read\nfunc F() {}\n');

  test('finds packages below folders, and that of a file', async () => {
    expect(expectValue(await findPackages([join(root, 'good')]))).toEqual({
      packages: [join(root, 'good/one'), join(root, 'good/two')],
      others: [],
    });
    expect(expectValue(await findPackages([join(root, 'good/one/a.go')]))).toEqual({
      packages: [join(root, 'good/one')],
      others: [],
    });
    expect(expectValue(await findPackages([join(root, 'bad')]))).toEqual({
      packages: [],
      others: [join(root, 'bad')],
    });
  });

  test('says what it did not find', async () => {
    expect(await findPackages([join(root, 'none')])).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'file', message: `${join(root, 'none')} does not exist` }],
    });
    expect(await findPackages([join(root, 'plain')])).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'annotation' }],
    });
  });

  test('names UTF-16, which has no line that it could find', async () => {
    write('wide', 'a.go', '\ufeffpackage a\n\n//@ refines A over Memory\n', 'utf16le');
    expect(await findPackages([join(root, 'wide')])).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'file', message: `${join(root, 'wide/a.go')}: is UTF-16 text` }],
    });
  });

  test('unreadable folders and bad layer files are input errors', async () => {
    expect(await loadSystem(join(root, 'none'))).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'file' }],
    });
    write('layers', 'x.layer', '\xff\0');
    const loaded = await loadSystem('examples/stat_db', { layerPaths: [join(root, 'layers')] });
    expect(loaded).toMatchObject({ ok: false, diagnostics: [{ code: 'file' }] });
    const missing = await loadSystem('examples/stat_db', { layerPaths: [join(root, 'nowhere')] });
    expect(missing).toMatchObject({ ok: false, diagnostics: [{ code: 'file' }] });
  });
});

describe('what Go runs first', () => {
  function moduleWith(own: string, imported: string): string {
    const directory = mkdtempSync(join(tmpdir(), 'module-'));
    mkdirSync(join(directory, 'lib'));
    writeFileSync(join(directory, 'go.mod'), 'module m\n\ngo 1.23\n');
    writeFileSync(join(directory, 'lib', 'lib.go'), `package lib\n\n${imported}\n`);
    const head = 'package p\n\nimport "m/lib"\n\n//@ refines S over Memory\n';
    const tail = '//@ op Get\nfunc Get() uint64 { return lib.Get() }\n\n//@ recovery\nfunc Recover() {}\n';
    writeFileSync(join(directory, 'p.go'), `${head}\n${own}\n\n${tail}`);
    const layer = 'layer S {\n  durable nothing bool\n  op Get() (result uint64) { return 4 }\n}\n';
    writeFileSync(join(directory, 's.layer'), layer);
    return directory;
  }
  const library = 'var limit uint64 = 4\n\nfunc Get() uint64 { return limit }';

  test('is at the beginning of recovery and of initialisation', async () => {
    const own = 'var first = second + 1\n\nvar second = lib.Get()\n\nfunc init() { second = 0 }';
    const system = expectValue(await loadSystem(moduleWith(own, library)));
    const stores = [
      'second.Store(result)',
      'second = second.Load()',
      'first.Store(second + 1)',
      'second.Store(0)',
      'return',
    ];
    for (const code of [system.recovery, system.initialisation]) {
      const shown = code === null ? [] : showCode(code).map((line) => line.replace(/^\d+: /, ''));
      expect(shown.filter((line) => !/^result/.test(line))).toEqual(stores);
    }
  });

  test('is there of imported packages, before what imports them', async () => {
    const imported =
      'var limit = other() + 1\n\nfunc other() uint64 { return 1 }\n\nfunc Get() uint64 { return limit }\n\nfunc init() { limit = 4 }';
    const system = expectValue(await loadSystem(moduleWith('var first = lib.Get()', imported)));
    const shown = system.recovery === null ? [] : showCode(system.recovery);
    const steps = shown.map((line) => line.replace(/^\d+: /, '')).filter((line) => /Load|Store/.test(line));
    expect(steps).toEqual([
      'lib.limit.Store(result + 1)',
      'lib.limit.Store(4)',
      'lib.limit = lib.limit.Load()',
      'first.Store(result)',
    ]);
  });

  test('a variable of an imported package that nothing assigns is its value', async () => {
    const system = expectValue(await loadSystem(moduleWith('', library)));
    const code = system.implementations[0]?.code;
    expect(code === undefined ? [] : showCode(code).at(-2)).toMatch(/result = 4$/);
    const assigned = `${library}\n\nfunc Set() { limit = 5 }`;
    const changing = expectValue(await loadSystem(moduleWith('', assigned))).implementations[0]?.code;
    expect(changing === undefined ? [] : showCode(changing)).toContain('0: lib.limit = lib.limit.Load()');
  });
});
