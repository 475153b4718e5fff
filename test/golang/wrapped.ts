import type { Diagnostic } from '../../src/base/diagnostic.js';
import type { Solver } from '../../src/encoding/index.js';
import { exploreBounds } from '../../src/explore/index.js';
import { loadPackage } from '../../src/go/index.js';
import type { System } from '../../src/ir/index.js';
import { createLibrary, parseLayerFile } from '../../src/layer/index.js';
import type { LayerLibrary } from '../../src/layer/index.js';
import { importResolver, lowerPackage } from '../../src/lower/index.js';
import type { Violation } from '../../src/trace/index.js';
import { prove, UnsupportedByProver } from '../../src/vcgen/index.js';
import { toolLibrary, verdictOf } from './own-verdict.js';

/**
 * A function without parameters that is called as an operation, twice: as one that the specification lets return only what it should, and
 * as one that it lets return only something else.
 */
export interface WrappedCall {
  readonly function: string;
  readonly resultType: string;
  /** What it returns, and something else, in the layer language. */
  readonly right: string;
  readonly wrong: string;
}

export type Loaded =
  | { readonly kind: 'loaded'; readonly system: System }
  | { readonly kind: 'refused'; readonly by: readonly string[]; readonly others: readonly Diagnostic[] }
  | { readonly kind: 'rejected'; readonly diagnostics: readonly Diagnostic[] };

/** The system of a program, a package of one file, with one operation that should be right and one that should be wrong. */
export async function wrappedSystem(text: string, call: WrappedCall): Promise<Loaded> {
  const { function: name, resultType, right, wrong } = call;
  const library = libraryWith(`layer Wrapped {
  volatile nothing bool
  op Right() (result ${resultType}) { return ${right} }
  op Wrong() (result ${resultType}) { return ${wrong} }
}`);
  const sources = [
    { path: 'program.go', text },
    { path: 'wrapper.go', text: wrapperText(packageName(text), name, resultType) },
  ];
  const checked = await loadPackage('program', sources, importResolver(library));
  const lowered = checked.ok ? lowerPackage(checked.value, library) : checked;
  return lowered.ok ? { kind: 'loaded', system: lowered.value } : verdictOf(lowered.diagnostics);
}

function wrapperText(packageName: string, name: string, resultType: string): string {
  return `package ${packageName}

//@ refines Wrapped over Memory

//@ op Right
func WrappedRight() ${resultType} { return ${name}() }

//@ op Wrong
func WrappedWrong() ${resultType} { return ${name}() }

//@ recovery
func WrappedRecover() {}
`;
}

function packageName(text: string): string {
  const name = /^package (\w+)/m.exec(text)?.[1];
  if (name === undefined) throw new Error('the program has no package clause');
  return name;
}

const libraries = new Map<string, LayerLibrary>();
const MOST_LIBRARIES = 100;

function libraryWith(layer: string): LayerLibrary {
  const known = libraries.get(layer);
  if (known !== undefined) return known;
  const parsed = parseLayerFile('wrapped.layer', layer);
  const library = parsed.ok ? createLibrary([...toolLibrary().layers, ...parsed.value]) : parsed;
  if (!library.ok) throw new Error(library.diagnostics.map(({ message }) => message).join('\n'));
  if (libraries.size >= MOST_LIBRARIES) libraries.clear();
  libraries.set(layer, library.value);
  return library.value;
}

export type Explored =
  | { readonly kind: 'nothing found' }
  | { readonly kind: 'violation'; readonly violation: Violation }
  /** Refused, or the search did not come to its end. */
  | { readonly kind: 'not explored'; readonly reason: string };

/** Runs one of the operations, once, alone and without crashes, in all ways that it can go. */
export function exploreWrapped(system: System, operation: 'Right' | 'Wrong'): Explored {
  const implementations = system.implementations.filter((each) => each.operation === operation);
  const bounds = { threads: 1, operations: 1, crashes: 0, goroutines: 2, values: 1, parameters: {} };
  const result = exploreBounds({ ...system, implementations }, bounds, { budgetMs: 20_000 });
  switch (result.kind) {
    case 'violation':
      return { kind: 'violation', violation: result.execution.violation };
    case 'none':
      if (result.unfinished === null) return { kind: 'nothing found' };
      return { kind: 'not explored', reason: 'too many executions' };
    case 'error':
      return {
        kind: 'not explored',
        reason: result.diagnostics.map(({ message }) => message).join('; '),
      };
  }
}

/** What the prover does not prove of one operation: nothing, the codes of obligations, or why it cannot say. */
export async function unprovedOf(
  system: System,
  operation: 'Right' | 'Wrong',
  solver: Solver,
): Promise<readonly string[]> {
  try {
    const implementations = system.implementations.filter((each) => each.operation === operation);
    const { obligations } = await prove({ ...system, implementations }, solver);
    if (!obligations.some(({ code }) => code === 'result')) return ['nothing to prove'];
    const open = obligations.filter(({ status }) => status === 'failed' || status === 'unknown');
    return [
      ...new Set(open.map(({ code, status }) => (status === 'failed' ? code : `${code} unknown`))),
    ].sort();
  } catch (error) {
    if (error instanceof UnsupportedByProver) return [error.message];
    throw error;
  }
}
