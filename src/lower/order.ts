import type { Expression, GoType, Statement, Target, Variable } from '../go/index.js';
import { expressionsOf, operandsOf, underlying } from '../go/index.js';
import type { DynamicTypes } from './dynamic-types.js';
import type { Effects } from './effects.js';
import { CallEffects, gives, memoryOf, partsOf, sharedMemory } from './effects.js';
import type { Linked } from './linked.js';
import type { Program } from './program.js';
import type { Reports } from './reports.js';

/** Which side of each `&&` and `||` around it an expression is on. */
type Sides = ReadonlyMap<Expression, 'left' | 'right'>;

/** Something that changes variables or memory when the expression that it is in is evaluated. */
interface Change {
  readonly expression: Expression;
  readonly effects: Effects;
  readonly sides: Sides;
}

/** A read of a variable, or of memory that a reference leads to. */
interface Read {
  /** Null: of memory. */
  readonly variable: Variable | null;
  /** The kind of memory; null: of a variable that has no address. */
  readonly memory: string | null;
  /** Where a pointer may lead to a part of what is read. */
  readonly parts: readonly string[];
  readonly expression: Expression;
  /** Calls that the read is an operand of. */
  readonly inside: ReadonlySet<Expression>;
  readonly sides: Sides;
}

/**
 * Go fixes the order of calls and of the operands of `&&` and `||`, and that operands of a call come before the call. When a variable is read that some
 * call in the same statement changes is open otherwise, and compilers make use of that.
 */
export class EvaluationOrder {
  private readonly calls: CallEffects;
  private readonly shared: ReadonlySet<string>;

  /** `boxed`: variables that are in memory. */
  constructor(
    linked: Linked,
    program: Program,
    dynamicTypes: DynamicTypes,
    private readonly boxed: ReadonlySet<Variable>,
    private readonly reports: Reports,
  ) {
    this.calls = new CallEffects(program, boxed);
    const variables = linked.variables.map((each) => each.variable);
    this.shared = sharedMemory(variables, (type) => dynamicTypes.of(type).map((each) => each.type));
  }

  /** Refuses a statement that reads something and changes it, where Go leaves open which comes first. */
  check(statement: Statement): void {
    for (const expressions of evaluatedTogether(statement)) {
      const found = new Operands(this.boxed, this.calls, gives(statement));
      for (const expression of expressions) found.collect(expression, new Set(), new Map());
      const position = new Map(found.changes.map((change, index) => [change.expression, index]));
      found.changes.forEach((change) => {
        const read = found.reads.find((each) => {
          if (isSequenced(each.sides, change.sides) || !this.isChanged(each, change.effects)) return false;
          if (leadsTo(each.expression, change.expression)) return false;
          return ![...each.inside].some((call) => isUntil(call, change.expression, position));
        });
        if (read !== undefined) this.refuse(read);
      });
    }
  }

  private isChanged(read: Read, effects: Effects): boolean {
    const { variable, memory, parts } = read;
    if (variable !== null && effects.variables.has(variable)) return true;
    if (memory !== null && effects.memory.has(memory)) return true;
    if (parts.some((part) => effects.pointed.has(part))) return true;
    if (!effects.releases) return false;
    return variable?.role === 'package' || (memory !== null && this.shared.has(memory));
  }

  private refuse({ variable, expression }: Read): void {
    this.reports.unsupported(
      `reading ${variable?.name ?? 'memory'} in the same statement as a call that changes it`,
      expression.span,
      'Go does not say which comes first: put the result of the call into a variable in a statement before.',
    );
  }
}

/**
 * Whether what is an operand of a call is read before another call makes its change. What built-in functions do is not among the calls that Go puts
 * in order.
 */
function isUntil(call: Expression, change: Expression, position: ReadonlyMap<Expression, number>): boolean {
  if (call === change) return true;
  const [first, second] = [position.get(call), position.get(change)];
  return (
    isOrdered(call) && isOrdered(change) && first !== undefined && second !== undefined && first < second
  );
}

function isOrdered(call: Expression): boolean {
  return call.kind === 'receive' || (call.kind === 'call' && call.callee.kind !== 'builtin');
}

/** Whether what is read is found by way of the call, whose result is an operand. */
function leadsTo(read: Expression, call: Expression): boolean {
  return read !== call && operandsOf(read).some((operand) => operand === call || leadsTo(operand, call));
}

/** Whether an operator decides which of two expressions comes first. */
function isSequenced(one: Sides, other: Sides): boolean {
  return [...one].some(([operator, side]) => {
    const opposite = other.get(operator);
    return opposite !== undefined && opposite !== side;
  });
}

/** Groups of expressions among which Go leaves the order open, calls from left to right. */
function evaluatedTogether(statement: Statement): readonly (readonly Expression[])[] {
  switch (statement.kind) {
    case 'assign':
      return [[...statement.targets.flatMap(targetOperands), ...statement.values]];
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
      return underlying(place.collection.type).kind === 'array'
        ? [...placeOperands(place.collection), place.index]
        : [place.collection, place.index];
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

/** The reads and the changes in expressions, in the order of evaluation as far as there is one. */
class Operands {
  readonly reads: Read[] = [];
  readonly changes: Change[] = [];

  constructor(
    private readonly boxed: ReadonlySet<Variable>,
    private readonly calls: CallEffects,
    /** The statement gives back a token. */
    private readonly gives: boolean,
  ) {}

  collect(expression: Expression, inside: ReadonlySet<Expression>, sides: Sides): void {
    if (expression.constant !== undefined) return;
    this.read(expression, inside, sides);
    switch (expression.kind) {
      case 'address':
        for (const operand of placeOperands(expression.place)) this.collect(operand, inside, sides);
        return;
      case 'binary':
        if (expression.operator !== '&&' && expression.operator !== '||') break;
        this.collect(expression.left, inside, new Map([...sides, [expression, 'left']]));
        this.collect(expression.right, inside, new Map([...sides, [expression, 'right']]));
        return;
      case 'call':
      case 'receive':
      case 'append': {
        const around = new Set([...inside, expression]);
        for (const operand of operandsOf(expression)) this.collect(operand, around, sides);
        this.changes.push({ expression, effects: this.effectsOf(expression), sides });
        return;
      }
      default:
    }
    for (const operand of operandsOf(expression)) this.collect(operand, inside, sides);
  }

  private effectsOf(expression: Extract<Expression, { kind: 'call' | 'append' | 'receive' }>): Effects {
    switch (expression.kind) {
      case 'append':
        return this.calls.ofAppend(expression.type);
      case 'receive':
        return this.calls.ofReceive(this.gives);
      case 'call':
        return this.calls.of(expression, this.gives);
    }
  }

  private read(expression: Expression, inside: ReadonlySet<Expression>, sides: Sides): void {
    const memory = (type: GoType, by = inside): void => {
      const parts = partsOf(type);
      this.reads.push({ variable: null, memory: memoryOf(type), parts, expression, inside: by, sides });
    };
    const elements = (type: GoType, by = inside): void => {
      const plain = underlying(type);
      if (plain.kind === 'slice') memory(plain.element, by);
    };
    switch (expression.kind) {
      case 'variable': {
        const { variable } = expression;
        const isBoxed = this.boxed.has(variable);
        const parts = isBoxed || variable.role === 'package' ? partsOf(variable.type) : [];
        const kind = isBoxed ? memoryOf(variable.type) : null;
        this.reads.push({ variable, memory: kind, parts, expression, inside, sides });
        return;
      }
      case 'dereference':
        memory(expression.type);
        return;
      case 'index':
        elements(expression.collection.type);
        return;
      case 'lookup':
        memory(expression.map.type);
        return;
      case 'length':
        if (underlying(expression.operand.type).kind === 'map') memory(expression.operand.type);
        return;
      case 'convert':
        if (underlying(expression.type).kind !== 'slice') elements(expression.operand.type);
        return;
      case 'append':
        if (!expression.spread) return;
        for (const source of expression.elements) elements(source.type, new Set([...inside, expression]));
        return;
      case 'call':
        if (expression.callee.kind !== 'builtin') return;
        for (const source of expression.arguments) elements(source.type, new Set([...inside, expression]));
        return;
      default:
    }
  }
}
