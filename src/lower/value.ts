import { BOOL, UINT64 } from '../ir/index.js';
import type { Expression, RecordType } from '../ir/index.js';
import type { Expression as GoExpression, UnverifiedName } from '../go/index.js';
import { underlying } from '../go/index.js';
import { Label } from './builder.js';
import { arrayOf } from './constant.js';
import { lowerConversion } from './conversion.js';
import { valuesEqual } from './equality.js';
import { closureValue, functionValue, methodExpression, methodValue } from './function-value.js';
import { assertType } from './interface-value.js';
import { knownValue } from './known-value.js';
import type { Lowering, Place } from './lowering.js';
import { channelLength, channelOf, receive } from './channel.js';
import { lookUp, mapAt, mapLength, newMap, ownMapIsNil } from './map.js';
import {
  compare,
  conditional,
  convert,
  defaultOf,
  goBinary,
  literal,
  localOf,
  logical,
  negate,
  not,
} from './operators.js';
import { checkBinaryOverflow, checkNegationOverflow } from './overflow.js';
import { fieldType, loadPlace, lowerIndex, madePlace } from './place.js';
import { mapType, recordType, snapshot } from './snapshot.js';
import { assumeWellFormed, objectOf, referTo } from './reference.js';
import { referenceInto, referenceOf, regionOf } from './region.js';
import { append, makeSlice, reslice, sliceLength, sliceLiteral } from './slice.js';
import { byteAt, stringLength, substring } from './text.js';
import { textLess } from './text-conversion.js';

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
      return lowerConversion(lowering, expression);
    case 'call': {
      const [result] = lowering.call(expression, null);
      return result ?? defaultOf(context.types.lower(expression.type, expression.span));
    }
    case 'composite':
      return composite(lowering, expression);
    case 'length':
      return length(lowering, expression);
    case 'extremum':
      return extremum(lowering, expression);
    case 'address':
      return address(lowering, expression);
    case 'new':
      return newVariableOf(lowering, expression);
    case 'nil':
      return defaultOf(context.types.lower(expression.type, expression.span));
    case 'lookup':
      return lookUp(lowering, expression)[0];
    case 'slice':
      return underlying(expression.operand.type).kind === 'string'
        ? substring(lowering, expression)
        : reslice(lowering, expression);
    case 'append':
      return append(lowering, expression);
    case 'make':
      return make(lowering, expression);
    case 'function':
      return functionValue(lowering, expression.function);
    case 'closure':
      return closureValue(lowering, expression.function);
    case 'methodValue':
      return methodValue(lowering, expression);
    case 'methodExpression':
      return methodExpression(lowering, expression);
    case 'assertion':
      return assertType(lowering, expression)[0];
    case 'receive':
      return receive(lowering, expression)[0];
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
  const known = knownValue(lowering, expression);
  if (known !== null) return known;
  const place = lowering.place(expression);
  if (place !== null) return loadedValue(lowering, place, expression);
  if (expression.kind === 'select') {
    const record = lowering.value(expression.operand);
    const { name } = expression.field;
    return { kind: 'field', record, name, type: fieldType(recordType(record.type), name) };
  }
  if (expression.kind !== 'index') throw new Error('a variable is always a place');
  if (underlying(expression.collection.type).kind === 'string') return byteAt(lowering, expression);
  const array = arrayOf(expression.collection);
  if (array === null) throw new Error('an index of no array');
  const collection = lowering.value(expression.collection);
  const key = lowerIndex(lowering, expression, lowering.context.constants.length(array));
  return { kind: 'index', collection, key, type: mapType(collection.type).value };
}

/** References that come from memory are known to refer to what exists. */
function loadedValue(lowering: Lowering, place: Place, expression: GoExpression): Expression {
  const value = loadPlace(lowering, place, expression.span);
  if (place.root !== 'local') assumeWellFormed(lowering, value);
  return value;
}

function length(lowering: Lowering, expression: Of<'length'>): Expression {
  const { context } = lowering;
  const type = context.types.lower(expression.type, expression.span);
  if (type.kind !== 'integer') throw new Error('a length is an integer');
  const { operand } = expression;
  switch (underlying(operand.type).kind) {
    case 'string':
      return convert(stringLength(lowering.value(operand)), type);
    case 'map':
      return convert(mapLength(lowering, mapAt(lowering, operand)), type);
    case 'channel': {
      const known = channelOf(lowering, operand);
      if (known === null) return defaultOf(type);
      return convert(
        expression.function === 'cap' ? known.node.capacity : channelLength(lowering, known),
        type,
      );
    }
    default: {
      const made = madePlace(lowering, operand);
      const found = made === null ? sliceLength(lowering, expression) : made.node.length;
      if (found !== null) return convert(found, type);
      context.types.lower(operand.type, operand.span);
      return defaultOf(type);
    }
  }
}

function make(lowering: Lowering, expression: Of<'make'>): Expression {
  const { kind } = underlying(expression.type);
  if (kind === 'slice') return makeSlice(lowering, expression);
  if (kind === 'map') return newMap(lowering, expression);
  return unverified(lowering, expression, 'channel');
}

/** A pointer to a new variable with a value. */
function pointerToNew(lowering: Lowering, expression: GoExpression, value: Expression | null): Expression {
  const type = lowering.context.types.lower(expression.type, expression.span);
  const { content } = regionOf(type);
  const pointee = underlying(expression.type);
  const isArray = pointee.kind === 'pointer' && underlying(pointee.element).kind === 'array';
  const position = literal(UINT64, 0n);
  const cells: Expression =
    isArray || value === null
      ? (value ?? defaultOf(content))
      : { kind: 'update', collection: defaultOf(content), key: position, value, type: content };
  return referTo(type, [lowering.regions.allocate(type, cells), position]);
}

function newVariableOf(lowering: Lowering, expression: Of<'new'>): Expression {
  const value = expression.initial === null ? null : lowering.value(expression.initial);
  return pointerToNew(lowering, expression, value);
}

function address(lowering: Lowering, expression: Of<'address'>): Expression {
  const { place: operand } = expression;
  if (operand.kind === 'composite') return pointerToNew(lowering, expression, lowering.value(operand));
  const { context } = lowering;
  const place = lowering.place(operand);
  const type = context.types.lower(expression.type, expression.span) as RecordType;
  const isArray = underlying(operand.type).kind === 'array';
  if (place?.root !== 'region' || place.path.length > 0 || isArray !== (place.index === null)) {
    reportAddress(lowering, place, expression);
    return defaultOf(type);
  }
  const into = referenceInto('pointer', type.name, regionOf(place.reference));
  return referTo(into, [place.object, place.index ?? literal(UINT64, 0n)]);
}

function reportAddress(lowering: Lowering, place: Place | null, expression: Of<'address'>): void {
  const { reports } = lowering.context;
  if (place?.root === 'memory') {
    reports.unsupported(
      'the address of a package variable as a value',
      expression.span,
      'Pass it to a function that only follows it, or declare the variable as a pointer.',
    );
    return;
  }
  reports.unsupported(
    'the address of a part of a struct or of an array in an array as a value',
    expression.span,
    'Pass it to a function that only follows it, or keep the part in a variable of its own.',
  );
}

function unary(lowering: Lowering, expression: Of<'unary'>): Expression {
  const operand = lowering.value(expression.operand);
  switch (expression.operator) {
    case '!':
      return not(operand);
    case '+':
      return operand;
    case '-':
      checkNegationOverflow(lowering, operand, expression.span);
      return negate(operand);
    case '^':
      return { kind: 'unary', operator: 'complement', operand, type: operand.type };
  }
}

function binary(lowering: Lowering, expression: Of<'binary'>): Expression {
  const { operator } = expression;
  if (operator === '&&' || operator === '||') return shortCircuit(lowering, expression);
  const isNil = underlying(expression.left.type).kind === 'map' ? comparedOwnMap(lowering, expression) : null;
  if (isNil !== null) return operator === '==' ? isNil : not(isNil);
  const left = lowering.value(expression.left);
  const right = lowering.value(expression.right);
  if (operator === '==' || operator === '!=') {
    const equal = referencesEqual(left, right);
    if (equal !== null) return operator === '==' ? equal : not(equal);
  }
  if (left.type.kind === 'seq') return textOperation(lowering, expression, left, right);
  if (operator === '==' || operator === '!=') {
    const equal = valuesEqual(lowering, expression.left.type, left, right, expression.span);
    return operator === '==' ? equal : not(equal);
  }
  checkOperands(lowering, operator, right);
  checkBinaryOverflow(lowering, operator, left, right, expression.span);
  return goBinary(operator, left, right);
}

/** Whether the map of its own that is compared with nil is nil; null: the operands are no such. */
function comparedOwnMap(lowering: Lowering, { left, right }: Of<'binary'>): Expression | null {
  return ownMapIsNil(lowering, left) ?? ownMapIsNil(lowering, right);
}

/** Slices and maps are only compared with nil; null: the operands are no such. */
function referencesEqual(left: Expression, right: Expression): Expression | null {
  const reference = referenceOf(left.type);
  if (reference === null || reference.kind === 'pointer') return null;
  const other = left.kind === 'default' ? right : left;
  return compare('equal', objectOf(other), literal(UINT64, 0n));
}

/** An operator on strings. */
function textOperation(
  lowering: Lowering,
  expression: Of<'binary'>,
  left: Expression,
  right: Expression,
): Expression {
  switch (expression.operator) {
    case '==':
      return compare('equal', left, right);
    case '!=':
      return not(compare('equal', left, right));
    case '+':
      return { kind: 'concat', left, right, type: left.type };
    case '<':
      return textLess(lowering, left, right);
    case '>':
      return textLess(lowering, right, left);
    case '<=':
      return not(textLess(lowering, right, left));
    case '>=':
      return not(textLess(lowering, left, right));
    default:
      throw new Error(`${expression.operator} of strings`);
  }
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
  const result = builder.newHidden(expression.operator, BOOL);
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

function composite(lowering: Lowering, expression: Of<'composite'>): Expression {
  const type = lowering.context.types.lower(expression.type, expression.span);
  const plain = underlying(expression.type);
  if (plain.kind === 'slice') return sliceLiteral(lowering, expression);
  if (plain.kind === 'map') return newMap(lowering, expression);
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
    const less = left.type.kind === 'seq' ? textLess(lowering, right, left) : compare('less', right, left);
    return expression.function === 'min' ? conditional(less, right, left) : conditional(less, left, right);
  }, first);
}
