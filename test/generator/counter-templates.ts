import type { Expression, Type, System } from '../../src/ir/index.js';
import { BOOL, UINT64 } from '../../src/ir/index.js';
import {
  a,
  assign,
  binary,
  branch,
  call,
  code,
  jump,
  local,
  memory,
  number,
  operation,
  results,
  ret,
  set,
  state,
  system,
  truth,
  variable,
} from '../explore/systems.js';
import {
  and,
  cell,
  equal,
  getter,
  head,
  holding,
  invariant,
  parts,
  release,
  singleLock,
  SPAN,
  take,
} from './formulas.js';

/** Right systems that count. */

export const TOTAL = state('spec.x', UINT64);
const n = local(0, UINT64);
const t = local(1, UINT64);
export const ADD = operation('Add', [UINT64], [], [set('spec.x', binary('add', TOTAL, n))]);
export const GET = operation('Get', [], [UINT64], [results(TOTAL)]);
const AT_MOST = (left: Expression, right: Expression): Expression => binary('lessEqual', left, right);

/** A counter in memory, lost with a crash. */
export function memoryCounter(): System {
  const x = memory('x');
  return system(
    {
      ...parts([x], ['m'], variable('spec.x', UINT64, 'specification', { durability: 'volatile' })),
      specificationOperations: [ADD, GET],
      locks: [singleLock('m', ['x', 'spec.x'], equal(state('x', UINT64), TOTAL))],
    },
    {
      Add: code(
        'Add',
        1,
        [
          ['n', UINT64],
          ['t', UINT64],
        ],
        ...holding('m', call('x.Load', 'x.Load', [], [1]), call('x.Store', 'x.Store', [binary('add', t, n)])),
        ret(),
      ),
      Get: getter('Get', UINT64, ...holding('m', call('x.Load', 'x.Load', [], [0]))),
    },
  );
}

/** A durable counter whose op returns what was there before. */
export function durableCounter(): System {
  const x = cell('x', UINT64);
  const increase = operation(
    'Increase',
    [],
    [UINT64],
    [
      { kind: 'assign', place: { root: { kind: 'local', index: 0 }, path: [] }, value: TOTAL, span: SPAN },
      set('spec.x', binary('add', TOTAL, number(1))),
    ],
  );
  const related = equal(x.value, TOTAL);
  return system(
    {
      ...parts([x], ['m'], variable('spec.x', UINT64, 'specification')),
      specificationOperations: [increase, GET],
      locks: [singleLock('m', ['x', 'spec.x'], related)],
      crashInvariants: [invariant('crash invariant', related)],
    },
    {
      Increase: getter('Increase', UINT64, ...holding('m', x.read(0), x.write(binary('add', n, number(1))))),
      Get: getter('Get', UINT64, x.read(0)),
    },
  );
}

/** An op with a loop in its critical section. */
export function loopInOp(): System {
  const x = memory('x');
  const i = local(0, UINT64);
  const twice = operation('Twice', [], [], [set('spec.x', binary('add', TOTAL, number(2)))]);
  return system(
    {
      ...parts([x], ['m'], variable('spec.x', UINT64, 'specification', { durability: 'volatile' })),
      specificationOperations: [twice, GET],
      locks: [singleLock('m', ['x', 'spec.x'], equal(state('x', UINT64), TOTAL))],
    },
    {
      Twice: code(
        'Twice',
        0,
        [
          ['i', UINT64],
          ['t', UINT64],
        ],
        assign('i := 0', 0, number(0)),
        take('m'),
        head(
          binary('subtract', number(2), i),
          binary('lessEqual', i, number(2)),
          equal(state('x', UINT64), binary('add', TOTAL, i)),
        ),
        branch('i < 2', binary('less', i, number(2)), 4, 8),
        call('x.Load', 'x.Load', [], [1]),
        call('x.Store', 'x.Store', [binary('add', t, number(1))]),
        assign('i++', 0, binary('add', i, number(1))),
        jump(2),
        release('m'),
        ret(),
      ),
      Get: getter('Get', UINT64, ...holding('m', call('x.Load', 'x.Load', [], [0]))),
    },
  );
}

/** A variable that boot sets from the disk and no op writes. */
export function frozen(): System {
  const [base, kept] = [memory('base'), cell('kept', UINT64)];
  const value = state('base', UINT64);
  const related = and(equal(value, kept.value), equal(kept.value, TOTAL));
  return system(
    {
      ...parts([base, kept], [], variable('spec.x', UINT64, 'specification')),
      specificationOperations: [GET, operation('Same', [], [BOOL], [results(truth(true))])],
      invariants: [invariant('abstraction', and(related, AT_MOST(value, number(5))))],
      crashInvariants: [
        invariant('crash invariant', and(equal(kept.value, TOTAL), AT_MOST(TOTAL, number(5)))),
      ],
      boot: code('init', 0, [['t', UINT64]], kept.read(0), call('base.Store', 'base.Store', [a]), ret()),
    },
    {
      Get: code('Get', 0, [['t', UINT64]], call('base.Load', 'base.Load', [], [0]), ret(n)),
      Same: code(
        'Same',
        0,
        [
          ['t', UINT64],
          ['u', UINT64],
        ],
        call('base.Load', 'base.Load', [], [0]),
        kept.read(1),
        ret(equal(n, t)),
      ),
    },
  );
}

/** A sum and a count in memory for a list of numbers. */
export function statistics(): System {
  const [total, count] = [memory('total'), memory('count')];
  const SEQUENCE: Type = { kind: 'seq', element: UINT64 };
  const list = state('spec.list', SEQUENCE);
  const length: Expression = { kind: 'length', type: UINT64, sequence: list };
  const sum: Expression = { kind: 'builtin', type: UINT64, function: 'sum', operand: list };
  const longer: Expression = { kind: 'append', type: SEQUENCE, sequence: list, elements: [n] };
  const [t, u] = [local(1, UINT64), local(2, UINT64)];
  const load = (name: string, into: number): ReturnType<typeof call> =>
    call(`${name}.Load`, `${name}.Load`, [], [into]);
  const store = (name: string, value: Expression): ReturnType<typeof call> =>
    call(`${name}.Store`, `${name}.Store`, [value]);
  return system(
    {
      ...parts(
        [total, count],
        ['m'],
        variable('spec.list', SEQUENCE, 'specification', { durability: 'volatile' }),
      ),
      specificationOperations: [
        operation(
          'Add',
          [UINT64],
          [],
          [
            { kind: 'require', condition: binary('less', length, number(1n << 60n)), span: SPAN },
            set('spec.list', longer),
          ],
        ),
        operation('Get', [], [UINT64, UINT64], [results(sum, length)]),
      ],
      locks: [
        singleLock(
          'm',
          ['total', 'count', 'spec.list'],
          and(equal(state('total', UINT64), sum), equal(state('count', UINT64), length)),
        ),
      ],
    },
    {
      Add: code(
        'Add',
        1,
        [
          ['n', UINT64],
          ['t', UINT64],
          ['u', UINT64],
        ],
        ...holding(
          'm',
          load('total', 1),
          store('total', binary('add', t, n)),
          load('count', 2),
          store('count', binary('add', u, number(1))),
        ),
        ret(),
      ),
      Get: code(
        'Get',
        0,
        [
          ['t', UINT64],
          ['u', UINT64],
        ],
        ...holding('m', load('total', 0), load('count', 1)),
        ret(n, t),
      ),
    },
  );
}
