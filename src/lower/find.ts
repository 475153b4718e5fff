import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic, Result } from '../base/diagnostic.js';
import { failure, success } from '../base/diagnostic.js';
import { isUtf16 } from '../base/utf16.js';

const REFINES = /^[ \t]*\/\/ ?@[ \t]*refines\b/m;
/** Annotations of this tool: other tools write `// @Summary` and the like. */
const ANNOTATED =
  /^[ \t]*\/\/ ?@[ \t]*(op|recovery|initialisation|boot|parameter|invariant|abstraction|crash invariant|guarantee|refine\w*|token|claim|give|freeze|requires|ensures|decreases|retry|(no|may) overflow|[\w.]+(\[\w+\])? guards)\b/m;

/** Folders that Go and its tools leave out. */
function isSkipped(name: string): boolean {
  return /^[._]/.test(name) || name === 'node_modules' || name === 'vendor' || name === 'testdata';
}

/** Folders with annotations. */
interface Found {
  /** With a `refines`. */
  readonly packages: readonly string[];
  /** Without: these belong to the packages that import them. */
  readonly others: readonly string[];
}

/**
 * The folders under the paths that hold an annotated Go package. Fails with code `file` for a path that does not exist, and with code `annotation` if
 * there is no annotation at all.
 */
export function findPackages(paths: readonly string[]): Promise<Result<Found>> {
  const diagnostics: Diagnostic[] = [];
  const packages = new Set<string>();
  const others = new Set<string>();
  for (const path of paths) {
    const directory = directoryOf(path, diagnostics);
    if (directory !== null) visit(directory, packages, others, diagnostics);
  }
  if (diagnostics.length === 0 && packages.size === 0 && others.size === 0) {
    diagnostics.push({
      code: 'annotation',
      message: `there is no annotated Go package in ${paths.join(', ')}`,
      hint: 'Write `//@ refines Specification over Machine` in the package to verify.',
    });
  }
  return Promise.resolve(
    diagnostics.length > 0
      ? failure(...diagnostics)
      : success({ packages: [...packages], others: [...others] }),
  );
}

/** The folder that a path names: itself, or that of a Go file. */
function directoryOf(path: string, diagnostics: Diagnostic[]): string | null {
  try {
    if (statSync(path).isDirectory()) return path;
    if (path.endsWith('.go')) return dirname(path);
    diagnostics.push({ code: 'file', message: `${path} is neither a folder nor a Go file` });
  } catch {
    diagnostics.push({
      code: 'file',
      message: `${path} does not exist`,
      hint: 'Give a folder with Go code.',
    });
  }
  return null;
}

function wideText(path: string): Diagnostic {
  return {
    code: 'file',
    message: `${path}: is UTF-16 text`,
    hint: 'Go source files are UTF-8: save it as that.',
  };
}

function visit(
  directory: string,
  packages: Set<string>,
  others: Set<string>,
  diagnostics: Diagnostic[],
): void {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.go') && !entry.name.endsWith('_test.go'))
      .map((entry) => entry.name)
      .sort();
    const texts = names.map((name) => {
      const path = join(directory, name);
      const bytes = readFileSync(path);
      if (isUtf16(bytes)) diagnostics.push(wideText(path));
      return bytes.toString('latin1');
    });
    if (texts.some((text) => REFINES.test(text))) {
      packages.add(directory);
    } else if (texts.some((text) => ANNOTATED.test(text))) others.add(directory);
    const folders = entries.filter((entry) => entry.isDirectory() && !isSkipped(entry.name));
    for (const name of folders.map((entry) => entry.name).sort()) {
      visit(join(directory, name), packages, others, diagnostics);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    diagnostics.push({ code: 'file', message: `cannot read ${directory}: ${reason}` });
  }
}
