import { BLOCK, UINT64, walkExpression } from '../ir/index.js';
import type { Expression, MachineOperation, Type } from '../ir/index.js';
import { BOOL, integerType, isExported } from '../go/index.js';
import type {
  GoType,
  ImportedPackage,
  ImportResolver,
  IntegerName,
  MachineConstant,
  MachineFunction,
  MachinePackage,
  MachineType,
} from '../go/index.js';
import type { LayerArgument, LayerDeclaration, LayerInstance, LayerLibrary } from '../layer/index.js';
import { FreshNames, instantiateLayer, layerParameters } from '../layer/index.js';
import type { MachineCallee } from './lowering.js';
import { standardPackage } from './standard.js';
import type { StatelessLayers } from './stateless.js';

/** Machine packages share one block type: `twodisk.Block` is an alias of `disk.Block`. */
const BLOCK_TYPE_PATH = 'block';

/** Stands for the arguments of a layer that is only looked at; nothing that is used may mention it. */
const UNKNOWN_ARGUMENT = 'layer argument';

const BUILT_IN = new Map<string, 'sync' | 'atomic'>([
  ['sync', 'sync'],
  ['sync/atomic', 'atomic'],
]);

/** The packages that code may import: `sync`, `sync/atomic`, the Go package of each layer with a `package` clause, and what the tool has sources for. */
export function importResolver(library: LayerLibrary): ImportResolver {
  const known = new Map<string, ImportedPackage | null>();
  return (path) => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const layer = library.byGoPackage(path);
    const standard = BUILT_IN.get(path);
    const imported: ImportedPackage | null =
      standard !== undefined
        ? { kind: standard }
        : layer === null
          ? standardPackage(path)
          : machinePackage(path, layer);
    known.set(path, imported);
    return imported;
  };
}

/** Last element of an import path: the package's name. */
export function packageName(path: string): string {
  return path.split('/').at(-1) ?? path;
}

function machinePackage(path: string, layer: LayerDeclaration): MachinePackage | null {
  const instance = probe(layer);
  if (instance === null) return null;
  const name = packageName(path);
  const typeOf = (type: Type): GoType | null => goType(type, path, name);
  const functions: MachineFunction[] = [];
  const addFunction = (functionName: string, parameters: readonly Type[], results: readonly Type[]): void => {
    const parameterTypes = parameters.map(typeOf).filter((type) => type !== null);
    const resultTypes = results.map(typeOf).filter((type) => type !== null);
    if (parameterTypes.length !== parameters.length || resultTypes.length !== results.length) return;
    functions.push({ name: functionName, parameters: parameterTypes, results: resultTypes });
  };
  for (const operation of instance.operations) {
    const types = operation.locals.map((local) => local.type);
    const end = operation.parameterCount + operation.resultCount;
    addFunction(
      operation.name,
      types.slice(0, operation.parameterCount),
      types.slice(operation.parameterCount, end),
    );
  }
  for (const [functionName, each] of instance.functions) {
    if (!isExported(functionName)) continue;
    addFunction(
      functionName,
      each.parameters.map((parameter) => parameter.type),
      [each.result],
    );
  }
  const types: MachineType[] = [{ ...blockType(name) }];
  for (const [typeName, type] of instance.types) {
    const known = goType(type, path, name);
    if (known?.kind === 'machine' && known.name === typeName) types.push(known);
  }
  return { kind: 'machine', path, name, functions, types, constants: constantsOf(instance, typeOf) };
}

function constantsOf(
  instance: LayerInstance,
  typeOf: (type: Type) => GoType | null,
): readonly MachineConstant[] {
  return [...instance.constants].flatMap(([name, value]): MachineConstant[] => {
    if (typeof value === 'bigint' || value.kind !== 'literal' || !isExported(name)) return [];
    const type = typeOf(value.type);
    return type === null ? [] : [{ name, type, value: value.value }];
  });
}

function blockType(name: string): MachineType {
  return { kind: 'machine', path: BLOCK_TYPE_PATH, packageName: name, name: 'Block', comparable: true };
}

function goType(type: Type, path: string, name: string): GoType | null {
  switch (type.kind) {
    case 'bool':
      return BOOL;
    case 'integer':
      return integerType(`${type.signed ? 'int' : 'uint'}${type.bits}` as IntegerName);
    case 'block':
      return blockType(name);
    case 'enum':
    case 'record':
      return { kind: 'machine', path, packageName: name, name: type.name, comparable: true };
    case 'thread':
    case 'map':
    case 'seq':
    case 'set':
    case 'option':
      return null;
  }
}

/** The layer with placeholders for its arguments, to look at its signatures and its pure functions. */
function probe(layer: LayerDeclaration): LayerInstance | null {
  const parameters = layerParameters(layer);
  if (!parameters.ok) return null;
  const placeholders = parameters.value.map((parameter): LayerArgument =>
    parameter.kind === 'type'
      ? { kind: 'type', type: UINT64 }
      : { kind: 'value', expression: { kind: 'parameter', name: UNKNOWN_ARGUMENT, type: parameter.type } },
  );
  const instance = instantiateLayer(layer, {
    arguments: placeholders,
    side: 'machine',
    origin: 'layer',
    statePrefix: '',
    operationPrefix: '',
    names: new FreshNames(),
    index: [],
  });
  return instance.ok ? instance.value : null;
}

/** What the Go type of a machine package is to the tool; null: nothing known. */
export function machineValueType(library: LayerLibrary, type: MachineType): Type | null {
  if (type.path === BLOCK_TYPE_PATH) return BLOCK;
  const layer = library.byGoPackage(type.path);
  const instance = layer === null ? null : probe(layer);
  return instance?.types.get(type.name) ?? null;
}

/** A type that some layer of the library declares. */
export function layerTypes(library: LayerLibrary): (name: string) => Type | null {
  let types: ReadonlyMap<string, Type> | null = null;
  return (name) => {
    types ??= new Map(
      library.layers.flatMap((layer) =>
        // Type parameters have names too, but no types of their own.
        [...(probe(layer)?.types ?? [])].filter(([, type]) => type.kind === 'record' || type.kind === 'enum'),
      ),
    );
    return types.get(name) ?? null;
  };
}

/**
 * What functions of machine packages are. Operations must be of the machine that the code runs over, or of a layer without state; functions
 * without state may be of any.
 */
export function machineCallees(
  library: LayerLibrary,
  machine: { readonly layer: LayerDeclaration; readonly instance: LayerInstance } | null,
  operations: ReadonlyMap<string, MachineOperation>,
  stateless: StatelessLayers,
): (imported: MachinePackage, called: MachineFunction) => MachineCallee | null {
  const probes = new Map<string, LayerInstance | null>();
  const functionsOf = (path: string): LayerInstance | null => {
    if (machine?.layer.goPackage === path) return machine.instance;
    const layer = library.byGoPackage(path);
    const known = probes.get(path) ?? (layer === null ? null : probe(layer));
    probes.set(path, known);
    return known;
  };
  return (imported, called) => {
    const pure = functionsOf(imported.path)?.functions.get(called.name);
    if (pure !== undefined) {
      const apply = (operands: readonly Expression[]): Expression => pure.inline(operands);
      const sample = pure.parameters.map((each): Expression => ({ kind: 'default', type: each.type }));
      return mentionsPlaceholder(apply(sample)) ? null : { kind: 'pure', apply };
    }
    const isOwn = machine?.layer.goPackage === imported.path;
    const operation = isOwn
      ? operations.get(called.name)
      : stateless.operation(library.byGoPackage(imported.path), called.name);
    return operation === undefined ? null : { kind: 'operation', operation };
  };
}

function mentionsPlaceholder(value: Expression): boolean {
  let found = false;
  walkExpression(value, (node) => {
    if (node.kind === 'parameter' && node.name === UNKNOWN_ARGUMENT) found = true;
  });
  return found;
}
