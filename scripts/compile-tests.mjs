import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Compiles the sources and the tests; the folder that holds the result, with a slash at the end.
 *
 * @returns {string}
 */
export function compileTests() {
  const compiled = `${root}node_modules/.cache/fuzz/`;
  mkdirSync(compiled, { recursive: true });
  writeFileSync(`${compiled}package.json`, '{ "type": "module" }\n');
  // What comes with the tool is found beside its `package.json`.
  for (const folder of ['library', 'machine', 'specs'])
    if (!existsSync(compiled + folder)) symlinkSync(root + folder, compiled + folder, 'junction');
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  const options = ['-p', `${root}tsconfig.json`, '--noCheck', '--outDir', compiled];
  execFileSync(process.execPath, [compiler, ...options], { stdio: 'inherit' });
  return compiled;
}

/**
 * A number given on the command line; ends the program if it is none.
 *
 * @param {string} text
 * @param {string} name
 * @returns {number}
 */
export function numberOption(text, name) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    console.error(`--${name} takes a number, not ${text}`);
    process.exit(4);
  }
  return value;
}
