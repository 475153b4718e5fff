import type { System } from '../ir/index.js';
import { closedValue } from '../semantics/index.js';
import type { Deadline } from './deadline.js';
import { OutOfTime } from './deadline.js';
import { ConcreteDomain } from './domain.js';
import { Universe } from './universe.js';
import type { Value } from './value.js';

/** How many choices of the parameters are explored at most. */
const CHOICES = 3;
/** How far values of a parameter are looked for. */
const LARGEST_TRIED = 1024n;
const MAXIMAL_TRIES = 50_000;

/**
 * The smallest values of the verification's parameters, from 1, that satisfy what is assumed of them; else those of the source. The
 * last choice is at least twice as large as the first, so that there is room for what the smallest size has room for once.
 */
export function parameterChoices(
  system: System,
  deadline: Deadline,
): readonly Readonly<Record<string, bigint>>[] {
  const { parameters } = system;
  if (parameters.length === 0) return [{}];
  const domain = new ConcreteDomain(new Universe([0n, 1n]), deadline);
  const fits = (values: ReadonlyMap<string, Value>): boolean =>
    parameters.every(({ where }) => {
      if (where === null) return true;
      const parameter = (name: string): Value => values.get(name) ?? 0n;
      return closedValue<Value>(domain, { parameter }, where) === true;
    });
  const found: Record<string, bigint>[] = [];
  let tries = 0;
  try {
    for (let largest = 1n; largest <= LARGEST_TRIED && found.length < CHOICES; largest += 1n) {
      for (const tuple of tuplesUpTo(parameters.length, largest)) {
        tries += 1;
        deadline.check();
        if (tries > MAXIMAL_TRIES || found.length >= CHOICES) break;
        const isLast = found.length === CHOICES - 1;
        if (isLast && largest < 2n * largestOf(found[0])) continue;
        if (fits(new Map(parameters.map(({ name }, index) => [name, tuple[index] ?? 0n])))) {
          found.push(Object.fromEntries(parameters.map(({ name }, index) => [name, tuple[index] ?? 0n])));
        }
      }
    }
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
  }
  if (found.length > 0) return found;
  return [Object.fromEntries(parameters.map(({ name, value }) => [name, value]))];
}

function largestOf(choice: Readonly<Record<string, bigint>> = {}): bigint {
  return Object.values(choice).reduce((left, right) => (right > left ? right : left), 0n);
}

/** Tuples of numbers from 1 whose largest is the given one. */
function* tuplesUpTo(length: number, largest: bigint): Generator<readonly bigint[]> {
  if (length === 1) {
    yield [largest];
    return;
  }
  for (let first = 1n; first <= largest; first += 1n) {
    if (first === largest) yield* allTuples(length - 1, largest, [first]);
    else for (const rest of tuplesUpTo(length - 1, largest)) yield [first, ...rest];
  }
}

function* allTuples(
  length: number,
  largest: bigint,
  prefix: readonly bigint[],
): Generator<readonly bigint[]> {
  if (length === 0) {
    yield prefix;
    return;
  }
  for (let next = 1n; next <= largest; next += 1n) yield* allTuples(length - 1, largest, [...prefix, next]);
}
