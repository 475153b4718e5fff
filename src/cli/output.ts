import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { Chalk } from 'chalk';
import type { Palette, ReportContext } from '../report/index.js';
import { PLAIN } from '../report/index.js';
import { UsageError } from './usage-error.js';

/** Where a command's result goes. */
export interface OutputOptions {
  /** Null: standard output. */
  readonly file: string | null;
  readonly color: boolean;
  readonly detail: ReportContext['detail'];
}

/** Fails early when the result could not be written at the end. */
export function checkWritable(file: string | null): void {
  if (file === null) return;
  try {
    closeSync(openSync(file, 'a'));
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** Writes the whole text and a line end; resolves when it has left this process. */
export async function writeOutput(text: string, file: string | null): Promise<void> {
  const content = text.endsWith('\n') || text === '' ? text : `${text}\n`;
  if (file === null) {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(content, (error) => {
        if (error) reject(new UsageError(`cannot write the report to standard output: ${error.message}`));
        else resolve();
      });
    });
    return;
  }
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, error: unknown): UsageError {
  return new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
}

const DEFAULT_WIDTH = 120;
const SMALLEST_WIDTH = 60;
const LARGEST_WIDTH = 200;

/** Colours and width for a report that goes to the given place. */
export function reportContext(options: OutputOptions): ReportContext {
  const terminal = options.file === null && process.stdout.isTTY;
  const wanted = options.color && (process.env['NO_COLOR'] ?? '') === '';
  const forced = !['', '0'].includes(process.env['FORCE_COLOR'] ?? '');
  const columns = terminal ? process.stdout.columns : Number(process.env['COLUMNS'] ?? DEFAULT_WIDTH);
  const width = Number.isFinite(columns) ? columns : DEFAULT_WIDTH;
  return {
    palette: wanted && (terminal || (forced && options.file === null)) ? coloured() : PLAIN,
    width: Math.min(Math.max(width, SMALLEST_WIDTH), LARGEST_WIDTH),
    sourceLine: sourceReader(),
    detail: options.detail,
  };
}

function coloured(): Palette {
  const chalk = new Chalk({ level: 1 });
  return {
    bad: (text) => chalk.red.bold(text),
    good: (text) => chalk.green(text),
    doubtful: (text) => chalk.yellow.bold(text),
    strong: (text) => chalk.bold(text),
    faint: (text) => chalk.dim(text),
    accent: (text) => chalk.cyan(text),
  };
}

/** Reads source files once each; one that cannot be read has no lines. */
function sourceReader(): ReportContext['sourceLine'] {
  const files = new Map<string, readonly string[]>();
  return (file, line) => {
    let lines = files.get(file);
    if (lines === undefined) {
      try {
        lines = readFileSync(file, 'utf8').split(/\r?\n/);
      } catch {
        lines = [];
      }
      files.set(file, lines);
    }
    return lines[line - 1] ?? null;
  };
}
