import type { Code, Expression, Instruction, Operation, System } from '../../src/ir/index.js';
import { BLOCK, BOOL, THREAD, UINT64 } from '../../src/ir/index.js';
import type { Line } from '../explore/systems.js';
import {
  assign,
  binary,
  branch,
  call,
  code,
  jump,
  local,
  lockOperations,
  lockVariable,
  not,
  number,
  operation,
  results,
  ret,
  set,
  state,
  system,
  truth,
  variable,
  zero,
} from '../explore/systems.js';
import {
  and,
  assertion,
  bound,
  cell,
  equal,
  getter,
  head,
  holding,
  invariant,
  or,
  parts,
  pendingAtom,
  quantified,
  singleLock,
  somebody,
  SPAN,
  take,
} from './formulas.js';
import { ADD, durableCounter, GET, memoryCounter, TOTAL } from './counter-templates.js';
import { writeAheadLog } from './pair-templates.js';
import {
  buffered,
  mayRefuse,
  mirrored,
  oneCell,
  onlyUp,
  READ_REGISTER,
  REGISTER,
  WRITE_REGISTER,
} from './register-templates.js';

/** Wrong systems, each of a kind that one rule of the prover is there to refuse. */

const v = local(0, BLOCK);
const n = local(0, UINT64);
const t = local(1, UINT64);
const x = cell('x', UINT64);
const c = cell('c', BLOCK);
const flag = local(0, BOOL);
const ONE = number(1);

function withCodes(base: System, codes: Readonly<Record<string, Code>>): System {
  const implementations = base.implementations.map((each) => {
    const replacement = codes[each.operation];
    return replacement === undefined ? each : { ...each, code: replacement };
  });
  return { ...base, implementations };
}

/** Adds an op with its implementation. */
function withOperation(base: System, added: Operation, body: Code): System {
  return {
    ...base,
    specificationOperations: [...base.specificationOperations, added],
    implementations: [...base.implementations, { operation: added.name, code: body, span: SPAN }],
  };
}

/** The function's instructions in another order. */
function reordered(original: Code | null | undefined, order: readonly number[]): Code {
  if (original === null || original === undefined) throw new Error('no such function');
  const instructions = order.flatMap((index): Instruction[] => original.instructions.slice(index, index + 1));
  return { ...original, instructions };
}

function codeOf(base: System, name: string): Code | undefined {
  return base.implementations.find((each) => each.operation === name)?.code;
}

const INCREASE_LOCALS: [string, typeof UINT64][] = [['t', UINT64]];
const plusOne = binary('add', n, ONE);

/** The counter's op with other lines. */
const increase = (...lines: Line[]): Code => code('Increase', 0, INCREASE_LOCALS, ...lines, ret(n));

/** The flag is set before what it announces is in the log. */
export function flagFirst(): System {
  const base = writeAheadLog('one');
  return withCodes(base, { Write: reordered(codeOf(base, 'Write'), [0, 3, 1, 2, 4, 5, 6, 7, 8]) });
}

/** A counter without its lock loses updates. */
export function unlockedCounter(): System {
  const base = withCodes(durableCounter(), { Increase: increase(x.read(0), x.write(plusOne)) });
  return {
    ...base,
    locks: [singleLock('m', [], null)],
    invariants: [invariant('abstraction', equal(x.value, TOTAL))],
  };
}

/** An op writes the counter without the lock that the other one relies on. */
export function writeWithoutLock(): System {
  const put = operation('Put', [UINT64], [], [set('spec.x', n)]);
  return withOperation(durableCounter(), put, code('Put', 1, [['n', UINT64]], x.write(n), ret()));
}

/** An op looks at plain memory without its lock. */
export function racyLook(): System {
  const look = code('Look', 0, INCREASE_LOCALS, call('x.Load', 'x.Load', [], [0]), ret());
  return withOperation(memoryCounter(), operation('Look', [], [], []), look);
}

const sum = binary('add', t, n);
const twice = binary('add', sum, n);

function adder(formula: Expression, ...writes: Line[]): System {
  return system(
    {
      ...parts([x], ['m'], variable('spec.x', UINT64, 'specification')),
      specificationOperations: [ADD, GET],
      locks: [singleLock('m', ['x', 'spec.x'], equal(x.value, TOTAL))],
      crashInvariants: [invariant('crash invariant', formula)],
    },
    {
      Add: code(
        'Add',
        1,
        [
          ['n', UINT64],
          ['t', UINT64],
        ],
        ...holding('m', x.read(1), ...writes),
        ret(),
      ),
      Get: code('Get', 0, INCREASE_LOCALS, ...holding('m', x.read(0)), ret(n)),
    },
  );
}

/** Adds its argument twice. */
export function addsTwice(): System {
  return adder(equal(x.value, TOTAL), x.write(sum), x.write(twice));
}

/** For a moment the disk holds what it would hold if the op had been done twice. */
export function overshoots(): System {
  const k = bound('k', UINT64);
  const added = and(pendingAtom('j', 'Add', k), equal(x.value, binary('add', TOTAL, k)));
  const helped = quantified(
    'exists',
    [
      ['j', THREAD],
      ['k', UINT64],
    ],
    added,
  );
  const base = adder(or(equal(x.value, TOTAL), helped), x.write(sum), x.write(twice), x.write(sum));
  return { ...base, recovery: code('Recover', 0, INCREASE_LOCALS, x.read(0), ret()) };
}

/** Returns something else than it read. */
export function wrongResult(): System {
  return withCodes(oneCell(true), {
    Read: code('Read', 0, [['t', BLOCK]], ...holding('m', c.read(0)), ret(zero(BLOCK))),
  });
}

/** An op that should write two cells writes one. */
export function halfWrite(): System {
  const d = cell('d', BLOCK);
  const [X, Y] = [state('spec.x', BLOCK), state('spec.y', BLOCK)];
  const related = and(equal(c.value, X), equal(d.value, Y));
  return system(
    {
      ...parts(
        [c, d],
        [],
        variable('spec.x', BLOCK, 'specification'),
        variable('spec.y', BLOCK, 'specification'),
      ),
      specificationOperations: [
        operation('Write', [BLOCK], [], [set('spec.x', v), set('spec.y', v)]),
        operation('Second', [], [BLOCK], [results(Y)]),
      ],
      invariants: [invariant('abstraction', related)],
      crashInvariants: [invariant('crash invariant', related)],
    },
    {
      Write: code('Write', 1, [['v', BLOCK]], c.write(v), ret()),
      Second: getter('Second', BLOCK, d.read(0)),
    },
  );
}

/** A lock that nobody takes, with an invariant over what it does not guard. */
export function unguardedInvariant(): System {
  const lost = { durability: 'volatile' as const };
  const volatile = cell('c', BLOCK, lost);
  return system(
    {
      ...parts([volatile], ['m'], variable('spec.r', BLOCK, 'specification', lost)),
      specificationOperations: [READ_REGISTER, WRITE_REGISTER],
      locks: [singleLock('m', [], equal(volatile.value, REGISTER))],
      invariants: [invariant('free', not(state('m.locked', BOOL)))],
    },
    {
      Read: getter('Read', BLOCK, volatile.read(0)),
      Write: code('Write', 1, [['v', BLOCK]], volatile.write(zero(BLOCK)), ret()),
    },
  );
}

/** An invariant says that an op is never called. */
export function neverCalled(): System {
  const base = oneCell(false);
  const bad = operation('Nothing', [], [], []);
  const system = withOperation(base, bad, code('Nothing', 0, [], c.write(zero(BLOCK)), ret()));
  const never = not(somebody('j', 'Nothing'));
  return { ...system, invariants: [...system.invariants, invariant('never called', never)] };
}

/** A buffer in volatile memory; committing it passes through a state that only a forgotten buffer would explain. */
export function forgottenBuffer(): System {
  const b = cell('b', UINT64, { durability: 'volatile' });
  const five = { initial: number(5) };
  const d = cell('d', UINT64, five);
  const [B, D] = [state('spec.b', UINT64), state('spec.d', UINT64)];
  const helped = quantified(
    'exists',
    [['j', THREAD]],
    and(pendingAtom('j', 'Commit'), equal(d.value, number(0))),
  );
  return system(
    {
      ...parts(
        [b, d],
        ['m'],
        variable('spec.b', UINT64, 'specification', { durability: 'volatile' }),
        variable('spec.d', UINT64, 'specification', five),
      ),
      specificationOperations: [
        operation('Put', [UINT64], [], [set('spec.b', n)]),
        operation('Commit', [], [], [set('spec.d', B)]),
        operation('Get', [], [UINT64], [results(D)]),
      ],
      locks: [singleLock('m', ['b', 'd', 'spec.b', 'spec.d'], and(equal(b.value, B), equal(d.value, D)))],
      crashInvariants: [invariant('crash invariant', or(equal(d.value, D), helped))],
    },
    {
      Put: code('Put', 1, [['n', UINT64]], ...holding('m', b.write(n)), ret()),
      Commit: code(
        'Commit',
        0,
        INCREASE_LOCALS,
        ...holding('m', b.read(0), d.write(number(0)), d.write(n)),
        ret(),
      ),
      Get: code('Get', 0, INCREASE_LOCALS, ...holding('m', d.read(0)), ret(n)),
    },
  );
}

/** Two copies, no recovery, and readers of both. */
export function tornCopies(): System {
  const base = mirrored(true);
  const second = cell('c2', BLOCK);
  const other = operation('Other', [], [BLOCK], [results(REGISTER)]);
  const body = getter('Other', BLOCK, ...holding('m', second.read(0)));
  return { ...withOperation(base, other, body), recovery: null, crashInvariants: [] };
}

/** The machine's operation is not defined for every argument, the specification's is. */
export function carelessCall(): System {
  const base = mayRefuse();
  const careless = operation('Careful', [UINT64], [UINT64], [results(plusOne)]);
  return {
    ...base,
    specificationOperations: base.specificationOperations.map((each) =>
      each.name === 'Careful' ? careless : each,
    ),
  };
}

/** Recovery takes the flag back before it has installed everything. */
export function hastyRecovery(): System {
  const base = writeAheadLog('one');
  return { ...base, recovery: reordered(base.recovery, [0, 1, 2, 3, 6, 4, 5, 7]) };
}

/** The specification says that a write is durable at once; the machine may lose it. */
export function lossyWrite(): System {
  const base = buffered();
  const write = operation('Write', [BLOCK], [], [set('spec.cur', v), set('spec.disk', v)]);
  return {
    ...base,
    specificationOperations: base.specificationOperations.map((each) =>
      each.name === 'Write' ? write : each,
    ),
  };
}

/** The lock is given back between reading and writing. */
export function unlocksEarly(): System {
  return withCodes(durableCounter(), {
    Increase: increase(...holding('m', x.read(0)), x.write(plusOne)),
  });
}

/** A recovery whose loop finds in its second round what its first one left. */
export function loopThatChanges(): System {
  const volatile = cell('f', BOOL, { durability: 'volatile' });
  const i = local(1, UINT64);
  const base = oneCell(true);
  return {
    ...base,
    state: [...base.state, volatile.variable],
    machineOperations: [...base.machineOperations, ...volatile.operations],
    recovery: code(
      'Recover',
      0,
      [
        ['set', BOOL],
        ['i', UINT64],
      ],
      head(binary('subtract', number(2), i), binary('lessEqual', i, number(2))),
      branch('i < 2', binary('less', i, number(2)), 2, 7),
      volatile.read(0),
      assertion(not(flag)),
      volatile.write(truth(true)),
      assign('i++', 1, binary('add', i, ONE)),
      jump(0),
      ret(),
    ),
  };
}

/** Two locks guard the same counter, and each op takes another one. */
export function twoGuards(): System {
  const base = durableCounter();
  const related = equal(x.value, TOTAL);
  const other = operation('Other', [], [UINT64], base.specificationOperations[0]?.sections[0]?.slice() ?? []);
  const body = code('Other', 0, INCREASE_LOCALS, ...holding('k', x.read(0), x.write(plusOne)), ret(n));
  return {
    ...withOperation(base, other, body),
    state: [...base.state, lockVariable('k', false)],
    machineOperations: [...base.machineOperations, ...lockOperations('k', false)],
    locks: [...base.locks, singleLock('k', ['x', 'spec.x'], related)],
  };
}

/** One op breaks the guarantee on which another one relies. */
export function brokenPromise(): System {
  const base = onlyUp();
  const lower = operation('Lower', [], [], [set('spec.raised', truth(false))]);
  const lowering = cell('flag', BOOL);
  return withOperation(base, lower, code('Lower', 0, [], lowering.write(truth(false)), ret()));
}

/** An op returns with its lock held. */
export function keepsLock(): System {
  return withCodes(oneCell(true), { Write: code('Write', 1, [['v', BLOCK]], take('m'), c.write(v), ret()) });
}
