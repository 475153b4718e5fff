import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { runSuite, testsOf } from './go-suite.js';
import { packagesUnder } from './subjects.js';
import { outcomeOf, outcomesOf } from './suite-outcome.js';
import type { Outcome } from './suite-outcome.js';
import { ROOT, runGo } from './toolchain.js';
import { missing } from '../tools.js';

const PACKAGES = packagesUnder('test/golang/suite');
const TESTS = PACKAGES.flatMap(testsOf);
/** What the tool makes of each test: proved, or why not. What is proved stays proved. */
const TABLE = join(ROOT, 'test/golang/outcomes.json');
/** Set to write the table instead of comparing with it. */
const IS_UPDATE = process.env['UPDATE_GOLANG'] === '1';

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

const skipped = missing('go');

describe('the suite', () => {
  it('is large, and names are unique', () => {
    expect(TESTS.length).toBeGreaterThanOrEqual(300);
    expect(new Set(TESTS.map(({ name }) => name)).size).toBe(TESTS.length);
  });

  it.skipIf(skipped !== null)(skipped ?? 'is true under Go', () => {
    const said = runSuite(PACKAGES);
    const wrong = TESTS.filter(({ name }) => said.get(name) !== 'true');
    expect(wrong.map(({ name }) => `${name}: ${said.get(name) ?? 'was not run'}`)).toEqual([]);
    expect(said.size).toBe(TESTS.length);
  });

  it.skipIf(skipped !== null)(skipped ?? 'is clean', () => {
    expect(runGo(['vet', './test/golang/...'])).toBe('');
    expect(spawnSync('gofmt', ['-l', 'test/golang'], { cwd: ROOT, encoding: 'utf8' }).stdout).toBe('');
  });

  it('is run and proved by the tool, but for what the table lists', { timeout: 600_000 }, async () => {
    const outcomes = new Map<string, Outcome>();
    for (const each of PACKAGES) {
      for (const [name, outcome] of await outcomesOf(each, testsOf(each), solver))
        outcomes.set(name, outcome);
    }
    const wrong = [...outcomes].filter(([, { kind }]) => kind === 'disagrees');
    expect(wrong).toEqual([]);
    const before = JSON.parse(readFileSync(TABLE, 'utf8')) as Readonly<Record<string, string>>;
    const now = Object.fromEntries([...outcomes].map(([name, outcome]) => [name, entry(outcome)]));
    const lost = Object.keys(now).filter((name) => before[name] === 'proved' && now[name] !== 'proved');
    expect(lost).toEqual([]);
    if (IS_UPDATE) writeFileSync(TABLE, `${JSON.stringify(now, Object.keys(now).sort(), 2)}\n`);
    else expect(now, 'npm run update:golang writes the table').toEqual(before);
  });
});

function entry({ kind, reason }: Outcome): string {
  return kind === 'agrees' ? 'proved' : reason;
}

describe('a test that is wrong', () => {
  const outcome = (body: string): Promise<Outcome> =>
    outcomeOf(
      `package p\n\nfunc test(n uint8) bool {\n${body}\n}\n\nfunc testIt() bool { return test(3) }\n`,
      'testIt',
      solver,
    );

  it.each([
    ['returns false', '\treturn n == 4'],
    ['panics', '\treturn 10/(n-3) == 0'],
    ['never returns', '\tfor {\n\t\tn++\n\t}'],
  ])('is found if it %s', async (_name, body) => {
    expect((await outcome(body)).kind).toBe('disagrees');
  });

  it('is told from one that is right and one that is refused', async () => {
    expect(await outcome('\treturn n == 3')).toEqual({ kind: 'agrees', reason: '' });
    expect((await outcome('\tvar c complex128\n\treturn c == 0')).kind).toBe('open');
  });
});
