import type { Expression, MachineOperation, Operation, Place, Statement } from '../ir/index.js';
import { children, statementExpressions, walkExpression } from '../ir/index.js';
import { forEachStatement } from './program.js';

/** A part of the machine's state that an operation may read or write. */
export interface Access {
  readonly variable: string;
  /** Of a map, the key under which it looks: over the operation's parameters and constants. Null: any part of the variable. */
  readonly key: Expression | null;
  readonly write: boolean;
}

/**
 * All parts of the machine's state that an operation may look at or change, in any of its sections and whatever it decides. Null where
 * that cannot be told: quantifiers and `choose` range over numbers found anywhere in the state.
 */
export function footprintOf(operation: MachineOperation): readonly Access[] | null {
  const accesses: Access[] = [];
  const assigned = assignedLocals(operation);
  const isFixed = (key: Expression): boolean =>
    key.kind === 'literal' ||
    key.kind === 'parameter' ||
    (key.kind === 'local' && key.index < operation.parameterCount && !assigned.has(key.index));
  const read = (expression: Expression): void => {
    if (expression.kind === 'state') {
      accesses.push({ variable: expression.variable, key: null, write: false });
      return;
    }
    if (expression.kind === 'index' && isMapVariable(expression.collection)) {
      const { variable } = expression.collection;
      accesses.push({ variable, key: isFixed(expression.key) ? expression.key : null, write: false });
      read(expression.key);
      return;
    }
    children(expression).forEach(read);
  };
  /** Statements that range over numbers found anywhere in the state. */
  const ranging: Statement[] = [];
  for (const section of operation.sections) {
    forEachStatement(section, (statement) => {
      if (statement.kind === 'choose' || statementExpressions(statement).some(quantifies))
        ranging.push(statement);
      statementExpressions(statement).forEach(read);
      const written = statement.kind === 'assign' ? writtenPlace(statement.place) : null;
      if (written === null) return;
      const key = written.key !== null && isFixed(written.key) ? written.key : null;
      accesses.push({ ...written, key, write: true });
    });
  }
  return ranging.length === 0 ? accesses : null;
}

function isMapVariable(expression: Expression): expression is Extract<Expression, { kind: 'state' }> {
  return expression.kind === 'state' && expression.type.kind === 'map';
}

function writtenPlace(place: Place): Omit<Access, 'write'> | null {
  if (place.root.kind === 'local') return null;
  const [first] = place.path;
  const key = first?.kind === 'key' && first.type.kind === 'map' ? first.key : null;
  return { variable: place.root.variable, key };
}

/** Whether a quantifier occurs in the expression. */
export function quantifies(expression: Expression): boolean {
  let found = false;
  walkExpression(expression, (node) => {
    found ||= node.kind === 'quantifier';
  });
  return found;
}

function assignedLocals(operation: Operation): ReadonlySet<number> {
  const assigned = new Set<number>();
  const see = (statement: Statement): void => {
    if (statement.kind === 'choose') assigned.add(statement.local);
    if (statement.kind === 'assign' && statement.place.root.kind === 'local')
      assigned.add(statement.place.root.index);
  };
  for (const section of operation.sections) forEachStatement(section, see);
  return assigned;
}
