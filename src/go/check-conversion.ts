import type { ConstantValue } from './ast.js';
import type { Expression } from './expression.js';
import { isRepresentable } from './constant.js';
import type { Context } from './context.js';
import { implementsProblem } from './implements.js';
import { refuse } from './refusals.js';
import { identicalTypes } from './type-identity.js';
import { containsLock, hasNil, termsOf } from './type-set.js';
import { showGoType } from './type-text.js';
import { BOOL, STRING, integerType, underlying } from './type.js';
import type { GoType, UntypedType } from './type.js';

/** The type that an untyped expression gets where nothing else says one; null: one that is not supported. */
export function defaultType(type: GoType): GoType | null {
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
      return null;
  }
}

/** Names the expression's value and type, for messages. */
export function describe(expression: Expression): string {
  const type = showGoType(expression.type);
  if (expression.kind === 'nil') return '`nil`';
  return expression.constant === undefined
    ? `a value of type ${type}`
    : `the constant ${showConstant(expression.constant)} of type ${type}`;
}

export function showConstant(value: ConstantValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  const text = typeof value === 'object' ? `${value.numerator}/${value.denominator}` : value.toString();
  return text.length > 60 ? `${text.slice(0, 40)}...` : text;
}

/** Gives an untyped expression a type; typed ones stay as they are. Null after a report. */
export function convertUntyped(context: Context, expression: Expression, target: GoType): Expression | null {
  const from = expression.type;
  if (from.kind !== 'untyped') return expression;
  const to = underlying(target);
  if (from.of === 'nil') {
    if (!hasNil(target)) return cannotUse(context, expression, target);
    return { ...expression, type: target };
  }
  if (to.kind === 'interface') return untypedToInterface(context, expression, target);
  if (to.kind === 'parameter') {
    const terms = termsOf(to);
    if (terms === null || terms.length === 0) return cannotUse(context, expression, target);
    for (const term of terms) {
      if (!checkUntyped(context, expression, from, term.type)) return null;
    }
    return retype(expression, target);
  }
  return checkUntyped(context, expression, from, target) ? retype(expression, target) : null;
}

function cannotUse(context: Context, expression: Expression, target: GoType): null {
  return context.typeError(expression.span, `cannot use ${describe(expression)} as ${showGoType(target)}`);
}

function untypedToInterface(context: Context, expression: Expression, target: GoType): Expression | null {
  const typed = withDefaultType(context, expression);
  if (typed === null) return null;
  const problem = implementsProblem(context, typed.type, target, false);
  if (problem !== null) return cannotUse(context, typed, target);
  return implicitly(typed, target);
}

/** The value as one of another type that it can be assigned to. */
export function implicitly(operand: Expression, type: GoType): Expression {
  return { kind: 'convert', operand, implicit: true, type, span: operand.span };
}

/** Reports unless the untyped expression can have the type, which is no interface. */
function checkUntyped(context: Context, expression: Expression, from: UntypedType, target: GoType): boolean {
  const to = underlying(target);
  const isCompatible =
    to.kind === 'untyped'
      ? isNumeric(to) === isNumeric(from) && (isNumeric(to) || to.of === from.of)
      : (isNumeric(from) && to.kind === 'integer') || from.of === to.kind;
  if (!isCompatible) {
    cannotUse(context, expression, target);
    return false;
  }
  const beyond = beyondType(expression, target);
  if (beyond === null) return true;
  const what =
    beyond.constant === undefined
      ? 'a shifted floating-point constant'
      : `the constant ${showConstant(beyond.constant)}`;
  const verb = typeof beyond.constant === 'object' ? 'is not an integer and cannot be' : 'overflows';
  context.typeError(beyond.span, `${what} ${verb} ${showGoType(target)}`);
  return false;
}

/** Untyped and a number. */
function isNumeric(type: UntypedType): boolean {
  return type.of === 'int' || type.of === 'rune' || type.of === 'float';
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
          return underlying(target).kind === 'untyped' && !isIntegerKind(target)
            ? expression
            : beyondType(expression.left, target);
        default:
          return beyondType(expression.left, target) ?? beyondType(expression.right, target);
      }
    default:
      return null;
  }
}

function isIntegerKind(type: GoType): boolean {
  return type.kind === 'untyped' && (type.of === 'int' || type.of === 'rune');
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

/** The expression with its default type if it has none yet; refuses floating-point values and untyped `nil`. */
export function withDefaultType(context: Context, expression: Expression): Expression | null {
  const type = defaultType(expression.type);
  if (type === null) {
    return expression.kind === 'nil'
      ? context.typeError(expression.span, 'this use of `nil` has no type')
      : context.refuse('float', expression.span);
  }
  return convertUntyped(context, expression, type);
}

function isNamed(type: GoType): boolean {
  switch (type.kind) {
    case 'bool':
    case 'string':
    case 'integer':
    case 'named':
    case 'parameter':
    case 'mutex':
    case 'sync':
    case 'machine':
      return true;
    default:
      return false;
  }
}

/** A value of the (typed) type `from` can be assigned to a variable of type `to`. */
export function isAssignable(context: Context, from: GoType, to: GoType): boolean {
  if (identicalTypes(from, to)) return true;
  const source = underlying(from);
  const target = underlying(to);
  if (source.kind !== 'parameter' && target.kind !== 'parameter') {
    if ((!isNamed(from) || !isNamed(to)) && identicalTypes(source, target)) return true;
  }
  if (target.kind === 'interface' && target.terms === null && !target.comparable) {
    return implementsProblem(context, from, to, false) === null;
  }
  if (source.kind === 'channel' && target.kind === 'channel' && source.direction === 'both') {
    return identicalTypes(source.element, target.element) && (!isNamed(from) || !isNamed(to));
  }
  if (target.kind === 'parameter' && !isNamed(from)) {
    const terms = termsOf(target);
    return (
      terms !== null && terms.length > 0 && terms.every((term) => isAssignable(context, from, term.type))
    );
  }
  if (source.kind === 'parameter' && !isNamed(to)) {
    const terms = termsOf(source);
    return terms !== null && terms.length > 0 && terms.every((term) => isAssignable(context, term.type, to));
  }
  return false;
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
  if (expression.type.kind === 'untyped') return convertUntyped(context, expression, target);
  if (!isAssignable(context, expression.type, target)) {
    const problem =
      underlying(target).kind === 'interface'
        ? implementsProblem(context, expression.type, target, false)
        : null;
    return context.typeError(
      expression.span,
      `cannot use ${describe(expression)} as ${showGoType(target)} in ${what}${problem === null ? '' : `: ${problem}`}`,
    );
  }
  const copied = refuseLockCopy(context, expression);
  if (copied === null || identicalTypes(copied.type, target)) return copied;
  return implicitly(copied, target);
}

/** Only a literal may make a new value with a lock in it. */
export function refuseLockCopy(context: Context, expression: Expression): Expression | null {
  if (!containsLock(expression.type) || expression.kind === 'composite') return expression;
  context.diagnostics.push(refuse('lockCopy', expression.span));
  return null;
}
