import type { Instruction } from '../ir/index.js';
import { successors } from '../ir/index.js';

/** The position and all that control gets to from there, in threads that are spawned on the way too. */
export function reachable(instructions: readonly Instruction[], from: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const open = [from];
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    const instruction = instructions[position];
    if (instruction === undefined || seen.has(position)) continue;
    seen.add(position);
    open.push(...successors(instruction, position));
  }
  return seen;
}
