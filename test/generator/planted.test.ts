/* eslint-disable @typescript-eslint/unbound-method -- the originals are called with the `this` of the spy */
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { and, createSolver, equal, select, type Solver, TRUE } from '../../src/encoding/index.js';
import { explore, replay } from '../../src/explore/index.js';
import type { System } from '../../src/ir/index.js';
import { InitialisationMode, RecoveryMode } from '../../src/vcgen/alone-mode.js';
import type * as Check from '../../src/vcgen/check.js';
import type { CheckRequest, CheckResult } from '../../src/vcgen/check.js';
import { combine, isProved, stepAttempt, succeeded } from '../../src/vcgen/check.js';
import { prove } from '../../src/vcgen/index.js';
import type * as Leases from '../../src/vcgen/leases.js';
import type { EffectStatus, Path } from '../../src/vcgen/path.js';
import { RunningMode } from '../../src/vcgen/running-mode.js';
import { PendingTable } from '../../src/vcgen/state.js';
import type * as SymbolicRun from '../../src/vcgen/symbolic-run.js';
import { Theory } from '../../src/vcgen/theory.js';
import { takeGhostStep, Walker } from '../../src/vcgen/walker.js';
import * as flags from './planted-flags.js';
import * as wrong from './planted-systems.js';

/**
 * Faults planted in the prover. Each takes a wrong system for a right one: that is what makes it a fault, and what the
 * comparison with the explorer detects. Without the fault the same system is refused.
 */
const planted = vi.hoisted(() => ({
  /** Obligations that are not asked. */
  skipped: null as ((request: { code: string; step: string }) => boolean) | null,
  unknownIsProved: false,
  writesNeedNoLease: false,
  memoryNeedsNoLease: false,
  onlyFirstOutcome: false,
}));

vi.mock(import('../../src/vcgen/check.js'), async (importOriginal) => {
  const original: typeof Check = await importOriginal();
  return {
    ...original,
    check: async (solver: Solver, request: CheckRequest) => {
      if (planted.skipped?.(request) === true) return { request, answer: null };
      const result = await original.check(solver, request);
      return planted.unknownIsProved && result.answer?.status === 'unknown'
        ? { request, answer: null }
        : result;
    },
  };
});

vi.mock(import('../../src/vcgen/leases.js'), async (importOriginal) => {
  const original: typeof Leases = await importOriginal();
  return {
    ...original,
    mayWrite: (...args) => (planted.writesNeedNoLease ? TRUE : original.mayWrite(...args)),
    mayAccess: (...args) => (planted.memoryNeedsNoLease ? TRUE : original.mayAccess(...args)),
  };
});

vi.mock(import('../../src/vcgen/symbolic-run.js'), async (importOriginal) => {
  const original: typeof SymbolicRun = await importOriginal();
  return {
    ...original,
    runAll: (context, policy, step) => {
      const runs = original.runAll(context, policy, step);
      if (!planted.onlyFirstOutcome || policy.kind === 'angelic' || runs === null) return runs;
      return { ...runs, outcomes: runs.outcomes.slice(0, 1) };
    },
  };
});

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
/** Has no budget to answer anything. */
const helpless = createSolver({ jobs: 1, rlimit: 1, timeoutSeconds: 20, seed: 0 });
afterAll(() => Promise.all([solver.close(), helpless.close()]));

afterEach(() => {
  vi.restoreAllMocks();
  Object.assign(planted, {
    skipped: null,
    unknownIsProved: false,
    writesNeedNoLease: false,
    memoryNeedsNoLease: false,
    onlyFirstOutcome: false,
  });
});

const skip =
  (code: string, step: (name: string) => boolean = () => true) =>
  (): void => {
    planted.skipped = (request) => request.code === code && step(request.step);
  };

function isSame(left: CheckResult, right: CheckResult): boolean {
  return left.request.code === right.request.code && left.request.fact === right.request.fact;
}

/** Each obligation of a step is proved under whichever ghost step suits it. */
function chooseSeparately(): void {
  vi.spyOn(Walker.prototype, 'withGhostStep').mockImplementation(async function (
    this: Walker,
    before,
    instruction,
    after,
    onward,
    extraDemands,
  ) {
    const ways = await Promise.all(
      this.mode.ghostSteps(before, after).map(async (ghost) => {
        const stepped = takeGhostStep(after, ghost);
        const demands = [...this.mode.facts(before, stepped), ...extraDemands(stepped)];
        return { stepped, results: await this.ask(before, instruction, demands, stepped) };
      }),
    );
    // A way under which nothing is asked of a fact leaves it as it was.
    const best = (ways[0]?.results ?? []).filter((result) =>
      ways.every(({ results }) => results.some((each) => isSame(each, result) && !isProved(each))),
    );
    const attempt = stepAttempt(best, before.depth);
    let whole = attempt;
    for (const { stepped } of ways) {
      if (!succeeded(attempt)) break;
      const next = { ...stepped, depth: before.depth + 1, hint: null };
      whole = combine([attempt, await onward(this.mode.interference(next))]);
      if (succeeded(whole)) break;
    }
    return whole;
  });
}

/** An op that has taken effect may take effect again. */
function commitTwice(): void {
  const original = RunningMode.prototype.ghostSteps;
  const pending = new WeakMap<RunningMode, EffectStatus>();
  vi.spyOn(RunningMode.prototype, 'ghostSteps').mockImplementation(function (
    this: RunningMode,
    before,
    after,
  ) {
    if (after.status.kind === 'pending') pending.set(this, after.status);
    const status = pending.get(this) ?? after.status;
    return original
      .call(this, before, { ...after, status, budget: 1 })
      .map((step) => (step.cost === 0 ? { ...step, status: after.status } : step));
  });
}

function keepLeaseAfterUnlock(): void {
  const { leases, finish } = RunningMode.prototype;
  const stale = new Set<object>();
  vi.spyOn(RunningMode.prototype, 'leases').mockImplementation(function (this: RunningMode, step) {
    const after = leases.call(this, step);
    const released = step.after.held
      .filter((held) => step.operation.role.kind === 'unlock' && !after.held.includes(held))
      .map((held) => ({ ...held }));
    for (const held of released) stale.add(held);
    return { ...after, held: [...after.held, ...released] };
  });
  vi.spyOn(RunningMode.prototype, 'finish').mockImplementation(function (
    this: RunningMode,
    path: Path,
    values,
  ) {
    return finish.call(this, { ...path, held: path.held.filter((held) => !stale.has(held)) }, values);
  });
}

function forgetSpecificationFirst(): void {
  const { start } = RecoveryMode.prototype;
  vi.spyOn(RecoveryMode.prototype, 'start').mockImplementation(function (this: RecoveryMode, state) {
    const started = start.call(this, state);
    const fresh = new InitialisationMode(new Theory(wrong.forgottenBuffer())).start(state);
    const buffer = fresh.variables.get('b');
    if (buffer === undefined) return started;
    const forgotten = { ...started.state, variables: new Map(started.state.variables).set('spec.b', buffer) };
    return { state: forgotten, hypotheses: this.known(forgotten) };
  });
}

function startFromRunningInvariants(): void {
  const { known } = RecoveryMode.prototype;
  vi.spyOn(RecoveryMode.prototype, 'known').mockImplementation(function (this: RecoveryMode, state) {
    const theory = new Theory(wrong.tornCopies());
    return [
      ...known.call(this, state),
      ...theory.facts.running.map((fact) => theory.formula(fact.expression, state)),
    ];
  });
}

/** Whoever was asked once counts as asked, done or not; only a thread that is new was never asked. */
function helpTheDone(): void {
  planted.skipped = ({ step }) => step === 'call';
  vi.spyOn(PendingTable.prototype, 'atom').mockImplementation(function (
    this: PendingTable,
    pending,
    thread,
    operation,
    _section,
    args,
  ) {
    const arrays = pending.arguments.get(operation) ?? [];
    const selected = args.flat().map((argument, index) => {
      const array = arrays[index];
      return array === undefined ? TRUE : equal(select(array, thread), argument);
    });
    return and(selected);
  });
}

interface Planted {
  readonly fault: string;
  readonly plant: () => void;
  readonly system: () => System;
  readonly solver?: Solver;
}

const FAULTS: readonly Planted[] = [
  { fault: 'the crash check is skipped', plant: skip('crash-invariant'), system: wrong.flagFirst },
  {
    fault: 'knowledge is kept across the steps of others',
    plant: () => {
      vi.spyOn(RunningMode.prototype, 'interference').mockImplementation((path) => path);
    },
    system: wrong.unlockedCounter,
  },
  {
    fault: 'a write needs no lease',
    plant: () => {
      planted.writesNeedNoLease = true;
    },
    system: wrong.writeWithoutLock,
  },
  {
    fault: 'plain memory needs no lease',
    plant: () => {
      planted.memoryNeedsNoLease = true;
    },
    system: wrong.racyLook,
  },
  { fault: 'an op may take effect twice', plant: commitTwice, system: wrong.addsTwice },
  { fault: 'the result is not compared', plant: skip('result'), system: wrong.wrongResult },
  {
    fault: 'the ghost step is chosen separately for each obligation',
    plant: chooseSeparately,
    system: wrong.halfWrite,
  },
  {
    fault: 'a lock invariant over unguarded state is proved at release only',
    plant: skip('lock-invariant', (step) => !step.includes('Unlock')),
    system: wrong.unguardedInvariant,
  },
  {
    fault: 'invocation is no step',
    plant: () => {
      planted.skipped = ({ step }) => step === 'call';
    },
    system: wrong.neverCalled,
  },
  {
    fault: 'the specification is reset before helping',
    plant: forgetSpecificationFirst,
    system: wrong.forgottenBuffer,
  },
  {
    fault: 'recovery starts from the running invariants',
    plant: startFromRunningInvariants,
    system: wrong.tornCopies,
  },
  {
    fault: "what the op requires of its caller is taken for what the machine's operation requires",
    plant: skip('machine'),
    system: wrong.carelessCall,
  },
  { fault: 'an op that is done is helped', plant: helpTheDone, system: wrong.overshoots },
  {
    fault: 'a crash during recovery is not considered',
    plant: () => {
      vi.spyOn(RecoveryMode.prototype, 'facts').mockReturnValue([]);
    },
    system: wrong.hastyRecovery,
  },
  {
    fault: 'no answer is taken for a proof',
    plant: () => {
      planted.unknownIsProved = true;
    },
    system: wrong.wrongResult,
    solver: helpless,
  },
  {
    fault: 'the second outcome of a step is dropped',
    plant: () => {
      planted.onlyFirstOutcome = true;
    },
    system: wrong.lossyWrite,
  },
  { fault: 'the lease is kept after the release', plant: keepLeaseAfterUnlock, system: wrong.unlocksEarly },
  {
    fault: 'the head of a loop keeps what the body changes',
    plant: () => {
      vi.spyOn(RecoveryMode.prototype, 'forgetBody').mockImplementation((path) => path);
    },
    system: wrong.loopThatChanges,
  },
  { fault: 'guard sets may overlap', plant: skip('guard-overlap'), system: wrong.twoGuards },
  { fault: 'guarantees are not proved', plant: skip('guarantee'), system: wrong.brokenPromise },
  { fault: "a layer's facts are not proved", plant: skip('always'), system: flags.falseFact },
  { fault: 'the start is not proved', plant: skip('initialisation'), system: flags.wrongStart },
  {
    fault: 'a crash before recovery starts is not considered',
    plant: skip('crash-stability'),
    system: flags.fragileCrash,
  },
  { fault: 'locks may be kept', plant: skip('lock-leak'), system: wrong.keepsLock },
  { fault: 'loops need not end', plant: skip('termination'), system: flags.endless },
];

async function unproved(system: System, by: Solver): Promise<readonly string[]> {
  const { obligations } = await prove(system, by);
  return obligations.filter(({ status }) => status !== 'proved').map(({ id, status }) => `${id} ${status}`);
}

describe('faults planted in the prover', () => {
  it.each(FAULTS)('$fault: detected', async ({ plant, system, solver: by = solver }) => {
    const subject = system();
    expect(await unproved(subject, by)).not.toEqual([]);
    const search = explore(subject, {
      budgetMs: 20_000,
      maxBounds: { threads: 2, operations: 3, crashes: 2, values: 2 },
    });
    if (search.kind !== 'violation') expect.fail(`the explorer finds nothing wrong: ${search.kind}`);
    expect(replay(subject, search.execution).ok).toBe(true);
    plant();
    // That a step cannot be reached is a net of its own, below which the fault would have gone unnoticed.
    const noticed = (await unproved(subject, by)).filter((each) => !each.endsWith(' vacuous'));
    expect(noticed).toEqual([]);
  });
});
