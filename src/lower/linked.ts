import type { Span } from '../base/source.js';
import type { FunctionDeclaration, GoFile, GoPackage, PackageVariable, Variable } from '../go/index.js';
import { importedPackages } from './program.js';

/** The packages that a system is made of, and the names that what they declare has in it. */
export class Linked {
  /** Each behind those that it imports, in the order in which Go initialises them; the last is {@link main}. */
  readonly packages: readonly GoPackage[];
  /** Imported packages that refine a specification of their own: their annotations are about another system. */
  readonly separate: readonly GoPackage[];
  /** What is carried of Go's library; it has no state. */
  readonly library: readonly GoPackage[];
  private readonly files = new Map<string, { readonly file: GoFile; readonly goPackage: GoPackage }>();
  private readonly qualifiers = new Map<GoPackage, string>();

  /**
   * @param main the package that is verified
   * @param refines whether a package says what it refines
   */
  constructor(
    readonly main: GoPackage,
    refines: (goPackage: GoPackage) => boolean,
  ) {
    const imported = importedPackages(main);
    this.library = imported.filter(({ isLibrary }) => isLibrary);
    const written = imported.filter(({ isLibrary }) => !isLibrary);
    this.packages = [...written.filter((each) => !refines(each)), main];
    this.separate = written.filter((each) => !this.packages.includes(each));
    for (const goPackage of [...imported, main]) {
      for (const file of goPackage.files) this.files.set(file.path, { file, goPackage });
    }
    const taken = [
      ...this.all.map(({ name }) => name),
      ...main.variables.map(({ variable }) => variable.name),
    ];
    const paths = imported.map(({ importPath }) => importPath);
    for (const each of imported) this.qualifiers.set(each, qualifierOf(each, taken, paths));
  }

  /** Also those that refine a specification of their own, and those of the library. */
  get all(): readonly GoPackage[] {
    return [...this.library, ...this.separate, ...this.packages];
  }

  get variables(): readonly PackageVariable[] {
    return this.packages.flatMap(({ variables }) => variables);
  }

  /** Functions that are written in the package that is verified, its instances of generic functions of others left out. */
  get ownFunctions(): readonly FunctionDeclaration[] {
    return this.main.functions.filter(({ nameSpan }) => this.isOwn(nameSpan));
  }

  /** Those that are written in imported packages, their instances among them. */
  get importedFunctions(): readonly FunctionDeclaration[] {
    const imported = this.packages.flatMap(({ functions, genericFunctions }) => [
      ...functions,
      ...genericFunctions,
    ]);
    return imported.filter(({ nameSpan }) => !this.isOwn(nameSpan));
  }

  /** Whether something is written in the package that is verified. */
  isOwn({ file }: Span): boolean {
    return this.at(file) === this.main;
  }

  /** Whether all code that can use the packages is known: nobody imports a program. */
  get isClosed(): boolean {
    return this.main.name === 'main';
  }

  /** The package that a file belongs to. */
  at(file: string): GoPackage {
    return this.files.get(file)?.goPackage ?? this.main;
  }

  /** The packages that a file imports, by the names that it gives them. */
  importsOf(file: string): ReadonlyMap<string, GoPackage> {
    return this.files.get(file)?.file.packages ?? new Map<string, GoPackage>();
  }

  fileAt(path: string): GoFile | null {
    return this.files.get(path)?.file ?? null;
  }

  /** What stands before the names of a package's declarations: nothing for the package that is verified. */
  qualifier(goPackage: GoPackage): string {
    return this.qualifiers.get(goPackage) ?? '';
  }

  /** `total`, and in an imported package `wal.total`. */
  nameOf({ name, span }: Pick<Variable, 'name' | 'span'>): string {
    return `${this.qualifier(this.at(span.file))}${name}`;
  }

  /** `Append`, and in an imported package `wal.Append`. */
  functionName({ fullName, nameSpan }: FunctionDeclaration): string {
    return `${this.qualifier(this.at(nameSpan.file))}${fullName}`;
  }

  /** What something that was declared there is called in its own package. */
  ownName({ name, span }: { readonly name: string; readonly span: Span }): string {
    return name.slice(this.qualifier(this.at(span.file)).length);
  }

  /** What a name that is written in a file stands for: one of the file's own package, or of one that the file imports. */
  resolve(name: string, file: string): string {
    const dot = name.indexOf('.');
    const imported = dot < 0 ? undefined : this.importsOf(file).get(name.slice(0, dot));
    return imported === undefined
      ? `${this.qualifier(this.at(file))}${name}`
      : `${this.qualifier(imported)}${name.slice(dot + 1)}`;
  }
}

/** The package's name, as in Go, or so much of its path that it can be nothing else. */
function qualifierOf(
  { name, importPath }: GoPackage,
  taken: readonly string[],
  paths: readonly string[],
): string {
  if (name !== 'spec' && taken.filter((each) => each === name).length === 1) return `${name}.`;
  const parts = importPath.split('/');
  for (let start = parts.length - 2; start >= 0; start--) {
    const end = parts.slice(start).join('/');
    if (paths.filter((each) => each === end || each.endsWith(`/${end}`)).length === 1) return `${end}.`;
  }
  return `"${importPath}".`;
}
