import type { Block, Expression, Local, Operation, Place, Statement } from '../ir/index.js';
import { showType } from '../ir/index.js';
import { showExpression } from '../ir/show.js';

/** An operation with its sections, one statement a line. */
export function operationLines(operation: Operation): readonly string[] {
  const { locals, parameterCount, resultCount } = operation;
  const parameters = locals.slice(0, parameterCount);
  const results = locals.slice(parameterCount, parameterCount + resultCount);
  const head = `op ${operation.name}(${signature(parameters)})${results.length === 0 ? '' : ` (${signature(results)})`}`;
  const body = operation.sections.flatMap((section, index) => [
    ...(index === 0 ? [] : ['yield']),
    ...statementLines(section, locals),
  ]);
  return [`${head} {`, ...indent(body), '}'];
}

function signature(locals: readonly Local[]): string {
  return locals.map(({ name, type }) => `${name} ${showType(type)}`).join(', ');
}

/** A crash transition. */
export function blockLines(block: Block): readonly string[] {
  return statementLines(block.statements, block.locals);
}

export function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function statementLines(statements: readonly Statement[], locals: readonly Local[]): readonly string[] {
  return statements.flatMap((statement) => oneStatement(statement, locals));
}

function oneStatement(statement: Statement, locals: readonly Local[]): readonly string[] {
  const text = (expression: Expression): string => showExpression(expression, { locals });
  const lines = (statements: readonly Statement[]): readonly string[] =>
    indent(statementLines(statements, locals));
  switch (statement.kind) {
    case 'assign':
      return [`${placeText(statement.place, locals)} = ${text(statement.value)}`];
    case 'require':
    case 'await':
      return [`${statement.kind} ${text(statement.condition)}`];
    case 'choose':
      return [`choose ${locals[statement.local]?.name ?? '_'} where ${text(statement.where)}`];
    case 'either':
      return statement.branches.flatMap((branch, index) => [
        index === 0 ? 'either {' : '} or {',
        ...lines(branch),
        ...(index === statement.branches.length - 1 ? ['}'] : []),
      ]);
    case 'if':
      return [
        `if ${text(statement.condition)} {`,
        ...lines(statement.whenTrue),
        ...(statement.whenFalse.length === 0 ? [] : ['} else {', ...lines(statement.whenFalse)]),
        '}',
      ];
    case 'return':
      return [`return ${statement.values.map(text).join(', ')}`.trimEnd()];
  }
}

function placeText(place: Place, locals: readonly Local[]): string {
  const root = place.root.kind === 'state' ? place.root.variable : (locals[place.root.index]?.name ?? '_');
  const path = place.path.map((element) =>
    element.kind === 'key' ? `[${showExpression(element.key, { locals })}]` : `.${element.name}`,
  );
  return `${root}${path.join('')}`;
}
