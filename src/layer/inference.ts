import { THREAD, type Type } from '../ir/index.js';
import type { Checker, SyntaxOf } from './checker.js';
import type { ExpressionSyntax } from './syntax.js';

/**
 * The type of a bound variable that is written without one, from the first use that tells it: `j => op(...)`, an argument of a pending op, a
 * key of a map or a sequence, an element of a set, or one side of a comparison whose other side has a type. Null: no use tells it.
 * The checker must not report: it only asks.
 */
export function inferVariableType(name: string, body: ExpressionSyntax, checker: Checker): Type | null {
  const found = typeFromUse(name, body, checker);
  if (found !== null) return found;
  for (const child of childrenOf(body)) {
    const type = inferVariableType(name, child, checker);
    if (type !== null) return type;
  }
  return null;
}

function typeFromUse(name: string, syntax: ExpressionSyntax, checker: Checker): Type | null {
  const isVariable = (each: ExpressionSyntax): boolean => each.kind === 'name' && each.name === name;
  switch (syntax.kind) {
    case 'pending': {
      if (isVariable(syntax.thread)) return THREAD;
      const position = syntax.arguments.findIndex(isVariable);
      return checker.scope.lookupOperation?.(syntax.operation)?.parameters[position] ?? null;
    }
    case 'index': {
      if (!isVariable(syntax.key)) return null;
      const type = typeOf(syntax.operand, checker);
      if (type?.kind === 'map') return type.key;
      return type?.kind === 'seq' ? { kind: 'integer', bits: 64, signed: false } : null;
    }
    case 'binary':
      return typeFromComparison(syntax, isVariable, checker);
    case 'integer':
    case 'name':
    case 'select':
    case 'slice':
    case 'update':
    case 'call':
    case 'unary':
    case 'conditional':
    case 'sequence':
    case 'set':
    case 'record':
    case 'quantifier':
      return null;
  }
}

function typeFromComparison(
  syntax: SyntaxOf<'binary'>,
  isVariable: (each: ExpressionSyntax) => boolean,
  checker: Checker,
): Type | null {
  if (syntax.operator === 'in' && isVariable(syntax.left)) {
    const type = typeOf(syntax.right, checker);
    return type?.kind === 'set' ? type.element : null;
  }
  if (!['==', '!=', '<', '<=', '>', '>='].includes(syntax.operator)) return null;
  if (isVariable(syntax.left)) return typeOf(syntax.right, checker);
  return isVariable(syntax.right) ? typeOf(syntax.left, checker) : null;
}

/** The type of an expression that does not need the variable's. */
function typeOf(syntax: ExpressionSyntax, checker: Checker): Type | null {
  return checker.within(checker.scope, []).infer(syntax)?.type ?? null;
}

/** Parts of an expression, as written. */
function childrenOf(syntax: ExpressionSyntax): readonly ExpressionSyntax[] {
  switch (syntax.kind) {
    case 'integer':
    case 'name':
      return [];
    case 'select':
    case 'unary':
      return [syntax.operand];
    case 'index':
      return [syntax.operand, syntax.key];
    case 'slice':
      return [syntax.operand, syntax.low, syntax.high].filter((each) => each !== null);
    case 'update':
      return [syntax.operand, syntax.key, syntax.value];
    case 'call':
      return syntax.arguments;
    case 'binary':
      return [syntax.left, syntax.right];
    case 'conditional':
      return [syntax.condition, syntax.whenTrue, syntax.whenFalse];
    case 'sequence':
    case 'set':
      return syntax.elements;
    case 'record':
      return syntax.fields.map(({ value }) => value);
    case 'quantifier':
      return [syntax.body];
    case 'pending':
      return [syntax.thread, ...syntax.arguments];
  }
}
