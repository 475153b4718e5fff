import type { Choices } from './choices.js';
import { expression, SEED } from './expressions.js';
import { hashOf } from './hash.js';
import type { Callable, Features, Scope, Variable } from './scope.js';
import { ProgramState, visible, withVariables } from './scope.js';
import type { Place } from './statements.js';
import { indented, someType, statements } from './statements.js';
import type { StructType, Type } from './types.js';
import { BOOL, INTEGERS, typeText, UINT64 } from './types.js';

/** Declarations of Go whose names begin with a prefix; `run` names a function without parameters that returns a `uint64`. */
export interface GeneratedProgram {
  readonly run: string;
  readonly declarations: string;
}

/** A random program that Go accepts and that ends. */
export function generateProgram(choices: Choices, features: Features, prefix: string): GeneratedProgram {
  const state = new ProgramState(choices, features, prefix, [], 40 + choices.below(80));
  const parts: string[] = [];
  const structCount = choices.below(3);
  for (let index = 0; index < structCount; index++) parts.push(structure(state));
  let scope: Scope = { variables: [], callables: [] };
  const functionCount = choices.below(3);
  for (let index = 0; index < functionCount; index++) {
    const { text, callable } = helper(state, scope);
    parts.push(text);
    scope = { ...scope, callables: [...scope.callables, callable] };
  }
  state.fuel += 30;
  const run = `${prefix}Run`;
  parts.push(main(state, scope, run));
  return { run, declarations: `${parts.join('\n\n')}\n` };
}

function structure(state: ProgramState): string {
  const { choices, structs, prefix } = state;
  const name = `${prefix}S${structs.length}`;
  const fields = Array.from({ length: 1 + choices.below(3) }, (_value, index) => ({
    name: `f${index}`,
    type: fieldType(state, index),
  }));
  const type: StructType = { kind: 'struct', name, fields };
  structs.push(type);
  const integers = fields.flatMap((field) =>
    field.type.kind === 'integer' ? [{ name: field.name, type: field.type }] : [],
  );
  const mixed = integers.map((field) => `\ts.${field.name} = s.${field.name}*3 + ${field.type.name}(n)`);
  const sums = integers.map((field) => `\tn += uint64(s.${field.name})\n\ts.${field.name}++`);
  return [
    `type ${name} struct {\n${fields.map((field) => `\t${field.name} ${typeText(field.type)}`).join('\n')}\n}`,
    `func (s *${name}) mix(n uint64) {\n${mixed.join('\n')}\n}`,
    `func (s ${name}) sum(n uint64) uint64 {\n${sums.join('\n')}\n\treturn n\n}`,
  ].join('\n\n');
}

function fieldType(state: ProgramState, index: number): Type {
  const { choices, structs } = state;
  if (index === 0) return choices.pick(INTEGERS);
  const types: Type[] = [
    ...INTEGERS,
    BOOL,
    { kind: 'array', length: 2, element: choices.pick(INTEGERS) },
    ...structs,
  ];
  return choices.pick(types);
}

function helper(state: ProgramState, scope: Scope): { readonly text: string; readonly callable: Callable } {
  const { choices, prefix } = state;
  state.weight = 5;
  const name = `${prefix}${state.fresh('f')}`;
  const parameter = (base: string): Variable => ({
    name: state.fresh(base),
    type: someType(state),
    assignable: true,
    fixed: false,
  });
  const parameters = Array.from({ length: choices.below(3) }, () => parameter('a'));
  const results = Array.from({ length: 1 + choices.below(2) }, () => parameter('r'));
  const isNamed = choices.rarely(2) && startsUsable(results);
  const named = isNamed ? results : [];
  const types = results.map(({ type }) => type);
  const inner = withVariables(scope, seed, ...parameters, ...named);
  const place: Place = { loops: 0, labels: [], inSwitch: false, results: types, named };
  const deferred = isNamed ? deferral(state, named, inner) : [];
  const count = 2 + choices.below(5);
  const body = statements(state, inner, place, count);
  const values = types.map((type) => expression(state, body.scope, type, 1));
  const signature = `func ${name}(${parameters.map((each) => `${each.name} ${typeText(each.type)}`).join(', ')}) (${results
    .map((each) => (isNamed ? `${each.name} ${typeText(each.type)}` : typeText(each.type)))
    .join(', ')}) {`;
  const lines = [SEED_LINE, ...deferred, ...body.lines, `return ${values.join(', ')}`];
  const callable = {
    name,
    parameters: parameters.map(({ type }) => type),
    results: types,
    weight: state.weight,
    impure: false,
  };
  return {
    text: [signature, ...indented(lines), '}'].join('\n'),
    callable: { ...callable, impure: hasReference(callable.parameters) },
  };
}

const seed: Variable = { name: SEED, type: UINT64, assignable: true, fixed: false };
const SEED_LINE = `${SEED} := uint64(3)\n\t_ = ${SEED}`;

/** None of the results is nil at first, or has a part that is. */
function startsUsable(results: readonly Variable[]): boolean {
  return results.every(({ type }) => !/pointer|map/.test(JSON.stringify(type)));
}

/** What is passed may be changed by the function. */
function hasReference(types: readonly Type[]): boolean {
  return types.some((type) => /pointer|map|slice/.test(JSON.stringify(type)));
}

/** Something that happens to a named result after `return`. */
function deferral(state: ProgramState, named: readonly Variable[], scope: Scope): readonly string[] {
  const target = named.find(({ type }) => type.kind === 'struct');
  if (target === undefined || !state.choices.rarely(2)) return [];
  return [`defer ${target.name}.mix(${expression(state, scope, UINT64, 2)})`];
}

function main(state: ProgramState, scope: Scope, run: string): string {
  state.weight = 5;
  const place: Place = { loops: 0, labels: [], inSwitch: false, results: [UINT64], named: [] };
  const count = 4 + state.choices.below(8);
  const body = statements(state, withVariables(scope, seed), place, count);
  const hashed = visible(body.scope, () => true).flatMap(({ name, type }) => hashOf(state, 'h', name, type));
  const lines = [SEED_LINE, ...body.lines, 'h := uint64(17)', ...hashed, 'return h'];
  return [`func ${run}() uint64 {`, ...indented(lines), '}'].join('\n');
}
