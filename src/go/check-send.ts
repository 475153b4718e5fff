import type { Statement } from './ast.js';
import type { StatementBase } from './check-assignment.js';
import { assignableTo } from './check-conversion.js';
import { value } from './check-value.js';
import type { Context } from './context.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { coreType } from './type-set.js';
import { showGoType } from './type-text.js';

/** `channel <- value`. */
export function checkSend(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const channel = value(context, scope, node.required('channel'));
  const given = value(context, scope, node.required('value'));
  if (channel === null || given === null) return null;
  const type = coreType(channel.type);
  if (type?.kind !== 'channel') {
    return context.typeError(node, `cannot send to a value of type ${showGoType(channel.type)}`);
  }
  if (type.direction === 'receive') return context.typeError(node, 'cannot send to a receive-only channel');
  const sent = assignableTo(context, given, type.element, 'a send');
  return sent === null ? null : { ...base, kind: 'send', channel, value: sent };
}
