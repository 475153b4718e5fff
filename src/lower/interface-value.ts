import type { Span } from '../base/source.js';
import { BOOL } from '../ir/index.js';
import type { Expression, RecordType, Type } from '../ir/index.js';
import type { Expression as GoExpression, GoType } from '../go/index.js';
import { identicalTypes, underlying } from '../go/index.js';
import type { DynamicType } from './dynamic-types.js';
import type { Lowering } from './lowering.js';
import { compare, conditional, defaultOf, literal, logical, not } from './operators.js';
import { recordType, snapshot } from './snapshot.js';

/** The case of nil among the types in an interface. */
const NIL = 0n;

/** The type of the case that says of what type a value in an interface is. */
function caseType(type: RecordType): Type {
  const [first] = type.fields;
  if (first === undefined) throw new Error('no type of interfaces');
  return first.type;
}

/** Whether values of the type are what an interface holds: nothing else has types among the cases of an enum. */
export function isInterface(type: Type): boolean {
  if (type.kind !== 'record') return false;
  const [first] = type.fields;
  return first?.type.kind === 'enum' && first.type.name === typesName(type.name);
}

/** What the enum of the types in an interface is called. No enum of a layer has spaces in its name. */
export function typesName(name: string): string {
  return `types in ${name}`;
}

/** The case of a value's type: a literal where it is known. */
export function dynamicCase(value: Expression): Expression {
  const type = recordType(value.type);
  const [first] = value.kind === 'record' ? value.fields : [];
  if (first !== undefined) return first;
  if (value.kind === 'default') return literal(caseType(type), NIL);
  return { kind: 'field', record: value, name: 'type', type: caseType(type) };
}

/** The case of a value's type, where it is known before the program runs. */
export function knownCase(value: Expression): number | null {
  const found = dynamicCase(value);
  return found.kind === 'literal' ? Number(found.value) : null;
}

/** Whether a value has the type of a case. */
export function isCase(value: Expression, position: number): Expression {
  const found = dynamicCase(value);
  if (found.kind === 'literal') return literal(BOOL, found.value === BigInt(position));
  return compare('equal', found, literal(found.type, BigInt(position)));
}

export function isNil(value: Expression): Expression {
  return isCase(value, Number(NIL));
}

/** The value that an interface holds, if it has the type of a case; else zero. */
export function heldValue(value: Expression, position: number): Expression {
  const field = recordType(value.type).fields[position];
  if (field === undefined) throw new Error('no such type in the interface');
  if (value.kind === 'record') return value.fields[position] ?? defaultOf(field.type);
  if (value.kind === 'default') return defaultOf(field.type);
  return { kind: 'field', record: value, name: field.name, type: field.type };
}

/** An interface's value of the type of a case. */
export function inCase(type: RecordType, position: number, value: Expression): Expression {
  const fields = type.fields.map((field, index): Expression => {
    if (index === 0) return literal(field.type, BigInt(position));
    return index === position ? value : defaultOf(field.type);
  });
  return { kind: 'record', type, fields };
}

/** The value as of now; its type stays known. */
export function fixedInterface(lowering: Lowering, value: Expression): Expression {
  const known = knownCase(value);
  if (known === null) return snapshot(lowering, value, '$interface');
  const type = recordType(value.type);
  if (known === 0) return defaultOf(type);
  return inCase(type, known, snapshot(lowering, heldValue(value, known), '$held'));
}

/** The value with its type as it is known of a variable that nothing assigns; null: it is not known. */
export function withKnownCase(initial: Expression, value: Expression): Expression | null {
  const position = knownCase(initial);
  if (position === null) return null;
  const type = recordType(value.type);
  return position === 0 ? defaultOf(type) : inCase(type, position, heldValue(value, position));
}

/** The position of a type among those in an interface; 0: no value in it has the type. */
export function positionOf(may: readonly DynamicType[], type: GoType): number {
  return may.findIndex((each) => identicalTypes(each.type, type)) + 1;
}

/** A value of type `from` in an interface of type `to`. */
export function toInterface(
  lowering: Lowering,
  value: Expression,
  from: GoType,
  to: GoType,
  span: Span,
): Expression {
  const { types } = lowering.context;
  const type = recordType(types.lower(to, span));
  if (underlying(from).kind === 'interface') return between(lowering, value, from, to, type);
  const position = positionOf(types.dynamicTypes.of(to), from);
  if (position === 0) throw new Error('a conversion that was not found in the program');
  return inCase(type, position, value);
}

/** From one interface to another; nil if the value's type is not in that. */
function between(
  lowering: Lowering,
  value: Expression,
  from: GoType,
  to: GoType,
  type: RecordType,
): Expression {
  if (identicalTypes(from, to)) return value;
  const { dynamicTypes } = lowering.context.types;
  const given = dynamicTypes.of(from);
  const sources = dynamicTypes.of(to).map((each) => positionOf(given, each.type));
  const known = knownCase(value);
  if (known !== null) {
    const position = known === 0 ? 0 : sources.indexOf(known) + 1;
    return position === 0 ? defaultOf(type) : inCase(type, position, heldValue(value, known));
  }
  const whole = snapshot(lowering, value, '$interface');
  const nil = literal(caseType(type), NIL);
  const dynamic = sources.reduceRight<Expression>((rest, source, index) => {
    if (source === 0) return rest;
    return conditional(isCase(whole, source), literal(nil.type, BigInt(index + 1)), rest);
  }, nil);
  const held = sources.map((source, index) => {
    const field = type.fields[index + 1];
    if (field === undefined) throw new Error('a type without its field');
    return source === 0 ? defaultOf(field.type) : heldValue(whole, source);
  });
  return { kind: 'record', type, fields: [dynamic, ...held] };
}

/** Whether the value in an interface has a type, or one with the methods of an interface; null asks for nil. */
export function hasType(
  lowering: Lowering,
  value: Expression,
  interfaceType: GoType,
  type: GoType | null,
): Expression {
  if (type === null) return isNil(value);
  const { dynamicTypes } = lowering.context.types;
  const may = dynamicTypes.of(interfaceType);
  const wanted = underlying(type);
  if (wanted.kind !== 'interface') {
    const position = positionOf(may, type);
    return position === 0 ? literal(BOOL, false) : isCase(value, position);
  }
  const positions = may.flatMap((each, index) =>
    dynamicTypes.implements(each.type, wanted) ? [index + 1] : [],
  );
  const known = knownCase(value);
  if (known !== null) return literal(BOOL, positions.includes(known));
  if (positions.length === may.length) return not(isNil(value));
  return positions
    .map((position) => isCase(value, position))
    .reduce<Expression>(
      (left, right) => (left.kind === 'literal' ? right : logical('or', left, right)),
      literal(BOOL, false),
    );
}

/** The value in an interface as one of a type that it has. */
export function asType(
  lowering: Lowering,
  value: Expression,
  interfaceType: GoType,
  type: GoType,
  span: Span,
): Expression {
  if (underlying(type).kind === 'interface') return toInterface(lowering, value, interfaceType, type, span);
  const { types } = lowering.context;
  const position = positionOf(types.dynamicTypes.of(interfaceType), type);
  return position === 0 ? defaultOf(types.lower(type, span)) : heldValue(value, position);
}

/** `x.(T)`: the value, and whether it has the type; without that it is a panic if it has not. */
export function assertType(
  lowering: Lowering,
  expression: GoExpression & { readonly kind: 'assertion' },
): readonly [Expression, Expression] {
  const { operand, asserted, commaOk, span } = expression;
  const whole = fixedInterface(lowering, lowering.value(operand));
  const hasIt = hasType(lowering, whole, operand.type, asserted);
  const value = asType(lowering, whole, operand.type, asserted, span);
  if (!commaOk) {
    if (hasIt.kind !== 'literal' || hasIt.value !== true) {
      const message = 'the value in the interface may be of another type';
      lowering.builder.emit({ kind: 'check', code: 'panic', condition: hasIt, message });
    }
    return [value, hasIt];
  }
  const zero = defaultOf(value.type);
  if (hasIt.kind === 'literal') return [hasIt.value === true ? value : zero, hasIt];
  return [conditional(hasIt, value, zero), hasIt];
}

/** The panic of calling a method of a nil interface. */
export function checkHolds(lowering: Lowering, value: Expression): void {
  const known = knownCase(value);
  if (known !== null && known !== 0) return;
  const message = 'the interface may be nil';
  lowering.builder.emit({ kind: 'check', code: 'nil', condition: not(isNil(value)), message });
}
