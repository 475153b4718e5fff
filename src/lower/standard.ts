import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LibraryPackage } from '../go/index.js';
import { toolFolder } from './tool-folder.js';

/** The tool's Go sources for packages of Go's library: a package in the folder of its import path. */
const FOLDER = 'library';

let paths: ReadonlySet<string> | null = null;

/** The import paths of the packages that the tool has sources for, sorted. */
export function standardPaths(): readonly string[] {
  return [...known()].sort();
}

/** The package of Go's library that an import path stands for; null: the tool has no sources for it. */
export function standardPackage(path: string): LibraryPackage | null {
  if (!known().has(path)) return null;
  return { kind: 'library', path, directory: join(toolFolder(FOLDER), ...path.split('/')) };
}

function known(): ReadonlySet<string> {
  paths ??= new Set(pathsBelow(toolFolder(FOLDER), ''));
  return paths;
}

function pathsBelow(directory: string, path: string): readonly string[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  const isPackage = entries.some((each) => each.isFile() && /(?<!_test)\.go$/.test(each.name));
  return [
    ...(isPackage && path !== '' ? [path] : []),
    ...entries
      .filter((each) => each.isDirectory())
      .flatMap(({ name }) => pathsBelow(join(directory, name), path === '' ? name : `${path}/${name}`)),
  ];
}
