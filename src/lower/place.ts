import type { Span } from '../base/source.js';
import { UINT64 } from '../ir/index.js';
import type { Expression, PathElement, RecordType, Type } from '../ir/index.js';
import type { Expression as GoExpression } from '../go/index.js';
import { underlying } from '../go/index.js';
import { arrayOf } from './constant.js';
import { checkKey } from './equality.js';
import type { Lowering, Place } from './lowering.js';
import type { Making } from './making.js';
import { entryValue, mapAt, snapshotMap, storeEntry } from './map.js';
import type { MemoryNode } from './memory.js';
import { compare, literal, localOf, not, toUint64 } from './operators.js';
import { loadNode, storeNode } from './node.js';
import { fieldOf, objectOf, sum } from './reference.js';
import { regionOf } from './region.js';
import { snapshot, recordType, mapType } from './snapshot.js';

/** The place that an addressable expression denotes, with its operands evaluated; null: it is a value only. */
export function lowerPlace(lowering: Lowering, expression: GoExpression): Place | null {
  switch (expression.kind) {
    case 'variable':
      return variablePlace(lowering, expression);
    case 'select': {
      const record = lowering.place(expression.operand);
      return record === null ? null : fieldPlace(record, expression.field.name);
    }
    case 'index':
      return indexPlace(lowering, expression);
    case 'lookup': {
      if (expression.commaOk) return null;
      const map = mapAt(lowering, expression.map);
      const key = lowering.value(expression.key);
      checkKey(lowering, expression.key.type, key, expression.key.span);
      const type = lowering.context.types.lower(expression.type, expression.span);
      return { root: 'entry', map, key, type };
    }
    case 'dereference':
      return pointeePlace(lowering, expression);
    default:
      return null;
  }
}

function variablePlace(lowering: Lowering, expression: GoExpression & { kind: 'variable' }): Place {
  const { variable } = expression;
  const known = lowering.places.get(variable);
  if (known !== undefined) return known;
  const fixed = lowering.fixedValue(variable);
  if (fixed !== null) {
    const local = lowering.builder.newTemporary(variable.name, fixed.type);
    lowering.builder.assign(local, fixed);
    return { root: 'local', local, path: [], type: fixed.type };
  }
  const node = lowering.context.memory.get(variable);
  if (node !== undefined) return { root: 'memory', node, keys: [] };
  lowering.context.reports.unsupported(
    lowering.aliases.has(variable)
      ? `the pointer ${variable.name} here`
      : `the variable ${variable.name} here`,
    expression.span,
    lowering.aliases.has(variable)
      ? 'It stands for a variable that has no address: use what it points to.'
      : 'Its package refines a specification of its own: of such a package only constants, types and functions can be used.',
  );
  const type = lowering.context.types.lower(expression.type, expression.span);
  return { root: 'local', local: lowering.builder.newLocal(variable.name, type), path: [], type };
}

function fieldPlace(record: Place, name: string): Place | null {
  if (record.root === 'memory') {
    if (record.node.kind !== 'struct') throw new Error('a field of no struct');
    const node = record.node.fields.get(name);
    if (node === undefined) throw new Error(`no field ${name}`);
    return { root: 'memory', node, keys: record.keys };
  }
  if (record.root === 'entry') return null;
  const type = recordType(record.type);
  const element: PathElement = { kind: 'field', name, type };
  return { ...record, path: [...record.path, element], type: fieldType(type, name) };
}

function indexPlace(lowering: Lowering, expression: GoExpression & { kind: 'index' }): Place | null {
  const { collection } = expression;
  const { kind } = underlying(collection.type);
  if (kind === 'string') return null;
  if (kind === 'slice') return sliceElement(lowering, expression);
  const array = lowering.place(collection);
  if (array === null || array.root === 'entry') return null;
  const key = lowerIndex(lowering, expression, arrayLength(lowering, collection));
  if (array.root === 'memory') {
    if (array.node.kind !== 'array') throw new Error('an element of no array');
    return { root: 'memory', node: array.node.element, keys: [...array.keys, key] };
  }
  const type = mapType(array.type);
  if (array.root === 'region' && array.index === null && array.path.length === 0) {
    return { ...array, index: key, type: type.value };
  }
  return { ...array, path: [...array.path, { kind: 'key', key, type }], type: type.value };
}

function sliceElement(lowering: Lowering, expression: GoExpression & { kind: 'index' }): Place {
  const made = madePlace(lowering, expression.collection);
  if (made !== null) {
    const key = lowerIndex(lowering, expression, made.node.length);
    return { root: 'memory', node: made.node.element, keys: [...made.keys, key] };
  }
  const slice = snapshot(lowering, lowering.value(expression.collection), '$slice');
  const key = lowerIndex(lowering, expression, fieldOf(slice, 'length'));
  const index = snapshot(lowering, sum(fieldOf(slice, 'offset'), key), '$index');
  const type = mapType(regionOf(slice).content).value;
  return { root: 'region', reference: slice.type, object: objectOf(slice), index, path: [], type };
}

/** A slice that is as good as an array, because it is made once; null: another one. */
export function madePlace(
  lowering: Lowering,
  expression: GoExpression,
): { readonly node: Extract<MemoryNode, { kind: 'array' }>; readonly keys: readonly Expression[] } | null {
  if (!isPackagePath(lowering, expression)) return null;
  const place = lowering.place(expression);
  if (place?.root !== 'memory' || place.node.kind !== 'array') return null;
  checkMade(lowering, place.node.made, expression.span);
  return { node: place.node, keys: place.keys };
}

/** A package variable or a part of one, which is a place that takes no load to find. */
function isPackagePath(lowering: Lowering, expression: GoExpression): boolean {
  switch (expression.kind) {
    case 'variable':
      return (
        expression.variable.role === 'package' || lowering.aliases.get(expression.variable)?.root === 'memory'
      );
    case 'select':
    case 'dereference':
      return isPackagePath(lowering, expression.operand);
    case 'index':
      return isPackagePath(lowering, expression.collection);
    default:
      return false;
  }
}

/** What is made when the system starts is not there before. */
function checkMade(lowering: Lowering, making: Making | null, span: Span): void {
  if (
    making?.statement == null ||
    lowering.role === 'operation' ||
    lowering.role === 'procedure' ||
    lowering.made.has(making)
  )
    return;
  const { reports } = lowering.context;
  if (lowering.role === 'boot') {
    reports.unsupported(`using ${making.name} before it is made`, span, 'Make it first.');
    return;
  }
  reports.unsupported(
    `using ${making.name} in the ${lowering.role} function`,
    span,
    `It is made by the boot function, which runs after the ${lowering.role} function.`,
  );
}

/** The place that a pointer points to, if that is known before the program runs; evaluates the operands of the place. */
export function knownPlace(lowering: Lowering, pointer: GoExpression): Place | null {
  if (pointer.kind === 'address' && pointer.place.kind !== 'composite') return lowering.place(pointer.place);
  if (pointer.kind === 'variable') {
    const alias = lowering.aliases.get(pointer.variable);
    if (alias !== undefined) return alias;
  }
  if (!isPackagePath(lowering, pointer)) return null;
  const place = lowering.place(pointer);
  if (place?.root !== 'memory' || place.node.kind !== 'pointer') return null;
  checkMade(lowering, place.node.made, pointer.span);
  return { ...place, node: place.node.target };
}

/** What a pointer points to. */
function pointeePlace(lowering: Lowering, expression: GoExpression & { kind: 'dereference' }): Place | null {
  const { operand } = expression;
  const known = knownPlace(lowering, operand);
  if (known !== null) return known;
  const pointer = snapshot(lowering, lowering.value(operand), '$pointer');
  return pointerPlace(lowering, pointer, underlying(expression.type).kind === 'array');
}

/** The place at a pointer, which must not be nil. */
export function pointerPlace(lowering: Lowering, pointer: Expression, isArray: boolean): Place {
  const object = objectOf(pointer);
  const condition = not(compare('equal', object, literal(UINT64, 0n)));
  lowering.builder.emit({ kind: 'check', code: 'nil', condition, message: 'the pointer may be nil' });
  const content = mapType(regionOf(pointer).content);
  return {
    root: 'region',
    reference: pointer.type,
    object,
    index: isArray ? null : fieldOf(pointer, 'index'),
    path: [],
    type: isArray ? content : content.value,
  };
}

function arrayLength(lowering: Lowering, collection: GoExpression): Expression {
  const array = arrayOf(collection);
  if (array === null) throw new Error('an index of no array');
  return lowering.context.constants.length(array);
}

/** The index of an array, a slice or a string as a uint64, checked to be below the length. */
export function lowerIndex(
  lowering: Lowering,
  expression: GoExpression & { kind: 'index' },
  length: Expression,
): Expression {
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
  switch (place.root) {
    case 'local':
      return pathValue(lowering, place);
    case 'memory':
      return loadNode(lowering, place.node, place.keys, span);
    case 'region': {
      const content = lowering.regions.load(place.reference, place.object, '$content');
      return followed(inObject(content, place.index), place.path);
    }
    case 'entry':
      return entryValue(lowering, place);
  }
}

/** The element of an object's content at a position, or all of it. */
function inObject(content: Expression, index: Expression | null): Expression {
  if (index === null) return content;
  return { kind: 'index', collection: content, key: index, type: mapType(content.type).value };
}

/** The value at a place in a local. */
export function pathValue(lowering: Lowering, place: Extract<Place, { root: 'local' }>): Expression {
  const { type } = rootOf(lowering, place.local);
  return followed(localOf(place.local, type), place.path);
}

/** The value at a place that needs no instruction, for formulas; null: it is in state. */
export function formulaValue(lowering: Lowering, place: Place): Expression | null {
  switch (place.root) {
    case 'local':
      return pathValue(lowering, place);
    case 'region': {
      const content = lowering.regions.contentOf(place.reference, place.object);
      return followed(inObject(content, place.index), place.path);
    }
    case 'memory':
    case 'entry':
      return null;
  }
}

function followed(root: Expression, path: readonly PathElement[]): Expression {
  return path.reduce<Expression>((value, element) => {
    if (element.kind === 'field') {
      return {
        kind: 'field',
        record: value,
        name: element.name,
        type: fieldType(element.type, element.name),
      };
    }
    return { kind: 'index', collection: value, key: element.key, type: elementType(element.type) };
  }, root);
}

/** Assigns the value; each cell of memory is its own atomic store. */
export function storePlace(lowering: Lowering, place: Place, value: Expression, span: Span): void {
  const { builder, regions } = lowering;
  switch (place.root) {
    case 'local': {
      const root = rootOf(lowering, place.local);
      builder.assign(place.local, updated(localOf(place.local, root.type), place.path, value));
      return;
    }
    case 'memory':
      storeNode(lowering, place.node, place.keys, value, span);
      return;
    case 'region': {
      const { reference, object, index, path } = place;
      if (index === null && path.length === 0) {
        regions.store(reference, object, value);
        return;
      }
      const content = regions.load(reference, object, '$content');
      const whole: readonly PathElement[] =
        index === null ? path : [{ kind: 'key', key: index, type: mapType(content.type) }, ...path];
      regions.store(reference, object, updated(content, whole, value));
      return;
    }
    case 'entry':
      storeEntry(lowering, place, value);
  }
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

/** The place with its keys as of now. */
export function snapshotPlace(lowering: Lowering, place: Place): Place {
  const fix = (value: Expression): Expression => snapshot(lowering, value, 'index');
  const fixPath = (path: readonly PathElement[]): readonly PathElement[] =>
    path.map((element) => (element.kind === 'field' ? element : { ...element, key: fix(element.key) }));
  switch (place.root) {
    case 'local':
      return { ...place, path: fixPath(place.path) };
    case 'memory':
      return { ...place, keys: place.keys.map(fix) };
    case 'region':
      return {
        ...place,
        object: fix(place.object),
        index: place.index === null ? null : fix(place.index),
        path: fixPath(place.path),
      };
    case 'entry':
      return { ...place, map: snapshotMap(place.map, fix), key: fix(place.key) };
  }
}

function rootOf(lowering: Lowering, local: number): { readonly type: Type } {
  const found = lowering.builder.locals[local];
  if (found === undefined) throw new Error(`no local ${local}`);
  return found;
}

export function fieldType(type: RecordType, name: string): Type {
  const field = type.fields.find((each) => each.name === name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return field.type;
}

function elementType(type: Extract<PathElement, { kind: 'key' }>['type']): Type {
  return type.kind === 'map' ? type.value : type.element;
}
