import { lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderJson } from '../report/index.js';
import type { VerificationRun } from '../verify/index.js';
import { SCHEMA } from '../verify/index.js';
import { UsageError } from './usage-error.js';

const FOLDER = '.armada-verify';
/** Where `verify` leaves its run for `trace`, relative to the working directory. */
export const LAST_RUN = join(FOLDER, 'last-run.json');

/** Keeps a run for `trace`; gives a warning where that fails, which changes no verdict. */
export function storeLastRun(run: VerificationRun): string | null {
  try {
    mkdirSync(FOLDER, { recursive: true });
    if (lstatSync(FOLDER).isSymbolicLink())
      return `${FOLDER} is a symbolic link: the run is not kept for \`trace\``;
    const temporary = `${LAST_RUN}.${process.pid}`;
    writeFileSync(temporary, renderJson(run));
    renameSync(temporary, LAST_RUN);
    return null;
  } catch (error) {
    return `cannot keep the run for \`trace\`: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Reads a report of `verify --format json`, or the last run. */
export function readRun(file: string): VerificationRun {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw file === LAST_RUN
      ? new UsageError('there is no last run in this directory', 'run `armada-verify verify` here first')
      : new UsageError(`cannot read ${file}: ${reason}`);
  }
  let run: unknown;
  try {
    run = JSON.parse(text);
  } catch {
    throw new UsageError(
      `${file} is not JSON`,
      'a report is written by `verify --format json --output FILE`',
    );
  }
  if (!isRun(run)) {
    throw new UsageError(
      `${file} is not a report of this version (${SCHEMA})`,
      'run `armada-verify verify` again',
    );
  }
  return run;
}

function isRun(value: unknown): value is VerificationRun {
  return isObject(value) && value['schema'] === SCHEMA && isList(value['packages'], isPackage);
}

function isPackage(value: unknown): boolean {
  return isObject(value) && typeof value['path'] === 'string' && isList(value['obligations'], isObligation);
}

function isObligation(value: unknown): boolean {
  if (!isObject(value)) return false;
  const texts = ['id', 'code', 'title', 'verdict'].every((key) => typeof value[key] === 'string');
  return (
    texts && isObject(value['location']) && (value['trace'] === undefined || isExecution(value['trace']))
  );
}

function isExecution(value: unknown): boolean {
  return (
    isObject(value) &&
    isList(value['rows'], isRow) &&
    isList(value['parameters'], isObject) &&
    Array.isArray(value['script']) &&
    isObject(value['violation']) &&
    typeof value['violation']['message'] === 'string'
  );
}

function isRow(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['text'] === 'string' &&
    isList(value['changes'], isObject) &&
    Array.isArray(value['specification'])
  );
}

function isList(value: unknown, isElement: (element: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isElement);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
