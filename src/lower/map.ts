import type { Expression } from '../ir/index.js';
import { BOOL, UINT64 } from '../ir/index.js';
import type { Expression as GoExpression } from '../go/index.js';
import { underlying } from '../go/index.js';
import { Label } from './builder.js';
import { checkComparable, checkKey } from './equality.js';
import type { LocalExpression, Lowering, MapLoop, MapPlace, Place } from './lowering.js';
import type { CellNode } from './memory.js';
import { loadNode, storeNode } from './node.js';
import { arithmetic, compare, conditional, defaultOf, literal, logical, not } from './operators.js';
import { ownMapAt } from './own-map-place.js';
import { mapType, recordType, snapshot } from './snapshot.js';
import { assumeWellFormed, objectOf, referTo } from './reference.js';
import { regionOf } from './region.js';

type Entry = Extract<Place, { root: 'entry' }>;
type OwnMap = MapPlace & { readonly kind: 'own' };
type Literal = GoExpression & { readonly kind: 'make' | 'composite' };

const ZERO = literal(UINT64, 0n);
const ONE = literal(UINT64, 1n);

/** What a map holds: its entries, as a map to options, and their number. */
interface Content {
  readonly entries: Expression;
  readonly count: Expression;
}

/** A new map with the entries of a literal, if it is one. */
export function newMap(lowering: Lowering, expression: Literal): Expression {
  const type = lowering.context.types.lower(expression.type, expression.span);
  const content = objectContent(regionOf(type).content, newContent(lowering, expression));
  return referTo(type, [lowering.regions.allocate(type, content)]);
}

function newContent(lowering: Lowering, expression: Literal): Content {
  const plain = underlying(expression.type);
  if (plain.kind === 'map') checkComparable(lowering, plain.key, expression.span);
  const type = lowering.context.types.lower(expression.type, expression.span);
  const [entries] = recordType(regionOf(type).content).fields;
  if (entries === undefined) throw new Error('not the content of a map');
  const empty = { entries: defaultOf(entries.type), count: ZERO };
  if (expression.kind === 'make') {
    // The size is no more than a hint; a negative one is taken for zero.
    for (const size of expression.sizes) lowering.value(size);
    return empty;
  }
  return expression.elements.reduce<Content>((whole, { key, value }) => {
    if (key.kind !== 'key') throw new Error('an entry of a map has a key');
    const entryKey = snapshot(lowering, lowering.value(key.key), '$key');
    checkKey(lowering, key.key.type, entryKey, key.key.span);
    const filled = withEntry(whole, entryKey, lowering.value(value));
    return {
      entries: snapshot(lowering, filled.entries, '$entries'),
      count: snapshot(lowering, filled.count, '$count'),
    };
  }, empty);
}

/** The content of an object as a value. */
function objectContent(type: Expression['type'], { entries, count }: Content): Expression {
  return { kind: 'record', type: recordType(type), fields: [entries, count] };
}

function part(content: Expression, name: 'entries' | 'count'): Expression {
  const field = recordType(content.type).fields.find((each) => each.name === name);
  if (field === undefined) throw new Error('not the content of a map');
  return { kind: 'field', record: content, name, type: field.type };
}

/** The map that an expression denotes, found once. */
export function mapAt(lowering: Lowering, expression: GoExpression): MapPlace {
  const own = ownMapAt(lowering, expression);
  const plain = underlying(expression.type);
  // One that is made where it is declared is not refused where it is made.
  if (own !== null && plain.kind === 'map') checkComparable(lowering, plain.key, expression.span);
  if (own !== null) return own;
  return { kind: 'object', reference: snapshot(lowering, lowering.value(expression), '$map') };
}

/** The map at a place as of now. */
export function snapshotMap(map: MapPlace, fix: (value: Expression) => Expression): MapPlace {
  if (map.kind === 'own') return { ...map, keys: map.keys.map(fix) };
  return { ...map, reference: fix(map.reference) };
}

function loadContent(lowering: Lowering, map: MapPlace): Content {
  if (map.kind === 'object') {
    const content = lowering.regions.load(map.reference.type, objectOf(map.reference), '$map');
    return { entries: part(content, 'entries'), count: part(content, 'count') };
  }
  const { entries, count } = map.node;
  return {
    entries: loadCell(lowering, entries, map.keys),
    count: count === null ? ZERO : loadCell(lowering, count, map.keys),
  };
}

function storeContent(lowering: Lowering, map: MapPlace, content: Content): void {
  if (map.kind === 'object') {
    const { type } = map.reference;
    const value = objectContent(regionOf(type).content, content);
    lowering.regions.store(type, objectOf(map.reference), value);
    return;
  }
  const { entries, count } = map.node;
  storeCell(lowering, entries, map.keys, content.entries);
  if (count !== null) storeCell(lowering, count, map.keys, content.count);
}

function loadCell(lowering: Lowering, cell: CellNode, keys: readonly Expression[]): Expression {
  return loadNode(lowering, cell, keys, lowering.builder.source.span);
}

function storeCell(lowering: Lowering, cell: CellNode, keys: readonly Expression[], value: Expression): void {
  storeNode(lowering, cell, keys, value, lowering.builder.source.span);
}

/** Whether there is a map: nil is none. */
function isMade(lowering: Lowering, map: MapPlace): Expression {
  if (map.kind === 'object') return compare('less', ZERO, objectOf(map.reference));
  return loadCell(lowering, map.node.made, map.keys);
}

/** What a map that may be nil holds; one of its own holds nothing then. */
function existing(map: MapPlace, value: Expression): Expression {
  if (map.kind === 'own') return value;
  const isNil = compare('equal', objectOf(map.reference), ZERO);
  return conditional(isNil, defaultOf(value.type), value);
}

/** Whether an expression that denotes a map of its own is nil; null: it denotes none. */
export function ownMapIsNil(lowering: Lowering, expression: GoExpression): Expression | null {
  const own = ownMapAt(lowering, expression);
  return own === null ? null : not(isMade(lowering, own));
}

/** `m = make(...)`, or a literal or nil, where m is a map of its own. */
export function assignOwnMap(lowering: Lowering, map: OwnMap, value: GoExpression): void {
  if (value.kind === 'convert') {
    assignOwnMap(lowering, map, value.operand);
    return;
  }
  const isNew = value.kind === 'make' || value.kind === 'composite';
  const nothing = { entries: defaultOf(map.node.entries.type), count: ZERO };
  storeContent(lowering, map, isNew ? newContent(lowering, value) : nothing);
  storeCell(lowering, map.node.made, map.keys, literal(BOOL, isNew));
}

function optionAt({ entries }: Content, key: Expression): Expression {
  return { kind: 'index', collection: entries, key, type: mapType(entries.type).value };
}

function isThere(option: Expression): Expression {
  return { kind: 'isSome', option, type: BOOL };
}

function changed({ entries }: Content, key: Expression, value: Expression, count: Expression): Content {
  return { entries: { kind: 'update', collection: entries, key, value, type: entries.type }, count };
}

function withEntry(content: Content, key: Expression, value: Expression): Content {
  const before = optionAt(content, key);
  const more = conditional(isThere(before), content.count, arithmetic('add', content.count, ONE));
  return changed(content, key, { kind: 'some', value, type: before.type }, more);
}

function withoutEntry(content: Content, key: Expression): Content {
  const before = optionAt(content, key);
  const less = conditional(isThere(before), arithmetic('subtract', content.count, ONE), content.count);
  return changed(content, key, defaultOf(before.type), less);
}

/** The entry of a map under a key, as an option; there is none in a nil map. */
function lookedUp(lowering: Lowering, map: MapPlace, key: Expression): Expression {
  const found =
    map.kind === 'own'
      ? optionAt({ entries: loadCell(lowering, map.node.entries, map.keys), count: ZERO }, key)
      : optionAt(loadContent(lowering, map), key);
  return snapshot(lowering, existing(map, found), '$entry');
}

/** `m[k]`, and whether it is there. */
export function lookUp(
  lowering: Lowering,
  expression: GoExpression & { readonly kind: 'lookup' },
): readonly [Expression, Expression] {
  const map = mapAt(lowering, expression.map);
  const key = lowering.value(expression.key);
  checkKey(lowering, expression.key.type, key, expression.key.span);
  const option = lookedUp(lowering, map, key);
  const value = contentOf(option);
  assumeWellFormed(lowering, value);
  return [value, isThere(option)];
}

function contentOf(option: Expression): Expression {
  if (option.type.kind !== 'option') throw new Error('not an option');
  return { kind: 'content', option, type: option.type.value };
}

/** The value of a map's entry, zero if it is not there. */
export function entryValue(lowering: Lowering, place: Entry): Expression {
  const value = contentOf(lookedUp(lowering, place.map, place.key));
  assumeWellFormed(lowering, value);
  return value;
}

/** `m[k] = v`; a nil map cannot hold anything. */
export function storeEntry(lowering: Lowering, place: Entry, value: Expression): void {
  const condition = isMade(lowering, place.map);
  lowering.builder.emit({ kind: 'check', code: 'nil', condition, message: 'the map may be nil' });
  const content = loadContent(lowering, place.map);
  if (place.map.kind === 'object')
    enterLoops(lowering, place.map.reference, not(isThere(optionAt(content, place.key))));
  storeContent(lowering, place.map, withEntry(content, place.key, value));
}

/** `delete(m, k)` and `clear(m)`, which leave a nil map alone. */
export function removeEntries(lowering: Lowering, map: MapPlace, key: Expression | null): void {
  const { builder } = lowering;
  const change = new Label();
  const done = new Label();
  builder.branch(isMade(lowering, map), change, done);
  builder.bind(change);
  if (map.kind === 'object') leaveLoops(lowering, map.reference, key);
  const content = loadContent(lowering, map);
  const nothing = { entries: defaultOf(content.entries.type), count: ZERO };
  storeContent(lowering, map, key === null ? nothing : withoutEntry(content, key));
  builder.bind(done);
}

/** The entries of a map as they are now: a map from keys to options. There are none in a nil map. */
export function entriesNow(lowering: Lowering, map: Expression): Expression {
  const place = { kind: 'object', reference: map } as const;
  return snapshot(lowering, existing(place, loadContent(lowering, place).entries), '$entries');
}

/** The entry under a key, as an option. */
export function entryOf(entries: Expression, key: Expression): Expression {
  return { kind: 'index', collection: entries, key, type: mapType(entries.type).value };
}

/** A loop over the map does not come to what was deleted, and may come again to what is made anew. */
function leaveLoops(lowering: Lowering, map: Expression, key: Expression | null): void {
  const { builder } = lowering;
  const without = (before: LocalExpression, isSame: Expression): void => {
    const type = mapType(before.type);
    const after: Expression =
      key === null
        ? defaultOf(type)
        : { kind: 'update', collection: before, key, value: defaultOf(type.value), type };
    builder.assign(before.index, conditional(isSame, after, before));
  };
  for (const loop of lowering.mapLoops) {
    const isSame = lowering.regions.isSame(map, loop.map);
    without(loop.due, isSame);
    without(loop.taken, isSame);
    changeKeys(lowering, loop, isSame);
  }
}

/** A loop over the map may come to what is made. */
function enterLoops(lowering: Lowering, map: Expression, isNew: Expression): void {
  const { builder } = lowering;
  for (const loop of lowering.mapLoops) {
    const isOne = logical('and', lowering.regions.isSame(map, loop.map), isNew);
    const { left } = loop;
    builder.assign(left.index, conditional(isOne, arithmetic('add', left, ONE), left));
    changeKeys(lowering, loop, isOne);
  }
}

function changeKeys({ builder }: Lowering, { steady }: MapLoop, isChange: Expression): void {
  builder.assign(steady.index, logical('and', steady, not(isChange)));
}

/** The number of entries of a map. */
export function mapLength(lowering: Lowering, map: MapPlace): Expression {
  if (map.kind === 'object') return existing(map, loadContent(lowering, map).count);
  if (map.node.count === null) throw new Error(`the entries of ${map.node.name} are not counted`);
  return loadCell(lowering, map.node.count, map.keys);
}
