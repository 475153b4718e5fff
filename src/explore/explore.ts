import type { Diagnostic } from '../base/diagnostic.js';
import type { System } from '../ir/index.js';
import { checkSupported, profitsFromSmallArguments } from './arguments.js';
import type { Bounds, ExploreOptions, ExploreResult } from './bounds.js';
import { MAXIMAL_GOROUTINES, MAXIMAL_THREADS, areUsable, showBounds } from './bounds.js';
import { parameterChoices } from './parameters.js';
import { Program } from './program.js';
import { run } from './replay.js';
import { Deadline } from './deadline.js';
import { NoInitialState } from './initial.js';
import { search } from './search.js';
import { Unsupported } from './universe.js';

/** More states than this are not kept. */
const MAXIMAL_STATES = 2_000_000;

/** Bounds in the order in which they are searched; `size` counts choices of parameters, smallest first. */
const SCHEDULE: readonly (Omit<Bounds, 'parameters'> & { readonly size: number })[] = [
  { threads: 1, operations: 1, crashes: 0, values: 1, size: 1 },
  { threads: 1, operations: 2, crashes: 1, values: 1, size: 1 },
  { threads: 2, operations: 1, crashes: 0, values: 1, size: 1 },
  { threads: 1, operations: 4, crashes: 2, values: 0, size: 1 },
  { threads: 1, operations: 6, crashes: 0, values: 0, size: 1 },
  { threads: 2, operations: 2, crashes: 0, values: 0, size: 1 },
  { threads: 1, operations: 4, crashes: 0, values: 1, size: 1 },
  { threads: 1, operations: 4, crashes: 0, values: 0, size: 3 },
  { threads: 1, operations: 3, crashes: 0, values: 2, size: 1 },
  { threads: 2, operations: 2, crashes: 0, values: 1, size: 1 },
  { threads: 1, operations: 2, crashes: 1, values: 2, size: 2 },
  { threads: 2, operations: 1, crashes: 1, values: 1, size: 2 },
  { threads: 1, operations: 2, crashes: 2, values: 1, size: 2 },
  { threads: 2, operations: 1, crashes: 1, values: 2, size: 2 },
  { threads: 2, operations: 2, crashes: 0, values: 2, size: 1 },
  { threads: 2, operations: 1, crashes: 2, values: 2, size: 2 },
  { threads: 2, operations: 2, crashes: 1, values: 1, size: 2 },
  { threads: 3, operations: 1, crashes: 1, values: 2, size: 2 },
  { threads: 2, operations: 2, crashes: 2, values: 2, size: 2 },
  { threads: 3, operations: 2, crashes: 2, values: 2, size: 3 },
  { threads: 3, operations: 3, crashes: 3, values: 3, size: 3 },
];

/** Searches with growing bounds until a violation is found or the budget is used up. */
export function explore(system: System, options: ExploreOptions): ExploreResult {
  const begin = performance.now();
  const exhausted: Bounds[] = [];
  let unfinished: Bounds | null = null;
  let [states, transitions] = [0, 0];
  const statistics = () => ({ states, transitions, ms: Math.round(performance.now() - begin) });
  for (const bounds of schedule(system, options.maxBounds ?? {}, new Deadline(begin + options.budgetMs))) {
    const left = options.budgetMs - (performance.now() - begin);
    if (left <= 0) {
      unfinished ??= bounds;
      break;
    }
    options.onProgress?.(`searching ${showBounds(bounds)}`);
    const result = exploreBounds(system, bounds, { budgetMs: left });
    if (result.kind === 'error') return result;
    states += result.statistics.states;
    transitions += result.statistics.transitions;
    if (result.kind === 'violation') return { ...result, exhausted, statistics: statistics() };
    if (result.unfinished === null) exhausted.push(bounds);
    else unfinished ??= bounds;
  }
  return { kind: 'none', exhausted, unfinished, statistics: statistics() };
}

/** Searches within one bound, exhaustively as far as the budget allows. */
export function exploreBounds(
  system: System,
  bounds: Bounds,
  options: Pick<ExploreOptions, 'budgetMs'>,
): ExploreResult {
  const begin = performance.now();
  if (!areUsable(bounds)) {
    const message = `unusable bounds (${showBounds(bounds)}): there must be 1 to ${MAXIMAL_THREADS} threads`;
    return { kind: 'error', diagnostics: [{ code: 'usage', message }] };
  }
  try {
    checkSupported(system);
    const program = new Program(system, bounds, new Deadline(begin + options.budgetMs));
    const limits = { maximalStates: MAXIMAL_STATES };
    const { script, complete, states, transitions } = search(program, limits);
    const statistics = { states, transitions, ms: Math.round(performance.now() - begin) };
    if (script !== null) {
      // A fresh program: what replay says does not depend on anything that the search computed.
      const execution = run(new Program(system, bounds), script);
      return { kind: 'violation', execution, bounds, exhausted: [], statistics };
    }
    const isExhausted = complete && !program.leftOpen;
    return {
      kind: 'none',
      exhausted: isExhausted ? [bounds] : [],
      unfinished: isExhausted ? null : bounds,
      statistics,
    };
  } catch (error) {
    const diagnostic = diagnosticOf(error, system);
    if (diagnostic === null) throw error;
    return { kind: 'error', diagnostics: [diagnostic] };
  }
}

function diagnosticOf(error: unknown, system: System): Diagnostic | null {
  if (error instanceof Unsupported) {
    return {
      code: 'unsupported',
      message: error.message,
      ...(error.span === null ? {} : { span: error.span }),
    };
  }
  if (error instanceof NoInitialState) {
    const layer = system[error.side].name;
    return {
      code: 'layer',
      message: `${layer}: no state was found that satisfies its \`init\``,
      ...(error.unsatisfied === undefined ? {} : { span: error.unsatisfied.span }),
      hint: 'give each variable an initial value, or an `init` that zero values, small numbers or the numbers in its text satisfy',
    };
  }
  return null;
}

/** How many of the bounds behind are searched first with small arguments alone. */
const LAG = 7;

/**
 * The bounds to search, in order, cut to the largest ones allowed, without repetition. Where small arguments make a search much
 * smaller, the search with all arguments comes some bounds later: more calls find more than larger numbers do.
 */
function schedule(system: System, largest: Partial<Bounds>, deadline: Deadline): readonly Bounds[] {
  const choices = parameterChoices(system, deadline);
  const distinct = new Map<string, Bounds>();
  for (const { size, ...each } of SCHEDULE) {
    const bounds: Bounds = {
      threads: Math.min(each.threads, largest.threads ?? each.threads),
      operations: Math.min(each.operations, largest.operations ?? each.operations),
      crashes: Math.min(each.crashes, largest.crashes ?? each.crashes),
      values: Math.min(each.values, largest.values ?? each.values),
      parameters: largest.parameters ?? choices[Math.min(size, choices.length) - 1] ?? {},
      ...(spawns(system) ? { goroutines: MAXIMAL_GOROUTINES } : {}),
    };
    distinct.set(showBounds(bounds), bounds);
  }
  const all = [...distinct.values()];
  const profits = all.map((bounds) => profitsFromSmallArguments(system, bounds));
  return Array.from({ length: all.length + LAG }, (_, index) => index).flatMap((index) => {
    const [now, late] = [all[index], all[index - LAG]];
    return [
      ...(late !== undefined && profits[index - LAG] === true ? [late] : []),
      ...(now === undefined ? [] : [profits[index] === true ? { ...now, smallArguments: true } : now]),
    ];
  });
}

function spawns({ implementations }: System): boolean {
  return implementations.some(({ code }) => code.instructions.some(({ kind }) => kind === 'spawn'));
}
