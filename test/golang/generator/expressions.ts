import type { ProgramState, Scope } from './scope.js';
import { ofType, visible } from './scope.js';
import type { IntegerType, Type } from './types.js';
import { INT, INTEGERS, isComparable, sameType, typeText, UINT64 } from './types.js';

/** Go text of an expression. */
interface Written {
  readonly text: string;
  /** A constant expression: Go computes it exactly, and rejects what its type cannot hold. */
  readonly constant: boolean;
  /** A sum or the like that may stand in a larger one without parentheses. */
  readonly open: boolean;
}

const DEEPEST = 3;

/** An expression of the type. */
export function expression(state: ProgramState, scope: Scope, type: Type, depth = 0): string {
  return write(state, scope, type, depth).text;
}

/** An expression of the type that is no constant. */
export function variableExpression(state: ProgramState, scope: Scope, type: Type, depth = 0): string {
  const written = write(state, scope, type, depth);
  return written.constant ? nonConstant(state, scope, type).text : written.text;
}

function write(state: ProgramState, scope: Scope, type: Type, depth: number): Written {
  if (depth >= DEEPEST || state.fuel <= 0) return leaf(state, scope, type);
  state.fuel -= 1;
  if (state.choices.below(10) < 3) return leaf(state, scope, type);
  const called = state.choices.rarely(8) ? call(state, scope, type, depth) : null;
  if (called !== null) return plain(called);
  switch (type.kind) {
    case 'integer':
      return integerExpression(state, scope, type, depth);
    case 'bool':
      return booleanExpression(state, scope, type, depth);
    case 'string':
      return stringExpression(state, scope, type, depth);
    default:
      return leaf(state, scope, type);
  }
}

function plain(text: string): Written {
  return { text, constant: false, open: false };
}

/** A variable, a part of one, or a literal. */
function leaf(state: ProgramState, scope: Scope, type: Type): Written {
  const places = readable(scope, type);
  if (places.length > 0 && state.choices.below(4) > 0) return plain(state.choices.pick(places));
  return literal(state, scope, type);
}

function nonConstant(state: ProgramState, scope: Scope, type: Type): Written {
  const places = readable(scope, type);
  if (places.length > 0) return plain(state.choices.pick(places));
  switch (type.kind) {
    case 'integer':
      return plain(`${type.name}(${SEED})`);
    case 'bool':
      return plain(`(${SEED} > ${state.choices.below(4)})`);
    case 'string':
      return plain('string([]byte("s"))');
    default:
      return literal(state, scope, type);
  }
}

/** A variable of type `uint64` that every function has. */
export const SEED = 'seed';

/** Variables of the type, and fields and elements of variables. */
function readable(scope: Scope, type: Type): readonly string[] {
  const parts = visible(scope, () => true).flatMap((variable): readonly string[] => {
    switch (variable.type.kind) {
      case 'struct':
        return variable.type.fields
          .filter((field) => sameType(field.type, type))
          .map((field) => `${variable.name}.${field.name}`);
      case 'array':
        return sameType(variable.type.element, type)
          ? [`${variable.name}[${variable.type.length - 1}]`, `${variable.name}[0]`]
          : [];
      case 'pointer':
        return sameType(variable.type.element, type) ? [`*${variable.name}`] : [];
      default:
        return [];
    }
  });
  return [...ofType(scope, type).map(({ name }) => name), ...parts];
}

/** A value written down. */
export function literal(state: ProgramState, scope: Scope, type: Type): Written {
  const { choices } = state;
  switch (type.kind) {
    case 'integer':
      return { text: `${type.name}(${integerLiteral(state, type)})`, constant: true, open: false };
    case 'bool':
      return { text: choices.pick(['false', 'true']), constant: true, open: false };
    case 'string':
      return { text: choices.pick(STRINGS), constant: true, open: false };
    case 'struct': {
      const parts = type.fields.map(
        (field) => `${field.name}: ${expression(state, scope, field.type, DEEPEST)}`,
      );
      return plain(`${type.name}{${choices.rarely(4) ? '' : parts.join(', ')}}`);
    }
    case 'array': {
      const count = choices.below(type.length + 1);
      const parts = Array.from({ length: count }, () => expression(state, scope, type.element, DEEPEST));
      return plain(`${typeText(type)}{${parts.join(', ')}}`);
    }
    case 'slice': {
      const parts = Array.from({ length: choices.below(4) }, () =>
        expression(state, scope, type.element, DEEPEST),
      );
      return plain(
        choices.rarely(4)
          ? `make(${typeText(type)}, ${choices.below(3)}, ${3 + choices.below(3)})`
          : `${typeText(type)}{${parts.join(', ')}}`,
      );
    }
    case 'map': {
      // Keys are constants, and Go rejects equal ones.
      const key = literal(state, scope, type.key).text;
      const value = expression(state, scope, type.value, DEEPEST);
      return plain(`${typeText(type)}{${choices.rarely(3) ? '' : `${key}: ${value}`}}`);
    }
    case 'pointer':
      return plain(`new(${typeText(type.element)})`);
  }
}

const STRINGS = ['""', '"a"', '"héllo"', '"\\xff\\x00"', '"日本\\xe6"', '`raw\\n`', '"zz"'];

function integerLiteral(state: ProgramState, { bits, signed }: IntegerType): string {
  const top = 1n << BigInt(signed ? bits - 1 : bits);
  const small = BigInt(state.choices.below(10));
  const values = [
    small,
    top - 1n,
    top >> 1n,
    signed ? -top : 0n,
    signed ? -1n - small : top - 1n - small,
    1n,
  ];
  return state.choices.pick(values).toString();
}

const ARITHMETIC = ['+', '-', '*', '^', '&', '|', '&^'];

function integerExpression(state: ProgramState, scope: Scope, type: IntegerType, depth: number): Written {
  const { choices } = state;
  switch (choices.below(9)) {
    case 0:
    case 1:
    case 2:
      return binary(state, scope, type, choices.pick(ARITHMETIC), depth);
    case 3: {
      const operator = choices.pick(['-', '^', '+']);
      return plain(`${operator}(${variableExpression(state, scope, type, depth + 1)})`);
    }
    case 4: {
      const from = choices.pick(INTEGERS);
      return plain(`${type.name}(${variableExpression(state, scope, from, depth + 1)})`);
    }
    case 5:
      return shift(state, scope, type, depth);
    case 6:
      return division(state, scope, type, depth);
    case 7: {
      const name = choices.pick(['min', 'max']);
      const first = variableExpression(state, scope, type, depth + 1);
      return plain(`${name}(${first}, ${expression(state, scope, type, depth + 1)})`);
    }
    default:
      return measured(state, scope, type) ?? indexed(state, scope, type, depth);
  }
}

function binary(state: ProgramState, scope: Scope, type: Type, operator: string, depth: number): Written {
  const left = write(state, scope, type, depth + 1);
  const right = left.constant
    ? nonConstantOf(state, scope, type, depth + 1)
    : write(state, scope, type, depth + 1);
  const isOpen = !left.constant && !right.constant;
  const bare = isOpen && state.choices.rarely(2);
  const part = (written: Written): string =>
    /^[\w.]+$/.test(written.text) || (bare && written.open) || !written.text.includes(' ')
      ? written.text
      : `(${written.text})`;
  return { text: `${part(left)} ${operator} ${part(right)}`, constant: false, open: isOpen };
}

function nonConstantOf(state: ProgramState, scope: Scope, type: Type, depth: number): Written {
  const written = write(state, scope, type, depth);
  return written.constant ? nonConstant(state, scope, type) : written;
}

function shift(state: ProgramState, scope: Scope, type: IntegerType, depth: number): Written {
  const { choices } = state;
  const operator = choices.pick(['<<', '>>']);
  const value = variableExpression(state, scope, type, depth + 1);
  const countType = choices.pick(INTEGERS);
  const variable = variableExpression(state, scope, countType, depth + 1);
  const count = choices.pick([
    String(choices.below(70)),
    countType.signed ? `((${variable}) & 63)` : `(${variable})`,
    `((${variable}) & 15)`,
  ]);
  return plain(`((${value}) ${operator} ${count})`);
}

function division(state: ProgramState, scope: Scope, type: IntegerType, depth: number): Written {
  const operator = state.choices.pick(['/', '%']);
  const value = variableExpression(state, scope, type, depth + 1);
  const divisor = variableExpression(state, scope, type, depth + 1);
  if (risk(state)) return plain(`((${value}) ${operator} (${divisor}))`);
  return plain(`((${value}) ${operator} ((${divisor}) | 1))`);
}

/** Takes the one chance to panic that the statement may have. */
function risk(state: ProgramState): boolean {
  if (!state.mayPanic || !state.choices.rarely(3)) return false;
  state.mayPanic = false;
  return true;
}

/** A length. */
function measured(state: ProgramState, scope: Scope, type: IntegerType): Written | null {
  if (!sameType(type, INT)) return null;
  const containers = visible(scope, (each) => /^(array|slice|map|string)$/.test(each.type.kind));
  if (containers.length === 0) return null;
  const { name, type: container } = state.choices.pick(containers);
  return { text: `len(${name})`, constant: container.kind === 'array', open: false };
}

/** An element of an array, a slice or a map. */
function indexed(state: ProgramState, scope: Scope, type: Type, depth: number): Written {
  const { choices } = state;
  const holders = visible(
    scope,
    ({ type: { kind, ...rest } }) =>
      ((kind === 'array' || kind === 'slice') && 'element' in rest && sameType(rest.element, type)) ||
      (kind === 'map' && 'value' in rest && sameType(rest.value, type)),
  );
  if (holders.length === 0) return leaf(state, scope, type);
  const { name, type: holder } = choices.pick(holders);
  if (holder.kind === 'map') return plain(`${name}[${expression(state, scope, holder.key, depth + 1)}]`);
  const indexType = choices.pick([UINT64, ...INTEGERS.filter(({ signed }) => !signed)]);
  const index = variableExpression(state, scope, indexType, depth + 1);
  if (risk(state)) return plain(`${name}[(${index}) & 7]`);
  if (holder.kind === 'array') return plain(`${name}[(${index}) % ${holder.length}]`);
  return leaf(state, scope, type);
}

function booleanExpression(state: ProgramState, scope: Scope, type: Type, depth: number): Written {
  const { choices } = state;
  switch (choices.below(4)) {
    case 0: {
      const operand = choices.pick(INTEGERS);
      const left = variableExpression(state, scope, operand, depth + 1);
      const operator = choices.pick(['<', '==', '!=', '<=', '>', '>=']);
      return plain(`((${left}) ${operator} (${expression(state, scope, operand, depth + 1)}))`);
    }
    case 1:
      return binary(state, scope, type, choices.pick(['&&', '||', '==', '!=']), DEEPEST - 1);
    case 2:
      return plain(`!(${variableExpression(state, scope, type, depth + 1)})`);
    default:
      return comparison(state, scope, type, depth);
  }
}

function comparison(state: ProgramState, scope: Scope, type: Type, depth: number): Written {
  const operands = visible(scope, (each) => isComparable(each.type));
  if (operands.length === 0) return leaf(state, scope, type);
  const { name, type: operand } = state.choices.pick(operands);
  const operator = state.choices.pick(['==', '!=']);
  return plain(`(${name} ${operator} (${variableExpression(state, scope, operand, depth + 1)}))`);
}

function stringExpression(state: ProgramState, scope: Scope, type: Type, depth: number): Written {
  const { choices } = state;
  const part = (): string => variableExpression(state, scope, type, depth + 1);
  switch (choices.below(4)) {
    case 0:
    case 1:
      return plain(`(${part()} + ${expression(state, scope, type, depth + 1)})`);
    case 2: {
      const [variable] = ofType(scope, type);
      return variable === undefined
        ? leaf(state, scope, type)
        : plain(`${variable.name}[min(len(${variable.name}), ${choices.below(4)}):]`);
    }
    default:
      return plain(`string([]byte(${part()}))`);
  }
}

/** A call of a function that changes nothing around it and has the one result. */
function call(state: ProgramState, scope: Scope, type: Type, depth: number): string | null {
  const fitting = scope.callables.filter(({ results, impure, weight }) => {
    const [only] = results;
    return (
      !impure &&
      results.length === 1 &&
      only !== undefined &&
      sameType(only, type) &&
      affordable(state, weight)
    );
  });
  if (fitting.length === 0) return null;
  const { name, parameters, weight } = state.choices.pick(fitting);
  pay(state, weight);
  return `${name}(${parameters.map((each) => expression(state, scope, each, depth + 1)).join(', ')})`;
}

const MOST_WORK = 3000;

/** Whether a call of that weight is still possible. */
export function affordable(state: ProgramState, weight: number): boolean {
  return state.weight + weight * state.repetition <= MOST_WORK;
}

/** Counts the work of a call. */
export function pay(state: ProgramState, weight: number): void {
  state.weight += weight * state.repetition;
}
