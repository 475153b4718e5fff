import type {
  Annotation,
  ConstantDeclaration,
  FunctionDeclaration,
  GoFile,
  PackageVariable,
  TypeDeclaration,
} from './ast.js';
import type { Expression } from './expression.js';
import type { AttachedAnnotations } from './annotation.js';
import { checkValues, declareName, fitValues, isVariableType } from './check-assignment.js';
import { declareConstants } from './check-constant.js';
import { checkBody, checkSignature } from './check-function.js';
import type { FunctionDraft } from './check-function.js';
import { checkImports } from './check-import.js';
import type { Context } from './context.js';
import type { ImportResolver } from './import.js';
import { lazy } from './lazy.js';
import { Scope } from './scope.js';
import type { Entity } from './scope.js';
import type { SyntaxNode, SyntaxTree } from './syntax.js';
import { underlying } from './type.js';
import type { GoType, NamedType } from './type.js';
import { universe } from './universe.js';

/** A file that parsed, with its annotations. */
export interface ParsedFile {
  readonly tree: SyntaxTree;
  readonly annotations: AttachedAnnotations;
}

/** The declarations of a package. */
export interface Declarations {
  readonly imports: readonly GoFile['imports'][];
  readonly constants: readonly ConstantDeclaration[];
  readonly types: readonly TypeDeclaration[];
  readonly variables: readonly PackageVariable[];
  readonly functions: readonly FunctionDeclaration[];
}

type Resolver<T> = () => T | null;

/** Checks the declarations of all files together. What has an error is left out; the context has the reports. */
export function checkDeclarations(
  context: Context,
  files: readonly ParsedFile[],
  resolve: ImportResolver,
): Declarations {
  const collector = new Collector(context, new Scope(universe()));
  const imports = files.map(({ tree, annotations }) => {
    context.attach(annotations.attached);
    return collector.addFile(tree, resolve);
  });
  return { imports: imports.map((each) => each.machines), ...collector.finish(imports) };
}

type FileImports = ReturnType<typeof checkImports>;

class Collector {
  private readonly constants: Resolver<ConstantDeclaration>[] = [];
  private readonly types: Resolver<GoType>[] = [];
  private readonly variables: Resolver<PackageVariable>[] = [];
  private readonly functions: Resolver<FunctionDraft>[] = [];

  constructor(
    private readonly context: Context,
    private readonly scope: Scope,
  ) {}

  addFile(tree: SyntaxTree, resolve: ImportResolver): FileImports {
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
        for (const spec of node.namedChildren) this.addType(fileScope, spec);
        break;
      case 'var_declaration':
        for (const spec of (node.ofType('var_spec_list') ?? node).namedChildren)
          this.addVariables(fileScope, spec);
        break;
      case 'function_declaration':
        this.addFunction(fileScope, node);
        break;
      case 'method_declaration':
        this.addMethod(fileScope, node);
        break;
      default:
        break;
    }
  }

  private addType(fileScope: Scope, spec: SyntaxNode): void {
    const { context } = this;
    if (spec.type !== 'type_spec') {
      context.refuseSyntax(spec);
      return;
    }
    const typeParameters = spec.child('type_parameters');
    if (typeParameters !== null) {
      context.refuse('generic', typeParameters);
      return;
    }
    const nameNode = spec.required('name');
    const annotations = context.annotationsOf(spec);
    const resolve = lazy<GoType>(
      () => namedType(context, fileScope, spec, nameNode, annotations),
      () => context.typeError(nameNode, `the type \`${nameNode.text}\` contains itself`),
    );
    declareName(context, this.scope, nameNode, { kind: 'type', resolve });
    this.types.push(resolve);
  }

  private addVariables(fileScope: Scope, spec: SyntaxNode): void {
    const { context } = this;
    const nameNodes = spec.all('name');
    const annotations = context.annotationsOf(spec);
    const declare = lazy(
      () => packageVariables(context, fileScope, spec, nameNodes, annotations),
      () => context.typeError(spec, `the variable \`${nameNodes[0]?.text ?? ''}\` depends on itself`),
    );
    for (const [index, nameNode] of nameNodes.entries()) {
      const resolve = (): PackageVariable | null => declare()?.[index] ?? null;
      declareName(context, this.scope, nameNode, {
        kind: 'variable',
        resolve: () => resolve()?.variable ?? null,
        used: true,
      });
      this.variables.push(resolve);
    }
  }

  private addFunction(fileScope: Scope, node: SyntaxNode): void {
    const { context } = this;
    const nameNode = node.required('name');
    if (nameNode.text === 'init') {
      context.refuse('initFunction', nameNode);
      return;
    }
    const draft = this.draft(fileScope, node);
    declareName(context, this.scope, nameNode, functionEntity(draft));
  }

  private draft(fileScope: Scope, node: SyntaxNode): Resolver<FunctionDraft> {
    const { context } = this;
    const draft = lazy(
      () => checkSignature(context, fileScope, node),
      () => context.typeError(node.required('name'), 'the signature depends on itself'),
    );
    this.functions.push(draft);
    return draft;
  }

  private addMethod(fileScope: Scope, node: SyntaxNode): void {
    const { context } = this;
    const draft = this.draft(fileScope, node);
    const typeName = receiverTypeName(node);
    if (typeName === null) return;
    const nameNode = node.required('name');
    const methods = context.methods.get(typeName) ?? new Map<string, Extract<Entity, { kind: 'function' }>>();
    context.methods.set(typeName, methods);
    if (nameNode.text === '_') return;
    if (methods.has(nameNode.text)) {
      context.report('name', nameNode, `the method \`${typeName}.${nameNode.text}\` is declared twice`);
    }
    methods.set(nameNode.text, functionEntity(draft));
  }

  /** Resolves everything, then checks the bodies, then what is left over. */
  finish(imports: readonly FileImports[]): Omit<Declarations, 'imports'> {
    const { context } = this;
    const types = resolved(this.types).filter((type) => type.kind === 'named');
    const constants = resolved(this.constants);
    const variables = resolved(this.variables);
    const drafts = resolved(this.functions);
    for (const type of types) checkMethodNames(context, type);
    for (const draft of drafts) checkBody(context, draft);
    if (context.diagnostics.length === 0) {
      for (const each of imports) each.reportUnused();
    }
    context.reportUnclaimed();
    const functions = drafts.map((draft) => draft.declaration);
    return { types: types.map((type) => type.declaration), constants, variables, functions };
  }
}

function resolved<T>(resolvers: readonly Resolver<T>[]): readonly T[] {
  return resolvers.map((resolve) => resolve()).filter((each) => each !== null);
}

function functionEntity(draft: Resolver<FunctionDraft>): Extract<Entity, { kind: 'function' }> {
  return { kind: 'function', resolve: () => draft()?.declaration ?? null };
}

function namedType(
  context: Context,
  scope: Scope,
  spec: SyntaxNode,
  nameNode: SyntaxNode,
  annotations: readonly Annotation[],
): NamedType | null {
  const definition = context.rules.type(context, scope, spec.required('type'));
  if (definition === null) return null;
  const name = nameNode.text;
  const declaration = {
    name,
    definition,
    underlying: underlying(definition),
    local: false,
    packagePath: null,
    packageName: null,
    typeParameters: [],
    typeArguments: [],
    origin: null,
    annotations,
    span: spec.span,
  };
  const type: { kind: 'named'; name: string; declaration: TypeDeclaration } = {
    kind: 'named',
    name,
    get declaration() {
      return complete;
    },
  };
  const complete: TypeDeclaration = { ...declaration, type };
  return type;
}

/** The name of the type that a method is declared on. */
function receiverTypeName(node: SyntaxNode): string | null {
  const typeNode = node.required('receiver').namedChildren[0]?.child('type') ?? null;
  const base = typeNode?.type === 'pointer_type' ? typeNode.namedChildren[0] : typeNode;
  return base?.type === 'type_identifier' ? base.text : null;
}

function checkMethodNames(context: Context, type: NamedType): void {
  const struct = underlying(type);
  if (struct.kind !== 'struct') return;
  const methods = context.methods.get(type.name);
  for (const field of struct.fields) {
    if (methods?.has(field.name) === true) {
      context.report(
        'name',
        field.span,
        `\`${type.name}\` has a field and a method with the name \`${field.name}\``,
      );
    }
  }
}

function packageVariables(
  context: Context,
  scope: Scope,
  spec: SyntaxNode,
  nameNodes: readonly SyntaxNode[],
  annotations: readonly Annotation[],
): readonly PackageVariable[] | null {
  const typeNode = spec.child('type');
  const type = typeNode === null ? null : context.rules.type(context, scope, typeNode);
  if (typeNode !== null && type === null) return null;
  const valueNode = spec.child('value');
  const values =
    valueNode === null ? null : checkValues(context, scope, valueNode.namedChildren, nameNodes.length, spec);
  const fitted =
    values === null
      ? null
      : fitValues(
          context,
          values,
          nameNodes.map(() => type),
          spec,
        );
  if (valueNode !== null && fitted === null) return null;
  if (valueNode !== null && !(fitted?.expressions.every(isStatic) ?? false)) {
    return context.refuse('packageInitialiser', valueNode);
  }
  const variables: PackageVariable[] = [];
  for (const [index, nameNode] of nameNodes.entries()) {
    const variableType = fitted?.types[index] ?? type;
    if (variableType === null || !isVariableType(context, nameNode, variableType)) return null;
    variables.push({
      variable: context.newVariable(nameNode.text, variableType, 'package', nameNode.span),
      initialiser: fitted?.expressions[index] ?? null,
      annotations,
      span: spec.span,
    });
  }
  return variables;
}

/** Needs no code to run: a constant, or a literal made of such. */
function isStatic(expression: Expression): boolean {
  if (expression.constant !== undefined) return true;
  return expression.kind === 'composite' && expression.elements.every((element) => isStatic(element.value));
}
