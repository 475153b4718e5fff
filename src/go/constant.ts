import type { ArithmeticOperator } from './expression.js';
import type { ConstantValue } from './ast.js';
import { underlying } from './type.js';
import type { GoType, IntegerType } from './type.js';

/** Go's compiler limits exact integers to this many bits. */
const LARGEST_BITS = 512n;
const LIMIT = 1n << LARGEST_BITS;
/** The largest count of a constant shift that Go's compiler takes. */
const LARGEST_SHIFT = 1074n;

/** The value fits the exact integers of Go's compiler. */
export function isExact(value: bigint): boolean {
  return value < LIMIT && value > -LIMIT;
}

export function fits(value: bigint, type: IntegerType): boolean {
  const bits = BigInt(type.bits);
  return type.signed
    ? value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n)
    : value >= 0n && value < 1n << bits;
}

/** A constant of that value can have the type. */
export function isRepresentable(value: ConstantValue, type: GoType): boolean {
  const plain = underlying(type);
  switch (plain.kind) {
    case 'integer':
      return typeof value === 'bigint' && fits(value, plain);
    case 'bool':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'untyped':
      if (plain.of === 'bool') return typeof value === 'boolean';
      return plain.of === 'string' ? typeof value === 'string' : typeof value === 'bigint' && isExact(value);
    case 'struct':
    case 'array':
    case 'pointer':
    case 'mutex':
    case 'sync':
    case 'machine':
    default:
      return false;
  }
}

/** Exact arithmetic; null if a shift count is out of range. The divisor is not zero. */
export function foldArithmetic(operator: ArithmeticOperator, left: bigint, right: bigint): bigint | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '&^':
      return left & ~right;
    case '<<':
      return right < 0n || right > LARGEST_SHIFT ? null : left << right;
    case '>>':
      return right < 0n || right > LARGEST_SHIFT ? null : left >> right;
  }
}

/** The value of a comparison of two constants of the same kind. */
export function foldComparison(
  operator: '==' | '!=' | '<' | '<=' | '>' | '>=',
  left: ConstantValue,
  right: ConstantValue,
): boolean {
  const order = compare(left, right);
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function compare(left: ConstantValue, right: ConstantValue): number {
  if (left === right) return 0;
  if (typeof left === 'string' && typeof right === 'string') {
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  }
  return left < right ? -1 : 1;
}

/** The number that an integer literal stands for, or null if it is not one of Go's. */
export function integerLiteral(text: string): bigint | null {
  const digits = text.replaceAll('_', '').toLowerCase();
  const wellFormed =
    /^(0|[1-9](_?\d)*|0(_?[0-7])+|0[oO](_?[0-7])+|0[bB](_?[01])+|0[xX](_?[0-9a-fA-F])+)$/.test(text) &&
    digits.replace(/^0+/, '').length <= 600;
  if (!wellFormed) return null;
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return isExact(value) ? value : null;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gsu;

/** The string that a quoted literal stands for, or null if an escape is not one of Go's or makes a byte that is not text. */
export function stringLiteral(text: string): string | null {
  if (text.startsWith('`')) return text.slice(1, -1).replaceAll('\r', '');
  return unescape(text.slice(1, -1), '"', 0x7f);
}

/** The number that a rune literal stands for, or null if it is not one of Go's. */
export function runeLiteral(text: string): bigint | null {
  const value = unescape(text.slice(1, -1), "'", 0xff);
  if (value === null || Array.from(value).length !== 1) return null;
  return BigInt(value.codePointAt(0) ?? 0);
}

function unescape(text: string, quote: string, largestByte: number): string | null {
  const invalid: string[] = [];
  const result = text.replace(
    ESCAPE,
    (match, hex?: string, short?: string, long?: string, octal?: string, simple?: string) => {
      const plain =
        simple === undefined
          ? escapedCode(hex, short ?? long, octal, largestByte)
          : simple === quote
            ? quote
            : SIMPLE_ESCAPES[simple];
      if (plain === undefined) invalid.push(match);
      return plain ?? '';
    },
  );
  return invalid.length === 0 ? result : null;
}

function escapedCode(
  hex: string | undefined,
  unicode: string | undefined,
  octal: string | undefined,
  largestByte: number,
): string | undefined {
  if (unicode !== undefined) {
    const code = parseInt(unicode, 16);
    const isSurrogate = code >= 0xd800 && code < 0xe000;
    return code <= 0x10ffff && !isSurrogate ? String.fromCodePoint(code) : undefined;
  }
  const code = octal === undefined ? parseInt(hex ?? '', 16) : parseInt(octal, 8);
  return code <= largestByte ? String.fromCodePoint(code) : undefined;
}
