import type { ChangedMemory, Expression, RecordType, Type } from '../ir/index.js';
import { UINT64, rewriteExpression } from '../ir/index.js';
import { arithmetic, compare, defaultOf, literal, localOf, logical } from './operators.js';
import { fieldOf, objectOf } from './reference.js';
import type { Objects } from './memory-access.js';
import { mapOf } from './memory-access.js';
import type { Region } from './region.js';
import { leadsInto, referenceOf, unify } from './region.js';

/**
 * Makes the regions the same between which values of a recursive type lead: without end, each object would be in a region of its own.
 * `around`: the reference types that lead to the type.
 */
export function tieRecursive(type: Type, around: readonly RecordType[] = []): void {
  const reference = referenceOf(type);
  if (type.kind === 'record' && reference !== null) {
    const known = around.find(({ name }) => name === type.name);
    if (known !== undefined) unify(known, type);
    else tieRecursive(reference.region.content, [...around, type]);
    return;
  }
  for (const part of partsOf(type)) tieRecursive(part, around);
}

/** The types of the parts of a value that is no reference. */
function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => field.type);
    case 'map':
      return [type.key, type.value];
    case 'seq':
    case 'set':
      return [type.element];
    case 'option':
      return [type.value];
    default:
      return [];
  }
}

/** The regions that values of the types lead into, also by way of other objects. */
export function passedRegions(types: readonly Type[]): readonly Region[] {
  const found = new Set<Region>();
  for (const type of types) visit(type, found);
  return [...found];
}

function visit(type: Type, found: Set<Region>): void {
  const reference = referenceOf(type);
  if (reference !== null) {
    const { representative } = reference.region;
    if (found.has(representative)) return;
    found.add(representative);
    visit(representative.content, found);
    return;
  }
  for (const part of partsOf(type)) visit(part, found);
}

/** A region that a procedure may change. */
interface Changed {
  readonly region: Region;
  readonly before: Objects;
  readonly after: Objects;
  /** Whether it may also write behind the ends of slices, in what they have room for. */
  readonly extended: boolean;
}

/**
 * What a procedure leaves unchanged of a region. Where its parameters refer to the region directly and in no other way, that is all
 * objects but theirs, and of the arrays of slices all elements but those of the slices; and what it makes is new. It is proved of the
 * procedure, so that this is no more than a good guess.
 */
export function changedMemory(
  { region, before, after, extended }: Changed,
  parameters: readonly Expression[],
  given: readonly Region[],
): ChangedMemory {
  const { content } = region;
  const type = mapOf(content);
  const [old, now] = [localOf(before.contents, type), localOf(after.contents, type)];
  const [oldCount, count] = [localOf(before.count, UINT64), localOf(after.count, UINT64)];
  const locals = {
    contents: { before: before.contents, after: after.contents },
    count: { before: before.count, after: after.count },
  };
  const references = parameters.map((parameter) => directReferences(parameter, region));
  const isInside = given.some((each) => leadsInto(each.content, (inner) => inner === region));
  if (isInside || references.includes(null)) return { ...locals, frame: now };
  const cellsOf = (objects: Expression, object: Expression): Expression => ({
    kind: 'index',
    collection: objects,
    key: object,
    type: content,
  });
  const assigned = references
    .flatMap((each) => each ?? [])
    .reduce<Expression>((objects, reference) => {
      const object = objectOf(reference);
      const cells = cellsOf(now, object);
      const isSlice = referenceOf(reference.type)?.kind === 'slice';
      const [from, end] = [
        fieldOf(reference, 'offset'),
        fieldOf(reference, extended ? 'capacity' : 'length'),
      ];
      const value: Expression = isSlice
        ? {
            kind: 'splice',
            target: cellsOf(objects, object),
            at: from,
            source: cells,
            from,
            count: end,
            type: content,
          }
        : cells;
      return { kind: 'update', collection: objects, key: object, value, type };
    }, old);
  const first = arithmetic('add', oldCount, literal(UINT64, 1n));
  const made = arithmetic('subtract', count, oldCount);
  return {
    ...locals,
    frame: { kind: 'splice', target: assigned, at: first, source: now, from: first, count: made, type },
  };
}

/** The same of what a region holds while a procedure runs, which is in two other locals then. */
export function keptInLoops(
  { contents, count, frame }: ChangedMemory,
  type: Type,
  contentsNow: number,
  countNow: number,
): readonly Expression[] {
  const moved = new Map([
    [contents.after, contentsNow],
    [count.after, countNow],
  ]);
  const now = rewriteExpression(frame, (node) =>
    node.kind === 'local' ? { ...node, index: moved.get(node.index) ?? node.index } : node,
  );
  return [
    compare('lessEqual', localOf(count.before, UINT64), localOf(countNow, UINT64)),
    compare('equal', localOf(contentsNow, type), now),
  ];
}

/** That a reference is to what a procedure may change: to what it has made, or inside of what a parameter refers to; or to nothing. */
export function refersInside(
  reference: Expression,
  region: Region,
  parameters: readonly Expression[],
  { count, extended }: { readonly count: number; readonly extended: boolean },
): Expression {
  const isMade = compare('less', localOf(count, UINT64), objectOf(reference));
  const isNothing = compare('equal', reference, defaultOf(reference.type));
  return parameters
    .flatMap((parameter) => directReferences(parameter, region) ?? [])
    .map((parameter) => isPartOf(reference, parameter, extended ? 'capacity' : 'length'))
    .reduce((left, right) => logical('or', left, right), logical('or', isMade, isNothing));
}

function isPartOf(part: Expression, whole: Expression, size: 'capacity' | 'length'): Expression {
  const isSame = compare('equal', objectOf(part), objectOf(whole));
  const isSlice = [part, whole].every(({ type }) => referenceOf(type)?.kind === 'slice');
  if (!isSlice) return isSame;
  const [from, first] = [fieldOf(part, 'offset'), fieldOf(whole, 'offset')];
  const room = arithmetic('subtract', fieldOf(whole, size), fieldOf(part, size));
  const isBehind = compare('lessEqual', first, from);
  const fits = logical(
    'and',
    compare('lessEqual', fieldOf(part, size), fieldOf(whole, size)),
    compare('lessEqual', arithmetic('subtract', from, first), room),
  );
  return logical('and', isSame, logical('and', isBehind, fits));
}

/** The references into a region that a value is, or has in fields; null: it may have others. */
function directReferences(value: Expression, region: Region): readonly Expression[] | null {
  const { type } = value;
  const isMeant = (each: Region): boolean => each === region;
  if (!leadsInto(type, isMeant)) return [];
  if (referenceOf(type) !== null) return [value];
  if (type.kind !== 'record') return null;
  const parts = type.fields.map((field) =>
    directReferences({ kind: 'field', record: value, name: field.name, type: field.type }, region),
  );
  return parts.includes(null) ? null : parts.flatMap((each) => each ?? []);
}
