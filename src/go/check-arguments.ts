import { assignableTo, isAssignable } from './check-conversion.js';
import { value } from './check-value.js';
import type { Context } from './context.js';
import type { Expression } from './expression.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { showGoType } from './type-text.js';
import type { FunctionType, GoType } from './type.js';

/** The arguments as written: values, or one call with several results. */
export function checkArguments(
  context: Context,
  scope: Scope,
  nodes: readonly SyntaxNode[],
): readonly Expression[] | null {
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) {
    const expression = context.rules.expression(context, scope, only);
    return expression === null ? null : [expression];
  }
  const given = nodes.map((node) => value(context, scope, node));
  return given.every((expression) => expression !== null) ? given : null;
}

/** The type of the parameter that takes the argument; null: there is none. */
export function parameterFor(
  { parameters, variadic }: FunctionType,
  index: number,
  spread: boolean,
): GoType | null {
  const last = parameters.length - 1;
  if (!variadic || spread || index < last) return parameters[index] ?? null;
  const slice = parameters[last];
  return slice?.kind === 'slice' ? slice.element : null;
}

/** The arguments converted to the types of the parameters, those of a variadic parameter in a slice. */
export function matchArguments(
  context: Context,
  node: SyntaxNode,
  signature: FunctionType,
  given: readonly Expression[],
  spread: boolean,
): readonly Expression[] | null {
  const [only] = given;
  const tuple = given.length === 1 && only?.type.kind === 'tuple' ? only.type.elements : null;
  if (spread && (!signature.variadic || tuple !== null)) {
    return context.typeError(node, '`...` does not fit here');
  }
  const count = tuple?.length ?? given.length;
  const { parameters, variadic } = signature;
  const fits = variadic && !spread ? count >= parameters.length - 1 : count === parameters.length;
  if (!fits || tuple?.length === 0) {
    const call = (node.child('function') ?? node.required('type')).text;
    return context.typeError(node, `\`${call}\` takes ${parameters.length} arguments but ${count} are given`);
  }
  if (tuple !== null) {
    const mismatch = tuple.find((type, index) => {
      const parameter = parameterFor(signature, index, false);
      return parameter === null || !isAssignable(context, type, parameter);
    });
    if (mismatch === undefined) return given;
    return context.typeError(
      node,
      `the results ${tuple.map(showGoType).join(', ')} do not fit the parameters`,
    );
  }
  const converted = given.map((argument, index) => {
    const parameter = parameterFor(signature, index, spread);
    return parameter === null ? null : assignableTo(context, argument, parameter, 'an argument');
  });
  if (!converted.every((argument) => argument !== null)) return null;
  return variadic && !spread ? packed(node, signature, converted) : converted;
}

/** The arguments of a variadic parameter as a slice; none of them are `nil`. */
function packed(
  node: SyntaxNode,
  { parameters }: FunctionType,
  converted: readonly Expression[],
): readonly Expression[] {
  const fixed = parameters.length - 1;
  const type = parameters[fixed];
  if (type === undefined) throw new Error('a variadic function without parameters');
  const rest = converted.slice(fixed);
  const { span } = node;
  const slice: Expression =
    rest.length === 0
      ? { kind: 'nil', type, span }
      : {
          kind: 'composite',
          elements: rest.map((value, index) => ({ key: { kind: 'index', index: BigInt(index) }, value })),
          length: BigInt(rest.length),
          type,
          span,
        };
  return [...converted.slice(0, fixed), slice];
}
