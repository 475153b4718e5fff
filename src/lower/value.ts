import { BOOL } from '../ir/index.js';
import type { Expression, RecordType, Type } from '../ir/index.js';
import type { Expression as GoExpression, GoType, UnverifiedName } from '../go/index.js';
import { underlying } from '../go/index.js';
import { Label } from './builder.js';
import { arrayOf } from './constant.js';
import type { Lowering } from './lowering.js';
import {
  compare,
  conditional,
  convert,
  defaultOf,
  goBinary,
  literal,
  localOf,
  logical,
  not,
} from './operators.js';
import { fieldType, loadPlace, lowerIndex, mapType, recordType, snapshot } from './place.js';

/**
 * The value of a Go expression, as a pure expression over locals. What it takes to get there (loads of package variables,
 * checks, calls) is emitted in Go's order, left to right.
 */
export function lowerValue(lowering: Lowering, expression: GoExpression): Expression {
  const { context } = lowering;
  if (expression.constant !== undefined) return context.constants.lower(expression);
  switch (expression.kind) {
    case 'literal':
    case 'constant':
      throw new Error('a constant without a value');
    case 'variable':
    case 'dereference':
    case 'select':
    case 'index':
      return located(lowering, expression);
    case 'unary':
      return unary(lowering, expression);
    case 'binary':
      return binary(lowering, expression);
    case 'convert':
      return conversion(lowering, expression);
    case 'call': {
      const [result] = lowering.call(expression, null);
      return result ?? defaultOf(context.types.lower(expression.type, expression.span));
    }
    case 'composite':
      return composite(lowering, expression);
    case 'length': {
      const array = arrayOf(expression.operand);
      const type = context.types.lower(expression.type, expression.span);
      if (array === null) {
        context.types.lower(expression.operand.type, expression.operand.span);
        return defaultOf(type);
      }
      if (type.kind !== 'integer') throw new Error('a length is an integer');
      // The operand has calls in it, else its length were a constant.
      lowering.value(expression.operand);
      return convert(context.constants.length(array), type);
    }
    case 'extremum':
      return extremum(lowering, expression);
    case 'address':
    case 'new':
      return unverified(lowering, expression, 'pointer');
    case 'nil':
      return unverified(lowering, expression, 'nil');
    case 'lookup':
      return unverified(lowering, expression, 'map');
    case 'slice':
    case 'append':
      return unverified(lowering, expression, 'slice');
    case 'make':
      return unverified(lowering, expression, 'make');
    case 'function':
    case 'methodValue':
    case 'methodExpression':
      return unverified(lowering, expression, 'functionValue');
    case 'closure':
      return unverified(lowering, expression, 'closure');
    case 'assertion':
      return unverified(lowering, expression, 'typeAssertion');
    case 'receive':
      return unverified(lowering, expression, 'channel');
  }
}

/** Reports the expression and goes on with a placeholder. */
function unverified(lowering: Lowering, expression: GoExpression, name: UnverifiedName): Expression {
  lowering.context.reports.unverified(name, expression.span);
  return literal(BOOL, false);
}

type Of<K extends GoExpression['kind']> = Extract<GoExpression, { kind: K }>;

/** An element or a field, of a place or of a value. */
function located(
  lowering: Lowering,
  expression: Of<'variable' | 'dereference' | 'select' | 'index'>,
): Expression {
  const place = lowering.place(expression);
  if (place !== null) return loadPlace(lowering, place, expression.span);
  if (expression.kind === 'select') {
    const record = lowering.value(expression.operand);
    const { name } = expression.field;
    return { kind: 'field', record, name, type: fieldType(recordType(record.type), name) };
  }
  if (expression.kind === 'dereference') return unverified(lowering, expression, 'pointer');
  if (expression.kind !== 'index') throw new Error('a variable is always a place');
  if (arrayOf(expression.collection) === null) {
    const { collection } = expression;
    lowering.context.types.lower(collection.type, collection.span);
    return defaultOf(lowering.context.types.lower(expression.type, expression.span));
  }
  const collection = lowering.value(expression.collection);
  const key = lowerIndex(lowering, expression);
  return { kind: 'index', collection, key, type: mapType(collection.type).value };
}

function unary(lowering: Lowering, expression: Of<'unary'>): Expression {
  const operand = lowering.value(expression.operand);
  switch (expression.operator) {
    case '!':
      return not(operand);
    case '+':
      return operand;
    case '-':
      return { kind: 'unary', operator: 'negate', operand, type: operand.type };
    case '^':
      return { kind: 'unary', operator: 'complement', operand, type: operand.type };
  }
}

function binary(lowering: Lowering, expression: Of<'binary'>): Expression {
  const { operator } = expression;
  if (operator === '&&' || operator === '||') return shortCircuit(lowering, expression);
  const left = lowering.value(expression.left);
  const right = lowering.value(expression.right);
  if ((operator === '==' || operator === '!=') && left.type.kind === 'map') {
    lowering.context.reports.unsupported(
      'comparing arrays',
      expression.span,
      'Compare their elements in a loop.',
    );
  }
  checkOperands(lowering, operator, right);
  return goBinary(operator, left, right);
}

/** What makes Go panic: a divisor of zero, a negative shift count. */
export function checkOperands(lowering: Lowering, operator: string, right: Expression): void {
  if (right.type.kind !== 'integer') return;
  const zero = literal(right.type, 0n);
  if (operator === '/' || operator === '%') {
    if (right.kind === 'literal' && right.value !== 0n) return;
    const condition = not(compare('equal', right, zero));
    lowering.builder.emit({ kind: 'check', code: 'division', condition, message: 'the divisor may be zero' });
  } else if ((operator === '<<' || operator === '>>') && right.type.signed) {
    if (right.kind === 'literal' && BigInt(right.value) >= 0n) return;
    const condition = compare('lessEqual', zero, right);
    const message = 'the shift count may be negative';
    lowering.builder.emit({ kind: 'check', code: 'panic', condition, message });
  }
}

/** `&&` and `||`: what the right operand takes is done only when Go does it. */
function shortCircuit(lowering: Lowering, expression: Of<'binary'>): Expression {
  const { builder } = lowering;
  const isAnd = expression.operator === '&&';
  const left = lowering.value(expression.left);
  const right = builder.capture(() => lowering.value(expression.right));
  if (right.items.length === 0) return logical(isAnd ? 'and' : 'or', left, right.value);
  const result = builder.newLocal(expression.operator, BOOL);
  const more = new Label();
  const done = new Label();
  builder.assign(result, left);
  builder.branch(localOf(result, BOOL), isAnd ? more : done, isAnd ? done : more);
  builder.bind(more);
  builder.splice(right);
  builder.assign(result, right.value);
  builder.bind(done);
  return localOf(result, BOOL);
}

function conversion(lowering: Lowering, expression: Of<'convert'>): Expression {
  const type = lowering.context.types.lower(expression.type, expression.span);
  const from = underlying(expression.operand.type);
  const to = underlying(expression.type);
  const isPlain = from.kind === to.kind && isConvertible(from.kind);
  if (!isPlain) {
    // One of the types is refused by itself.
    lowering.context.types.lower(expression.operand.type, expression.span);
    return defaultOf(type);
  }
  return converted(lowering.value(expression.operand), type);
}

function isConvertible(kind: GoType['kind']): boolean {
  return kind === 'integer' || kind === 'bool' || kind === 'struct' || kind === 'array' || kind === 'machine';
}

/** Integers are truncated or extended; structs of other names keep their fields. */
function converted(operand: Expression, type: Type): Expression {
  if (type.kind === 'integer' && operand.type.kind === 'integer') return convert(operand, type);
  if (type.kind === 'record' && operand.type.kind === 'record' && type.name !== operand.type.name) {
    return renamed(operand, operand.type, type);
  }
  return operand;
}

function renamed(operand: Expression, from: RecordType, type: RecordType): Expression {
  const fields = type.fields.map((field): Expression => {
    return {
      kind: 'field',
      record: operand,
      name: field.name,
      type: fieldType(from, field.name),
    };
  });
  return { kind: 'record', type, fields };
}

function composite(lowering: Lowering, expression: Of<'composite'>): Expression {
  const type = lowering.context.types.lower(expression.type, expression.span);
  const plain = underlying(expression.type);
  if (plain.kind !== 'struct' && plain.kind !== 'array' && plain.kind !== 'machine') return defaultOf(type);
  lowering.context.constants.checkKeys(expression);
  return expression.elements.reduce<Expression>((whole, element) => {
    const value = lowering.value(element.value);
    if (element.key.kind === 'key') throw new Error('the literal of a map has no type');
    if (element.key.kind === 'field') {
      return { kind: 'withField', record: whole, name: element.key.field.name, value, type };
    }
    const key = literal(mapType(type).key, element.key.index);
    return { kind: 'update', collection: whole, key, value, type };
  }, defaultOf(type));
}

function extremum(lowering: Lowering, expression: Of<'extremum'>): Expression {
  const operands = expression.operands.map((each) => lowering.value(each));
  const [first, ...others] = operands;
  if (first === undefined) throw new Error('an extremum of nothing');
  return others.reduce<Expression>((best, each) => {
    const left = snapshot(lowering, best, expression.function);
    const right = snapshot(lowering, each, expression.function);
    const less = compare('less', right, left);
    return expression.function === 'min' ? conditional(less, right, left) : conditional(less, left, right);
  }, first);
}
