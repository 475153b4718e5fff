import type { Block, Expression, Statement, Target, Variable } from '../go/index.js';
import { blocksOf } from './call.js';

/** Variables that code inside the block may assign: by statements, or by methods that get their address. */
export function assignedIn(block: Block): ReadonlySet<Variable> {
  const found = new Set<Variable>();
  for (const statement of block.statements) collect(statement, found);
  return found;
}

function collect(statement: Statement, found: Set<Variable>): void {
  for (const expression of expressionsOf(statement)) collectAddresses(expression, found);
  for (const target of targetsOf(statement)) {
    if (target.kind === 'place') addRoot(target.place, found);
  }
  if (statement.kind === 'operate') addRoot(statement.place, found);
  for (const inner of innerStatements(statement)) collect(inner, found);
  for (const block of blocksOf(statement)) for (const inner of block.statements) collect(inner, found);
}

function targetsOf(statement: Statement): readonly Target[] {
  if (statement.kind === 'assign') return statement.targets;
  if (statement.kind === 'range') return [statement.key, statement.value].filter((each) => each !== null);
  return [];
}

function innerStatements(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'if':
    case 'switch':
      return statement.initialiser === null ? [] : [statement.initialiser];
    case 'for':
      return [statement.initialiser, statement.post].filter((each) => each !== null);
    default:
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
    case 'defer':
    case 'expression':
      return [statement.call];
    default:
      return [];
  }
}

/** Receivers whose address is taken. */
function collectAddresses(expression: Expression, found: Set<Variable>): void {
  if (expression.kind === 'address') addRoot(expression.place, found);
  for (const child of operandsOf(expression)) collectAddresses(child, found);
}

/** Operands of an expression. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'constant':
    case 'variable':
      return [];
    case 'unary':
    case 'convert':
    case 'select':
    case 'length':
    case 'dereference':
      return [expression.operand];
    case 'address':
      return [expression.place];
    case 'binary':
      return [expression.left, expression.right];
    case 'index':
      return [expression.collection, expression.index];
    case 'composite':
      return expression.elements.map((element) => element.value);
    case 'extremum':
      return expression.operands;
    case 'call': {
      const { callee } = expression;
      const receiver =
        callee.kind === 'method' ? [callee.receiver] : callee.kind === 'lock' ? [callee.mutex] : [];
      return [...receiver, ...expression.arguments];
    }
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
    case 'address':
      return rootVariable(place.place);
    default:
      return null;
  }
}
