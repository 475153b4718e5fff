import { describe, expect, test } from 'vitest';
import { codeOf, problems, pure } from './harness.js';
import { Panic, run } from './run.js';

/** The ends of an eight-bit range, what is near them and near zero, and what is near the root of its size. */
function values(signed: boolean): readonly bigint[] {
  const near = [0n, 1n, 2n, 3n, 5n, 7n, 8n, 11n, 12n, 15n, 16n, 17n, 63n, 64n, 65n, 126n, 127n];
  const signs = near.flatMap((value) => [value, -value - 1n]);
  return signed ? signs : signs.map((value) => BigInt.asUintN(8, value));
}

/** Helpers that take two operands out of a number, and make one of a result. */
function helpers(type: string): string {
  return `
//@ may overflow
func low(n uint64) ${type} { return ${type}(n) }

//@ may overflow
func high(n uint64) ${type} { return ${type}(n >> 8) }

//@ may overflow
func wide(x ${type}) uint64 { return uint64(x) }

//@ no overflow
`;
}

const OPERATORS: readonly [string, (x: bigint, y: bigint) => bigint][] = [
  ['x + y', (x, y) => x + y],
  ['x - y', (x, y) => x - y],
  ['x * y', (x, y) => x * y],
  ['x / y', (x, y) => x / y],
  ['x % y', (x, y) => x % y],
  ['x << (uint8(y) & 15)', (x, y) => x * 2n ** (BigInt.asUintN(8, y) & 15n)],
  ['x & y', (x, y) => x & y],
  ['^x', (x) => x],
  ['-x', (x) => -x],
  ...constants(['+', (x, y) => x + y], [0n, 1n, 3n, 127n]),
  ...constants(['-', (x, y) => x - y], [0n, 1n, 3n, 127n]),
  ...constants(['*', (x, y) => x * y], [0n, 1n, 3n, 127n]),
  ['x << 3', (x) => x * 8n],
  ['x << 7', (x) => x * 128n],
  ['x << 9', (x) => x * 512n],
];

const SIGNED: typeof OPERATORS = [
  ['x * -1', (x) => -x],
  ['x * -3', (x) => x * -3n],
  ['x * -128', (x) => x * -128n],
  ['-128 * x', (x) => x * -128n],
  ['x + -128', (x) => x - 128n],
  ['x - -128', (x) => x + 128n],
  ['-128 - x', (x) => -128n - x],
  ['x / -1', (x) => -x],
  ['x / -2', (x) => x / -2n],
];

/** An operator with a constant on either side. */
function constants(
  [operator, apply]: (typeof OPERATORS)[number],
  numbers: readonly bigint[],
): typeof OPERATORS {
  return numbers.flatMap((number): typeof OPERATORS => [
    [`x ${operator} ${number}`, (x) => apply(x, number)],
    [`${number} ${operator} x`, (x) => apply(number, x)],
  ]);
}

async function checkOperator(signed: boolean, text: string, apply: (x: bigint, y: bigint) => bigint) {
  const type = signed ? 'int8' : 'uint8';
  const isBitwise = text.includes('&') && !text.includes('<<');
  const isComplement = text.startsWith('^');
  const body = `\tx, y := low(n), high(n)\n\t_ = y\n\treturn wide(calc(x, y))`;
  const calc = text.replace('uint8(y)', 'bits(y)');
  const bits = `func calc(x, y ${type}) ${type} { return ${calc} }\n\n//@ may overflow\nfunc bits(y ${type}) uint8 { return uint8(y) }\n`;
  const code = await codeOf(pure(body, helpers(type) + bits));
  const [least, greatest] = signed ? [-128n, 127n] : [0n, 255n];
  for (const x of values(signed)) {
    for (const y of values(signed)) {
      const n = BigInt.asUintN(8, x) | (BigInt.asUintN(8, y) << 8n);
      const divides = /x [/%] y/.test(text);
      const exact = divides && y === 0n ? null : apply(x, y);
      const fits = isBitwise || isComplement || (exact !== null && least <= exact && exact <= greatest);
      let outcome = 'fits';
      try {
        run(code, [n]);
      } catch (error) {
        if (!(error instanceof Panic)) throw error;
        outcome = error.message;
      }
      expect(`${x} ${y} ${outcome}`).toBe(
        `${x} ${y} ${exact === null ? 'division' : fits ? 'fits' : 'overflow'}`,
      );
    }
  }
}

describe('what overflows, compared with unbounded numbers', () => {
  test.each(OPERATORS)('uint8: %s', (text, apply) => checkOperator(false, text, apply));
  test.each([...OPERATORS, ...SIGNED])('int8: %s', (text, apply) => checkOperator(true, text, apply));

  const types = ['int8', 'uint8', 'int16', 'uint16', 'int', 'uint64'];
  test.each(types.flatMap((from) => types.map((to) => [from, to] as const)))('%s to %s', async (from, to) => {
    const rest = `
//@ may overflow
func given(n uint64) ${from} { return ${from}(n) }

//@ no overflow
func converted(x ${from}) ${to} { return ${to}(x) }
`;
    const code = await codeOf(pure('\tconverted(given(n))\n\treturn 0', rest));
    const ends = [7n, 8n, 15n, 16n, 31n, 63n, 64n].flatMap((bits) =>
      [-2n, -1n, 0n, 1n].map((near) => 2n ** bits + near),
    );
    for (const each of [...ends, 0n, 1n, ...ends.map((end) => -end)]) {
      const x = cut(from, each);
      const expected = cut(to, x) === x ? 'fits' : 'overflow';
      let outcome = 'fits';
      try {
        run(code, [BigInt.asUintN(64, each)]);
      } catch (error) {
        outcome = error instanceof Panic ? error.message : String(error);
      }
      expect(`${x} ${outcome}`).toBe(`${x} ${expected}`);
    }
  });
});

function cut(type: string, value: bigint): bigint {
  const bits = Number(/\d+/.exec(type)?.[0] ?? 64);
  return type.startsWith('u') ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value);
}

async function overflows(text: string, n: bigint): Promise<boolean> {
  const code = await codeOf(text);
  try {
    run(code, [n]);
    return false;
  } catch (error) {
    if (error instanceof Panic) return true;
    throw error;
  }
}

describe('where arithmetic must not overflow', () => {
  const LARGEST = 2n ** 64n - 1n;
  const helper = (annotation: string): string =>
    `\n${annotation}\nfunc next(n uint64) uint64 { return n + 1 }\n`;
  const annotated = (annotation: string, body: string, rest = ''): string =>
    pure(body, rest).replace('//@ op Run', `//@ op Run\n${annotation}`);

  test('nowhere without an annotation', async () => {
    expect(await overflows(pure('\treturn next(n)', helper('// Adds one.')), LARGEST)).toBe(false);
  });

  test('in a function that says so and in what is called from it', async () => {
    expect(await overflows(annotated('//@ no overflow', '\treturn n + 1'), LARGEST)).toBe(true);
    expect(await overflows(annotated('//@ no overflow', '\treturn n + 1'), 5n)).toBe(false);
    expect(await overflows(annotated('//@ no overflow', '\treturn next(n)', helper('')), LARGEST)).toBe(true);
    expect(await overflows(pure('\treturn next(n)', helper('//@ no overflow')), LARGEST)).toBe(true);
    expect(await overflows(pure('\treturn next(n) + 1', helper('//@ no overflow')), LARGEST - 1n)).toBe(
      false,
    );
  });

  test('but not in a function that says that it may', async () => {
    const text = annotated('//@ no overflow', '\treturn next(n)', helper('//@ may overflow'));
    expect(await overflows(text, LARGEST)).toBe(false);
  });

  test('in a function literal as in the function whose text it stands in', async () => {
    const body = '\tvar x uint64\n\tcall(func() { x = n + 1 })\n\treturn x';
    const call = (annotation: string): string => `\n${annotation}\nfunc call(f func()) { f() }\n`;
    expect(await overflows(annotated('//@ no overflow', body, call('//@ may overflow')), LARGEST)).toBe(true);
    expect(await overflows(annotated('//@ may overflow', body, call('//@ no overflow')), LARGEST)).toBe(
      false,
    );
  });

  test('in all of a package', async () => {
    const alone = '\n//@ no overflow\n\nvar unused bool\n';
    expect(await overflows(pure('\treturn next(n)', alone + helper('')), LARGEST)).toBe(true);
    expect(await overflows(pure('\treturn next(n)', alone + helper('//@ may overflow')), LARGEST)).toBe(
      false,
    );
  });

  test('also where a variable is counted up or down', async () => {
    for (const [statement, end] of [
      ['n++', LARGEST],
      ['n--', 0n],
      ['n += n', 2n ** 63n],
      ['n <<= 1', 2n ** 63n],
    ] as const) {
      expect(await overflows(annotated('//@ no overflow', `\t${statement}\n\treturn n`), end)).toBe(true);
      expect(await overflows(annotated('//@ no overflow', `\t${statement}\n\treturn n`), 1n)).toBe(false);
    }
  });

  test('misplaced, repeated or misspelt', async () => {
    const body = (annotation: string): string => `\t${annotation}\n\tn++\n\treturn n`;
    expect(await problems(pure(body('//@ no overflow')))).toEqual([
      '7:6 `no overflow` does not belong here in Run',
    ]);
    expect(await problems(pure('\treturn n', '\n//@ may overflow\n\nvar v uint64\n'))).toEqual([
      '13:5 `may overflow` does not belong alone in a file',
    ]);
    expect(await problems(annotated('//@ no overflow\n//@ may overflow', '\treturn n'))).toEqual([
      '7:5 a second annotation on overflow for the same function',
    ]);
    expect(await problems(pure('\treturn n').replace('//@ op', '//@ no overflow\n//@ op'))).toEqual([]);
    expect(await problems(pure('\treturn n', '\n//@ no overflows\n\nvar v uint64\n'))).toEqual([
      "13:8 expected an operator or the end of the annotation, but found 'overflows'",
    ]);
  });
});
