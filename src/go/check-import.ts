import { stringLiteral } from './constant.js';
import type { Context } from './context.js';
import type { ImportResolver, ImportedPackage, MachinePackage } from './import.js';
import type { Entity, Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';

/** The imports of one file. */
export interface FileImports {
  /** Machine packages by the name that the file gives them. */
  readonly machines: ReadonlyMap<string, MachinePackage>;
  /** To be called when the whole package has been checked. */
  readonly reportUnused: () => void;
}

interface ImportUse {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly entity: Extract<Entity, { kind: 'import' }>;
}

/** Declares the imports of a file in its scope. */
export function checkImports(
  context: Context,
  fileScope: Scope,
  root: SyntaxNode,
  resolve: ImportResolver,
): FileImports {
  const machines = new Map<string, MachinePackage>();
  const uses: ImportUse[] = [];
  const declarations = root.namedChildren.filter((node) => node.type === 'import_declaration');
  for (const declaration of declarations) {
    for (const spec of (declaration.ofType('import_spec_list') ?? declaration).namedChildren) {
      const imported = checkImport(context, spec, resolve);
      if (imported === null) continue;
      const nameNode = spec.child('name');
      const name = nameNode?.text ?? (imported.kind === 'machine' ? imported.name : imported.kind);
      const entity = { kind: 'import', imported, used: false } as const satisfies Entity;
      const use: ImportUse = { node: spec, name, entity: { ...entity } };
      if (fileScope.own(name) !== null) context.report('name', spec, `\`${name}\` is already declared`);
      fileScope.declare(name, use.entity, spec.span);
      uses.push(use);
      if (imported.kind === 'machine') machines.set(name, imported);
    }
  }
  const reportUnused = (): void => {
    for (const { node, name, entity } of uses) {
      if (fileScope.parent?.own(name) != null)
        context.report('name', node, `\`${name}\` is already declared`);
      if (!entity.used) context.report('name', node, `the import ${node.required('path').text} is not used`);
    }
  };
  return { machines, reportUnused };
}

function checkImport(context: Context, spec: SyntaxNode, resolve: ImportResolver): ImportedPackage | null {
  const pathNode = spec.required('path');
  const path = stringLiteral(pathNode.text) ?? '';
  const name = spec.child('name');
  if (name?.text === '.') return context.refuse('dotImport', spec);
  if (name?.text === '_') return context.refuse('blankImport', spec);
  switch (path) {
    case 'C':
      return context.refuse('cgo', spec);
    case 'unsafe':
      return context.refuse('unsafe', spec);
    case 'reflect':
      return context.refuse('reflect', spec);
    default:
      return resolve(path) ?? context.refuse('import', spec, `\`${path}\``);
  }
}
