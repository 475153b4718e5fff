import type { Instruction } from './code.js';
import { successors } from './code.js';

/** The positions given and all that control gets to from there; `next` says where it goes from an instruction. */
export function reached(
  instructions: readonly Instruction[],
  from: readonly number[],
  next: (instruction: Instruction, position: number) => readonly number[] = successors,
): ReadonlySet<number> {
  const seen = new Set(from);
  for (const position of seen) {
    const instruction = instructions[position];
    if (instruction === undefined) continue;
    for (const each of next(instruction, position)) seen.add(each);
  }
  return seen;
}
