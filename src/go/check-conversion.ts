import type { ConstantValue } from './ast.js';
import type { Expression } from './expression.js';
import type { GoType } from './type.js';
import { isRepresentable } from './constant.js';
import type { Context } from './context.js';
import { refuse } from './refusals.js';
import { BOOL, STRING, integerType, underlying } from './type.js';
import { containsLock } from './type-set.js';
import { identicalTypes } from './type-identity.js';
import { showGoType } from './type-text.js';

/** The type that an untyped expression gets where nothing else says one. */
export function defaultType(type: GoType): GoType {
  if (type.kind !== 'untyped') return type;
  switch (type.of) {
    case 'int':
      return integerType('int');
    case 'rune':
      return integerType('int32');
    case 'bool':
      return BOOL;
    case 'string':
      return STRING;
    case 'float':
    case 'nil':
      return type;
  }
}

/** Names the expression's value and type, for messages. */
export function describe(expression: Expression): string {
  const type = showGoType(expression.type);
  return expression.constant === undefined
    ? `a value of type ${type}`
    : `the constant ${show(expression.constant)} of type ${type}`;
}

function show(value: ConstantValue): string {
  if (typeof value === 'object') return `${value.numerator}/${value.denominator}`;
  if (typeof value === 'string') return JSON.stringify(value);
  const text = value.toString();
  return text.length > 60 ? `${text.slice(0, 40)}...` : text;
}

/** Gives an untyped expression a type; typed ones stay as they are. Null after a report. */
export function convertConstant(context: Context, expression: Expression, target: GoType): Expression | null {
  const from = expression.type;
  if (from.kind !== 'untyped') return expression;
  const to = underlying(target);
  const compatible =
    to.kind === 'untyped'
      ? isNumber(to) === isNumber(from) && (isNumber(to) || to.of === from.of)
      : (isNumber(from) && to.kind === 'integer') || from.of === to.kind;
  if (!compatible) {
    return context.typeError(expression.span, `cannot use ${describe(expression)} as ${showGoType(target)}`);
  }
  const beyond = beyondType(expression, target);
  if (beyond?.constant !== undefined) {
    return context.typeError(
      beyond.span,
      `the constant ${show(beyond.constant)} overflows ${showGoType(target)}`,
    );
  }
  return retype(expression, target);
}

function isNumber(type: GoType): boolean {
  return type.kind === 'untyped' && (type.of === 'int' || type.of === 'rune');
}

/** The first constant in an untyped expression that the type cannot hold: the whole, or what a shift by a variable shifts. */
function beyondType(expression: Expression, target: GoType): Expression | null {
  if (expression.type.kind !== 'untyped') return null;
  if (expression.constant !== undefined) {
    return isRepresentable(expression.constant, target) ? null : expression;
  }
  switch (expression.kind) {
    case 'unary':
      return beyondType(expression.operand, target);
    case 'binary':
      switch (expression.operator) {
        case '==':
        case '!=':
        case '<':
        case '<=':
        case '>':
        case '>=':
          return null;
        case '<<':
        case '>>':
          return beyondType(expression.left, target);
        default:
          return beyondType(expression.left, target) ?? beyondType(expression.right, target);
      }
    default:
      return null;
  }
}

/** Replaces an untyped type in the expression and in those operands that have the type of the whole. */
function retype(expression: Expression, type: GoType): Expression {
  if (expression.type.kind !== 'untyped') return expression;
  switch (expression.kind) {
    case 'unary':
      return { ...expression, type, operand: retype(expression.operand, type) };
    case 'binary':
      switch (expression.operator) {
        case '==':
        case '!=':
        case '<':
        case '<=':
        case '>':
        case '>=':
          return { ...expression, type };
        case '<<':
        case '>>':
          return { ...expression, type, left: retype(expression.left, type) };
        default:
          return {
            ...expression,
            type,
            left: retype(expression.left, type),
            right: retype(expression.right, type),
          };
      }
    case 'extremum':
      return { ...expression, type, operands: expression.operands.map((operand) => retype(operand, type)) };
    default:
      return { ...expression, type };
  }
}

/** The expression with its default type if it has none yet. */
export function withDefaultType(context: Context, expression: Expression): Expression | null {
  return convertConstant(context, expression, defaultType(expression.type));
}

/** A value can be assigned to a variable of the type without being an untyped constant. */
function isAssignable(from: GoType, to: GoType): boolean {
  if (identicalTypes(from, to)) return true;
  const oneUnnamed = !isNamed(from) || !isNamed(to);
  return oneUnnamed && identicalTypes(underlying(from), underlying(to));
}

function isNamed(type: GoType): boolean {
  return type.kind !== 'array' && type.kind !== 'struct' && type.kind !== 'pointer';
}

/**
 * The expression as a value of the type that it is assigned to, passed as or returned as; null after a report. Refuses
 * copies of locks.
 */
export function assignableTo(
  context: Context,
  expression: Expression,
  target: GoType,
  what: string,
): Expression | null {
  if (expression.type.kind === 'untyped') return convertConstant(context, expression, target);
  if (!isAssignable(expression.type, target)) {
    return context.typeError(
      expression.span,
      `cannot use ${describe(expression)} as ${showGoType(target)} in ${what}`,
    );
  }
  return refuseLockCopy(context, expression);
}

/** Only a literal may make a new value with a lock in it. */
export function refuseLockCopy(context: Context, expression: Expression): Expression | null {
  if (!containsLock(expression.type) || expression.kind === 'composite') return expression;
  context.diagnostics.push(refuse('lockCopy', expression.span));
  return null;
}
