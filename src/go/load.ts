import { displayPath } from '../base/display-path.js';
import { failure, success } from '../base/diagnostic.js';
import type { Diagnostic, Result } from '../base/diagnostic.js';
import { attachAnnotations } from './annotation.js';
import type { GoFile, GoPackage } from './ast.js';
import { checkExpression, checkOperand } from './check-expression.js';
import { checkClosure } from './check-function.js';
import { importPath, importSpecs } from './check-import.js';
import type { PackageResolver } from './check-import.js';
import { checkDeclarations } from './check-package.js';
import type { Declarations, ParsedFile } from './check-package.js';
import { checkBlock } from './check-statement.js';
import { checkAnyType, checkType } from './check-type.js';
import { Context } from './context.js';
import type { Rules } from './context.js';
import { checkSyntax } from './guards.js';
import type { CheckedPackage, ImportResolver } from './import.js';
import { Instances } from './instances.js';
import { MethodSets } from './method-sets.js';
import { usesInModule } from './module-uses.js';
import { NEWEST_GO, findModule, importPathOf, mayImport, packageDirectory } from './go-module.js';
import type { GoModule } from './go-module.js';
import { readPackageSources, unusableText } from './read.js';
import type { GoSource } from './read.js';
import { refuse } from './refusals.js';
import { SourceText } from './source-text.js';
import { GoParser } from './syntax.js';
import type { SyntaxNode, SyntaxTree } from './syntax.js';

const RULES: Rules = {
  operand: checkOperand,
  expression: checkExpression,
  type: checkType,
  anyType: checkAnyType,
  block: checkBlock,
  closure: checkClosure,
};

/**
 * Parses and type-checks a package of Go source files, with the packages of its module that it imports.
 *
 * `path` names the package in messages and in the result, and is the folder to find its module from; `sources` are the files of the package
 * (see `readPackageSources`); `resolve` says what an import path means that is none of the module's. Accepts only what the Go compiler
 * accepts, and of that only the subset; a construct outside of it is refused by name (code `unsupported`). Other codes: `file`, `syntax`,
 * `type`, `name`, `annotation`.
 */
export async function loadPackage(
  path: string,
  sources: readonly GoSource[],
  resolve: ImportResolver,
): Promise<Result<GoPackage>> {
  const parser = await GoParser.create();
  try {
    const module = findModule(path);
    const loader = new Loader(parser, resolve, module);
    const identity = module === null ? path : importPathOf(module, path);
    const loaded = loader.check({ path, identity, isLibrary: false }, sources);
    if (!loaded.ok) return loaded;
    const goPackage = loaded.value.package;
    const needed = loader.needed();
    // Without variables there is nothing that anybody could change.
    const hasState = [...needed].some(({ variables, isLibrary }) => variables.length > 0 && !isLibrary);
    if (module === null || !hasState) return success(goPackage);
    return success({ ...goPackage, uses: usesInModule(parser, module, needed, goPackage) });
  } finally {
    parser.dispose();
  }
}

/** A package to be checked: the folder in messages, its import path, and whose code it is. */
interface PackageSource {
  readonly path: string;
  readonly identity: string;
  readonly isLibrary: boolean;
}

/** Loads a package and what it imports of its module and of the library, each once. */
class Loader {
  private readonly known = new Map<string, CheckedPackage | null>();
  private readonly active: string[] = [];
  private readonly instances = new Instances();
  private readonly methodSets = new MethodSets(this.instances);

  constructor(
    private readonly parser: GoParser,
    private readonly resolve: ImportResolver,
    private readonly module: GoModule | null,
  ) {}

  check(source: PackageSource, sources: readonly GoSource[]): Result<CheckedPackage> {
    const { path, identity, isLibrary } = source;
    if (sources.length === 0) return failure({ code: 'file', message: `there are no Go files in ${path}` });
    const diagnostics: Diagnostic[] = [];
    const sorted = sources.toSorted((left, right) => (left.path < right.path ? -1 : 1));
    const files = sorted
      .map((source) => parseFile(this.parser, source, diagnostics))
      .filter((file) => file !== null);
    const name = packageName(files, diagnostics);
    if (name === null || diagnostics.length > 0) return failed(diagnostics);
    this.active.push(identity);
    for (const { tree } of files) {
      for (const spec of importSpecs(tree.root)) this.loadImport(spec, diagnostics);
    }
    this.active.pop();
    if (diagnostics.length > 0) return failed(inOrder(diagnostics));
    const goVersion = isLibrary ? NEWEST_GO : (this.module?.goVersion ?? NEWEST_GO);
    const context = new Context(
      RULES,
      { path: identity, name, goVersion, isLibrary },
      this.instances,
      (imported) => this.known.get(imported) ?? null,
    );
    const declarations = checkDeclarations(context, files, (imported) => this.imported(imported));
    if (context.diagnostics.length > 0) return failed(inOrder(context.diagnostics));
    return this.finish(source, name, files, declarations);
  }

  private finish(
    { path, identity, isLibrary }: PackageSource,
    name: string,
    files: readonly ParsedFile[],
    declarations: Declarations,
  ): Result<CheckedPackage> {
    const { instances } = this;
    const [types, functions] = [instances.completedTypes.length, instances.completedFunctions.length];
    if (!instances.complete()) {
      const message = 'the generic functions of this package have instances without end';
      return failure({ code: 'type', message, ...fileSpan(files) });
    }
    const checked = assemble({ path, importPath: identity, name, isLibrary }, files, declarations, {
      types: types === 0 ? instances.completedTypes : instances.completedTypes.slice(types),
      functions: instances.completedFunctions.slice(functions),
      methodSets: this.methodSets,
    });
    const { lookup } = declarations;
    return success({ kind: 'package', path: identity, name, package: checked, lookup });
  }

  /** The packages of the module that have been imported. */
  needed(): ReadonlySet<GoPackage> {
    return new Set([...this.known.values()].flatMap((each) => (each === null ? [] : [each.package])));
  }

  private imported(path: string): ReturnType<PackageResolver> {
    const known = this.known.get(path);
    if (known !== undefined && known !== null) return known;
    const resolved = this.resolve(path);
    return resolved?.kind === 'library' ? null : resolved;
  }

  /** Checks a package of the module or of the library that a file imports. */
  private loadImport(spec: SyntaxNode, diagnostics: Diagnostic[]): void {
    const path = importPath(spec);
    if (this.known.has(path)) return;
    const found = this.folderOf(path);
    if (found === null) return;
    const report = (message: string): void => {
      diagnostics.push({ code: 'name', message, span: spec.span });
    };
    if (this.active.includes(path)) {
      report(`the packages ${[...this.active, path].join(' and ')} import each other`);
      return;
    }
    if (!found.isLibrary && !mayImport(this.active.at(-1) ?? '', path)) {
      report(`the package \`${path}\` is internal and cannot be imported here`);
      return;
    }
    const sources = readPackageSources(found.path);
    const checked = sources.ok ? this.check(found, sources.value) : sources;
    if (!checked.ok) {
      for (const each of checked.diagnostics) diagnostics.push(each);
      return;
    }
    if (checked.value.name === 'main') report(`the package \`${path}\` is a program and cannot be imported`);
    this.known.set(path, checked.value);
  }

  /** The folder that a path stands for; null: it is none of the library and none of the module. */
  private folderOf(path: string): PackageSource | null {
    const resolved = this.resolve(path);
    if (resolved?.kind === 'library') return { path: resolved.directory, identity: path, isLibrary: true };
    if (resolved !== null || this.module === null) return null;
    const directory = packageDirectory(this.module, path);
    return directory === null ? null : { path: displayPath(directory), identity: path, isLibrary: false };
  }
}

function fileSpan(files: readonly ParsedFile[]): Pick<Diagnostic, 'span'> {
  const root = files[0]?.tree.root;
  return root === undefined ? {} : { span: root.source.span(0, 0) };
}

function parseFile(parser: GoParser, source: GoSource, diagnostics: Diagnostic[]): ParsedFile | null {
  const problem = unusableText(source.text);
  if (problem !== null) {
    diagnostics.push({ code: 'file', message: `${source.path}: ${problem}` });
    return null;
  }
  const tree = parser.parse(new SourceText(source.path, source.text));
  if ('code' in tree) {
    diagnostics.push(tree);
    return null;
  }
  const syntaxErrors = checkSyntax(tree);
  if (syntaxErrors.length > 0) {
    for (const each of syntaxErrors) diagnostics.push(each);
    return null;
  }
  refuseDirectives(tree, diagnostics);
  return { tree, annotations: attachAnnotations(tree, diagnostics) };
}

/** Directives change what is compiled; those that only guide the optimiser or other tools do not. */
const DIRECTIVE = /^\/\/(go:(?!(?:generate|noinline|nosplit|norace|noescape)\b)\w+|export\s| ?\+build\b)/;

function refuseDirectives({ source, comments }: SyntaxTree, diagnostics: Diagnostic[]): void {
  for (const comment of comments) {
    if (DIRECTIVE.test(comment.text)) {
      diagnostics.push(refuse('compilerDirective', source.span(comment.start, comment.end)));
    }
  }
}

function packageName(files: readonly ParsedFile[], diagnostics: Diagnostic[]): string | null {
  let name: string | null = null;
  for (const { tree } of files) {
    const node = tree.root.ofType('package_clause')?.namedChildren[0];
    if (node === undefined) continue;
    if (node.text === '_') {
      diagnostics.push({ code: 'syntax', message: 'a package cannot have the name `_`', span: node.span });
    } else if (name !== null && name !== node.text) {
      diagnostics.push({
        code: 'name',
        message: `this file is of package \`${node.text}\` but another one in the folder is of package \`${name}\``,
        span: node.span,
        hint: 'Keep the files of one package in a folder.',
      });
    }
    name ??= node.text;
  }
  return name;
}

const MOST_REPORTS = 100;

/** The reports, the first of them if there are very many. */
function failed(diagnostics: readonly Diagnostic[]): Result<never> {
  const rest = diagnostics.length - MOST_REPORTS;
  const last = diagnostics[MOST_REPORTS];
  if (rest <= 0 || last === undefined) return failure(...diagnostics);
  const more: Diagnostic = { ...last, message: `${last.message} (and ${rest - 1} more errors)` };
  return failure(...diagnostics.slice(0, MOST_REPORTS), more);
}

/** By position; a report that is made twice is given once. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ span }: Diagnostic): string => span?.file ?? '';
  const sorted = diagnostics.toSorted((left, right) => {
    if (key(left) !== key(right)) return key(left) < key(right) ? -1 : 1;
    return (left.span?.start.offset ?? 0) - (right.span?.start.offset ?? 0);
  });
  return sorted.filter((each, index) => {
    const before = sorted[index - 1];
    return before?.message !== each.message || before.span?.start.offset !== each.span?.start.offset;
  });
}

function assemble(
  named: Pick<GoPackage, 'path' | 'importPath' | 'name' | 'isLibrary'>,
  files: readonly ParsedFile[],
  declarations: Declarations,
  instances: Pick<GoPackage, 'types' | 'functions' | 'methodSets'>,
): GoPackage {
  return {
    ...named,
    files: files.map((file, index) => ({ ...describeFile(file), ...importsOf(declarations, index) })),
    constants: declarations.constants,
    aliases: declarations.aliases,
    variables: declarations.variables,
    initialisers: declarations.initialisers,
    genericFunctions: declarations.genericFunctions,
    genericTypes: declarations.genericTypes,
    initFunctions: declarations.initFunctions,
    imports: declarations.imports,
    types: [...declarations.types, ...instances.types],
    functions: [...declarations.functions, ...instances.functions],
    methodSets: instances.methodSets,
    uses: [],
    annotations: files.flatMap((file) => file.annotations.free),
  };
}

function importsOf({ fileImports }: Declarations, file: number): Pick<GoFile, 'imports' | 'packages'> {
  return fileImports[file] ?? { imports: new Map(), packages: new Map() };
}

function describeFile({ tree, annotations }: ParsedFile): Omit<GoFile, 'imports' | 'packages'> {
  const { source } = tree;
  const lines = new Set<number>();
  for (const token of tree.tokens) {
    const last = source.lineAt(Math.max(token.start, token.end - 1));
    for (let line = source.lineAt(token.start); line <= last; line++) lines.add(line);
  }
  return {
    path: source.path,
    text: source.text,
    annotations: [...annotations.free, ...[...annotations.attached.values()].flat()],
    annotationLines: annotations.lines,
    goLines: lines.size,
  };
}
