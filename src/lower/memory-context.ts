import type { Operation, StateVariable, Type } from '../ir/index.js';
import type { LocalChannels } from './local-channels.js';
import type { Region } from './region.js';
import type { Selections } from './selection.js';
import type { StatelessLayers } from './stateless.js';

/** What the code of a package knows of operations and state. */
export interface MemoryContext {
  readonly stateType: (variable: string) => Type | null;
  /** Types of the parameters and results of a machine operation. */
  readonly operation: (name: string) => {
    readonly parameters: readonly Type[];
    readonly results: readonly Type[];
  };
  /** The same of a function that is verified on its own. */
  readonly procedure: (name: string) => {
    readonly parameters: readonly Type[];
    readonly results: readonly Type[];
  };
  /** Regions that are passed to it; once all flows are known. */
  readonly passed: (name: string) => PassedMemory;
}

/** Regions that a procedure is given, and those of them that it may change. */
export interface PassedMemory {
  readonly given: readonly Region[];
  readonly changed: readonly Region[];
}

export function memoryContext(
  state: readonly StateVariable[],
  operations: readonly Operation[],
  {
    procedures,
    selections,
    channels,
    stateless,
  }: {
    readonly procedures: Pick<MemoryContext, 'procedure' | 'passed'>;
    /** These get more of them as code is lowered. */
    readonly selections: Pick<Selections, 'byName'>;
    readonly channels: Pick<LocalChannels, 'operations'>;
    readonly stateless: Pick<StatelessLayers, 'operations'>;
  },
): MemoryContext {
  const types = new Map(state.map(({ name, type }) => [name, type]));
  const known = new Map(operations.map((operation) => [operation.name, operation]));
  return {
    procedure: (name) => procedures.procedure(name),
    passed: (name) => procedures.passed(name),
    stateType: (variable) => types.get(variable) ?? null,
    operation: (name) => {
      const operation =
        known.get(name) ??
        selections.byName(name)?.operation ??
        [...channels.operations, ...stateless.operations].find((each) => each.name === name);
      if (operation === undefined) throw new Error(`no operation ${name}`);
      const local = operation.locals.map((each) => each.type);
      const { parameterCount, resultCount } = operation;
      return {
        parameters: local.slice(0, parameterCount),
        results: local.slice(parameterCount, parameterCount + resultCount),
      };
    },
  };
}
