import type { Type } from '../ir/index.js';
import type { Change } from '../trace/index.js';
import type { Side } from './program.js';
import type { Value } from './value.js';
import { asMap, compareValues, elementsOf, keyOf, mapGet, sameValue, showValue } from './value.js';

/** What changed between two states of a side, location by location. */
export function stateChanges(
  side: Side,
  before: readonly Value[],
  after: readonly Value[],
): readonly Change[] {
  return side.variables.flatMap(({ name, type }, index) => {
    const [left, right] = [before[index], after[index]];
    return left === undefined || right === undefined ? [] : valueChanges(name, type, left, right);
  });
}

/** What changed between two values, down to map keys and record fields. */
export function valueChanges(name: string, type: Type, before: Value, after: Value): readonly Change[] {
  if (sameValue(before, after)) return [];
  if (type.kind === 'map') {
    const [left, right] = [asMap(before), asMap(after)];
    const keys = new Map(
      [...left.entries.values(), ...right.entries.values()].map(({ key }) => [keyOf(key), key]),
    );
    return [...keys.values()]
      .sort(compareValues)
      .flatMap((key) =>
        valueChanges(
          `${name}[${showValue(type.key, key)}]`,
          type.value,
          mapGet(left, key),
          mapGet(right, key),
        ),
      );
  }
  if (type.kind === 'record') {
    return type.fields.flatMap((field, index) => {
      const [left, right] = [elementsOf(before)[index], elementsOf(after)[index]];
      if (left === undefined || right === undefined) return [];
      return valueChanges(`${name}.${field.name}`, field.type, left, right);
    });
  }
  return [{ name, before: showValue(type, before), after: showValue(type, after) }];
}

/** A state as `name = value, ...`, without what has its zero value; `everything is zero` if all has. */
export function showState(side: Side, state: readonly Value[], isZero: (index: number) => boolean): string {
  const shown = side.variables.flatMap(({ name, type }, index) => {
    const value = state[index];
    return value === undefined || isZero(index) ? [] : [`${plainName(name)} = ${showValue(type, value)}`];
  });
  return shown.length === 0 ? 'everything is zero' : shown.join(', ');
}

/** A variable's name without the prefix of the specification's. */
export function plainName(name: string): string {
  return name.startsWith('spec.') ? name.slice('spec.'.length) : name;
}
