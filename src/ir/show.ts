import type { BinaryOperator, Expression } from './expression.js';
import { children } from './expression.js';
import type { Local } from './statement.js';
import { showType } from './type.js';

const SYMBOLS: Readonly<Record<BinaryOperator, readonly [symbol: string, strength: number]>> = {
  implies: ['==>', 1],
  or: ['||', 2],
  and: ['&&', 3],
  equal: ['==', 4],
  less: ['<', 4],
  lessEqual: ['<=', 4],
  add: ['+', 5],
  subtract: ['-', 5],
  bitOr: ['|', 5],
  bitXor: ['^', 5],
  multiply: ['*', 6],
  divide: ['/', 6],
  remainder: ['%', 6],
  shiftLeft: ['<<', 6],
  shiftRight: ['>>', 6],
  bitAnd: ['&', 6],
};

const EQUIVALENCE = 0;
const COMPARISON = 4;
const SUM = 5;
const UNARY = 7;
const OPERAND = 8;

/** How to spell what an expression does not name itself. */
export interface ShowOptions {
  /** The locals that `local` nodes refer to. */
  readonly locals?: readonly Local[];
  /** Names of bound variables that no quantifier inside the expression binds, by id. */
  readonly bound?: ReadonlyMap<string, string>;
}

/** The expression in the syntax of layers and annotations, with only the parentheses that it needs. */
export function showExpression(expression: Expression, options: ShowOptions = {}): string {
  return new Printer(options.locals ?? [], new Map(options.bound)).show(expression, 0);
}

/** What is spelt as an operand or an operator of its own, without variables. */
type Compound = Exclude<
  Expression,
  {
    kind:
      | ('literal' | 'default' | 'parameter' | 'local' | 'state' | 'bound')
      | ('unary' | 'binary' | 'conditional' | 'quantifier' | 'pending');
  }
>;

class Printer {
  constructor(
    private readonly locals: readonly Local[],
    private readonly bound: Map<string, string>,
  ) {}

  /** `weakest` is the strength below which the expression needs parentheses. */
  show(expression: Expression, weakest: number): string {
    const [text, strength] = this.spelt(expression);
    return strength < weakest ? `(${text})` : text;
  }

  private list(expressions: readonly Expression[]): string {
    return expressions.map((each) => this.show(each, 0)).join(', ');
  }

  private spelt(expression: Expression): [text: string, strength: number] {
    switch (expression.kind) {
      case 'literal':
        return [literalText(expression), OPERAND];
      case 'default':
        return [defaultText(expression), OPERAND];
      case 'parameter':
        return [expression.name, OPERAND];
      case 'local':
        return [this.locals[expression.index]?.name ?? `local${expression.index}`, OPERAND];
      case 'state':
        return [expression.old ? `old(${expression.variable})` : expression.variable, OPERAND];
      case 'bound':
        return [this.bound.get(expression.id) ?? expression.id.replace(/#\d+$/u, ''), OPERAND];
      case 'unary':
        return this.unary(expression);
      case 'binary':
        return this.binary(expression);
      case 'conditional': {
        const { condition, whenTrue, whenFalse } = expression;
        const parts = [condition, whenTrue, whenFalse].map((each) => this.show(each, 0));
        return [`if ${parts[0]} then ${parts[1]} else ${parts[2]}`, EQUIVALENCE];
      }
      case 'quantifier': {
        for (const { id, name } of expression.variables) this.bound.set(id, name);
        const variables = expression.variables
          .map(({ name, type }) => `${name} ${showType(type)}`)
          .join(', ');
        return [`${expression.quantifier} ${variables} :: ${this.show(expression.body, 0)}`, EQUIVALENCE];
      }
      case 'pending': {
        const section = expression.section === 0 ? '' : `@${expression.section}`;
        const call = `${expression.operation}${section}(${this.list(expression.arguments)})`;
        return [`${this.show(expression.thread, SUM)} => ${call}`, COMPARISON];
      }
      default:
        return this.compound(expression);
    }
  }

  private compound(expression: Compound): [text: string, strength: number] {
    switch (expression.kind) {
      case 'index':
      case 'update':
      case 'slice':
      case 'field':
      case 'withField':
        return [this.access(expression), OPERAND];
      case 'append':
      case 'concat':
        return [this.joined(expression), SUM];
      case 'member':
        return [`${this.show(expression.element, SUM)} in ${this.show(expression.set, SUM)}`, COMPARISON];
      case 'sequence':
        return [`[${this.list(expression.elements)}]`, OPERAND];
      case 'record':
        return [`${expression.type.name}{${this.list(expression.fields)}}`, OPERAND];
      case 'convert':
      case 'length':
      case 'some':
      case 'isSome':
      case 'content':
      case 'withMember':
      case 'builtin':
        return [this.call(expression), OPERAND];
      case 'splice':
      case 'elements':
      case 'gather':
        return [`${expression.kind}(${this.list(children(expression))})`, OPERAND];
    }
  }

  private unary(expression: Extract<Expression, { kind: 'unary' }>): [text: string, strength: number] {
    const { operator, operand } = expression;
    if (operator === 'not' && operand.kind === 'binary' && operand.operator === 'equal') {
      const sides = [operand.left, operand.right].map((side) => this.show(side, SUM));
      return [sides.join(' != '), COMPARISON];
    }
    if (operator === 'not' && operand.kind === 'isSome') {
      return [`${this.show(operand.option, SUM)} == none`, COMPARISON];
    }
    const symbol = { not: '!', negate: '-', complement: '^' }[operator];
    return [`${symbol}${this.show(operand, UNARY)}`, UNARY];
  }

  private binary(expression: Extract<Expression, { kind: 'binary' }>): [text: string, strength: number] {
    const { operator, left, right } = expression;
    if (operator === 'equal' && left.type.kind === 'bool') {
      return [`${this.show(left, 1)} <==> ${this.show(right, 1)}`, EQUIVALENCE];
    }
    const [symbol, strength] = SYMBOLS[operator];
    const rightGroups = operator === 'implies';
    const comparison = strength === COMPARISON;
    // A quantifier or conditional takes all that follows it; its strength is the weakest, so it gets parentheses here.
    const leftText = this.show(left, rightGroups || comparison ? strength + 1 : strength);
    return [`${leftText} ${symbol} ${this.show(right, rightGroups ? strength : strength + 1)}`, strength];
  }

  private access(
    expression: Extract<Expression, { kind: 'index' | 'update' | 'slice' | 'field' | 'withField' }>,
  ): string {
    switch (expression.kind) {
      case 'index':
        return `${this.show(expression.collection, OPERAND)}[${this.show(expression.key, 0)}]`;
      case 'update': {
        const change = `${this.show(expression.key, 0)} := ${this.show(expression.value, 0)}`;
        return `${this.show(expression.collection, OPERAND)}[${change}]`;
      }
      case 'slice': {
        const { sequence, low, high } = expression;
        const from = low.kind === 'literal' && low.value === 0n ? '' : this.show(low, 0);
        const to = high.kind === 'length' && high.sequence === sequence ? '' : this.show(high, 0);
        return `${this.show(sequence, OPERAND)}[${from}:${to}]`;
      }
      case 'field':
        return `${this.show(expression.record, OPERAND)}.${expression.name}`;
      case 'withField':
        return `${this.show(expression.record, OPERAND)}[.${expression.name} := ${this.show(expression.value, 0)}]`;
    }
  }

  private joined(expression: Extract<Expression, { kind: 'append' | 'concat' }>): string {
    if (expression.kind === 'append') {
      return `${this.show(expression.sequence, SUM)} ++ [${this.list(expression.elements)}]`;
    }
    return `${this.show(expression.left, SUM)} ++ ${this.show(expression.right, SUM + 1)}`;
  }

  private call(
    expression: Extract<
      Expression,
      { kind: 'convert' | 'length' | 'some' | 'isSome' | 'content' | 'withMember' | 'builtin' }
    >,
  ): string {
    switch (expression.kind) {
      case 'convert':
        return `${showType(expression.type)}(${this.show(expression.operand, 0)})`;
      case 'length':
        return `len(${this.show(expression.sequence, 0)})`;
      case 'some':
        return `some(${this.show(expression.value, 0)})`;
      case 'isSome':
        return `isSome(${this.show(expression.option, 0)})`;
      case 'content':
        return `content(${this.show(expression.option, 0)})`;
      case 'withMember':
        return this.changedSet(expression);
      case 'builtin':
        return `${expression.function}(${this.show(expression.operand, 0)})`;
    }
  }

  private changedSet(expression: Extract<Expression, { kind: 'withMember' }>): string {
    const { set, element, present } = expression;
    const elements = literalElements(expression);
    if (elements !== null) return `{${this.list(elements)}}`;
    if (present.kind === 'literal') {
      const name = present.value === true ? 'insert' : 'remove';
      return `${name}(${this.show(set, 0)}, ${this.show(element, 0)})`;
    }
    const [whole, one, when] = [set, element, present].map((each) => this.show(each, 0));
    return `if ${when} then insert(${whole}, ${one}) else remove(${whole}, ${one})`;
  }
}

/** The elements of a set that is written out, or null. */
function literalElements(expression: Expression): readonly Expression[] | null {
  if (expression.kind === 'default') return [];
  if (expression.kind !== 'withMember' || expression.present.kind !== 'literal') return null;
  const before = expression.present.value === true ? literalElements(expression.set) : null;
  return before && [...before, expression.element];
}

function literalText(expression: Extract<Expression, { kind: 'literal' }>): string {
  const { type, value } = expression;
  if (type.kind === 'enum') return type.cases[Number(value)] ?? value.toString();
  return value.toString();
}

function defaultText(expression: Extract<Expression, { kind: 'default' }>): string {
  const { type } = expression;
  switch (type.kind) {
    case 'bool':
      return 'false';
    case 'integer':
      return '0';
    case 'enum':
      return type.cases[0] ?? 'zero';
    case 'seq':
      return '[]';
    case 'set':
      return '{}';
    case 'option':
      return 'none';
    case 'block':
    case 'thread':
    case 'record':
    case 'map':
      return 'zero';
  }
}
