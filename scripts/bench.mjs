// Figures of the examples, of packages that were made up, and of the mutants; whole process from start to exit.
//
//   npm run bench                    examples (median of 5 runs each, interleaved), 10,000 lines of Go without a proof, packages of 10, 100
//                                    and 1,000 operations
//   npm run bench -- --runs 3        another number of runs
//   npm run bench -- --no-growth     without the packages that were made up
//   npm run bench -- --mutants       the mutants as well, which takes ten minutes
//   npm run bench -- --seeds         the same verdicts and obligation ids under 20 seeds, and nothing else
//   npm run bench -- --json          the figures as JSON
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeLongPackage, writeSyntheticPackage } from './synthetic-package.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'bin', 'armada-verify.js');
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    seeds: { type: 'boolean', default: false },
    'no-growth': { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const workplace = mkdtempSync(join(tmpdir(), 'armada-bench-'));

/** Verifies some packages in a process of its own. */
function verify(paths, more = []) {
  const start = performance.now();
  const result = spawnSync(process.execPath, [bin, 'verify', '--format', 'json', ...more, ...paths], {
    cwd: workplace,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const ms = performance.now() - start;
  try {
    return { ms, status: result.status, run: JSON.parse(result.stdout) };
  } catch {
    throw new Error(`verify ${paths.join(' ')} failed with status ${result.status}: ${result.stderr}`);
  }
}

function median(numbers) {
  const sorted = [...numbers].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function folders(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Every example, and all together; one run of each in turn, so that a busy moment hits all of them. */
function benchExamples(runs) {
  const names = folders(join(root, 'examples'));
  const subjects = [
    ...names.map((name) => [name, [join(root, 'examples', name)]]),
    ['all', [join(root, 'examples')]],
  ];
  const results = new Map(subjects.map(([name]) => [name, []]));
  for (let round = 0; round < runs; round += 1) {
    for (const [name, paths] of subjects) results.get(name).push(verify(paths));
  }
  return subjects.map(([name]) => {
    const all = results.get(name);
    const { run, status } = all[0];
    return {
      example: name,
      status,
      seconds: round(median(all.map(({ ms }) => ms)) / 1000),
      obligations: run.packages.reduce((sum, entry) => sum + entry.obligations.length, 0),
      queries: run.statistics.queries,
      solverMs: median(all.map((each) => each.run.statistics.solverMs)),
      maxQueryMs: Math.max(...all.map((each) => each.run.statistics.maxQueryMs)),
      quantified: run.statistics.quantified,
      unknown: run.statistics.unknown,
      rssMegabytes: Math.round(Math.max(...all.map((each) => each.run.statistics.memoryBytes)) / 2 ** 20),
      annotationLines: run.packages.reduce((sum, entry) => sum + entry.annotationLines, 0),
    };
  });
}

const LINES = [100, 10_000];

/** Reading and type-checking alone, from a cold start: a short package shows how much of it is the start. */
function benchChecking(runs) {
  return LINES.map((lines) => {
    const folder = writeLongPackage(workplace, lines);
    const all = Array.from({ length: runs }, () => verify([folder]));
    const [{ code, message }, ...more] = all[0].run.diagnostics;
    if (code !== 'type' || more.length > 0) throw new Error(`a package of ${lines} lines: ${message}`);
    return { lines, seconds: round(median(all.map(({ ms }) => ms)) / 1000) };
  });
}

const SIZES = [10, 100, 1000];

/** Packages of growing size: how much more each takes than the one before, as the exponent of its size. */
function benchGrowth() {
  const rows = SIZES.map((operations) => {
    const { ms, status, run } = verify([writeSyntheticPackage(workplace, operations)]);
    const obligations = run.packages.reduce((sum, entry) => sum + entry.obligations.length, 0);
    const { queries, solverMs, memoryBytes } = run.statistics;
    const seconds = round(ms / 1000);
    return {
      operations,
      status,
      seconds,
      obligations,
      queries,
      solverMs,
      rssMegabytes: Math.round(memoryBytes / 2 ** 20),
    };
  });
  const exponents = rows.slice(1).map((row, index) => {
    const before = rows[index];
    const exponent = (figure) =>
      round(Math.log(row[figure] / before[figure]) / Math.log(row.operations / before.operations));
    return {
      from: before.operations,
      to: row.operations,
      ...Object.fromEntries(
        ['seconds', 'obligations', 'queries', 'solverMs', 'rssMegabytes'].map((figure) => [
          figure,
          exponent(figure),
        ]),
      ),
    };
  });
  return { rows, exponents };
}

/** Every mutant once: its verdict and how long it took. */
function benchMutants() {
  return folders(join(root, 'test/mutants')).flatMap((system) =>
    folders(join(root, 'test/mutants', system)).map((mutant) => {
      const { ms, run } = verify([join(root, 'test/mutants', system, mutant)]);
      const verdict = run.packages[0]?.verdict ?? `input error: ${run.diagnostics[0]?.message ?? 'none'}`;
      return { mutant: `${system}/${mutant}`, verdict, seconds: round(ms / 1000) };
    }),
  );
}

/** What must not depend on the seed. */
function benchSeeds(count) {
  const fingerprints = Array.from({ length: count }, (_, seed) => {
    const { run } = verify([join(root, 'examples')], ['--seed', String(seed)]);
    return JSON.stringify(
      run.packages.map(({ path, obligations }) => [
        path,
        obligations.map(({ id, verdict }) => [id, verdict]),
      ]),
    );
  });
  return { seeds: count, same: new Set(fingerprints).size === 1 };
}

function round(number) {
  return Math.round(number * 100) / 100;
}

function slowest(mutants, verdict) {
  return mutants
    .filter((each) => each.verdict === verdict)
    .reduce((left, right) => (left === null || right.seconds > left.seconds ? right : left), null);
}

try {
  const runs = Number(options.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs wants a positive number');
  const figures = {};
  if (options.seeds) {
    figures.seeds = benchSeeds(20);
  } else {
    figures.examples = benchExamples(runs);
    figures.checking = benchChecking(runs);
    if (!options['no-growth']) figures.growth = benchGrowth();
    if (options.mutants) figures.mutants = benchMutants();
  }
  if (options.json) {
    console.log(JSON.stringify(figures, undefined, 2));
  } else {
    if (figures.seeds)
      console.log(
        `${figures.seeds.seeds} seeds: ${figures.seeds.same ? 'same' : 'DIFFERENT'} verdicts and ids`,
      );
    if (figures.examples) console.table(figures.examples);
    if (figures.checking) {
      console.log('reading and type-checking of so many lines of Go, with the start of the process');
      console.table(figures.checking);
    }
    if (figures.growth) {
      console.log('a package with this many operations, ten to a lock and a block of the disk');
      console.table(figures.growth.rows);
      console.log('growth as the power of the number of operations (1: in proportion)');
      console.table(figures.growth.exponents);
    }
    if (figures.mutants) {
      console.table(figures.mutants);
      const last = slowest(figures.mutants, 'refuted');
      if (last !== null) console.log(`slowest refutation: ${last.mutant}, ${last.seconds} s`);
    }
  }
  if (figures.seeds?.same === false) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  rmSync(workplace, { recursive: true, force: true });
}
