import { isUtf16 } from '../base/utf16.js';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { failure, success } from '../base/diagnostic.js';
import type { Diagnostic, Result } from '../base/diagnostic.js';

/** One Go file, decoded. */
export interface GoSource {
  readonly path: string;
  readonly text: string;
}

const LARGEST_FILE = 4 * 1024 * 1024;

/** File name endings by which Go leaves files out on other systems. */
const SYSTEMS =
  'aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows unix zos ' +
  '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm';
const CONSTRAINED_NAME = new RegExp(`_(${SYSTEMS.split(' ').join('|')})\\.go$`);

/**
 * Reads the Go files of the package in a folder, sorted by name: all `*.go` except `*_test.go` and names that begin with `_` or `.`, which
 * Go leaves out too. Fails with code `file` if the folder or a file cannot be read, or if there is no Go file.
 */
export function readPackageSources(directory: string): Result<readonly GoSource[]> {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch (error) {
    return failure({ code: 'file', message: `cannot read the folder ${directory}: ${reason(error)}` });
  }
  const selected = names
    .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go') && !/^[_.]/.test(name))
    .sort();
  if (selected.length === 0) {
    return failure({
      code: 'file',
      message: `there are no Go files in ${directory}`,
      hint: 'Give the folder of one Go package.',
    });
  }
  const diagnostics: Diagnostic[] = [];
  const sources: GoSource[] = [];
  for (const name of selected) {
    const source = readGoFile(join(directory, name));
    if (source.ok) sources.push(source.value);
    else diagnostics.push(...source.diagnostics);
  }
  return diagnostics.length > 0 ? failure(...diagnostics) : success(sources);
}

/** Reads and decodes one Go file. Fails with code `file` if it is unreadable, empty, binary, too large or not UTF-8. */
function readGoFile(path: string): Result<GoSource> {
  const fail = (message: string, hint?: string): Result<GoSource> =>
    failure({ code: 'file', message: `${path}: ${message}`, ...(hint === undefined ? {} : { hint }) });
  if (CONSTRAINED_NAME.test(basename(path))) {
    return fail('files for one operating system or processor are not supported', 'Rename the file.');
  }
  let bytes: Buffer;
  try {
    const status = statSync(path);
    if (!status.isFile()) return fail('is not a file');
    if (status.size > LARGEST_FILE) return fail(`is larger than ${LARGEST_FILE} bytes`, 'Split the file.');
    bytes = readFileSync(path);
  } catch (error) {
    return fail(`cannot be read: ${reason(error)}`);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const problem = unusableText(text);
    return problem === null ? success({ path, text }) : fail(problem);
  } catch {
    return isUtf16(bytes)
      ? fail('is UTF-16 text', 'Go source files are UTF-8: save it as that.')
      : fail('is not UTF-8 text', 'Go source files are UTF-8.');
  }
}

/** Why a text cannot be Go source, or null. */
export function unusableText(text: string): string | null {
  if (text.length > LARGEST_FILE) return `is larger than ${LARGEST_FILE} bytes`;
  if (text.trim() === '') return 'is empty';
  if (text.includes('\0')) return 'is binary: it contains NUL characters';
  if (text.includes('\uFEFF', 1)) return 'contains a byte order mark that is not at its beginning';
  return /\p{Surrogate}/u.test(text) ? 'is not well-formed Unicode text' : null;
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
      return 'it does not exist';
    case 'ENOTDIR':
      return 'it is not a folder';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
