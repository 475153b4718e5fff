import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../src/explore/index.js';
import { exploreBounds, replay } from '../../src/explore/index.js';
import type { Code, Expression, System } from '../../src/ir/index.js';
import { BLOCK, BOOL, UINT64 } from '../../src/ir/index.js';
import { hasViolation } from './plain-search.js';
import type { Line } from './systems.js';
import {
  GOOD_READ,
  READS,
  a,
  binary,
  branch,
  call,
  code,
  end,
  local,
  lockOperations,
  lockVariable,
  memory,
  number,
  operation,
  replicatedDisk,
  results,
  ret,
  set,
  spawn,
  state,
  system,
  variable,
} from './systems.js';

function generator(seed: number): (count: number) => number {
  let current = seed;
  return (count) => {
    current = (Math.imul(current, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((current / 0x80000000) * count);
  };
}

function shuffled<T>(items: readonly T[], pick: (count: number) => number): T[] {
  return items
    .map((item) => [pick(1_000_000), item] as const)
    .sort(([left], [right]) => left - right)
    .map(([, item]) => item);
}

/** A write and a read made of the right statements in random order, with some left out or repeated. */
function randomDisk(pick: (count: number) => number): System {
  const v = local(1, BLOCK);
  const lock = call('Lock', 'locks.Lock', [a]);
  const unlock = call('Unlock', 'locks.Unlock', [a]);
  const writes = [call('Write1', 'twodisk.Write1', [a, v]), call('Write2', 'twodisk.Write2', [a, v])];
  const body = shuffled([...writes, ...(pick(3) === 0 ? [unlock, lock] : [])], pick).slice(
    pick(5) === 0 ? 1 : 0,
  );
  const lines = pick(4) > 0 ? [lock, ...body, unlock] : body;
  const write = code(
    'Write',
    2,
    [
      ['a', UINT64],
      ['v', BLOCK],
    ],
    ...lines,
    ret(),
  );
  const locals: [string, typeof BOOL][] = [
    ['a', UINT64],
    ['v', BLOCK],
    ['ok', BOOL],
  ];
  const read1 = call('Read1', 'twodisk.Read1', [a], [1, 2]);
  const read2 = call('Read2', 'twodisk.Read2', [a], [1, null]);
  const early = code(
    'Read',
    1,
    locals,
    lock,
    read1,
    unlock,
    branch('if', local(2, BOOL), 5, 4),
    read2,
    ret(v),
  );
  const reads: Code[] = [READS.withoutLock, early];
  const recovery = pick(4) === 0 ? { recovery: null } : {};
  return replicatedDisk({ write, read: reads[pick(6)] ?? GOOD_READ, ...recovery });
}

/** A counter in plain memory under two locks, with random code. */
function randomCounter(pick: (count: number) => number): System {
  const x = memory('x');
  const call0 = (name: string): Line => call(name, name, []);
  const load = call('t = x', 'x.Load', [], [1]);
  const store = call('x = t + n', 'x.Store', [binary('add', local(1, UINT64), a)]);
  const bodies: Line[][] = [
    [call0('m.Lock'), load, store, call0('m.Unlock')],
    [call0('m.Lock'), call0('k.Lock'), load, store, call0('k.Unlock'), call0('m.Unlock')],
    [call0('k.Lock'), call0('m.Lock'), load, store, call0('m.Unlock'), call0('k.Unlock')],
    [call0('m.Lock'), load, call0('m.Unlock'), call0('m.Lock'), store, call0('m.Unlock')],
    [call0('k.Lock'), load, store, call0('k.Unlock')],
    [call0('m.Lock'), load, store, call0('m.Unlock'), call0('m.Unlock')],
    [call0('m.Lock'), load, call0('k.Lock'), store, call0('m.Unlock'), call0('k.Unlock')],
    [load, store],
  ];
  const gets: Line[][] = [
    [call0('m.Lock'), load, call0('m.Unlock')],
    [call0('m.Lock'), call0('k.Lock'), load, call0('m.Unlock'), call0('k.Unlock')],
    [load],
  ];
  const body = bodies[pick(bodies.length)] ?? [];
  const get = gets[pick(gets.length)] ?? [];
  const total: Expression = state('spec.x', UINT64);
  return system(
    {
      state: [
        x.variable,
        lockVariable('m', false),
        lockVariable('k', false),
        variable('spec.x', UINT64, 'specification', { durability: 'volatile' }),
      ],
      machineOperations: [...x.operations, ...lockOperations('m', false), ...lockOperations('k', false)],
      specificationOperations: [
        operation('Add', [UINT64], [], [set('spec.x', binary('add', total, a))]),
        operation('Get', [UINT64], [UINT64], [results(total)]),
      ],
    },
    {
      Add: code(
        'Add',
        1,
        [
          ['n', UINT64],
          ['t', UINT64],
        ],
        ...body,
        ret(),
      ),
      Get: code(
        'Get',
        1,
        [
          ['n', UINT64],
          ['t', UINT64],
        ],
        ...get,
        ret(binary('add', local(1, UINT64), number(0))),
      ),
    },
  );
}

/** Adds to a counter in plain memory, in part in a goroutine. */
function randomSpawner(pick: (count: number) => number): System {
  const x = memory('x');
  const call0 = (name: string): Line => call(name, name, []);
  const load = call('t = x', 'x.Load', [], [1]);
  const add = call('x = t + n', 'x.Store', [binary('add', local(1, UINT64), a)]);
  const keep = call('x = t', 'x.Store', [local(1, UINT64)]);
  const locked = (...lines: Line[]): Line[] => [call0('m.Lock'), ...lines, call0('m.Unlock')];
  const bodies: Line[][] = [
    locked(load, add),
    locked(load, add),
    [load, add],
    [call0('m.Lock'), load, add],
    [],
  ];
  const children: Line[][] = [
    locked(load),
    locked(load, keep),
    locked(load, add),
    [load],
    [call0('k.Lock'), ...locked(load, keep), call0('k.Unlock')],
    [call0('m.Lock'), call0('k.Lock'), call0('m.Unlock'), load, call0('k.Unlock')],
    [call0('m.Unlock')],
    [call0('m.Lock'), load],
  ];
  const body = bodies[pick(bodies.length)] ?? [];
  const child = children[pick(children.length)] ?? [];
  const at = pick(body.length + 1);
  const after = pick(3) === 0 ? [call0('k.Lock'), ...locked(load), call0('k.Unlock')] : [];
  const begin = body.length + after.length + 2;
  const lines = [...body.slice(0, at), spawn(begin), ...body.slice(at), ...after, ret(), ...child, end];
  const total: Expression = state('spec.x', UINT64);
  const locals: [string, typeof UINT64][] = [
    ['n', UINT64],
    ['t', UINT64],
  ];
  return system(
    {
      state: [
        x.variable,
        lockVariable('m', false),
        lockVariable('k', false),
        variable('spec.x', UINT64, 'specification', { durability: 'volatile' }),
      ],
      machineOperations: [...x.operations, ...lockOperations('m', false), ...lockOperations('k', false)],
      specificationOperations: [
        operation('Add', [UINT64], [], [set('spec.x', binary('add', total, a))]),
        operation('Get', [UINT64], [UINT64], [results(total)]),
      ],
    },
    {
      Add: code('Add', 1, locals, ...lines),
      Get: code('Get', 1, locals, ...locked(load), ret(local(1, UINT64))),
    },
  );
}

function compare(each: System, bounds: Bounds): void {
  const result = exploreBounds(each, bounds, { budgetMs: 30_000 });
  if (result.kind === 'violation') expect(replay(each, result.execution).difference).toBeNull();
  else if (result.kind === 'none') expect(result.unfinished).toBeNull();
  expect(result.kind).toBe(hasViolation(each, bounds) ? 'violation' : 'none');
}

describe('the search agrees with one without reductions', () => {
  const seeds = Array.from({ length: 24 }, (_, index) => index + 1);

  it.each(seeds)('random disk %i', (seed) => {
    const bounds = {
      threads: 2,
      operations: 1,
      crashes: 1,
      parameters: { Size: 1n },
      values: seed % 3 === 0 ? 2 : 1,
    };
    compare(randomDisk(generator(seed * 7919)), bounds);
  });

  it.each(seeds)('random goroutine %i', (seed) => {
    compare(randomSpawner(generator(seed * 15_485_863)), {
      threads: 2,
      operations: 1,
      crashes: 1,
      goroutines: 1 + (seed % 2),
      parameters: {},
      values: 1,
    });
  });

  it('a goroutine may run before its spawner goes on', () => {
    const x = memory('x');
    const locked = (line: Line): Line[] => [
      call('m.Lock', 'm.Lock', []),
      line,
      call('m.Unlock', 'm.Unlock', []),
    ];
    const load = call('t = x', 'x.Load', [], [0]);
    const store = call('x = 1', 'x.Store', [number(1)]);
    const get = code(
      'Get',
      0,
      [['t', UINT64]],
      spawn(5),
      ...locked(load),
      ret(local(0, UINT64)),
      ...locked(store),
      end,
    );
    const each = system(
      {
        state: [
          x.variable,
          lockVariable('m', false),
          variable('spec.x', UINT64, 'specification', { durability: 'volatile' }),
        ],
        machineOperations: [...x.operations, ...lockOperations('m', false)],
        specificationOperations: [operation('Get', [], [UINT64], [results(state('spec.x', UINT64))])],
      },
      { Get: get },
    );
    const bounds = { threads: 1, operations: 1, crashes: 0, goroutines: 1, parameters: {}, values: 1 };
    compare(each, bounds);
    expect(hasViolation(each, bounds)).toBe(true);
  });

  it.each(seeds)('random counter %i', (seed) => {
    compare(randomCounter(generator(seed * 104_729)), {
      threads: 2,
      operations: 1,
      crashes: 1,
      parameters: {},
      values: 1,
    });
  });
});
