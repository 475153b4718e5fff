import type { Expression, StateVariable, System } from '../../src/ir/index.js';
import { BLOCK, BOOL } from '../../src/ir/index.js';
import type { Line } from '../explore/systems.js';
import {
  branch,
  call,
  code,
  either,
  layer,
  local,
  lockOperations,
  lockVariable,
  not,
  operation,
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
} from '../explore/systems.js';
import {
  and,
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
  take,
} from './formulas.js';
import { READ_REGISTER, REGISTER, register, WRITE_REGISTER } from './register-templates.js';

/** Right systems with several cells: pairs, logs, disks that fail. */

const [X, Y] = [state('spec.x', BLOCK), state('spec.y', BLOCK)];
const [x, y] = [local(0, BLOCK), local(1, BLOCK)];
const pairState: readonly StateVariable[] = [
  variable('spec.x', BLOCK, 'specification'),
  variable('spec.y', BLOCK, 'specification'),
];
const PAIR_OPERATIONS = [
  operation('Read', [], [BLOCK, BLOCK], [results(X, Y)]),
  operation('Write', [BLOCK, BLOCK], [], [set('spec.x', x), set('spec.y', y)]),
];
const PAIR_LOCALS: [string, typeof BLOCK][] = [
  ['x', BLOCK],
  ['y', BLOCK],
];
const isPair = (left: Expression, right: Expression): Expression => and(equal(left, X), equal(right, Y));

/** Two copies of a pair and a pointer to the current one. */
export function shadowCopy(): System {
  const p = cell('p', BOOL);
  const [a1, a2, b1, b2] = [cell('a1', BLOCK), cell('a2', BLOCK), cell('b1', BLOCK), cell('b2', BLOCK)];
  const cells = [p, a1, a2, b1, b2];
  const related = and(
    implies(p.value, isPair(b1.value, b2.value)),
    implies(not(p.value), isPair(a1.value, a2.value)),
  );
  const which = local(2, BOOL);
  return system(
    {
      ...parts([...cells], ['m'], ...pairState),
      specificationOperations: PAIR_OPERATIONS,
      locks: [singleLock('m', [...cells.map(({ name }) => name), 'spec.x', 'spec.y'], related)],
      crashInvariants: [invariant('crash invariant', related)],
    },
    {
      Read: code(
        'Read',
        0,
        [...PAIR_LOCALS, ['which', BOOL]],
        take('m'),
        p.read(2),
        branch('if which', which, 3, 7),
        b1.read(0),
        b2.read(1),
        release('m'),
        ret(x, y),
        a1.read(0),
        a2.read(1),
        release('m'),
        ret(x, y),
      ),
      Write: code(
        'Write',
        2,
        [...PAIR_LOCALS, ['which', BOOL]],
        take('m'),
        p.read(2),
        branch('if which', which, 3, 8),
        a1.write(x),
        a2.write(y),
        p.write(truth(false)),
        release('m'),
        ret(),
        b1.write(x),
        b2.write(y),
        p.write(truth(true)),
        release('m'),
        ret(),
      ),
    },
  );
}

/** A write-ahead log of one pair, with one lock or two. */
export function writeAheadLog(locks: 'one' | 'two'): System {
  const flag = cell('flag', BOOL);
  const [m1, m2, l1, l2] = [cell('m1', BLOCK), cell('m2', BLOCK), cell('l1', BLOCK), cell('l2', BLOCK)];
  const cells = [flag, m1, m2, l1, l2];
  const mainIsPair = isPair(m1.value, m2.value);
  const mainVariables = ['m1', 'm2', 'spec.x', 'spec.y'];
  const main = singleLock('main', mainVariables, mainIsPair);
  const log = singleLock('log', ['flag', 'l1', 'l2'], not(flag.value));
  const whole = singleLock('main', [...mainVariables, 'flag', 'l1', 'l2'], and(mainIsPair, not(flag.value)));
  const one = locks === 'one';
  const both = (line: Line): Line[] => (one ? [] : [line]);
  return system(
    {
      ...parts([...cells], ['main', 'log'], ...pairState),
      specificationOperations: PAIR_OPERATIONS,
      locks: one ? [whole, singleLock('log', [], null)] : [main, log],
      crashInvariants: [
        invariant('crash invariant', implies(not(flag.value), mainIsPair)),
        invariant(
          'crash invariant 2',
          implies(flag.value, or(isPair(l1.value, l2.value), somebody('j', 'Write', l1.value, l2.value))),
        ),
      ],
      recovery: code(
        'Recover',
        0,
        [...PAIR_LOCALS, ['set', BOOL]],
        flag.read(2),
        branch('if set', local(2, BOOL), 2, 7),
        l1.read(0),
        m1.write(x),
        l2.read(1),
        m2.write(y),
        flag.write(truth(false)),
        ret(),
      ),
    },
    {
      Read: code('Read', 0, PAIR_LOCALS, ...holding('main', m1.read(0), m2.read(1)), ret(x, y)),
      Write: code(
        'Write',
        2,
        PAIR_LOCALS,
        ...(one ? [take('main')] : [take('log')]),
        l1.write(x),
        l2.write(y),
        flag.write(truth(true)),
        ...both(take('main')),
        m1.write(x),
        m2.write(y),
        flag.write(truth(false)),
        ...both(release('log')),
        release('main'),
        ret(),
      ),
    },
  );
}

/** Two values, each with a lock of its own, and an op that writes both in two sections. */
export function twoLocks(): System {
  const [first, second] = [cell('c', BLOCK), cell('d', BLOCK)];
  return system(
    {
      ...parts([first, second], ['m', 'k'], ...pairState),
      specificationOperations: [
        operation('First', [], [BLOCK], [results(X)]),
        operation('Write', [BLOCK, BLOCK], [], [set('spec.x', x)], [set('spec.y', y)]),
        operation('Copy', [], [], [set('spec.y', X)]),
      ],
      locks: [
        singleLock('m', ['c', 'spec.x'], equal(first.value, X)),
        singleLock('k', ['d', 'spec.y'], equal(second.value, Y)),
      ],
      crashInvariants: [invariant('crash invariant', isPair(first.value, second.value))],
    },
    {
      First: getter('First', BLOCK, ...holding('m', first.read(0))),
      Write: code(
        'Write',
        2,
        PAIR_LOCALS,
        ...holding('m', first.write(x)),
        ...holding('k', second.write(y)),
        ret(),
      ),
      Copy: code(
        'Copy',
        0,
        [['t', BLOCK]],
        take('m'),
        ...holding('k', first.read(0), second.write(x)),
        release('m'),
        ret(),
      ),
    },
  );
}

const [ok1, ok2] = [state('ok1', BOOL), state('ok2', BOOL)];
const stays = (name: string): Expression =>
  implies(state(name, BOOL), { kind: 'state', variable: name, type: BOOL, old: true });

/** The replicated disk with one address. */
export function failingDisks(): System {
  const fault = either([wait(ok2), set('ok1', truth(false))], [wait(ok1), set('ok2', truth(false))], []);
  const disk = (name: string, ok: Expression): readonly ReturnType<typeof layer>[] => [
    layer(operation(`${name}.Read`, [], [BLOCK, BOOL], [fault, results(state(name, BLOCK), ok)])),
    layer(operation(`${name}.Write`, [BLOCK], [], [fault, when(ok, [set(name, x)])])),
  ];
  const [d1, d2] = [state('d1', BLOCK), state('d2', BLOCK)];
  const survives = (ok: Expression, each: Expression, id: string): Expression =>
    implies(ok, or(equal(each, REGISTER), somebody(id, 'Write', each)));
  const read = (name: string): Line => call(`${name}.Read`, `${name}.Read`, [], [0, 1]);
  const write = (name: string): Line => call(`${name}.Write`, `${name}.Write`, [x]);
  const LOCALS: [string, typeof BLOCK][] = [
    ['t', BLOCK],
    ['ok', BOOL],
  ];
  return system(
    {
      state: [
        variable('d1', BLOCK, 'machine'),
        variable('d2', BLOCK, 'machine'),
        variable('ok1', BOOL, 'machine', { initial: truth(true), unleasable: true }),
        variable('ok2', BOOL, 'machine', { initial: truth(true), unleasable: true }),
        lockVariable('m', false),
        register,
      ],
      machine: {
        ...transitions('TwoDisk'),
        always: [invariant('one disk works', or(ok1, ok2))],
        alwaysStep: [invariant('1 stays failed', stays('ok1')), invariant('2 stays failed', stays('ok2'))],
      },
      machineOperations: [...disk('d1', ok1), ...disk('d2', ok2), ...lockOperations('m', false)],
      specificationOperations: [READ_REGISTER, WRITE_REGISTER],
      locks: [
        singleLock(
          'm',
          ['d1', 'd2', 'spec.r'],
          and(implies(ok1, equal(d1, REGISTER)), implies(ok2, equal(d2, REGISTER))),
        ),
      ],
      crashInvariants: [invariant('crash invariant', and(survives(ok1, d1, 'j1'), survives(ok2, d2, 'j2')))],
      recovery: code(
        'Recover',
        0,
        LOCALS,
        read('d1'),
        branch('if ok', local(1, BOOL), 2, 3),
        write('d2'),
        ret(),
      ),
    },
    {
      Read: code(
        'Read',
        0,
        LOCALS,
        take('m'),
        read('d1'),
        branch('if !ok', local(1, BOOL), 4, 3),
        read('d2'),
        release('m'),
        ret(x),
      ),
      Write: code('Write', 1, [['v', BLOCK]], ...holding('m', write('d1'), write('d2')), ret()),
    },
  );
}
