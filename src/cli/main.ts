import { EXIT } from '../verify/exit-status.js';
import { runCommandLine } from './program.js';

// The status says "internal error" until a command has finished and said otherwise.
process.exitCode = EXIT.internal;
let finished = false;

process.on('SIGINT', () => {
  leave('interrupted: nothing is proved', EXIT.interrupted);
});
process.on('SIGTERM', () => {
  leave('terminated: nothing is proved', EXIT.interrupted);
});
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EPIPE' ? 'the output was closed before all was written' : error.message;
    leave(reason, EXIT.input);
  });
}
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
process.on('beforeExit', () => {
  if (!finished) crash(new Error('stopped before the command had finished'));
});

void runCommandLine(process.argv.slice(2)).then((status) => {
  finished = true;
  process.exit(status);
}, crash);

/** A bug of this tool: one line, and how to report it. */
function crash(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  if (process.env['ARMADA_VERIFY_DEBUG'] !== undefined && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ''}\n`);
  }
  leave(
    `internal error: ${text.split('\n', 1)[0] ?? ''} (nothing is proved; please report it with the package that was verified; ` +
      'ARMADA_VERIFY_DEBUG=1 prints where)',
    EXIT.internal,
  );
}

function leave(message: string, status: number): never {
  finished = true;
  try {
    process.stderr.write(`armada-verify: ${message}\n`);
  } catch {
    // Standard error is gone as well; the status has to say it all.
  }
  process.exit(status);
}
