import { spawnSync } from 'node:child_process';
import { ROOT } from './run.js';

/** Builds the tool once before all tests, so that the process that is tested is the source that is tested. */
export default function setup(): void {
  const words = [`${ROOT}node_modules/rolldown/bin/cli.mjs`, '--config', `${ROOT}rolldown.config.js`];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the sources cannot be bundled:\n${stderr}`);
}
