import { expression, SEED, variableExpression } from './expressions.js';
import { hashOf } from './hash.js';
import type { ProgramState, Scope } from './scope.js';
import type { Lines } from './statements.js';
import type { Type } from './types.js';
import { BOOL, INTEGERS, STRING, typeText, UINT64 } from './types.js';

/** A statement about values in interfaces, which it mixes into the hash. */
export function interfaceStatement(state: ProgramState, scope: Scope): Lines {
  const { choices, structs } = state;
  const kinds = [() => compared(state, scope), () => switched(state, scope), () => asserted(state, scope)];
  if (structs.length > 0) kinds.push(() => called(state, scope));
  return {
    lines: [
      '{',
      ...choices
        .pick(kinds)()
        .map((line) => `\t${line}`),
      '}',
    ],
    scope,
  };
}

/** A type with `==` whose values say something by themselves. */
function dynamicType(state: ProgramState): Type {
  const { choices, structs, features } = state;
  const types: Type[] = [...INTEGERS, BOOL, ...structs];
  types.push({ kind: 'array', length: 2, element: choices.pick(INTEGERS) });
  if (features.strings && features.loops) types.push(STRING);
  return choices.pick(types);
}

function value(state: ProgramState, scope: Scope, type: Type): string {
  return `${typeText(type)}(${expression(state, scope, type, 2)})`;
}

/** A variable that holds a value of one type, or perhaps of another. */
function variable(
  state: ProgramState,
  scope: Scope,
  name: string,
  types: readonly Type[],
): readonly string[] {
  const { choices } = state;
  const [first = UINT64, second = first] = types;
  const lines = [`var ${name} any = ${value(state, scope, first)}`];
  if (choices.below(3) > 0) {
    const other = choices.below(5) === 0 ? 'nil' : value(state, scope, second);
    lines.push(`if ${variableExpression(state, scope, BOOL, 2)} {`, `\t${name} = ${other}`, '}');
  }
  return lines;
}

function compared(state: ProgramState, scope: Scope): readonly string[] {
  const [one, other] = [dynamicType(state), dynamicType(state)];
  const [left, right] = [state.fresh('x'), state.fresh('y')];
  return [
    ...variable(state, scope, left, [one, other]),
    ...variable(state, scope, right, [other, one]),
    `if ${left} == ${right} {`,
    `\t${SEED} = ${SEED}*31 + 1`,
    `} else if ${left} != nil && ${right} == any(${expression(state, scope, other, 2)}) {`,
    `\t${SEED} = ${SEED}*31 + 2`,
    '}',
  ];
}

function switched(state: ProgramState, scope: Scope): readonly string[] {
  const types = [dynamicType(state), dynamicType(state)];
  const [name, held] = [state.fresh('x'), state.fresh('v')];
  const cases = new Map([...types, dynamicType(state)].map((type) => [typeText(type), type]));
  const lines = [...cases].flatMap(([text, type]) => [
    `case ${text}:`,
    `\t_ = ${held}`,
    ...hashOf(state, SEED, held, type).map((line) => `\t${line}`),
  ]);
  const rest =
    state.choices.below(2) === 0 ? ['case nil:', `\t${SEED} += 5`] : ['default:', `\t${SEED} += 7`];
  return [
    ...variable(state, scope, name, types),
    `switch ${held} := ${name}.(type) {`,
    ...lines,
    ...rest,
    '}',
  ];
}

function asserted(state: ProgramState, scope: Scope): readonly string[] {
  const types = [dynamicType(state), dynamicType(state)];
  const [name, held, ok] = [state.fresh('x'), state.fresh('v'), state.fresh('ok')];
  const type = state.choices.pick(types);
  return [
    ...variable(state, scope, name, types),
    `${held}, ${ok} := ${name}.(${typeText(type)})`,
    ...hashOf(state, SEED, held, type),
    ...hashOf(state, SEED, ok, BOOL),
  ];
}

/** Structs have `sum` on values and `mix` on pointers. */
function called(state: ProgramState, scope: Scope): readonly string[] {
  const { choices, structs } = state;
  const [one, other] = [choices.pick(structs), choices.pick(structs)];
  const [name, place, mixer] = [state.fresh('m'), state.fresh('s'), state.fresh('m')];
  return [
    `${place} := ${expression(state, scope, other, 2)}`,
    `var ${name} interface{ sum(n uint64) uint64 } = ${expression(state, scope, one, 2)}`,
    `if ${variableExpression(state, scope, BOOL, 2)} {`,
    `\t${name} = &${place}`,
    '}',
    `if ${mixer}, ok := ${name}.(interface{ mix(n uint64) }); ok {`,
    `\t${mixer}.mix(${SEED})`,
    '}',
    `${SEED} = ${name}.sum(${SEED})`,
    ...hashOf(state, SEED, place, other),
  ];
}
