import type { Span } from '../base/source.js';
import { UINT64 } from '../ir/index.js';
import type { Expression, MapType, PathElement, RecordType, Type } from '../ir/index.js';
import type { Expression as GoExpression } from '../go/index.js';
import { arrayOf } from './constant.js';
import type { Lowering, Place } from './lowering.js';
import type { MemoryNode } from './memory.js';
import { compare, defaultOf, isFixed, localOf, toUint64 } from './operators.js';

/** The place that an addressable expression denotes, with its operands evaluated; null: it is a value only. */
export function lowerPlace(lowering: Lowering, expression: GoExpression): Place | null {
  switch (expression.kind) {
    case 'variable':
      return variablePlace(lowering, expression);
    case 'select': {
      const record = lowering.place(expression.operand);
      return record === null ? null : fieldPlace(record, expression.field.name);
    }
    case 'index': {
      if (arrayOf(expression.collection) === null) return null;
      const array = lowering.place(expression.collection);
      return array === null ? null : elementPlace(lowering, array, expression);
    }
    case 'dereference':
      return pointedPlace(lowering, expression.operand);
    case 'address':
      return lowering.place(expression.place);
    default:
      return null;
  }
}

/** What a pointer points to, where that is known: a receiver, or the address of a place. */
function pointedPlace(lowering: Lowering, pointer: GoExpression): Place | null {
  if (pointer.kind === 'address') return lowering.place(pointer.place);
  if (pointer.kind !== 'variable') return null;
  return lowering.places.get(pointer.variable) ?? null;
}

function variablePlace(lowering: Lowering, expression: GoExpression & { kind: 'variable' }): Place {
  const { variable } = expression;
  const known = lowering.places.get(variable);
  if (known !== undefined) return known;
  const node = lowering.context.memory.get(variable);
  if (node !== undefined) return { root: 'memory', node, keys: [] };
  lowering.context.reports.unsupported(
    `the variable ${variable.name} here`,
    expression.span,
    'Only variables of this package and of this function can be used.',
  );
  const type = lowering.context.types.lower(expression.type, expression.span);
  return { root: 'local', local: lowering.builder.newLocal(variable.name, type), path: [], type };
}

function fieldPlace(record: Place, name: string): Place {
  if (record.root === 'memory') {
    if (record.node.kind !== 'struct') throw new Error('a field of no struct');
    const node = record.node.fields.get(name);
    if (node === undefined) throw new Error(`no field ${name}`);
    return { root: 'memory', node, keys: record.keys };
  }
  const type = recordType(record.type);
  const element: PathElement = { kind: 'field', name, type };
  return { ...record, path: [...record.path, element], type: fieldType(type, name) };
}

function elementPlace(lowering: Lowering, array: Place, expression: GoExpression & { kind: 'index' }): Place {
  const key = lowerIndex(lowering, expression);
  if (array.root === 'memory') {
    if (array.node.kind !== 'array') throw new Error('an element of no array');
    return { root: 'memory', node: array.node.element, keys: [...array.keys, key] };
  }
  const type = mapType(array.type);
  return { ...array, path: [...array.path, { kind: 'key', key, type }], type: type.value };
}

/** The index of an array as a uint64, checked to be in range. */
export function lowerIndex(lowering: Lowering, expression: GoExpression & { kind: 'index' }): Expression {
  const array = arrayOf(expression.collection);
  if (array === null) throw new Error('an index of no array');
  const length = lowering.context.constants.length(array);
  const index = lowering.value(expression.index);
  // A negative signed index is a huge number here, so one comparison covers both ends.
  const key = toUint64(index);
  if (key.kind === 'literal' && length.kind === 'literal') {
    if (key.value < length.value) return key;
  }
  lowering.builder.emit({
    kind: 'check',
    code: 'bounds',
    condition: compare('less', key, length),
    message: 'the index may be out of range',
  });
  return key;
}

/** The value at a place; each cell of memory is its own atomic load. */
export function loadPlace(lowering: Lowering, place: Place, span: Span): Expression {
  if (place.root === 'local') return pathValue(lowering, place);
  return loadNode(lowering, place.node, place.keys, span);
}

/** The value at a place in a local. */
export function pathValue(lowering: Lowering, place: Extract<Place, { root: 'local' }>): Expression {
  const { type } = rootOf(lowering, place.local);
  return place.path.reduce<Expression>(
    (value, element) => {
      if (element.kind === 'field') {
        return {
          kind: 'field',
          record: value,
          name: element.name,
          type: fieldType(element.type, element.name),
        };
      }
      return { kind: 'index', collection: value, key: element.key, type: elementType(element.type) };
    },
    localOf(place.local, type),
  );
}

function loadNode(lowering: Lowering, node: MemoryNode, keys: readonly Expression[], span: Span): Expression {
  const { builder, context } = lowering;
  switch (node.kind) {
    case 'cell': {
      if (node.access === 'atomic') refusePlain(lowering, node.name, span);
      const result = builder.newLocal(node.name, node.type);
      builder.emit({ kind: 'call', operation: `${node.name}.Load`, arguments: keys, results: [result] });
      return localOf(result, node.type);
    }
    case 'struct': {
      const type = recordType(context.types.lower(node.goType, span));
      const fields = type.fields.map((field) => {
        const child = node.fields.get(field.name);
        if (child === undefined) throw new Error(`no field ${field.name}`);
        return loadNode(lowering, child, keys, span);
      });
      return { kind: 'record', type, fields };
    }
    case 'array':
      context.reports.unsupported(
        `copying the whole array ${node.name}`,
        span,
        'Read its elements one by one.',
      );
      return defaultOf({ kind: 'map', key: UINT64, value: UINT64 });
    case 'lock':
      context.reports.unsupported(`copying the lock ${node.name}`, span, 'Use the lock where it is.');
      return defaultOf(UINT64);
  }
}

/** An access that is not atomic would race with those that are. */
function refusePlain(lowering: Lowering, name: string, span: Span): void {
  lowering.context.reports.unsupported(
    `a plain access of ${name}, which \`sync/atomic\` operates on elsewhere`,
    span,
    'Use the operations of `sync/atomic` for all accesses of it.',
  );
}

/** Assigns the value; each cell of memory is its own atomic store. */
export function storePlace(lowering: Lowering, place: Place, value: Expression, span: Span): void {
  const { builder } = lowering;
  if (place.root === 'memory') {
    storeNode(lowering, place.node, place.keys, value, span);
    return;
  }
  const root = rootOf(lowering, place.local);
  builder.assign(place.local, updated(localOf(place.local, root.type), place.path, value));
}

function updated(container: Expression, path: readonly PathElement[], value: Expression): Expression {
  const [element, ...rest] = path;
  if (element === undefined) return value;
  if (element.kind === 'field') {
    const inner: Expression = {
      kind: 'field',
      record: container,
      name: element.name,
      type: fieldType(element.type, element.name),
    };
    return {
      kind: 'withField',
      record: container,
      name: element.name,
      value: updated(inner, rest, value),
      type: element.type,
    };
  }
  const inner: Expression = {
    kind: 'index',
    collection: container,
    key: element.key,
    type: elementType(element.type),
  };
  return {
    kind: 'update',
    collection: container,
    key: element.key,
    value: updated(inner, rest, value),
    type: element.type,
  };
}

function storeNode(
  lowering: Lowering,
  node: MemoryNode,
  keys: readonly Expression[],
  value: Expression,
  span: Span,
): void {
  const { builder, context } = lowering;
  switch (node.kind) {
    case 'cell':
      if (node.access === 'atomic') refusePlain(lowering, node.name, span);
      builder.emit({
        kind: 'call',
        operation: `${node.name}.Store`,
        arguments: [...keys, value],
        results: [],
      });
      return;
    case 'struct': {
      const type = recordType(value.type);
      const whole = snapshot(lowering, value, node.name);
      for (const field of type.fields) {
        const child = node.fields.get(field.name);
        if (child === undefined) throw new Error(`no field ${field.name}`);
        const part: Expression = { kind: 'field', record: whole, name: field.name, type: field.type };
        storeNode(lowering, child, keys, part, span);
      }
      return;
    }
    case 'array':
      context.reports.unsupported(
        `assigning the whole array ${node.name}`,
        span,
        'Assign its elements one by one.',
      );
      return;
    case 'lock':
      context.reports.unsupported(`assigning the lock ${node.name}`, span, 'A lock must not be copied.');
  }
}

/** The value as of now: an expression that later assignments cannot change. */
export function snapshot(lowering: Lowering, value: Expression, name: string): Expression {
  if (isFixed(value)) return value;
  const local = lowering.builder.newLocal(name, value.type);
  lowering.builder.assign(local, value);
  return localOf(local, value.type);
}

/** The place with its keys as of now. */
export function snapshotPlace(lowering: Lowering, place: Place): Place {
  if (place.root === 'memory') {
    return { ...place, keys: place.keys.map((key) => snapshot(lowering, key, 'index')) };
  }
  const path = place.path.map((element) =>
    element.kind === 'field' ? element : { ...element, key: snapshot(lowering, element.key, 'index') },
  );
  return { ...place, path };
}

function rootOf(lowering: Lowering, local: number): { readonly type: Type } {
  const found = lowering.builder.locals[local];
  if (found === undefined) throw new Error(`no local ${local}`);
  return found;
}

export function recordType(type: Type): RecordType {
  if (type.kind !== 'record') throw new Error(`expected a record, not ${type.kind}`);
  return type;
}

export function mapType(type: Type): MapType {
  if (type.kind !== 'map') throw new Error(`expected a map, not ${type.kind}`);
  return type;
}

export function fieldType(type: RecordType, name: string): Type {
  const field = type.fields.find((each) => each.name === name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return field.type;
}

function elementType(type: Extract<PathElement, { kind: 'key' }>['type']): Type {
  return type.kind === 'map' ? type.value : type.element;
}
