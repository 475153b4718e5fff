import { assignableTo, describe, withDefaultType } from './check-conversion.js';
import { value } from './check-value.js';
import type { Context } from './context.js';
import type { Expression } from './expression.js';
import { isString } from './predicates.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { identicalTypes } from './type-identity.js';
import { coreType, coreTypeOrString, isByteSlice } from './type-set.js';
import { showGoType } from './type-text.js';
import { integerType } from './type.js';
import type { GoType } from './type.js';

/** `append(slice, elements...)`. */
export function checkAppend(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  [sliceNode, ...elementNodes]: readonly SyntaxNode[],
): Expression | null {
  if (sliceNode === undefined || sliceNode.type === 'variadic_argument') {
    return context.typeError(node, '`append` needs a slice');
  }
  const slice = value(context, scope, sliceNode);
  if (slice === null) return null;
  const core = coreType(slice.type);
  const element = core?.kind === 'slice' ? core.element : null;
  if (element === null) {
    const what = slice.kind === 'nil' ? 'untyped `nil`' : describe(slice);
    return context.typeError(sliceNode, `\`append\` needs a slice, not ${what}`);
  }
  const { type } = slice;
  const { span } = node;
  const spread = elementNodes.find((each) => each.type === 'variadic_argument');
  if (spread === undefined) {
    const given = elementNodes.map((each) => value(context, scope, each));
    const elements = given.map((each) =>
      each === null ? null : assignableTo(context, each, element, '`append`'),
    );
    if (!elements.every((each) => each !== null)) return null;
    return { kind: 'append', slice, elements, spread: false, type, span };
  }
  const [only] = spread.namedChildren;
  if (elementNodes.length > 1 || only === undefined)
    return context.typeError(spread, '`...` does not fit here');
  const given = value(context, scope, only);
  const appended = given === null ? null : spreadElements(context, given, slice.type, element);
  return appended === null ? null : { kind: 'append', slice, elements: [appended], spread: true, type, span };
}

/** What `append` adds at once: a slice of the elements, or a string to bytes. */
function spreadElements(
  context: Context,
  given: Expression,
  sliceType: GoType,
  element: GoType,
): Expression | null {
  const core = coreTypeOrString(given.type);
  if (isByteSlice(coreType(sliceType) ?? sliceType) && (isString(given.type) || core?.kind === 'string')) {
    return withDefaultType(context, given);
  }
  return assignableTo(context, given, { kind: 'slice', element }, '`append`');
}

/** `copy(target, source)`. */
export function checkCopy(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  argumentNodes: readonly SyntaxNode[],
): Expression | null {
  const [targetNode, sourceNode] = argumentNodes;
  if (targetNode === undefined || sourceNode === undefined || argumentNodes.length > 2) {
    return context.typeError(node, `\`copy\` takes two arguments, not ${argumentNodes.length}`);
  }
  const target = value(context, scope, targetNode);
  const given = value(context, scope, sourceNode);
  if (target === null || given === null) return null;
  const source =
    given.type.kind === 'untyped' && given.kind !== 'nil' ? withDefaultType(context, given) : given;
  if (source === null) return null;
  const to = coreType(target.type);
  const from = coreTypeOrString(source.type);
  const isText = from?.kind === 'string' && to !== null && isByteSlice(to);
  const isSlices = to?.kind === 'slice' && from?.kind === 'slice' && identicalTypes(to.element, from.element);
  if (!isText && !isSlices) {
    return context.typeError(node, `cannot copy ${showGoType(source.type)} to ${showGoType(target.type)}`);
  }
  const callee = { kind: 'builtin', function: 'copy' } as const;
  return {
    kind: 'call',
    callee,
    arguments: [target, source],
    type: integerType('int'),
    span: node.span,
  };
}
