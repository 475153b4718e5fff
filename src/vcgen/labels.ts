import type { Code, Instruction } from '../ir/index.js';

/** Stable names for the instructions of a function: the operation or kind, numbered where it occurs more than once. */
export function stepLabels(code: Code): readonly string[] {
  const seen = new Map<string, number>();
  return code.instructions.map((instruction) => {
    const name = baseName(instruction);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}

function baseName(instruction: Instruction): string {
  switch (instruction.kind) {
    case 'call':
      return instruction.operation;
    case 'invoke':
      return instruction.procedure;
    case 'check':
      return instruction.code;
    default:
      return instruction.kind;
  }
}
