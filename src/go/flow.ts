import type { Block, Statement } from './ast.js';
import { blocksOf } from './parts.js';

/** Control cannot reach the end of the block (Go's terminating statements). */
export function blockTerminates(block: Block): boolean {
  const last = block.statements.findLast((statement) => statement.kind !== 'empty');
  return last !== undefined && terminates(last);
}

function terminates(statement: Statement): boolean {
  switch (statement.kind) {
    case 'return':
    case 'panic':
      return true;
    case 'block':
      return blockTerminates(statement.block);
    case 'if':
      return (
        statement.whenFalse !== null &&
        blockTerminates(statement.whenTrue) &&
        blockTerminates(statement.whenFalse)
      );
    case 'for':
      return statement.condition === null && !breaks(statement.body, statement.target);
    case 'switch':
      return (
        statement.cases.some((each) => each.isDefault) &&
        statement.cases.every(
          (each) => (each.fallsThrough || blockTerminates(each.body)) && !breaks(each.body, statement.target),
        )
      );
    case 'typeSwitch':
      return (
        statement.cases.some((each) => each.isDefault) &&
        statement.cases.every((each) => blockTerminates(each.body) && !breaks(each.body, statement.target))
      );
    case 'select':
      return statement.cases.every(
        (each) => blockTerminates(each.body) && !breaks(each.body, statement.target),
      );
    case 'declare':
    case 'assign':
    case 'operate':
    case 'range':
    case 'break':
    case 'continue':
    case 'defer':
    case 'go':
    case 'send':
    case 'expression':
    case 'empty':
      return false;
  }
}

/** Some `break` in the block leaves the statement with that target. */
function breaks(block: Block, target: number): boolean {
  return block.statements.some((statement) => {
    if (statement.kind === 'break') return statement.target === target;
    return blocksOf(statement).some((inner) => breaks(inner, target));
  });
}
