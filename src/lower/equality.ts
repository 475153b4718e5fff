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
  if (left.kind !== 'default' && right.kind !== 'default') checkComparable(lowering, goType);
  return partsEqual(lowering, goType, left, right);
}

/** Refuses to compare, also as keys of a map, values of which Go leaves open whether they are equal. */
export function checkComparable(lowering: Lowering, goType: GoType): void {
  if (!comparesSizeless(lowering, goType)) return;
  lowering.context.reports.unsupported(
    'comparing pointers to what may take no memory',
    lowering.builder.source.span,
    'Go leaves open whether they are equal: give the type a field with a size.',
  );
}

function partsEqual(lowering: Lowering, goType: GoType, left: Expression, right: Expression): Expression {
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
        return partsEqual(lowering, plain.element, at(left), at(right));
      }),
    );
  }
  if (plain.kind === 'struct' && hasArrays(plain)) {
    const { fields } = recordType(left.type);
    return all(
      fields.map(({ name, type }, index) => {
        const field = (record: Expression): Expression => ({ kind: 'field', record, name, type });
        return partsEqual(lowering, plain.fields[index]?.type ?? goType, field(left), field(right));
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

/** Whether pointers to what may take no memory are among the parts of a value: distinct variables without a size may have one address. */
function comparesSizeless(lowering: Lowering, type: GoType): boolean {
  const plain = underlying(type);
  switch (plain.kind) {
    case 'pointer':
      return mayLackSize(lowering, plain.element);
    case 'array':
      return comparesSizeless(lowering, plain.element);
    case 'struct':
      return plain.fields.some((field) => comparesSizeless(lowering, field.type));
    default:
      return false;
  }
}

/** An array whose length is a parameter may be empty. */
function mayLackSize(lowering: Lowering, type: GoType): boolean {
  const plain = underlying(type);
  switch (plain.kind) {
    case 'array': {
      const length = lowering.context.constants.length(plain);
      return length.kind !== 'literal' || length.value === 0n || mayLackSize(lowering, plain.element);
    }
    case 'struct':
      return plain.fields.every((field) => mayLackSize(lowering, field.type));
    default:
      return false;
  }
}
