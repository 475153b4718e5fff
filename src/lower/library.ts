import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, Result } from '../base/diagnostic.js';
import { failure } from '../base/diagnostic.js';
import type { LayerDeclaration, LayerLibrary } from '../layer/index.js';
import { createLibrary, parseLayerFile } from '../layer/index.js';

const LARGEST_FILE = 1024 * 1024;

/**
 * Reads the layer files below the folders `deep` and directly in the folders `flat`. A folder of `deep` that cannot be read, and a
 * file that is not text, fail with code `file`.
 */
export function readLibrary(deep: readonly string[], flat: readonly string[]): Result<LayerLibrary> {
  const diagnostics: Diagnostic[] = [];
  const files = [
    ...deep.flatMap((directory) => layerFiles(directory, true, diagnostics)),
    ...flat.flatMap((directory) => layerFiles(directory, false, diagnostics)),
  ];
  const layers: LayerDeclaration[] = [];
  for (const file of new Set(files)) {
    const text = readLayerFile(file, diagnostics);
    if (text === null) continue;
    const parsed = parseLayerFile(file, text);
    if (parsed.ok) layers.push(...parsed.value);
    else diagnostics.push(...parsed.diagnostics);
  }
  return diagnostics.length > 0 ? failure(...diagnostics) : createLibrary(layers);
}

function layerFiles(directory: string, isDeep: boolean, diagnostics: Diagnostic[]): readonly string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    const sorted = entries.toSorted((left, right) => (left.name < right.name ? -1 : 1));
    return sorted.flatMap((entry): readonly string[] => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return isDeep ? layerFiles(path, true, diagnostics) : [];
      return entry.name.endsWith('.layer') ? [path] : [];
    });
  } catch (error) {
    const message = `cannot read the folder ${directory}: ${reason(error)}`;
    diagnostics.push({ code: 'file', message });
    return [];
  }
}

function readLayerFile(file: string, diagnostics: Diagnostic[]): string | null {
  const refuse = (message: string): null => {
    diagnostics.push({ code: 'file', message: `${file}: ${message}` });
    return null;
  };
  try {
    if (statSync(file).size > LARGEST_FILE) return refuse('the layer file is too large');
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(readFileSync(file));
    return text.includes('\0') ? refuse('the layer file is not text') : text;
  } catch (error) {
    return refuse(error instanceof TypeError ? 'the layer file is not UTF-8 text' : reason(error));
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
