import type { Progress } from '../verify/index.js';

/** Shows what is being worked on, on standard error, while it is a terminal. */
export interface ProgressLine {
  update(progress: Progress): void;
  stop(): void;
}

const SILENT: ProgressLine = { update: () => undefined, stop: () => undefined };

/** A spinner, or nothing where nobody watches. */
export async function startProgress(wanted: boolean): Promise<ProgressLine> {
  if (!wanted || !process.stderr.isTTY) return SILENT;
  const { default: ora } = await import('ora');
  const spinner = ora({ stream: process.stderr, discardStdin: false }).start('loading');
  let done = 0;
  return {
    update({ path, operation, text }) {
      done += 1;
      const columns = process.stderr.columns - 4;
      spinner.text = `${done} ${path}${operation === null ? '' : ` ${operation}`}: ${text}`.slice(0, columns);
    },
    stop() {
      spinner.stop();
    },
  };
}
