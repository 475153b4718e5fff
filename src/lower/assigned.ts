import type { Block, Expression, Statement, Variable } from '../go/index.js';
import { blocksOf, expressionsOf, operandsOf, placesOf, simpleStatementsOf } from '../go/index.js';

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
  for (const inner of simpleStatementsOf(statement)) collect(inner, found);
  for (const block of blocksOf(statement)) for (const inner of block.statements) collect(inner, found);
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
