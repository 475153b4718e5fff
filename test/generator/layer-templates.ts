import type { Expression, Operation, System } from '../../src/ir/index.js';
import { BLOCK, BOOL } from '../../src/ir/index.js';
import {
  branch,
  call,
  code,
  either,
  jump,
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
  zero,
} from '../explore/systems.js';
import {
  and,
  assertion,
  assignLocal,
  cell,
  equal,
  holding,
  implies,
  invariant,
  or,
  parts,
  release,
  singleLock,
  SPAN,
  take,
} from './formulas.js';
import { READ_REGISTER, REGISTER, register, WRITE_REGISTER } from './register-templates.js';

/** Right systems that use what layers can say: sequences, choices, waiting, several sections, crashes that lose something. */

const v = local(0, BLOCK);
const c = cell('c', BLOCK);

/** A token that is put and taken; who takes it waits until it is there. */
export function waiting(): System {
  const flag = cell('flag', BOOL);
  const present = state('spec.present', BOOL);
  const there = local(0, BOOL);
  const related = equal(flag.value, present);
  return system(
    {
      ...parts([flag], ['m'], variable('spec.present', BOOL, 'specification')),
      specificationOperations: [
        operation('Put', [], [], [set('spec.present', truth(true))]),
        operation('Take', [], [], [wait(present), set('spec.present', truth(false))]),
        operation(
          'TryTake',
          [],
          [BOOL],
          [when(present, [set('spec.present', truth(false)), results(truth(true))]), results(truth(false))],
        ),
      ],
      locks: [singleLock('m', ['flag', 'spec.present'], related)],
      crashInvariants: [invariant('crash invariant', related)],
    },
    {
      Put: code('Put', 0, [], ...holding('m', flag.write(truth(true))), ret()),
      Take: code(
        'Take',
        0,
        [['there', BOOL]],
        ['for', { kind: 'loop', loop: { invariants: [], decreases: null, retry: true } }],
        take('m'),
        flag.read(0),
        branch('if there', there, 6, 4),
        release('m'),
        jump(0),
        flag.write(truth(false)),
        release('m'),
        ret(),
      ),
      TryTake: code(
        'TryTake',
        0,
        [['there', BOOL]],
        take('m'),
        flag.read(0),
        branch('if there', there, 3, 4),
        flag.write(truth(false)),
        release('m'),
        ret(there),
      ),
    },
  );
}

/** A machine operation in two sections: a crash may tear it. */
export function torn(): System {
  const [p, a, b] = [cell('p', BOOL), cell('a', BLOCK), cell('b', BLOCK)];
  const copy: Operation = {
    ...operation('a.Fill', [BLOCK], []),
    sections: [[set('a', zero(BLOCK))], [set('a', v)]],
  };
  const related = and(
    implies(p.value, equal(b.value, REGISTER)),
    implies(not(p.value), equal(a.value, REGISTER)),
  );
  const which = local(1, BOOL);
  return system(
    {
      state: [p.variable, a.variable, b.variable, lockVariable('m', false), register],
      machineOperations: [
        ...[p, a, b].flatMap(({ operations }) => operations),
        layer(copy),
        ...lockOperations('m', false),
      ],
      specificationOperations: [READ_REGISTER, WRITE_REGISTER],
      locks: [singleLock('m', ['p', 'a', 'b', 'spec.r'], related)],
      crashInvariants: [invariant('crash invariant', related)],
    },
    {
      Read: code(
        'Read',
        0,
        [
          ['t', BLOCK],
          ['which', BOOL],
        ],
        take('m'),
        p.read(1),
        branch('if which', which, 3, 5),
        b.read(0),
        jump(6),
        a.read(0),
        release('m'),
        ret(v),
      ),
      Write: code(
        'Write',
        1,
        [
          ['v', BLOCK],
          ['which', BOOL],
        ],
        take('m'),
        p.read(1),
        branch('if which', which, 3, 6),
        call('a.Fill', 'a.Fill', [v]),
        p.write(truth(false)),
        jump(8),
        b.write(v),
        p.write(truth(true)),
        release('m'),
        ret(),
      ),
    },
  );
}

/** Nobody writes without the lock: a guarantee with an exception, over a cell that no lock guards. */
export function onlyWithLock(): System {
  const old: Expression = { kind: 'state', variable: 'c', type: BLOCK, old: true };
  const related = equal(c.value, REGISTER);
  return system(
    {
      ...parts([c], ['m'], register),
      specificationOperations: [READ_REGISTER, WRITE_REGISTER],
      locks: [singleLock('m', [], null)],
      invariants: [invariant('abstraction', related)],
      crashInvariants: [invariant('crash invariant', related)],
      guarantees: [
        {
          name: 'only with the lock',
          text: 'only with the lock',
          unless: 'm',
          condition: null,
          expression: equal(c.value, old),
          span: SPAN,
        },
      ],
    },
    {
      Read: code(
        'Read',
        0,
        [
          ['t', BLOCK],
          ['u', BLOCK],
        ],
        ...holding('m', c.read(0), c.read(1), assertion(equal(v, local(1, BLOCK)))),
        ret(v),
      ),
      Write: code('Write', 1, [['v', BLOCK]], ...holding('m', c.write(v)), ret()),
    },
  );
}

/** A cache that a crash may lose, in the machine and in the specification. */
export function lossyCache(): System {
  const [cache, disk] = [state('cache', BLOCK), state('disk', BLOCK)];
  const [specCache, specDisk] = [state('spec.cache', BLOCK), state('spec.disk', BLOCK)];
  const crash = (prefix: string): ReturnType<typeof transitions> =>
    transitions('Cache', {
      locals: [],
      statements: [either([set(`${prefix}cache`, state(`${prefix}disk`, BLOCK))], [])],
    });
  const related = and(equal(cache, specCache), equal(disk, specDisk));
  return system(
    {
      state: [
        variable('cache', BLOCK, 'machine'),
        variable('disk', BLOCK, 'machine'),
        variable('spec.cache', BLOCK, 'specification'),
        variable('spec.disk', BLOCK, 'specification'),
      ],
      machine: crash(''),
      specification: crash('spec.'),
      machineOperations: [
        layer(operation('d.Read', [], [BLOCK], [results(cache)])),
        layer(operation('d.Write', [BLOCK], [], [set('cache', v)])),
        layer(operation('d.Peek', [], [BLOCK], [results(disk)])),
        layer(operation('d.Flush', [], [], [set('disk', cache)])),
      ],
      specificationOperations: [
        operation('Read', [], [BLOCK], [results(specCache)]),
        operation('Write', [BLOCK], [], [set('spec.cache', v)]),
        operation('Flush', [], [], [set('spec.disk', specCache)]),
      ],
      invariants: [invariant('abstraction', related)],
      crashInvariants: [
        invariant(
          'crash invariant',
          and(equal(disk, specDisk), or(equal(cache, specCache), equal(cache, specDisk))),
        ),
      ],
      recovery: code(
        'Recover',
        0,
        [
          ['t', BLOCK],
          ['u', BLOCK],
        ],
        call('d.Read', 'd.Read', [], [0]),
        call('d.Peek', 'd.Peek', [], [1]),
        branch('if t == u', equal(v, local(1, BLOCK)), 3, 4),
        ret(),
        ret(),
      ),
    },
    {
      Read: code('Read', 0, [['t', BLOCK]], call('d.Read', 'd.Read', [], [0]), ret(v)),
      Write: code('Write', 1, [['v', BLOCK]], call('d.Write', 'd.Write', [v]), ret()),
      Flush: code('Flush', 0, [], call('d.Flush', 'd.Flush', []), ret()),
    },
  );
}

/** A specification that leaves a choice, and an initialisation that writes the first value. */
export function choosing(): System {
  const flag = cell('flag', BOOL);
  const kept = state('spec.kept', BOOL);
  const b = local(0, BOOL);
  const related = equal(flag.value, kept);
  const toss: Operation = {
    ...operation(
      'Toss',
      [],
      [BOOL],
      [
        { kind: 'choose', local: 0, type: BOOL, where: truth(true), span: SPAN },
        set('spec.kept', b),
        results(b),
      ],
    ),
  };
  const put = operation(
    'Put',
    [BOOL],
    [BOOL],
    [assignLocal(1, kept), set('spec.kept', b), results(local(1, BOOL))],
  );
  return system(
    {
      ...parts([flag], ['m'], variable('spec.kept', BOOL, 'specification', { initial: truth(true) })),
      specificationOperations: [toss, put],
      locks: [singleLock('m', ['flag', 'spec.kept'], related)],
      crashInvariants: [invariant('crash invariant', related)],
      initialisation: code('Create', 0, [], flag.write(truth(true)), ret()),
    },
    {
      Toss: code(
        'Toss',
        0,
        [
          ['b', BOOL],
          ['other', BOOL],
        ],
        ...holding(
          'm',
          flag.read(0),
          ['other := !b', { kind: 'assign', local: 1, value: not(b) }],
          flag.write(local(1, BOOL)),
        ),
        ret(local(1, BOOL)),
      ),
      Put: code(
        'Put',
        1,
        [
          ['b', BOOL],
          ['was', BOOL],
        ],
        ...holding('m', flag.read(1), flag.write(b)),
        ret(local(1, BOOL)),
      ),
    },
  );
}
