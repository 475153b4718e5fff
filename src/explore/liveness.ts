import type { Code } from '../ir/index.js';
import { assignedLocals, evaluatedExpressions, successors, walkExpression } from '../ir/index.js';

const CACHE = new WeakMap<Code, readonly (readonly number[])[]>();

/**
 * Locals whose value at `position` no instruction reads before it assigns them. Forgetting them merges states that behave in the
 * same way.
 */
export function deadLocals(code: Code, position: number): readonly number[] {
  let dead = CACHE.get(code);
  if (dead === undefined) CACHE.set(code, (dead = analyse(code)));
  return dead[position] ?? [];
}

function analyse(code: Code): readonly (readonly number[])[] {
  const { instructions } = code;
  const live = instructions.map(() => new Set<number>());
  for (let changed = true; changed;) {
    changed = false;
    for (let position = instructions.length - 1; position >= 0; position -= 1) {
      const instruction = instructions[position];
      const own = live[position];
      if (instruction === undefined || own === undefined) continue;
      const after = successors(instruction, position).flatMap((next) => [...(live[next] ?? [])]);
      const assigned = assignedLocals(instruction);
      const before = own.size;
      for (const local of after) if (!assigned.includes(local)) own.add(local);
      for (const expression of evaluatedExpressions(instruction)) {
        walkExpression(expression, (node) => {
          if (node.kind === 'local') own.add(node.index);
        });
      }
      changed ||= own.size > before;
    }
  }
  return live.map((own) => [...code.locals.keys()].filter((local) => !own.has(local)));
}
