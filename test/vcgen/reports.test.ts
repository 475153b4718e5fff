import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { largeFixedSize } from '../../src/explore/index.js';
import type { System } from '../../src/ir/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { type Obligation, prove } from '../../src/vcgen/index.js';

const solver = createSolver({ jobs: 1, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

const LAYER = `layer Cell {
  durable v Block
  op Get() (r Block)  { return v }
  op Put(v2 Block)    { v = v2 }
  crash {}
}
`;
const CODE = `package cell

import (
	"sync"

	"armada/machine/disk"
)

const size uint64 = 100

//@ refines Cell over SingleDisk(size)

// @ mu guards disk[0], spec.v
// @   invariant disk[0] == spec.v && disk[1] == disk[1]
var mu sync.Mutex

//@ crash invariant disk[0] == spec.v

// @ recovery
func Recover() {}

// @ op Get
func Get() disk.Block {
	mu.Lock()
	r := disk.Read(1)
	mu.Unlock()
	return r
}

// @ op Put
func Put(v disk.Block) {
	mu.Lock()
	disk.Write(1, v)
	mu.Unlock()
}
`;

async function systemOf(code: string): Promise<System> {
  const folder = mkdtempSync(join(tmpdir(), 'reports-'));
  writeFileSync(join(folder, 'cell.layer'), LAYER);
  writeFileSync(join(folder, 'cell.go'), code);
  const system = await loadSystem(folder);
  if (!system.ok) throw new Error(system.diagnostics.map(({ message }) => message).join('\n'));
  return system.value;
}

async function failures(code: string): Promise<readonly Obligation[]> {
  const { obligations } = await prove(await systemOf(code), solver);
  return obligations.filter(({ status }) => status === 'failed');
}

describe('what a failure says', () => {
  it('speaks of the result where nothing else is wrong with a step', async () => {
    const get = (await failures(CODE)).filter(({ operation }) => operation === 'Get');
    expect(get.map(({ code }) => code)).toEqual(['result']);
    const values = get.flatMap(({ countermodel }) => countermodel?.values ?? []);
    expect(values.map(({ name }) => name)).not.toContain('Read');
    expect(JSON.stringify(values.map(({ value }) => value))).toMatch(/block A/);
    expect(JSON.stringify(values.map(({ value }) => value))).not.toContain('!val!');
  });

  it('points at the closing brace where a function ends without a return', async () => {
    const put = (await failures(CODE)).find(({ operation }) => operation === 'Put');
    expect(put?.code).toBe('effect');
    expect(put?.span.start.line).toBe(CODE.split('\n').length - 1);
  });

  it('points at the `refines` where there is no function to point at', async () => {
    const wrong = CODE.replace('crash invariant disk[0] == spec.v', 'crash invariant disk[0] != spec.v');
    const start = (await failures(wrong)).find(({ operation }) => operation === 'initialisation');
    expect(start?.span.start.line).toBe(CODE.split('\n').findIndex((line) => line.includes('refines')) + 1);
    expect(start?.title).toContain('the crash invariant holds');
  });
});

describe('a failure in an inlined helper', () => {
  const helper = 'func put(a uint64, v disk.Block) {\n\tbeyond := a + size\n\tdisk.Write(beyond, v)\n}\n';
  const code = CODE.replace('disk.Write(1, v)', 'other := v\n\tput(0, other)') + helper;

  it('says which calls lead there', async () => {
    const [failed] = (await failures(code)).filter(({ code: kind }) => kind === 'machine');
    const line = code.split('\n').findIndex((text) => text.includes('put(0')) + 1;
    expect(failed?.callers.map(({ span, caller }) => `${span.start.line} in ${caller}`)).toEqual([
      `${line} in Put`,
    ]);
  });

  it('lists the variables of the functions that run there, its own first', async () => {
    const found = await failures(code);
    const names = (kind: string): readonly string[] =>
      found
        .filter((each) => each.code === kind && each.operation === 'Put')
        .flatMap(({ countermodel }) => countermodel?.values ?? [])
        .map(({ name }) => name)
        .filter((name) => /^(Put\.)?(a|v|other|beyond)$/.test(name));
    expect(names('machine')).toEqual(['a', 'v', 'beyond', 'Put.v', 'Put.other']);
    const after = code.replace('a + size', 'a + 1');
    const [effect] = (await failures(after)).filter(({ operation }) => operation === 'Put');
    expect(effect?.code).toBe('effect');
    const outside = effect?.countermodel?.values.map(({ name }) => name) ?? [];
    expect(outside).toContain('other');
    expect(outside).not.toContain('beyond');
  });
});

describe('a failure behind a loop', () => {
  const writes = (rounds: number): string =>
    CODE.replace('guards disk[0]', 'guards disk').replace(
      'disk.Write(1, v)',
      `disk.Write(0, v)\n\tfor i := uint64(0); i < ${rounds}; i++ {\n\t\tdisk.Write(1+i%2, v)\n\t}`,
    );
  const loops = async (code: string): Promise<ReadonlySet<number | undefined>> => {
    const put = (await failures(code)).filter(({ operation }) => operation === 'Put');
    return new Set(put.map(({ countermodel }) => countermodel?.loop?.start.line));
  };

  it('names the loop that has forgotten what is needed', async () => {
    const code = writes(60).replace('disk[1] == disk[1]', 'disk[1] == disk[2]');
    const line = code.split('\n').findIndex((text) => text.includes('for i')) + 1;
    expect(await loops(code)).toContain(line);
  });

  it('names none where the rounds are walked one by one', async () => {
    const code = writes(2).replace('disk.Write(0, v)', 'disk.Write(1, v)');
    const found = await loops(code);
    expect(found.size).toBeGreaterThan(0);
    expect([...found].filter((line) => line !== undefined)).toEqual([]);
  });
});

describe('a size that the code fixes', () => {
  it('is named where a search cannot get through it, unless it is a parameter', async () => {
    expect(largeFixedSize(await systemOf(CODE))).toBe(100n);
    expect(largeFixedSize(await systemOf(CODE.replace('= 100', '= 4')))).toBeNull();
    expect(largeFixedSize(await systemOf(CODE.replace('= 100', '= 100 //@ parameter')))).toBeNull();
  });
});
