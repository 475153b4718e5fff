import { isAddressable } from './check-value.js';
import type { Expression, MethodCallee } from './expression.js';
import type { Instances } from './instances.js';
import { findMember } from './member.js';
import type { Field } from './type.js';
import { underlying } from './type.js';

/** The method of a type argument that a call of a method of the type parameter runs. */
export function concreteMethod(
  callee: Extract<MethodCallee, { kind: 'interface' }>,
  receiver: Expression,
  instances: Instances,
): MethodCallee {
  const { name, packagePath } = callee.method;
  const member = findMember(receiver.type, name, packagePath ?? '');
  if (typeof member === 'string' || member.kind === 'field' || member.kind === 'sync') {
    throw new Error(`a type argument without the method ${name}`);
  }
  const holder = member.path.reduce(selectField, receiver);
  if (member.kind === 'interface') return { kind: 'interface', method: member.method, receiver: holder };
  const draft = member.method.resolve();
  if (draft?.declaration.receiver == null) throw new Error(`the method ${name} has an error`);
  const { typeArguments } = member.owner.declaration;
  const declaration =
    typeArguments.length === 0 ? draft.declaration : instances.function(draft, typeArguments);
  const type = declaration.receiver?.type ?? holder.type;
  const isPointer = holder.type.kind === 'pointer';
  const { span } = holder;
  if (type.kind === 'pointer' && !isPointer) {
    if (!isAddressable(holder)) throw new Error(`the method ${name} needs a variable`);
    return {
      kind: 'method',
      function: declaration,
      receiver: { kind: 'address', place: holder, type, span },
    };
  }
  const plain: Expression =
    type.kind !== 'pointer' && holder.type.kind === 'pointer'
      ? { kind: 'dereference', operand: holder, type: holder.type.element, span }
      : holder;
  return { kind: 'method', function: declaration, receiver: plain };
}

function selectField(operand: Expression, field: Field): Expression {
  const pointer = underlying(operand.type);
  const { span } = operand;
  const struct: Expression =
    pointer.kind === 'pointer' ? { kind: 'dereference', operand, type: pointer.element, span } : operand;
  return { kind: 'select', operand: struct, field, type: field.type, span };
}
