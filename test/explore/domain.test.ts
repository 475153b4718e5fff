import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinaryOperator, IntegerType, MapType, SeqType, SetType } from '../../src/ir/index.js';
import { BLOCK, BOOL, UINT64 } from '../../src/ir/index.js';
import { NO_DEADLINE } from '../../src/explore/deadline.js';
import { ConcreteDomain } from '../../src/explore/domain.js';
import { Universe } from '../../src/explore/universe.js';
import type { Value } from '../../src/explore/value.js';
import { keyOf, sameValue, showValue, zeroOf } from '../../src/explore/value.js';

const universe = new Universe([0n, 1n, 2n]);
const domain = new ConcreteDomain(universe, NO_DEADLINE);
const TYPES = ([8, 16, 32, 64] as const).flatMap((bits) =>
  [true, false].map((signed): IntegerType => ({ kind: 'integer', bits, signed })),
);

function calculate(operator: BinaryOperator, type: IntegerType, left: bigint, right: bigint): Value {
  const wrapped = (value: bigint): Value => domain.literal(type, value);
  return domain.binary(operator, type, wrapped(left), wrapped(right));
}

describe('machine integers', () => {
  const INT8: IntegerType = { kind: 'integer', bits: 8, signed: true };
  const UINT8: IntegerType = { kind: 'integer', bits: 8, signed: false };

  it.each([
    ['add', UINT64, (1n << 64n) - 1n, 1n, 0n],
    ['subtract', UINT64, 0n, 1n, (1n << 64n) - 1n],
    ['multiply', UINT8, 16n, 17n, 16n],
    ['add', INT8, 127n, 1n, -128n],
    ['divide', INT8, -7n, 2n, -3n],
    ['remainder', INT8, -7n, 2n, -1n],
    ['divide', INT8, -128n, -1n, -128n],
    ['divide', UINT64, 5n, 0n, (1n << 64n) - 1n],
    ['divide', INT8, 5n, 0n, -1n],
    ['divide', INT8, -5n, 0n, 1n],
    ['remainder', INT8, -5n, 0n, -5n],
    ['shiftLeft', UINT8, 0x81n, 1n, 2n],
    ['shiftLeft', UINT64, 1n, 64n, 0n],
    ['shiftRight', INT8, -128n, 7n, -1n],
    ['shiftRight', INT8, -128n, 200n, -1n],
    ['shiftRight', UINT8, 0x80n, 7n, 1n],
    ['bitAnd', INT8, -1n, 5n, 5n],
    ['bitXor', UINT8, 255n, 1n, 254n],
  ] as const)('%s of %o: %s, %s gives %s', (operator, type, left, right, result) => {
    expect(calculate(operator, type, left, right)).toBe(result);
  });

  it('stay in range and agree with BigInt modulo the width', () => {
    const operators: BinaryOperator[] = ['add', 'subtract', 'multiply', 'bitAnd', 'bitOr', 'bitXor'];
    const exact: ((left: bigint, right: bigint) => bigint)[] = [
      (left, right) => left + right,
      (left, right) => left - right,
      (left, right) => left * right,
      (left, right) => left & right,
      (left, right) => left | right,
      (left, right) => left ^ right,
    ];
    const index = fc.nat(operators.length - 1);
    fc.assert(
      fc.property(
        fc.constantFrom(...TYPES),
        index,
        fc.bigInt(),
        fc.bigInt(),
        (type, position, left, right) => {
          const result = calculate(operators[position] ?? 'add', type, left, right);
          expect(result).toBe(domain.literal(type, exact[position]?.(left, right) ?? 0n));
          expect(domain.convert(type, type, result)).toBe(result);
        },
      ),
    );
  });

  it('divide such that quotient and remainder make the number', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), fc.bigInt(), fc.bigInt(), (type, left, right) => {
        const [x, y] = [domain.literal(type, left), domain.literal(type, right)];
        const product = domain.binary('multiply', type, domain.binary('divide', type, x, y), y);
        const sum = domain.binary('add', type, product, domain.binary('remainder', type, x, y));
        expect(sum).toBe(x);
      }),
    );
  });
});

describe('collections', () => {
  const MAP: MapType = { kind: 'map', key: UINT64, value: BLOCK };
  const SEQ: SeqType = { kind: 'seq', element: UINT64 };
  const SET: SetType = { kind: 'set', element: UINT64 };

  it('maps are equal exactly when they have the same values everywhere', () => {
    const writes = fc.array(fc.tuple(fc.bigInt(0n, 3n), fc.bigInt(0n, 2n)), { maxLength: 8 });
    fc.assert(
      fc.property(writes, writes, (first, second) => {
        const build = (list: [bigint, bigint][]): Value =>
          list.reduce<Value>((map, [key, value]) => domain.mapSet(MAP, map, key, value), zeroOf(MAP));
        const [left, right] = [build(first), build(second)];
        const equal = [0n, 1n, 2n, 3n, 4n].every(
          (key) => domain.mapGet(MAP, left, key) === domain.mapGet(MAP, right, key),
        );
        expect(sameValue(left, right)).toBe(equal);
        expect(domain.binary('equal', MAP, left, right)).toBe(equal);
      }),
    );
  });

  it('sequences are total', () => {
    const seq = domain.sequence(SEQ, [5n, 6n]);
    expect(domain.element(SEQ, seq, 2n)).toBe(0n);
    expect(domain.withElement(SEQ, seq, (1n << 64n) - 1n, 1n)).toBe(seq);
    expect(keyOf(domain.withElement(SEQ, seq, 1n, 9n))).toBe('[5,9]');
    expect(keyOf(domain.slice(SEQ, seq, 1n, 9n))).toBe('[6]');
    expect(keyOf(domain.slice(SEQ, seq, 2n, 1n))).toBe('[]');
    expect(keyOf(domain.concat(SEQ, seq, domain.append(SEQ, seq, [7n])))).toBe('[5,6,5,6,7]');
    expect(domain.length(SEQ, seq)).toBe(2n);
    expect(domain.builtin('sum', SEQ, domain.sequence(SEQ, [(1n << 64n) - 1n, 3n]))).toBe(2n);
    expect(domain.builtin('number', BLOCK, domain.builtin('block', UINT64, 7n))).toBe(7n);
  });

  it('options, sets and records', () => {
    expect(domain.content(UINT64, zeroOf({ kind: 'option', value: UINT64 }))).toBe(0n);
    expect(domain.content(UINT64, domain.some(UINT64, 4n))).toBe(4n);
    const set = domain.withMember(SET, zeroOf(SET), 3n, true);
    expect([domain.member(SET, 3n, set), domain.member(SET, 4n, set)]).toEqual([true, false]);
    expect(sameValue(domain.withMember(SET, set, 3n, false), zeroOf(SET))).toBe(true);
    const record = {
      kind: 'record',
      name: 'R',
      fields: [
        { name: 'x', type: UINT64 },
        { name: 'ok', type: BOOL },
      ],
    } as const;
    const value = domain.withField(record, domain.record(record, [1n, false]), 'ok', true);
    expect(domain.field(record, value, 'ok')).toBe(true);
    expect(showValue(record, value)).toBe('{x: 1, ok: true}');
    expect(showValue(MAP, domain.mapSet(MAP, domain.mapSet(MAP, zeroOf(MAP), 10n, 1n), 9n, 2n))).toBe(
      '{9: block(2), 10: block(1)}',
    );
  });
});

describe('quantifiers', () => {
  it('see the keys of the maps at hand, and one number that is nowhere', () => {
    const MAP: MapType = { kind: 'map', key: UINT64, value: BOOL };
    const map = domain.mapSet(MAP, zeroOf(MAP), 1_000_000n, true);
    universe.enter([map]);
    const variable = { id: 'k', name: 'k', type: UINT64 };
    const some = (wanted: boolean): Value =>
      domain.quantify('exists', [variable], ([key]) => domain.mapGet(MAP, map, key ?? 0n) === wanted);
    expect([some(true), some(false)]).toEqual([true, true]);
    const all = domain.quantify('forall', [variable], ([key]) =>
      [0n, 1n, 2n, 1_000_000n].includes(BigInt(keyOf(key ?? 0n))),
    );
    expect(all).toBe(false);
    const byte: IntegerType = { kind: 'integer', bits: 8, signed: false };
    expect(domain.quantify('exists', [{ ...variable, type: byte }], ([key]) => key === 201n)).toBe(true);
  });
});

describe('copying between maps', () => {
  const BYTES: MapType = { kind: 'map', key: UINT64, value: UINT64 };
  const SEQUENCE: SeqType = { kind: 'seq', element: UINT64 };
  const spliced = (target: Value, at: bigint, source: Value, from: bigint, count: bigint): Value =>
    domain.splice(BYTES, target, at, source, from, count);

  it('is the same as setting the elements one by one', () => {
    const numbers = fc.array(fc.bigInt(0n, 3n), { maxLength: 6 });
    const position = fc.bigInt(0n, 7n);
    const property = fc.property(
      numbers,
      numbers,
      position,
      position,
      position,
      (into, out, at, from, count) => {
        const [target, source] = [
          domain.elements(SEQUENCE, domain.sequence(SEQUENCE, into)),
          domain.elements(SEQUENCE, domain.sequence(SEQUENCE, out)),
        ];
        let expected = target;
        for (let index = 0n; index < count; index += 1n)
          expected = domain.mapSet(BYTES, expected, at + index, domain.mapGet(BYTES, source, from + index));
        expect(sameValue(spliced(target, at, source, from, count), expected)).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  it('takes time in proportion to the length', { timeout: 20_000 }, () => {
    const long = domain.sequence(
      SEQUENCE,
      Array.from({ length: 100_000 }, () => 1n),
    );
    const map = domain.elements(SEQUENCE, long);
    expect(domain.mapGet(BYTES, map, 99_999n)).toBe(1n);
    expect(sameValue(spliced(map, 0n, map, 0n, 100_000n), map)).toBe(true);
  });
});
