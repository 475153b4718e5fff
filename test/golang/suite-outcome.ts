import type { Solver } from '../../src/encoding/index.js';
import type { Subject } from './compare.js';
import type { SuiteTest } from './go-suite.js';
import { Declarations } from './slice.js';
import { exploreWrapped, unprovedOf, wrappedSystem } from './wrapped.js';

/**
 * What the tool makes of a test that returns true. `agrees`: run by the interpreter and proved. `open`: refused by name, or run and not
 * proved, which `reason` says. `disagrees`: the tool says something wrong.
 */
export interface Outcome {
  readonly kind: 'agrees' | 'open' | 'disagrees';
  readonly reason: string;
}

/** The tests of a package, each cut out of it with what it needs. */
export async function outcomesOf(
  subject: Subject,
  tests: readonly SuiteTest[],
  solver: Solver,
): Promise<ReadonlyMap<string, Outcome>> {
  const declarations = await Declarations.read(subject.files);
  if (declarations === null) throw new Error(`${subject.name} does not parse`);
  const outcomes = new Map<string, Outcome>();
  for (const test of tests) {
    outcomes.set(test.name, await outcomeOf(declarations.sliceOf(test.function), test.function, solver));
  }
  return outcomes;
}

/** What the tool makes of a program with a function that returns true. */
export async function outcomeOf(text: string, name: string, solver: Solver): Promise<Outcome> {
  try {
    return await tried(text, name, solver);
  } catch (error) {
    return disagrees(`breaks: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

async function tried(text: string, name: string, solver: Solver): Promise<Outcome> {
  const call = { function: name, resultType: 'bool', right: 'true', wrong: 'false' };
  const loaded = await wrappedSystem(text, call);
  if (loaded.kind === 'refused') return open(`refused: ${loaded.by.join(', ')}`);
  if (loaded.kind === 'rejected') {
    return disagrees(`rejected: ${loaded.diagnostics.map(({ message }) => message).join('; ')}`);
  }
  const { system } = loaded;
  const right = exploreWrapped(system, 'Right');
  if (right.kind === 'violation') return disagrees(`interpreter: ${right.violation.message}`);
  if (right.kind === 'not explored') return open(`not explored: ${right.reason}`);
  const wrong = exploreWrapped(system, 'Wrong');
  if (wrong.kind !== 'violation' || wrong.violation.kind !== 'refinement') {
    return disagrees('interpreter: does not return');
  }
  const unproved = await unprovedOf(system, 'Right', solver);
  const unprovedOfWrong = await unprovedOf(system, 'Wrong', solver);
  if (unprovedOfWrong.length === 0) return disagrees('prover: proves that it returns false');
  return unproved.length === 0 ? { kind: 'agrees', reason: '' } : open(`not proved: ${unproved.join('; ')}`);
}

function open(reason: string): Outcome {
  return { kind: 'open', reason };
}

function disagrees(reason: string): Outcome {
  return { kind: 'disagrees', reason };
}
