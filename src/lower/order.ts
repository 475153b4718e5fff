import type {
  Block,
  CallExpression,
  Expression,
  FunctionDeclaration,
  Statement,
  Target,
  Variable,
} from '../go/index.js';
import { showGoType, underlying } from '../go/index.js';
import { assignedIn, expressionsOf, operandsOf, rootVariable } from './assigned.js';
import { allStatements } from './directives.js';
import type { Escapes } from './escape.js';
import type { Reports } from './reports.js';

/** An operand of `&&` or `||` that something stands in: the left one is done when the right one begins. */
interface Side {
  readonly operator: Expression;
  readonly isRight: boolean;
}

/** Where in a statement something is evaluated. */
interface Position {
  /** Calls of functions of the package that it is an operand of. */
  readonly inside: ReadonlySet<CallExpression>;
  readonly sides: readonly Side[];
}

/** A read of a variable, or of memory that a reference leads to. */
interface Read {
  /** Null: of memory. */
  readonly variable: Variable | null;
  /** The type of what is in memory; also of a variable that has an address. */
  readonly memory: string | null;
  readonly expression: Expression;
  readonly position: Position;
}

/** A call of a function of the package. */
interface Call {
  readonly call: CallExpression;
  readonly position: Position;
}

/** What a call may change. */
interface Effects {
  readonly variables: Set<Variable>;
  /** Types of what it may change in memory. */
  readonly memory: Set<string>;
}

/**
 * Refuses a statement that reads something and calls a function that changes it, where Go leaves open which
 * comes first. Operands of a call come before the call, what its result is read from comes after it, `&&` and `||` are done with their left side
 * before they begin with the right one, and calls come from left to right: those are in order.
 */
export function checkOrder(statement: Statement, escapes: Escapes, reports: Reports): void {
  for (const expressions of orderedTogether(statement)) {
    const found = new Operands(escapes);
    for (const expression of expressions) found.collect(expression, { inside: new Set(), sides: [] });
    for (const each of found.calls) {
      const effects = effectsOf(each.call, escapes);
      const read = found.reads.find((one) => isChanged(one, effects) && !areInOrder(one, each));
      if (read === undefined) continue;
      reports.unsupported(
        `reading ${read.variable?.name ?? 'memory'} in the same statement as a call that changes it`,
        read.expression.span,
        'Go does not say which comes first: put the result of the call into a variable in a statement before.',
      );
    }
  }
}

/** Whether Go says which comes first. */
function areInOrder(read: Read, { call, position }: Call): boolean {
  if (read.position.inside.has(call) || leadsTo(read.expression, call)) return true;
  return read.position.sides.some((side) =>
    position.sides.some((other) => other.operator === side.operator && other.isRight !== side.isRight),
  );
}

/** Whether the call is an operand of the expression, or of an operand of it. */
function leadsTo(expression: Expression, call: CallExpression): boolean {
  return expression === call || operandsOf(expression).some((operand) => leadsTo(operand, call));
}

function isChanged(read: Read, effects: Effects): boolean {
  if (read.variable !== null && effects.variables.has(read.variable)) return true;
  return read.memory !== null && effects.memory.has(read.memory);
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

/** What is evaluated of an assigned place: its indices, and the references on the way. */
function targetOperands(target: Target): readonly Expression[] {
  return target.kind === 'place' ? placeOperands(target.place) : [];
}

function placeOperands(place: Expression): readonly Expression[] {
  switch (place.kind) {
    case 'index':
      return [
        place.index,
        ...(underlying(place.collection.type).kind === 'array'
          ? placeOperands(place.collection)
          : [place.collection]),
      ];
    case 'lookup':
      return [place.map, place.key];
    case 'select':
      return placeOperands(place.operand);
    case 'dereference':
      return [place.operand];
    default:
      return [];
  }
}

class Operands {
  readonly reads: Read[] = [];
  readonly calls: Call[] = [];

  constructor(private readonly escapes: Escapes) {}

  collect(expression: Expression, position: Position): void {
    if (expression.constant !== undefined) return;
    switch (expression.kind) {
      case 'variable': {
        const { variable } = expression;
        const memory = this.escapes.boxed.has(variable) ? memoryName(variable.type) : null;
        this.reads.push({ variable, memory, expression, position });
        return;
      }
      case 'address':
        for (const operand of placeOperands(expression.place)) this.collect(operand, position);
        return;
      case 'dereference':
        this.memory(expression, memoryName(expression.type), position);
        break;
      case 'index':
        if (underlying(expression.collection.type).kind === 'slice')
          this.memory(expression, memoryName(expression.type), position);
        break;
      case 'lookup':
        this.memory(expression, memoryName(expression.map.type), position);
        break;
      case 'binary':
        if (expression.operator === '&&' || expression.operator === '||') {
          const { sides } = position;
          const at = (isRight: boolean): Position => ({
            ...position,
            sides: [...sides, { operator: expression, isRight }],
          });
          this.collect(expression.left, at(false));
          this.collect(expression.right, at(true));
          return;
        }
        break;
      default:
    }
    const isOwn = expression.kind === 'call' && isFollowed(expression);
    const around = isOwn ? { ...position, inside: new Set([...position.inside, expression]) } : position;
    if (isOwn) this.calls.push({ call: expression, position });
    for (const operand of operandsOf(expression)) this.collect(operand, around);
  }

  private memory(expression: Expression, memory: string, position: Position): void {
    this.reads.push({ variable: null, memory, expression, position });
  }
}

/** A call of code of the package. */
function isFollowed({ callee }: CallExpression): boolean {
  return callee.kind === 'function' || callee.kind === 'method' || callee.kind === 'value';
}

/** Memory of different types is different. */
function memoryName(type: Expression['type']): string {
  const plain = underlying(type);
  return plain.kind === 'array' ? showGoType(plain.element) : showGoType(type);
}

/** What a call may change: package variables, what its arguments lead to, and variables that closures share. */
function effectsOf(call: CallExpression, escapes: Escapes): Effects {
  const effects: Effects = { variables: new Set(), memory: new Set() };
  const { callee } = call;
  if (callee.kind === 'value') for (const variable of escapes.shared) effects.variables.add(variable);
  const seen = new Set<FunctionDeclaration>();
  if (callee.kind === 'function' || callee.kind === 'method') addFunction(callee.function, effects, seen);
  if (callee.kind === 'value') {
    for (const memory of escapes.closureWrites) effects.memory.add(memory);
    for (const argument of call.arguments) addFunctions(argument, effects, seen);
  }
  for (const variable of effects.variables) {
    if (escapes.boxed.has(variable)) effects.memory.add(memoryName(variable.type));
  }
  if (effects.memory.size > 0) {
    const receiver = callee.kind === 'method' ? [callee.receiver] : [];
    for (const argument of [...receiver, ...call.arguments]) {
      const root = argument.kind === 'address' ? rootVariable(argument.place) : null;
      if (root !== null) effects.variables.add(root);
    }
  }
  return effects;
}

function addFunction(
  declaration: FunctionDeclaration,
  effects: Effects,
  seen: Set<FunctionDeclaration>,
): void {
  if (seen.has(declaration)) return;
  seen.add(declaration);
  addBody(declaration.body, effects, seen);
}

function addBody(body: Block, effects: Effects, seen: Set<FunctionDeclaration>): void {
  for (const variable of assignedIn(body)) effects.variables.add(variable);
  for (const memory of memoryWrites(body)) effects.memory.add(memory);
  for (const statement of body.statements.flatMap(allStatements)) {
    for (const expression of expressionsOf(statement)) addFunctions(expression, effects, seen);
  }
}

/** What the functions that an expression mentions may change when they are called. */
function addFunctions(expression: Expression, effects: Effects, seen: Set<FunctionDeclaration>): void {
  if (expression.kind === 'call') {
    const { callee } = expression;
    if (callee.kind === 'function' || callee.kind === 'method') addFunction(callee.function, effects, seen);
  }
  if (expression.kind === 'function') addFunction(expression.function, effects, seen);
  if (expression.kind === 'methodValue' && expression.method.kind === 'method')
    addFunction(expression.method.function, effects, seen);
  if (expression.kind === 'closure') addBody(expression.function.body, effects, seen);
  for (const operand of operandsOf(expression)) addFunctions(operand, effects, seen);
}

/** Types of what the statements of a block itself may change in memory. */
export function memoryWrites(body: Block): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'append') addElement(expression.type, found);
    if (expression.kind === 'call' && expression.callee.kind === 'builtin') {
      const [first] = expression.arguments;
      if (first !== undefined) addElement(first.type, found);
    }
    for (const operand of operandsOf(expression)) visit(operand);
  };
  for (const statement of body.statements.flatMap(allStatements)) {
    for (const expression of expressionsOf(statement)) visit(expression);
    if (statement.kind === 'operate') addPlace(statement.place, found);
    if (statement.kind === 'assign' || statement.kind === 'range') {
      const targets = statement.kind === 'assign' ? statement.targets : [statement.key, statement.value];
      for (const target of targets) if (target?.kind === 'place') addPlace(target.place, found);
    }
  }
  return found;
}

function addElement(type: Expression['type'], found: Set<string>): void {
  const plain = underlying(type);
  if (plain.kind === 'slice') found.add(memoryName(plain.element));
  else if (plain.kind === 'map') found.add(memoryName(type));
}

function addPlace(place: Expression, found: Set<string>): void {
  switch (place.kind) {
    case 'dereference':
      found.add(memoryName(place.type));
      return;
    case 'select':
      addPlace(place.operand, found);
      return;
    case 'index':
      found.add(memoryName(place.type));
      if (underlying(place.collection.type).kind === 'array') addPlace(place.collection, found);
      return;
    case 'lookup':
      found.add(memoryName(place.map.type));
      return;
    default:
  }
}
