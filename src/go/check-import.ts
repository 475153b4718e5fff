import type { GoPackage } from './ast.js';
import type { Context } from './context.js';
import type { CheckedPackage, ImportedPackage, LibraryPackage, MachinePackage } from './import.js';
import { stringLiteral } from './literal.js';
import { REFUSED_IMPORTS } from './refusals.js';
import type { Entity, Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';

/** What an import path means; packages of the module and of the library have been checked. Null: nothing that code may import. */
export type PackageResolver = (path: string) => ResolvedPackage | null;

export type ResolvedPackage = Exclude<ImportedPackage, LibraryPackage> | CheckedPackage;

/** The imports of one file. */
export interface FileImports {
  /** Machine packages by the name that the file gives them. */
  readonly machines: ReadonlyMap<string, MachinePackage>;
  /** Packages of the module and of the library, likewise. */
  readonly packages: ReadonlyMap<string, GoPackage>;
  /** To be called when the whole package has been checked. */
  readonly reportUnused: () => void;
}

interface ImportUse {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly entity: Extract<Entity, { kind: 'import' }>;
}

/** The specifications of all imports of a file. */
export function importSpecs(root: SyntaxNode): readonly SyntaxNode[] {
  return root.namedChildren
    .filter((node) => node.type === 'import_declaration')
    .flatMap((declaration) => (declaration.ofType('import_spec_list') ?? declaration).namedChildren);
}

/** The path that an import specification says. */
export function importPath(spec: SyntaxNode): string {
  return stringLiteral(spec.required('path').text) ?? '';
}

/** Declares the imports of a file in its scope. */
export function checkImports(
  context: Context,
  fileScope: Scope,
  root: SyntaxNode,
  resolve: PackageResolver,
): FileImports {
  const machines = new Map<string, MachinePackage>();
  const packages = new Map<string, GoPackage>();
  const uses: ImportUse[] = [];
  for (const spec of importSpecs(root)) {
    const imported = checkImport(context, spec, resolve);
    if (imported === null) {
      declareRefused(fileScope, spec);
      continue;
    }
    const nameNode = spec.child('name');
    const name = nameNode?.text ?? ('name' in imported ? imported.name : imported.kind);
    const entity = { kind: 'import', imported, used: false } as const satisfies Entity;
    const use: ImportUse = { node: spec, name, entity: { ...entity } };
    if (fileScope.own(name) !== null) context.report('name', spec, `\`${name}\` is already declared`);
    fileScope.declare(name, use.entity, spec.span);
    uses.push(use);
    if (imported.kind === 'machine') machines.set(name, imported);
    if (imported.kind === 'package') packages.set(name, imported.package);
  }
  const reportUnused = (): void => {
    for (const { node, name, entity } of uses) {
      if (fileScope.parent?.own(name) != null)
        context.report('name', node, `\`${name}\` is already declared`);
      if (!entity.used) context.report('name', node, `the import ${node.required('path').text} is not used`);
    }
  };
  return { machines, packages, reportUnused };
}

function checkImport(
  context: Context,
  spec: SyntaxNode,
  resolve: PackageResolver,
): ReturnType<PackageResolver> {
  const path = importPath(spec);
  const name = spec.child('name');
  if (name?.text === '.') return context.refuse('dotImport', spec);
  if (name?.text === '_') return context.refuse('blankImport', spec);
  if (name?.text === 'init') return context.report('name', spec, 'an import cannot have the name `init`');
  const refused = REFUSED_IMPORTS.get(path);
  if (refused !== undefined) return context.refuse(refused, spec, `\`${path}\``);
  return resolve(path) ?? context.refuse('import', spec, `\`${path}\``);
}

/** Uses of an import that has been refused are no errors of their own. A path that nothing is known of mostly ends with the package's name. */
function declareRefused(fileScope: Scope, spec: SyntaxNode): void {
  const name = spec.child('name')?.text ?? assumedName(importPath(spec));
  if (name === '.' || fileScope.own(name) !== null) return;
  fileScope.declare(name, { kind: 'import', imported: { kind: 'refused' }, used: true }, spec.span);
}

/** The last part of a path that is no version: `rand` of `math/rand/v2`, `yaml` of `gopkg.in/yaml.v3`, `xattr` of `example.org/go-xattr`. */
function assumedName(path: string): string {
  const last =
    path
      .replace(/[/.]v\d+$/, '')
      .split('/')
      .at(-1) ?? '';
  return last.replace(/^go-|[.-]go$/g, '');
}
