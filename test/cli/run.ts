import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const BIN = `${ROOT}bin/armada-verify.js`;

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** In bytes; queries of a large package are long. */
const MOST_OUTPUT = 100e6;

/** Runs the tool as a user does, in a directory. */
export function armada(
  words: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string>> = {},
): Finished {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !['NO_COLOR', 'FORCE_COLOR'].includes(name),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...words], {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
    env: { ...Object.fromEntries(inherited), ...environment },
  });
  return { status, stdout, stderr };
}
