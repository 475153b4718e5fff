// Counts the annotation lines and the Go lines of each example and compares the former with its budget.
// Usage: node scripts/count-annotations.mjs [ROOT]

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

/** The most annotation lines that each example may have. */
export const BUDGETS = {
  atomic_counter: 7,
  background_log: 10,
  bounded_queue: 9,
  buffered_shadow_copy: 8,
  buffered_write_ahead_log: 14,
  general_log: 40,
  group_commit: 25,
  replicated_disk: 12,
  seqlock: 14,
  shadow_copy: 8,
  sharded_map: 12,
  spin_lock: 11,
  stat_db: 6,
  ticket_lock: 16,
  write_ahead_log: 14,
};

/** The longest line that may hold an annotation; a tab counts as four. */
export const LONGEST_LINE = 110;

/**
 * Splits one Go file into lines with annotations, lines with Go code, and annotation lines that are too long.
 * A line with both counts as both. Knows interpreted, raw and rune literals and both kinds of comments.
 *
 * @param {string} text the source
 */
export function countLines(text) {
  const kinds = text.split('\n').map(() => ({ annotation: false, code: false }));
  const token = /\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|\n|[^\s]/g;
  let line = 0;
  for (const [lexeme] of text.matchAll(token)) {
    const kind = kinds[line];
    if (lexeme.startsWith('//')) kind.annotation ||= /^\/\/ ?@\s*\S/.test(lexeme);
    else if (lexeme !== '\n' && !lexeme.startsWith('/*')) kind.code = true;
    const next = line + lexeme.split('\n').length - 1;
    if (lexeme.startsWith('`')) for (let inside = line; inside <= next; inside++) kinds[inside].code = true;
    line = next;
  }
  const tooLong = text
    .split('\n')
    .flatMap((content, index) =>
      kinds[index].annotation && content.replaceAll('\t', '    ').length > LONGEST_LINE ? [index + 1] : [],
    );
  return {
    annotations: kinds.filter((kind) => kind.annotation).length,
    goLines: kinds.filter((kind) => kind.code).length,
    tooLong,
  };
}

/**
 * Counts one package: all Go files of a folder except tests.
 *
 * @param {string} folder
 */
export function countPackage(folder) {
  const total = { annotations: 0, goLines: 0, tooLong: /** @type {string[]} */ ([]) };
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.go') || name.endsWith('_test.go')) continue;
    const file = join(folder, name);
    const lines = countLines(readFileSync(file, 'utf8'));
    total.annotations += lines.annotations;
    total.goLines += lines.goLines;
    total.tooLong.push(...lines.tooLong.map((line) => `${file}:${line}`));
  }
  return total;
}

/**
 * Counts every example that has a budget.
 *
 * @param {string} root the folder that holds `examples`
 */
export function countExamples(root) {
  return Object.entries(BUDGETS).map(([name, budget]) => {
    const counted = countPackage(join(root, 'examples', name));
    const ok = counted.annotations > 0 && counted.annotations <= budget && counted.tooLong.length === 0;
    return { name, budget, ...counted, ok };
  });
}

function main(root) {
  const rows = countExamples(root);
  console.log('example                   annotations  budget  Go lines');
  for (const row of rows) {
    const cells = [row.annotations, row.budget, row.goLines];
    const widths = [11, 6, 8];
    const numbers = cells.map((cell, index) => String(cell).padStart(widths[index])).join('  ');
    console.log(`${row.name.padEnd(24)}  ${numbers}${row.ok ? '' : '  not within the budget'}`);
    for (const place of row.tooLong)
      console.log(`${place}: annotation line longer than ${LONGEST_LINE} characters`);
  }
  return rows.every((row) => row.ok) ? 0 : 1;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = main(argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
}
