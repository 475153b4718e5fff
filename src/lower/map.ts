import type { Expression } from '../ir/index.js';
import { BOOL, UINT64 } from '../ir/index.js';
import type { Expression as GoExpression } from '../go/index.js';
import { underlying } from '../go/index.js';
import { Label } from './builder.js';
import { checkComparable, checkKey } from './equality.js';
import type { Lowering, Place } from './lowering.js';
import { arithmetic, compare, conditional, defaultOf, literal, localOf, logical, not } from './operators.js';
import { mapType, snapshot } from './snapshot.js';
import { assumeWellFormed, objectOf, referTo } from './reference.js';
import { regionOf } from './region.js';

type Entry = Extract<Place, { root: 'entry' }>;

const ZERO = literal(UINT64, 0n);
const ONE = literal(UINT64, 1n);

/** A new map with the entries of a literal, if it is one. */
export function newMap(
  lowering: Lowering,
  expression: GoExpression & { readonly kind: 'make' | 'composite' },
): Expression {
  const { context, regions } = lowering;
  const type = context.types.lower(expression.type, expression.span);
  const plain = underlying(expression.type);
  if (plain.kind === 'map') checkComparable(lowering, plain.key, expression.span);
  if (expression.kind === 'make') {
    // The size is no more than a hint; a negative one is taken for zero.
    for (const size of expression.sizes) lowering.value(size);
    return referTo(type, [regions.allocate(type, defaultOf(regionOf(type).content))]);
  }
  const { content } = regionOf(type);
  const filled = expression.elements.reduce<Expression>((whole, { key, value }) => {
    if (key.kind !== 'key') throw new Error('an entry of a map has a key');
    const entryKey = snapshot(lowering, lowering.value(key.key), '$key');
    checkKey(lowering, key.key.type, entryKey, key.key.span);
    return snapshot(lowering, withEntry(whole, entryKey, lowering.value(value)), '$entries');
  }, defaultOf(content));
  return referTo(type, [regions.allocate(type, filled)]);
}

function entriesOf(content: Expression): Expression {
  return part(content, 'entries');
}

function part(content: Expression, name: 'entries' | 'count'): Expression {
  const { type } = content;
  const field = type.kind === 'record' ? type.fields.find((each) => each.name === name) : undefined;
  if (field === undefined) throw new Error('not the content of a map');
  return { kind: 'field', record: content, name, type: field.type };
}

function optionAt(content: Expression, key: Expression): Expression {
  const collection = entriesOf(content);
  return { kind: 'index', collection, key, type: mapType(collection.type).value };
}

function isThere(option: Expression): Expression {
  return { kind: 'isSome', option, type: BOOL };
}

function changed(content: Expression, key: Expression, option: Expression, count: Expression): Expression {
  const entries = entriesOf(content);
  const updated: Expression = { kind: 'update', collection: entries, key, value: option, type: entries.type };
  if (content.type.kind !== 'record') throw new Error('not the content of a map');
  return { kind: 'record', type: content.type, fields: [updated, count] };
}

function withEntry(content: Expression, key: Expression, value: Expression): Expression {
  const before = optionAt(content, key);
  const count = part(content, 'count');
  const more = conditional(isThere(before), count, arithmetic('add', count, ONE));
  return changed(content, key, { kind: 'some', value, type: before.type }, more);
}

function withoutEntry(content: Expression, key: Expression): Expression {
  const before = optionAt(content, key);
  const count = part(content, 'count');
  const less = conditional(isThere(before), arithmetic('subtract', count, ONE), count);
  return changed(content, key, defaultOf(before.type), less);
}

/** The entry of a map under a key, as an option; there is none in a nil map. */
function lookedUp(lowering: Lowering, map: Expression, key: Expression): Expression {
  const content = lowering.regions.load(map.type, objectOf(map), '$map');
  const found = optionAt(content, key);
  const isNil = compare('equal', objectOf(map), ZERO);
  return snapshot(lowering, conditional(isNil, defaultOf(found.type), found), '$entry');
}

/** `m[k]`, and whether it is there. */
export function lookUp(
  lowering: Lowering,
  expression: GoExpression & { readonly kind: 'lookup' },
): readonly [Expression, Expression] {
  const map = snapshot(lowering, lowering.value(expression.map), '$map');
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
  const map = referTo(place.reference, [place.object]);
  const value = contentOf(lookedUp(lowering, map, place.key));
  assumeWellFormed(lowering, value);
  return value;
}

/** `m[k] = v`; a nil map cannot hold anything. */
export function storeEntry(lowering: Lowering, place: Entry, value: Expression): void {
  const { builder, regions } = lowering;
  const condition = compare('less', ZERO, place.object);
  builder.emit({ kind: 'check', code: 'nil', condition, message: 'the map may be nil' });
  const content = regions.load(place.reference, place.object, '$map');
  const map = referTo(place.reference, [place.object]);
  enterLoops(lowering, map, not(isThere(optionAt(content, place.key))));
  regions.store(place.reference, place.object, withEntry(content, place.key, value));
}

/** `delete(m, k)` and `clear(m)`, which leave a nil map alone. */
export function removeEntries(lowering: Lowering, map: Expression, key: Expression | null): void {
  const { builder, regions } = lowering;
  const change = new Label();
  const done = new Label();
  builder.branch(compare('less', ZERO, objectOf(map)), change, done);
  builder.bind(change);
  leaveLoops(lowering, map, key);
  if (key === null) {
    regions.store(map.type, objectOf(map), defaultOf(regionOf(map).content));
  } else {
    const content = regions.load(map.type, objectOf(map), '$map');
    regions.store(map.type, objectOf(map), withoutEntry(content, key));
  }
  builder.bind(done);
}

/** The entries of a map as they are now: a map from keys to options. There are none in a nil map. */
export function entriesNow(lowering: Lowering, map: Expression): Expression {
  const content = lowering.regions.load(map.type, objectOf(map), '$map');
  const entries = entriesOf(content);
  const isNil = compare('equal', objectOf(map), ZERO);
  return snapshot(lowering, conditional(isNil, defaultOf(entries.type), entries), '$entries');
}

/** The entry under a key, as an option. */
export function entryOf(entries: Expression, key: Expression): Expression {
  return { kind: 'index', collection: entries, key, type: mapType(entries.type).value };
}

/** A loop over the map does not come to what was deleted, and may come again to what is made anew. */
function leaveLoops(lowering: Lowering, map: Expression, key: Expression | null): void {
  const { builder } = lowering;
  const without = (local: number, isSame: Expression): void => {
    const type = mapType(builder.locals[local]?.type ?? BOOL);
    const before = localOf(local, type);
    const after: Expression =
      key === null
        ? defaultOf(type)
        : { kind: 'update', collection: before, key, value: defaultOf(type.value), type };
    builder.assign(local, conditional(isSame, after, before));
  };
  for (const loop of lowering.mapLoops) {
    const isSame = lowering.regions.isSame(map, loop.map);
    without(loop.due, isSame);
    without(loop.taken, isSame);
  }
}

/** A loop over the map may come to what is made. */
function enterLoops(lowering: Lowering, map: Expression, isNew: Expression): void {
  const { builder } = lowering;
  for (const { map: other, left } of lowering.mapLoops) {
    const isOne = logical('and', lowering.regions.isSame(map, other), isNew);
    const before = localOf(left, UINT64);
    builder.assign(left, conditional(isOne, arithmetic('add', before, ONE), before));
  }
}

/** The number of entries of a map. */
export function mapLength(lowering: Lowering, map: Expression): Expression {
  const fixed = snapshot(lowering, map, '$map');
  const content = lowering.regions.load(fixed.type, objectOf(fixed), '$map');
  return conditional(compare('equal', objectOf(fixed), ZERO), ZERO, part(content, 'count'));
}
