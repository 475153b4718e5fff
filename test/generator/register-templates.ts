import type { Expression, Operation, Statement, System } from '../../src/ir/index.js';
import { BLOCK, BOOL, UINT64 } from '../../src/ir/index.js';
import type { Line } from '../explore/systems.js';
import {
  binary,
  branch,
  call,
  code,
  either,
  local,
  lockOperations,
  lockVariable,
  not,
  number,
  operation,
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
  when,
  zero,
} from '../explore/systems.js';
import {
  and,
  assertion,
  cell,
  equal,
  getter,
  holding,
  implies,
  invariant,
  or,
  parts,
  release,
  singleLock,
  somebody,
  SPAN,
  take,
} from './formulas.js';

/** Right systems over a few cells, from which others are made by mutation. */

export const REGISTER = state('spec.r', BLOCK);
const v = local(0, BLOCK);
export const register = variable('spec.r', BLOCK, 'specification');
export const READ_REGISTER: Operation = operation('Read', [], [BLOCK], [results(REGISTER)]);
export const WRITE_REGISTER: Operation = operation('Write', [BLOCK], [], [set('spec.r', v)]);
const c = cell('c', BLOCK);
const n = local(0, UINT64);
const t = local(1, UINT64);

/** One durable cell, with a lock around each op or with single atomic accesses. */
export function oneCell(locked: boolean): System {
  const related = equal(c.value, REGISTER);
  const around = (...lines: Line[]): Line[] => (locked ? [take('m'), ...lines, release('m')] : lines);
  return system(
    {
      ...parts([c], ['m'], register),
      specificationOperations: [READ_REGISTER, WRITE_REGISTER],
      locks: [locked ? singleLock('m', ['c', 'spec.r'], related) : singleLock('m', [], null)],
      invariants: locked ? [] : [invariant('abstraction', related)],
      crashInvariants: [invariant('crash invariant', related)],
    },
    {
      Read: code('Read', 0, [['t', BLOCK]], ...around(c.read(0)), ret(v)),
      Write: code('Write', 1, [['v', BLOCK]], ...around(c.write(v)), ret()),
    },
  );
}

/** Two cells that a writer fills one after the other; recovery copies the first one and so helps the writer. */
export function mirrored(readFirst: boolean): System {
  const [first, second] = [cell('c1', BLOCK), cell('c2', BLOCK)];
  return system(
    {
      ...parts([first, second], ['m'], register),
      specificationOperations: [READ_REGISTER, WRITE_REGISTER],
      locks: [
        singleLock(
          'm',
          ['c1', 'c2', 'spec.r'],
          and(equal(first.value, REGISTER), equal(second.value, REGISTER)),
        ),
      ],
      crashInvariants: [
        invariant('crash invariant', or(equal(first.value, REGISTER), somebody('j', 'Write', first.value))),
      ],
      recovery: code('Recover', 0, [['t', BLOCK]], first.read(0), second.write(v), ret()),
    },
    {
      Read: getter('Read', BLOCK, ...holding('m', (readFirst ? first : second).read(0))),
      Write: code('Write', 1, [['v', BLOCK]], ...holding('m', first.write(v), second.write(v)), ret()),
    },
  );
}

/** Writes only where nothing was written yet, and returns early otherwise. */
export function testAndSet(): System {
  const [flag, value] = [cell('flag', BOOL), cell('c', BLOCK)];
  const present = state('spec.present', BOOL);
  const put = operation(
    'Put',
    [BLOCK],
    [BOOL],
    [
      when(present, [results(truth(false))]),
      set('spec.present', truth(true)),
      set('spec.r', v),
      results(truth(true)),
    ],
  );
  const related = and(
    equal(flag.value, present),
    implies(present, equal(value.value, REGISTER)),
    implies(not(present), equal(REGISTER, zero(BLOCK))),
  );
  const was = local(1, BOOL);
  return system(
    {
      ...parts([flag, value], ['m'], register, variable('spec.present', BOOL, 'specification')),
      specificationOperations: [put, READ_REGISTER],
      locks: [singleLock('m', ['flag', 'c', 'spec.r', 'spec.present'], related)],
      crashInvariants: [invariant('crash invariant', related)],
    },
    {
      Put: code(
        'Put',
        1,
        [
          ['v', BLOCK],
          ['was', BOOL],
        ],
        take('m'),
        flag.read(1),
        branch('if was', was, 3, 5),
        release('m'),
        ret(truth(false)),
        value.write(v),
        flag.write(truth(true)),
        release('m'),
        ret(truth(true)),
      ),
      Read: code(
        'Read',
        0,
        [
          ['t', BLOCK],
          ['was', BOOL],
        ],
        take('m'),
        flag.read(1),
        branch('if !was', not(was), 3, 5),
        release('m'),
        ret(zero(BLOCK)),
        value.read(0),
        release('m'),
        ret(v),
      ),
    },
  );
}

/** A buffered cell, with the specification that says the same of it. */
export function buffered(): System {
  const [cur, disk] = [state('cur', BLOCK), state('disk', BLOCK)];
  const [specCur, specDisk] = [state('spec.cur', BLOCK), state('spec.disk', BLOCK)];
  const write = (prefix: string): Statement[] => [
    set(`${prefix}cur`, v),
    either([set(`${prefix}disk`, v)], []),
  ];
  const crash = (prefix: string): ReturnType<typeof transitions> =>
    transitions('Buffered', { locals: [], statements: [set(`${prefix}cur`, state(`${prefix}disk`, BLOCK))] });
  const machine = [
    operation('b.Read', [], [BLOCK], [results(cur)]),
    operation('b.Write', [BLOCK], [], write('')),
    operation('b.Barrier', [], [], [wait(equal(disk, cur))]),
  ];
  return system(
    {
      state: [
        variable('cur', BLOCK, 'machine', { durability: 'volatile' }),
        variable('disk', BLOCK, 'machine'),
        variable('spec.cur', BLOCK, 'specification', { durability: 'volatile' }),
        variable('spec.disk', BLOCK, 'specification'),
      ],
      machine: crash(''),
      specification: crash('spec.'),
      machineOperations: machine.map((each) => ({ ...each, role: { kind: 'layer' } })),
      specificationOperations: [
        operation('Read', [], [BLOCK], [results(specCur)]),
        operation('Write', [BLOCK], [], write('spec.')),
        operation('Sync', [], [], [wait(equal(specDisk, specCur))]),
      ],
      invariants: [invariant('abstraction', and(equal(cur, specCur), equal(disk, specDisk)))],
      crashInvariants: [invariant('crash invariant', and(equal(disk, specDisk), equal(cur, disk)))],
    },
    {
      Read: code('Read', 0, [['t', BLOCK]], call('b.Read', 'b.Read', [], [0]), ret(v)),
      Write: code('Write', 1, [['v', BLOCK]], call('b.Write', 'b.Write', [v]), ret()),
      Sync: code('Sync', 0, [], call('b.Barrier', 'b.Barrier', []), ret()),
    },
  );
}

/** An op in two sections: read, then write. */
export function twoSections(): System {
  const old = local(1, BLOCK);
  const swap: Operation = {
    ...operation('Swap', [BLOCK], [BLOCK]),
    sections: [
      [
        {
          kind: 'assign',
          place: { root: { kind: 'local', index: 1 }, path: [] },
          value: REGISTER,
          span: SPAN,
        },
      ],
      [set('spec.r', v), results(old)],
    ],
  };
  const related = equal(c.value, REGISTER);
  return system(
    {
      ...parts([c], [], register),
      specificationOperations: [swap, READ_REGISTER],
      invariants: [invariant('abstraction', related)],
      crashInvariants: [invariant('crash invariant', related)],
    },
    {
      Swap: code(
        'Swap',
        1,
        [
          ['v', BLOCK],
          ['old', BLOCK],
        ],
        c.read(1),
        c.write(v),
        ret(old),
      ),
      Read: getter('Read', BLOCK, c.read(0)),
    },
  );
}

/** An op that may refuse, and one that needs its caller's care. */
export function mayRefuse(): System {
  const tryWrite = operation(
    'Try',
    [BLOCK],
    [BOOL],
    [either([set('spec.r', v), results(truth(true))], [results(truth(false))])],
  );
  const careful = operation(
    'Careful',
    [UINT64],
    [UINT64],
    [require(binary('less', n, number(1))), results(binary('add', n, number(1)))],
  );
  const strict = operation(
    'd.Strict',
    [UINT64],
    [UINT64],
    [require(binary('less', n, number(2))), results(n)],
  );
  const related = equal(c.value, REGISTER);
  const was = local(1, BLOCK);
  return system(
    {
      state: [c.variable, lockVariable('m', false), register],
      machineOperations: [
        ...c.operations,
        { ...strict, role: { kind: 'layer' } },
        ...lockOperations('m', false),
      ],
      specificationOperations: [tryWrite, careful, READ_REGISTER],
      locks: [singleLock('m', ['c', 'spec.r'], related)],
      crashInvariants: [invariant('crash invariant', related)],
    },
    {
      Try: code(
        'Try',
        1,
        [
          ['v', BLOCK],
          ['was', BLOCK],
        ],
        take('m'),
        c.read(1),
        branch('if was != v', not(equal(was, v)), 3, 6),
        c.write(v),
        release('m'),
        ret(truth(true)),
        release('m'),
        ret(truth(false)),
      ),
      Careful: code(
        'Careful',
        1,
        [
          ['n', UINT64],
          ['t', UINT64],
        ],
        call('d.Strict', 'd.Strict', [n], [1]),
        ret(binary('add', t, number(1))),
      ),
      Read: getter('Read', BLOCK, ...holding('m', c.read(0))),
    },
  );
}

/** A guarantee that a flag is never taken back, on which a reader without a lock relies. */
export function onlyUp(): System {
  const flag = cell('flag', BOOL);
  const raised = state('spec.raised', BOOL);
  const old: Expression = { kind: 'state', variable: 'flag', type: BOOL, old: true };
  const related = equal(flag.value, raised);
  return system(
    {
      ...parts([flag], [], variable('spec.raised', BOOL, 'specification')),
      specificationOperations: [
        operation('Raise', [], [], [set('spec.raised', truth(true))]),
        operation('Look', [], [BOOL], [results(raised)]),
      ],
      invariants: [invariant('abstraction', related)],
      crashInvariants: [invariant('crash invariant', related)],
      guarantees: [
        {
          name: 'only up',
          text: 'only up',
          unless: null,
          condition: null,
          expression: implies(old, flag.value),
          span: SPAN,
        },
      ],
    },
    {
      Raise: code('Raise', 0, [], flag.write(truth(true)), ret()),
      Look: code(
        'Look',
        0,
        [
          ['once', BOOL],
          ['again', BOOL],
        ],
        flag.read(0),
        flag.read(1),
        assertion(implies(local(0, BOOL), local(1, BOOL))),
        ret(local(1, BOOL)),
      ),
    },
  );
}
