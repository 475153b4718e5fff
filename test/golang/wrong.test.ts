import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { runSuite, testsOf } from './go-suite.js';
import { Declarations } from './slice.js';
import { packagesUnder } from './subjects.js';
import { exploreWrapped, unprovedOf, wrappedSystem } from './wrapped.js';
import { missing } from '../tools.js';

const PACKAGES = packagesUnder('test/golang/wrong');

const solver = createSolver({ jobs: 1, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

const skipped = missing('go');

describe('functions that do not return true', () => {
  it.skipIf(skipped !== null)(skipped ?? 'do not under Go', () => {
    const said = [...runSuite(PACKAGES)];
    expect(said.length).toBe(PACKAGES.flatMap(testsOf).length);
    expect(said.filter(([, result]) => result === 'true')).toEqual([]);
  });

  const cases = PACKAGES.flatMap((each) =>
    testsOf(each).map(({ name, function: wrong }) => [name, wrong, each] as const),
  );
  it.each(cases)('%s is refuted, and not proved', { timeout: 60_000 }, async (_name, wrong, { files }) => {
    const declarations = await Declarations.read(files);
    if (declarations === null) throw new Error('the package does not parse');
    const call = { function: wrong, resultType: 'bool', right: 'true', wrong: 'false' };
    const loaded = await wrappedSystem(declarations.sliceOf(wrong), call);
    if (loaded.kind === 'refused') expect.fail(loaded.by.join(', '));
    if (loaded.kind === 'rejected') expect.fail(loaded.diagnostics.map(({ message }) => message).join('\n'));
    expect(exploreWrapped(loaded.system, 'Right').kind).toBe('violation');
    expect(await unprovedOf(loaded.system, 'Right', solver)).not.toEqual([]);
  });
});

/** Bodies of functions that return true in some executions of Go only. */
const SOMETIMES = {
  'the first key is the least':
    'for k := range map[int]bool{1: true, 2: true} {\n\t\treturn k == 1\n\t}\n\treturn false',
  'the last key is the greatest':
    'last := 0\n\tfor k := range map[int]bool{1: true, 2: true} {\n\t\tlast = k\n\t}\n\treturn last == 2',
  'an entry that is made in the loop comes':
    'm := map[int]bool{1: true}\n\tn := 0\n\tfor k := range m {\n\t\tif k == 1 {\n\t\t\tm[2] = true\n\t\t}\n\t\tn++\n\t}\n\treturn n == 2',
  'an entry that is made in the loop does not come':
    'm := map[int]bool{1: true}\n\tn := 0\n\tfor k := range m {\n\t\tif k == 1 {\n\t\t\tm[2] = true\n\t\t}\n\t\tn++\n\t}\n\treturn n == 1',
  'an entry that is deleted and made again does not come again':
    'm := map[int]bool{1: true}\n\tn := 0\n\tfor k := range m {\n\t\tif n == 0 {\n\t\t\tdelete(m, k)\n\t\t\tm[k] = true\n\t\t}\n\t\tn++\n\t}\n\treturn n == 1',
} as const;

describe('functions that return true only sometimes', () => {
  it.each(Object.entries(SOMETIMES))('%s: not proved', { timeout: 60_000 }, async (_name, body) => {
    const call = { function: 'test', resultType: 'bool', right: 'true', wrong: 'false' };
    const loaded = await wrappedSystem(`package p\n\nfunc test() bool {\n\t${body}\n}\n`, call);
    if (loaded.kind !== 'loaded') expect.fail(loaded.kind);
    for (const operation of ['Right', 'Wrong'] as const) {
      expect(await unprovedOf(loaded.system, operation, solver)).not.toEqual([]);
    }
  });
});
