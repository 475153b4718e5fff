import type { Block, Expression, Field, Variable } from '../go/index.js';
import { allStatements, expressionsOf, operandsOf, placesOf } from '../go/index.js';
import type { Program } from './program.js';
import { initialValues } from './program.js';

/**
 * The variables and fields whose address some call gives to `sync/atomic`: these are atomic everywhere. What is in an
 * array is as the array is, and a field is a field of every value of its struct, so that no two names of one location differ.
 */
export function atomicallyAccessed(program: Program): ReadonlySet<Variable | Field> {
  const found = new Set<Variable | Field>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'call' && expression.callee.kind === 'atomic') {
      const location = innermost(expression.callee.place);
      if (location !== null) found.add(location);
    }
    if (expression.kind === 'closure') visitAll(expression.function.body);
    operandsOf(expression).forEach(visit);
  };
  const visitAll = (body: Block): void => {
    for (const statement of body.statements.flatMap(allStatements)) {
      [...expressionsOf(statement), ...placesOf(statement)].forEach(visit);
    }
  };
  for (const { body } of program.functions) visitAll(body);
  initialValues(program).forEach(visit);
  return found;
}

function innermost(place: Expression): Variable | Field | null {
  switch (place.kind) {
    case 'variable':
      return place.variable;
    case 'select':
      return place.field;
    case 'index':
      return innermost(place.collection);
    default:
      return null;
  }
}
