import type { Block, Callee, Expression, Statement, Target, Variable } from '../go/index.js';
import { blocksOf } from './inline.js';

/** Variables that code inside the block may assign: by statements (those of closures among them), or through their address. */
export function assignedIn(block: Block): ReadonlySet<Variable> {
  const found = new Set<Variable>();
  for (const statement of block.statements) collect(statement, found);
  return found;
}

function collect(statement: Statement, found: Set<Variable>): void {
  for (const expression of expressionsOf(statement)) collectAddresses(expression, found);
  for (const place of placesOf(statement)) {
    addRoot(place, found);
    collectAddresses(place, found);
  }
  for (const inner of innerStatements(statement)) collect(inner, found);
  for (const block of blocksOf(statement)) for (const inner of block.statements) collect(inner, found);
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

function innerStatements(statement: Statement): readonly Statement[] {
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

/** Variables that the evaluation of an expression may lead to assignments of. */
export function assignedThrough(expression: Expression): ReadonlySet<Variable> {
  const found = new Set<Variable>();
  collectAddresses(expression, found);
  return found;
}

/** What is assigned through an address, and in closures. */
function collectAddresses(expression: Expression, found: Set<Variable>): void {
  if (expression.kind === 'address') addRoot(expression.place, found);
  if (expression.kind === 'call' && expression.callee.kind === 'atomic')
    addRoot(expression.callee.place, found);
  if (expression.kind === 'closure') {
    for (const statement of expression.function.body.statements) collect(statement, found);
  }
  for (const child of operandsOf(expression)) collectAddresses(child, found);
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

function addRoot(place: Expression, found: Set<Variable>): void {
  const root = rootVariable(place);
  if (root !== null) found.add(root);
}

/** The variable that a place is a part of. */
export function rootVariable(place: Expression): Variable | null {
  switch (place.kind) {
    case 'variable':
      return place.variable;
    case 'select':
    case 'dereference':
      return rootVariable(place.operand);
    case 'index':
      return rootVariable(place.collection);
    case 'lookup':
      return rootVariable(place.map);
    case 'address':
      return rootVariable(place.place);
    default:
      return null;
  }
}
