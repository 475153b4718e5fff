import type { Block, Statement, Target } from './ast.js';
import type { Callee, Expression } from './expression.js';

/** The statement and all that are inside it. */
export function allStatements(statement: Statement): readonly Statement[] {
  const inside = [
    ...simpleStatementsOf(statement),
    ...blocksOf(statement).flatMap(({ statements }) => statements),
  ];
  return [statement, ...inside.flatMap(allStatements)];
}

/** The blocks directly inside a statement. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case 'block':
      return [statement.block];
    case 'if':
      return statement.whenFalse === null ? [statement.whenTrue] : [statement.whenTrue, statement.whenFalse];
    case 'for':
    case 'range':
      return [statement.body];
    case 'switch':
    case 'typeSwitch':
    case 'select':
      return statement.cases.map((each) => each.body);
    case 'declare':
    case 'assign':
    case 'operate':
    case 'break':
    case 'continue':
    case 'return':
    case 'defer':
    case 'go':
    case 'send':
    case 'expression':
    case 'panic':
    case 'empty':
      return [];
  }
}

/** The statements with each one, inside of others too, in the place of which others are wanted replaced by these; null: it stays. */
export function replaced(
  statements: readonly Statement[],
  replacement: (statement: Statement) => readonly Statement[] | null,
): readonly Statement[] {
  const inBlock = (block: Block): Block => ({
    ...block,
    statements: replaced(block.statements, replacement),
  });
  const inCases = <C extends { readonly body: Block }>(cases: readonly C[]): readonly C[] =>
    cases.map((each) => ({ ...each, body: inBlock(each.body) }));
  return statements.flatMap((statement): readonly Statement[] => {
    const others = replacement(statement);
    if (others !== null) return others;
    switch (statement.kind) {
      case 'block':
        return [{ ...statement, block: inBlock(statement.block) }];
      case 'if': {
        const whenFalse = statement.whenFalse === null ? null : inBlock(statement.whenFalse);
        return [{ ...statement, whenTrue: inBlock(statement.whenTrue), whenFalse }];
      }
      case 'for':
      case 'range':
        return [{ ...statement, body: inBlock(statement.body) }];
      case 'switch':
        return [{ ...statement, cases: inCases(statement.cases) }];
      case 'typeSwitch':
        return [{ ...statement, cases: inCases(statement.cases) }];
      case 'select':
        return [{ ...statement, cases: inCases(statement.cases) }];
      default:
        return [statement];
    }
  });
}

/** The statements in a statement that are in none of its blocks. */
export function simpleStatementsOf(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'if':
    case 'switch':
    case 'typeSwitch':
      return statement.initialiser === null ? [] : [statement.initialiser];
    case 'for':
      return [statement.initialiser, statement.post].filter((each) => each !== null);
    case 'select':
      return statement.cases.map((each) => each.communication).filter((each) => each !== null);
    case 'block':
    case 'declare':
    case 'assign':
    case 'operate':
    case 'range':
    case 'break':
    case 'continue':
    case 'return':
    case 'defer':
    case 'go':
    case 'send':
    case 'expression':
    case 'panic':
    case 'empty':
      return [];
  }
}

/** Places that exist before a statement and that it assigns. */
export function placesOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'assign':
      return statement.targets.flatMap(placeOf);
    case 'range':
      return [statement.key, statement.value].flatMap((target) => (target === null ? [] : placeOf(target)));
    case 'operate':
      return [statement.place];
    default:
      return [];
  }
}

function placeOf(target: Target): readonly Expression[] {
  return target.kind === 'place' ? [target.place] : [];
}

/** Expressions directly in a statement, targets aside. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'assign':
    case 'return':
      return statement.values;
    case 'operate':
      return [statement.value];
    case 'if':
      return [statement.condition];
    case 'for':
      return statement.condition === null ? [] : [statement.condition];
    case 'range':
      return [statement.over];
    case 'switch':
      return [
        ...(statement.tag === null ? [] : [statement.tag]),
        ...statement.cases.flatMap((each) => each.values),
      ];
    case 'typeSwitch':
      return [statement.operand];
    case 'defer':
    case 'go':
    case 'expression':
      return [statement.call];
    case 'send':
      return [statement.channel, statement.value];
    case 'panic':
      return [statement.argument];
    case 'block':
    case 'declare':
    case 'select':
    case 'break':
    case 'continue':
    case 'empty':
      return [];
  }
}

/** Operands of an expression; the body of a closure is none. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'constant':
    case 'variable':
    case 'nil':
    case 'function':
    case 'closure':
    case 'methodExpression':
      return [];
    case 'unary':
    case 'convert':
    case 'select':
    case 'length':
    case 'dereference':
    case 'assertion':
      return [expression.operand];
    case 'receive':
      return [expression.channel];
    case 'lookup':
      return [expression.map, expression.key];
    case 'slice':
      return [expression.operand, expression.low, expression.high, expression.max].filter(
        (each) => each !== null,
      );
    case 'make':
      return expression.sizes;
    case 'new':
      return expression.initial === null ? [] : [expression.initial];
    case 'append':
      return [expression.slice, ...expression.elements];
    case 'methodValue':
      return [expression.method.receiver];
    case 'address':
      return [expression.place];
    case 'binary':
      return [expression.left, expression.right];
    case 'index':
      return [expression.collection, expression.index];
    case 'composite':
      return expression.elements.flatMap((element) =>
        element.key.kind === 'key' ? [element.key.key, element.value] : [element.value],
      );
    case 'extremum':
      return expression.operands;
    case 'call':
      return [...calleeOperands(expression.callee), ...expression.arguments];
  }
}

function calleeOperands(callee: Callee): readonly Expression[] {
  switch (callee.kind) {
    case 'method':
    case 'interface':
      return [callee.receiver];
    case 'lock':
      return [callee.mutex];
    case 'atomic':
    case 'once':
    case 'group':
      return [callee.place];
    case 'condition':
      return [callee.condition];
    case 'value':
      return [callee.function];
    case 'function':
    case 'machine':
    case 'builtin':
      return [];
  }
}
