import { rewriteExpression } from '../ir/index.js';
import type { Expression, Place, Statement } from '../ir/index.js';

/** Moves a statement's locals behind `offset` others. */
export function shiftLocals(statement: Statement, offset: number): Statement {
  return mapStatement(
    statement,
    (expression) =>
      rewriteExpression(expression, (node) => {
        return node.kind === 'local' ? { ...node, index: node.index + offset } : node;
      }),
    (place) => {
      const { root } = place;
      return root.kind === 'local'
        ? { ...place, root: { kind: 'local', index: root.index + offset } }
        : place;
    },
    (local) => local + offset,
  );
}

/** Replaces the expressions, places and chosen locals of a statement and of those inside it. */
export function mapStatement(
  statement: Statement,
  expression: (each: Expression) => Expression,
  place: (each: Place) => Place,
  local: (each: number) => number,
): Statement {
  const inner = (list: readonly Statement[]): readonly Statement[] => {
    return list.map((each) => mapStatement(each, expression, place, local));
  };
  switch (statement.kind) {
    case 'assign': {
      const path = statement.place.path.map((element) => {
        return element.kind === 'key' ? { ...element, key: expression(element.key) } : element;
      });
      return { ...statement, place: place({ ...statement.place, path }), value: expression(statement.value) };
    }
    case 'require':
    case 'await':
      return { ...statement, condition: expression(statement.condition) };
    case 'choose':
      return { ...statement, local: local(statement.local), where: expression(statement.where) };
    case 'either':
      return { ...statement, branches: statement.branches.map(inner) };
    case 'if': {
      const { whenTrue, whenFalse } = statement;
      return {
        ...statement,
        condition: expression(statement.condition),
        whenTrue: inner(whenTrue),
        whenFalse: inner(whenFalse),
      };
    }
    case 'return':
      return { ...statement, values: statement.values.map(expression) };
  }
}
