import { describe, expect, it } from 'vitest';
import { argumentTuples, profitsFromSmallArguments } from '../../src/explore/arguments.js';
import type { Bounds } from '../../src/explore/bounds.js';
import { Program } from '../../src/explore/program.js';
import type { System } from '../../src/ir/index.js';
import { keyOf } from '../../src/explore/value.js';
import { loadSystem } from '../../src/lower/index.js';

const BOUNDS: Bounds = { threads: 1, operations: 1, crashes: 0, parameters: { Size: 5n }, values: 1 };

async function example(name: string): Promise<System> {
  const result = await loadSystem(`examples/${name}`);
  if (!result.ok) expect.fail(JSON.stringify(result.diagnostics));
  return result.value;
}

function tuples(system: System, name: string, bounds: Bounds): readonly string[] {
  const program = new Program(system, bounds);
  return argumentTuples(program, program.specificationOperation(name), true).map((tuple) =>
    tuple.map(keyOf).join(' '),
  );
}

describe('arguments', () => {
  it('are all numbers below a parameter, unless small ones were asked for and the operation has many', async () => {
    const system = await example('group_commit');
    const small = { ...BOUNDS, smallArguments: true };
    expect(tuples(system, 'Append', BOUNDS)).toHaveLength(25);
    expect(tuples(system, 'Append', small)).toEqual(['0 0', '0 1', '1 0', '1 1']);
    expect(tuples(system, 'Get', small)).toEqual(['0', '1', '2', '3', '4']);
    expect(tuples(system, 'Get', BOUNDS)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('are made fewer only where that makes a difference', async () => {
    expect(profitsFromSmallArguments(await example('group_commit'), BOUNDS)).toBe(true);
    expect(profitsFromSmallArguments(await example('group_commit'), { ...BOUNDS, values: 4 })).toBe(false);
    expect(profitsFromSmallArguments(await example('replicated_disk'), BOUNDS)).toBe(false);
  });

  it('have a block even where there are no values', async () => {
    const system = await example('replicated_disk');
    expect(tuples(system, 'Write', { ...BOUNDS, values: 0, parameters: { Size: 2n } })).toHaveLength(2);
  });
});
