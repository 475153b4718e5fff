import type { Span } from '../base/source.js';
import { UINT64 } from '../ir/index.js';
import type { Expression, RecordType, Type } from '../ir/index.js';
import type { Expression as GoExpression, GoType } from '../go/index.js';
import { identicalTypes, showGoType, underlying } from '../go/index.js';
import { toInterface } from './interface-value.js';
import type { Lowering } from './lowering.js';
import { convert, defaultOf, literal } from './operators.js';
import { checkConversionOverflow } from './overflow.js';
import { fieldType } from './place.js';
import { encodeRune } from './rune.js';
import { arrayOfSlice, chooseCapacity, sequenceOf, sliceOf } from './slice.js';
import { snapshot } from './snapshot.js';
import { stringLength } from './text.js';
import { runesOf, textOfRunes } from './text-conversion.js';

type Of<K extends GoExpression['kind']> = Extract<GoExpression, { kind: K }>;

/** `T(x)`, also where nothing of it is written. */
export function lowerConversion(lowering: Lowering, expression: Of<'convert'>): Expression {
  const from = underlying(expression.operand.type);
  const to = underlying(expression.type);
  if (to.kind === 'interface') {
    const operand = lowering.value(expression.operand);
    return toInterface(lowering, operand, expression.operand.type, expression.type, expression.span);
  }
  const type = lowering.context.types.lower(expression.type, expression.span);
  if (from.kind === 'slice' && to.kind === 'string') {
    const slice = snapshot(lowering, lowering.value(expression.operand), '$bytes');
    return isByte(from.element) ? sequenceOf(lowering, slice) : textOfRunes(lowering, slice);
  } else if (from.kind === 'string' && to.kind === 'slice') {
    const text = snapshot(lowering, lowering.value(expression.operand), '$text');
    return isByte(to.element) ? bytesOf(lowering, type, text, to) : runesOf(lowering, type, text, to);
  } else if (from.kind === 'integer' && to.kind === 'string') {
    return encodeRune(lowering, lowering.value(expression.operand));
  } else if (from.kind === 'slice' && to.kind === 'array') {
    return arrayOfSlice(lowering, lowering.value(expression.operand), type, to);
  } else if (from.kind === to.kind && isConvertible(from.kind)) {
    const operand = lowering.value(expression.operand);
    if (type.kind === 'integer') checkConversionOverflow(lowering, operand, type, expression.span);
    return converted(operand, type);
  }
  lowering.context.reports.unsupported(
    `the conversion of ${showGoType(expression.operand.type)} to ${showGoType(expression.type)}`,
    expression.span,
    'Convert the elements one by one.',
  );
  return defaultOf(type);
}

/** `[]byte(text)`; its capacity is whatever the compiler likes. */
function bytesOf(lowering: Lowering, type: Type, text: Expression, goType: GoType): Expression {
  const length = snapshot(lowering, stringLength(text), '$length');
  const capacity = chooseCapacity(lowering, literal(UINT64, 0n), length, goType);
  return sliceOf(lowering, type, text, capacity);
}

/** `byte`, as opposed to `rune`: strings are converted from and to slices of these two only. */
function isByte(element: GoType): boolean {
  const plain = underlying(element);
  return plain.kind === 'integer' && plain.bits === 8;
}

const CONVERTIBLE: ReadonlySet<GoType['kind']> = new Set<GoType['kind']>([
  ...([
    'integer',
    'bool',
    'struct',
    'array',
    'machine',
    'string',
    'slice',
    'pointer',
    'map',
    'function',
  ] as const),
]);

function isConvertible(kind: GoType['kind']): boolean {
  return CONVERTIBLE.has(kind);
}

/** A value of one type as one of another that it can be assigned to. */
export function assignedAs(
  lowering: Lowering,
  value: Expression,
  from: GoType,
  to: GoType,
  span: Span,
): Expression {
  if (identicalTypes(from, to)) return value;
  if (underlying(to).kind === 'interface') return toInterface(lowering, value, from, to, span);
  return converted(value, lowering.context.types.lower(to, span));
}

/** Integers are truncated or extended; structs of other names keep their fields. */
function converted(operand: Expression, type: Type): Expression {
  if (type.kind === 'integer' && operand.type.kind === 'integer') return convert(operand, type);
  if (type.kind === 'record' && operand.type.kind === 'record' && type.name !== operand.type.name) {
    return renamed(operand, operand.type, type);
  }
  return operand;
}

function renamed(operand: Expression, from: RecordType, type: RecordType): Expression {
  const fields = type.fields.map((field): Expression => {
    return {
      kind: 'field',
      record: operand,
      name: field.name,
      type: fieldType(from, field.name),
    };
  });
  return { kind: 'record', type, fields };
}
