import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/base/diagnostic.js';
import { BOOL, UINT64, showExpression, type Expression, type Type } from '../../src/ir/index.js';
import { checkExpression, inferExpression, parseAnnotations } from '../../src/layer/index.js';
import { expectMessage, sampleScope, valueOf } from './support.js';

const ORIGIN = { line: 1, column: 1, offset: 0 };

function checked(text: string, type: Type | null = BOOL): Result<Expression> {
  const [directive] = valueOf(parseAnnotations(`assert ${text}`, 'file.go', ORIGIN));
  if (directive?.kind !== 'assert') throw new Error('no assertion');
  const { expression } = directive.clause;
  return type === null
    ? inferExpression(expression, sampleScope())
    : checkExpression(expression, sampleScope(), type);
}

describe('expressions', () => {
  it.each([
    ['ok', 'ok'],
    ['ok && !ok || ok ==> ok', 'ok && !ok || ok ==> ok'],
    ['ok ==> ok ==> ok', 'ok ==> ok ==> ok'],
    ['(ok ==> ok) ==> ok', '(ok ==> ok) ==> ok'],
    ['ok && (ok || ok)', 'ok && (ok || ok)'],
    ['ok <==> ok', 'ok <==> ok'],
    ['sum + 2 * N == 7', 'sum + 6 == 7'],
    ['sum - (sum - 1) > N << 2', '12 < sum - (sum - 1)'],
    ['sum != 1', 'sum != 1'],
    ['disk[1] == spec.disk[Size]', 'disk[1] == spec.disk[Size]'],
    ['disk[0] == zero', 'disk[0] == zero'],
    ['db.count <= 1', 'db.count <= 1'],
    ['numbers ++ [1, sum] == []', 'numbers ++ [1, sum] == []'],
    ['[1] ++ numbers == numbers[1:] ++ numbers[:2]', '[1] ++ numbers == numbers[1:] ++ numbers[:2]'],
    ['disk[1 := zero] == disk', 'disk[1 := zero] == disk'],
    ['len(numbers) == sum(numbers)', 'len(numbers) == sum(numbers)'],
    ['chosen == none || chosen == some(4)', 'chosen == none || chosen == some(4)'],
    ['chosen != none ==> content(chosen) == 1', 'isSome(chosen) ==> content(chosen) == 1'],
    ['1 in members && !(sum in {1, 2})', '1 in members && !(sum in {1, 2})'],
    ['insert(members, 1) == remove({}, 2)', null],
    ['insert(members, 1) == remove(members, 2)', 'insert(members, 1) == remove(members, 2)'],
    ['pair.first == 1 && pair == Pair{second: true}', 'pair.first == 1 && pair == Pair{0, true}'],
    ['pair == Pair{1, false}', 'pair == Pair{1, false}'],
    ['number(block(sum)) == sum', 'number(block(sum)) == sum'],
    ['uint64(small) == sum && int8(-1) == int8(signed)', 'uint64(small) == sum && -1 == int8(signed)'],
    ['(if ok then 1 else sum) == 2', '(if ok then 1 else sum) == 2'],
    ['old(sum + disk2) == sum', null],
    ['old(sum + 1) == sum', 'old(sum) + 1 == sum'],
    ['forall a uint64 :: a < Size ==> disk[a] == zero', 'forall a uint64 :: a < Size ==> disk[a] == zero'],
    ['forall a :: disk[a] == zero', 'forall a uint64 :: disk[a] == zero'],
    ['exists j :: j => Write(1, disk[1])', 'exists j thread :: j => Write(1, disk[1])'],
    ['exists j, a :: j => Write(a, disk[a])', 'exists j thread, a uint64 :: j => Write(a, disk[a])'],
    ['forall a, b uint64 :: a == b', 'forall a uint64, b uint64 :: a == b'],
    ['ok || exists j :: ok && j => Write(0, zero)', 'ok || (exists j thread :: ok && j => Write(0, zero))'],
    ['forall b uint64 :: b < 3 ==> invariant(locks[b])', 'forall b uint64 :: b < 3 ==> b == 0'],
    ['small << sum == 0', 'small << (if sum < 8 then uint8(sum) else 8) == 0'],
    ['small &^ 1 == ^small', 'small & ^1 == ^small'],
    ['sum >> 70 == 0 && 2 > N == false', 'sum >> 64 == 0 && (false <==> false)'],
    ['0xff_ff == sum && sum == 0b11 && sum == 0o17', '65535 == sum && sum == 3 && sum == 15'],
  ])('%s', (text, expected) => {
    const result = checked(text);
    if (expected === null) expect(result.ok).toBe(false);
    else expect(showExpression(valueOf(result))).toBe(expected);
  });

  it('prints what it reads again', () => {
    for (const text of [
      'ok && (ok ==> ok)',
      '(sum + 1) * 2 == sum',
      '-(-sum) == sum',
      '(sum - 1) - (1 - sum) == sum',
    ]) {
      const shown = showExpression(valueOf(checked(text)));
      expect(showExpression(valueOf(checked(shown)))).toBe(shown);
    }
  });

  it('marks state under old', () => {
    const expression = valueOf(checked('old(sum)', UINT64));
    expect(expression).toMatchObject({ kind: 'state', variable: 'sum', old: true });
  });

  it.each([
    ['nums == []', "1:8-12 unknown name 'nums'"],
    ['spec.dsk == disk', "1:8-16 unknown name 'spec.dsk'"],
    ['sum', '1:8-11 expected bool, but this is uint64'],
    ['ok == 1', '1:14-15 expected bool, but this is a number'],
    ['small == 256', '1:17-20 the constant 256 overflows uint8'],
    ['sum == -1', '1:15-17 the constant -1 overflows uint64'],
    ['sum == small', '1:15-20 expected uint64, but this is uint8'],
    ['ok < ok', "1:11-12 '<' compares integers, not bool"],
    ['numbers + numbers == []', "1:16-17 '+' needs integers, not seq[uint64]"],
    ['sum ++ sum == 1', "1:12-14 '++' joins sequences, not uint64"],
    ['sum / 0 == 1', '1:14-15 division by the constant zero'],
    ['1 / 0 == 1', '1:12-13 division by the constant zero'],
    ['1 << 1000 == 1', '1:13-17 this constant is too large'],
    ['1 << 1075 == 1', '1:13-17 this shift count is out of range'],
    ['sum << signed == 1', '1:15-21 a shift count is an unsigned integer, not int64'],
    ['zero == none', '1:8-12 the type of neither side is known here'],
    ['sum in numbers', "1:15-22 'in' needs a set, but this is seq[uint64]"],
    ['pair.third', "1:13-18 Pair has no field 'third'"],
    ['pair == Pair{1}', '1:16-23 Pair has 2 fields, but 1 are given'],
    ['pair == Pare{1}', "1:16-20 'Pare' is not a struct"],
    ['sum[1] == 1', '1:8-11 uint64 has no elements to index'],
    ['disk[ok] == zero', '1:13-15 expected uint64, but this is bool'],
    ['len(sum) == 1', "1:12-15 'len' needs a sequence, but this is uint64"],
    ['len(numbers, 1) == 1', "1:8-23 'len' takes 1 argument, but 2 are given"],
    ['len == 1', "1:8-11 'len' is a function"],
    ['foo(1) == 1', "1:8-11 unknown name 'foo'"],
    ['ok(1)', "1:8-10 'ok' is not a function"],
    ['old(old(sum)) == 1', "1:12-20 'old' has no meaning here"],
    ['exists j :: ok', "1:15-16 the type of 'j' is not known"],
    ['exists j foo :: ok', "1:17-20 unknown type 'foo'"],
    ['exists j map[uint64] :: ok', "1:17-28 'map' lacks its type arguments"],
    ['exists j bool, j bool :: ok', "1:23-24 'j' is bound twice"],
    ['exists j :: j => Wriet(1, zero)', "1:25-30 the specification has no op 'Wriet'"],
    ['exists j :: j => Write(1)', "1:20-33 op 'Write' takes 2 arguments, but 1 are given"],
    ['sum => Write(1, zero)', '1:8-11 expected thread, but this is uint64'],
    ['invariant(locks[ok])', '1:24-26 expected uint64, but this is bool'],
  ])('refuses %s', (text, expected) => {
    expectMessage(checked(text), expected);
  });

  it('refuses a number without a type', () => {
    expectMessage(checked('1 + 2', null), '1:8-13 the type of this is not known here');
  });

  it('refuses hostile text with a message', () => {
    const deep = `assert ${'('.repeat(5000)}ok${')'.repeat(5000)}`;
    expectMessage(parseAnnotations(deep, 'f', ORIGIN), '1:68-69 this is nested too deeply');
    const long = `assert ${Array(2000).fill('ok').join(' && ')}`;
    expect(parseAnnotations(long, 'f', ORIGIN).ok).toBe(false);
    const nested = `(if ok then `.repeat(25) + 'ok' + ' else ok)'.repeat(25);
    expect(checked(nested).ok).toBe(true);
    expect(checked('!'.repeat(900) + 'ok').ok).toBe(true);
  });
});
