import type { Block, Expression, Statement, Variable } from '../go/index.js';
import {
  blocksOf,
  expressionsOf,
  operandsOf,
  placesOf,
  simpleStatementsOf,
  underlying,
} from '../go/index.js';

/**
 * Variables that code inside the block may assign, or what they refer to: by statements (those of closures among them), or through their
 * address.
 */
export function assignedIn(block: Block): ReadonlySet<Variable> {
  return collected(block, rootVariable);
}

/** Variables that themselves get another value inside the block, not only what they refer to. */
export function reassignedIn(block: Block): ReadonlySet<Variable> {
  return collected(block, heldVariable);
}

/** The variable that assigning a place assigns, in the one or the other sense. */
type RootOf = (place: Expression) => Variable | null;

function collected(block: Block, rootOf: RootOf): ReadonlySet<Variable> {
  const found = new Set<Variable>();
  for (const statement of block.statements) collect(statement, found, rootOf);
  return found;
}

function collect(statement: Statement, found: Set<Variable>, rootOf: RootOf): void {
  for (const expression of expressionsOf(statement)) collectAddresses(expression, found, rootOf);
  for (const place of placesOf(statement)) {
    addRoot(place, found, rootOf);
    collectAddresses(place, found, rootOf);
  }
  for (const inner of simpleStatementsOf(statement)) collect(inner, found, rootOf);
  for (const block of blocksOf(statement))
    for (const inner of block.statements) collect(inner, found, rootOf);
}

/** Variables that the evaluation of an expression may lead to assignments of. */
export function assignedThrough(expression: Expression): ReadonlySet<Variable> {
  const found = new Set<Variable>();
  collectAddresses(expression, found, rootVariable);
  return found;
}

/** What is assigned through an address, and in closures. */
function collectAddresses(expression: Expression, found: Set<Variable>, rootOf: RootOf): void {
  if (expression.kind === 'address') addRoot(expression.place, found, rootOf);
  if (expression.kind === 'call' && expression.callee.kind === 'atomic')
    addRoot(expression.callee.place, found, rootOf);
  if (expression.kind === 'closure') {
    for (const statement of expression.function.body.statements) collect(statement, found, rootOf);
  }
  for (const child of operandsOf(expression)) collectAddresses(child, found, rootOf);
}

function addRoot(place: Expression, found: Set<Variable>, rootOf: RootOf): void {
  const root = rootOf(place);
  if (root !== null) found.add(root);
}

/** The variable in which a place is: where it is not behind a reference. */
function heldVariable(place: Expression): Variable | null {
  switch (place.kind) {
    case 'variable':
      return place.variable;
    case 'select':
      return heldVariable(place.operand);
    case 'index':
      return underlying(place.collection.type).kind === 'array' ? heldVariable(place.collection) : null;
    default:
      return null;
  }
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
