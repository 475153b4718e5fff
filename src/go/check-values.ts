import {
  assignableTo,
  convertUntyped,
  isAssignable,
  refuseLockCopy,
  withDefaultType,
} from './check-conversion.js';
import { value } from './check-value.js';
import type { Context } from './context.js';
import type { Expression } from './expression.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { showGoType } from './type-text.js';
import { BOOL, UNTYPED_BOOL, underlying } from './type.js';
import type { GoType } from './type.js';

/** The right-hand side of an assignment: one value for each target, or one expression with as many results. */
export interface Values {
  readonly expressions: readonly Expression[];
  /** Types of the results of the one expression; that of `ok` is untyped. */
  readonly spread: readonly GoType[] | null;
}

export function checkValues(
  context: Context,
  scope: Scope,
  nodes: readonly SyntaxNode[],
  count: number,
  at: SyntaxNode,
): Values | null {
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1 && count !== 1) {
    const given = context.rules.expression(context, scope, only);
    if (given === null) return null;
    if (count === 2 && hasCommaOk(given)) return { expressions: [given], spread: [given.type, UNTYPED_BOOL] };
    const results = given.type.kind === 'tuple' ? given.type.elements : [given.type];
    if (results.length === count) return { expressions: [given], spread: results };
    return context.typeError(at, `${count} values are needed but there are ${results.length}`);
  }
  if (nodes.length !== count) {
    for (const node of nodes) context.rules.expression(context, scope, node);
    return context.typeError(at, `${count} values are needed but there are ${nodes.length}`);
  }
  const expressions = nodes.map((node) => value(context, scope, node));
  return expressions.every((expression) => expression !== null) ? { expressions, spread: null } : null;
}

type CommaOk = Extract<Expression, { kind: 'lookup' | 'assertion' | 'receive' }>;

/** The expression can have a second value: whether there was a first. */
function hasCommaOk(expression: Expression): expression is CommaOk {
  return expression.kind === 'lookup' || expression.kind === 'assertion' || expression.kind === 'receive';
}

/** Values as those of the types of their targets. */
export interface Fitted {
  readonly expressions: readonly Expression[];
  readonly types: readonly GoType[];
}

/** Fits values to the types of their targets; where the type is null the value says it. */
export function fitValues(
  context: Context,
  values: Values,
  types: readonly (GoType | null)[],
  at: SyntaxNode,
): Fitted | null {
  if (values.spread !== null) return fitSpread(context, values, values.spread, types, at);
  const fitted: Expression[] = [];
  const fittedTypes: GoType[] = [];
  for (const [index, expression] of values.expressions.entries()) {
    const type = types[index] ?? null;
    const result = fitValue(context, expression, type);
    if (result === null) return null;
    fitted.push(result);
    fittedTypes.push(type ?? result.type);
  }
  return { expressions: fitted, types: fittedTypes };
}

function fitValue(context: Context, expression: Expression, type: GoType | null): Expression | null {
  if (type !== null) return assignableTo(context, expression, type, 'an assignment');
  const typed = withDefaultType(context, expression);
  return typed === null ? null : refuseLockCopy(context, typed);
}

function fitSpread(
  context: Context,
  { expressions: [expression] }: Values,
  spread: readonly GoType[],
  types: readonly (GoType | null)[],
  at: SyntaxNode,
): Fitted | null {
  if (expression === undefined) return null;
  const fitted: GoType[] = [];
  for (const [index, result] of spread.entries()) {
    const type = types[index] ?? null;
    if (result.kind === 'untyped') {
      // Of `ok`, which can be of any boolean type, or an interface.
      const sample: Expression = {
        kind: 'unary',
        operator: '!',
        operand: expression,
        type: result,
        span: at.span,
      };
      if (type !== null && convertUntyped(context, sample, type) === null) return null;
      fitted.push(type ?? BOOL);
    } else if (type !== null && !isAssignable(context, result, type)) {
      return context.typeError(at, `cannot use a value of type ${showGoType(result)} as ${showGoType(type)}`);
    } else {
      fitted.push(type ?? result);
    }
  }
  if (!hasCommaOk(expression)) return { expressions: [expression], types: fitted };
  const okType = fitted[1] ?? BOOL;
  const type: GoType = {
    kind: 'tuple',
    elements: [expression.type, underlying(okType).kind === 'bool' ? okType : BOOL],
  };
  return { expressions: [{ ...expression, commaOk: true, type }], types: fitted };
}
