import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../src/explore/index.js';
import { explore, exploreBounds, largestBounds, replay, showBounds } from '../../src/explore/index.js';
import type { Code, Operation, System } from '../../src/ir/index.js';
import { BOOL, UINT64 } from '../../src/ir/index.js';
import type { Line } from './systems.js';
import {
  READS,
  RECOVERIES,
  a,
  assign,
  binary,
  branch,
  call,
  code,
  either,
  layer,
  local,
  lockOperations,
  lockVariable,
  loop,
  jump,
  memory,
  number,
  operation,
  replicatedDisk,
  require,
  results,
  ret,
  set,
  state,
  system,
  transitions,
  truth,
  variable,
  wait,
} from './systems.js';

const BOUNDS: Bounds = { threads: 2, operations: 1, crashes: 0, parameters: {}, values: 1 };
const x = memory('x');
const total = state('spec.x', UINT64);
const step = (name: string): Line => call(name, name, []);

/** One op `Do(n) result` over a plain variable and two locks. */
function small(body: Line[], specification: Operation, rest: Partial<System> = {}): System {
  const lines: Code = code(
    'Do',
    1,
    [
      ['n', UINT64],
      ['t', UINT64],
    ],
    ...body,
  );
  return system(
    {
      state: [
        x.variable,
        lockVariable('m', false),
        lockVariable('k', false),
        variable('spec.x', UINT64, 'specification', { durability: 'volatile' }),
      ],
      machineOperations: [...x.operations, ...lockOperations('m', false), ...lockOperations('k', false)],
      specificationOperations: [specification],
      ...rest,
    },
    { Do: lines },
  );
}

const ADD = operation('Do', [UINT64], [], [set('spec.x', binary('add', total, a))]);
const NOTHING = operation('Do', [UINT64], [], []);
const LOAD = call('t := x', 'x.Load', [], [1]);
const STORE = call('x = t + n', 'x.Store', [binary('add', local(1, UINT64), a)]);

function violation(each: System, bounds = BOUNDS): { kind: string; message: string } {
  const result = exploreBounds(each, bounds, { budgetMs: 10_000 });
  if (result.kind !== 'violation') expect.fail(result.kind);
  expect(replay(each, result.execution)).toEqual({ ok: true, execution: result.execution, difference: null });
  return result.execution.violation;
}

function none(each: System, bounds = BOUNDS): void {
  const result = exploreBounds(each, bounds, { budgetMs: 10_000 });
  expect(result).toMatchObject({ kind: 'none', exhausted: [bounds], unfinished: null });
}

describe('what goes wrong', () => {
  it('a data race, even between two calls with one access each', () => {
    expect(violation(small([call('x = n', 'x.Store', [a]), ret()], NOTHING))).toMatchObject({
      kind: 'race',
      message: 'data race on x: thread 1 writes it (`x = n`) while thread 2 writes it (`x = n`)',
      accesses: [
        { actor: 'thread 1', kind: 'write', location: 'x', text: 'x = n', locks: [] },
        { actor: 'thread 2', kind: 'write', location: 'x', text: 'x = n', locks: [] },
      ],
    });
    const other = [step('k.Lock'), STORE, step('k.Unlock'), ret()];
    expect(violation(small([step('m.Lock'), LOAD, step('m.Unlock'), ...other], NOTHING))).toMatchObject({
      accesses: [
        { kind: 'read', locks: ['m'] },
        { kind: 'write', locks: ['k'] },
      ],
    });
    none(small([step('m.Lock'), LOAD, STORE, step('m.Unlock'), ret()], ADD));
    none(small([LOAD, ret()], NOTHING));
  });

  it('a deadlock of two locks in different orders', () => {
    const both = (first: string, second: string): Line[] => [
      step(`${first}.Lock`),
      step(`${second}.Lock`),
      step(`${second}.Unlock`),
      step(`${first}.Unlock`),
      ret(),
    ];
    const one = small(both('m', 'k'), NOTHING);
    none(one);
    const [implementation] = one.implementations;
    if (implementation === undefined) expect.fail();
    const other = {
      ...implementation,
      operation: 'Other',
      code: code('Other', 1, [['n', UINT64]], ...both('k', 'm')),
    };
    const two = {
      ...one,
      implementations: [implementation, other],
      specificationOperations: [NOTHING, { ...NOTHING, name: 'Other' }],
    };
    expect(violation(two)).toMatchObject({ kind: 'deadlock' });
  });

  it('a lock taken twice, released by nobody, and a loop without end', () => {
    expect(violation(small([step('m.Lock'), step('m.Lock'), ret()], NOTHING)).kind).toBe('deadlock');
    expect(violation(small([step('m.Unlock'), ret()], NOTHING))).toMatchObject({
      kind: 'undefined',
      message: 'Do(0) releases m, which nobody holds',
    });
    expect(violation(small([loop, jump(0)], NOTHING)).kind).toBe('divergence');
    expect(violation(small([loop, step('m.Lock'), step('m.Unlock'), jump(0)], NOTHING)).kind).toBe(
      'divergence',
    );
  });

  it('a panic, but not a false assertion about state, which is for the prover', () => {
    const check = (condition: ReturnType<typeof truth>, kind: 'division' | 'assertion'): Line => [
      'check',
      { kind: 'check', condition, code: kind, message: 'division by zero' },
    ];
    const positive = binary('less', number(0), a);
    expect(violation(small([check(positive, 'division'), ret()], NOTHING))).toMatchObject({
      kind: 'panic',
      message: 'Do(0) panics: division by zero',
    });
    expect(violation(small([check(positive, 'assertion'), ret()], NOTHING)).kind).toBe('panic');
    none(small([check(binary('less', total, number(0)), 'assertion'), ret()], NOTHING));
  });

  it('nothing that the user assumes not to happen', () => {
    const impossible: Line = ['assume', { kind: 'assume', reason: 'user', condition: truth(false) }];
    none(small([step('m.Lock'), impossible, step('m.Lock'), ret()], NOTHING));
    const alone = code('Recover', 0, [], step('m.Lock'), impossible, ret());
    none(small([ret()], NOTHING, { recovery: alone, initialisation: alone }), { ...BOUNDS, crashes: 1 });
    const stuck = code('Recover', 0, [], step('m.Lock'), step('m.Lock'), ret());
    const waits = violation(small([ret()], NOTHING, { boot: stuck }));
    expect(waits).toMatchObject({
      kind: 'deadlock',
      message: 'deadlock: Recover waits at `m.Lock`, and nobody can go on',
    });
  });

  it('nothing, when the caller is to blame', () => {
    const guarded = operation('Do', [UINT64], [], [require(binary('less', a, number(1)))]);
    const failing: Line = [
      'check',
      {
        kind: 'check',
        condition: binary('less', a, number(1)),
        code: 'bounds',
        message: 'index out of range',
      },
    ];
    none(small([failing, ret()], guarded));
    const maybe = operation('Do', [UINT64], [], [either([], [require(binary('less', a, number(1)))])]);
    none(small([failing, ret()], maybe));
    const waiting = operation(
      'Do',
      [UINT64],
      [],
      [wait(truth(false)), require(binary('less', a, number(1)))],
    );
    // A branch that waits for ever is not undefined.
    expect(violation(small([failing, ret()], waiting)).kind).toBe('refinement');
  });

  it('a call that the specification makes wait, and a crash that it does not have', () => {
    expect(violation(small([ret()], operation('Do', [UINT64], [], [wait(truth(false))])))).toMatchObject({
      kind: 'refinement',
      message: 'Do(0) returned, but the specification does not let it take effect here',
    });
    const impossible = {
      name: 'S',
      init: [],
      crash: { locals: [], statements: [wait(truth(false))] },
      always: [],
      alwaysStep: [],
    };
    const one = small([ret()], NOTHING, { specification: impossible });
    none(one);
    expect(violation(one, { ...BOUNDS, crashes: 1 }).message).toContain('recovery finished');
  });
});

describe('specifications with several sections', () => {
  const twice = operation(
    'Do',
    [UINT64],
    [UINT64],
    [set('spec.x', number(1))],
    [set('spec.x', number(2)), results(total)],
  );
  const peek = operation('Peek', [], [UINT64], [results(total)]);

  it('take their sections in order, with others in between', () => {
    const one = small([ret(number(2))], twice);
    none(one);
    expect(violation(small([ret(number(1))], twice)).message).toContain('allows only 2');
    const peeking = (value: number): System => ({
      ...one,
      specificationOperations: [twice, peek],
      implementations: [
        {
          ...one.implementations[0],
          operation: 'Do',
          code: code(
            'Do',
            1,
            [['n', UINT64]],
            step('m.Lock'),
            step('m.Unlock'),
            step('m.Lock'),
            step('m.Unlock'),
            ret(number(2)),
          ),
          span: ADD.span,
        },
        { operation: 'Peek', code: code('Peek', 0, [], ret(number(value))), span: ADD.span },
      ],
    });
    // Alone, a peek sees 0 before and 2 after, and 1 only between the two sections.
    expect(violation(peeking(1)).kind).toBe('refinement');
  });
});

describe('machines with several sections', () => {
  it('let others in between them', () => {
    const slow = layer(
      operation('slow', [], [BOOL], [set('y', truth(true))], [set('y', truth(false)), results(truth(true))]),
    );
    const look = layer(operation('look', [], [BOOL], [results(state('y', BOOL))]));
    const base = system(
      {
        state: [variable('y', BOOL, 'machine')],
        machineOperations: [slow, look],
        specificationOperations: [
          operation('Slow', [], [], []),
          operation('Look', [], [BOOL], [results(truth(false))]),
        ],
      },
      {
        Slow: code('Slow', 0, [], call('slow()', 'slow', [], [null]), ret()),
        Look: code('Look', 0, [['y', BOOL]], call('y := look()', 'look', [], [0]), ret(local(0, BOOL))),
      },
    );
    expect(violation(base).message).toBe('Look() returned true, but the specification allows only false');
    none(base, { ...BOUNDS, threads: 1 });
  });
});

describe('traces', () => {
  it('tell the story of a crash', () => {
    const result = explore(replicatedDisk({ recovery: null }), { budgetMs: 10_000 });
    if (result.kind !== 'violation') expect.fail();
    const { rows, parameters, violation: found } = result.execution;
    expect(parameters).toEqual([{ name: 'Size', value: '1' }]);
    expect(found.message).toBe(
      'Read(0) returned block(0), but the specification allows only block(1): Read(0) had returned block(1)',
    );
    expect(rows[0]).toMatchObject({
      kind: 'initial',
      note: 'ok1 = true, ok2 = true',
      specification: ['disk = {}'],
    });
    expect(rows[1]).toMatchObject({
      actor: 'thread 1',
      kind: 'invoke',
      text: 'Write(0, block(1)) is called',
    });
    const written = rows.find(({ text }) => text.startsWith('twodisk.Write1'));
    expect(written?.changes).toEqual([{ name: 'disk1[0]', before: 'block(0)', after: 'block(1)' }]);
    expect(written?.span?.file).toBe('Write.go');
    expect(written?.note).toBeNull();
    const read = rows.find(({ text }) => text.includes('twodisk.Read1('));
    expect(read?.note).toBe('Read1(0) gives (block(1), true)');
    expect(rows.find(({ kind }) => kind === 'crash')).toMatchObject({
      actor: null,
      text: 'CRASH',
      note: 'cut off: Write(0, block(1)); survived: disk1 = {0: block(1)}, ok1 = true, ok2 = true',
      specification: ['disk = {}', 'disk = {0: block(1)}'],
    });
    expect(rows.at(-1)).toMatchObject({
      kind: 'return',
      text: 'Read returns block(0)',
      specification: ['no execution of the specification is left'],
    });
  });

  it('do not replay on another system, and say why', () => {
    const broken = replicatedDisk({ recovery: RECOVERIES.endless });
    const result = explore(broken, { budgetMs: 10_000 });
    if (result.kind !== 'violation') expect.fail();
    expect(replay(replicatedDisk(), result.execution)).toMatchObject({ ok: false });
    expect(replay(broken, { ...result.execution, script: ['nonsense'] })).toMatchObject({
      ok: false,
      difference: 'the script is not one of the explorer',
    });
    const early = explore(replicatedDisk({ read: READS.keepingLock }), { budgetMs: 10_000 });
    if (early.kind !== 'violation') expect.fail();
    expect(replay(replicatedDisk(), early.execution).ok).toBe(false);
    const cut = { ...result.execution, script: result.execution.script.slice(0, 2) };
    expect(replay(broken, cut).difference).toBe('the execution ends without a violation');
  });
});

describe('budgets and bounds', () => {
  it('reports what was searched completely, and nothing when there is no time', () => {
    expect(explore(replicatedDisk(), { budgetMs: 0 })).toMatchObject({ kind: 'none', exhausted: [] });
    const result = explore(replicatedDisk(), {
      budgetMs: 20_000,
      maxBounds: { threads: 1, operations: 2, crashes: 1, values: 1 },
    });
    if (result.kind !== 'none') expect.fail();
    expect(result.unfinished).toBeNull();
    expect(largestBounds(result.exhausted).map(showBounds)).toContain(
      '1 thread, 2 calls each, 1 crash, Size = 2, 1 value',
    );
  });

  it('leaves open what comes after a loop of very many rounds, which may end', () => {
    const counting = small(
      [
        assign('i := n', 1, binary('add', a, number(1_000_000))),
        loop,
        branch('i > 0', binary('less', number(0), local(1, UINT64)), 3, 5),
        assign('i--', 1, binary('subtract', local(1, UINT64), number(1))),
        jump(1),
        step('m.Unlock'),
        ret(),
      ],
      NOTHING,
    );
    const result = exploreBounds(counting, BOUNDS, { budgetMs: 20_000 });
    expect(result).toMatchObject({ kind: 'none', exhausted: [], unfinished: BOUNDS });
  });

  it('takes the smallest parameters that are allowed, and one of twice that size', () => {
    const each = replicatedDisk();
    const where = binary('less', number(2), { kind: 'parameter', type: UINT64, name: 'Size' });
    const parameters = each.parameters.map((parameter) => ({ ...parameter, where }));
    const result = explore(
      { ...each, parameters },
      { budgetMs: 20_000, maxBounds: { threads: 1, operations: 1, crashes: 0 } },
    );
    if (result.kind !== 'none') expect.fail();
    expect(result.exhausted.map((bounds) => bounds.parameters['Size'])).toEqual(
      [3n, 3n, 6n, 3n, 4n, 4n, 6n, 6n].slice(0, result.exhausted.length),
    );
  });

  it('refuses bounds that make no sense', () => {
    for (const bounds of [
      { ...BOUNDS, threads: 100 },
      { ...BOUNDS, threads: 0 },
      { ...BOUNDS, values: 0.5 },
    ]) {
      expect(exploreBounds(small([ret()], NOTHING), bounds, { budgetMs: 1000 })).toMatchObject({
        kind: 'error',
        diagnostics: [{ code: 'usage' }],
      });
    }
  });

  it('refuses a specification that chooses among more values than it can try, and a layer without initial states', () => {
    const chooses = operation(
      'Do',
      [UINT64],
      [],
      [{ kind: 'choose', local: 0, type: UINT64, where: truth(true), span: ADD.span }],
    );
    expect(explore(small([ret()], chooses), { budgetMs: 1000 })).toMatchObject({
      kind: 'error',
      diagnostics: [{ code: 'unsupported' }],
    });
    const impossible = {
      name: 'M',
      init: [{ name: 'init', text: 'false', expression: truth(false), span: ADD.span }],
      crash: { locals: [], statements: [] },
      always: [],
      alwaysStep: [],
    };
    expect(explore(small([ret()], NOTHING, { machine: impossible }), { budgetMs: 1000 })).toMatchObject({
      kind: 'error',
      diagnostics: [{ code: 'layer', span: ADD.span }],
    });
  });

  it('begins with the numbers that `init` mentions', () => {
    const init = (side: 'machine' | 'specification', name: string, value: number) => ({
      ...transitions(side),
      init: [
        {
          name: 'init',
          text: name,
          expression: binary('equal', state(name, UINT64), number(value)),
          span: ADD.span,
        },
      ],
    });
    const beginning = (inCode: number): System =>
      small([LOAD, ret(local(1, UINT64))], operation('Do', [UINT64], [UINT64], [results(total)]), {
        state: [
          variable('x', UINT64, 'machine', { initial: null }),
          variable('spec.x', UINT64, 'specification', { initial: null }),
        ],
        machineOperations: [layer(operation('x.Load', [], [UINT64], [results(state('x', UINT64))]))],
        machine: init('machine', 'x', inCode),
        specification: init('specification', 'spec.x', 500),
      });
    expect(exploreBounds(beginning(500), BOUNDS, { budgetMs: 10_000 })).toMatchObject({ kind: 'none' });
    expect(violation(beginning(400))).toEqual({
      kind: 'refinement',
      message: 'Do(0) returned 400, but the specification allows only 500',
      span: expect.anything() as object,
    });
  });
});
