import type { Expression, IntegerType } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type { Lowering } from './lowering.js';
import { arithmetic, compare, conditional, convert, literal, localOf, logical } from './operators.js';
import { snapshot } from './snapshot.js';
import { BYTE, STRING } from './string-value.js';

export const RUNE: IntegerType = { kind: 'integer', bits: 32, signed: true };
const INT64: IntegerType = { kind: 'integer', bits: 64, signed: true };

/** U+FFFD, which stands for what is no valid UTF-8 and for numbers that are no code points. */
const REPLACEMENT = 0xfffdn;

/** A rune that stands in a string, and the number of its bytes. */
export interface Decoded {
  /** An `int32`. */
  readonly rune: Expression;
  /** A `uint64`. */
  readonly width: Expression;
}

/** The rune at a position below the length of a string; both must be fixed. Each byte that begins no valid encoding is one by itself. */
export function decodeRune(lowering: Lowering, text: Expression, position: Expression): Decoded {
  const length: Expression = { kind: 'length', sequence: text, type: UINT64 };
  const zero = literal(BYTE, 0n);
  const byteAt = (distance: bigint): Expression => {
    const key = distance === 0n ? position : arithmetic('add', position, literal(UINT64, distance));
    const byte: Expression = { kind: 'index', collection: text, key, type: BYTE };
    const room = arithmetic('subtract', length, position);
    const isThere = compare('less', literal(UINT64, distance), room);
    return snapshot(lowering, distance === 0n ? byte : conditional(isThere, byte, zero), '$byte');
  };
  const first = byteAt(0n);
  const [second, third, fourth] = [byteAt(1n), byteAt(2n), byteAt(3n)];
  const bound = (lead: bigint, special: bigint, otherwise: bigint): Expression =>
    conditional(
      compare('equal', first, literal(BYTE, lead)),
      literal(BYTE, special),
      literal(BYTE, otherwise),
    );
  // The ranges of the second byte keep out overlong encodings, surrogates and what is beyond U+10FFFF.
  const isTwo = all(isIn(first, 0xc2n, 0xdfn), isContinuation(second));
  const isThree = all(
    isIn(first, 0xe0n, 0xefn),
    compare('lessEqual', bound(0xe0n, 0xa0n, 0x80n), second),
    compare('lessEqual', second, bound(0xedn, 0x9fn, 0xbfn)),
    isContinuation(third),
  );
  const isFour = all(
    isIn(first, 0xf0n, 0xf4n),
    compare('lessEqual', bound(0xf0n, 0x90n, 0x80n), second),
    compare('lessEqual', second, bound(0xf4n, 0x8fn, 0xbfn)),
    isContinuation(third),
    isContinuation(fourth),
  );
  const isOne = compare('less', first, literal(BYTE, 0x80n));
  const choice = (one: Expression, two: Expression, three: Expression, four: Expression, none: Expression) =>
    conditional(
      isOne,
      one,
      conditional(isTwo, two, conditional(isThree, three, conditional(isFour, four, none))),
    );
  const width = (value: bigint): Expression => literal(UINT64, value);
  return {
    rune: snapshot(
      lowering,
      choice(
        convert(first, RUNE),
        joined(lowBits(first, 0x1fn), [second]),
        joined(lowBits(first, 0x0fn), [second, third]),
        joined(lowBits(first, 0x07n), [second, third, fourth]),
        literal(RUNE, REPLACEMENT),
      ),
      '$rune',
    ),
    width: snapshot(lowering, choice(width(1n), width(2n), width(3n), width(4n), width(1n)), '$width'),
  };
}

function isIn(value: Expression, low: bigint, high: bigint): Expression {
  return logical(
    'and',
    compare('lessEqual', literal(value.type, low), value),
    compare('lessEqual', value, literal(value.type, high)),
  );
}

function isContinuation(byte: Expression): Expression {
  return isIn(byte, 0x80n, 0xbfn);
}

function all(first: Expression, ...others: readonly Expression[]): Expression {
  return others.reduce((left, right) => logical('and', left, right), first);
}

function lowBits(byte: Expression, mask: bigint): Expression {
  return arithmetic('bitAnd', convert(byte, RUNE), literal(RUNE, mask));
}

function joined(lead: Expression, continuations: readonly Expression[]): Expression {
  return continuations.reduce(
    (bits, byte) =>
      arithmetic('bitOr', arithmetic('shiftLeft', bits, literal(RUNE, 6n)), lowBits(byte, 0x3fn)),
    lead,
  );
}

/** The UTF-8 encoding of a number of any integer type: that of U+FFFD if it is no code point. */
export function encodeRune(lowering: Lowering, value: Expression): Expression {
  // What does not fit into an `int64` becomes negative, and so stays what is no code point.
  const wide = snapshot(lowering, convert(value, INT64), '$number');
  const number = (digits: bigint): Expression => literal(INT64, digits);
  const isValid = logical(
    'or',
    isIn(wide, 0n, 0xd7ffn),
    logical('and', compare('less', number(0xdfffn), wide), compare('lessEqual', wide, number(0x10ffffn))),
  );
  const code = snapshot(lowering, conditional(isValid, wide, number(REPLACEMENT)), '$code');
  const byte = (lead: bigint, shift: bigint, mask: bigint): Expression => {
    const moved = shift === 0n ? code : arithmetic('shiftRight', code, number(shift));
    const bits = arithmetic('bitAnd', moved, number(mask));
    return convert(arithmetic('bitOr', bits, number(lead)), BYTE);
  };
  const sequence = (...elements: readonly Expression[]): Expression => ({
    kind: 'sequence',
    elements,
    type: STRING,
  });
  const last = byte(0x80n, 0n, 0x3fn);
  const isBelow = (limit: bigint): Expression => compare('less', code, number(limit));
  const encoded = conditional(
    isBelow(0x80n),
    sequence(convert(code, BYTE)),
    conditional(
      isBelow(0x800n),
      sequence(byte(0xc0n, 6n, 0x1fn), last),
      conditional(
        isBelow(0x10000n),
        sequence(byte(0xe0n, 12n, 0x0fn), byte(0x80n, 6n, 0x3fn), last),
        sequence(byte(0xf0n, 18n, 0x07n), byte(0x80n, 12n, 0x3fn), byte(0x80n, 6n, 0x3fn), last),
      ),
    ),
  );
  const local = lowering.builder.newTemporary('$encoded', STRING);
  lowering.builder.assign(local, encoded);
  return localOf(local, STRING);
}
