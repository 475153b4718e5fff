import { rewriteExpression } from '../ir/index.js';
import type { Expression, Operation, PathElement, Place, Statement } from '../ir/index.js';

/** The operation on a state variable of another name. */
export function renameState(operation: Operation, from: string, to: string): Operation {
  const renaming = new Renaming(from, to);
  return { ...operation, sections: operation.sections.map((section) => renaming.statements(section)) };
}

class Renaming {
  constructor(
    private readonly from: string,
    private readonly to: string,
  ) {}

  statements(statements: readonly Statement[]): readonly Statement[] {
    return statements.map((statement) => this.statement(statement));
  }

  private statement(statement: Statement): Statement {
    switch (statement.kind) {
      case 'assign':
        return { ...statement, place: this.place(statement.place), value: this.expression(statement.value) };
      case 'require':
      case 'await':
        return { ...statement, condition: this.expression(statement.condition) };
      case 'choose':
        return { ...statement, where: this.expression(statement.where) };
      case 'either':
        return { ...statement, branches: statement.branches.map((branch) => this.statements(branch)) };
      case 'if':
        return {
          ...statement,
          condition: this.expression(statement.condition),
          whenTrue: this.statements(statement.whenTrue),
          whenFalse: this.statements(statement.whenFalse),
        };
      case 'return':
        return { ...statement, values: statement.values.map((value) => this.expression(value)) };
    }
  }

  private place(place: Place): Place {
    const { root } = place;
    return {
      root: root.kind === 'state' && root.variable === this.from ? { ...root, variable: this.to } : root,
      path: place.path.map((element): PathElement =>
        element.kind === 'field' ? element : { ...element, key: this.expression(element.key) },
      ),
    };
  }

  private expression(expression: Expression): Expression {
    return rewriteExpression(expression, (node) =>
      node.kind === 'state' && node.variable === this.from ? { ...node, variable: this.to } : node,
    );
  }
}
