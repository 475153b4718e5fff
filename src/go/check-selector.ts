import { functionType } from './function-type.js';
import { isAddressable, singleValue } from './check-value.js';
import { refuseLockCopy } from './check-conversion.js';
import { checkSyncMember } from './check-sync.js';
import { importOf, selectorParts } from './import-name.js';
import type { ImportEntity } from './import-name.js';
import { isExported } from './exported.js';
import type { Context } from './context.js';
import type { Expression, MethodCallee } from './expression.js';
import { methodSignature } from './implements.js';
import { findMember } from './member.js';
import type { Member } from './member.js';
import type { Operand } from './operand.js';
import type { CheckedPackage } from './import.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { showGoType } from './type-text.js';
import { underlying } from './type.js';
import type { Field, FunctionType, GoType } from './type.js';

function valueOf(expression: Expression | null): Operand | null {
  return expression === null ? null : { kind: 'value', expression };
}

/** `x.name`: of a package, a field, a method as a value, or of a type: a method expression. */
export function checkSelector(context: Context, scope: Scope, node: SyntaxNode): Operand | null {
  const { operand: operandNode, member } = selectorParts(node);
  const imported = importOf(scope, operandNode);
  if (imported !== null) return importedMember(context, scope, node, imported, member);
  const operand = context.rules.operand(context, scope, operandNode);
  if (operand === null) return null;
  switch (operand.kind) {
    case 'value': {
      const expression = singleValue(context, operandNode, operand.expression);
      return expression === null ? null : selectMember(context, expression, member, node);
    }
    case 'type':
      return valueOf(methodExpression(context, operand.type, member, node));
    default:
      return context.typeError(operandNode, `\`${operandNode.text}\` has no fields or methods`);
  }
}

function importedMember(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  entity: ImportEntity,
  member: SyntaxNode,
): Operand | null {
  entity.used = true;
  const { imported } = entity;
  const { span } = node;
  switch (imported.kind) {
    case 'refused':
      return null;
    case 'sync':
    case 'atomic':
      return checkSyncMember(context, imported.kind, member);
    case 'package':
      return exportedMember(context, scope, node, imported, member);
    case 'machine': {
      const constant = imported.constants.find((candidate) => candidate.name === member.text);
      if (constant !== undefined) {
        const declaration = { kind: 'machine', package: imported, constant } as const;
        return valueOf({
          kind: 'constant',
          declaration,
          type: constant.type,
          constant: constant.value,
          span,
        });
      }
      const called = imported.functions.find((candidate) => candidate.name === member.text);
      if (called !== undefined) return { kind: 'machine', package: imported, function: called };
      const type = imported.types.find((candidate) => candidate.name === member.text);
      if (type !== undefined) return { kind: 'type', type };
      const names = imported.functions.map((candidate) => candidate.name).join(', ');
      return context.report('name', member, `undefined: \`${node.text}\``, `It has: ${names}.`);
    }
  }
}

/** An exported name of another package of the module. */
function exportedMember(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  imported: CheckedPackage,
  member: SyntaxNode,
): Operand | null {
  const { span } = node;
  const entity = imported.lookup(member.text);
  if (entity === null || !isExported(member.text)) {
    return imported.package.isLibrary
      ? context.refuse('libraryName', member, `\`${imported.path}.${member.text}\``)
      : context.report('name', member, `undefined: \`${node.text}\``);
  }
  switch (entity.kind) {
    case 'constant': {
      const meaning = entity.resolve();
      if (meaning === null) return null;
      const { reference, type, value: constant } = meaning;
      return valueOf({ kind: 'constant', declaration: reference, type, constant, span });
    }
    case 'variable': {
      const variable = entity.resolve();
      return variable === null ? null : valueOf({ kind: 'variable', variable, type: variable.type, span });
    }
    case 'function': {
      const draft = entity.resolve();
      if (draft === null) return null;
      if (draft.typeParameters.length > 0) return { kind: 'generic', draft, typeArguments: [] };
      const { declaration } = draft;
      return valueOf({ kind: 'function', function: declaration, type: functionType(declaration), span });
    }
    case 'type': {
      const type = context.rules.anyType(context, scope, node);
      return type === null ? null : { kind: 'type', type };
    }
    default:
      return context.report('name', member, `undefined: \`${node.text}\``);
  }
}

/** A field or a method value. */
function selectMember(
  context: Context,
  operand: Expression,
  memberNode: SyntaxNode,
  node: SyntaxNode,
): Operand | null {
  const member = memberOf(context, operand.type, memberNode);
  if (member === null) return null;
  if (member.kind === 'field') {
    const holder = followPath(operand, member.path);
    return valueOf(selectField(holder, member.field, node));
  }
  if (member.kind === 'sync') {
    const place = dereferenced(followPath(operand, member.path));
    return { kind: 'sync', method: member.method, name: memberNode.text, place };
  }
  const callee = methodCallee(context, operand, member, node);
  const signature = methodSignature(context, member);
  if (callee === null || signature === null) return null;
  return valueOf({ kind: 'methodValue', method: callee, type: signature, span: node.span });
}

/** The member that the name finds; null after a report. */
export function memberOf(context: Context, type: GoType, node: SyntaxNode): Member | null {
  const name = node.text;
  const found = findMember(type, name, context.identity.path);
  if (typeof found !== 'string') return found;
  return context.report(
    'name',
    node,
    found === 'ambiguous'
      ? `\`${name}\` is ambiguous: several embedded fields of ${showGoType(type)} have it`
      : `the type ${showGoType(type)} has no field or method \`${name}\``,
  );
}

function selectField(operand: Expression, field: Field, node: Pick<SyntaxNode, 'span'>): Expression {
  return {
    kind: 'select',
    operand: dereferenced(operand),
    field,
    type: field.type,
    span: node.span,
  };
}

/** What the value points to if it is a pointer, else the value. */
function dereferenced(operand: Expression): Expression {
  const pointer = underlying(operand.type);
  if (pointer.kind !== 'pointer') return operand;
  return { kind: 'dereference', operand, type: pointer.element, span: operand.span };
}

function followPath(operand: Expression, path: readonly Field[]): Expression {
  return path.reduce((holder, field) => selectField(holder, field, operand), operand);
}

/** The method with its receiver, which gets the form (a pointer or not) that the method wants; null after a report. */
export function methodCallee(
  context: Context,
  operand: Expression,
  member: Extract<Member, { kind: 'method' | 'interface' }>,
  node: SyntaxNode,
): MethodCallee | null {
  const holder = followPath(operand, member.path);
  const { span } = operand;
  if (member.kind === 'interface') {
    return { kind: 'interface', method: member.method, receiver: holder };
  }
  const draft = member.method.resolve();
  if (draft?.declaration.receiver == null) return null;
  context.dependencies.add(draft);
  const { typeArguments } = member.owner.declaration;
  const declaration =
    typeArguments.length === 0 ? draft.declaration : context.instances.function(draft, typeArguments);
  const receiverType = declaration.receiver?.type ?? holder.type;
  const isPointer = underlying(holder.type).kind === 'pointer';
  if (receiverType.kind === 'pointer') {
    if (isPointer) return { kind: 'method', function: declaration, receiver: holder };
    if (!isAddressable(holder)) {
      return context.typeError(node, `the method \`${declaration.name}\` needs a variable, not a value`);
    }
    const receiver: Expression = { kind: 'address', place: holder, type: receiverType, span };
    return { kind: 'method', function: declaration, receiver };
  }
  const receiver = refuseLockCopy(context, dereferencedReceiver(holder, receiverType));
  return receiver === null ? null : { kind: 'method', function: declaration, receiver };
}

/** A named pointer type has no methods, so a pointer here is one to the receiver's type. */
function dereferencedReceiver(holder: Expression, receiverType: GoType): Expression {
  return holder.type.kind === 'pointer' && receiverType.kind !== 'pointer' ? dereferenced(holder) : holder;
}

/** `T.m`. */
function methodExpression(
  context: Context,
  type: GoType,
  memberNode: SyntaxNode,
  node: SyntaxNode,
): Expression | null {
  const member = memberOf(context, type, memberNode);
  if (member === null) return null;
  if (member.kind === 'field') {
    return context.typeError(memberNode, `\`${memberNode.text}\` is a field, not a method`);
  }
  if (member.kind === 'sync') return context.refuse('uncalled', node, `\`${node.text}\``);
  const { span } = node;
  const variable = context.newVariable('receiver', type, 'parameter', span);
  const operand: Expression = { kind: 'variable', variable, type, span };
  if (member.kind === 'method' && type.kind !== 'pointer') {
    const receiver = member.method.resolve()?.declaration.receiver;
    const isThroughPointer = member.path.some((field) => field.type.kind === 'pointer');
    if (receiver?.type.kind === 'pointer' && !isThroughPointer) {
      return context.typeError(node, `the method \`${memberNode.text}\` has a pointer receiver`);
    }
  }
  const callee = methodCallee(context, operand, member, node);
  const signature = methodSignature(context, member);
  if (callee === null || signature === null) return null;
  const method: FunctionType = { ...signature, parameters: [type, ...signature.parameters] };
  return { kind: 'methodExpression', method: { variable, callee }, type: method, span };
}
