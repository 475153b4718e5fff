import type { Model, ModelValue } from '../encoding/index.js';
import type { Span } from '../base/source.js';
import type { CallSite, Code, InlinedHelper, StateVariable, Type } from '../ir/index.js';
import { fieldRange, leafSorts, type SymbolicValue } from './layout.js';
import type { Scene } from './check.js';
import type { NamedValue } from './obligation.js';
import type { Path } from './path.js';
import type { Theory } from './theory.js';

/**
 * What a counterexample at a step is printed from: the path so far and the values before and after it. `callers` are the calls of
 * inlined helpers that lead to the step.
 */
export function sceneOf(theory: Theory, before: Path, after: Path, callers: readonly CallSite[]): Scene {
  return {
    path: before.trail,
    loop: lastLoop(before),
    values: (model) => withReadableElements(namedValues(theory, before, after, callers, model)),
  };
}

/**
 * The loop that was entered last of those that the path is in or behind; those that were walked round by round do not count, nor do those of the
 * library, where the user cannot write what holds.
 */
function lastLoop({ loops, code }: Path): Span | null {
  const sources = [...loops.keys()].flatMap((position) => code.instructions[position]?.source ?? []);
  return sources.findLast(({ isLibrary }) => isLibrary !== true)?.span ?? null;
}

/** A local that reports list. */
interface ListedLocal {
  readonly index: number;
  readonly name: string;
  readonly type: Type;
}

/** The user's variables of the functions that run at a step, those of the innermost first; those of its callers with their function's name. */
function listedLocals({ locals, name }: Code, callers: readonly CallSite[]): readonly ListedLocal[] {
  const depth = (helper: InlinedHelper | undefined): number => helper?.callers.length ?? 0;
  return [...locals.entries()]
    .filter(
      ([, { isHidden, helper }]) =>
        isHidden !== true && (helper?.callers ?? []).every((call, index) => callers[index] === call),
    )
    .sort(([, left], [, right]) => depth(right.helper) - depth(left.helper))
    .map(([index, local]) => ({
      index,
      type: local.type,
      name:
        depth(local.helper) === callers.length ? local.name : `${local.helper?.name ?? name}.${local.name}`,
    }));
}

function namedValues(
  theory: Theory,
  before: Path,
  after: Path,
  callers: readonly CallSite[],
  model: Model,
): readonly NamedValue[] {
  return [
    ...theory.system.parameters.map((parameter) => ({
      name: parameter.name,
      before: null,
      value: showValue(model, parameter.type, theory.parameter(parameter.name)),
    })),
    ...listedLocals(before.code, callers).flatMap(({ index, name, type }): NamedValue[] => {
      const value = after.locals[index];
      if (value === undefined || after.code !== before.code) return [];
      return [{ name, before: null, value: showValue(model, type, value) }];
    }),
    ...theory.system.state.map((variable) => stateValue(model, variable, before, after)),
  ];
}

/** The solver's names for blocks and threads, which differ from one model to the next: `Block!val!12`. */
const ELEMENT = /\b([A-Za-z]+)!val!([0-9]+)\b/g;

/** Blocks are lettered, threads are numbered, in the order in which they are printed. */
function withReadableElements(values: readonly NamedValue[]): readonly NamedValue[] {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const readable = (text: string): string =>
    text.replace(ELEMENT, (element, sort: string) => {
      const count = counts.get(sort) ?? 0;
      const name =
        names.get(element) ?? `${sort.toLowerCase()} ${sort === 'Block' ? letters(count) : count + 1}`;
      if (!names.has(element)) counts.set(sort, count + 1);
      names.set(element, name);
      return name;
    });
  return values.map(({ name, before, value }) => ({
    name,
    before: before === null ? null : readable(before),
    value: readable(value),
  }));
}

/** A, B, .., Z, AA, AB, .. */
function letters(count: number): string {
  const last = String.fromCharCode('A'.charCodeAt(0) + (count % 26));
  return count < 26 ? last : `${letters(Math.floor(count / 26) - 1)}${last}`;
}

function stateValue(model: Model, variable: StateVariable, before: Path, after: Path): NamedValue {
  const show = (path: Path): string =>
    showValue(model, variable.type, path.state.variables.get(variable.name) ?? []);
  const [old, now] = [show(before), show(after)];
  return { name: variable.name, before: old === now ? null : old, value: now };
}

/** A value of a model in the user's syntax. */
function showValue(model: Model, type: Type, value: SymbolicValue): string {
  return showLeaves(
    type,
    value.map((term) => model.evaluate(term)),
  );
}

function showLeaves(type: Type, leaves: readonly ModelValue[]): string {
  const [first] = leaves;
  if (first === undefined) return '?';
  switch (type.kind) {
    case 'bool':
    case 'thread':
      return showScalar(first);
    case 'integer':
      return typeof first === 'bigint'
        ? String(type.signed ? BigInt.asIntN(type.bits, first) : first)
        : showScalar(first);
    case 'enum':
      return typeof first === 'bigint' ? (type.cases[Number(first)] ?? showScalar(first)) : showScalar(first);
    case 'block':
      return showScalar(first);
    case 'record':
      return `{${type.fields
        .map((field) => {
          const { start, end } = fieldRange(type, field.name);
          return `${field.name}: ${showLeaves(field.type, leaves.slice(start, end))}`;
        })
        .join(', ')}}`;
    case 'option':
      return first === true ? `some(${showLeaves(type.value, leaves.slice(1))})` : 'none';
    case 'seq':
      return showSequence(type.element, leaves);
    case 'map':
    case 'set':
      return showMap(type, leaves);
  }
}

function showScalar(value: ModelValue): string {
  return typeof value === 'object' ? '…' : String(value);
}

const MOST_ENTRIES = 8;

function showSequence(element: Type, leaves: readonly ModelValue[]): string {
  const [length, ...arrays] = leaves;
  if (typeof length !== 'bigint') return '?';
  const count = length < BigInt(MOST_ENTRIES) ? Number(length) : MOST_ENTRIES;
  const elements = Array.from({ length: count }, (_, position) =>
    showLeaves(
      element,
      arrays.map((array) => lookUp(array, BigInt(position))),
    ),
  );
  return length > BigInt(count)
    ? `[${elements.join(', ')}, …] of length ${length}`
    : `[${elements.join(', ')}]`;
}

function showMap(type: Extract<Type, { kind: 'map' | 'set' }>, leaves: readonly ModelValue[]): string {
  const key = type.kind === 'map' ? type.key : type.element;
  const value: Type = type.kind === 'map' ? type.value : { kind: 'bool' };
  const [first] = leaves;
  if (leafSorts(key).length !== 1 || typeof first !== 'object') return '…';
  const entries = first.entries.slice(0, MOST_ENTRIES).map((entry) => {
    const content = leaves.map((leaf) => lookUp(leaf, entry.key));
    return `${showLeaves(key, [entry.key])}: ${showLeaves(value, content)}`;
  });
  const others = showLeaves(
    value,
    leaves.map((leaf) => (typeof leaf === 'object' ? leaf.default : leaf)),
  );
  return `{${[...entries, `else ${others}`].join(', ')}}`;
}

function lookUp(array: ModelValue, key: ModelValue): ModelValue {
  if (typeof array !== 'object') return array;
  return array.entries.find((entry) => entry.key === key)?.value ?? array.default;
}
