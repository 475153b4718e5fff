import { failure, success } from '../base/diagnostic.js';
import type { Diagnostic, Result } from '../base/diagnostic.js';
import { attachAnnotations } from './annotation.js';
import type { GoFile, GoPackage } from './ast.js';
import { checkExpression } from './check-expression.js';
import { checkDeclarations } from './check-package.js';
import type { Declarations, ParsedFile } from './check-package.js';
import { checkBlock } from './check-statement.js';
import { checkType } from './check-type.js';
import { Context } from './context.js';
import { checkSyntax } from './guards.js';
import type { ImportResolver } from './import.js';
import { unusableText } from './read.js';
import type { GoSource } from './read.js';
import { refuse } from './refusals.js';
import { SourceText } from './source-text.js';
import { GoParser } from './syntax.js';
import type { SyntaxTree } from './syntax.js';

/**
 * Parses and type-checks a package of Go source files.
 *
 * `path` names the package in messages and in the result; `sources` are the files of the package (see `readPackageSources`);
 * `resolve` says what an import path means. Accepts only what the Go compiler accepts, and of that only the subset; a construct outside
 * of it is refused by name (code `unsupported`). Other codes: `file`, `syntax`, `type`, `name`, `annotation`.
 */
export async function loadPackage(
  path: string,
  sources: readonly GoSource[],
  resolve: ImportResolver,
): Promise<Result<GoPackage>> {
  if (sources.length === 0) return failure({ code: 'file', message: `there are no Go files in ${path}` });
  const diagnostics: Diagnostic[] = [];
  const files: ParsedFile[] = [];
  const parser = await GoParser.create();
  try {
    const sorted = sources.toSorted((left, right) => (left.path < right.path ? -1 : 1));
    for (const source of sorted) {
      const file = parseFile(parser, source, diagnostics);
      if (file !== null) files.push(file);
    }
  } finally {
    parser.dispose();
  }
  const name = packageName(files, diagnostics);
  if (name === null || diagnostics.length > 0) return failed(diagnostics);
  const context = new Context({ expression: checkExpression, type: checkType, block: checkBlock });
  const declarations = checkDeclarations(context, files, resolve);
  if (context.diagnostics.length > 0) return failed(inOrder(context.diagnostics));
  return success(assemble(path, name, files, declarations));
}

function parseFile(parser: GoParser, source: GoSource, diagnostics: Diagnostic[]): ParsedFile | null {
  const problem = unusableText(source.text);
  if (problem !== null) {
    diagnostics.push({ code: 'file', message: `${source.path}: ${problem}` });
    return null;
  }
  const tree = parser.parse(new SourceText(source.path, source.text));
  if ('code' in tree) {
    diagnostics.push(tree);
    return null;
  }
  const syntaxErrors = checkSyntax(tree);
  if (syntaxErrors.length > 0) {
    for (const each of syntaxErrors) diagnostics.push(each);
    return null;
  }
  refuseDirectives(tree, diagnostics);
  return { tree, annotations: attachAnnotations(tree, diagnostics) };
}

/** Directives change what is compiled; those that only guide the optimiser or other tools do not. */
const DIRECTIVE = /^\/\/(go:(?!(?:generate|noinline|nosplit|norace|noescape)\b)\w+|export\s| ?\+build\b)/;

function refuseDirectives({ source, comments }: SyntaxTree, diagnostics: Diagnostic[]): void {
  for (const comment of comments) {
    if (DIRECTIVE.test(comment.text)) {
      diagnostics.push(refuse('compilerDirective', source.span(comment.start, comment.end)));
    }
  }
}

function packageName(files: readonly ParsedFile[], diagnostics: Diagnostic[]): string | null {
  let name: string | null = null;
  for (const { tree } of files) {
    const node = tree.root.ofType('package_clause')?.namedChildren[0];
    if (node === undefined) continue;
    if (node.text === '_') {
      diagnostics.push({ code: 'syntax', message: 'a package cannot have the name `_`', span: node.span });
    } else if (name !== null && name !== node.text) {
      diagnostics.push({
        code: 'name',
        message: `this file is of package \`${node.text}\` but another one in the folder is of package \`${name}\``,
        span: node.span,
        hint: 'Keep the files of one package in a folder.',
      });
    }
    name ??= node.text;
  }
  return name;
}

const MOST_REPORTS = 100;

/** The reports, the first of them if there are very many. */
function failed(diagnostics: readonly Diagnostic[]): Result<never> {
  const rest = diagnostics.length - MOST_REPORTS;
  const last = diagnostics[MOST_REPORTS];
  if (rest <= 0 || last === undefined) return failure(...diagnostics);
  const more: Diagnostic = { ...last, message: `${last.message} (and ${rest - 1} more errors)` };
  return failure(...diagnostics.slice(0, MOST_REPORTS), more);
}

/** By position; a report that is made twice is given once. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ span }: Diagnostic): string => span?.file ?? '';
  const sorted = diagnostics.toSorted((left, right) => {
    if (key(left) !== key(right)) return key(left) < key(right) ? -1 : 1;
    return (left.span?.start.offset ?? 0) - (right.span?.start.offset ?? 0);
  });
  return sorted.filter((each, index) => {
    const before = sorted[index - 1];
    return before?.message !== each.message || before.span?.start.offset !== each.span?.start.offset;
  });
}

function assemble(
  path: string,
  name: string,
  files: readonly ParsedFile[],
  { imports, ...declarations }: Declarations,
): GoPackage {
  return {
    path,
    name,
    files: files.map((file, index) => describeFile(file, imports[index] ?? new Map())),
    ...declarations,
    initialisers: [],
    initFunctions: [],
    imports: [],
    annotations: files.flatMap((file) => file.annotations.free),
  };
}

function describeFile({ tree, annotations }: ParsedFile, imports: GoFile['imports']): GoFile {
  const { source } = tree;
  const lines = new Set<number>();
  for (const token of tree.tokens) {
    const last = source.lineAt(Math.max(token.start, token.end - 1));
    for (let line = source.lineAt(token.start); line <= last; line++) lines.add(line);
  }
  return {
    path: source.path,
    text: source.text,
    imports,
    annotationLines: annotations.lines,
    goLines: lines.size,
  };
}
