import { describe, expect, it } from 'vitest';
import { failure, success } from '../../src/base/diagnostic.js';
import type { Solver } from '../../src/encoding/index.js';
import type { Code, System } from '../../src/ir/index.js';
import type { Obligation } from '../../src/vcgen/index.js';
import type { Stages, VerifyOptions } from '../../src/verify/index.js';
import { exitStatus, verifyPackages } from '../../src/verify/index.js';
import { execution, span } from '../report/fixture.js';

function code(name: string, line: number): Code {
  const start = span(line, 1).start;
  const end = { line, column: 99, offset: start.offset + 98 };
  return {
    name,
    locals: [],
    parameterCount: 0,
    instructions: [],
    span: { file: 'p/p.go', start, end },
  };
}

const layer = { name: 'L', init: [], crash: { locals: [], statements: [] }, always: [], alwaysStep: [] };

function system(change: Partial<System> = {}): System {
  return {
    path: 'p',
    name: 'p',
    folders: [],
    span: span(1, 1),
    refines: 'S',
    over: 'M',
    parameters: [],
    state: [],
    machine: layer,
    specification: layer,
    machineOperations: [],
    specificationOperations: [],
    implementations: [
      { operation: 'Write', code: code('Write', 4), span: span(4, 1) },
      { operation: 'Read', code: code('Read', 9), span: span(9, 1) },
    ],
    recovery: null,
    initialisation: null,
    boot: null,
    invariants: [],
    crashInvariants: [],
    guarantees: [],
    procedures: [],
    locks: [],
    unorderedChannels: [],
    annotationLines: 1,
    goLines: 2,
    ...change,
  };
}

function obligation(id: string, operation: string, status: Obligation['status']): Obligation {
  return {
    id,
    code: 'effect',
    title: id,
    span: span(4, 2),
    callers: [],
    operation,
    access: null,
    conjunct: null,
    status,
    reason: status === 'unknown' ? 'resource limit' : null,
    countermodel: null,
    queries: 1,
    quantifiedQueries: 0,
    rlimit: 1,
    ms: 1,
  };
}

const solver: Solver = {
  check: () => Promise.reject(new Error('not asked')),
  statistics: () => ({
    queries: 0,
    byteSize: 0,
    ms: 0,
    maxMs: 0,
    quantified: 0,
    unknown: 0,
    memoryBytes: 0,
  }),
  close: () => Promise.resolve(),
};

/** Stages with given obligations; the explorer finds the execution of the fixture if `violation`. */
function stages(
  obligations: readonly Obligation[],
  violation: boolean,
  change: Partial<Stages> = {},
): Stages {
  return {
    findPackages: (packages) => Promise.resolve(success({ packages, others: [] })),
    loadSystem: () => Promise.resolve(success(system())),
    prove: (_system, _solver, { filter }) =>
      Promise.resolve(
        success({
          obligations: obligations.filter(({ id }) => filter === undefined || id.includes(filter)),
          choices: [],
        }),
      ),
    explore: () =>
      Promise.resolve(
        success({
          summary: { exhausted: ['one thread'], unfinished: null, states: 1, transitions: 1, ms: 1 },
          violation: violation ? execution() : null,
        }),
      ),
    replay: () => Promise.resolve(null),
    ...change,
  };
}

function options(
  from: Stages,
  change: Partial<VerifyOptions> = {},
  filter: string | null = null,
): VerifyOptions {
  return {
    settings: { rlimit: 1, timeoutSeconds: 1, seed: 0, jobs: 1, filter, exploreSeconds: 1 },
    tool: { name: 'armada-verify', version: '0', solver: 'none' },
    crossCheck: false,
    solver,
    stages: from,
    ...change,
  };
}

async function verdicts(
  obligations: readonly Obligation[],
  violation: boolean,
): Promise<Record<string, string>> {
  const run = await verifyPackages(['p'], options(stages(obligations, violation)));
  return Object.fromEntries((run.packages[0]?.obligations ?? []).map(({ id, verdict }) => [id, verdict]));
}

describe('verdicts', () => {
  it('refute what failed in a function that the execution passes through, and nothing else', async () => {
    const found = await verdicts(
      [
        obligation('a', 'Write', 'failed'),
        obligation('b', 'Read', 'failed'),
        obligation('c', 'Write', 'proved'),
      ],
      true,
    );
    expect(found).toEqual({ a: 'refuted', b: 'unproved', c: 'proved' });
  });

  it('refute every failed obligation when the execution passes through none of their functions', async () => {
    const found = await verdicts(
      [obligation('b', 'Read', 'failed'), obligation('c', 'Read', 'unknown')],
      true,
    );
    expect(found).toEqual({ b: 'refuted', c: 'unproved' });
  });

  it('stay unproved without an execution, and say when the budget was spent', async () => {
    const run = await verifyPackages(
      ['p'],
      options(stages([obligation('a', 'Write', 'failed'), obligation('b', 'Read', 'unknown')], false)),
    );
    expect(run.packages[0]?.obligations.map(({ verdict }) => verdict)).toEqual(['unproved', 'unproved']);
    expect(run.packages[0]?.obligations[1]?.reason).toBe('out of budget: resource limit');
    expect(exitStatus(run)).toBe(2);
  });

  it('are `assumed` in a function with an `assume`', async () => {
    const assume: Code = {
      ...code('Write', 4),
      instructions: [
        {
          kind: 'assume',
          reason: 'user',
          condition: { kind: 'literal', value: true, type: { kind: 'bool' } },
          source: { span: span(5, 3), text: 'assume true', callers: [] },
        },
      ],
    };
    const assuming = system({ implementations: [{ operation: 'Write', code: assume, span: span(4, 1) }] });
    const from = stages([obligation('a', 'Write', 'proved')], false, {
      loadSystem: () => Promise.resolve(success(assuming)),
    });
    const run = await verifyPackages(['p'], options(from));
    expect(run.packages[0]?.obligations[0]).toMatchObject({
      verdict: 'assumed',
      reason: 'relies on the `assume` at p/p.go:5',
    });
    expect(exitStatus(run)).toBe(3);
  });
});

describe('a search that cannot be made', () => {
  const why = { code: 'unsupported', message: 'too many values' } as const;
  const cannot: Partial<Stages> = { explore: () => Promise.resolve(failure(why)) };

  it('leaves what is not proved as it is, and says why nothing was searched', async () => {
    const failed = stages(
      [obligation('a', 'Write', 'failed'), obligation('b', 'Read', 'proved')],
      false,
      cannot,
    );
    const run = await verifyPackages(['p'], options(failed));
    expect(run.diagnostics).toEqual([]);
    expect(run.packages[0]).toMatchObject({ verdict: 'unproved', exploration: null, notSearched: why });
    expect(exitStatus(run)).toBe(2);
  });

  it('is no error of a proved package, and is not asked for without a cross-check', async () => {
    const proved = stages([obligation('a', 'Write', 'proved')], false, cannot);
    const checked = await verifyPackages(['p'], options(proved, { crossCheck: true }));
    expect(checked.packages[0]).toMatchObject({ verdict: 'proved', notSearched: why, disagreement: null });
    expect(exitStatus(checked)).toBe(0);
    const plain = await verifyPackages(['p'], options(proved));
    expect(plain.packages[0]).not.toHaveProperty('notSearched');
  });
});

describe('a search that the prover asks for', () => {
  /** Stages whose prover asks for a search; gives what it was told, how many searches there were, and whether the last was stopped. */
  async function asked(
    status: Obligation['status'],
    kind: 'refinement' | 'deadlock',
    replays = true,
  ): Promise<{ isRefuted: boolean | undefined; searches: number; isStopped: boolean }> {
    const violation = { ...execution().violation, kind };
    const seen: { isRefuted?: boolean; signals: (AbortSignal | undefined)[] } = { signals: [] };
    const base = stages([obligation('a', 'Write', status)], true);
    const from: Stages = {
      ...base,
      async prove(given, usedSolver, settings) {
        const isRefuted = await settings.isRefuted?.();
        if (isRefuted !== undefined) seen.isRefuted = isRefuted;
        return base.prove(given, usedSolver, settings);
      },
      async explore(given, budgetMs, signal) {
        seen.signals.push(signal);
        const found = await base.explore(given, budgetMs, signal);
        return found.ok ? success({ ...found.value, violation: { ...execution(), violation } }) : found;
      },
      replay: () => Promise.resolve(replays ? null : 'other result'),
    };
    await verifyPackages(['p'], options(from));
    const { isRefuted, signals } = seen;
    return { isRefuted, searches: signals.length, isStopped: signals.at(-1)?.aborted === true };
  }

  it('is the only one, and its execution counts where it can be run again', async () => {
    expect(await asked('failed', 'refinement')).toEqual({ isRefuted: true, searches: 1, isStopped: false });
    expect(await asked('failed', 'refinement', false)).toMatchObject({ isRefuted: false, searches: 1 });
  });

  it('does not count threads that wait for each other: that is not among what is proved', async () => {
    expect(await asked('failed', 'deadlock')).toMatchObject({ isRefuted: false });
  });

  it('is stopped when the proof succeeds', async () => {
    expect(await asked('proved', 'deadlock')).toMatchObject({ isStopped: true });
  });
});

describe('a cross-check of a proved package', () => {
  it('reports threads that wait for ever, which contradicts no proof', async () => {
    const violation = { ...execution().violation, kind: 'deadlock' } as const;
    const summary = { exhausted: [], unfinished: null, states: 1, transitions: 1, ms: 1 };
    const found = { summary, violation: { ...execution(), violation } };
    const explore = () => Promise.resolve(success(found));
    const proved = stages([obligation('a', 'Write', 'proved')], true, { explore });
    const run = await verifyPackages(['p'], options(proved, { crossCheck: true }));
    expect(run.packages[0]).toMatchObject({
      verdict: 'proved',
      deadlock: found.violation,
      disagreement: null,
    });
    expect(exitStatus(run)).toBe(0);
    const failed = stages([obligation('a', 'Write', 'failed')], true, { explore });
    expect((await verifyPackages(['p'], options(failed))).packages[0]).not.toHaveProperty('deadlock');
  });
});

describe('exit status', () => {
  const proved = obligation('a', 'Write', 'proved');

  it('is 0 when everything is proved, 1 when something is refuted, 3 when hypotheses contradict each other', async () => {
    const status = async (obligations: readonly Obligation[], violation: boolean): Promise<number> =>
      exitStatus(await verifyPackages(['p'], options(stages(obligations, violation))));
    expect(await status([proved], false)).toBe(0);
    expect(await status([proved, obligation('b', 'Read', 'failed')], true)).toBe(1);
    expect(await status([proved, obligation('b', 'Read', 'vacuous')], false)).toBe(3);
  });

  it('is 4 when nothing is found, nothing is to be proved, or a package cannot be loaded', async () => {
    const none = stages([], false, {
      findPackages: () => Promise.resolve(success({ packages: [], others: [] })),
    });
    expect(exitStatus(await verifyPackages(['p'], options(none)))).toBe(4);
    const empty = await verifyPackages(['p'], options(stages([], false)));
    expect(exitStatus(empty)).toBe(4);
    expect(empty.packages).toEqual([]);
    expect(empty.diagnostics).toMatchObject([{ code: 'layer', span: { start: { line: 1 } } }]);
    expect(empty.diagnostics[0]?.message).toMatch(/nothing to verify/);
    const broken = stages([proved], false, {
      loadSystem: (path) =>
        Promise.resolve(path === 'p' ? success(system()) : failure({ code: 'syntax', message: 'no' })),
    });
    const run = await verifyPackages(['p', 'q'], options(broken));
    expect(exitStatus(run)).toBe(4);
    expect(run.packages).toHaveLength(1);
  });

  it('is 4 when a package beside others has nothing to be proved', async () => {
    const half = stages([proved], false, {
      loadSystem: (path) => Promise.resolve(success(system({ path }))),
      prove: ({ path }) =>
        Promise.resolve(success({ obligations: path === 'p' ? [proved] : [], choices: [] })),
    });
    const run = await verifyPackages(['p', 'q'], options(half));
    expect(exitStatus(run)).toBe(4);
    expect(run.packages.map(({ path }) => path)).toEqual(['p']);
    expect(run.diagnostics.map(({ message }) => message)).toEqual([
      'there is nothing to verify in q: the specification S has no operations',
    ]);
  });

  it('is 4 for a filter that matches nothing, with the candidates', async () => {
    const run = await verifyPackages(['p'], options(stages([proved], false), {}, 'Wriet'));
    expect(exitStatus(run)).toBe(4);
    expect(run.diagnostics[0]?.hint).toContain('Write, Read');
  });

  it('is 70 when the explorer contradicts the prover, or does not replay', async () => {
    const contradiction = await verifyPackages(['p'], options(stages([proved], true), { crossCheck: true }));
    expect(contradiction.packages[0]?.disagreement).toContain('every obligation is proved, but');
    expect(exitStatus(contradiction)).toBe(70);
    const unreplayed = stages([obligation('a', 'Write', 'failed')], true, {
      replay: () => Promise.resolve('other result'),
    });
    const run = await verifyPackages(['p'], options(unreplayed));
    expect(run.packages[0]?.obligations[0]?.verdict).toBe('unproved');
    expect(exitStatus(run)).toBe(70);
  });
});
