import type { Expression, Type } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type { Variable } from '../go/index.js';
import { showGoType, underlying } from '../go/index.js';
import { withKnownCase } from './interface-value.js';
import type { Lowering } from './lowering.js';
import { defaultOf, literal, localOf } from './operators.js';
import { mapType } from './snapshot.js';
import { referenceType, regionOf } from './region.js';

/** A place for a variable that comes into being here with a value; null: it is zero. */
export function declareVariable(lowering: Lowering, variable: Variable, value: Expression | null): void {
  const { builder, context } = lowering;
  lowering.known.delete(variable);
  lowering.aliases.delete(variable);
  if (context.escapes.boxed.has(variable)) {
    box(lowering, variable, value);
    return;
  }
  const local = newVariable(lowering, variable);
  const isChanged = context.escapes.changed.has(variable);
  builder.markConstant(local, !isChanged);
  const initial = value ?? defaultOf(typeOfLocal(lowering, local));
  builder.assign(local, initial);
  if (isChanged) return;
  const known = knownInitially(variable, initial, localOf(local, typeOfLocal(lowering, local)));
  if (known !== null) lowering.known.set(variable, known);
}

/** What is known of a variable that keeps its first value: a function, or the type of what is in an interface. */
function knownInitially({ type }: Variable, initial: Expression, local: Expression): Expression | null {
  switch (underlying(type).kind) {
    case 'function':
      return initial.kind === 'literal' ? initial : null;
    case 'interface':
      return withKnownCase(initial, local);
    default:
      return null;
  }
}

/** A local for a variable that comes into being here; whoever calls this assigns it, and {@link boxVariable}s it if it needs an address. */
export function newVariable(lowering: Lowering, variable: Variable): number {
  const type = lowering.context.types.lower(variable.type, variable.span);
  const local = lowering.builder.newLocal(variable.name, type);
  // A parameter may have stood for a place when the function was inlined before.
  lowering.aliases.delete(variable);
  lowering.places.set(variable, { root: 'local', local, path: [], type });
  return local;
}

/** Moves a variable with its value to a region, if it needs an address. */
export function boxVariable(lowering: Lowering, variable: Variable, local: number): void {
  if (!lowering.context.escapes.boxed.has(variable)) return;
  box(lowering, variable, localOf(local, typeOfLocal(lowering, local)));
}

function typeOfLocal(lowering: Lowering, local: number): Type {
  const found = lowering.builder.locals[local];
  if (found === undefined) throw new Error(`no local ${local}`);
  return found.type;
}

/** An array is a whole object, whose elements have addresses; anything else is the only element of one. */
function box(lowering: Lowering, variable: Variable, value: Expression | null): void {
  const { context, regions } = lowering;
  const type = context.types.lower(variable.type, variable.span);
  const isArray = underlying(variable.type).kind === 'array';
  const reference = referenceType('pointer', `*${showGoType(variable.type)}`, () =>
    isArray ? type : { kind: 'map', key: UINT64, value: type },
  );
  const { content } = regionOf(reference);
  const position = literal(UINT64, 0n);
  const cells: Expression =
    isArray || value === null
      ? (value ?? defaultOf(content))
      : { kind: 'update', collection: defaultOf(content), key: position, value, type: mapType(content) };
  const object = regions.allocate(reference, cells);
  const index = isArray ? null : position;
  lowering.places.set(variable, { root: 'region', reference, object, index, path: [], type });
}

/** A loop's variable in its next round: another one, with the value that it has now. */
export function renewBox(lowering: Lowering, variable: Variable): void {
  const { builder, regions } = lowering;
  const place = lowering.places.get(variable);
  if (place?.root !== 'region' || place.object.kind !== 'local') return;
  const content = regions.load(place.reference, place.object, '$content');
  builder.assign(place.object.index, regions.allocate(place.reference, content));
}
