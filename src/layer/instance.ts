import type { Expression, Operation, StateVariable, Transitions, Type } from '../ir/index.js';
import type { Entity, FreshNames, PureFunction } from './scope.js';

/** What a layer's parameter is given: an expression (a literal or a parameter of the verification), or a type. */
export type LayerArgument =
  | { readonly kind: 'value'; readonly expression: Expression }
  | { readonly kind: 'type'; readonly type: Type };

/** A parameter that a reference to a layer must fill. */
export type LayerParameter =
  | { readonly kind: 'value'; readonly name: string; readonly type: Type }
  | { readonly kind: 'type'; readonly name: string };

/** How to make a layer part of a system. */
export interface InstanceRequest {
  readonly arguments: readonly LayerArgument[];
  readonly side: StateVariable['side'];
  readonly origin: StateVariable['origin'];
  /** Goes before the name of each state variable: `spec.`, `locks.`, or nothing. */
  readonly statePrefix: string;
  /** Goes before the name of each op: `locks.`, or nothing. */
  readonly operationPrefix: string;
  readonly names: FreshNames;
  /**
   * A family of instances: every state variable of type T becomes a map from the index to T (curried, for several indices), and each op
   * gets the keys as its first parameters. Empty: one instance.
   */
  readonly index: readonly FamilyIndex[];
}

/** One index of a family of instances. */
export interface FamilyIndex {
  readonly name: string;
  readonly type: Type;
}

/** A layer as part of a system. */
export interface LayerInstance {
  /** Layer name and arguments: `ReplicatedDisk(Size)`. */
  readonly name: string;
  readonly state: readonly StateVariable[];
  readonly operations: readonly Operation[];
  readonly transitions: Transitions;
  readonly functions: ReadonlyMap<string, PureFunction>;
  readonly types: ReadonlyMap<string, Type>;
  /** Untyped constants are integers without a type; typed ones and enum cases are expressions. */
  readonly constants: ReadonlyMap<string, Expression | bigint>;
}

/**
 * What expressions can name of an instance: its state by its full names, its functions and constants behind `prefix`.
 */
export function instanceNames(instance: LayerInstance, prefix: string): ReadonlyMap<string, Entity> {
  const names = new Map<string, Entity>();
  for (const [name, value] of instance.constants) {
    const entity: Entity =
      typeof value === 'bigint' ? { kind: 'constant', value } : { kind: 'value', expression: value };
    names.set(prefix + name, entity);
  }
  for (const [name, made] of instance.functions)
    names.set(prefix + name, { kind: 'function', function: made });
  for (const { name, type } of instance.state) {
    names.set(name, { kind: 'value', expression: { kind: 'state', variable: name, old: false, type } });
  }
  return names;
}
