import type { Expression, FunctionDeclaration, GoPackage, Initialiser } from '../go/index.js';

/** All code that may run: of a package and of those of its module that it imports. */
export interface Program {
  readonly functions: readonly FunctionDeclaration[];
  readonly initialisers: readonly Initialiser[];
}

/**
 * The packages of the module that a package needs, directly or not, in Go's order: of those for which all that they import themselves is there, the one with
 * the first import path.
 */
export function importedPackages(goPackage: GoPackage): readonly GoPackage[] {
  const waiting = [...neededPackages(goPackage)].toSorted((left, right) =>
    left.importPath < right.importPath ? -1 : 1,
  );
  const order: GoPackage[] = [];
  const isReady = (each: GoPackage): boolean => each.imports.every((imported) => order.includes(imported));
  for (let next = waiting.find(isReady); next !== undefined; next = waiting.find(isReady)) {
    waiting.splice(waiting.indexOf(next), 1);
    order.push(next);
  }
  return order;
}

/** The packages of the module that a package needs, directly or not. */
export function neededPackages(goPackage: GoPackage): ReadonlySet<GoPackage> {
  const found = new Set<GoPackage>();
  const visit = (each: GoPackage): void => {
    for (const imported of each.imports) {
      if (found.has(imported)) continue;
      found.add(imported);
      visit(imported);
    }
  };
  visit(goPackage);
  return found;
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
