import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import type { Instruction, System } from '../../src/ir/index.js';
import { prove } from '../../src/vcgen/index.js';
import { CRASH_INVARIANT, READ, RECOVER, replicatedDisk, WRITE } from './replicated-disk.js';

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

async function failures(system: System): Promise<string[]> {
  const report = await prove(system, solver);
  const failed = report.obligations.filter((obligation) => obligation.status !== 'proved');
  return [
    ...new Set(failed.map((obligation) => `${obligation.operation ?? 'package'} ${obligation.code}`)),
  ].sort();
}

function without(instructions: readonly Instruction[], position: number): Instruction[] {
  const shifted = (target: number): number => (target > position ? target - 1 : target);
  return instructions
    .filter((_, index) => index !== position)
    .map((instruction) => {
      if (instruction.kind === 'jump') return { ...instruction, target: shifted(instruction.target) };
      if (instruction.kind !== 'branch') return instruction;
      return {
        ...instruction,
        whenTrue: shifted(instruction.whenTrue),
        whenFalse: shifted(instruction.whenFalse),
      };
    });
}

const cut = (code: typeof WRITE, position: number): typeof WRITE => ({
  ...code,
  instructions: without(code.instructions, position),
});

function swapped(code: typeof WRITE, left: number, right: number): typeof WRITE {
  const instructions = [...code.instructions];
  const [first, second] = [instructions[left], instructions[right]];
  if (first === undefined || second === undefined) throw new Error('no such instruction');
  instructions[left] = second;
  instructions[right] = first;
  return { ...code, instructions };
}

describe('the replicated disk', () => {
  it('is proved, with the commit points and the helping reported', async () => {
    const report = await prove(replicatedDisk(), solver);
    const bad = report.obligations.filter((obligation) => obligation.status !== 'proved');
    expect(bad.map((obligation) => obligation.id)).toEqual([]);
    expect(report.obligations.length).toBeGreaterThan(30);
    expect(report.choices.map((choice) => `${choice.kind} ${choice.operation}`).sort()).toEqual([
      'commit Read',
      'commit Write',
      'help recovery',
      'help recovery',
    ]);
  });

  it.each<[string, Parameters<typeof replicatedDisk>[0], string[]]>([
    ['no recovery', { recovery: null }, ['recovery recovery']],
    ['no write of disk 2', { write: cut(WRITE, 2) }, ['Write lock-invariant']],
    ['no write of disk 1', { write: cut(WRITE, 1) }, ['Write lock-invariant']],
    ['a read without the lock', { read: cut(cut(READ, 4), 0) }, ['Read result']],
    ['the lock left held', { write: cut(WRITE, 3) }, ['Write lock-leak']],
    ['unlocked too early', { write: swapped(WRITE, 2, 3) }, ['Write lock-invariant']],
    ['no lock at all', { write: cut(cut(WRITE, 3), 0) }, ['Write lease']],
    ['no crash invariant', { crashInvariants: [] }, ['recovery loop-invariant']],
    ['recovery that forgets to write', { recovery: cut(RECOVER, 5) }, ['recovery loop-invariant']],
  ])('is refused with %s', async (_name, change, expected) => {
    expect(await failures(replicatedDisk(change))).toEqual(expected);
  });

  it('is refused without a part of its crash invariant', async () => {
    const { expression } = CRASH_INVARIANT;
    if (expression.kind !== 'quantifier' || expression.body.kind !== 'binary')
      throw new Error('unexpected shape');
    const { right } = expression.body;
    if (right.kind !== 'binary') throw new Error('unexpected shape');
    const weaker = {
      ...CRASH_INVARIANT,
      expression: { ...expression, body: { ...expression.body, right: right.left } },
    };
    expect(await failures(replicatedDisk({ crashInvariants: [weaker] }))).not.toEqual([]);
  });
});
