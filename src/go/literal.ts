import { isExact } from '../base/exact.js';
import { fractionOf } from './fraction.js';
import type { Fraction } from './ast.js';
import { stringOfBytes } from './text.js';

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

/** Larger exponents are not taken. */
const LARGEST_EXPONENT = 4000;
const DECIMAL = /^(?<whole>\d(_?\d)*)?(?:\.(?<rest>\d(_?\d)*)?)?(?:[eE](?<exponent>[+-]?\d(_?\d)*))?$/;
const HEXADECIMAL =
  /^0[xX](?<whole>_?[0-9a-fA-F](_?[0-9a-fA-F])*)?(?:\.(?<rest>[0-9a-fA-F](_?[0-9a-fA-F])*)?)?[pP](?<exponent>[+-]?\d(_?\d)*)$/;

/** The exact value of a floating-point literal, or null if it is not one of Go's (or is astronomical). */
export function floatLiteral(text: string): bigint | Fraction | null {
  const isHexadecimal = /^0[xX]/.test(text);
  const groups = (isHexadecimal ? HEXADECIMAL : DECIMAL).exec(text)?.groups;
  const whole = groups?.['whole']?.replaceAll('_', '') ?? '';
  const rest = groups?.['rest']?.replaceAll('_', '') ?? '';
  const exponent = Number(groups?.['exponent']?.replaceAll('_', '') ?? '0');
  if (groups === undefined || whole + rest === '' || Math.abs(exponent) > LARGEST_EXPONENT) return null;
  const mantissa = BigInt(isHexadecimal ? `0x${whole}${rest}` : `${whole}${rest}`);
  const scale = exponent - rest.length * (isHexadecimal ? 4 : 1);
  const base = isHexadecimal ? 2n : 10n;
  const power = base ** BigInt(Math.abs(scale));
  return scale < 0 ? fractionOf(mantissa, power) : mantissa * power;
}

const SIMPLE_ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 0x5c,
};
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/suy;

/** The string that a quoted literal stands for, or null if an escape is not one of Go's. */
export function stringLiteral(text: string): string | null {
  if (text.startsWith('`')) return text.slice(1, -1).replaceAll('\r', '');
  const inner = text.slice(1, -1);
  if (!inner.includes('\\')) return inner.includes('\n') ? null : inner;
  const parts = characters(inner, '"');
  if (parts === null) return null;
  const bytes = parts.flatMap((part) =>
    part.kind === 'byte' ? [part.value] : Array.from(Buffer.from(String.fromCodePoint(part.value))),
  );
  return stringOfBytes(Uint8Array.from(bytes));
}

/** The number that a rune literal stands for, or null if it is not one of Go's. */
export function runeLiteral(text: string): bigint | null {
  const [only, ...others] = characters(text.slice(1, -1), "'") ?? [];
  return only === undefined || others.length > 0 ? null : BigInt(only.value);
}

interface Character {
  readonly kind: 'rune' | 'byte';
  readonly value: number;
}

function characters(text: string, quote: string): readonly Character[] | null {
  const found: Character[] = [];
  for (let position = 0; position < text.length;) {
    const code = text.codePointAt(position) ?? 0;
    if (code === 0x0a) return null;
    if (code !== 0x5c) {
      found.push({ kind: 'rune', value: code });
      position += code > 0xffff ? 2 : 1;
      continue;
    }
    ESCAPE.lastIndex = position;
    const match = ESCAPE.exec(text);
    const character = match === null ? null : escaped(match, quote);
    if (match === null || character === null) return null;
    found.push(character);
    position += match[0].length;
  }
  return found;
}

function escaped(
  [, hex, short, long, octal, simple]: readonly (string | undefined)[],
  quote: string,
): Character | null {
  const unicode = short ?? long;
  if (unicode !== undefined) {
    const value = parseInt(unicode, 16);
    const isSurrogate = value >= 0xd800 && value < 0xe000;
    return value <= 0x10ffff && !isSurrogate ? { kind: 'rune', value } : null;
  }
  if (simple !== undefined) {
    const value = simple === quote ? quote.charCodeAt(0) : SIMPLE_ESCAPES[simple];
    return value === undefined ? null : { kind: 'rune', value };
  }
  const value = hex === undefined ? parseInt(octal ?? '', 8) : parseInt(hex, 16);
  return value <= 0xff ? { kind: 'byte', value } : null;
}
