import type {
  Code,
  Expression,
  Invariant,
  Lock,
  MachineOperation,
  StateVariable,
  Statement,
  System,
  Type,
} from '../../src/ir/index.js';
import { BOOL, THREAD, UINT64 } from '../../src/ir/index.js';
import type { Line } from '../explore/systems.js';
import {
  binary,
  call,
  code,
  layer,
  local,
  lockOperations,
  lockVariable,
  operation,
  results,
  ret,
  set,
  state,
  variable,
} from '../explore/systems.js';

/** Short forms for annotations and for durable cells, on top of the explorer's builder of systems. */

const POSITION = { line: 1, column: 1, offset: 0 };
export const SPAN = { file: 'generated.go', start: POSITION, end: POSITION };

export const TRUE: Expression = { kind: 'literal', type: BOOL, value: true };

export const equal = (left: Expression, right: Expression): Expression => binary('equal', left, right);
export const and = (...parts: readonly Expression[]): Expression =>
  parts.length === 0 ? TRUE : parts.reduce((left, right) => binary('and', left, right));
export const or = (left: Expression, right: Expression): Expression => binary('or', left, right);
export const implies = (left: Expression, right: Expression): Expression => binary('implies', left, right);
export const bound = (id: string, type: Type): Expression => ({ kind: 'bound', id, type });

export function quantified(
  quantifier: 'forall' | 'exists',
  variables: readonly (readonly [string, Type])[],
  body: Expression,
): Expression {
  const list = variables.map(([id, type]) => ({ id, name: id, type }));
  return { kind: 'quantifier', type: BOOL, quantifier, variables: list, body };
}

/** `exists id :: id => operation(args)`. */
export function somebody(id: string, name: string, ...args: readonly Expression[]): Expression {
  return quantified('exists', [[id, THREAD]], pendingAtom(id, name, ...args));
}

export function pendingAtom(id: string, name: string, ...args: readonly Expression[]): Expression {
  return {
    kind: 'pending',
    type: BOOL,
    thread: bound(id, THREAD),
    operation: name,
    section: 0,
    arguments: args,
  };
}

export function invariant(name: string, expression: Expression): Invariant {
  return { name, text: name, expression, span: SPAN };
}

/** A variable of the machine with an atomic read and an atomic write. */
export interface Cell {
  readonly name: string;
  readonly value: Expression;
  readonly variable: StateVariable;
  readonly operations: readonly MachineOperation[];
  read(into: number): Line;
  write(value: Expression): Line;
}

export function cell(name: string, type: Type, rest: Partial<StateVariable> = {}): Cell {
  const value = state(name, type);
  return {
    name,
    value,
    variable: variable(name, type, 'machine', rest),
    operations: [
      layer(operation(`${name}.Read`, [], [type], [results(value)])),
      layer(operation(`${name}.Write`, [type], [], [set(name, local(0, type))])),
    ],
    read: (into) => call(`${name}.Read`, `${name}.Read`, [], [into]),
    write: (written) => call(`${name}.Write`, `${name}.Write`, [written]),
  };
}

/** What a system has for some cells (or package variables), some locks without an index, and variables of the specification. */
export function parts(
  cells: readonly Pick<Cell, 'variable' | 'operations'>[],
  locks: readonly string[],
  ...specification: readonly StateVariable[]
): Pick<System, 'state' | 'machineOperations'> {
  return {
    state: [
      ...cells.map((each) => each.variable),
      ...locks.map((name) => lockVariable(name, false)),
      ...specification,
    ],
    machineOperations: [
      ...cells.flatMap((each) => each.operations),
      ...locks.flatMap((name) => lockOperations(name, false)),
    ],
  };
}

/** A lock on its own that guards whole variables. */
export function singleLock(name: string, guards: readonly string[], formula: Expression | null): Lock {
  return {
    name,
    locked: `${name}.locked`,
    readers: null,
    owner: null,
    done: null,
    index: null,
    count: null,
    guards: guards.map((guarded) => ({ variable: guarded, keys: [], each: [], where: null, span: SPAN })),
    invariant: formula === null ? null : invariant(name, formula),
    span: SPAN,
  };
}

export const take = (lock: string): Line => call(`${lock}.Lock`, `${lock}.Lock`, []);
export const release = (lock: string): Line => call(`${lock}.Unlock`, `${lock}.Unlock`, []);

/** Lines between taking a lock and releasing it. */
export const holding = (lock: string, ...lines: readonly Line[]): Line[] => [
  take(lock),
  ...lines,
  release(lock),
];

/** A function without parameters that fetches one value and returns it. */
export function getter(name: string, type: Type, ...lines: readonly Line[]): Code {
  return code(name, 0, [['t', type]], ...lines, ret(local(0, type)));
}

/** The head of a loop with invariants and a measure. */
export function head(measure: Expression | null, ...formulas: readonly Expression[]): Line {
  const invariants = formulas.map((expression) => ({ expression, span: SPAN, guessed: false }));
  return [
    'for',
    { kind: 'loop', loop: { invariants, decreases: measure === null ? null : [measure], retry: false } },
  ];
}

/** An assertion of the user. */
export function assertion(condition: Expression): Line {
  return ['assert', { kind: 'check', condition, code: 'assertion', message: 'asserted' }];
}

export function boundedKey(id: string, size: Expression, body: Expression): Expression {
  return quantified('forall', [[id, UINT64]], implies(binary('less', bound(id, UINT64), size), body));
}

export function assignLocal(index: number, value: Expression): Statement {
  return { kind: 'assign', place: { root: { kind: 'local', index }, path: [] }, value, span: SPAN };
}
