// Compares results of random programs under Go and under the interpreter: npm run fuzz:go -- --count 20000 --seed 1 [--prove] [--basic]
import { parseArgs } from 'node:util';
import { compileTests, numberOption } from './compile-tests.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    prove: { type: 'boolean', default: false },
    basic: { type: 'boolean', default: false },
  },
});
const { compareGenerated } = await import(`${compileTests()}test/golang/generated-run.js`);

function summary({ programs, agrees, disagrees, panics, open }) {
  const count = Object.values(open).reduce((sum, each) => sum + each, 0);
  return `${programs} programs: ${agrees} agree (${panics} of them panic), ${count} open, ${disagrees} disagree`;
}

const { figures } = await compareGenerated({
  count: numberOption(values.count, 'count'),
  seed: numberOption(values.seed, 'seed'),
  prove: values.prove,
  basic: values.basic,
  onProgress: (soFar) => console.log(summary(soFar)),
  onDisagreement: (text) => console.log(`\nDISAGREEMENT\n${text}\n`),
});
for (const [reason, count] of Object.entries(figures.open).sort(([, left], [, right]) => right - left)) {
  console.log(`  ${count} ${reason}`);
}
process.exitCode = figures.disagrees === 0 ? 0 : 1;
