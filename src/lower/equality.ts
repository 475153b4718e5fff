import type { Expression } from '../ir/index.js';
import { BOOL, UINT64 } from '../ir/index.js';
import type { GoType } from '../go/index.js';
import { underlying } from '../go/index.js';
import type { Lowering } from './lowering.js';
import { compare, literal, logical } from './operators.js';
import { mapType, recordType } from './snapshot.js';

/** Arrays up to this length are compared element by element. */
const LONGEST = 256n;

/** `==` of two values of a Go type. */
export function valuesEqual(
  lowering: Lowering,
  goType: GoType,
  left: Expression,
  right: Expression,
): Expression {
  const plain = underlying(goType);
  if (plain.kind === 'array') {
    const length = lowering.context.constants.length(plain);
    // No key beyond the length is ever touched.
    if (length.kind !== 'literal' || BigInt(length.value) > LONGEST) return compare('equal', left, right);
    return all(
      Array.from({ length: Number(length.value) }, (_, index) => {
        const key = literal(UINT64, BigInt(index));
        const type = mapType(left.type).value;
        const at = (collection: Expression): Expression => ({ kind: 'index', collection, key, type });
        return valuesEqual(lowering, plain.element, at(left), at(right));
      }),
    );
  }
  if (plain.kind === 'struct' && hasArrays(plain)) {
    const { fields } = recordType(left.type);
    return all(
      fields.map(({ name, type }, index) => {
        const field = (record: Expression): Expression => ({ kind: 'field', record, name, type });
        return valuesEqual(lowering, plain.fields[index]?.type ?? goType, field(left), field(right));
      }),
    );
  }
  return compare('equal', left, right);
}

function all(conditions: readonly Expression[]): Expression {
  const [first, ...others] = conditions;
  if (first === undefined) return literal(BOOL, true);
  return others.reduce((left, right) => logical('and', left, right), first);
}

function hasArrays(type: GoType): boolean {
  const plain = underlying(type);
  if (plain.kind === 'array') return true;
  return plain.kind === 'struct' && plain.fields.some((field) => hasArrays(field.type));
}
