import { withDefaultType } from './check-conversion.js';
import { checkIndexValue } from './check-index.js';
import { isAddressable, value } from './check-value.js';
import type { Context } from './context.js';
import type { Expression } from './expression.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { stringBytes } from './text.js';
import { coreTypeOrString } from './type-set.js';
import { showGoType } from './type-text.js';
import { STRING, underlying } from './type.js';
import type { GoType } from './type.js';

interface Sliced {
  readonly operand: Expression;
  readonly type: GoType;
  /** The largest index, if it is known. */
  readonly limit: bigint | null;
  readonly isString: boolean;
}

/** `x[low:high:max]` of a slice, a string, an array that is a variable, or a pointer to an array. */
export function checkSlice(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const operandNode = node.required('operand');
  const given = value(context, scope, operandNode);
  const sliced = given === null ? null : slicedOperand(context, node, given);
  if (sliced === null) return null;
  const maxNode = node.child('capacity');
  const colons = node.children.filter((child) => child.text === ':' && !child.named).length;
  if (colons === 2 && (maxNode === null || node.child('end') === null)) {
    return context.report('syntax', node, 'the middle and the last index of a slice with three are needed');
  }
  if (maxNode !== null && sliced.isString) {
    return context.typeError(maxNode, 'a slice of a string has no capacity');
  }
  const bounds = { low: node.child('start'), high: node.child('end'), max: maxNode };
  const limit = sliced.limit === null ? null : sliced.limit + 1n;
  const check = (each: SyntaxNode | null): Expression | null | undefined =>
    each === null ? undefined : checkIndexValue(context, scope, each, limit);
  const [low, high, max] = [check(bounds.low), check(bounds.high), check(bounds.max)];
  if (low === null || high === null || max === null) return null;
  if (!areOrdered([low, high, max]))
    return context.typeError(node, 'the indices of this slice are not in order');
  return {
    kind: 'slice',
    operand: sliced.operand,
    low: low ?? null,
    high: high ?? null,
    max: max ?? null,
    type: sliced.type,
    span: node.span,
  };
}

function areOrdered(bounds: readonly (Expression | undefined)[]): boolean {
  const constants = bounds.map((bound) => bound?.constant).filter((each) => typeof each === 'bigint');
  return constants.every((each, index) => index === 0 || (constants[index - 1] ?? 0n) <= each);
}

function slicedOperand(context: Context, node: SyntaxNode, given: Expression): Sliced | null {
  const core = coreTypeOrString(given.type);
  if (core?.kind === 'string' || (core?.kind === 'untyped' && core.of === 'string')) {
    const operand = withDefaultType(context, given);
    if (operand === null) return null;
    const { constant } = operand;
    const limit = typeof constant === 'string' ? BigInt(stringBytes(constant).length) : null;
    // A slice of an untyped or a named string is a string of that type.
    const type = core.kind === 'untyped' ? STRING : operand.type;
    return { operand, type, limit, isString: true };
  }
  switch (core?.kind) {
    case 'slice':
      return { operand: given, type: given.type, limit: null, isString: false };
    case 'array': {
      if (!isAddressable(given))
        return context.typeError(node, 'only an array that is a variable can be sliced');
      const type: GoType = { kind: 'pointer', element: given.type };
      const operand: Expression = { kind: 'address', place: given, type, span: given.span };
      return { operand, type: { kind: 'slice', element: core.element }, limit: core.length, isString: false };
    }
    case 'pointer': {
      const array = underlying(core.element);
      if (array.kind !== 'array') break;
      const type: GoType = { kind: 'slice', element: array.element };
      return { operand: given, type, limit: array.length, isString: false };
    }
    default:
  }
  const what = given.kind === 'nil' ? '`nil`' : `a value of type ${showGoType(given.type)}`;
  return context.typeError(node, `cannot slice ${what}`);
}
