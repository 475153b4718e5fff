import type { StateVariable } from '../ir/index.js';
import type { LocationSyntax, Scope } from '../layer/index.js';
import { dottedName } from '../layer/index.js';
import type { Companions, SharedRegion } from './storage.js';

/** The state of package variables. */
export interface MemoryState {
  readonly state: readonly StateVariable[];
  readonly regions: readonly SharedRegion[];
  readonly companions: readonly Companions[];
}

/**
 * What a location stands for that names a struct: its fields, and theirs, which are variables of their own. Locks and atomic variables in it are guarded by
 * nobody, and what a field leads to goes with the field. Any other location is itself.
 */
export function guardedParts(
  location: LocationSyntax,
  scope: Scope,
  memory: MemoryState,
): readonly LocationSyntax[] {
  const name = location.where === null ? dottedName(location.location) : null;
  if (name === null || scope.lookup(name) !== null) return [location];
  const { span } = location.location;
  const parts = new Set(scope.candidates().filter((each) => each.startsWith(`${name}.`)));
  const plain = [...parts].filter((part) => isPlain(part, scope, memory));
  if (plain.length === 0) return [location];
  return plain.map((part) => ({ location: { kind: 'name', name: part, span }, where: null }));
}

function isPlain(part: string, scope: Scope, { state, regions, companions }: MemoryState): boolean {
  const entity = scope.lookup(part);
  if (entity?.kind !== 'value' || entity.expression.kind !== 'state') return false;
  const { variable } = entity.expression;
  const follows = [...regions, ...companions].some((each) => each.state.includes(variable));
  return !follows && state.some(({ name, origin }) => name === variable && origin === 'memory');
}
