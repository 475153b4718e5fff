import type { Expression, System } from '../ir/index.js';
import { evaluatedExpressions, walkExpression } from '../ir/index.js';

const CACHE = new WeakMap<System, ReadonlySet<string>>();

/** The ops of which some formula says `j => Op(..)`; looked for once in a system. */
export function pendingOperations(system: System): ReadonlySet<string> {
  const known = CACHE.get(system);
  if (known !== undefined) return known;
  const found = find(system);
  CACHE.set(system, found);
  return found;
}

function find(system: System): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (expression: Expression): void => {
    walkExpression(expression, (node) => {
      if (node.kind === 'pending') found.add(node.operation);
    });
  };
  for (const { invariant } of system.locks) if (invariant !== null) visit(invariant.expression);
  for (const { expression } of [...system.invariants, ...system.crashInvariants]) visit(expression);
  for (const { expression, condition } of system.guarantees) {
    visit(expression);
    if (condition !== null) visit(condition);
  }
  const codes = [
    ...system.implementations.map(({ code }) => code),
    system.recovery,
    system.initialisation,
    system.boot,
  ];
  for (const instruction of codes.flatMap((code) => code?.instructions ?? [])) {
    evaluatedExpressions(instruction).forEach(visit);
    if (instruction.kind === 'loop')
      for (const { expression } of instruction.loop.invariants) visit(expression);
  }
  return found;
}
