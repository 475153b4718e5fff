import type { Expression, FunctionDeclaration, GoPackage, Initialiser } from '../go/index.js';

/** All code that may run: of a package and of those of its module that it imports. */
export interface Program {
  readonly functions: readonly FunctionDeclaration[];
  readonly initialisers: readonly Initialiser[];
}

/** The packages of the module that a package needs, directly or not, each after those that it imports itself. */
export function importedPackages(goPackage: GoPackage): readonly GoPackage[] {
  const found = new Set<GoPackage>();
  const visit = (each: GoPackage): void => {
    for (const imported of each.imports) {
      if (found.has(imported)) continue;
      visit(imported);
      found.add(imported);
    }
  };
  visit(goPackage);
  return [...found];
}

export function programOf(goPackage: GoPackage): Program {
  const packages = [...importedPackages(goPackage), goPackage];
  return {
    functions: packages.flatMap((each) => [...each.functions, ...each.initFunctions]),
    initialisers: packages.flatMap((each) => each.initialisers),
  };
}

/** Values that are evaluated before any function runs. */
export function initialValues(program: Program): readonly Expression[] {
  return program.initialisers.map(({ value }) => value);
}
