import type { Span } from '../../src/base/source.js';
import type {
  Code,
  Expression,
  Instruction,
  Invariant,
  Local,
  MachineOperation,
  Operation,
  Statement,
  StateVariable,
  System,
  Type,
} from '../../src/ir/index.js';
import { BLOCK, BOOL, THREAD, UINT64 } from '../../src/ir/index.js';

/** The replicated disk in the intermediate language, built by hand, with places to break it. */

const POSITION = { line: 1, column: 1, offset: 0 };
export const SPAN: Span = { file: 'replicated.go', start: POSITION, end: POSITION };
const DISK: Type = { kind: 'map', key: UINT64, value: BLOCK };
const SIZE: Expression = { kind: 'parameter', name: 'Size', type: UINT64 };

const literal = (value: bigint | boolean, type: Type): Expression => ({ kind: 'literal', type, value });
const local = (index: number, type: Type): Expression => ({ kind: 'local', index, type });
const state = (variable: string, type: Type, old = false): Expression => ({
  kind: 'state',
  variable,
  type,
  old,
});
const bound = (id: string, type: Type): Expression => ({ kind: 'bound', id, type });
const at = (variable: string, key: Expression): Expression => ({
  kind: 'index',
  type: BLOCK,
  collection: state(variable, DISK),
  key,
});
const binary = (
  operator: 'and' | 'or' | 'implies' | 'equal' | 'less',
  left: Expression,
  right: Expression,
): Expression => ({
  kind: 'binary',
  type: BOOL,
  operator,
  left,
  right,
});
const not = (operand: Expression): Expression => ({ kind: 'unary', type: BOOL, operator: 'not', operand });
const forall = (id: string, body: Expression): Expression => ({
  kind: 'quantifier',
  type: BOOL,
  quantifier: 'forall',
  variables: [{ id, name: id, type: UINT64 }],
  body,
});
const require = (condition: Expression): Statement => ({ kind: 'require', condition, span: SPAN });
const await_ = (condition: Expression): Statement => ({ kind: 'await', condition, span: SPAN });
const assign = (
  variable: string,
  value: Expression,
  key?: Expression,
  valueType: Type = BLOCK,
): Statement => ({
  kind: 'assign',
  place: {
    root: { kind: 'state', variable },
    path:
      key === undefined ? [] : [{ kind: 'key', key, type: { kind: 'map', key: UINT64, value: valueType } }],
  },
  value,
  span: SPAN,
});
const ifThen = (condition: Expression, ...whenTrue: Statement[]): Statement => ({
  kind: 'if',
  condition,
  whenTrue,
  whenFalse: [],
  span: SPAN,
});
const returns = (...values: Expression[]): Statement => ({ kind: 'return', values, span: SPAN });

const OK1 = state('ok1', BOOL);
const OK2 = state('ok2', BOOL);
const FAULT: Statement = {
  kind: 'either',
  branches: [
    [await_(OK2), assign('ok1', literal(false, BOOL))],
    [await_(OK1), assign('ok2', literal(false, BOOL))],
    [],
  ],
  span: SPAN,
};

function operation(
  name: string,
  parameters: readonly Local[],
  results: readonly Local[],
  ...statements: readonly Statement[]
): Operation {
  return {
    name,
    parameterCount: parameters.length,
    resultCount: results.length,
    locals: [...parameters, ...results],
    sections: [statements],
    span: SPAN,
  };
}

const A: Local = { name: 'a', type: UINT64 };
const V: Local = { name: 'v', type: BLOCK };
const OK: Local = { name: 'ok', type: BOOL };
const address = local(0, UINT64);
const block = local(1, BLOCK);
const inRange = require(binary('less', address, SIZE));
const LOCKED: Type = { kind: 'map', key: UINT64, value: BOOL };
const lockedAt: Expression = {
  kind: 'index',
  type: BOOL,
  collection: state('locks.locked', LOCKED),
  key: address,
};

const machineOperations: readonly MachineOperation[] = [
  ...['1', '2'].flatMap((disk): MachineOperation[] => [
    {
      ...operation(
        `Read${disk}`,
        [A],
        [V, OK],
        inRange,
        FAULT,
        returns(at(`disk${disk}`, address), state(`ok${disk}`, BOOL)),
      ),
      role: { kind: 'layer' },
    },
    {
      ...operation(
        `Write${disk}`,
        [A, V],
        [],
        inRange,
        FAULT,
        ifThen(state(`ok${disk}`, BOOL), assign(`disk${disk}`, block, address)),
      ),
      role: { kind: 'layer' },
    },
  ]),
  {
    ...operation(
      'locks.Lock',
      [A],
      [],
      await_(not(lockedAt)),
      assign('locks.locked', literal(true, BOOL), address, BOOL),
    ),
    role: { kind: 'lock', lock: 'locks', mode: 'exclusive' },
  },
  {
    ...operation(
      'locks.Unlock',
      [A],
      [],
      require(lockedAt),
      assign('locks.locked', literal(false, BOOL), address, BOOL),
    ),
    role: { kind: 'unlock', lock: 'locks', mode: 'exclusive' },
  },
];

const source = (text: string): Instruction['source'] => ({ span: SPAN, text, callers: [] });
export const call = (name: string, args: Expression[], results: (number | null)[] = []): Instruction => ({
  kind: 'call',
  operation: name,
  arguments: args,
  results,
  source: source(name),
});
const code = (
  name: string,
  parameterCount: number,
  locals: readonly Local[],
  ...instructions: Instruction[]
): Code => ({
  name,
  parameterCount,
  locals,
  instructions,
  span: SPAN,
});
const giveBack = (...values: Expression[]): Instruction => ({
  kind: 'return',
  values,
  source: source('return'),
});
const branch = (condition: Expression, whenTrue: number, whenFalse: number): Instruction => ({
  kind: 'branch',
  condition,
  whenTrue,
  whenFalse,
  source: source('if'),
});

export const READ = code(
  'Read',
  1,
  [A, V, OK],
  call('locks.Lock', [address]),
  call('Read1', [address], [1, 2]),
  branch(local(2, BOOL), 4, 3),
  call('Read2', [address], [1, null]),
  call('locks.Unlock', [address]),
  giveBack(local(1, BLOCK)),
);
export const WRITE = code(
  'Write',
  2,
  [A, V],
  call('locks.Lock', [address]),
  call('Write1', [address, block]),
  call('Write2', [address, block]),
  call('locks.Unlock', [address]),
  giveBack(),
);

const lockInvariant = (index: Expression): Expression =>
  binary(
    'and',
    binary('implies', OK1, binary('equal', at('disk1', index), at('spec.disk', index))),
    binary('implies', OK2, binary('equal', at('disk2', index), at('spec.disk', index))),
  );
const below = (left: Expression, right: Expression): Expression => binary('less', left, right);
const invariant = (name: string, expression: Expression): Invariant => ({
  name,
  text: name,
  expression,
  span: SPAN,
});

export const RECOVER = code(
  'Recover',
  0,
  [A, V, OK],
  { kind: 'assign', local: 0, value: literal(0n, UINT64), source: source('a := 0') },
  {
    kind: 'loop',
    source: source('for a < Size'),
    loop: {
      invariants: [
        {
          expression: forall(
            'b',
            binary('implies', below(bound('b', UINT64), address), lockInvariant(bound('b', UINT64))),
          ),
          span: SPAN,
          guessed: false,
        },
      ],
      decreases: [{ kind: 'binary', type: UINT64, operator: 'subtract', left: SIZE, right: address }],
      retry: false,
    },
  },
  branch(below(address, SIZE), 3, 8),
  call('Read1', [address], [1, 2]),
  branch(local(2, BOOL), 5, 6),
  call('Write2', [address, block]),
  {
    kind: 'assign',
    local: 0,
    value: { kind: 'binary', type: UINT64, operator: 'add', left: address, right: literal(1n, UINT64) },
    source: source('a++'),
  },
  { kind: 'jump', target: 1, source: source('}') },
  giveBack(),
);

const writer = (disk: string): Expression => ({
  kind: 'quantifier',
  type: BOOL,
  quantifier: 'exists',
  variables: [{ id: `j.${disk}`, name: 'j', type: THREAD }],
  body: {
    kind: 'pending',
    type: BOOL,
    thread: bound(`j.${disk}`, THREAD),
    operation: 'Write',
    section: 0,
    arguments: [bound('a', UINT64), at(disk, bound('a', UINT64))],
  },
});
const survives = (ok: Expression, disk: string): Expression =>
  binary(
    'implies',
    ok,
    binary(
      'or',
      binary('equal', at(disk, bound('a', UINT64)), at('spec.disk', bound('a', UINT64))),
      writer(disk),
    ),
  );
export const CRASH_INVARIANT = invariant(
  'crash invariant',
  forall(
    'a',
    binary(
      'implies',
      below(bound('a', UINT64), SIZE),
      binary('and', survives(OK1, 'disk1'), survives(OK2, 'disk2')),
    ),
  ),
);

const variable = (name: string, type: Type, more: Partial<StateVariable> = {}): StateVariable => ({
  name,
  type,
  side: 'machine',
  durability: 'durable',
  origin: 'layer',
  initial: null,
  unleasable: false,
  span: SPAN,
  ...more,
});
const zeros = (name: string): Invariant =>
  invariant(
    `${name} is zero`,
    forall(
      'z',
      binary(
        'implies',
        below(bound('z', UINT64), SIZE),
        binary('equal', at(name, bound('z', UINT64)), { kind: 'default', type: BLOCK }),
      ),
    ),
  );

/** The published system; pass other functions or annotations to break it. */
export function replicatedDisk(
  change: {
    read?: Code;
    write?: Code;
    recovery?: Code | null;
    crashInvariants?: readonly Invariant[];
    lock?: Expression;
  } = {},
): System {
  return {
    path: 'replicated',
    name: 'replicated',
    folders: [],
    span: SPAN,
    refines: 'ReplicatedDisk(Size)',
    over: 'TwoDisk(Size)',
    parameters: [{ name: 'Size', type: UINT64, value: 1000n, where: null, span: SPAN }],
    state: [
      variable('disk1', DISK),
      variable('disk2', DISK),
      variable('ok1', BOOL, { initial: literal(true, BOOL), unleasable: true }),
      variable('ok2', BOOL, { initial: literal(true, BOOL), unleasable: true }),
      variable('locks.locked', LOCKED, {
        durability: 'volatile',
        origin: 'lock',
        initial: { kind: 'default', type: LOCKED },
      }),
      variable('spec.disk', DISK, { side: 'specification' }),
    ],
    machine: {
      name: 'TwoDisk',
      init: [zeros('disk1'), zeros('disk2')],
      crash: { locals: [], statements: [] },
      always: [invariant('one disk works', binary('or', OK1, OK2))],
      alwaysStep: [
        invariant('disk 1 stays failed', binary('implies', OK1, state('ok1', BOOL, true))),
        invariant('disk 2 stays failed', binary('implies', OK2, state('ok2', BOOL, true))),
      ],
    },
    specification: {
      name: 'ReplicatedDisk',
      init: [zeros('spec.disk')],
      crash: { locals: [], statements: [] },
      always: [],
      alwaysStep: [],
    },
    machineOperations,
    specificationOperations: [
      operation('Read', [A], [V], inRange, returns(at('spec.disk', address))),
      operation('Write', [A, V], [], inRange, assign('spec.disk', block, address)),
    ],
    implementations: [
      { operation: 'Read', code: change.read ?? READ, span: SPAN },
      { operation: 'Write', code: change.write ?? WRITE, span: SPAN },
    ],
    recovery: change.recovery === undefined ? RECOVER : change.recovery,
    initialisation: null,
    boot: null,
    invariants: [],
    crashInvariants: change.crashInvariants ?? [CRASH_INVARIANT],
    guarantees: [],
    procedures: [],
    locks: [
      {
        name: 'locks',
        locked: 'locks.locked',
        readers: null,
        owner: null,
        done: null,
        index: { id: 'lock', name: 'a', type: UINT64 },
        count: SIZE,
        guards: ['disk1', 'disk2', 'spec.disk'].map((name) => ({
          variable: name,
          keys: [bound('lock', UINT64)],
          each: [],
          where: null,
          span: SPAN,
        })),
        invariant: invariant('locks', change.lock ?? lockInvariant(bound('lock', UINT64))),
        span: SPAN,
      },
    ],
    unorderedChannels: [],
    annotationLines: 0,
    goLines: 0,
  };
}
