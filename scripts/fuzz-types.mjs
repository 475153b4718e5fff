// Compares the Go front end with go/types: on all test programs, on those of Go's own type checker, each declaration of these alone, and
// on changes of all of them. npm run fuzz:types -- --count 20000 --seed 1
import { parseArgs } from 'node:util';
import { compileTests, numberOption } from './compile-tests.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
  },
});
const count = numberOption(values.count, 'count');
const seed = numberOption(values.seed, 'seed');
const { allSubjects, compareMutations, compareUnchanged, present } = await import(
  `${compileTests()}test/golang/mutation-run.js`
);
const report = {
  onProgress: (soFar) => console.log(JSON.stringify(soFar)),
  onDisagreement: (each) => console.log(`\nDISAGREEMENT\n${present(each)}\n`),
};
const subjects = await allSubjects();
console.log(`${subjects.length} programs as they are`);
const unchanged = await compareUnchanged(subjects, report);
console.log(`${count} changed programs`);
const changed = await compareMutations(subjects, { count, seed, ...report });
process.exitCode = unchanged.figures.disagree + changed.figures.disagree === 0 ? 0 : 1;
