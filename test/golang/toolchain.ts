import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = rootAbove(import.meta.dirname);

/** The folder with the module's `go.mod`; compiled tests lie deeper than their sources. */
function rootAbove(directory: string): string {
  return existsSync(join(directory, 'go.mod')) ? directory : rootAbove(dirname(directory));
}

/** One file of a package given as text. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** Runs `go` in the root of the module; what it prints. Throws if it fails. */
export function runGo(args: readonly string[], input = '', directory = ROOT): string {
  const result = spawnSync('go', args, {
    cwd: directory,
    input,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local' },
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (result.status !== 0) throw new Error(`go ${args.join(' ')}: ${result.stderr}`);
  return result.stdout;
}

/** Writes files of a module of its own and runs its main package; what it prints. */
export function runProgram(directory: string, files: readonly SourceFile[]): string {
  writeModule(directory, files);
  return runGo(['run', '.'], '', directory);
}

/** Writes files of a module of its own and compiles its main package; the path of the result. */
export function buildProgram(directory: string, files: readonly SourceFile[]): string {
  writeModule(directory, files);
  runGo(['build', '-o', 'program', '.'], '', directory);
  return join(directory, 'program');
}

function writeModule(directory: string, files: readonly SourceFile[]): void {
  for (const { name, text } of [{ name: 'go.mod', text: 'module program\n\ngo 1.25\n' }, ...files]) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}
