import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The Go module that a folder belongs to. */
export interface GoModule {
  /** Its path, as `go.mod` says: the import path of the folder that `go.mod` is in. */
  readonly path: string;
  readonly directory: string;
  /** The minor version of the language: 22 for `go 1.22`. */
  readonly goVersion: number;
}

/** The language version of code without a `go.mod`: the newest that is supported. */
export const NEWEST_GO = 26;
/** What Go assumes of a `go.mod` that does not say. */
const UNSTATED_GO = 16;

/** Finds the module of a folder: the nearest `go.mod` at or above it. */
export function findModule(folder: string): GoModule | null {
  let directory = resolve(folder);
  while (!existsSync(join(directory, 'go.mod'))) {
    const parent = dirname(directory);
    if (parent === directory) return null;
    directory = parent;
  }
  const text = readFileSync(join(directory, 'go.mod'), 'utf8').replace(/\/\/.*$/gm, '');
  const path = /^\s*module\s+"?([^\s"]+)"?/m.exec(text)?.[1];
  if (path === undefined) return null;
  const version = /^\s*go\s+1\.(\d+)/m.exec(text)?.[1];
  return { path, directory, goVersion: version === undefined ? UNSTATED_GO : Number(version) };
}

/** The folder of a package of the module, or null if the path is not one of the module's. */
export function packageDirectory(module: GoModule, path: string): string | null {
  if (path === module.path) return module.directory;
  if (!path.startsWith(`${module.path}/`)) return null;
  const rest = path.slice(module.path.length + 1).split('/');
  if (rest.some((part) => part === '' || part === '.' || part === '..')) return null;
  const directory = join(module.directory, ...rest);
  return existsSync(directory) ? directory : null;
}

/** The import path of a folder of the module. */
export function importPathOf(module: GoModule, folder: string): string {
  const inside = resolve(folder).slice(module.directory.length + 1);
  return inside === '' ? module.path : `${module.path}/${inside.replaceAll('\\', '/')}`;
}

/** Whether a package may import another one of the module: what is in a folder `internal` is for the folder that this is in, and for those below. */
export function mayImport(importer: string, path: string): boolean {
  const parts = path.split('/');
  const last = parts.lastIndexOf('internal');
  if (last < 0) return true;
  const parent = parts.slice(0, last).join('/');
  return parent === '' || importer === parent || importer.startsWith(`${parent}/`);
}
