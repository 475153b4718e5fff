import type { Span } from '../base/source.js';
import type { Expression } from '../ir/index.js';
import { BOOL, UINT64 } from '../ir/index.js';
import type { GoType } from '../go/index.js';
import { isComparable, underlying } from '../go/index.js';
import { dynamicCase, fixedInterface, heldValue, isCase, isNil, knownCase } from './interface-value.js';
import type { Lowering } from './lowering.js';
import { compare, literal, logical } from './operators.js';
import { objectOf } from './reference.js';
import { referenceOf } from './region.js';
import { mapType, recordType } from './snapshot.js';

/** Arrays up to this length are compared element by element. */
const LONGEST = 256n;

const TRUE = literal(BOOL, true);
const FALSE = literal(BOOL, false);

/** A comparison: its outcome, and whether it does not panic. */
interface Comparison {
  readonly isEqual: Expression;
  readonly isDefined: Expression;
}

/** `==` of two values of a Go type. What is in interfaces may have no `==`: a panic. */
export function valuesEqual(
  lowering: Lowering,
  goType: GoType,
  left: Expression,
  right: Expression,
  span: Span,
): Expression {
  if (left.kind !== 'default' && right.kind !== 'default') checkComparable(lowering, goType, span);
  const { isEqual, isDefined } = compared(lowering, goType, left, right, span);
  if (isDefined !== TRUE) {
    const message = 'what the interfaces hold may have no `==`';
    lowering.builder.emit({ kind: 'check', code: 'panic', condition: isDefined, message });
  }
  return isEqual;
}

/** Refuses to compare, also as keys of a map, values of which Go leaves open whether they are equal. */
export function checkComparable(lowering: Lowering, goType: GoType, span: Span): void {
  if (!comparesSizeless(lowering, goType)) return;
  lowering.context.reports.unsupported(
    'comparing pointers to what may take no memory',
    span,
    'Go leaves open whether they are equal: give the type a field with a size.',
  );
}

function compared(
  lowering: Lowering,
  goType: GoType,
  left: Expression,
  right: Expression,
  span: Span,
): Comparison {
  const plain = underlying(goType);
  if (referenceOf(left.type) !== null && (left.kind === 'default' || right.kind === 'default')) {
    return { isEqual: compare('equal', objectOf(left), objectOf(right)), isDefined: TRUE };
  }
  switch (plain.kind) {
    case 'array': {
      const length = lowering.context.constants.length(plain);
      if (length.kind !== 'literal' || BigInt(length.value) > LONGEST) {
        if (holdsInterface(plain.element)) refuseLong(lowering, span);
        // No key beyond the length is ever touched.
        return { isEqual: compare('equal', left, right), isDefined: TRUE };
      }
      const type = mapType(left.type).value;
      return inOrder(
        Array.from({ length: Number(length.value) }, (_, index) => {
          const key = literal(UINT64, BigInt(index));
          const at = (collection: Expression): Expression => ({ kind: 'index', collection, key, type });
          return compared(lowering, plain.element, at(left), at(right), span);
        }),
      );
    }
    case 'struct': {
      if (!hasParts(plain)) break;
      const { fields } = recordType(left.type);
      return inOrder(
        fields.map(({ name, type }, index) => {
          const field = (record: Expression): Expression => ({ kind: 'field', record, name, type });
          return compared(lowering, plain.fields[index]?.type ?? goType, field(left), field(right), span);
        }),
      );
    }
    case 'interface':
      return interfacesCompared(lowering, goType, left, right, span);
    default:
  }
  return { isEqual: compare('equal', left, right), isDefined: TRUE };
}

function refuseLong(lowering: Lowering, span: Span): void {
  lowering.context.reports.unsupported(
    'the comparison of long arrays with interfaces in them',
    span,
    'Compare their elements in a loop.',
  );
}

/** Equal if the types are and the values are. Values of a type without `==` must not meet. */
function interfacesCompared(
  lowering: Lowering,
  goType: GoType,
  leftValue: Expression,
  rightValue: Expression,
  span: Span,
): Comparison {
  if (knownCase(leftValue) === 0) return { isEqual: isNil(rightValue), isDefined: TRUE };
  if (knownCase(rightValue) === 0) return { isEqual: isNil(leftValue), isDefined: TRUE };
  const left = fixedInterface(lowering, leftValue);
  const right = fixedInterface(lowering, rightValue);
  const [first, second] = [knownCase(left), knownCase(right)];
  let isEqual: Expression = compare('equal', dynamicCase(left), dynamicCase(right));
  let isDefined = TRUE;
  lowering.context.types.dynamicTypes.of(goType).forEach(({ type }, index) => {
    const position = index + 1;
    if ((first ?? position) !== position || (second ?? position) !== position) return;
    const each = isComparable(type)
      ? compared(lowering, type, heldValue(left, position), heldValue(right, position), span)
      : { isEqual: FALSE, isDefined: FALSE };
    isEqual = both(isEqual, implied(isCase(left, position), each.isEqual));
    const meet = both(isCase(left, position), isCase(right, position));
    isDefined = both(isDefined, implied(meet, each.isDefined));
  });
  return { isEqual, isDefined };
}

/** Parts are compared until two differ. */
function inOrder(parts: readonly Comparison[]): Comparison {
  return parts.reduce<Comparison>(
    (before, part) => ({
      isEqual: both(before.isEqual, part.isEqual),
      isDefined: both(before.isDefined, implied(before.isEqual, part.isDefined)),
    }),
    { isEqual: TRUE, isDefined: TRUE },
  );
}

function both(left: Expression, right: Expression): Expression {
  if (left === TRUE) return right;
  return right === TRUE ? left : logical('and', left, right);
}

function implied(condition: Expression, consequence: Expression): Expression {
  if (consequence === TRUE || condition === TRUE) return consequence;
  return logical('implies', condition, consequence);
}

/** Whether a struct must be compared part by part. */
function hasParts(type: GoType): boolean {
  const plain = underlying(type);
  if (plain.kind === 'array' || plain.kind === 'interface') return true;
  return plain.kind === 'struct' && plain.fields.some((field) => hasParts(field.type));
}

/** Whether there is an interface in the values of a type themselves. */
function holdsInterface(type: GoType): boolean {
  const plain = underlying(type);
  if (plain.kind === 'array') return holdsInterface(plain.element);
  if (plain.kind === 'struct') return plain.fields.some((field) => holdsInterface(field.type));
  return plain.kind === 'interface';
}

/** The panic of a key of a map that has no hash: one with a value without `==` in an interface. */
export function checkKey(lowering: Lowering, keyType: GoType, key: Expression, span: Span): void {
  const condition = isHashable(lowering, keyType, key, span);
  if (condition === TRUE) return;
  const message = 'the key may hold what has no `==`';
  lowering.builder.emit({ kind: 'check', code: 'panic', condition, message });
}

function isHashable(lowering: Lowering, goType: GoType, value: Expression, span: Span): Expression {
  if (!isComparable(goType)) return FALSE;
  const plain = underlying(goType);
  switch (plain.kind) {
    case 'array': {
      const { length } = plain;
      const type = mapType(value.type).value;
      const at = (index: number): Expression => {
        const key = literal(UINT64, BigInt(index));
        return { kind: 'index', collection: value, key, type };
      };
      if (!holdsInterface(plain.element)) return TRUE;
      if (length > LONGEST || lowering.context.constants.length(plain).kind !== 'literal') {
        refuseLong(lowering, span);
        return TRUE;
      }
      return Array.from({ length: Number(length) }, (_, index) =>
        isHashable(lowering, plain.element, at(index), span),
      ).reduce(both, TRUE);
    }
    case 'struct':
      return recordType(value.type)
        .fields.map(({ name, type }, index) =>
          isHashable(
            lowering,
            plain.fields[index]?.type ?? goType,
            {
              kind: 'field',
              record: value,
              name,
              type,
            },
            span,
          ),
        )
        .reduce(both, TRUE);
    case 'interface':
      return lowering.context.types.dynamicTypes
        .of(goType)
        .map(({ type }, index) =>
          implied(isCase(value, index + 1), isHashable(lowering, type, heldValue(value, index + 1), span)),
        )
        .reduce(both, TRUE);
    default:
      return TRUE;
  }
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
    case 'interface':
      return lowering.context.types.dynamicTypes
        .of(type)
        .some((each) => comparesSizeless(lowering, each.type));
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
