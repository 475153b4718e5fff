import type { Expression, InstructionSource, Type } from '../ir/index.js';
import { BOOL, UINT64 } from '../ir/index.js';
import type { Item, MemoryAccess, Plain } from './builder.js';
import { arithmetic, compare, literal, localOf, not } from './operators.js';
import type { Region } from './region.js';
import { regionOf } from './region.js';

type ObjectAccess = Exclude<MemoryAccess, { kind: 'same' }>;

/** The objects of a region as locals: what they hold, by number, and how many there are. */
export interface Objects {
  readonly contents: number;
  readonly count: number;
}

/** The objects of a region: a local, or state. */
export function contentsOf(region: Region, objects: Objects): Expression {
  const type = mapOf(region.content);
  const { shared } = region;
  if (shared === null) return localOf(objects.contents, type);
  return { kind: 'state', variable: objectsName(shared), old: false, type };
}

/** How many objects there are in a region. */
export function countOf(region: Region, objects: Objects): Expression {
  const { shared } = region;
  if (shared === null) return localOf(objects.count, UINT64);
  return { kind: 'state', variable: countName(shared), old: false, type: UINT64 };
}

/** The state variable with the objects of a shared region. */
export function objectsName(shared: string): string {
  return `${shared}.objects`;
}

/** The state variable with the number of objects of a shared region. */
export function countName(shared: string): string {
  return `${shared}.count`;
}

/** The objects of a region as a value, by what each holds. */
export function mapOf(content: Type): Type {
  return { kind: 'map', key: UINT64, value: content };
}

export function resolvedAccess(
  item: Extract<Item, { kind: 'memory' }>,
  find: (reference: Type) => Objects,
): readonly Item[] {
  const { access } = item;
  if (access.kind === 'same') return [comparedObjects(access, item.source)];
  const { reference } = access;
  const { shared } = regionOf(reference);
  const { source } = item;
  return shared === null
    ? privateAccess({ access, source }, find(reference))
    : sharedAccess({ access, source }, shared);
}

function comparedObjects(
  { reference, object, other, otherObject, into }: Extract<MemoryAccess, { kind: 'same' }>,
  source: InstructionSource,
): Item {
  const isOneRegion = regionOf(reference).representative === regionOf(other).representative;
  const value = isOneRegion ? compare('equal', object, otherObject) : literal(BOOL, false);
  return { kind: 'plain', instruction: { kind: 'assign', local: into, value, source } };
}

/** An access of objects that are state: atomic steps. */
function sharedAccess(
  { access, source }: { readonly access: ObjectAccess; readonly source: InstructionSource },
  shared: string,
): readonly Item[] {
  const [objects, count] = [objectsName(shared), countName(shared)];
  const call = (
    operation: string,
    args: readonly Expression[],
    results: readonly (number | null)[],
  ): Item => ({
    kind: 'plain',
    instruction: { kind: 'call', operation, arguments: args, results, source },
  });
  switch (access.kind) {
    case 'load':
      return [call(`${objects}.Load`, [access.object], [access.into])];
    case 'store':
      return [call(`${objects}.Store`, [access.object, access.value], [])];
    case 'allocate': {
      const into = localOf(access.into, UINT64);
      const next = arithmetic('add', into, literal(UINT64, 1n));
      return [
        call(`${count}.Load`, [], [access.into]),
        { kind: 'plain', instruction: { kind: 'assign', local: access.into, value: next, source } },
        { kind: 'plain', instruction: isNumber(into, source) },
        call(`${count}.Store`, [into], []),
        call(`${objects}.Store`, [into, access.content], []),
      ];
    }
  }
}

/** There are fewer than 2^64 objects. */
function isNumber(object: Expression, source: InstructionSource): Plain {
  const condition = not(compare('equal', object, literal(UINT64, 0n)));
  return { kind: 'assume', condition, reason: 'memory', source };
}

/** An access of objects that are locals. */
function privateAccess(
  { access, source }: { readonly access: ObjectAccess; readonly source: InstructionSource },
  objects: Objects,
): readonly Item[] {
  const plain = (instruction: Omit<Extract<Plain, { kind: 'assign' }>, 'source'>): Item => ({
    kind: 'plain',
    instruction: { ...instruction, source },
  });
  const { content } = regionOf(access.reference);
  const contents = localOf(objects.contents, mapOf(content));
  const stored = (object: Expression, value: Expression): Item =>
    plain({
      kind: 'assign',
      local: objects.contents,
      value: { kind: 'update', collection: contents, key: object, value, type: contents.type },
    });
  switch (access.kind) {
    case 'load':
      return [
        plain({
          kind: 'assign',
          local: access.into,
          value: { kind: 'index', collection: contents, key: access.object, type: content },
        }),
      ];
    case 'store':
      return [stored(access.object, access.value)];
    case 'allocate': {
      const count = localOf(objects.count, UINT64);
      const into = localOf(access.into, UINT64);
      const next = arithmetic('add', count, literal(UINT64, 1n));
      return [
        plain({ kind: 'assign', local: objects.count, value: next }),
        plain({ kind: 'assign', local: access.into, value: count }),
        { kind: 'plain', instruction: isNumber(into, source) },
        stored(into, access.content),
      ];
    }
  }
}
