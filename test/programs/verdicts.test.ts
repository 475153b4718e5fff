import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/base/diagnostic.js';
import { createSolver } from '../../src/encoding/index.js';
import { explore, replay } from '../../src/explore/index.js';
import type { System } from '../../src/ir/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { type Obligation, prove } from '../../src/vcgen/index.js';
import { readWants, sorted, type Want, writeWants } from './wants.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Set to write the `want` comments instead of comparing with them. */
const IS_UPDATE = process.env['UPDATE_WANT'] === '1';
/** Milliseconds for a search that must find something, and for one that must not. */
const SEARCH_BUDGET = { refuted: 10_000, unproved: 300, proved: 300 };

type Expected = keyof typeof SEARCH_BUDGET;

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

interface Program {
  readonly name: string;
  readonly directory: string;
  readonly file: string;
}

function programsUnder(...folders: readonly string[]): readonly Program[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, 'test', folder)).map((name) => {
      const directory = join(ROOT, 'test', folder, name);
      return { name: `${folder}/${name}`, directory, file: join(directory, `${name}.go`) };
    }),
  );
}

function expectedVerdict(text: string): Expected {
  const expected = /^\/\/ Expect: (refuted|unproved|proved)$/m.exec(text)?.[1];
  if (expected !== 'refuted' && expected !== 'unproved' && expected !== 'proved')
    throw new Error('the program does not say what to expect');
  return expected;
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
}

/** What the search says; an execution counts only where it can be run again. */
function searched(system: System, budgetMs: number): 'refuted' | 'unproved' {
  const result = explore(system, { budgetMs });
  if (result.kind === 'error') throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  if (result.kind === 'none') return 'unproved';
  expect(replay(system, result.execution).difference).toBeNull();
  return 'refuted';
}

function wantOf(program: Program, obligation: Obligation): Want {
  const { code, span, title } = obligation;
  expect(span.file, title).toBe(program.file);
  return { code, line: span.start.line };
}

async function checkProgram(program: Program): Promise<void> {
  const text = readFileSync(program.file, 'utf8');
  const expected = expectedVerdict(text);
  const system = valueOf(await loadSystem(program.directory));
  let found: 'refuted' | 'unproved' | undefined;
  const search = () => (found ??= searched(system, SEARCH_BUDGET[expected]));
  // As the command line does: the search says when there is no use in trying more proofs.
  const isRefuted = () => Promise.resolve(search() === 'refuted');
  const { obligations } = await prove(system, solver, { isRefuted });
  expect(obligations.length).toBeGreaterThan(0);
  const notProved = obligations.filter(({ status }) => status !== 'proved');
  const wants = sorted(notProved.map((obligation) => wantOf(program, obligation)));
  const verdict = notProved.length === 0 ? 'proved' : search();
  if (IS_UPDATE) writeFileSync(program.file, writeWants(text, wants));
  else expect(wants).toEqual(readWants(text));
  expect(verdict).toBe(expected);
}

const MUTANTS = programsUnder(
  ...readdirSync(join(ROOT, 'test/mutants')).map((system) => join('mutants', system)),
);

describe('verdicts', () => {
  it.concurrent.each([...MUTANTS, ...programsUnder('odd')])('$name', checkProgram, 120_000);
});

describe('want comments', () => {
  const program = 'package p\n\n//@ fact one\nvar x int //@ fact two\n\nfunc f() {\n\tg() // calls g\n}\n';
  const wants = [
    { code: 'invariant', line: 3 },
    { code: 'guard-overlap', line: 4 },
    { code: 'effect', line: 7 },
    { code: 'result', line: 7 },
  ];

  it('are written at the end of a line, or of the file where the line has an annotation', () => {
    expect(writeWants(program, [...wants].reverse())).toBe(
      'package p\n\n//@ fact one\nvar x int //@ fact two\n\nfunc f() {\n' +
        '\tg() // calls g // want: effect, result\n}\n\n' +
        '// want: invariant at "fact one"\n// want: guard-overlap at "var x int"\n',
    );
  });

  it('are read as they are written, and written anew in place of old ones', () => {
    const written = writeWants(program, wants);
    expect(readWants(written)).toEqual(wants);
    expect(writeWants(written, wants)).toBe(written);
    expect(writeWants(written, [])).toBe(program);
  });

  it.each([
    'x // want: ?',
    'x // want effect',
    '// want: effect at "none"',
    'a b\na c\n// want: effect at "a"',
  ])('are refused where they say nothing definite: %s', (text) => {
    expect(() => readWants(text)).toThrow();
  });
});
