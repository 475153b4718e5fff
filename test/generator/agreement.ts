import type { Solver } from '../../src/encoding/index.js';
import type { Bounds, ExploreResult } from '../../src/explore/index.js';
import { exploreBounds, replay, showBounds } from '../../src/explore/index.js';
import type { Invariant, System } from '../../src/ir/index.js';
import { showExpression } from '../../src/ir/index.js';

import { PLAIN, renderSystem } from '../../src/report/index.js';
import type { Execution } from '../../src/trace/index.js';
import type { Obligation } from '../../src/vcgen/index.js';
import { prove, UnsupportedByProver } from '../../src/vcgen/index.js';

/** What prover and explorer say of one system, and whether the two can both be right. */
export interface Comparison {
  readonly verdict: 'proved' | 'refuted' | 'unproved' | 'unsupported';
  /** Proved, and threads may wait for each other: the theorem is about what happens, not that something does. */
  readonly deadlocks: boolean;
  /** Null where the two agree. */
  readonly disagreement: string | null;
  readonly violation: Execution | null;
  /** Obligations with their status, for comparison under another seed. */
  readonly statuses: readonly string[];
  readonly proverMs: number;
  readonly explorerMs: number;
}

const LITTLE: readonly Omit<Bounds, 'parameters'>[] = [
  { threads: 1, operations: 2, crashes: 1, values: 2 },
  { threads: 2, operations: 1, crashes: 1, values: 1 },
];
/** A proved system is searched more thoroughly. */
const MORE: readonly Omit<Bounds, 'parameters'>[] = [
  { threads: 2, operations: 2, crashes: 0, values: 2 },
  { threads: 2, operations: 1, crashes: 2, values: 1 },
  { threads: 2, operations: 2, crashes: 1, values: 2 },
];
const BUDGET_MS = 200;

/** Proves and explores a system. */
export async function compare(system: System, solver: Solver): Promise<Comparison> {
  const start = performance.now();
  const obligations = await obligationsOf(system, solver);
  const proverMs = performance.now() - start;
  const proved = obligations !== null && obligations.every(({ status }) => status === 'proved');
  const { violation, problem } = search(system, proved ? [...LITTLE, ...MORE] : LITTLE);
  const deadlocks = proved && violation?.violation.kind === 'deadlock';
  return {
    verdict:
      obligations === null ? 'unsupported' : proved ? 'proved' : violation === null ? 'unproved' : 'refuted',
    disagreement:
      problem ??
      (violation !== null && proved && !deadlocks
        ? `everything is proved, but there is a violation: ${violation.violation.kind}: ${violation.violation.message}`
        : null),
    violation,
    deadlocks,
    statuses: (obligations ?? []).map(({ id, status }) => `${id} ${status}`),
    proverMs,
    explorerMs: performance.now() - start - proverMs,
  };
}

/** All obligations; null where the prover has no rule for something that the system uses. */
async function obligationsOf(system: System, solver: Solver): Promise<readonly Obligation[] | null> {
  try {
    return (await prove(system, solver)).obligations;
  } catch (error) {
    if (error instanceof UnsupportedByProver) return null;
    throw error;
  }
}

function search(
  system: System,
  schedule: readonly Omit<Bounds, 'parameters'>[],
): { readonly violation: Execution | null; readonly problem: string | null } {
  for (const bounds of schedule) {
    for (const parameters of parametersOf(system)) {
      const result: ExploreResult = exploreBounds(system, { ...bounds, parameters }, { budgetMs: BUDGET_MS });
      if (result.kind === 'error') {
        return {
          violation: null,
          problem: `explorer: ${result.diagnostics.map(({ message }) => message).join('; ')}`,
        };
      }
      if (result.kind === 'none') continue;
      const again = replay(system, result.execution);
      const problem = again.ok
        ? null
        : `does not replay within ${showBounds({ ...bounds, parameters })}: ${again.difference ?? ''}`;
      return { violation: result.execution, problem };
    }
  }
  return { violation: null, problem: null };
}

function parametersOf(system: System): readonly Bounds['parameters'][] {
  return system.parameters.length === 0 ? [{}] : [{ Size: 1n }, { Size: 2n }];
}

/** A system and what was found, for a person. */
export function present(system: System, { disagreement, violation }: Comparison): string {
  const spelt = (each: Invariant): Invariant => ({ ...each, text: showExpression(each.expression) });
  const readable: System = {
    ...system,
    invariants: system.invariants.map(spelt),
    crashInvariants: system.crashInvariants.map(spelt),
    locks: system.locks.map((lock) => ({ ...lock, invariant: lock.invariant && spelt(lock.invariant) })),
  };
  const rows = (violation?.rows ?? []).map(
    ({ actor, kind, text, changes, note }) =>
      `${actor ?? ''} ${kind} ${text} ${changes.map((each) => `${each.name}: ${each.before} -> ${each.after}`).join(', ')} ${note ?? ''}`,
  );
  return [
    renderSystem(readable, [], { palette: PLAIN, width: 120, sourceLine: () => null, detail: 'normal' }),
    ...rows,
    disagreement ?? '',
  ].join('\n');
}
