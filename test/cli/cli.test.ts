import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerificationRun } from '../../src/verify/index.js';
import { armada, BIN, type Finished, ROOT } from './run.js';

const STAT_DB = join(ROOT, 'examples/stat_db');
const REPLICATED_DISK = join(ROOT, 'examples/replicated_disk');
const MUTANT = join(ROOT, 'test/mutants/stat_db/missing_count');
let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'armada-cli-'));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function run(...words: string[]): Finished {
  return armada(words, directory);
}

/** No stack traces, whatever happens. */
function expectInputError(result: Finished, message: RegExp): void {
  expect(result.stdout + result.stderr).toMatch(message);
  expect(result.stdout + result.stderr).not.toMatch(/\n\s+at /);
  expect(result.status).toBe(4);
}

describe('usage', () => {
  it('prints version and help', () => {
    expect(run('--version')).toMatchObject({ status: 0, stdout: '0.1.0\n' });
    const help = run('verify', '--help');
    expect(help.status).toBe(0);
    for (const option of [
      '--format',
      '--output',
      '--jobs',
      '--filter',
      '--rlimit',
      '--timeout',
      '--seed',
      '--quiet',
    ]) {
      expect(help.stdout).toContain(option);
    }
  });

  it.each([
    [[], /Usage/],
    [['verfy'], /unknown command 'verfy'.*verify/s],
    [['verify', '--fromat', 'json'], /unknown option '--fromat'.*--format/s],
    [['verify', '--format', 'sarif'], /pretty, json/],
    [['verify', '--jobs', '0'], /--jobs.*whole number from 1/s],
    [['verify', '--jobs', 'many'], /--jobs/],
    [['verify', '--rlimit', '-5'], /--rlimit/],
    [['verify', '--timeout', '1e9'], /--timeout/],
    [['verify', '--seed', '0.5'], /--seed/],
    [['verify', '--quiet', '--verbose'], /cannot be used with/],
    [['trace', 'a', 'b', 'c'], /too many arguments/],
  ] as const)('refuses %j', (words, message) => {
    expectInputError(run(...words), message);
  });
});

describe('unusable input', () => {
  it('is an unknown path', () => {
    expectInputError(run('verify', 'no/such/folder'), /no\/such\/folder/);
  });

  it('is a folder with nothing to verify', () => {
    mkdirSync(join(directory, 'empty'), { recursive: true });
    expectInputError(run('verify', 'empty'), /empty/);
    expectInputError(run('explore', 'empty'), /empty/);
    expectInputError(run('show', 'empty'), /empty/);
  });

  it('is an output that cannot be written, before any work is done', () => {
    expectInputError(run('verify', '--output', 'no/such/file', STAT_DB), /cannot write no\/such\/file/);
  });

  it('is a trace without a run, or of something that is no report', () => {
    expectInputError(run('trace'), /no last run/);
    writeFileSync(join(directory, 'text.json'), 'text');
    expectInputError(run('trace', 'text.json'), /not JSON/);
    writeFileSync(join(directory, 'other.json'), '{"schema": "armada-verify/run/1", "packages": [{}]}');
    expectInputError(run('trace', 'other.json'), /not a report/);
    expectInputError(run('trace', 'missing.json'), /cannot read/);
  });
});

describe('verify', () => {
  it('proves an example: status 0, a table, no escape sequences', () => {
    const result = run('verify', STAT_DB);
    expect(result.stdout).toMatch(/stat_db +proved/);
    expect(result.stdout).not.toContain('\u001b');
    expect(result.status).toBe(0);
  });

  it('colours when it is told to, and not when NO_COLOR or --no-color is there', () => {
    const coloured = (environment: Record<string, string>, ...more: string[]): boolean =>
      armada(['verify', ...more, STAT_DB], directory, environment).stdout.includes('\u001b');
    expect(coloured({ FORCE_COLOR: '1' })).toBe(true);
    expect(coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(coloured({ FORCE_COLOR: '1' }, '--no-color')).toBe(false);
  });

  it('prints JSON that fits the schema, on standard output or into a file', () => {
    const result = run('verify', '--format', 'json', STAT_DB);
    const schema = JSON.parse(readFileSync(join(ROOT, 'src/report/schema.json'), 'utf8')) as object;
    const validate = new Ajv().compile(schema);
    expect(validate(JSON.parse(result.stdout)), JSON.stringify(validate.errors)).toBe(true);
    expect(run('verify', '--format', 'json', '--output', 'run.json', STAT_DB).stdout).toBe('');
    const written = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as VerificationRun;
    expect(written.summary.proved).toBeGreaterThan(5);
    expect(written.packages[0]?.obligations[0]?.location.file).toMatch(/stat_db\.go$/);
  });

  it('filters by op, and lists candidates when nothing matches', () => {
    const result = run('verify', '--format', 'json', '--filter', 'Avg', STAT_DB);
    const { packages } = JSON.parse(result.stdout) as VerificationRun;
    expect(new Set(packages[0]?.obligations.map(({ op }) => op))).toEqual(new Set(['Avg']));
    expectInputError(run('verify', '--filter', 'Avrage', STAT_DB), /no obligation matches.*Add, Avg/s);
  });

  it('does not follow a symbolic link to keep the run', () => {
    const place = mkdtempSync(join(tmpdir(), 'armada-link-'));
    const target = mkdtempSync(join(tmpdir(), 'armada-target-'));
    symlinkSync(target, join(place, '.armada-verify'));
    const result = armada(['verify', '--quiet', STAT_DB], place);
    expect(result.stderr).toContain('symbolic link');
    expect(result.status).toBe(0);
    rmSync(place, { recursive: true });
    rmSync(target, { recursive: true });
  });
});

describe('a refuted package', () => {
  it('ends with status 1 and an execution, which `trace` shows and replays', () => {
    const result = run('verify', MUTANT);
    expect(result.stdout).toContain('refuted[');
    expect(result.status).toBe(1);

    const shown = run('trace');
    expect(shown.status).toBe(0);
    expect(shown.stdout).toContain('refuted[');

    const executions = JSON.parse(run('trace', '--json').stdout) as { id: string }[];
    expect(executions.length).toBeGreaterThan(0);
    const replayed = run('trace', executions[0]?.id ?? '', '--replay');
    expect(replayed.stdout).toContain('replayed: ');
    expect(replayed.status).toBe(1);
    expectInputError(run('trace', 'nonsense'), /no counterexample nonsense.*candidates/s);
  });

  it('is found by `explore` alone', () => {
    const result = run('explore', MUTANT);
    expect(result.stdout).toContain('violation');
    expect(result.status).toBe(1);
  });
});

describe('show', () => {
  it('prints layers, steps and obligations', () => {
    const result = run('show', STAT_DB);
    expect(result.status).toBe(0);
    expect(result.stdout).toContain('specification operations');
    expect(result.stdout).toMatch(/step .*Lock\(/);
    expect(result.stdout).toMatch(/\d+ obligations/);
  });

  it('prints queries as SMT-LIB', () => {
    const result = run('show', '--smt', '--filter', 'Write', REPLICATED_DISK);
    expect(result.status).toBe(0);
    expect(result.stdout).toContain('(check-sat)');
    expect(result.stdout).toContain('expected: unsat');
  });
});

describe('a process that is cut short', () => {
  it('says so when its reader goes away', () => {
    const command = `"${process.execPath}" "${BIN}" show "${STAT_DB}" | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: directory, encoding: 'utf8' });
    expect(stdout.trim()).toBe('4');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('says so when it is interrupted', async () => {
    const child = spawn(process.execPath, [BIN, 'explore', '--budget', '60', REPLICATED_DISK], {
      cwd: directory,
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    setTimeout(() => child.kill('SIGINT'), 4_000);
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toContain('nothing is proved');
    expect(status).toBe(130);
  });
});

/** Two operations that take two locks in different orders. */
const CROSSED = `package crossed

import "sync"

//@ refines Crossed over Memory

//@ a guards x
var a sync.Mutex

//@ b guards y
var b sync.Mutex

var x, y uint64

//@ op Left
func Left() {
	a.Lock()
	b.Lock()
	x, y = 1, 1
	b.Unlock()
	a.Unlock()
}

//@ op Right
func Right() {
	b.Lock()
	a.Lock()
	x, y = 2, 2
	a.Unlock()
	b.Unlock()
}

//@ recovery
func Recover() {}
`;

describe('a proved package in which threads can wait for each other', () => {
  it('has a warning of a cross-check, which `trace` shows and replays', () => {
    const crossed = join(directory, 'crossed');
    mkdirSync(crossed);
    writeFileSync(join(crossed, 'crossed.go'), CROSSED);
    writeFileSync(join(crossed, 'crossed.layer'), 'layer Crossed {\n  op Left() {}\n  op Right() {}\n}\n');
    const result = run('verify', '--cross-check', 'crossed');
    expect(result.stdout).toContain('warning[deadlock]: crossed: deadlock: thread 1 waits at `b.Lock()`');
    expect(result.status).toBe(0);
    expect(run('trace', 'deadlock').stdout).toContain('warning[deadlock]');
    const replayed = run('trace', '--replay');
    expect(replayed.stdout).toContain('replayed: deadlock happens');
    expect(replayed.status).toBe(1);
  });
});
