import type { StateVariable } from '../ir/index.js';
import { evaluate, initialValue } from '../semantics/index.js';
import type { Program, Side } from './program.js';
import type { Value } from './value.js';
import { constantMap, keyOfAll, mapSet, zeroOf } from './value.js';

/** How many combinations of values are tried in search of states that satisfy `init`. */
const MAXIMAL_TRIES = 20_000;
/** How many initial states of the machine are explored. */
const MAXIMAL_STATES = 3;

/**
 * States in which a side may start, the one with the most zeros first. Variables with an initial value have it; the others get
 * zero values and, where `init` leaves them open, a few others. For the machine those are only the start of more
 * executions; for the specification all that is found counts as allowed.
 */
export function initialStates(program: Program, side: Side): readonly (readonly Value[])[] {
  const states: (readonly Value[])[] = [];
  const seen = new Set<string>();
  const limit = side.name === 'machine' ? MAXIMAL_STATES : MAXIMAL_TRIES;
  let tries = 0;
  for (const state of combinations(side.variables.map((variable) => candidateValues(program, variable)))) {
    tries += 1;
    program.deadline.check();
    if (tries > MAXIMAL_TRIES || states.length >= limit) break;
    const key = keyOfAll(state);
    if (seen.has(key) || !satisfiesInit(program, side, state)) continue;
    seen.add(key);
    states.push(state);
  }
  return states;
}

function satisfiesInit(program: Program, side: Side, state: readonly Value[]): boolean {
  program.universe.enter(state);
  return program.system[side.name].init.every(
    ({ expression }) =>
      evaluate<Value>(
        program.domain,
        {
          parameter: (name) => program.parameter(name),
          local: () => refuse(),
          state: (variable) => {
            const value = state[side.index.get(variable) ?? -1];
            return value ?? refuse();
          },
          bound: () => refuse(),
          pending: () => refuse(),
        },
        expression,
      ) === true,
  );
}

function refuse(): never {
  throw new Error('`init` may mention parameters and the state of its layer only');
}

/** Values for a variable, the zero value first. */
function candidateValues(program: Program, variable: StateVariable): readonly Value[] {
  const driver = { parameter: (name: string) => program.parameter(name) };
  if (variable.initial !== null) return [initialValue(program.domain, driver, variable)];
  const { type } = variable;
  const zero = zeroOf(type);
  switch (type.kind) {
    case 'bool':
      return [false, true];
    case 'enum':
      return type.cases.map((_, index) => BigInt(index));
    case 'integer':
    case 'block':
      return [0n, 1n];
    case 'map': {
      const other = type.value.kind === 'bool' ? true : 1n;
      const simple = ['bool', 'integer', 'block'].includes(type.value.kind);
      if (!simple || type.key.kind !== 'integer') return [zero];
      const sizes = Object.values(program.bounds.parameters);
      const size = sizes.length === 0 ? 2n : sizes.reduce((left, right) => (left < right ? left : right));
      const changed: Value[] = [];
      for (let key = 0n; key < size && key < 4n; key += 1n)
        changed.push(mapSet(constantMap(zeroOf(type.value)), key, other));
      return [zero, ...changed, constantMap(other)];
    }
    case 'thread':
    case 'record':
    case 'seq':
    case 'set':
    case 'option':
      return [zero];
  }
}

/** All combinations, those with few deviations from the first values first. */
function* combinations(candidates: readonly (readonly Value[])[]): Generator<readonly Value[]> {
  const first = candidates.map((values) => values[0] ?? false);
  for (let deviations = 0; deviations <= candidates.length; deviations += 1) {
    yield* deviating(candidates, first, 0, deviations);
  }
}

function* deviating(
  candidates: readonly (readonly Value[])[],
  state: readonly Value[],
  from: number,
  deviations: number,
): Generator<readonly Value[]> {
  if (deviations === 0) {
    yield state;
    return;
  }
  for (let index = from; index < candidates.length; index += 1) {
    for (const value of candidates[index]?.slice(1) ?? []) {
      yield* deviating(candidates, state.with(index, value), index + 1, deviations - 1);
    }
  }
}
