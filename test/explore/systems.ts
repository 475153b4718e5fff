import type { Span } from '../../src/base/source.js';
import type {
  BinaryOperator,
  Block,
  Code,
  Expression,
  Instruction,
  Local,
  MachineOperation,
  MapType,
  Operation,
  StateVariable,
  Statement,
  System,
  Transitions,
  Type,
} from '../../src/ir/index.js';
import { BLOCK, BOOL, UINT64 } from '../../src/ir/index.js';

/** A small builder of systems, so that the explorer's tests depend on no other stage. */
const SPAN: Span = {
  file: 'test.go',
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 2, offset: 1 },
};

export const DISK: MapType = { kind: 'map', key: UINT64, value: BLOCK };
export const FLAGS: MapType = { kind: 'map', key: UINT64, value: BOOL };

// Expressions.
export const number = (value: number | bigint): Expression => ({
  kind: 'literal',
  type: UINT64,
  value: BigInt(value),
});
export const truth = (value: boolean): Expression => ({ kind: 'literal', type: BOOL, value });
export const zero = (type: Type): Expression => ({ kind: 'default', type });
export const local = (index: number, type: Type): Expression => ({ kind: 'local', type, index });
export const state = (variable: string, type: Type): Expression => ({
  kind: 'state',
  type,
  variable,
  old: false,
});
export const parameter = (name: string): Expression => ({ kind: 'parameter', type: UINT64, name });
export const not = (operand: Expression): Expression => ({
  kind: 'unary',
  type: BOOL,
  operator: 'not',
  operand,
});
export const at = (collection: Expression, key: Expression): Expression => ({
  kind: 'index',
  type: collection.type.kind === 'map' ? collection.type.value : BOOL,
  collection,
  key,
});
export function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  const compares = ['equal', 'less', 'lessEqual', 'and', 'or', 'implies'].includes(operator);
  return { kind: 'binary', type: compares ? BOOL : left.type, operator, left, right };
}

// Statements.
export const require = (condition: Expression): Statement => ({ kind: 'require', condition, span: SPAN });
export const wait = (condition: Expression): Statement => ({ kind: 'await', condition, span: SPAN });
export const results = (...values: Expression[]): Statement => ({ kind: 'return', values, span: SPAN });
export const either = (...branches: Statement[][]): Statement => ({ kind: 'either', branches, span: SPAN });
export const when = (
  condition: Expression,
  whenTrue: Statement[],
  whenFalse: Statement[] = [],
): Statement => ({
  kind: 'if',
  condition,
  whenTrue,
  whenFalse,
  span: SPAN,
});
export const set = (variable: string, value: Expression): Statement => ({
  kind: 'assign',
  place: { root: { kind: 'state', variable }, path: [] },
  value,
  span: SPAN,
});
export const setAt = (variable: string, type: MapType, key: Expression, value: Expression): Statement => ({
  kind: 'assign',
  place: { root: { kind: 'state', variable }, path: [{ kind: 'key', key, type }] },
  value,
  span: SPAN,
});

export const a = local(0, UINT64);

export function operation(
  name: string,
  inputs: Type[],
  outputs: Type[],
  ...sections: Statement[][]
): Operation {
  const named = (prefix: string, types: Type[]): Local[] =>
    types.map((type, index) => ({ name: `${prefix}${index}`, type }));
  return {
    name,
    parameterCount: inputs.length,
    resultCount: outputs.length,
    locals: [...named('in', inputs), ...named('out', outputs)],
    sections,
    span: SPAN,
  };
}

export const layer = (each: Operation): MachineOperation => ({ ...each, role: { kind: 'layer' } });

export function variable(
  name: string,
  type: Type,
  side: StateVariable['side'],
  rest: Partial<StateVariable> = {},
): StateVariable {
  return {
    name,
    type,
    side,
    durability: 'durable',
    origin: 'layer',
    initial: zero(type),
    unleasable: false,
    span: SPAN,
    ...rest,
  };
}

const NO_BLOCK: Block = { locals: [], statements: [] };
export const transitions = (name: string, crash: Block = NO_BLOCK): Transitions => ({
  name,
  init: [],
  crash,
  always: [],
  alwaysStep: [],
});

// Code: instructions with their text; the line of the span is the instruction's number.
type Plain = Instruction extends infer I ? (I extends Instruction ? Omit<I, 'source'> : never) : never;
export type Line = readonly [string, Plain];
export const call = (text: string, name: string, args: Expression[], into: (number | null)[] = []): Line => [
  text,
  { kind: 'call', operation: name, arguments: args, results: into },
];
export const assign = (text: string, target: number, value: Expression): Line => [
  text,
  { kind: 'assign', local: target, value },
];
export const branch = (text: string, condition: Expression, whenTrue: number, whenFalse: number): Line => [
  text,
  { kind: 'branch', condition, whenTrue, whenFalse },
];
export const jump = (target: number): Line => ['for', { kind: 'jump', target }];
export const loop: Line = ['for', { kind: 'loop', loop: { invariants: [], decreases: null, retry: false } }];
export const spawn = (goroutine: number): Line => ['go', { kind: 'spawn', goroutine }];
export const end: Line = ['go', { kind: 'end' }];
export const ret = (...values: Expression[]): Line => ['return', { kind: 'return', values }];

export function code(name: string, parameterCount: number, locals: [string, Type][], ...lines: Line[]): Code {
  const instructions = lines.map(([text, plain], index): Instruction => {
    const position = { line: index + 1, column: 1, offset: index };
    return {
      ...plain,
      source: { text, callers: [], span: { file: `${name}.go`, start: position, end: position } },
    };
  });
  return {
    name,
    parameterCount,
    locals: locals.map(([local, type]) => ({ name: local, type })),
    instructions,
    span: SPAN,
  };
}

export function system(
  parts: Partial<System> & Pick<System, 'state' | 'machineOperations' | 'specificationOperations'>,
  codes: Record<string, Code>,
): System {
  return {
    path: 'test',
    name: 'test',
    folders: [],
    span: SPAN,
    refines: 'Specification',
    over: 'Machine',
    parameters: [],
    machine: transitions('Machine'),
    specification: transitions('Specification'),
    implementations: Object.entries(codes).map(([name, each]) => ({
      operation: name,
      code: each,
      span: SPAN,
    })),
    recovery: null,
    initialisation: null,
    boot: null,
    invariants: [],
    crashInvariants: [],
    guarantees: [],
    procedures: [],
    locks: [],
    unorderedChannels: [],
    annotationLines: 0,
    goLines: 0,
    ...parts,
  };
}

/** A family of locks with one index, or (without) a single lock. */
export function lockOperations(name: string, indexed: boolean): MachineOperation[] {
  const type = indexed ? FLAGS : BOOL;
  const whole = state(`${name}.locked`, type);
  const locked = indexed ? at(whole, a) : whole;
  const put = (value: boolean): Statement =>
    indexed ? setAt(`${name}.locked`, FLAGS, a, truth(value)) : set(`${name}.locked`, truth(value));
  const inputs = indexed ? [UINT64] : [];
  return [
    {
      ...operation(`${name}.Lock`, inputs, [], [wait(not(locked)), put(true)]),
      role: { kind: 'lock', lock: name, mode: 'exclusive' },
    },
    {
      ...operation(`${name}.Unlock`, inputs, [], [require(locked), put(false)]),
      role: { kind: 'unlock', lock: name, mode: 'exclusive' },
    },
  ];
}

export function lockVariable(name: string, indexed: boolean): StateVariable {
  return variable(`${name}.locked`, indexed ? FLAGS : BOOL, 'machine', {
    durability: 'volatile',
    origin: 'lock',
  });
}

/** A package variable of Go with its plain accesses. */
export function memory(name: string): { variable: StateVariable; operations: MachineOperation[] } {
  return {
    variable: variable(name, UINT64, 'machine', { durability: 'volatile', origin: 'memory' }),
    operations: [
      {
        ...operation(`${name}.Load`, [], [UINT64], [results(state(name, UINT64))]),
        role: { kind: 'load', variable: name },
      },
      {
        ...operation(`${name}.Store`, [UINT64], [], [set(name, a)]),
        role: { kind: 'store', variable: name },
      },
    ],
  };
}

const Size = parameter('Size');
const inRange = require(binary('less', a, Size));
const ok1 = state('ok1', BOOL);
const ok2 = state('ok2', BOOL);
const fault = either([wait(ok2), set('ok1', truth(false))], [wait(ok1), set('ok2', truth(false))], []);
const v = local(1, BLOCK);

const twoDisk: MachineOperation[] = [
  ...([1, 2] as const).flatMap((disk) => {
    const ok = disk === 1 ? ok1 : ok2;
    const name = `disk${disk}`;
    const read = [
      inRange,
      fault,
      when(ok, [results(at(state(name, DISK), a), truth(true))]),
      results(zero(BLOCK), truth(false)),
    ];
    const write = [inRange, fault, when(ok, [setAt(name, DISK, a, v)])];
    return [
      layer(operation(`twodisk.Read${disk}`, [UINT64], [BLOCK, BOOL], read)),
      layer(operation(`twodisk.Write${disk}`, [UINT64, BLOCK], [], write)),
    ];
  }),
  ...lockOperations('locks', true),
];

const DISK_READ = operation('Read', [UINT64], [BLOCK], [inRange, results(at(state('spec.disk', DISK), a))]);
const DISK_WRITE = operation('Write', [UINT64, BLOCK], [], [inRange, setAt('spec.disk', DISK, a, v)]);

// Lines of the replicated disk's code; Read has locals a, v, ok and Write has a, v.
const LOCK = call('locks[a].Lock()', 'locks.Lock', [a]);
const UNLOCK = call('locks[a].Unlock()', 'locks.Unlock', [a]);
const READ1 = call('v, ok := twodisk.Read1(a)', 'twodisk.Read1', [a], [1, 2]);
const READ2 = call('v, _ = twodisk.Read2(a)', 'twodisk.Read2', [a], [1, null]);
const WRITE1 = call('twodisk.Write1(a, v)', 'twodisk.Write1', [a, v]);
const WRITE2 = call('twodisk.Write2(a, v)', 'twodisk.Write2', [a, v]);
const OK = local(2, BOOL);
const READ_LOCALS: [string, Type][] = [
  ['a', UINT64],
  ['v', BLOCK],
  ['ok', BOOL],
];
const WRITE_LOCALS: [string, Type][] = [
  ['a', UINT64],
  ['v', BLOCK],
];

export const GOOD_READ = code(
  'Read',
  1,
  READ_LOCALS,
  LOCK,
  READ1,
  branch('if !ok', OK, 4, 3),
  READ2,
  UNLOCK,
  ret(v),
);
export const GOOD_WRITE = code('Write', 2, WRITE_LOCALS, LOCK, WRITE1, WRITE2, UNLOCK, ret());
export const READS = {
  withoutLock: code('Read', 1, READ_LOCALS, READ1, branch('if !ok', OK, 3, 2), READ2, ret(v)),
  ignoringFailure: code('Read', 1, READ_LOCALS, LOCK, READ1, UNLOCK, ret(v)),
  keepingLock: code(
    'Read',
    1,
    READ_LOCALS,
    LOCK,
    READ1,
    branch('if ok', OK, 3, 4),
    ret(v),
    READ2,
    UNLOCK,
    ret(v),
  ),
};
export const WRITES = {
  withoutLock: code('Write', 2, WRITE_LOCALS, WRITE1, WRITE2, ret()),
  swapped: code('Write', 2, WRITE_LOCALS, LOCK, WRITE2, WRITE1, UNLOCK, ret()),
  earlyUnlock: code('Write', 2, WRITE_LOCALS, LOCK, WRITE1, UNLOCK, WRITE2, ret()),
  once: code('Write', 2, WRITE_LOCALS, LOCK, WRITE1, UNLOCK, ret()),
  unlockedTwice: code('Write', 2, WRITE_LOCALS, LOCK, WRITE1, WRITE2, UNLOCK, UNLOCK, ret()),
};

const NEXT = assign('a++', 0, binary('add', a, number(1)));
/** Recovery from address `first` on, with its last instructions replaced by `end`. */
function recovery(bound: Expression, end: Line[]): Code {
  return code(
    'Recover',
    0,
    READ_LOCALS,
    loop,
    branch('a < Size', binary('less', a, bound), 2, 5 + end.length),
    READ1,
    branch('if ok', OK, 4, 5),
    WRITE2,
    ...end,
    ret(),
  );
}
export const GOOD_RECOVERY = recovery(Size, [NEXT, jump(0)]);
export const RECOVERIES = {
  endless: recovery(Size, [jump(0)]),
  oneShort: recovery(binary('subtract', Size, number(1)), [NEXT, jump(0)]),
  panicking: code(
    'Recover',
    0,
    READ_LOCALS,
    [
      's[a]',
      {
        kind: 'check',
        condition: binary('less', number(3), a),
        code: 'bounds',
        message: 'index out of range',
      },
    ],
    ret(),
  ),
};

export function replicatedDisk(change: { read?: Code; write?: Code; recovery?: Code | null } = {}): System {
  return system(
    {
      parameters: [{ name: 'Size', type: UINT64, value: 1000n, where: null, span: SPAN }],
      state: [
        variable('disk1', DISK, 'machine'),
        variable('disk2', DISK, 'machine'),
        variable('ok1', BOOL, 'machine', { initial: truth(true), unleasable: true }),
        variable('ok2', BOOL, 'machine', { initial: truth(true), unleasable: true }),
        lockVariable('locks', true),
        variable('spec.disk', DISK, 'specification'),
      ],
      machineOperations: twoDisk,
      specificationOperations: [DISK_READ, DISK_WRITE],
      recovery: change.recovery === undefined ? GOOD_RECOVERY : change.recovery,
    },
    { Read: change.read ?? GOOD_READ, Write: change.write ?? GOOD_WRITE },
  );
}
