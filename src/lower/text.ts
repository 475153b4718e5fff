import type { Expression } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type { Expression as GoExpression } from '../go/index.js';
import type { Lowering } from './lowering.js';
import { compare, literal, logical, toUint64 } from './operators.js';
import { lowerIndex } from './place.js';
import { snapshot } from './snapshot.js';
import { difference } from './reference.js';
import { BYTE, STRING } from './string-value.js';

type Of<K extends GoExpression['kind']> = Extract<GoExpression, { kind: K }>;

/** The number of bytes of a string, as a uint64. */
export function stringLength(text: Expression): Expression {
  return { kind: 'length', sequence: text, type: UINT64 };
}

/** `s[i]`. */
export function byteAt(lowering: Lowering, expression: Of<'index'>): Expression {
  const text = snapshot(lowering, lowering.value(expression.collection), '$text');
  const key = lowerIndex(lowering, expression, stringLength(text));
  return { kind: 'index', collection: text, key, type: BYTE };
}

/** `s[low:high]`. */
export function substring(lowering: Lowering, expression: Of<'slice'>): Expression {
  const text = snapshot(lowering, lowering.value(expression.operand), '$text');
  const bound = (each: GoExpression | null, otherwise: Expression): Expression =>
    each === null ? otherwise : snapshot(lowering, toUint64(lowering.value(each)), '$bound');
  const length = stringLength(text);
  const low = bound(expression.low, literal(UINT64, 0n));
  const high = bound(expression.high, length);
  const condition = logical('and', compare('lessEqual', low, high), compare('lessEqual', high, length));
  const message = 'the slice bounds may be out of range';
  lowering.builder.emit({ kind: 'check', code: 'bounds', condition, message });
  return {
    kind: 'gather',
    source: { kind: 'elements', sequence: text, type: { kind: 'map', key: UINT64, value: BYTE } },
    from: low,
    count: difference(high, low),
    type: STRING,
  };
}
