import type { Dirent } from 'node:fs';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { displayPath } from '../base/display-path.js';
import type { Span } from '../base/source.js';
import type { GoPackage, ModuleUse } from './ast.js';
import { importPath, importSpecs } from './check-import.js';
import { importPathOf } from './go-module.js';
import type { GoModule } from './go-module.js';
import { SourceText } from './source-text.js';
import type { GoParser, SyntaxNode } from './syntax.js';

/**
 * What packages of the module use of some of its packages. Reads all Go files of the module but tests; `known` are the packages that are not asked about.
 * A file that imports one of them and cannot be parsed uses all of it.
 */
export function usesInModule(
  parser: GoParser,
  module: GoModule,
  imported: ReadonlySet<GoPackage>,
  known: GoPackage,
): readonly ModuleUse[] {
  return goFiles(module.directory)
    .filter(({ directory }) => importPathOf(module, directory) !== known.importPath)
    .flatMap(({ directory, path }) => {
      const text = textOf(path);
      const wanted = [...imported].filter((each) => mayImport(text, each.importPath));
      if (wanted.length === 0) return [];
      return usesOf(parser, new SourceText(displayPath(path), text), wanted, importPathOf(module, directory));
    });
}

/** The Go files of a module: not those of other modules in it, nor those that no package can have. */
function goFiles(root: string): readonly { readonly directory: string; readonly path: string }[] {
  const visit = (directory: string): ReturnType<typeof goFiles> =>
    entriesOf(directory).flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return isLeftOut(entry.name, path) ? [] : visit(path);
      const isSource = entry.isFile() && /^[^._].*\.go$/.test(entry.name) && !entry.name.endsWith('_test.go');
      return isSource ? [{ directory, path }] : [];
    });
  return visit(root);
}

/** What nobody may read, nobody compiles. */
function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isLeftOut(name: string, path: string): boolean {
  return (
    name.startsWith('.') || name === 'vendor' || name === 'node_modules' || existsSync(join(path, 'go.mod'))
  );
}

/** A quick look at what a file may import; a path may be spelt with escapes. */
function mayImport(text: string, path: string): boolean {
  return text.includes(path) || text.slice(0, text.search(/^(?:func|type|var|const)\b/m)).includes('\\');
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function usesOf(
  parser: GoParser,
  source: SourceText,
  wanted: readonly GoPackage[],
  importer: string,
): readonly ModuleUse[] {
  const tree = parser.parse(source);
  if ('code' in tree) {
    const span = source.span(0, 0);
    return wanted.map((each) => ({ importer, imported: each, name: null, span }));
  }
  return importSpecs(tree.root).flatMap((spec): readonly ModuleUse[] => {
    const each = wanted.find((candidate) => candidate.importPath === importPath(spec));
    if (each === undefined) return [];
    const name = spec.child('name')?.text ?? each.name;
    if (name === '.') return [{ importer, imported: each, name: null, span: spec.span }];
    return namesBehind(tree.tokens, name).map(([used, span]) => ({
      importer,
      imported: each,
      name: used,
      span,
    }));
  });
}

/** The names that follow `name.` anywhere. */
function namesBehind(tokens: readonly SyntaxNode[], name: string): readonly (readonly [string, Span])[] {
  return tokens.flatMap((token, index) => {
    const used = tokens[index + 2];
    const isUse = token.text === name && tokens[index + 1]?.type === '.' && used !== undefined;
    return isUse ? [[used.text, used.span] as const] : [];
  });
}
