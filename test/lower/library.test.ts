import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnostic, Result } from '../../src/base/diagnostic.js';
import type { Instruction, System } from '../../src/ir/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { expectValue } from './harness.js';

const LAYERS = `layer Run {
  volatile nothing bool
  op Run(n uint64) (m uint64) { return n }
  op Find(s seq[uint64]) (n uint64) { return 0 }
}

layer Dice {
  package "other/random"
  op Uint64() (n uint64) { choose n where n < 6; return n }
}

layer Loaded(Sides uint64) {
  package "other/loaded"
  op Roll() (n uint64) { choose n where n < Sides; return n }
}

layer Held {
  package "other/held"
  volatile held bool
  op Hold() { held = true }
}
`;

interface Program {
  readonly imports: readonly string[];
  readonly body: string;
  readonly rest?: string;
  readonly goVersion?: string;
}

/** A package with an operation with the parameter `n uint64`, and one with the parameter `s []uint64` that does nothing. */
function loaded({ imports, body, rest = '', goVersion = '1.24' }: Program): Promise<Result<System>> {
  const directory = mkdtempSync(join(tmpdir(), 'library-'));
  writeFileSync(join(directory, 'go.mod'), `module m\n\ngo ${goVersion}\n`);
  const folder = join(directory, 'p');
  mkdirSync(folder);
  writeFileSync(join(folder, 'l.layer'), LAYERS);
  const text = `package p

${imports.map((path) => `import "${path}"\n`).join('')}
//@ refines Run over Memory

//@ op Run
func Run(n uint64) uint64 {
${body}
}

//@ op Find
func Find(s []uint64) uint64 { return find(s) }

//@ recovery
func Recover() {}

${rest.includes('func find(') ? rest : `${rest}\nfunc find(s []uint64) uint64 { return 0 }`}
`;
  writeFileSync(join(folder, 'p.go'), text);
  return loadSystem(folder);
}

async function instructions(program: Program): Promise<readonly Instruction[]> {
  const system = expectValue(await loaded(program));
  return system.implementations.flatMap(({ code }) => code.instructions);
}

async function refusals(program: Program): Promise<readonly Diagnostic[]> {
  const result = await loaded(program);
  return result.ok ? [] : result.diagnostics;
}

const DECODE: Program = {
  imports: ['encoding/binary'],
  body: '\tb := make([]byte, n)\n\treturn binary.LittleEndian.Uint64(b)',
};

describe('code of the library', () => {
  test('stands at the call in the code of the user', async () => {
    const all = await instructions(DECODE);
    expect(all.map(({ source }) => source.span.file).filter((file) => !file.endsWith('p.go'))).toEqual([]);
    const checks = all.filter((each) => each.kind === 'check' && each.message.includes('encoding/binary'));
    expect(checks.length).toBeGreaterThan(0);
    for (const check of checks) {
      expect(check).toMatchObject({
        message: 'the index may be out of range, in `Uint64` of `encoding/binary`',
        source: { text: 'return binary.LittleEndian.Uint64(b)', span: { start: { line: 10 } }, callers: [] },
      });
    }
  });

  test('has no variables that reports list, and no lines that they count', async () => {
    const system = expectValue(await loaded(DECODE));
    const locals = system.implementations.find(({ operation }) => operation === 'Run')?.code.locals ?? [];
    expect(locals.filter(({ isHidden }) => isHidden !== true).map(({ name }) => name)).toEqual(['n', 'b']);
    const without = expectValue(
      await loaded({ imports: [], body: '\tb := make([]byte, n)\n\treturn uint64(len(b))' }),
    );
    expect(system.goLines).toBe(without.goLines + 1);
    expect(system.annotationLines).toBe(without.annotationLines);
  });

  test('calls function literals, which stand where they are written', async () => {
    const all = await instructions({
      imports: ['slices'],
      body: '\tlimit := 10 / n\n\treturn uint64(slices.IndexFunc([]uint64{n}, func(x uint64) bool {\n\t\treturn 7/x > limit\n\t}))',
    });
    expect(all.filter(({ source }) => !source.span.file.endsWith('p.go'))).toEqual([]);
    const division = all.filter((each) => each.kind === 'check' && each.code === 'division');
    expect(
      division.map(({ source }) => [source.span.start.line, source.callers.map(({ caller }) => caller)]),
    ).toEqual([
      [9, []],
      [11, ['Run']],
    ]);
    expect(division.map((each) => each.kind === 'check' && each.message.includes('slices'))).toEqual([
      false,
      false,
    ]);
  });

  test('has invariants that are guesses', async () => {
    const all = await instructions({
      imports: ['slices'],
      body: '\tif slices.Contains([]string{"a"}, "b") {\n\t\treturn 0\n\t}\n\treturn slices.Max([]uint64{n})',
    });
    const invariants = all.flatMap((each) => (each.kind === 'loop' ? each.loop.invariants : []));
    expect(invariants.length).toBeGreaterThan(2);
    for (const each of invariants) {
      expect(each).toMatchObject({
        guessed: true,
        span: { file: expect.stringMatching(/p\.go$/) as string },
      });
    }
  });

  test('may not overflow what the user said of their own code', async () => {
    const all = await instructions({
      imports: ['encoding/binary'],
      body: '\tb := make([]byte, 8)\n\tbinary.LittleEndian.PutUint64(b, n)\n\treturn n',
      rest: '//@ no overflow\n',
    });
    expect(all.filter((each) => each.kind === 'check' && each.code === 'overflow')).toEqual([]);
  });
});

describe('what is wrong with a call of the library', () => {
  test.each<[string, Program, RegExp, number]>([
    [
      'errors that wrap others',
      {
        imports: ['errors'],
        body: '\tif errors.Is(&wrapper{errOne}, errOne) {\n\t\treturn 1\n\t}\n\treturn 0',
        rest: 'var errOne = errors.New("one")\n\ntype wrapper struct{ inner error }\n\nfunc (w *wrapper) Error() string { return "" }\n\nfunc (w *wrapper) Unwrap() error { return w.inner }\n',
      },
      /^what calls itself in the library is not supported, in `Is` of `errors`$/,
      9,
    ],
    [
      'writing to a parameter of an operation',
      {
        imports: ['slices'],
        body: '\treturn n',
        rest: 'func find(s []uint64) uint64 {\n\tslices.Reverse(s)\n\treturn 0\n}\n',
      },
      /parameter/,
      19,
    ],
    [
      'a call of a generic function in an older version of Go',
      { imports: ['slices'], body: '\treturn slices.Max([]uint64{n})', goVersion: '1.17' },
      /need `go 1\.18` in go\.mod/,
      9,
    ],
    [
      'what is not carried',
      { imports: ['encoding/binary'], body: '\treturn uint64(binary.Size(n))' },
      /^not supported: what a package of the library has .*: `encoding\/binary\.Size`$/,
      9,
    ],
    [
      'a package variable of the library that is changed',
      { imports: ['encoding/binary'], body: '\tbinary.LittleEndian = struct{}{}\n\treturn n' },
      /./,
      9,
    ],
  ])('is reported there: %s', async (_name, program, message, line) => {
    const found = await refusals(program);
    expect(found.map((each) => each.message).join('\n')).toMatch(message);
    for (const { span } of found) {
      expect(span?.file).toMatch(/p\.go$/);
      expect(span?.start.line).toBe(line);
    }
  });
});

describe('a layer without state', () => {
  test('has operations beside the machine, of which those that are called are listed', async () => {
    const system = expectValue(
      await loaded({
        imports: ['armada/machine/machine'],
        body: '\treturn machine.RandomUint64()',
      }),
    );
    expect(system.machineOperations.map(({ name }) => name)).toContain('random.Uint64');
    const none = expectValue(
      await loaded({ imports: ['armada/machine/machine'], body: '\tmachine.Assert(n == n)\n\treturn n' }),
    );
    expect(none.machineOperations.map(({ name }) => name)).not.toContain('random.Uint64');
  });

  test('is told from another one with the same name', async () => {
    const all = await instructions({
      imports: ['armada/machine/machine', 'other/random'],
      body: '\treturn machine.RandomUint64() + random.Uint64()',
    });
    const calls = all.flatMap((each) => (each.kind === 'call' ? [each.operation] : []));
    expect(calls).toEqual(['random.Uint64', 'other/random.Uint64']);
  });

  test.each(['loaded.Roll()', 'held.Hold()'])('is none with state or parameters: %s', async (call) => {
    const [name = ''] = call.split('.');
    const found = await refusals({ imports: [`other/${name}`], body: `\t${call}\n\treturn n` });
    expect(found.map(({ message }) => message).join()).toMatch(/is no operation of the machine layer/);
  });
});
