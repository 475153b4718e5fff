// Writes the table of the library into docs/go-subset.md, from the exported names of the Go sources below library/ and in machine/machine.
// Usage: node scripts/library-doc.mjs

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const BEGIN =
  '<!-- begin: the library; written by scripts/library-doc.mjs from library/ and machine/machine -->';
const END = '<!-- end: the library -->';

/**
 * The table in Markdown: for each import path what code can use of it.
 *
 * @param {string} root the tool's folder
 */
export function libraryTable(root) {
  const library = join(root, 'library');
  /** @type {[string, string][]} */
  const packages = [
    ...pathsBelow(library, '').map(
      /** @returns {[string, string]} */
      (path) => [path, join(library, path)],
    ),
    ['armada/machine/machine', join(root, 'machine/machine')],
  ];
  const rows = packages.map(([path, directory]) => {
    const texts = sourcesOf(directory).map((name) => readFileSync(join(directory, name), 'utf8'));
    const names = exportedNames(texts.join('\n')).map((name) => `\`${name}\``);
    return `| \`${path}\` | ${names.join(' ')} |`;
  });
  return ['| import | what it has |', '|---|---|', ...rows].join('\n');
}

/**
 * Exported functions, types, variables and constants, and exported methods of exported variables (which have an unexported type of the same name).
 *
 * @param {string} text
 */
function exportedNames(text) {
  const names = [...text.matchAll(/^(?:func|type|var|const|\t)\s*([A-Z]\w*)\b(?=[\s([])/gm)].map(
    ([, name]) => name ?? '',
  );
  const methods = [...text.matchAll(/^func \((?:\w+ )?\*?(\w+)\) ([A-Z]\w*)/gm)].flatMap(
    ([, type = '', name]) => {
      const variable = type.charAt(0).toUpperCase() + type.slice(1);
      return names.includes(variable) ? [`${variable}.${name ?? ''}`] : [];
    },
  );
  const withMethods = new Set(methods.map((each) => each.split('.')[0]));
  return [...new Set([...names.filter((name) => !withMethods.has(name)), ...methods])].sort();
}

/**
 * @param {string} directory
 * @returns {string[]}
 */
function sourcesOf(directory) {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
    .sort();
}

/**
 * @param {string} directory
 * @param {string} path
 * @returns {string[]}
 */
function pathsBelow(directory, path) {
  const folders = readdirSync(join(directory, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => (path === '' ? name : `${path}/${name}`))
    .sort();
  return folders.flatMap((each) => [
    ...(sourcesOf(join(directory, each)).length > 0 ? [each] : []),
    ...pathsBelow(directory, each),
  ]);
}

/**
 * The page with the table between its marks replaced.
 *
 * @param {string} page
 * @param {string} table
 */
export function withLibrary(page, table) {
  const start = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error('the page has no marks for the table of the library');
  return `${page.slice(0, start)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const page = new URL('../docs/go-subset.md', import.meta.url);
  const table = libraryTable(fileURLToPath(new URL('..', import.meta.url)));
  writeFileSync(page, withLibrary(readFileSync(page, 'utf8'), table));
}
