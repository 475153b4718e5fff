import type { CallTarget } from './check-call.js';
import { verifyArguments } from './check-type.js';
import type { Context } from './context.js';
import type { Expression } from './expression.js';
import { functionType } from './function-type.js';
import { inferArguments } from './infer.js';
import type { Operand } from './operand.js';
import type { SyntaxNode } from './syntax.js';
import type { GoType } from './type.js';

/** Since then functions have type parameters. */
const TYPE_PARAMETERS = 18;

type Generic = Extract<Operand, { kind: 'generic' }>;

/** A generic function as a value: its type arguments must be known. */
export function instantiateOperand(context: Context, node: SyntaxNode, operand: Generic): Expression | null {
  const before = context.diagnostics.length;
  const typeArguments = inferArguments(context, node, operand, [], false);
  if (typeArguments === null) {
    // What the function is assigned or passed to could tell them.
    context.diagnostics.splice(before);
    return context.refuse('genericValue', node);
  }
  const target = instance(context, node, operand, typeArguments);
  return target?.callee.kind === 'function'
    ? { kind: 'function', function: target.callee.function, type: target.type, span: node.span }
    : null;
}

/** The instance of a generic function that a call with these arguments calls; null after a report. */
export function genericCall(
  context: Context,
  node: SyntaxNode,
  operand: Generic,
  given: readonly Expression[],
  spread: boolean,
): CallTarget | null {
  const typeArguments = inferArguments(context, node, operand, given, spread);
  return typeArguments === null ? null : instance(context, node, operand, typeArguments);
}

function instance(
  context: Context,
  node: SyntaxNode,
  { draft }: Generic,
  typeArguments: readonly GoType[],
): CallTarget | null {
  if (context.identity.goVersion < TYPE_PARAMETERS) {
    return context.typeError(node, 'calls of generic functions need `go 1.18` in go.mod');
  }
  if (!verifyArguments(context, node, draft.typeParameters, typeArguments)) return null;
  const declaration = context.instances.function(draft, typeArguments);
  return { callee: { kind: 'function', function: declaration }, type: functionType(declaration) };
}
