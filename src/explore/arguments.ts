import type { Operation, System, Transitions, Type } from '../ir/index.js';
import type { Bounds } from './bounds.js';
import { Unsupported, isListable } from './universe.js';
import type { Program } from './program.js';
import { forEachExpression, forEachStatement } from './program.js';
import type { Value } from './value.js';
import { wrap } from './arithmetic.js';
import { list, zeroOf } from './value.js';

type Arguments = readonly Value[];

/**
 * All arguments of an operation within the bounds (see `Bounds.values`); `block(0)` only where blocks are not just copied.
 */
export function argumentTuples(
  program: Program,
  operation: Operation,
  copied: boolean,
): readonly Arguments[] {
  const types = operation.locals.slice(0, operation.parameterCount).map(({ type }) => type);
  const { bounds } = program;
  const small = bounds.smallArguments === true && hasManyArguments(operation, bounds);
  const largest = small ? BigInt(bounds.values) : largestArgument(bounds);
  return types.reduce<readonly Arguments[]>(
    (tuples, type) => {
      const values = argumentValues(program, type, largest, copied);
      return combinations(program, tuples, values);
    },
    [[]],
  );
}

function argumentValues(program: Program, type: Type, largest: bigint, copied: boolean): readonly Value[] {
  const { values } = program.bounds;
  switch (type.kind) {
    case 'bool':
      return [false, true];
    case 'enum':
      return type.cases.map((_, index) => BigInt(index));
    case 'thread':
      return [0n];
    case 'block':
      return [...range(1n, BigInt(Math.max(values, 1))), ...(copied ? [] : [0n])];
    case 'integer': {
      const small = largest < 8n ? range(0n, largest) : [...range(0n, 7n), largest];
      return values >= 2 ? [...small, type.signed ? -1n : wrap(type, -1n)] : small;
    }
    case 'option':
      return [
        list([]),
        ...argumentValues(program, type.value, largest, copied).map((value) => list([value])),
      ];
    case 'record':
      return type.fields
        .map((field) => argumentValues(program, field.type, largest, copied))
        .reduce<readonly (readonly Value[])[]>(
          (tuples, choices) => combinations(program, tuples, choices),
          [[]],
        )
        .map(list);
    case 'seq': {
      const elements = argumentValues(program, type.element, largest, copied);
      const pairs = combinations(
        program,
        elements.map((element) => [element]),
        elements,
      ).map(list);
      return [list([]), ...elements.map((element) => list([element])), ...pairs];
    }
    case 'map':
    case 'set':
      return [zeroOf(type)];
  }
}

/** The largest integer that is tried, but for the largest of its type, where nothing asks for small ones. */
function largestArgument({ values, parameters }: Bounds): bigint {
  return Object.values(parameters).reduce(
    (largest, value) => (value - 1n > largest ? value - 1n : largest),
    BigInt(values),
  );
}

/** From so many times more arguments than there would be with small ones on, an operation has many. */
const MANY = 4;

function hasManyArguments({ locals, parameterCount }: Operation, bounds: Bounds): boolean {
  const share = (Number(largestArgument(bounds)) + 1) / (bounds.values + 1);
  const integers = locals.slice(0, parameterCount).filter(({ type }) => type.kind === 'integer');
  return integers.length > 1 && share ** integers.length >= MANY;
}

/** Whether {@link Bounds.smallArguments} makes a search of these bounds much smaller. */
export function profitsFromSmallArguments(system: System, bounds: Bounds): boolean {
  return system.specificationOperations.some((operation) => hasManyArguments(operation, bounds));
}

/** Each of the tuples with each of the values behind it. */
function combinations(
  program: Program,
  tuples: readonly Arguments[],
  values: readonly Value[],
): readonly Arguments[] {
  return tuples.flatMap((tuple) => {
    program.deadline.check();
    return values.map((value) => [...tuple, value]);
  });
}

function range(low: bigint, high: bigint): readonly bigint[] {
  const numbers: bigint[] = [];
  for (let number = low; number <= high; number += 1n) numbers.push(number);
  return numbers;
}

/** What the system does with blocks other than the zero block, as far as it bears on which arguments have to be tried. */
export interface BlockUse {
  /**
   * Nothing looks into a block, makes one from a number, or ranges over blocks. Then renaming the blocks in an execution, zero block
   * aside, gives an execution, so that one order of first use stands for all.
   */
  readonly symmetric: boolean;
  /**
   * Moreover no two are compared. Then an execution with a zero block as an argument behaves as one with a block of its own in its
   * place, of which the specification allows no more.
   */
  readonly copied: boolean;
}

export function blockUse(system: System): BlockUse {
  const found = { symmetric: true, compared: false };
  forEachExpression(system, (expression) => {
    if (expression.kind === 'builtin' && expression.function !== 'sum') found.symmetric = false;
    if (expression.kind === 'quantifier' && expression.variables.some(({ type }) => holdsBlocks(type)))
      found.symmetric = false;
    if (hasBlockKeys(expression.type)) found.symmetric = false;
  });
  forEachExpression(
    { ...system, machine: withoutInit(system.machine), specification: withoutInit(system.specification) },
    (expression) => {
      if (expression.kind !== 'binary' || expression.operator !== 'equal') return;
      if (holdsBlocks(expression.left.type)) found.compared = true;
    },
  );
  const { machine, specification, machineOperations, specificationOperations } = system;
  const sections = [...machineOperations, ...specificationOperations].flatMap(
    (operation) => operation.sections,
  );
  for (const statements of [...sections, machine.crash.statements, specification.crash.statements]) {
    forEachStatement(statements, (statement) => {
      if (statement.kind === 'choose' && holdsBlocks(statement.type)) found.symmetric = false;
    });
  }
  return { symmetric: found.symmetric, copied: found.symmetric && !found.compared };
}

function withoutInit(transitions: Transitions): Transitions {
  return { ...transitions, init: [] };
}

function hasBlockKeys(type: Type): boolean {
  if (type.kind === 'map') return holdsBlocks(type.key) || hasBlockKeys(type.value);
  return type.kind === 'set' && holdsBlocks(type.element);
}

function holdsBlocks(type: Type): boolean {
  switch (type.kind) {
    case 'block':
      return true;
    case 'map':
      return holdsBlocks(type.key) || holdsBlocks(type.value);
    case 'seq':
    case 'set':
      return holdsBlocks(type.element);
    case 'option':
      return holdsBlocks(type.value);
    case 'record':
      return type.fields.some((field) => holdsBlocks(field.type));
    case 'bool':
    case 'integer':
    case 'enum':
    case 'thread':
      return false;
  }
}

/** Refuses what would make a violation doubtful: a specification that chooses among values which cannot all be tried. */
export function checkSupported(system: System): void {
  const sections = [
    ...system.specificationOperations.flatMap((operation) => operation.sections),
    system.specification.crash.statements,
  ];
  for (const section of sections) {
    forEachStatement(section, (statement) => {
      if (statement.kind !== 'choose' || isListable(statement.type)) return;
      throw new Unsupported(
        'the explorer cannot try every value that this `choose` of the specification allows',
        statement.span,
      );
    });
  }
}
