import { affordable, expression, literal, pay, variableExpression } from './expressions.js';
import type { ProgramState, Scope, Variable } from './scope.js';
import { visible, withVariables } from './scope.js';
import type { Type } from './types.js';
import { BOOL, INT, INTEGERS, isComparable, STRING, typeText, UINT64 } from './types.js';
import { containerStatement } from './containers.js';
import { interfaceStatement } from './interfaces.js';

/** Where a statement stands: what `break`, `continue` and `return` mean there. */
export interface Place {
  readonly loops: number;
  readonly labels: readonly string[];
  /** In a `switch`, where `break` leaves only that. */
  readonly inSwitch: boolean;
  readonly results: readonly Type[];
  /** Names of the results, if they have some. */
  readonly named: readonly Variable[];
}

/** Lines of Go, and what is visible after them. */
export interface Lines {
  readonly lines: readonly string[];
  readonly scope: Scope;
}

/** A type for a new variable. */
export function someType(state: ProgramState, depth = 0): Type {
  const { choices, features, structs } = state;
  const simple = (): Type => (choices.below(5) > 0 ? choices.pick(INTEGERS) : BOOL);
  const others: (() => Type)[] = [simple, simple];
  if (structs.length > 0) others.push(() => choices.pick(structs));
  if (depth < 1) {
    others.push(() => ({ kind: 'array', length: 1 + choices.below(3), element: someType(state, depth + 1) }));
    if (features.slices) others.push(() => ({ kind: 'slice', element: someType(state, depth + 1) }));
    if (features.pointers) others.push(() => ({ kind: 'pointer', element: someType(state, depth + 1) }));
    if (features.maps)
      others.push(() => ({ kind: 'map', key: mapKey(state), value: someType(state, depth + 1) }));
  }
  if (features.strings) others.push(() => STRING);
  return choices.pick(others)();
}

function mapKey(state: ProgramState): Type {
  return state.choices.pick<Type>([
    UINT64,
    INTEGERS[2] ?? UINT64,
    BOOL,
    ...(state.features.strings ? [STRING] : []),
  ]);
}

/** Several statements. */
export function statements(state: ProgramState, scope: Scope, place: Place, count: number): Lines {
  const lines: string[] = [];
  let inner = scope;
  for (let index = 0; index < count && state.fuel > 0; index++) {
    state.mayPanic = state.features.panics && state.choices.rarely(12);
    const next = statement(state, inner, place);
    lines.push(...next.lines);
    inner = next.scope;
  }
  return { lines, scope: inner };
}

/** The lines of a block, one level deeper. */
export function block(state: ProgramState, scope: Scope, place: Place, most = 3): readonly string[] {
  return indented(statements(state, scope, place, 1 + state.choices.below(most)).lines);
}

export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `\t${line}`);
}

function statement(state: ProgramState, scope: Scope, place: Place): Lines {
  state.fuel -= 1;
  const { choices, features } = state;
  const deep = state.fuel > 10;
  const kinds: (() => Lines | null)[] = [
    () => declaration(state, scope),
    () => assignment(state, scope),
    () => assignment(state, scope),
    () => operation(state, scope),
    () => parallel(state, scope),
    () => callStatement(state, scope),
    () => jump(state, scope, place),
    () => methodStatement(state, scope),
  ];
  if (deep) {
    kinds.push(
      () => conditional(state, scope, place),
      () => switching(state, scope, place),
      () => shadowing(state, scope, place),
    );
    if (features.loops)
      kinds.push(
        () => loop(state, scope, place),
        () => loop(state, scope, place),
      );
  }
  if (features.interfaces) kinds.push(() => interfaceStatement(state, scope));
  const overString = features.strings && features.loops;
  if (features.slices || features.maps || features.pointers || features.closures || overString) {
    kinds.push(
      () => containerStatement(state, scope, place),
      () => containerStatement(state, scope, place),
    );
  }
  return choices.pick(kinds)() ?? declaration(state, scope);
}

/** The line that declares a variable, and the use without which Go rejects it. */
export function declared(scope: Scope, variable: Variable, line: string): Lines {
  return { lines: [line, `_ = ${variable.name}`], scope: withVariables(scope, variable) };
}

function declaration(state: ProgramState, scope: Scope): Lines {
  const type = someType(state);
  const name = state.fresh('v');
  const fixed = type.kind === 'slice' && state.choices.below(2) === 0;
  const variable = { name, type, assignable: true, fixed };
  const value = fixed ? literal(state, scope, type).text : expression(state, scope, type);
  const text = typeText(type);
  const forms = [`${name} := ${value}`, `var ${name} ${text} = ${value}`];
  // A nil pointer would be dereferenced; a nil map could not be assigned.
  if (!/^(pointer|map)$/.test(type.kind) && !/pointer|map/.test(JSON.stringify(type)))
    forms.push(`var ${name} ${text}`);
  const line = state.choices.pick(forms);
  return declared(
    scope,
    variable,
    isTyped(value) ? line : line.replace(`${name} := `, `var ${name} ${text} = `),
  );
}

/** A constant may not have the type that is meant. */
function isTyped(value: string): boolean {
  return !/^["`]/.test(value);
}

/** Variables and parts of them that can be assigned. */
export function places(scope: Scope): readonly Variable[] {
  return visible(scope, (each) => each.assignable || each.type.kind === 'pointer').flatMap((variable) => {
    const { name, type, assignable } = variable;
    const parts: Variable[] = assignable ? [variable] : [];
    const part = (text: string, of: Type): void => {
      parts.push({ name: text, type: of, assignable: true, fixed: false });
    };
    if (type.kind === 'struct' && assignable)
      for (const field of type.fields) part(`${name}.${field.name}`, field.type);
    if (type.kind === 'array' && assignable) part(`${name}[${type.length - 1}]`, type.element);
    if (type.kind === 'pointer') part(`*${name}`, type.element);
    return parts;
  });
}

function assignment(state: ProgramState, scope: Scope): Lines | null {
  const targets = places(scope).filter(({ fixed }) => !fixed);
  if (targets.length === 0) return null;
  const { name, type } = state.choices.pick(targets);
  return { lines: [`${name} = ${expression(state, scope, type)}`], scope };
}

const OPERATIONS = ['+', '-', '*', '^', '&', '|', '&^'];

function operation(state: ProgramState, scope: Scope): Lines | null {
  const { choices } = state;
  const targets = places(scope).filter(({ type }) => type.kind === 'integer');
  if (targets.length === 0) return null;
  const { name, type } = choices.pick(targets);
  const lines = [
    () => `${name} ${choices.pick(OPERATIONS)}= ${expression(state, scope, type)}`,
    () => `${name}++`,
    () => `${name}--`,
    () => `${name} /= (${variableExpression(state, scope, type)}) | 1`,
    () => `${name} ${choices.pick(['<<', '>>'])}= ${choices.below(66)}`,
  ];
  return { lines: [choices.pick(lines)()], scope };
}

/** Two assignments at once, to different variables, or a swap. */
function parallel(state: ProgramState, scope: Scope): Lines | null {
  const targets = places(scope).filter(({ fixed, name }) => !fixed && !name.startsWith('*'));
  if (targets.length < 2) return null;
  const first = state.choices.pick(targets);
  const second = state.choices.pick(targets);
  const values = [first, second].map(({ type }) => expression(state, scope, type, 1));
  return { lines: [`${first.name}, ${second.name} = ${values.join(', ')}`], scope };
}

function callStatement(state: ProgramState, scope: Scope): Lines | null {
  const callables = scope.callables.filter(({ weight }) => affordable(state, weight));
  if (callables.length === 0) return null;
  const { name, parameters, results, weight } = state.choices.pick(callables);
  pay(state, weight);
  const given = parameters.map((each) => expression(state, scope, each, 1));
  const call = `${name}(${given.join(', ')})`;
  if (results.length === 0) return { lines: [call], scope };
  const variables = results.map((type): Variable => ({
    name: state.fresh('r'),
    type,
    assignable: true,
    fixed: false,
  }));
  const names = variables.map((each) => each.name).join(', ');
  const blanks = variables.map(() => '_').join(', ');
  return {
    lines: [`${names} := ${call}`, `${blanks} = ${names}`],
    scope: withVariables(scope, ...variables),
  };
}

/** Each struct has a method that changes it and one that does not. */
function methodStatement(state: ProgramState, scope: Scope): Lines | null {
  const receivers = places(scope).filter(({ type, name }) => type.kind === 'struct' && !name.startsWith('*'));
  if (receivers.length === 0) return null;
  const { name } = state.choices.pick(receivers);
  const argument = expression(state, scope, UINT64, 1);
  if (state.choices.rarely(3)) {
    const result = state.fresh('m');
    const variable = { name: result, type: UINT64, assignable: true, fixed: false };
    return declared(scope, variable, `${result} := ${name}.sum(${argument})`);
  }
  return { lines: [`${name}.mix(${argument})`], scope };
}

function jump(state: ProgramState, scope: Scope, place: Place): Lines | null {
  const { choices } = state;
  const condition = variableExpression(state, scope, BOOL, 1);
  const guarded = (line: string): Lines => ({ lines: [`if ${condition} {`, `\t${line}`, '}'], scope });
  const label = place.labels.at(choices.below(Math.max(1, place.labels.length)));
  if (place.loops > 0 && choices.below(3) > 0) {
    const word = choices.pick(['continue', 'break']);
    if (label !== undefined && choices.rarely(2)) {
      return guarded(`${word} ${label}`);
    }
    return guarded(word);
  }
  if (state.mayPanic && choices.rarely(3)) return guarded('panic("stop")');
  const areVisible = visible(scope, (each) => place.named.includes(each)).length === place.named.length;
  if (place.named.length > 0 && areVisible && choices.rarely(2)) return guarded('return');
  const values = place.results.map((type) => expression(state, scope, type, 1));
  return guarded(`return ${values.join(', ')}`.trimEnd());
}

function conditional(state: ProgramState, scope: Scope, place: Place): Lines {
  const { choices } = state;
  const condition = variableExpression(state, scope, BOOL);
  const local = state.fresh('c');
  const type = choices.pick(INTEGERS);
  const inner = withVariables(scope, { name: local, type, assignable: true, fixed: false });
  const hasInitialiser = choices.rarely(3);
  const initialiser = hasInitialiser
    ? `${local} := ${variableExpression(state, scope, type, 1)}; ${local} > ${choices.below(9)} || `
    : '';
  const used = hasInitialiser ? inner : scope;
  const lines = [`if ${initialiser}${condition} {`, ...block(state, used, place)];
  if (choices.below(2) === 1) {
    const other = choices.rarely(3) ? `} else if ${variableExpression(state, used, BOOL)} {` : '} else {';
    lines.push(other, ...block(state, used, place));
  }
  return { lines: [...lines, '}'], scope };
}

function switching(state: ProgramState, scope: Scope, place: Place): Lines {
  const { choices } = state;
  const inside = { ...place, inSwitch: true, loops: 0, labels: place.labels };
  const type = choices.pick(INTEGERS);
  const isTagless = choices.rarely(2);
  const lines = [isTagless ? 'switch {' : `switch ${variableExpression(state, scope, type)} {`];
  const count = 1 + choices.below(3);
  for (let index = 0; index < count; index++) {
    const value = isTagless
      ? variableExpression(state, scope, BOOL, 1)
      : `${type.name}(${index * 2}), ${type.name}(${index * 2 + 1})`;
    lines.push(`case ${value}:`, ...block(state, scope, inside, 2));
    if (index + 1 < count && choices.rarely(3)) lines.push('\tfallthrough');
  }
  if (choices.rarely(2)) lines.push('default:', ...block(state, scope, inside, 2));
  return { lines: [...lines, '}'], scope };
}

/** A block in which a variable hides one of the same name. */
function shadowing(state: ProgramState, scope: Scope, place: Place): Lines {
  const hidden = visible(
    scope,
    ({ type, name }) => isComparable(type) && type.kind !== 'pointer' && name !== 'seed',
  );
  if (hidden.length === 0) return { lines: ['{', ...block(state, scope, place), '}'], scope };
  const { name, type } = state.choices.pick(hidden);
  const inner = withVariables(scope, { name, type, assignable: true, fixed: false });
  const first = `var ${name} ${typeText(type)} = ${expression(state, scope, type, 1)}`;
  return { lines: ['{', `\t${first}`, `\t_ = ${name}`, ...block(state, inner, place), '}'], scope };
}

/** A loop that ends. */
function loop(state: ProgramState, scope: Scope, place: Place): Lines | null {
  const { choices } = state;
  const rounds = 1 + choices.below(4);
  if (state.repetition * rounds > 40) return null;
  const label = state.fresh('L');
  const inside = { ...place, inSwitch: false, loops: 1, labels: [...place.labels, label] };
  const variable = state.fresh('i');
  const type = choices.pick(INTEGERS);
  const before = state.repetition;
  state.repetition *= rounds;
  const inner = withVariables(scope, { name: variable, type, assignable: false, fixed: false });
  const header = choices.pick([
    () => `for ${variable} := range ${type.name}(${rounds}) {`,
    () => `for ${variable} := ${type.name}(0); ${variable} < ${rounds}; ${variable}++ {`,
    () => `for ${variable} := ${type.name}(${rounds}); ${variable} > 0; ${variable}-- {`,
    () =>
      `for ${variable} := ${type.name}(0); ${variable} < ${rounds} && (${variableExpression(state, scope, BOOL, 1)}); ${variable}++ {`,
    () => `for ${variable} := ${type.name}(1); ${variable} < ${2 ** rounds}; ${variable} *= 2 {`,
  ])();
  const lines = [header, `\t_ = ${variable}`, ...block(state, inner, inside), '}'];
  state.repetition = before;
  const written = overArray(state, scope, inside) ?? lines;
  const isUsed = written.some(
    (line) => line.endsWith(`break ${label}`) || line.endsWith(`continue ${label}`),
  );
  return { lines: isUsed ? [`${label}:`, ...written] : written, scope };
}

/** Now and then, a loop over an array instead. */
function overArray(state: ProgramState, scope: Scope, inside: Place): readonly string[] | null {
  const arrays = visible(scope, ({ type }) => type.kind === 'array');
  if (arrays.length === 0 || !state.choices.rarely(4)) return null;
  const { name, type } = state.choices.pick(arrays);
  if (type.kind !== 'array') return null;
  const key = { name: state.fresh('k'), type: INT, assignable: false, fixed: false };
  const value = { name: state.fresh('x'), type: type.element, assignable: true, fixed: false };
  const before = state.repetition;
  state.repetition *= type.length;
  const body = block(state, withVariables(scope, key, value), inside);
  state.repetition = before;
  return [
    `for ${key.name}, ${value.name} := range ${name} {`,
    `\t_, _ = ${key.name}, ${value.name}`,
    ...body,
    '}',
  ];
}
