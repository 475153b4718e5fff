// Compares the prover with the explorer on random systems: npm run fuzz -- --count 20000 --seed 1 [--keep-going]
import { parseArgs } from 'node:util';
import { compileTests, numberOption } from './compile-tests.mjs';

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

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    'keep-going': { type: 'boolean', default: false },
  },
});
const compiled = compileTests();
const { fuzz } = await import(`${compiled}test/generator/fuzz.js`);
const figures = await fuzz({
  count: numberOption(values.count, 'count'),
  seed: numberOption(values.seed, 'seed'),
  keepGoing: values['keep-going'],
  onProgress: (soFar) => console.log(summary(soFar)),
  onDisagreement: ({ text }) => console.log(`\nDISAGREEMENT\n${text}\n`),
});
console.log(`\n${summary(figures)}`);
for (const [template, verdicts] of Object.entries(figures.templates)) {
  console.log(`  ${template}: ${JSON.stringify(verdicts)}`);
}
process.exitCode = figures.disagreements.length === 0 ? 0 : 1;
