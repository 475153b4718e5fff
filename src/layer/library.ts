import { failure, success, type Diagnostic, type Result } from '../base/diagnostic.js';
import { sameType, type Type } from '../ir/index.js';
import { checkLayer } from './instantiate.js';
import type { LayerDeclaration } from './syntax.js';

/** All layers of a run, checked. */
export interface LayerLibrary {
  readonly layers: readonly LayerDeclaration[];
  readonly byName: (name: string) => LayerDeclaration | null;
  /** The layer that is bound to a Go import path, or null. */
  readonly byGoPackage: (path: string) => LayerDeclaration | null;
  readonly names: () => readonly string[];
}

/**
 * Checks layers, each for arbitrary arguments, and makes them known by their names. Errors: all that is wrong with them; two layers of one
 * name or for one Go package; types of one name that differ (types are told apart by name).
 */
export function createLibrary(layers: readonly LayerDeclaration[]): Result<LayerLibrary> {
  const diagnostics: Diagnostic[] = [];
  const names = new Map<string, LayerDeclaration>();
  const packages = new Map<string, LayerDeclaration>();
  const types = new Map<string, Type>();
  for (const layer of layers) {
    const { name, goPackage } = layer;
    if (names.has(name.name)) diagnostics.push(twice(`layer '${name.name}' is declared twice`, layer));
    if (goPackage !== null && packages.has(goPackage)) {
      diagnostics.push(twice(`two layers for the Go package "${goPackage}"`, layer));
    }
    names.set(name.name, layer);
    if (goPackage !== null) packages.set(goPackage, layer);
    const checked = checkLayer(layer);
    if (!checked.ok) {
      diagnostics.push(...checked.diagnostics);
      continue;
    }
    const own = layer.members.filter((member) => member.kind === 'struct' || member.kind === 'enum');
    for (const { name: typeName } of own) {
      const type = checked.value.types.get(typeName.name);
      const other = types.get(typeName.name);
      if (type !== undefined && other !== undefined && !sameShape(type, other)) {
        const message = `another layer has a different type '${typeName.name}'`;
        diagnostics.push({ code: 'name', message, span: typeName.span });
      }
      if (type !== undefined) types.set(typeName.name, type);
    }
  }
  if (diagnostics.length > 0) return failure(...diagnostics);
  return success({
    layers,
    byName: (name) => names.get(name) ?? null,
    byGoPackage: (path) => packages.get(path) ?? null,
    names: () => [...names.keys()],
  });
}

function twice(message: string, layer: LayerDeclaration): Diagnostic {
  return { code: 'name', message, span: layer.name.span };
}

function sameShape(left: Type, right: Type): boolean {
  if (left.kind === 'enum' && right.kind === 'enum') return left.cases.join() === right.cases.join();
  if (left.kind !== 'record' || right.kind !== 'record') return false;
  if (left.fields.length !== right.fields.length) return false;
  return left.fields.every((field, index) => {
    const other = right.fields[index];
    return other !== undefined && field.name === other.name && sameType(field.type, other.type);
  });
}
