import type { Span } from '../base/source.js';
import type { Expression, MapType, Type } from '../ir/index.js';
import { BOOL, UINT64 } from '../ir/index.js';
import type { ArrayType, Expression as GoExpression, GoType } from '../go/index.js';
import { underlying } from '../go/index.js';
import { Label } from './builder.js';
import { arrayOf } from './constant.js';
import { usualCapacity } from './growth.js';
import { hasSize } from './layout.js';
import type { Lowering } from './lowering.js';
import { compare, conditional, defaultOf, literal, localOf, logical, toUint64 } from './operators.js';
import { mapType, snapshot } from './snapshot.js';
import { difference, fieldOf, isLength, objectOf, referTo, sum } from './reference.js';
import { referenceInto, regionOf } from './region.js';

type Of<K extends GoExpression['kind']> = Extract<GoExpression, { kind: K }>;

const ZERO = literal(UINT64, 0n);

/** `make` of a slice. */
export function makeSlice(lowering: Lowering, expression: Of<'make'>): Expression {
  const { builder, context, regions } = lowering;
  const type = context.types.lower(expression.type, expression.span);
  const [length = ZERO, capacity = length] = expression.sizes.map((size) =>
    snapshot(lowering, toUint64(lowering.value(size)), '$size'),
  );
  const fits = logical('and', compare('lessEqual', length, capacity), isLength(capacity));
  if (!isPlainSize(length, capacity)) {
    const message = 'the length or the capacity may be out of range';
    builder.emit({ kind: 'check', code: 'bounds', condition: fits, message });
  }
  const object = regions.allocate(type, defaultOf(regionOf(type).content));
  return referTo(type, [object, ZERO, length, capacity]);
}

function isPlainSize(length: Expression, capacity: Expression): boolean {
  if (length.kind !== 'literal' || capacity.kind !== 'literal') return false;
  return BigInt(length.value) <= BigInt(capacity.value) && BigInt(capacity.value) < 1n << 63n;
}

/** The check of a length that is not known to be one. */
export function checkLength(lowering: Lowering, length: Expression): void {
  if (length.kind === 'literal' && BigInt(length.value) < 1n << 63n) return;
  const message = 'the length may be out of range';
  lowering.builder.emit({ kind: 'check', code: 'bounds', condition: isLength(length), message });
}

/** A slice literal: a new array. */
export function sliceLiteral(lowering: Lowering, expression: Of<'composite'>): Expression {
  const { context, regions } = lowering;
  const type = context.types.lower(expression.type, expression.span);
  context.constants.checkKeys(expression);
  const { content } = regionOf(type);
  const cells = expression.elements.reduce<Expression>((whole, { key, value }) => {
    if (key.kind !== 'index') throw new Error('an element of a slice has an index');
    const element = lowering.value(value);
    const position = literal(UINT64, key.index);
    return { kind: 'update', collection: whole, key: position, value: element, type: content };
  }, defaultOf(content));
  const object = regions.allocate(type, cells);
  const length = literal(UINT64, expression.length ?? 0n);
  return referTo(type, [object, ZERO, length, length]);
}

/** A new slice of some values. */
export function sliceOfValues(
  lowering: Lowering,
  goType: GoType,
  values: readonly Expression[],
  span: Span,
): Expression {
  const type = lowering.context.types.lower(goType, span);
  if (values.length === 0) return defaultOf(type);
  const { content } = regionOf(type);
  const cells = values.reduce<Expression>((whole, value, index) => {
    const key = literal(UINT64, BigInt(index));
    return { kind: 'update', collection: whole, key, value, type: content };
  }, defaultOf(content));
  const length = literal(UINT64, BigInt(values.length));
  return referTo(type, [lowering.regions.allocate(type, cells), ZERO, length, length]);
}

/** `operand[low:high:max]` of a slice or an array. */
export function reslice(lowering: Lowering, expression: Of<'slice'>): Expression {
  const whole = sliced(lowering, expression.operand, expression.type, expression.span);
  if (whole === null) return defaultOf(lowering.context.types.lower(expression.type, expression.span));
  const [low, high, max] = [expression.low, expression.high, expression.max].map((bound) =>
    bound === null ? null : snapshot(lowering, toUint64(lowering.value(bound)), '$bound'),
  );
  const [from, to] = [low ?? ZERO, high ?? fieldOf(whole, 'length')];
  const capacity = fieldOf(whole, 'capacity');
  checkBounds(lowering, [from, to, max ?? capacity, capacity], low ?? null, high ?? null, max ?? null);
  return referTo(whole.type, [
    objectOf(whole),
    sum(fieldOf(whole, 'offset'), from),
    difference(to, from),
    difference(max ?? capacity, from),
  ]);
}

/** That the bounds of a slice expression do not get smaller; what is so by itself is left out. */
function checkBounds(
  lowering: Lowering,
  [from, to, max, capacity]: readonly [Expression, Expression, Expression, Expression],
  low: Expression | null,
  high: Expression | null,
  most: Expression | null,
): void {
  const conditions = [
    ...(low === null ? [] : [compare('lessEqual', from, to)]),
    ...(high === null ? [] : [compare('lessEqual', to, max)]),
    ...(most === null ? [] : [compare('lessEqual', max, capacity)]),
  ];
  const [first, ...others] = conditions;
  if (first === undefined) return;
  const condition = others.reduce((left, right) => logical('and', left, right), first);
  const message = 'the slice bounds may be out of range';
  lowering.builder.emit({ kind: 'check', code: 'bounds', condition, message });
}

/** What a slice expression is made from, as a slice: a slice, or a pointer to an array. */
function sliced(lowering: Lowering, operand: GoExpression, type: GoType, span: Span): Expression | null {
  if (underlying(operand.type).kind === 'slice') return snapshot(lowering, lowering.value(operand), '$slice');
  const pointer = snapshot(lowering, lowering.value(operand), '$pointer');
  const pointee = underlying(operand.type);
  const array = pointee.kind === 'pointer' ? underlying(pointee.element) : null;
  if (array?.kind !== 'array' || pointer.type.kind !== 'record') return null;
  if (operand.kind !== 'address') checkNotNil(lowering, pointer);
  const { name } = lowering.context.types.lower(type, span) as Extract<Type, { kind: 'record' }>;
  const length = lowering.context.constants.length(array);
  return referTo(referenceInto('slice', name, regionOf(pointer)), [objectOf(pointer), ZERO, length, length]);
}

/** The panic of following nil. */
export function checkNotNil(lowering: Lowering, reference: Expression, what = 'the pointer'): void {
  const condition = compare('less', ZERO, objectOf(reference));
  lowering.builder.emit({ kind: 'check', code: 'nil', condition, message: `${what} may be nil` });
}

/** Elements to add: their number, and how they are put behind others. */
interface Added {
  readonly count: Expression;
  readonly into: (cells: Expression, at: Expression) => Expression;
}

/** `append`. */
export function append(lowering: Lowering, expression: Of<'append'>): Expression {
  const slice = snapshot(lowering, lowering.value(expression.slice), '$slice');
  const added = expression.spread ? addedSlice(lowering, expression) : addedElements(lowering, expression);
  if (added === null) return slice;
  return appended(lowering, slice, added, expression.type);
}

function addedElements(lowering: Lowering, expression: Of<'append'>): Added | null {
  if (expression.elements.length === 0) return null;
  const values = expression.elements.map((each) => snapshot(lowering, lowering.value(each), '$element'));
  return {
    count: literal(UINT64, BigInt(values.length)),
    into: (cells, at) =>
      values.reduce<Expression>(
        (whole, value, index) => ({
          kind: 'update',
          collection: whole,
          key: sum(at, literal(UINT64, BigInt(index))),
          value,
          type: cells.type,
        }),
        cells,
      ),
  };
}

function addedSlice(lowering: Lowering, expression: Of<'append'>): Added | null {
  const [operand] = expression.elements;
  if (operand === undefined) return null;
  const value = snapshot(lowering, lowering.value(operand), '$source');
  const { source, from, count } = elementsOf(lowering, value);
  return {
    count,
    into: (cells, at) => ({ kind: 'splice', target: cells, at, source, from, count, type: cells.type }),
  };
}

/** The elements of a slice or the bytes of a string as they are now: positions of a map. */
function elementsOf(
  lowering: Lowering,
  value: Expression,
): { readonly source: Expression; readonly from: Expression; readonly count: Expression } {
  if (value.type.kind === 'seq') {
    const type: MapType = { kind: 'map', key: UINT64, value: value.type.element };
    const count: Expression = { kind: 'length', sequence: value, type: UINT64 };
    return { source: { kind: 'elements', sequence: value, type }, from: ZERO, count };
  }
  const source = lowering.regions.load(value.type, objectOf(value), '$source');
  return { source, from: fieldOf(value, 'offset'), count: fieldOf(value, 'length') };
}

/** In place where there is room, else in a new array with room for more. */
function appended(lowering: Lowering, slice: Expression, added: Added, goType: GoType): Expression {
  const { builder, regions } = lowering;
  const { source } = builder;
  const { type } = slice;
  const [offset, length, capacity] = [
    fieldOf(slice, 'offset'),
    fieldOf(slice, 'length'),
    fieldOf(slice, 'capacity'),
  ];
  const newLength = snapshot(lowering, sum(length, added.count), '$length');
  limitLength(lowering, newLength, goType);
  const result = builder.newHidden('$appended', type);
  const inPlace = new Label();
  const moved = new Label();
  const done = new Label();
  const before = regions.load(type, objectOf(slice), '$cells');
  builder.branch(compare('lessEqual', newLength, capacity), inPlace, moved);
  // Where it is known whether there is room, one of the two is no code of the user's that nothing reaches.
  builder.source = { ...source, isOptional: true };
  builder.bind(inPlace);
  regions.store(type, objectOf(slice), added.into(before, sum(offset, length)), true);
  builder.assign(result, referTo(type, [objectOf(slice), offset, newLength, capacity]));
  builder.jump(done);
  builder.bind(moved);
  const room = chooseCapacity(lowering, capacity, newLength, goType);
  const copied: Expression = {
    kind: 'splice',
    target: defaultOf(before.type),
    at: ZERO,
    source: before,
    from: offset,
    count: length,
    type: before.type,
  };
  const object = regions.allocate(type, added.into(copied, length));
  builder.assign(result, referTo(type, [object, ZERO, newLength, room]));
  builder.source = source;
  builder.bind(done);
  return localOf(result, type);
}

/** Memory is finite; elements without a size take none, so only for them the length can get out of range. */
function limitLength(lowering: Lowering, length: Expression, goType: GoType): void {
  const plain = underlying(goType);
  const condition = isLength(length);
  if (plain.kind === 'slice' && hasSize(plain.element)) {
    lowering.builder.emit({ kind: 'assume', condition, reason: 'memory' });
  } else {
    const message = 'the length may be out of range';
    lowering.builder.emit({ kind: 'check', code: 'bounds', condition, message });
  }
}

/** Any capacity that is large enough; executions take that of the usual compiler. */
export function chooseCapacity(
  lowering: Lowering,
  before: Expression,
  needed: Expression,
  goType: GoType,
): Expression {
  const { builder } = lowering;
  const room = builder.newHidden('$capacity', UINT64);
  const chosen = localOf(room, UINT64);
  const where = logical('and', compare('lessEqual', needed, chosen), isLength(chosen));
  const plain = underlying(goType);
  const usual = plain.kind === 'slice' ? usualCapacity(before, needed, plain.element) : needed;
  builder.emit({ kind: 'choose', local: room, where, usual });
  return chosen;
}

/** `copy` of values as of now: how many elements were copied. Both parts may overlap: elements are read before any is written. */
export function copySlice(lowering: Lowering, target: Expression, from: Expression): Expression {
  const { regions } = lowering;
  const { source, from: start, count: available } = elementsOf(lowering, from);
  const room = fieldOf(target, 'length');
  const least = conditional(compare('less', room, available), room, available);
  const count = snapshot(lowering, least, '$count');
  const before = regions.load(target.type, objectOf(target), '$cells');
  regions.store(target.type, objectOf(target), {
    kind: 'splice',
    target: before,
    at: fieldOf(target, 'offset'),
    source,
    from: start,
    count,
    type: before.type,
  });
  return count;
}

/** `clear` of a slice: its elements become zero. */
export function clearSlice(lowering: Lowering, slice: Expression): void {
  const { regions } = lowering;
  const cells = regions.load(slice.type, objectOf(slice), '$cells');
  regions.store(slice.type, objectOf(slice), {
    kind: 'splice',
    target: cells,
    at: fieldOf(slice, 'offset'),
    source: defaultOf(cells.type),
    from: ZERO,
    count: fieldOf(slice, 'length'),
    type: cells.type,
  });
}

/** The sequence of a slice's elements as they are now. */
export function sequenceOf(lowering: Lowering, slice: Expression): Expression {
  const source = lowering.regions.load(slice.type, objectOf(slice), '$cells');
  const element = mapType(source.type).value;
  return {
    kind: 'gather',
    source,
    from: fieldOf(slice, 'offset'),
    count: fieldOf(slice, 'length'),
    type: { kind: 'seq', element },
  };
}

/** `[N]T(slice)`: a copy of its first elements, of which there must be enough. */
export function arrayOfSlice(
  lowering: Lowering,
  operand: Expression,
  type: Type,
  array: ArrayType,
): Expression {
  const slice = snapshot(lowering, operand, '$slice');
  const count = lowering.context.constants.length(array);
  lowering.builder.emit({
    kind: 'check',
    code: 'bounds',
    condition: compare('lessEqual', count, fieldOf(slice, 'length')),
    message: 'the slice may be shorter than the array',
  });
  const source = lowering.regions.load(slice.type, objectOf(slice), '$cells');
  const from = fieldOf(slice, 'offset');
  return { kind: 'splice', target: defaultOf(type), at: ZERO, source, from, count, type };
}

/** A slice with the elements of a sequence, in an array of its own with some capacity. */
export function sliceOf(
  lowering: Lowering,
  type: Type,
  sequence: Expression,
  capacity: Expression | null,
): Expression {
  const { content } = regionOf(type);
  const length: Expression = { kind: 'length', sequence, type: UINT64 };
  const fixed = snapshot(lowering, length, '$length');
  const object = lowering.regions.allocate(type, { kind: 'elements', sequence, type: content });
  return referTo(type, [object, ZERO, fixed, capacity ?? fixed]);
}

/**
 * A slice that somebody else made, of which only the elements are known: its capacity and what stands behind its end are any, and if it is
 * empty it may be nil. Executions take one that is not, with nothing behind its end but zeros.
 */
export function anySliceOf(lowering: Lowering, type: Type, sequence: Expression, goType: GoType): Expression {
  const { builder, regions } = lowering;
  const { content } = regionOf(type);
  const length = snapshot(lowering, { kind: 'length', sequence, type: UINT64 }, '$length');
  const behind = builder.newHidden('$behind', content);
  builder.emit({ kind: 'choose', local: behind, where: literal(BOOL, true), usual: defaultOf(content) });
  const cells: Expression = {
    kind: 'splice',
    target: localOf(behind, content),
    at: ZERO,
    source: { kind: 'elements', sequence, type: content },
    from: ZERO,
    count: length,
    type: content,
  };
  const made = regions.allocate(type, cells);
  const room = chooseCapacity(lowering, length, length, goType);
  const isEmpty = logical('and', compare('equal', length, ZERO), compare('equal', room, ZERO));
  const isNil = builder.newHidden('$nil', BOOL);
  const chosen = localOf(isNil, BOOL);
  const where = logical('implies', chosen, isEmpty);
  builder.emit({ kind: 'choose', local: isNil, where, usual: literal(BOOL, false) });
  return referTo(type, [conditional(chosen, ZERO, made), ZERO, length, room]);
}

/** `len` or `cap` of a slice or a pointer to an array, as a uint64; null: of something else. */
export function sliceLength(lowering: Lowering, expression: Of<'length'>): Expression | null {
  const { operand } = expression;
  if (underlying(operand.type).kind === 'slice') {
    const slice = lowering.value(operand);
    return fieldOf(slice, expression.function === 'len' ? 'length' : 'capacity');
  }
  const array = arrayOf(operand);
  if (array === null) return null;
  lowering.value(operand);
  return lowering.context.constants.length(array);
}
