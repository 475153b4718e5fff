import type { Result } from '../base/diagnostic.js';
import { failure, success } from '../base/diagnostic.js';
import { UINT64, rewriteExpression } from '../ir/index.js';
import type { Expression, Lock, StateVariable, Type } from '../ir/index.js';
import type { GoPackage } from '../go/index.js';
import type { Entity, FreshNames, LayerInstance, Scope } from '../layer/index.js';
import { instanceNames } from '../layer/index.js';
import type { Constants } from './constant.js';
import type { TypeTable } from './go-type.js';
import type { Linked } from './linked.js';
import { objectsName } from './memory-access.js';
import { regionOf } from './region.js';
import { viewsOf } from './view.js';

/** What annotations of a file can name. */
export type Scopes = (file: string) => Scope;

/** What annotations can name. */
export interface ScopeInputs {
  readonly linked: Linked;
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

/** Scopes of package-level constants: parameters of the verification, and constants that do not depend on any. */
export function constantScopes(linked: Linked, constants: Constants, names: FreshNames): Scopes {
  const lookups = new Lookups(linked, (goPackage) => constantEntities(goPackage, constants));
  return (file) => ({ ...lookups.of(file), lookupType: () => null, allowOld: false, names });
}

/** Scopes of package-level annotations. State of the specification is named `spec.x`. */
export function packageScopes(inputs: ScopeInputs): Scopes {
  const { linked, machine, specification } = inputs;
  const layers = new Map<string, Entity>([
    ...unprefixed(specification),
    ...(machine === null ? [] : instanceNames(machine, '')),
    ...(specification === null ? [] : instanceNames(specification, 'spec.')),
  ]);
  const own = (goPackage: GoPackage): ReadonlyMap<string, Entity> =>
    new Map<string, Entity>([
      ...inputs.memory
        .filter(({ span }) => linked.at(span.file) === goPackage)
        .flatMap((variable) => memoryEntities(linked.ownName(variable), variable, inputs.rawMemory)),
      ...constantEntities(goPackage, inputs.constants),
    ]);
  const lookups = new Lookups(linked, own, layers);
  const operations = new Map(
    (specification?.operations ?? []).map((operation) => [
      operation.name,
      {
        name: operation.name,
        parameters: operation.locals.slice(0, operation.parameterCount).map((local) => local.type),
      },
    ]),
  );
  return (file) => ({
    ...lookups.of(file),
    lookupType: (name): Type | null => specification?.types.get(name) ?? machine?.types.get(name) ?? null,
    lookupOperation: (name) => operations.get(name) ?? null,
    allowOld: false,
    names: inputs.names,
  });
}

/** Names as in the Go code of a file: those of its package, and behind the name of an import those of the imported package. */
class Lookups {
  private readonly known = new Map<GoPackage, ReadonlyMap<string, Entity>>();

  constructor(
    private readonly linked: Linked,
    private readonly entities: (goPackage: GoPackage) => ReadonlyMap<string, Entity>,
    /** Known everywhere. */
    private readonly layers: ReadonlyMap<string, Entity> = new Map(),
  ) {}

  of(file: string): Pick<Scope, 'lookup' | 'candidates'> {
    const own = this.entitiesOf(this.linked.at(file));
    const imports = this.linked.importsOf(file);
    const imported = (name: string): Entity | undefined => {
      const dot = name.indexOf('.');
      const goPackage = imports.get(name.slice(0, Math.max(dot, 0)));
      return goPackage === undefined ? undefined : this.entitiesOf(goPackage).get(name.slice(dot + 1));
    };
    return {
      lookup: (name) => own.get(name) ?? imported(name) ?? this.layers.get(name) ?? null,
      candidates: () => [
        ...this.layers.keys(),
        ...own.keys(),
        ...[...imports].flatMap(([name, each]) =>
          [...this.entitiesOf(each).keys()].map((key) => `${name}.${key}`),
        ),
      ],
    };
  }

  private entitiesOf(goPackage: GoPackage): ReadonlyMap<string, Entity> {
    const known = this.known.get(goPackage) ?? this.entities(goPackage);
    this.known.set(goPackage, known);
    return known;
  }
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

/** What a variable and its parts are called in its package. */
function memoryEntities(name: string, variable: StateVariable, raw: boolean): readonly [string, Entity][] {
  const { type } = variable;
  const value: Expression = { kind: 'state', variable: variable.name, old: false, type };
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

/** Adds `invariant(lock)` and `invariant(locks[k])` to a scope. `resolve`: what the name of a lock stands for there. */
export function withLockInvariants(
  scope: Scope,
  locks: ReadonlyMap<string, Lock>,
  resolve: (name: string) => string,
): Scope {
  return {
    ...scope,
    lockInvariant: (name, key) => {
      const lock = locks.get(resolve(name));
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
