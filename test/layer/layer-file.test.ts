import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/base/diagnostic.js';
import { UINT64, showExpression, type Operation, type Statement } from '../../src/ir/index.js';
import {
  FreshNames,
  createLibrary,
  instantiateLayer,
  layerParameters,
  parseLayerFile,
  type InstanceRequest,
  type LayerInstance,
  type LayerLibrary,
} from '../../src/layer/index.js';
import { expectMessage, messagesOf, valueOf } from './support.js';

const SPECS = ['machine/single_disk', 'machine/two_disk', 'machine/memory', 'machine/sync'].concat([
  'replicated_disk',
  'atomic_pair',
  'stat_db',
  'group_commit',
]);

function library(): LayerLibrary {
  const layers = SPECS.flatMap((name) => {
    const file = `specs/${name}.layer`;
    return valueOf(parseLayerFile(file, readFileSync(file, 'utf8')));
  });
  return valueOf(createLibrary(layers));
}

const REQUEST: InstanceRequest = {
  arguments: [],
  side: 'specification',
  origin: 'layer',
  statePrefix: '',
  operationPrefix: '',
  names: new FreshNames(),
  index: [],
};

function check(text: string): Result<unknown> {
  const parsed = parseLayerFile('a.layer', text);
  return parsed.ok ? createLibrary(parsed.value) : parsed;
}

function instance(text: string, request: Partial<InstanceRequest> = {}): LayerInstance {
  const [layer] = valueOf(parseLayerFile('a.layer', text));
  if (layer === undefined) throw new Error('no layer');
  return valueOf(instantiateLayer(layer, { ...REQUEST, ...request }));
}

function show(operation: Operation | undefined): readonly string[] {
  const locals = operation?.locals ?? [];
  const lines = (statement: Statement): string => {
    switch (statement.kind) {
      case 'assign': {
        const { root, path } = statement.place;
        const name = root.kind === 'local' ? locals[root.index]?.name : root.variable;
        const keys = path.map((each) =>
          each.kind === 'key' ? `[${showExpression(each.key, { locals })}]` : `.${each.name}`,
        );
        return `${name ?? '?'}${keys.join('')} = ${showExpression(statement.value, { locals })}`;
      }
      case 'require':
      case 'await':
        return `${statement.kind} ${showExpression(statement.condition, { locals })}`;
      case 'choose':
        return `choose ${locals[statement.local]?.name ?? '?'} where ${showExpression(statement.where, { locals })}`;
      case 'either':
        return `either ${statement.branches.map((branch) => `{ ${branch.map(lines).join('; ')} }`).join(' or ')}`;
      case 'if': {
        const [whenTrue, whenFalse] = [statement.whenTrue, statement.whenFalse].map((each) =>
          each.map(lines).join('; '),
        );
        return `if ${showExpression(statement.condition, { locals })} { ${whenTrue ?? ''} } else { ${whenFalse ?? ''} }`;
      }
      case 'return':
        return `return ${statement.values.map((value) => showExpression(value, { locals })).join(', ')}`;
    }
  };
  return (operation?.sections ?? []).flatMap((section, index) => [
    ...(index > 0 ? ['yield'] : []),
    ...section.map(lines),
  ]);
}

describe('the layers of the project', () => {
  it('are known by name and by Go package', () => {
    const { names, byName, byGoPackage } = library();
    expect(names()).toEqual([
      'SingleDisk',
      'TwoDisk',
      'Variable',
      'Mutex',
      'RWMutex',
      'Once',
      'WaitGroup',
      'Channel',
      'Rendezvous',
      'Making',
      'ReplicatedDisk',
      'AtomicPair',
      'StatDB',
      'GroupCommit',
    ]);
    expect(byGoPackage('armada/machine/twodisk')?.name.name).toBe('TwoDisk');
    expect(byName('Nothing')).toBeNull();
  });

  it('lower as written', () => {
    const { byName } = library();
    const layer = byName('TwoDisk');
    if (layer === null) throw new Error('no TwoDisk');
    expect(valueOf(layerParameters(layer))).toEqual([{ kind: 'value', name: 'Size', type: UINT64 }]);
    const size = { kind: 'value', expression: { kind: 'parameter', name: 'Size', type: UINT64 } } as const;
    const made = valueOf(instantiateLayer(layer, { ...REQUEST, arguments: [size] }));
    expect(made.name).toBe('TwoDisk(Size)');
    expect(made.state.map(({ name, unleasable }) => [name, unleasable])).toEqual([
      ['disk1', false],
      ['disk2', false],
      ['ok1', true],
      ['ok2', true],
    ]);
    expect(made.transitions.always.map(({ text }) => text)).toEqual(['ok1 || ok2']);
    expect(made.transitions.alwaysStep.map(({ name }) => name)).toEqual(['always step']);
    expect(show(made.operations[0])).toEqual([
      'require a < Size',
      'either { await ok2; ok1 = false } or { await ok1; ok2 = false } or {  }',
      'if ok1 { return disk1[a], true } else {  }',
      'return zero, false',
    ]);
    const inlined = made.functions.get('ToUint64')?.inline([{ kind: 'default', type: { kind: 'block' } }]);
    expect(inlined && showExpression(inlined)).toBe('number(zero)');
  });

  it('say when an op is undefined', () => {
    const { byName } = library();
    const layer = byName('StatDB');
    if (layer === null) throw new Error('no StatDB');
    const made = valueOf(instantiateLayer(layer, { ...REQUEST, statePrefix: 'spec.' }));
    expect(made.operations.map((operation) => show(operation))).toEqual([
      ['require len(spec.numbers) <= 18446744073709551614', 'spec.numbers = spec.numbers ++ [n]'],
      [
        'if len(spec.numbers) == 0 { return 0 } else {  }',
        'require len(spec.numbers) != 0',
        'return sum(spec.numbers) / len(spec.numbers)',
      ],
    ]);
  });

  it('are lifted to families', () => {
    const { byName } = library();
    const layer = byName('Variable');
    if (layer === null) throw new Error('no Variable');
    const made = valueOf(
      instantiateLayer(layer, {
        ...REQUEST,
        arguments: [{ kind: 'type', type: { kind: 'bool' } }],
        statePrefix: 'cells.',
        operationPrefix: 'cells.',
        index: [
          { name: 'i', type: UINT64 },
          { name: 'j', type: UINT64 },
        ],
      }),
    );
    expect(made.state[0]).toMatchObject({
      name: 'cells.value',
      type: { kind: 'map', value: { kind: 'map' } },
    });
    expect(made.operations.map(({ name, parameterCount }) => [name, parameterCount])).toEqual([
      ['cells.Load', 2],
      ['cells.Store', 3],
    ]);
    expect(made.operations.map((operation) => show(operation))).toEqual([
      ['return cells.value[i][j]'],
      ['cells.value[i][j] = v'],
    ]);
  });
});

describe('layer files', () => {
  it('have the whole language', () => {
    const made = instance(`
      layer Everything {
        const N = 2 * 3; const M uint64 = N + 1
        type Status enum { Unlocked, Locked }
        type Box struct { a, b uint64; full bool }
        durable boxes map[uint64]Box
        durable status Status = Locked
        durable chain seq[uint64]
        volatile seen set[uint64] = {1, 2}
        init {
          forall i uint64 :: !boxes[i].full
          len(chain) == 0
        }
        func Twice(v uint64) uint64 = v * 2
        op Move(i, j uint64) (bool, uint64) {
          require i < M && boxes[i].full
          await status == Unlocked
          boxes[i].full, boxes[j].full = boxes[j].full, true
          x := Twice(i + N)
          let y = if x > 3 then x else 4
          choose z uint64 where z > y
          yield
          either { x = z } or { x = 10 / y }
          chain[i] = x
          if x == 1 { return true, y } else if x == 2 { return false, chain[0] } else { status = Unlocked }
          return x in seen, x
        }
        op Pick() (v uint64) { choose v where v < 3 }
        crash { chain = chain[:0] }
      }`);
    expect(made.state.map(({ name, initial }) => [name, initial && showExpression(initial)])).toEqual([
      ['boxes', null],
      ['status', 'Locked'],
      ['chain', null],
      ['seen', '{1, 2}'],
    ]);
    expect(show(made.operations[0])).toEqual([
      'require i < 7 && boxes[i].full',
      'await status == Unlocked',
      'value4 = boxes[j].full',
      'boxes[i].full = value4',
      'boxes[j].full = true',
      'x = (i + 6) * 2',
      'y = if 3 < x then x else 4',
      'choose z where y < z',
      'yield',
      'either { x = z } or { require y != 0; x = 10 / y }',
      'require i < len(chain)',
      'chain[i] = x',
      'if x == 1 { return true, y } else { if x == 2 { return false, chain[0] } else { status = Unlocked } }',
      'return x in seen, x',
    ]);
    expect(show(made.operations[1])).toEqual(['choose v where v < 3']);
    expect(made.transitions.init.map(({ name }) => name)).toEqual(['init', 'init 2']);
    expect(made.transitions.crash.statements).toHaveLength(1);
  });

  it('guard what short-circuits guard', () => {
    const made = instance(
      'layer A { durable s seq[uint64]\n op X(a uint64) { if a != 0 && 1 / a == 1 { s = s ++ s } } }',
    );
    expect(show(made.operations[0])).toEqual([
      'require a != 0 ==> a != 0',
      'if a != 0 && 1 / a == 1 { require len(s) <= 18446744073709551615 - len(s); s = s ++ s } else {  }',
    ]);
  });

  it.each([
    ['', "1:1-1 expected 'layer', but found the end"],
    ['laier A {}', "1:1-6 expected 'layer', but found 'laier'"],
    [
      'layer A {\n durabel x bool\n}',
      "2:2-9 expected a part of a layer ('durable', 'volatile', 'init', 'op', 'crash', 'always', ...) or '}', but found 'durabel'",
    ],
    ['layer A { op X() { a = }\n}', "1:24-25 expected an expression, but found '}'"],
    ['layer A { op X() { a }\n}', "1:22-23 expected '=' or ':=', but found '}'"],
    ['layer A { op X() {', "1:19-19 expected a statement or '}', but found the end"],
    ['layer A { op X(a) {} }', "1:16-17 parameter 'a' has no type"],
    ['layer A { op X() {} op Y() {} }', "1:21-23 expected the end of the statement, but found 'op'"],
    ['layer A { op X() { 1 := 2 } }', "1:20-21 expected a name before ':='"],
    ['layer A { package "a }', '1:19-20 this text in quotes does not end on its line'],
    ['layer A { /* }', '1:11-13 this comment does not end'],
    ['layer A { type T foo }', "1:18-21 expected 'struct' or 'enum', but found 'foo'"],
  ])('refuse to parse %j', (text, expected) => {
    expectMessage(check(text), expected);
  });

  it.each([
    ['durable a bool; durable a bool', "2:25-26 'a' is declared twice"],
    ['durable zero bool', "2:9-13 'zero' is a word of the language"],
    ['durable x foo', "2:11-14 unknown type 'foo'"],
    ['durable x uint8 = 256', '2:19-22 the constant 256 overflows uint8'],
    ['durable x, y bool = true', '2:1-25 2 variables, but 1 initial value'],
    ['durable x bool; durable y bool = x', '2:34-35 an initial value mentions a state variable'],
    ['volatile x bool; init x', "2:23-24 a volatile variable in 'init'"],
    ['init 3', '2:6-7 expected bool, but this is a number'],
    ['durable x bool; init old(x)', "2:22-28 'old' has no meaning here"],
    ['durable x bool; op A() { require old(x) }', "2:34-40 'old' has no meaning here"],
    ['op A() { require y }', "2:18-19 unknown name 'y'"],
    ['op A() {}; op A() {}', "2:15-16 'A' is declared twice"],
    ['op A(x, x bool) {}', "2:9-10 'x' is declared twice"],
    ['op A(x bool) { x = true }', "2:16-17 'x' cannot be assigned"],
    ['op A() { let x = true; x = false }', "2:24-25 'x' cannot be assigned"],
    ['op A() { x := true; if x { x := false } }', "2:28-29 'x' is declared twice"],
    ['op A() bool { }', "2:15-16 op 'A' ends without 'return'"],
    ['op A() bool { return }', '2:15-21 the op has 1 result, but 0 are returned'],
    ['op A() { return; require true }', "2:18-30 this is never reached: a 'return' comes before it"],
    ['op A() { yield }', "2:10-15 there is no section before this 'yield'"],
    ['op A() { require true; yield }', "2:24-29 there is no section after this 'yield'"],
    [
      'op A() { if true { yield } }',
      "2:20-25 'yield' stands between the sections of an op, not inside a block",
    ],
    ['op A() { fault }', "2:10-15 the layer has no 'fault { ... }'"],
    ['fault { return }', "2:9-15 'return' in a fault"],
    ['fault { require true }', "2:9-21 'require' in a fault"],
    ['crash {}; crash {}', "2:11-19 'crash' is declared twice"],
    ['crash { require true }', "2:9-21 'require' in a crash"],
    ['volatile x bool; durable y bool; crash { y = x }', "2:46-47 a crash reads volatile variable 'x'"],
    ['volatile x, y bool; crash { if x { y = true } }', "2:32-33 a crash reads volatile variable 'x'"],
    ['volatile x bool; crash { x = true; x = !x }', "2:41-42 a crash reads volatile variable 'x'"],
    [
      'volatile x map[bool]bool; crash { x[true] = true }',
      "2:35-42 a crash assigns a part of volatile variable 'x'",
    ],
    [
      'durable s seq[bool]; crash { s = s ++ [true] }',
      '2:34-45 this can be undefined, which a crash must not be',
    ],
    ['op A() { choose x where true }', "2:17-18 'x' is not a local that can be chosen"],
    [
      'op A() { choose x uint64 where 1 / x == 1 }',
      '2:10-42 this condition can be undefined for some choices',
    ],
    [
      'op A(a uint64) { require forall b uint64 :: a / b == 1 }',
      '2:45-50 a division, a longer sequence or a changed sequence under a quantifier',
    ],
    ['op A() { 1 = 2 }', '2:10-11 this cannot be assigned'],
    ['durable x bool; op A() { x, x = true }', '2:26-37 2 places, but 1 value'],
    ['op A() { x, y := true }', '2:10-22 2 names, but 1 value'],
    ['op A() { x := 1 }', '2:15-16 the type of this is not known here'],
    ['durable x bool; op A() { x[1] = true }', '2:26-27 bool has no elements to assign'],
    ['func F(a uint64) uint64 = F(a)', "2:27-28 unknown name 'F'"],
    ['durable x uint64; func F() uint64 = x', "2:37-38 unknown name 'x'"],
    ['const N = 1 / 0', '2:15-16 division by the constant zero'],
    ['type E enum {}', '2:1-15 an enum needs a case'],
    ['type S struct { a, a bool }', "2:20-21 field 'a' is declared twice"],
    ['op A() { x => B() }', "2:19-20 expected '=' or ':=', but found '}'"],
  ])('refuse %s', (member, expected) => {
    expectMessage(check(`layer A {\n${member}\n}`), expected);
  });

  it('refuse two layers of one name, package or type', () => {
    const text = `layer A { package "p"; type T enum { X } }
layer A { package "p"; type T enum { Y } }`;
    expect(messagesOf(check(text))).toEqual([
      "2:7-8 | layer 'A' is declared twice",
      '2:7-8 | two layers for the Go package "p"',
      "2:29-30 | another layer has a different type 'T'",
    ]);
  });

  it('refuse arguments that do not fit', () => {
    const [layer] = valueOf(parseLayerFile('a.layer', 'layer A(N uint64, T type) {}'));
    if (layer === undefined) throw new Error('no layer');
    expectMessage(instantiateLayer(layer, REQUEST), "1:7-8 layer 'A' takes 2 arguments, but 0 are given");
    const type = { kind: 'type', type: UINT64 } as const;
    const wrong = instantiateLayer(layer, { ...REQUEST, arguments: [type, type] });
    expectMessage(wrong, "1:9-10 parameter 'N' of layer 'A' is a value of type uint64");
  });

  it('refuse a family of what cannot be one', () => {
    const index = [{ name: 'i', type: UINT64 }];
    const families = [
      'layer A { durable x bool; crash { x = false } }',
      'layer A { volatile x bool = true }',
    ];
    for (const text of families) {
      const [layer] = valueOf(parseLayerFile('a.layer', text));
      if (layer === undefined) throw new Error('no layer');
      expect(messagesOf(instantiateLayer(layer, { ...REQUEST, index }))[0]).toContain(
        'there can be no array of it',
      );
    }
  });

  it('give quantifiers in functions new ids at each use', () => {
    const made = instance(`layer A {
      func Big(v uint64) bool = exists a uint64 :: a < v
      op X(v uint64) { require Big(v) && Big(v) }
    }`);
    const ids = JSON.stringify(made.operations, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(new Set(ids.match(/a#\d+/gu)).size).toBe(2);
  });
});
