import type { Result } from '../base/diagnostic.js';
import type { System } from '../ir/index.js';
import { loadPackage, readPackageSources } from '../go/index.js';
import type { LayerLibrary } from '../layer/index.js';
import { readLibrary } from './library.js';
import { importResolver } from './machine.js';
import { lowerPackage } from './package.js';
import { toolFolder } from './tool-folder.js';

export interface LoadOptions {
  /** Folders searched for `*.layer`, in addition to the package's own; the tool's `specs` by default. */
  readonly layerPaths?: readonly string[];
}

/**
 * Reads the annotated Go package in a folder, with the layers that it names, and lowers it. Fails with whatever any
 * stage finds wrong.
 */
export async function loadSystem(directory: string, options: LoadOptions = {}): Promise<Result<System>> {
  const sources = readPackageSources(directory);
  if (!sources.ok) return sources;
  const library = loadLibrary([...(options.layerPaths ?? [defaultLayerPath()]), directory]);
  if (!library.ok) return library;
  const goPackage = await loadPackage(directory, sources.value, importResolver(library.value));
  if (!goPackage.ok) return goPackage;
  return lowerPackage(goPackage.value, library.value);
}

/** The layers in the folders: all `*.layer` files below the first ones, and those directly in the last, the package's own. */
function loadLibrary(paths: readonly string[]): Result<LayerLibrary> {
  const own = paths.at(-1);
  return readLibrary(paths.slice(0, -1), own === undefined ? [] : [own]);
}

/** The tool's own layer files. */
export function defaultLayerPath(): string {
  return toolFolder('specs');
}
