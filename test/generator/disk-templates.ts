import type { Expression, System } from '../../src/ir/index.js';
import { BLOCK, UINT64 } from '../../src/ir/index.js';
import {
  a,
  assign,
  at,
  binary,
  branch,
  call,
  code,
  DISK,
  jump,
  layer,
  local,
  lockOperations,
  lockVariable,
  number,
  operation,
  parameter,
  require,
  results,
  ret,
  setAt,
  state,
  system,
  variable,
} from '../explore/systems.js';
import {
  and,
  bound,
  boundedKey,
  equal,
  head,
  implies,
  invariant,
  or,
  quantified,
  somebody,
  SPAN,
} from './formulas.js';

/** Right systems over disks with addresses and a lock for each of them. */

const Size = parameter('Size');
const inRange = require(binary('less', a, Size));
const v = local(1, BLOCK);
const on = (name: string, key: Expression): Expression => at(state(name, DISK), key);

function disk(name: string): readonly ReturnType<typeof layer>[] {
  return [
    layer(operation(`${name}.Read`, [UINT64], [BLOCK], [inRange, results(on(name, a))])),
    layer(operation(`${name}.Write`, [UINT64, BLOCK], [], [inRange, setAt(name, DISK, a, v)])),
  ];
}

const LOCALS: [string, typeof BLOCK][] = [
  ['a', UINT64],
  ['v', BLOCK],
];
const key = bound('lock', UINT64);
const read = (name: string): ReturnType<typeof call> => call(`${name}.Read`, `${name}.Read`, [a], [1]);
const write = (name: string): ReturnType<typeof call> => call(`${name}.Write`, `${name}.Write`, [a, v]);
const lock = call('locks.Lock', 'locks.Lock', [a]);
const unlock = call('locks.Unlock', 'locks.Unlock', [a]);
const SPECIFICATION = [
  operation('Read', [UINT64], [BLOCK], [inRange, results(on('spec.disk', a))]),
  operation('Write', [UINT64, BLOCK], [], [inRange, setAt('spec.disk', DISK, a, v)]),
];

function family(guards: readonly string[], formula: Expression): System['locks'][number] {
  return {
    name: 'locks',
    locked: 'locks.locked',
    readers: null,
    owner: null,
    done: null,
    index: { id: 'lock', name: 'a', type: UINT64 },
    count: Size,
    guards: guards.map((name) => ({ variable: name, keys: [key], each: [], where: null, span: SPAN })),
    invariant: invariant('locks', formula),
    span: SPAN,
  };
}

const SIZE_PARAMETER = { name: 'Size', type: UINT64, value: 1000n, where: null, span: SPAN };

/** One disk and a lock for each address. */
export function lockedDisk(): System {
  const related = (address: Expression): Expression => equal(on('disk', address), on('spec.disk', address));
  return system(
    {
      parameters: [SIZE_PARAMETER],
      state: [
        variable('disk', DISK, 'machine'),
        lockVariable('locks', true),
        variable('spec.disk', DISK, 'specification'),
      ],
      machineOperations: [...disk('disk'), ...lockOperations('locks', true)],
      specificationOperations: SPECIFICATION,
      locks: [family(['disk', 'spec.disk'], related(key))],
      crashInvariants: [invariant('crash invariant', boundedKey('b', Size, related(bound('b', UINT64))))],
    },
    {
      Read: code('Read', 1, LOCALS, lock, read('disk'), unlock, ret(v)),
      Write: code('Write', 2, LOCALS, lock, write('disk'), unlock, ret()),
    },
  );
}

/** Two disks, written one after the other; recovery copies one to the other in a loop and so helps the writers. */
export function copiedDisk(): System {
  const same = (address: Expression): Expression =>
    and(
      equal(on('d1', address), on('spec.disk', address)),
      equal(on('d2', address), on('spec.disk', address)),
    );
  const b = bound('b', UINT64);
  return system(
    {
      parameters: [SIZE_PARAMETER],
      state: [
        variable('d1', DISK, 'machine'),
        variable('d2', DISK, 'machine'),
        lockVariable('locks', true),
        variable('spec.disk', DISK, 'specification'),
      ],
      machineOperations: [...disk('d1'), ...disk('d2'), ...lockOperations('locks', true)],
      specificationOperations: SPECIFICATION,
      locks: [family(['d1', 'd2', 'spec.disk'], same(key))],
      crashInvariants: [
        invariant(
          'crash invariant',
          boundedKey(
            'b',
            Size,
            or(equal(on('d1', b), on('spec.disk', b)), somebody('j', 'Write', b, on('d1', b))),
          ),
        ),
      ],
      recovery: code(
        'Recover',
        0,
        LOCALS,
        assign('a := 0', 0, number(0)),
        head(
          binary('subtract', Size, a),
          quantified(
            'forall',
            [['r', UINT64]],
            implies(
              and(binary('less', bound('r', UINT64), a), binary('less', bound('r', UINT64), Size)),
              same(bound('r', UINT64)),
            ),
          ),
        ),
        branch('a < Size', binary('less', a, Size), 3, 7),
        read('d1'),
        write('d2'),
        assign('a++', 0, binary('add', a, number(1))),
        jump(1),
        ret(),
      ),
    },
    {
      Read: code('Read', 1, LOCALS, lock, read('d2'), unlock, ret(v)),
      Write: code('Write', 2, LOCALS, lock, write('d1'), write('d2'), unlock, ret()),
    },
  );
}
