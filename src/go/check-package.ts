import type {
  ConstantDeclaration,
  FunctionDeclaration,
  GoFile,
  GoPackage,
  Initialiser,
  PackageVariable,
  TypeAlias,
  TypeDeclaration,
} from './ast.js';
import type { AttachedAnnotations } from './annotation.js';
import { declareConstants } from './check-constant.js';
import { declareName } from './check-declare.js';
import { checkBody, checkSignature, receiverBase } from './check-function.js';
import { checkImports } from './check-import.js';
import type { PackageResolver } from './check-import.js';
import { packageVariables } from './check-package-variable.js';
import type { Context } from './context.js';
import { declaredType } from './declared-type.js';
import type { DeclaredType, FunctionDraft, Method } from './declared-type.js';
import { declareType } from './declare-type.js';
import { initialisationOrder } from './initialisation.js';
import type { VariableGroup } from './initialisation.js';
import { lazy } from './lazy.js';
import { Scope } from './scope.js';
import type { Entity, FunctionEntity } from './scope.js';
import type { SyntaxNode, SyntaxTree } from './syntax.js';
import { underlying } from './type.js';
import { universe } from './universe.js';
import { checkValid } from './valid-type.js';

/** A file that parsed, with its annotations. */
export interface ParsedFile {
  readonly tree: SyntaxTree;
  readonly annotations: AttachedAnnotations;
}

/** The declarations of a package. */
export interface Declarations {
  readonly fileImports: readonly Pick<GoFile, 'imports' | 'packages'>[];
  /** Packages of the module and of the library that it imports. */
  readonly imports: readonly GoPackage[];
  readonly constants: readonly ConstantDeclaration[];
  readonly types: readonly TypeDeclaration[];
  readonly aliases: readonly TypeAlias[];
  readonly variables: readonly PackageVariable[];
  readonly initialisers: readonly Initialiser[];
  readonly functions: readonly FunctionDeclaration[];
  readonly genericFunctions: readonly FunctionDeclaration[];
  readonly genericTypes: readonly TypeDeclaration[];
  readonly initFunctions: readonly FunctionDeclaration[];
  /** What other packages see under a name. */
  readonly lookup: (name: string) => Entity | null;
}

type Resolver<T> = () => T | null;

/** Checks the declarations of all files together. What has an error is left out; the context has the reports. */
export function checkDeclarations(
  context: Context,
  files: readonly ParsedFile[],
  resolve: PackageResolver,
): Declarations {
  const collector = new Collector(context, new Scope(universe()));
  const imports = files.map(({ tree, annotations }) => {
    context.attach(annotations.attached);
    return collector.addFile(tree, resolve);
  });
  return {
    fileImports: imports.map(({ machines, packages }) => ({ imports: machines, packages })),
    imports: [...new Set(imports.flatMap(({ packages }) => [...packages.values()]))],
    ...collector.finish(imports),
  };
}

type FileImports = ReturnType<typeof checkImports>;

class Collector {
  private readonly constants: Resolver<ConstantDeclaration>[] = [];
  private readonly types: Resolver<DeclaredType>[] = [];
  private readonly typeNames = new Map<string, SyntaxNode>();
  private readonly variables: Resolver<PackageVariable>[] = [];
  private readonly groups: VariableGroup[] = [];
  private readonly functions: Resolver<FunctionDraft>[] = [];
  private readonly initFunctions: Resolver<FunctionDraft>[] = [];
  private readonly methods: { readonly node: SyntaxNode; readonly draft: Resolver<FunctionDraft> }[] = [];

  constructor(
    private readonly context: Context,
    private readonly scope: Scope,
  ) {}

  addFile(tree: SyntaxTree, resolve: PackageResolver): FileImports {
    const fileScope = new Scope(this.scope);
    const imports = checkImports(this.context, fileScope, tree.root, resolve);
    for (const node of tree.root.namedChildren) this.addDeclaration(fileScope, node);
    return imports;
  }

  private addDeclaration(fileScope: Scope, node: SyntaxNode): void {
    switch (node.type) {
      case 'const_declaration':
        for (const each of declareConstants(this.context, fileScope, node, false, this.scope)) {
          this.constants.push(each);
        }
        break;
      case 'type_declaration':
        for (const spec of node.namedChildren) {
          this.typeNames.set(spec.required('name').text, spec);
          const resolve = declareType(this.context, this.scope, fileScope, spec);
          if (resolve !== null) this.types.push(resolve);
        }
        break;
      case 'var_declaration':
        for (const spec of (node.ofType('var_spec_list') ?? node).namedChildren)
          this.addVariables(fileScope, spec);
        break;
      case 'function_declaration':
        this.addFunction(fileScope, node);
        break;
      case 'method_declaration':
        this.methods.push({ node, draft: this.draft(fileScope, node, this.functions) });
        break;
      default:
        break;
    }
  }

  private addVariables(fileScope: Scope, spec: SyntaxNode): void {
    const { context } = this;
    const checked = packageVariables(context, fileScope, spec);
    for (const group of checked.groups) this.groups.push(group);
    for (const [index, nameNode] of spec.all('name').entries()) {
      const group = checked.groups[index] ?? checked.groups[0];
      const resolve = (): PackageVariable | null => checked.variable(index);
      declareName(context, this.scope, nameNode, {
        kind: 'variable',
        resolve: () => {
          if (group !== undefined) context.dependencies.add(group);
          return resolve()?.variable ?? null;
        },
        used: true,
      });
      this.variables.push(resolve);
    }
  }

  private addFunction(fileScope: Scope, node: SyntaxNode): void {
    const { context } = this;
    const nameNode = node.required('name');
    const name = nameNode.text;
    if (name === 'init' || (name === 'main' && context.identity.name === 'main')) {
      checkPlainSignature(context, node);
    }
    if (name === 'init') {
      this.draft(fileScope, node, this.initFunctions);
      return;
    }
    const draft = this.draft(fileScope, node, this.functions);
    declareName(context, this.scope, nameNode, functionEntity(draft));
  }

  private draft(
    fileScope: Scope,
    node: SyntaxNode,
    list: Resolver<FunctionDraft>[],
  ): Resolver<FunctionDraft> {
    const { context } = this;
    const draft = lazy(
      () => checkSignature(context, fileScope, node),
      () => context.typeError(node.required('name'), 'the signature depends on itself'),
    );
    list.push(draft);
    return draft;
  }

  private aliases(): readonly TypeAlias[] {
    return [...this.typeNames].flatMap(([name, spec]) => {
      const entity = spec.type === 'type_alias' ? this.scope.own(name)?.entity : undefined;
      const type = entity?.kind === 'type' ? entity.resolve() : null;
      return type === null ? [] : [{ name, type, span: spec.span }];
    });
  }

  /** Gives each method to its type. */
  private attachMethods(): void {
    const { context } = this;
    for (const { node, draft } of this.methods) {
      const declared = this.receiverDeclaration(node);
      const nameNode = node.required('name');
      if (declared === null || nameNode.text === '_') continue;
      const method: Method = { name: nameNode.text, span: nameNode.span, resolve: draft };
      if (declared.methods.has(method.name)) {
        context.report('name', nameNode, `the method \`${declared.name}.${method.name}\` is declared twice`);
      }
      declared.methods.set(method.name, method);
    }
  }

  /** The declared type that a method belongs to; anything else is reported with the method's signature. */
  private receiverDeclaration(node: SyntaxNode): DeclaredType | null {
    const typeNode = node.required('receiver').namedChildren[0]?.child('type') ?? null;
    if (typeNode === null) return null;
    const { base } = receiverBase(typeNode);
    let name = base.type === 'generic_type' ? base.required('type').text : base.text;
    const seen = new Set<string>();
    for (let spec = this.typeNames.get(name); spec?.type === 'type_alias'; spec = this.typeNames.get(name)) {
      const { base: aliased } = receiverBase(spec.required('type'));
      seen.add(name);
      if (aliased.type !== 'type_identifier' || seen.has(aliased.text)) return null;
      name = aliased.text;
    }
    const entity = this.scope.own(name)?.entity;
    const type = entity?.kind === 'type' ? entity.resolve() : null;
    return type?.kind === 'named' ? declaredType(type) : null;
  }

  /** Resolves everything, then checks the bodies, then what is left over. */
  finish(imports: readonly FileImports[]): Omit<Declarations, 'fileImports' | 'imports'> {
    const { context } = this;
    this.attachMethods();
    const types = resolved(this.types);
    const valid = types.filter((type) => checkValid(context, type, type.span));
    const constants = resolved(this.constants);
    const variables = resolved(this.variables);
    const drafts = resolved(this.functions);
    const initDrafts = resolved(this.initFunctions);
    for (const type of valid) checkMethodNames(context, type);
    context.runDelayed();
    for (const draft of [...drafts, ...initDrafts]) checkBody(context, draft);
    context.runDelayed();
    const initialisers = initialisationOrder(context, this.groups);
    if (context.diagnostics.length === 0) {
      for (const each of imports) each.reportUnused();
    }
    context.reportUnclaimed();
    const plain = (draft: FunctionDraft): boolean => draft.typeParameters.length === 0;
    const declaration = (draft: FunctionDraft): FunctionDeclaration => draft.declaration;
    return {
      types: valid.filter((type) => type.typeParameters.length === 0),
      aliases: this.aliases(),
      constants,
      variables,
      initialisers,
      functions: drafts.filter(plain).map(declaration),
      genericFunctions: drafts.filter((draft) => !plain(draft)).map(declaration),
      genericTypes: valid.filter((type) => type.typeParameters.length > 0),
      initFunctions: initDrafts.map(declaration),
      lookup: (name) => this.scope.own(name)?.entity ?? null,
    };
  }
}

function resolved<T>(resolvers: readonly Resolver<T>[]): readonly T[] {
  return resolvers.map((resolve) => resolve()).filter((each) => each !== null);
}

function functionEntity(draft: Resolver<FunctionDraft>): FunctionEntity {
  return { kind: 'function', resolve: draft };
}

/** `init`, and `main` of a program, have no parameters and no results. */
function checkPlainSignature(context: Context, node: SyntaxNode): void {
  const isPlain =
    node.child('type_parameters') === null &&
    node.child('result') === null &&
    node.required('parameters').namedChildren.length === 0;
  if (isPlain) return;
  const nameNode = node.required('name');
  context.typeError(nameNode, `the function \`${nameNode.text}\` has no parameters and no results`);
}

function checkMethodNames(context: Context, type: DeclaredType): void {
  const struct = underlying(type.type);
  if (struct.kind !== 'struct') return;
  for (const field of struct.fields) {
    if (type.methods.has(field.name)) {
      context.report(
        'name',
        field.span,
        `\`${type.name}\` has a field and a method with the name \`${field.name}\``,
      );
    }
  }
}
