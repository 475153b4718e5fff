import type { Expression, Invariant, Lock, Operation, Statement, System, Type } from '../../src/ir/index.js';
import { sameType } from '../../src/ir/index.js';
import type { Dice, Scope } from './expressions.js';
import { changed, isClosed, mentions, pick, renamed } from './expressions.js';
import { and, invariant, SPAN } from './formulas.js';

/** Changes of annotations and of layers. Annotations cannot make a wrong program right, so none of these may get one proved. */
export const SYSTEM_MUTATIONS = {
  dropGuard: (system: System, dice: Dice) =>
    withLock(system, dice.first, (lock) => ({
      ...lock,
      guards: lock.guards.filter((_, index) => index !== dice.second % lock.guards.length),
    })),
  addGuard,
  moveGuard,
  dropLockInvariant: (system: System, dice: Dice) =>
    withLock(system, dice.first, (lock) => ({ ...lock, invariant: null })),
  changeLockInvariant: (system: System, dice: Dice) =>
    withLock(system, dice.first, (lock) =>
      lock.invariant === null ? lock : { ...lock, invariant: changedInvariant(system, lock.invariant, dice) },
    ),
  changeInvariant: (system: System, dice: Dice) => ({
    ...system,
    invariants: changedAt(system, system.invariants, dice),
  }),
  changeCrashInvariant: (system: System, dice: Dice) => ({
    ...system,
    crashInvariants: changedAt(system, system.crashInvariants, dice),
  }),
  dropInvariants: (system: System) => ({ ...system, invariants: [] }),
  dropCrashInvariant: (system: System, dice: Dice) => ({
    ...system,
    crashInvariants: system.crashInvariants.filter(
      (_, index) => index !== dice.first % system.crashInvariants.length,
    ),
  }),
  copyToInvariants: (system: System, dice: Dice) => ({
    ...system,
    invariants: [...system.invariants, ...copied(system, dice, 'copied invariant')],
  }),
  copyToCrash: (system: System, dice: Dice) => ({
    ...system,
    crashInvariants: [...system.crashInvariants, ...copied(system, dice, 'copied crash invariant')],
  }),
  copyToLock: (system: System, dice: Dice) =>
    withLock(system, dice.second, (lock) => {
      const [extra] = copied(system, dice, lock.name);
      if (extra === undefined) return lock;
      if (lock.invariant === null) return { ...lock, invariant: extra };
      const { invariant: own } = lock;
      const both: Expression = and(own.expression, extra.expression);
      return { ...lock, invariant: { ...own, expression: both } };
    }),
  guardsNothing: (system: System, dice: Dice) =>
    withLock(system, dice.first, (lock) => ({ ...lock, guards: [], invariant: null })),
  cloneOperation,
  noRecovery: (system: System) => ({ ...system, recovery: null }),
  dropGuarantee: (system: System) => ({ ...system, guarantees: [] }),
  changeSpecification,
  changeMachine,
  volatile: madeVolatile,
  specificationCrash: (system: System, dice: Dice) => withCrash(system, dice, 'specification'),
  machineCrash: (system: System, dice: Dice) => withCrash(system, dice, 'machine'),
  changeAlways: (system: System, dice: Dice) => ({
    ...system,
    machine: {
      ...system.machine,
      always: changedAt(system, system.machine.always, dice),
      alwaysStep: changedAt(system, system.machine.alwaysStep, dice),
    },
  }),
  changeGuarantee: (system: System, dice: Dice) => ({
    ...system,
    guarantees: system.guarantees.map((each) => ({
      ...each,
      expression: changed(
        each.expression,
        { first: dice.first, second: dice.second, third: 0 },
        stateScope(system),
      ),
    })),
  }),
} satisfies Record<string, (system: System, dice: Dice) => System>;

function withLock(system: System, number: number, change: (lock: Lock) => Lock): System {
  const chosen = number % Math.max(1, system.locks.length);
  return { ...system, locks: system.locks.map((lock, index) => (index === chosen ? change(lock) : lock)) };
}

/** State variables of a type; annotations do not speak of locks. */
function stateScope(system: System): Scope {
  return (type: Type) =>
    system.state.flatMap((variable): Expression[] =>
      variable.origin !== 'lock' && sameType(variable.type, type)
        ? [{ kind: 'state', variable: variable.name, type, old: false }]
        : [],
    );
}

function changedInvariant(system: System, each: Invariant, dice: Dice): Invariant {
  const inner = { first: dice.second, second: dice.third, third: 0 };
  return { ...each, expression: changed(each.expression, inner, stateScope(system)) };
}

function changedAt(system: System, list: readonly Invariant[], dice: Dice): readonly Invariant[] {
  const chosen = dice.first % Math.max(1, list.length);
  return list.map((each, index) => (index === chosen ? changedInvariant(system, each, dice) : each));
}

/** A formula stated elsewhere in the system, under a new name. */
function copied(system: System, dice: Dice, name: string): readonly Invariant[] {
  const stated = [
    ...system.crashInvariants,
    ...system.invariants,
    ...system.locks.flatMap((lock) => lock.invariant ?? []),
  ].filter(({ expression }) => isClosed(expression));
  const source = pick(stated, dice.first);
  if (source === undefined) return [];
  const expression = renamed(source.expression, `.${name} ${dice.first} ${dice.second} ${dice.third}`);
  const inner = { first: dice.second, second: dice.third, third: 0 };
  return [
    invariant(name, dice.third % 2 === 0 ? expression : changed(expression, inner, stateScope(system))),
  ];
}

function addGuard(system: System, dice: Dice): System {
  const candidates = system.state.filter(({ unleasable, origin }) => !unleasable && origin !== 'lock');
  const variable = pick(candidates, dice.second);
  if (variable === undefined) return system;
  return withLock(system, dice.first, (lock) => {
    if (lock.guards.some((guard) => guard.variable === variable.name)) return lock;
    const keyed = lock.index !== null && variable.type.kind === 'map';
    if (lock.index !== null && !keyed) return lock;
    const keys: Expression[] =
      lock.index === null ? [] : [{ kind: 'bound', id: lock.index.id, type: lock.index.type }];
    return {
      ...lock,
      guards: [...lock.guards, { variable: variable.name, keys, each: [], where: null, span: SPAN }],
    };
  });
}

function moveGuard(system: System, dice: Dice): System {
  const [from, to] = [pick(system.locks, dice.first), pick(system.locks, dice.first + 1)];
  const guard = from === undefined ? undefined : pick(from.guards, dice.second);
  if (from === undefined || to === undefined || guard === undefined || from === to) return system;
  const locks = system.locks.map((lock) => {
    if (lock === from) return { ...lock, guards: lock.guards.filter((each) => each !== guard) };
    return lock === to ? { ...lock, guards: [...lock.guards, guard] } : lock;
  });
  return { ...system, locks };
}

function statementsChanged(system: System, operation: Operation, dice: Dice): Operation {
  const section = dice.second % operation.sections.length;
  const scope: Scope = (type) => [
    ...operation.locals.flatMap((local, index): Expression[] =>
      sameType(local.type, type) ? [{ kind: 'local', index, type }] : [],
    ),
    ...stateScope(system)(type).filter(
      (each) => each.kind !== 'state' || sideFits(system, operation, each.variable),
    ),
  ];
  const sections = operation.sections.map((statements, index) =>
    index === section ? changedBlock(statements, dice, scope) : statements,
  );
  return { ...operation, sections };
}

function sideFits(system: System, operation: Operation, name: string): boolean {
  const side = system.specificationOperations.includes(operation) ? 'specification' : 'machine';
  return system.state.find((variable) => variable.name === name)?.side === side;
}

function changedBlock(statements: readonly Statement[], dice: Dice, scope: Scope): readonly Statement[] {
  const chosen = dice.third % Math.max(1, statements.length);
  return statements.flatMap((statement, index) => {
    if (index !== chosen) return [statement];
    return dice.first % 4 === 0 && statement.kind !== 'return'
      ? []
      : [changedStatement(statement, dice, scope)];
  });
}

function changedStatement(statement: Statement, dice: Dice, scope: Scope): Statement {
  const change = (expression: Expression): Expression =>
    changed(expression, { first: dice.first, second: dice.second + dice.third, third: 0 }, scope);
  switch (statement.kind) {
    case 'assign':
      return { ...statement, value: change(statement.value) };
    case 'require':
    case 'await':
      return { ...statement, condition: change(statement.condition) };
    case 'return':
      return { ...statement, values: statement.values.map(change) };
    case 'if':
      return { ...statement, condition: change(statement.condition) };
    case 'either': {
      const dropped = dice.second % (statement.branches.length + 1);
      return statement.branches.length < 2 || dropped === statement.branches.length
        ? statement
        : { ...statement, branches: statement.branches.filter((_, index) => index !== dropped) };
    }
    case 'choose':
      return statement;
  }
}

function changeSpecification(system: System, dice: Dice): System {
  const chosen = dice.first % system.specificationOperations.length;
  return {
    ...system,
    specificationOperations: system.specificationOperations.map((each, index) =>
      index === chosen ? statementsChanged(system, each, dice) : each,
    ),
  };
}

function changeMachine(system: System, dice: Dice): System {
  const layers = system.machineOperations.filter(({ role }) => role.kind === 'layer');
  const target = pick(layers, dice.first);
  return {
    ...system,
    machineOperations: system.machineOperations.map((each) =>
      each === target ? { ...each, ...statementsChanged(system, each, dice), role: each.role } : each,
    ),
  };
}

/** A variable of the machine or the specification is lost with a crash, or is not lost any more. */
function madeVolatile(system: System, dice: Dice): System {
  const candidates = system.state.filter(({ origin, initial }) => origin === 'layer' && initial !== null);
  const variable = pick(candidates, dice.first);
  return {
    ...system,
    state: system.state.map((each) =>
      each === variable
        ? {
            ...each,
            durability: each.durability === 'durable' ? ('volatile' as const) : ('durable' as const),
          }
        : each,
    ),
  };
}

/** An op once more under another name, for other changes to make it differ. */
function cloneOperation(system: System, dice: Dice): System {
  const operation = pick(system.specificationOperations, dice.first);
  const implementation = system.implementations.find((each) => each.operation === operation?.name);
  if (operation === undefined || implementation === undefined) return system;
  const name = `${operation.name}Too`;
  if (system.specificationOperations.some((each) => each.name === name)) return system;
  const code = { ...implementation.code, name };
  return {
    ...system,
    specificationOperations: [...system.specificationOperations, { ...operation, name }],
    implementations: [...system.implementations, { ...implementation, operation: name, code }],
  };
}

/** The crash of a layer loses something, perhaps, or nothing. */
function withCrash(system: System, dice: Dice, side: 'machine' | 'specification'): System {
  const candidates = system.state.filter((each) => each.side === side && each.origin === 'layer');
  const variable = pick(candidates, dice.first);
  if (variable === undefined) return system;
  const lost: Statement = {
    kind: 'assign',
    place: { root: { kind: 'state', variable: variable.name }, path: [] },
    value: { kind: 'default', type: variable.type },
    span: SPAN,
  };
  const ways: readonly (readonly Statement[])[] = [
    [lost],
    [{ kind: 'either', branches: [[lost], []], span: SPAN }],
    [{ kind: 'either', branches: [[], [lost]], span: SPAN }],
    [],
  ];
  const statements = pick(ways, dice.second) ?? [];
  return { ...system, [side]: { ...system[side], crash: { locals: [], statements } } };
}

/** What the checks of the front end would refuse never reaches the prover. */
export function isAcceptable(system: System): boolean {
  const variables = new Map(system.state.map((variable) => [variable.name, variable]));
  const assigned = new Set<string>();
  const collect = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'assign' && statement.place.root.kind === 'state')
        assigned.add(statement.place.root.variable);
    }
  };
  collect(system.machine.crash.statements);
  const lost = (node: Expression): boolean => {
    const variable = node.kind === 'state' ? variables.get(node.variable) : undefined;
    return variable?.side === 'machine' && variable.durability === 'volatile' && !assigned.has(variable.name);
  };
  const machineOnly = (each: Invariant): boolean =>
    !mentions(each.expression, (node) => {
      if (node.kind === 'pending') return true;
      return node.kind === 'state' && variables.get(node.variable)?.side !== 'machine';
    });
  return (
    !system.crashInvariants.some(({ expression }) => mentions(expression, lost)) &&
    [...system.machine.always, ...system.machine.alwaysStep].every(machineOnly) &&
    system.locks.every(({ guards }) =>
      guards.every(({ variable }) => variables.get(variable)?.unleasable === false),
    )
  );
}
