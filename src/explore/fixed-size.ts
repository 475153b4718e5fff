import type { Expression, System } from '../ir/index.js';
import { walkExpression, walkStatements } from '../ir/index.js';

/** More than the addresses that any search gets through. */
const LARGE = 16n;

/**
 * The largest number that bounds a family of locks or an argument of a machine operation, where it is too large to be searched: a size
 * that the code fixes and that should be a parameter.
 */
export function largeFixedSize(system: System): bigint | null {
  let largest = 0n;
  const bound = (expression: Expression): void => {
    if (expression.kind === 'literal' && typeof expression.value === 'bigint' && expression.value > largest)
      largest = expression.value;
  };
  for (const { count } of system.locks) if (count !== null) bound(count);
  for (const operation of system.machineOperations.filter(({ role }) => role.kind === 'layer')) {
    for (const section of operation.sections) {
      walkStatements(section, (statement) => {
        if (statement.kind !== 'require') return;
        walkExpression(statement.condition, (node) => {
          if (node.kind === 'binary' && node.operator === 'less') bound(node.right);
        });
      });
    }
  }
  return largest > LARGE ? largest : null;
}
