import { expression, literal, SEED, variableExpression } from './expressions.js';
import type { ProgramState, Scope, Variable } from './scope.js';
import { visible, withVariables } from './scope.js';
import type { Lines, Place } from './statements.js';
import { block, declared } from './statements.js';
import type { Type } from './types.js';
import { INT, INTEGERS, typeText, UINT64 } from './types.js';

/** A statement about slices, maps, pointers, strings or closures; null if there is nothing that it could be about. */
export function containerStatement(state: ProgramState, scope: Scope, place: Place): Lines | null {
  const { choices, features } = state;
  const kinds: (() => Lines | null)[] = [];
  if (features.slices) {
    kinds.push(
      () => append(state, scope),
      () => reslice(state, scope),
      () => setElement(state, scope),
      () => copy(state, scope),
    );
    if (features.loops) kinds.push(() => overSlice(state, scope, place));
  }
  if (features.maps) {
    kinds.push(
      () => setEntry(state, scope),
      () => lookup(state, scope),
    );
  }
  if (features.pointers) kinds.push(() => addressOf(state, scope));
  if (features.closures) kinds.push(() => closure(state, scope, place));
  if (features.strings && features.loops) kinds.push(() => overString(state, scope));
  return choices.pick(kinds)();
}

function slices(scope: Scope, isWanted: (variable: Variable) => boolean = () => true): readonly Variable[] {
  return visible(scope, (each) => each.type.kind === 'slice' && isWanted(each));
}

function elementOf(type: Type): Type {
  return type.kind === 'slice' || type.kind === 'array' || type.kind === 'pointer' ? type.element : UINT64;
}

/** The capacity of what comes from `append` is not determined, so nothing may depend on it: such slices are cut to their length first. */
function append(state: ProgramState, scope: Scope): Lines | null {
  const sources = slices(scope);
  if (sources.length === 0) return null;
  const source = state.choices.pick(sources);
  const targets = slices(
    scope,
    (each) => !each.fixed && each.assignable && typeText(each.type) === typeText(source.type),
  );
  const from = source.fixed ? source.name : `${source.name}[:len(${source.name}):len(${source.name})]`;
  const count = 1 + state.choices.below(3);
  const elements = Array.from({ length: count }, () => expression(state, scope, elementOf(source.type), 2));
  const call = `append(${from}, ${elements.join(', ')})`;
  const [target] = targets;
  if (target !== undefined && state.choices.below(2) === 0)
    return { lines: [`${target.name} = ${call}`], scope };
  const name = state.fresh('s');
  return declared(scope, { name, type: source.type, assignable: true, fixed: false }, `${name} := ${call}`);
}

function reslice(state: ProgramState, scope: Scope): Lines | null {
  const sources = slices(scope);
  if (sources.length === 0) return null;
  const { choices } = state;
  const { name: source, type, fixed } = choices.pick(sources);
  const name = state.fresh('s');
  const low = `min(len(${source}), ${choices.below(3)})`;
  const high = `len(${source})-min(len(${source}), ${choices.below(2)})`;
  const forms = [
    `${source}[${low}:]`,
    `${source}[:${high}]`,
    `${source}[:0]`,
    `${source}[${low}:len(${source}):len(${source})]`,
  ];
  if (fixed) forms.push(`${source}[:cap(${source})]`);
  return declared(scope, { name, type, assignable: true, fixed }, `${name} := ${choices.pick(forms)}`);
}

function setElement(state: ProgramState, scope: Scope): Lines | null {
  const targets = slices(scope);
  if (targets.length === 0) return null;
  const { name, type } = state.choices.pick(targets);
  const index = state.choices.below(3);
  const value = expression(state, scope, elementOf(type), 1);
  const line = `${name}[${index}] = ${value}`;
  return { lines: [`if len(${name}) > ${index} {`, `\t${line}`, '}'], scope };
}

function copy(state: ProgramState, scope: Scope): Lines | null {
  const targets = slices(scope);
  if (targets.length === 0) return null;
  const target = state.choices.pick(targets);
  const same = slices(scope, (each) => typeText(each.type) === typeText(target.type));
  const source = state.choices.pick(same);
  const cut = state.choices.below(3);
  const name = state.fresh('n');
  const line = `${name} := copy(${target.name}, ${source.name}[min(len(${source.name}), ${cut}):])`;
  return declared(scope, { name, type: INT, assignable: true, fixed: false }, line);
}

function overSlice(state: ProgramState, scope: Scope, place: Place): Lines | null {
  const sources = slices(scope);
  if (sources.length === 0 || state.repetition > 10) return null;
  const { name, type } = state.choices.pick(sources);
  const value = { name: state.fresh('x'), type: elementOf(type), assignable: true, fixed: false };
  const key = { name: state.fresh('k'), type: INT, assignable: false, fixed: false };
  const before = state.repetition;
  state.repetition *= 8;
  const body = block(state, withVariables(scope, key, value), { ...place, loops: 1, inSwitch: false });
  state.repetition = before;
  return {
    lines: [
      `for ${key.name}, ${value.name} := range ${name} {`,
      `\t_, _ = ${key.name}, ${value.name}`,
      ...body,
      '}',
    ],
    scope,
  };
}

function maps(scope: Scope): readonly Variable[] {
  return visible(scope, ({ type }) => type.kind === 'map');
}

function setEntry(state: ProgramState, scope: Scope): Lines | null {
  const targets = maps(scope);
  if (targets.length === 0) return null;
  const { choices } = state;
  const { name, type } = choices.pick(targets);
  if (type.kind !== 'map') return null;
  const key = expression(state, scope, type.key, 1);
  const lines = [`${name}[${key}] = ${expression(state, scope, type.value, 1)}`, `delete(${name}, ${key})`];
  if (type.value.kind === 'integer') lines.push(`${name}[${key}]++`, `${name}[${key}] -= 3`);
  return { lines: [choices.pick(lines)], scope };
}

function lookup(state: ProgramState, scope: Scope): Lines | null {
  const sources = maps(scope);
  if (sources.length === 0) return null;
  const { name, type } = state.choices.pick(sources);
  if (type.kind !== 'map') return null;
  const [value, ok] = [state.fresh('w'), state.fresh('ok')];
  const key = expression(state, scope, type.key, 1);
  const holdsPointers = /pointer/.test(JSON.stringify(type.value));
  const inner = withVariables(scope, { name: ok, type: { kind: 'bool' }, assignable: true, fixed: false });
  const line = `${holdsPointers ? '_' : value}, ${ok} := ${name}[${key}]`;
  if (holdsPointers) return { lines: [line, `_ = ${ok}`], scope: inner };
  return {
    lines: [line, `_, _ = ${value}, ${ok}`],
    scope: withVariables(inner, {
      name: value,
      type: type.value,
      assignable: type.value.kind !== 'map',
      fixed: false,
    }),
  };
}

function addressOf(state: ProgramState, scope: Scope): Lines | null {
  const targets = visible(
    scope,
    ({ assignable, type, fixed }) => assignable && !fixed && type.kind !== 'pointer',
  );
  if (targets.length === 0) return null;
  const { name: target, type } = state.choices.pick(targets);
  const name = state.fresh('p');
  const pointer: Type = { kind: 'pointer', element: type };
  return declared(scope, { name, type: pointer, assignable: true, fixed: false }, `${name} := &${target}`);
}

/** A function literal that changes a variable around it, called in statements of their own. */
function closure(state: ProgramState, scope: Scope, place: Place): Lines {
  const { choices } = state;
  const name = state.fresh('f');
  const parameter = { name: state.fresh('a'), type: choices.pick(INTEGERS), assignable: true, fixed: false };
  const result = choices.pick(INTEGERS);
  const outer = state.weight;
  const inner = withVariables(
    { ...scope, callables: scope.callables.filter(({ impure }) => !impure) },
    parameter,
  );
  const body = block(state, inner, {
    ...place,
    loops: 0,
    labels: [],
    inSwitch: false,
    results: [result],
    named: [],
  });
  const value = variableExpression(state, inner, result, 1);
  const weight = state.weight - outer + 5;
  const callable = { name, parameters: [parameter.type], results: [result], weight, impure: true };
  return {
    lines: [
      `${name} := func(${parameter.name} ${parameter.type.name}) ${result.name} {`,
      ...body,
      `\treturn ${value}`,
      '}',
      `_ = ${name}`,
    ],
    scope: { ...scope, callables: [...scope.callables, callable] },
  };
}

function overString(state: ProgramState, scope: Scope): Lines | null {
  const sources = visible(scope, ({ type }) => type.kind === 'string');
  if (sources.length === 0) return null;
  const { name } = state.choices.pick(sources);
  const [index, rune] = [state.fresh('i'), state.fresh('c')];
  const length = literal(state, scope, UINT64).text;
  return {
    lines: [
      `for ${index}, ${rune} := range ${name} {`,
      `\t${SEED} = ${SEED}*31 + uint64(${index}) ^ uint64(${rune}) + ${length}`,
      '}',
    ],
    scope,
  };
}
