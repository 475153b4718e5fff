import type {
  CallExpression,
  Expression,
  FunctionDeclaration,
  Statement,
  Target,
  Variable,
} from '../go/index.js';
import { assignedIn, expressionsOf, operandsOf, rootVariable } from './assigned.js';
import { allStatements } from './directives.js';
import type { Reports } from './reports.js';

interface Read {
  readonly variable: Variable;
  readonly expression: Expression;
  /** Calls of functions of the package that the read is an operand of. */
  readonly inside: ReadonlySet<CallExpression>;
}

/**
 * Refuses a statement that reads a variable and calls a function that assigns it, where Go leaves open which
 * comes first. Operands of a call come before the call, and calls come from left to right: those are in order.
 */
export function checkOrder(statement: Statement, reports: Reports): void {
  for (const expressions of orderedTogether(statement)) {
    const reads: Read[] = [];
    const calls: CallExpression[] = [];
    for (const expression of expressions) collect(expression, new Set(), reads, calls);
    for (const call of calls) {
      const written = writtenBy(call);
      const read = reads.find((each) => written.has(each.variable) && !each.inside.has(call));
      if (read === undefined) continue;
      reports.unsupported(
        `reading ${read.variable.name} in the same statement as a call that changes it`,
        read.expression.span,
        'Go does not say which comes first: put the result of the call into a variable in a statement before.',
      );
    }
  }
}

/** Groups of expressions among which Go leaves the order open. */
function orderedTogether(statement: Statement): readonly (readonly Expression[])[] {
  switch (statement.kind) {
    case 'assign':
      return [[...statement.values, ...statement.targets.flatMap(targetOperands)]];
    case 'operate':
      return [[statement.place, statement.value]];
    case 'return':
      return [statement.values];
    default:
      return expressionsOf(statement).map((expression) => [expression]);
  }
}

/** What is evaluated of an assigned place: its indices. */
function targetOperands(target: Target): readonly Expression[] {
  return target.kind === 'place' ? indicesOf(target.place) : [];
}

function indicesOf(place: Expression): readonly Expression[] {
  switch (place.kind) {
    case 'index':
      return [place.index, ...indicesOf(place.collection)];
    case 'select':
    case 'dereference':
      return indicesOf(place.operand);
    default:
      return [];
  }
}

function collect(
  expression: Expression,
  inside: ReadonlySet<CallExpression>,
  reads: Read[],
  calls: CallExpression[],
): void {
  if (expression.constant !== undefined) return;
  if (expression.kind === 'variable') {
    reads.push({ variable: expression.variable, expression, inside });
    return;
  }
  if (expression.kind === 'address') {
    for (const index of indicesOf(expression.place)) collect(index, inside, reads, calls);
    return;
  }
  const isOwn =
    expression.kind === 'call' &&
    (expression.callee.kind === 'function' || expression.callee.kind === 'method');
  const around = isOwn ? new Set([...inside, expression]) : inside;
  if (isOwn) calls.push(expression);
  for (const operand of operandsOf(expression)) collect(operand, around, reads, calls);
}

/** Variables that a call may assign: package variables, and what its receiver points to. */
function writtenBy(call: CallExpression): ReadonlySet<Variable> {
  const { callee } = call;
  const found = new Set<Variable>();
  if (callee.kind !== 'function' && callee.kind !== 'method') return found;
  addWritten(callee.function, found, new Set());
  if (callee.kind === 'method' && callee.function.receiver?.type.kind === 'pointer') {
    const root = rootVariable(callee.receiver);
    if (root !== null && found.has(callee.function.receiver)) found.add(root);
  }
  return found;
}

function addWritten(
  declaration: FunctionDeclaration,
  found: Set<Variable>,
  seen: Set<FunctionDeclaration>,
): void {
  if (seen.has(declaration)) return;
  seen.add(declaration);
  for (const variable of assignedIn(declaration.body)) found.add(variable);
  for (const statement of declaration.body.statements.flatMap(allStatements)) {
    for (const expression of expressionsOf(statement)) addCallees(expression, found, seen);
  }
}

function addCallees(expression: Expression, found: Set<Variable>, seen: Set<FunctionDeclaration>): void {
  if (expression.kind === 'call') {
    const { callee } = expression;
    if (callee.kind === 'method') {
      // A method that gets a receiver on may assign what it points to.
      const root = rootVariable(callee.receiver);
      if (root !== null && callee.function.receiver?.type.kind === 'pointer') found.add(root);
    }
    if (callee.kind === 'function' || callee.kind === 'method') addWritten(callee.function, found, seen);
  }
  for (const operand of operandsOf(expression)) addCallees(operand, found, seen);
}
