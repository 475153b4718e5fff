import type { Invariant, StateVariable, Type } from '../ir/index.js';
import { walkExpression } from '../ir/index.js';
import { evaluate, initialValue } from '../semantics/index.js';
import { wrap } from './arithmetic.js';
import type { Program, Side } from './program.js';
import type { Value } from './value.js';
import { constantMap, keyOfAll, mapSet, zeroOf } from './value.js';

/** How many combinations of values are tried in search of states that satisfy `init`. */
const MAXIMAL_TRIES = 20_000;
/** How many initial states of the machine are explored. */
const MAXIMAL_STATES = 3;

/** Thrown where no state was found in which a side may start. */
export class NoInitialState extends Error {
  constructor(
    readonly side: Side['name'],
    /** A part of `init` that the first state tried does not satisfy. */
    readonly unsatisfied: Invariant | undefined,
  ) {
    super(`no initial state of the ${side} was found`);
  }
}

/**
 * States in which a side may start, at least one, the one with the most zeros first. Variables with an initial value have it; the
 * others get zero values and, where `init` leaves them open, a few others, among them the numbers that `init` mentions. For the
 * machine those are only the start of more executions; for the specification all that is found counts as allowed.
 */
export function initialStates(program: Program, side: Side): readonly (readonly Value[])[] {
  const states: (readonly Value[])[] = [];
  const seen = new Set<string>();
  const limit = side.name === 'machine' ? MAXIMAL_STATES : MAXIMAL_TRIES;
  const numbers = [...new Set([0n, 1n, ...numbersOfInit(program, side)])];
  const candidates = side.variables.map((variable) => candidateValues(program, variable, numbers));
  let tries = 0;
  for (const state of combinations(candidates)) {
    tries += 1;
    program.deadline.check();
    if (tries > MAXIMAL_TRIES || states.length >= limit) break;
    const key = keyOfAll(state);
    if (seen.has(key) || !satisfiesInit(program, side, state)) continue;
    seen.add(key);
    states.push(state);
  }
  if (states.length > 0) return states;
  const first = candidates.map((values) => values[0] ?? false);
  throw new NoInitialState(side.name, unsatisfiedInit(program, side, first));
}

/** The literals of `init`, the values of the parameters that it mentions, and their neighbours. */
function numbersOfInit(program: Program, side: Side): readonly bigint[] {
  const found: bigint[] = [];
  for (const { expression } of program.system[side.name].init) {
    walkExpression(expression, (each) => {
      const value =
        each.kind === 'parameter'
          ? program.parameter(each.name)
          : each.kind === 'literal'
            ? each.value
            : null;
      if (typeof value === 'bigint') found.push(value, value + 1n, value - 1n);
    });
  }
  return found;
}

function satisfiesInit(program: Program, side: Side, state: readonly Value[]): boolean {
  return unsatisfiedInit(program, side, state) === undefined;
}

/** The first part of `init` that does not hold of a state. */
function unsatisfiedInit(program: Program, side: Side, state: readonly Value[]): Invariant | undefined {
  program.universe.enter(state);
  return program.system[side.name].init.find(
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
      ) !== true,
  );
}

function refuse(): never {
  throw new Error('`init` may mention parameters and the state of its layer only');
}

/** Values for a variable, the zero value first; `numbers` begin with 0 and 1. */
function candidateValues(
  program: Program,
  variable: StateVariable,
  numbers: readonly bigint[],
): readonly Value[] {
  const driver = { parameter: (name: string) => program.parameter(name) };
  if (variable.initial !== null) return [initialValue(program.domain, driver, variable)];
  const { type } = variable;
  return type.kind === 'map' ? candidateMaps(program, type, numbers) : simpleValues(type, numbers);
}

function simpleValues(type: Type, numbers: readonly bigint[]): readonly Value[] {
  switch (type.kind) {
    case 'bool':
      return [false, true];
    case 'enum':
      return type.cases.map((_, index) => BigInt(index));
    case 'integer':
      return numbers.filter((value) => wrap(type, value) === value);
    case 'block':
      return numbers.filter((value) => value >= 0n);
    case 'map':
    case 'thread':
    case 'record':
    case 'seq':
    case 'set':
    case 'option':
      return [zeroOf(type)];
  }
}

/** Maps that are the same everywhere, or zero but under one small key. */
function candidateMaps(
  program: Program,
  type: Extract<Type, { kind: 'map' }>,
  numbers: readonly bigint[],
): readonly Value[] {
  const [zero = zeroOf(type.value), ...others] = simpleValues(type.value, numbers);
  const everywhere = others.map(constantMap);
  const [other] = others;
  if (other === undefined || type.key.kind !== 'integer') return [constantMap(zero), ...everywhere];
  const sizes = Object.values(program.bounds.parameters);
  const size = sizes.length === 0 ? 2n : sizes.reduce((left, right) => (left < right ? left : right));
  const changed: Value[] = [];
  for (let key = 0n; key < size && key < 4n; key += 1n) changed.push(mapSet(constantMap(zero), key, other));
  return [constantMap(zero), ...changed, ...everywhere];
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
