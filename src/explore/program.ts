import type {
  Code,
  Expression,
  Implementation,
  MachineOperation,
  Operation,
  StateVariable,
  Statement,
  System,
} from '../ir/index.js';
import { evaluatedExpressions, statementExpressions, walkExpression } from '../ir/index.js';
import type { Bounds } from './bounds.js';
import type { Deadline } from './deadline.js';
import { NO_DEADLINE } from './deadline.js';
import { ConcreteDomain } from './domain.js';
import { Universe } from './universe.js';
import type { Value } from './value.js';

/** The variables of one side of a system; a state is a list of values in this order. */
export interface Side {
  readonly name: 'machine' | 'specification';
  readonly variables: readonly StateVariable[];
  readonly index: ReadonlyMap<string, number>;
}

/** A system with values for its parameters, ready to run. */
export class Program {
  readonly universe: Universe;
  readonly domain: ConcreteDomain;
  readonly machine: Side;
  readonly specification: Side;
  readonly operations: ReadonlyMap<string, MachineOperation>;
  readonly specificationOperations: ReadonlyMap<string, Operation>;
  private readonly parameters: ReadonlyMap<string, Value>;
  /** Whether some run was not followed to its end, because it is too long. */
  leftOpen = false;

  constructor(
    readonly system: System,
    readonly bounds: Bounds,
    readonly deadline: Deadline = NO_DEADLINE,
  ) {
    this.parameters = new Map(Object.entries(bounds.parameters));
    this.universe = new Universe(constantsOf(system, bounds));
    this.domain = new ConcreteDomain(this.universe, deadline);
    this.machine = sideOf(system, 'machine');
    this.specification = sideOf(system, 'specification');
    this.operations = new Map(system.machineOperations.map((each) => [each.name, each]));
    this.specificationOperations = new Map(system.specificationOperations.map((each) => [each.name, each]));
  }

  /** Threads and goroutines that can be there at the same time. */
  get slots(): number {
    return this.bounds.threads + (this.bounds.goroutines ?? 0);
  }

  parameter(name: string): Value {
    const value = this.parameters.get(name);
    if (value === undefined) throw new Error(`parameter ${name} has no value`);
    return value;
  }

  operation(name: string): MachineOperation {
    const operation = this.operations.get(name);
    if (operation === undefined) throw new Error(`no machine operation ${name}`);
    return operation;
  }

  specificationOperation(name: string): Operation {
    const operation = this.specificationOperations.get(name);
    if (operation === undefined) throw new Error(`no operation ${name} in the specification`);
    return operation;
  }

  implementation(index: number): Implementation {
    const implementation = this.system.implementations[index];
    if (implementation === undefined) throw new Error(`no implementation ${index}`);
    return implementation;
  }
}

function sideOf(system: System, name: Side['name']): Side {
  const variables = system.state.filter((variable) => variable.side === name && variable.origin !== 'ghost');
  return { name, variables, index: new Map(variables.map((variable, index) => [variable.name, index])) };
}

/** Numbers below a parameter are listed up to this one. */
const LARGEST_LISTED = 8n;

/** Numbers that formulas may compare with: small ones, parameters, and the literals of the system and their neighbours. */
function constantsOf(system: System, bounds: Bounds): readonly bigint[] {
  const found = new Set<bigint>();
  for (let number = 0n; number <= BigInt(bounds.values); number += 1n) found.add(number);
  for (const value of Object.values(bounds.parameters)) {
    for (let number = 0n; number <= value && number <= LARGEST_LISTED; number += 1n) found.add(number);
    for (const number of [value - 1n, value]) if (number >= 0n) found.add(number);
  }
  forEachExpression(system, (expression) => {
    if (expression.kind !== 'literal' || typeof expression.value !== 'bigint') return;
    for (const number of [expression.value - 1n, expression.value, expression.value + 1n]) {
      if (number >= 0n) found.add(number);
    }
  });
  return [...found];
}

/** Visits every expression that an execution evaluates: those of code, operations, crashes, initial values and `init`. */
export function forEachExpression(system: System, visit: (expression: Expression) => void): void {
  const see = (expression: Expression | null): void => {
    if (expression !== null) walkExpression(expression, visit);
  };
  for (const variable of system.state) see(variable.initial);
  for (const layer of [system.machine, system.specification]) {
    for (const invariant of layer.init) see(invariant.expression);
    forEachStatement(layer.crash.statements, (statement) => {
      statementExpressions(statement).forEach(see);
    });
  }
  for (const operation of [...system.machineOperations, ...system.specificationOperations]) {
    for (const section of operation.sections) {
      forEachStatement(section, (statement) => {
        statementExpressions(statement).forEach(see);
      });
    }
  }
  for (const code of codesOf(system)) {
    for (const expression of codeExpressions(code)) see(expression);
  }
}

export function codesOf(system: System): readonly Code[] {
  const rest = [system.recovery, system.initialisation, system.boot].filter((code) => code !== null);
  const procedures = system.procedures.map(({ code }) => code);
  return [...system.implementations.map(({ code }) => code), ...rest, ...procedures];
}

function codeExpressions(code: Code): readonly Expression[] {
  return code.instructions.flatMap(evaluatedExpressions);
}

export function forEachStatement(
  statements: readonly Statement[],
  visit: (statement: Statement) => void,
): void {
  for (const statement of statements) {
    visit(statement);
    if (statement.kind === 'if') {
      forEachStatement(statement.whenTrue, visit);
      forEachStatement(statement.whenFalse, visit);
    } else if (statement.kind === 'either') {
      for (const branch of statement.branches) forEachStatement(branch, visit);
    }
  }
}
