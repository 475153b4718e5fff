import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LibraryPackage } from '../go/index.js';
import { toolFolder } from './tool-folder.js';

/** The tool's Go sources for packages of Go's library: a package in the folder of its import path. */
const FOLDER = 'library';

/** A package beside those of machine layers, whose code the tool reads as it is. */
const MACHINE = { path: 'armada/machine/machine', folder: 'machine/machine' };

let paths: ReadonlySet<string> | null = null;

/** The import paths of the packages of Go's library that the tool has sources for, sorted. */
export function standardPaths(): readonly string[] {
  return [...known()].sort();
}

/** The package of Go's library, or of the machine's, that an import path stands for; null: the tool has no sources for it. */
export function standardPackage(path: string): LibraryPackage | null {
  if (path === MACHINE.path) return { kind: 'library', path, directory: toolFolder(MACHINE.folder) };
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
