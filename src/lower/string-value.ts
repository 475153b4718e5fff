import type { Expression, IntegerType, SeqType } from '../ir/index.js';
import { literal } from './operators.js';

export const BYTE: IntegerType = { kind: 'integer', bits: 8, signed: false };
/** Strings are sequences of bytes. */
export const STRING: SeqType = { kind: 'seq', element: BYTE };

/** A string of known bytes. */
export function stringOf(bytes: readonly number[]): Expression {
  return { kind: 'sequence', elements: bytes.map((byte) => literal(BYTE, BigInt(byte))), type: STRING };
}
