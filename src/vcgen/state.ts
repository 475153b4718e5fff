import { present } from '../base/present.js';
import type { Term } from '../encoding/index.js';
import {
  and,
  arraySort,
  bitvector,
  bitvectorSort,
  constant,
  equal,
  select,
  store,
} from '../encoding/index.js';
import type { Operation, System } from '../ir/index.js';
import type { SymbolicValue } from './layout.js';
import { curriedSelect, leafSorts, symbolicConstant, THREAD_SORT } from './layout.js';
import { pendingOperations } from './pending-operations.js';

/** What each thread was asked to do: its op and next section (or nothing, or done) and the op's arguments. */
export interface PendingState {
  /** From threads to status numbers, see {@link PendingTable}. */
  readonly status: Term;
  /** For each op that some formula speaks of as pending, and each leaf of its parameters, an array over threads. */
  readonly arguments: ReadonlyMap<string, readonly Term[]>;
}

/** The whole state between two steps, machine, memory, locks, specification and pending ops. */
export interface SymbolicState {
  readonly variables: ReadonlyMap<string, SymbolicValue>;
  readonly pending: PendingState;
}

const STATUS_BITS = 32;
export const STATUS_SORT = bitvectorSort(STATUS_BITS);

/** Numbers for the statuses of a thread: 0 nothing, 1 done, then one for each section of each op. */
export class PendingTable {
  static readonly nothing = bitvector(0n, STATUS_BITS);
  static readonly done = bitvector(1n, STATUS_BITS);
  private readonly numbers: ReadonlyMap<string, bigint>;
  /** The ops whose arguments anybody asks for. */
  private readonly operations: readonly Operation[];

  constructor(system: System) {
    const mentioned = pendingOperations(system);
    this.operations = system.specificationOperations.filter(({ name }) => mentioned.has(name));
    this.numbers = statusNumbers(system);
  }

  /** The status of a thread whose next section of the op is `section`. */
  status(operation: string, section: number): Term {
    const number = this.numbers.get(`${operation}/${section}`);
    if (number === undefined) throw new Error(`no section ${section} of ${operation}`);
    return bitvector(number, STATUS_BITS);
  }

  fresh(name: string): PendingState {
    const lists = this.operations.map((operation): [string, readonly Term[]] => [
      operation.name,
      parameterSorts(operation).map((sort, index) =>
        constant(`${name}.${operation.name}.${index}`, arraySort(THREAD_SORT, sort)),
      ),
    ]);
    return {
      status: constant(`${name}.status`, arraySort(THREAD_SORT, STATUS_SORT)),
      arguments: new Map(lists),
    };
  }

  /** `thread => operation(args)`. */
  atom(
    pending: PendingState,
    thread: Term,
    operation: string,
    section: number,
    args: readonly SymbolicValue[],
  ): Term {
    const arrays = pending.arguments.get(operation) ?? [];
    return and([
      equal(select(pending.status, thread), this.status(operation, section)),
      ...args.flat().map((argument, index) => equal(select(present(arrays[index]), thread), argument)),
    ]);
  }

  /** The thread is asked to do the op. */
  invoke(
    pending: PendingState,
    thread: Term,
    operation: string,
    args: readonly SymbolicValue[],
  ): PendingState {
    const leaves = args.flat();
    const lists = new Map(pending.arguments);
    const arrays = lists.get(operation);
    if (arrays !== undefined) {
      lists.set(
        operation,
        arrays.map((array, index) => store(array, thread, present(leaves[index]))),
      );
    }
    return { status: store(pending.status, thread, this.status(operation, 0)), arguments: lists };
  }

  /** The op's argument values for a thread. */
  argumentsOf(pending: PendingState, thread: Term, operation: Operation): readonly SymbolicValue[] {
    const arrays = [...(pending.arguments.get(operation.name) ?? [])];
    return operation.locals
      .slice(0, operation.parameterCount)
      .map((local) => leafSorts(local.type).map(() => select(present(arrays.shift()), thread)));
  }

  /** Fresh pending ops of everybody but one thread, which keeps its own. */
  forgetOthers(pending: PendingState, self: Term, name: string): PendingState {
    const fresh = this.fresh(name);
    const keep = (unknown: Term, known: Term): Term => store(unknown, self, select(known, self));
    const lists = [...fresh.arguments].map(([operation, arrays]): [string, readonly Term[]] => [
      operation,
      arrays.map((array, index) => keep(array, present(pending.arguments.get(operation)?.[index]))),
    ]);
    return { status: keep(fresh.status, pending.status), arguments: new Map(lists) };
  }
}

const STATUS_NUMBERS = new WeakMap<System, ReadonlyMap<string, bigint>>();

/** A number for each section of each op; made once. */
function statusNumbers(system: System): ReadonlyMap<string, bigint> {
  const known = STATUS_NUMBERS.get(system);
  if (known !== undefined) return known;
  const names = system.specificationOperations.flatMap(({ name, sections }) =>
    sections.map((_, section) => `${name}/${section}`),
  );
  const numbers = new Map(names.map((name, index) => [name, BigInt(index) + 2n]));
  STATUS_NUMBERS.set(system, numbers);
  return numbers;
}

/** Changes one thread's status. */
export function withStatus(pending: PendingState, thread: Term, status: Term): PendingState {
  return { ...pending, status: store(pending.status, thread, status) };
}

function parameterSorts(operation: Operation): Term['sort'][] {
  return operation.locals.slice(0, operation.parameterCount).flatMap((local) => [...leafSorts(local.type)]);
}

/** A state about which nothing is known. */
export function freshState(system: System, table: PendingTable, name: string): SymbolicState {
  const variables = new Map(
    system.state.map((variable): [string, SymbolicValue] => [
      variable.name,
      symbolicConstant(`${variable.name}${name}`, variable.type),
    ]),
  );
  return { variables, pending: table.fresh(`pending${name}`) };
}

/** The value of a state variable. */
export function valueOf(state: SymbolicState, variable: string): SymbolicValue {
  return present(state.variables.get(variable));
}

/** The part of a map-typed value under a path of keys. */
export function valueAt(value: SymbolicValue, keys: readonly SymbolicValue[]): SymbolicValue {
  return keys.reduce((inner, key) => inner.map((array) => curriedSelect(array, key)), value);
}
