import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type Query, type Solver, createSolver } from '../../src/encoding/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { prove } from '../../src/vcgen/index.js';

/** Whether nothing is taken for relevant. */
const nothing = vi.hoisted(() => ({ isRelevant: false }));
vi.mock('../../src/vcgen/relevance.js', async (original) => {
  const { relevantFacts } = await original<typeof import('../../src/vcgen/relevance.js')>();
  const mocked: typeof relevantFacts = (...args) => (nothing.isRelevant ? new Set() : relevantFacts(...args));
  return { relevantFacts: mocked };
});

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
const directory = mkdtempSync(join(tmpdir(), 'armada-relevance-'));
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await solver.close();
});

interface Change {
  /** What stands in the code instead of `disk.Write(0, v)`. */
  readonly write?: string;
  /** What more is said of the state. */
  readonly more?: readonly string[];
}

/** So many blocks, each with a lock, and with ops that read and write it. */
function writePackage(blocks: number, { write = 'disk.Write(0, v)', more = [] }: Change): string {
  const all = Array.from({ length: blocks }, (_, index) => index);
  const layer = [
    'layer Blocks {',
    ...all.map((index) => `  durable v${index} Block`),
    ...all.map((index) => `  op Get${index}() (r Block) { return v${index} }`),
    ...all.map((index) => `  op Set${index}(v Block) { v${index} = v }`),
    '  crash {}',
    '}',
  ];
  const code = [
    'package blocks',
    'import (',
    '\t"sync"',
    '\t"armada/machine/disk"',
    ')',
    `//@ refines Blocks over SingleDisk(${blocks})`,
    ...all.flatMap((index) => [
      `// @ m${index} guards disk[${index}], spec.v${index}`,
      `// @   invariant disk[${index}] == spec.v${index}`,
      `var m${index} sync.Mutex`,
      '',
      `//@ crash invariant invariant(m${index})`,
      '',
      `// @ op Get${index}`,
      `func Get${index}() disk.Block {`,
      `\tm${index}.Lock()`,
      `\tv := disk.Read(${index})`,
      `\tm${index}.Unlock()`,
      '\treturn v',
      '}',
      `// @ op Set${index}`,
      `func Set${index}(v disk.Block) {`,
      `\tm${index}.Lock()`,
      `\t${index === 0 ? write : `disk.Write(${index}, v)`}`,
      `\tm${index}.Unlock()`,
      '}',
    ]),
    ...more.flatMap((line) => [line, '']),
    '// @ recovery',
    'func Recover() {}',
    '',
  ];
  const folder = mkdtempSync(join(directory, 'blocks'));
  writeFileSync(join(folder, 'blocks.layer'), layer.join('\n'));
  writeFileSync(join(folder, 'blocks.go'), code.join('\n'));
  return folder;
}

/** The codes of what was not proved, and the most that was known where something was asked of `Set0`. */
async function outcome(
  blocks: number,
  change: Change,
): Promise<{ readonly failed: readonly string[]; readonly mostKnown: number }> {
  const system = await loadSystem(writePackage(blocks, change));
  if (!system.ok) expect.fail(system.diagnostics.map((each) => each.message).join('\n'));
  let mostKnown = 0;
  const recording: Solver = {
    check: (query: Query) => {
      mostKnown = Math.max(mostKnown, query.hypotheses.length);
      return solver.check(query);
    },
    statistics: () => solver.statistics(),
    close: () => solver.close(),
  };
  const only = system.value.implementations.filter(({ operation }) => operation === 'Set0');
  const part = { ...system.value, implementations: only };
  const { obligations } = await prove(part, recording, { filter: 'Set0' });
  expect(obligations.length).toBeGreaterThan(3);
  const wrong = obligations.filter(({ status }) => status !== 'proved');
  return { failed: [...new Set(wrong.map(({ code }) => code))], mostKnown };
}

describe('the facts that an op is proved with', () => {
  it('are no more where there is more that it has nothing to do with', async () => {
    const [few, many] = [await outcome(2, {}), await outcome(12, {})];
    expect(few.failed).toEqual([]);
    expect(many).toEqual(few);
  });

  it('are those of all that it may touch', async () => {
    const { failed } = await outcome(3, { write: 'disk.Write(1, v)' });
    expect(failed).toContain('lease');
    const computed = 'a := disk.ToUint64(v) % 3; disk.Write(a, v)';
    expect((await outcome(3, { write: computed })).failed).toContain('lease');
  });

  it('are those of all that hangs together with what it touches', async () => {
    const more = ['//@ invariant spec.v0 == spec.v1', '//@ invariant spec.v1 == spec.v2'];
    expect((await outcome(4, { more })).failed).toContain('invariant');
  });

  it('are not all that a step has to keep: what it changes counts, whatever is taken for relevant', async () => {
    nothing.isRelevant = true;
    const more = ['//@ invariant spec.v0 == spec.v1', '//@ crash invariant disk[0] == disk[1]'];
    const { failed } = await outcome(4, { more });
    expect(failed).toEqual(expect.arrayContaining(['invariant', 'crash-invariant']));
    nothing.isRelevant = false;
  });
});
