// Compares the prover with the explorer on random systems: npm run fuzz -- --count 20000 --seed 1 [--keep-going]
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiled = `${root}node_modules/.cache/fuzz/`;

function compile() {
  mkdirSync(compiled, { recursive: true });
  writeFileSync(`${compiled}package.json`, '{ "type": "module" }\n');
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  const options = ['-p', `${root}tsconfig.json`, '--noCheck', '--outDir', compiled];
  execFileSync(process.execPath, [compiler, ...options], { stdio: 'inherit' });
}

const count = (number, total) => `${number} (${((100 * number) / Math.max(1, total)).toFixed(0)} %)`;

function summary({ done, verdicts, deadlocks, ms, proverMs, explorerMs, reproved, disagreements }) {
  const shares = Object.entries(verdicts).map(([verdict, number]) => `${verdict} ${count(number, done)}`);
  const each = (total) => `${(total / Math.max(1, done)).toFixed(0)} ms`;
  return [
    `${done} systems in ${(ms / 1000).toFixed(0)} s`,
    ...shares,
    `proved but for a deadlock ${deadlocks}`,
    `${each(ms)} a system (prover ${each(proverMs)}, explorer ${each(explorerMs)}, overlapping)`,
    `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`,
    `${reproved} under another seed`,
    `${disagreements.length} disagreements`,
  ].join(', ');
}

function number(text, name) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    console.error(`--${name} takes a number, not ${text}`);
    process.exit(4);
  }
  return value;
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    'keep-going': { type: 'boolean', default: false },
  },
});
compile();
const { fuzz } = await import(`${compiled}test/generator/fuzz.js`);
const figures = await fuzz({
  count: number(values.count, 'count'),
  seed: number(values.seed, 'seed'),
  keepGoing: values['keep-going'],
  onProgress: (soFar) => console.log(summary(soFar)),
  onDisagreement: ({ text }) => console.log(`\nDISAGREEMENT\n${text}\n`),
});
console.log(`\n${summary(figures)}`);
for (const [template, verdicts] of Object.entries(figures.templates)) {
  console.log(`  ${template}: ${JSON.stringify(verdicts)}`);
}
process.exitCode = figures.disagreements.length === 0 ? 0 : 1;
