// Writes the table of refused constructs into docs/go-subset.md, from the table that the Go front end refuses by.
// Usage: node scripts/refusals-doc.mjs

import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const BEGIN =
  '<!-- begin: refused constructs; written by scripts/refusals-doc.mjs from src/go/refusals.ts -->';
const END = '<!-- end: refused constructs -->';
const BEGIN_UNVERIFIED =
  '<!-- begin: constructs not verified yet; written by scripts/refusals-doc.mjs from src/go/refusals.ts -->';
const END_UNVERIFIED = '<!-- end: constructs not verified yet -->';

/**
 * The table in Markdown, in the order of the constructs' names.
 *
 * @param {Readonly<Record<string, { readonly construct: string, readonly hint: string }>>} refusals
 */
export function refusalsTable(refusals) {
  const rows = Object.values(refusals)
    .map(({ construct, hint }) => ({ key: construct.replaceAll('`', ''), cells: [construct, hint] }))
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ cells }) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  return ['| refused | instead |', '|---|---|', ...rows].join('\n');
}

/**
 * The page with the table between its marks replaced.
 *
 * @param {string} page
 * @param {string} table
 */
export function withTable(page, table) {
  return replaced(page, table, BEGIN, END);
}

/**
 * The page with the table of what is not verified yet between its marks replaced.
 *
 * @param {string} page
 * @param {string} table
 */
export function withUnverifiedTable(page, table) {
  return replaced(page, table, BEGIN_UNVERIFIED, END_UNVERIFIED);
}

/**
 * @param {string} page
 * @param {string} table
 * @param {string} begin
 * @param {string} finish
 */
function replaced(page, table, begin, finish) {
  const start = page.indexOf(begin);
  const end = page.indexOf(finish);
  if (start < 0 || end < start) throw new Error('the page has no marks for the table of refused constructs');
  return `${page.slice(0, start)}${begin}\n\n${table}\n\n${page.slice(end)}`;
}

async function main() {
  const { compileTests } = await import('./compile-tests.mjs');
  const { REFUSALS, UNVERIFIED } = await import(`${compileTests()}src/go/refusals.js`);
  const file = fileURLToPath(new URL('../docs/go-subset.md', import.meta.url));
  const page = withTable(readFileSync(file, 'utf8'), refusalsTable(REFUSALS));
  writeFileSync(file, withUnverifiedTable(page, refusalsTable(UNVERIFIED)));
}

if (argv[1] === fileURLToPath(import.meta.url)) await main();
