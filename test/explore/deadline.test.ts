import { describe, expect, it } from 'vitest';
import { explore, exploreBounds } from '../../src/explore/index.js';
import type { Expression, System } from '../../src/ir/index.js';
import { BLOCK, BOOL, UINT64 } from '../../src/ir/index.js';
import type { Line } from './systems.js';
import {
  assign,
  binary,
  call,
  code,
  either,
  jump,
  layer,
  local,
  loop,
  memory,
  not,
  number,
  operation,
  parameter,
  replicatedDisk,
  require,
  ret,
  set,
  system,
  transitions,
  truth,
  variable,
} from './systems.js';

const BUDGET_MS = 200;
/** A few milliseconds more on an idle machine. */
const LATEST_MS = BUDGET_MS + 1000;
const BOUNDS = { threads: 2, operations: 2, crashes: 1, parameters: {}, values: 2 };
const NOTHING = operation('Do', [UINT64], [], []);
const x = memory('x');
const increment: Line[] = [
  call('t = x', 'x.Load', [], [1]),
  call('x = t + 1', 'x.Store', [binary('add', local(1, UINT64), number(1))]),
];

function small(body: Line[], rest: Partial<System> = {}): System {
  const lines = code('Do', 1, [['n', UINT64], ['t', UINT64]], ...body); // prettier-ignore
  return system(
    { state: [x.variable], machineOperations: x.operations, specificationOperations: [NOTHING], ...rest },
    { Do: lines },
  );
}

/** A formula that takes a long time: every choice of six numbers is tried. */
function slow(): Expression {
  const bound = (id: string): Expression => ({ kind: 'bound', id, type: UINT64 });
  const ids = ['i', 'j', 'k', 'l', 'm', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w'];
  const same = ids.map((id) => binary('lessEqual', bound(id), bound('i')));
  return {
    kind: 'quantifier',
    quantifier: 'exists',
    variables: ids.map((id) => ({ id, name: id, type: UINT64 })),
    body: same.reduce((left, right) => binary('and', left, binary('and', right, truth(false)))),
    type: BOOL,
  };
}

const LAZY = operation('Wait', [], [], [require(not(slow()))]);

/** Every one of so many bits is set or not. */
function coins(count: number) {
  return Array.from({ length: count }, (_, index) => either([set(`bit${index}`, truth(true))], []));
}

const BITS = Array.from({ length: 24 }, (_, index) => variable(`bit${index}`, BOOL, 'machine'));

const SLOW: Record<string, System> = {
  'a loop with a growing counter': small([loop, ...increment, jump(0)]),
  'a local loop with a growing counter': small([
    loop,
    assign('t++', 1, binary('add', local(1, UINT64), number(1))),
    jump(0),
  ]),
  'a step with many outcomes': small([call('Toss', 'Toss', []), ret()], {
    state: [x.variable, ...BITS],
    machineOperations: [
      ...x.operations,
      { ...operation('Toss', [], [], coins(24)), role: { kind: 'layer' } },
    ],
  }),
  'a step that takes long': small([call('Wait', 'Wait', []), ret()], {
    machineOperations: [...x.operations, layer(LAZY)],
  }),
  'a crash with many outcomes': small([...increment, ret()], {
    state: [x.variable, ...BITS],
    machine: { ...transitions('Machine'), crash: { locals: [], statements: coins(24) } },
  }),
  'initial states that are hard to find': small([...increment, ret()], {
    machine: {
      ...transitions('Machine'),
      init: [{ name: 'init', text: 'slow', expression: slow(), span: NOTHING.span }],
    },
  }),
};

describe('the budget holds', () => {
  it.each(Object.entries(SLOW))('with %s', (_name, each) => {
    const begin = performance.now();
    const result = exploreBounds(each, BOUNDS, { budgetMs: BUDGET_MS });
    expect(performance.now() - begin).toBeLessThan(LATEST_MS);
    expect(result.kind === 'none' ? result.unfinished : result).toEqual(BOUNDS);
  });

  it('over growing bounds', () => {
    const begin = performance.now();
    const result = explore(replicatedDisk(), { budgetMs: BUDGET_MS });
    expect(performance.now() - begin).toBeLessThan(LATEST_MS);
    expect(result).toMatchObject({ kind: 'none' });
  });

  it('while parameters are looked for', () => {
    const where = binary('and', slow(), binary('lessEqual', number(1), parameter('Size')));
    const [size] = replicatedDisk().parameters;
    if (size === undefined) expect.fail();
    const begin = performance.now();
    const result = explore(
      { ...replicatedDisk(), parameters: [{ ...size, where }] },
      { budgetMs: BUDGET_MS },
    );
    expect(performance.now() - begin).toBeLessThan(LATEST_MS);
    expect(result).toMatchObject({ kind: 'none', exhausted: [] });
  });

  it('with more arguments than can be listed', () => {
    const fields = Array.from({ length: 12 }, (_, index) => ({ name: `f${index}`, type: BLOCK }));
    const wide = operation('Do', [{ kind: 'record', name: 'Wide', fields }], [], []);
    const each = small([ret()], { specificationOperations: [wide] });
    const begin = performance.now();
    const result = exploreBounds(each, { ...BOUNDS, values: 8 }, { budgetMs: BUDGET_MS });
    expect(performance.now() - begin).toBeLessThan(LATEST_MS);
    expect(result).toMatchObject({ kind: 'none', exhausted: [] });
  });
});
