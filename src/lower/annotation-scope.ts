import type { Result } from '../base/diagnostic.js';
import { failure, success } from '../base/diagnostic.js';
import { UINT64, rewriteExpression } from '../ir/index.js';
import type { Expression, Lock, StateVariable, Type } from '../ir/index.js';
import type { GoPackage } from '../go/index.js';
import type { Entity, FreshNames, LayerInstance, Scope } from '../layer/index.js';
import { instanceNames } from '../layer/index.js';
import type { Constants } from './constant.js';
import type { TypeTable } from './go-type.js';
import { objectsName } from './region-code.js';
import { regionOf } from './region.js';
import { viewsOf } from './view.js';

/** What annotations of a package can name. */
export interface ScopeInputs {
  readonly goPackage: GoPackage;
  readonly constants: Constants;
  readonly types: TypeTable;
  readonly names: FreshNames;
  /** Null for code that runs over memory only. */
  readonly machine: LayerInstance | null;
  readonly specification: LayerInstance | null;
  /** State variables of package variables and locks. */
  readonly memory: readonly StateVariable[];
  /** References are named as they are, not as what they refer to: for the locations that a lock guards. */
  readonly rawMemory: boolean;
}

/** Scope of package-level constants: parameters of the verification, and constants that do not depend on any. */
export function constantScope(goPackage: GoPackage, constants: Constants, names: FreshNames): Scope {
  const entities = constantEntities(goPackage, constants);
  return {
    lookup: (name) => entities.get(name) ?? null,
    lookupType: () => null,
    allowOld: false,
    candidates: () => [...entities.keys()],
    names,
  };
}

/** Scope of package-level annotations. State of the specification is named `spec.x`. */
export function packageScope(inputs: ScopeInputs): Scope {
  const { machine, specification } = inputs;
  const entities = new Map<string, Entity>([
    ...unprefixed(specification),
    ...(machine === null ? [] : instanceNames(machine, '')),
    ...(specification === null ? [] : instanceNames(specification, 'spec.')),
    ...inputs.memory.flatMap((variable) => memoryEntities(variable, inputs.rawMemory)),
    ...constantEntities(inputs.goPackage, inputs.constants),
  ]);
  const operations = new Map(
    (specification?.operations ?? []).map((operation) => [
      operation.name,
      {
        name: operation.name,
        parameters: operation.locals.slice(0, operation.parameterCount).map((local) => local.type),
      },
    ]),
  );
  return {
    lookup: (name) => entities.get(name) ?? null,
    lookupType: (name): Type | null => specification?.types.get(name) ?? machine?.types.get(name) ?? null,
    lookupOperation: (name) => operations.get(name) ?? null,
    allowOld: false,
    candidates: () => [...entities.keys()],
    names: inputs.names,
  };
}

/** Functions and constants of the specification are also known without `spec.`; its state is not. */
function unprefixed(specification: LayerInstance | null): readonly [string, Entity][] {
  if (specification === null) return [];
  return [
    ...[...specification.functions].map(([name, each]): [string, Entity] => [
      name,
      { kind: 'function', function: each },
    ]),
    ...[...specification.constants].map(([name, value]): [string, Entity] => [
      name,
      typeof value === 'bigint' ? { kind: 'constant', value } : { kind: 'value', expression: value },
    ]),
  ];
}

function memoryEntities(variable: StateVariable, raw: boolean): readonly [string, Entity][] {
  const { name, type } = variable;
  const value: Expression = { kind: 'state', variable: name, old: false, type };
  const views = raw ? [[name, value] as const] : viewsOf(name, value, sharedContent);
  return views.map(([path, expression]) => [path, { kind: 'value', expression }]);
}

/** The content of an object of a shared region. */
function sharedContent(reference: Type, object: Expression): Expression {
  const region = regionOf(reference);
  const { shared, content } = region;
  if (shared === null) throw new Error('a package variable that refers to private memory');
  const type: Type = { kind: 'map', key: UINT64, value: content };
  const collection: Expression = { kind: 'state', variable: objectsName(shared), old: false, type };
  return { kind: 'index', collection, key: object, type: content };
}

function constantEntities(goPackage: GoPackage, constants: Constants): ReadonlyMap<string, Entity> {
  const entities = new Map<string, Entity>();
  for (const declaration of goPackage.constants) {
    if (declaration.local || declaration.name === '_') continue;
    const entity = constants.entity(declaration);
    if (entity !== null) entities.set(declaration.name, entity);
  }
  return entities;
}

/** Adds `invariant(lock)` and `invariant(locks[k])` to a scope. */
export function withLockInvariants(scope: Scope, locks: ReadonlyMap<string, Lock>): Scope {
  return {
    ...scope,
    lockInvariant: (name, key) => {
      const lock = locks.get(name);
      if (lock === undefined) return lockFailure(name, locks);
      if ((key === null) !== (lock.index === null)) {
        const message =
          key === null ? `${name} is a family of locks: name one of them` : `${name} is a single lock`;
        return failure({ code: 'type', message });
      }
      if (key === null) return success(invariantOf(lock, null, scope.names));
      const index = key(UINT64);
      return index.ok ? success(invariantOf(lock, index.value, scope.names)) : index;
    },
  };
}

function lockFailure(name: string, locks: ReadonlyMap<string, Lock>): Result<Expression> {
  const known = [...locks.keys()];
  return failure({
    code: 'name',
    message: `there is no lock ${name}`,
    hint: known.length === 0 ? 'The package declares no lock.' : `Its locks are: ${known.join(', ')}.`,
  });
}

/** The invariant of a lock at an index. Its bound variables get ids of their own. */
export function invariantOf(lock: Lock, index: Expression | null, names: FreshNames): Expression {
  const expression: Expression = lock.invariant?.expression ?? {
    kind: 'literal',
    value: true,
    type: { kind: 'bool' },
  };
  const renamed = freshened(expression, names);
  if (lock.index === null || index === null) return renamed;
  const { id } = lock.index;
  return rewriteExpression(renamed, (node) => (node.kind === 'bound' && node.id === id ? index : node));
}

/** The same formula with other ids for what its quantifiers bind. */
function freshened(expression: Expression, names: FreshNames): Expression {
  const renaming = new Map<string, string>();
  const renamed = rewriteExpression(expression, (node) => {
    if (node.kind !== 'quantifier') return node;
    const variables = node.variables.map((variable) => {
      const id = names.fresh(variable.name);
      renaming.set(variable.id, id);
      return { ...variable, id };
    });
    return { ...node, variables };
  });
  return rewriteExpression(renamed, (node) => {
    const id = node.kind === 'bound' ? renaming.get(node.id) : undefined;
    return node.kind === 'bound' && id !== undefined ? { ...node, id } : node;
  });
}
