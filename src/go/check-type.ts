import { convertUntyped } from './check-conversion.js';
import { checkSyncType } from './check-sync.js';
import { value } from './check-value.js';
import { interfaceType } from './check-interface.js';
import { parameterTypes } from './check-parameters.js';
import { structType } from './check-struct.js';
import { isExported } from './exported.js';
import type { Context } from './context.js';
import { declaredType } from './declared-type.js';
import { implementsProblem } from './implements.js';
import type { Entity, Scope } from './scope.js';
import { bindParameters, substituteType } from './substitute-type.js';
import type { SyntaxNode } from './syntax.js';
import { isComparable, isConstraint } from './type-set.js';
import { showGoType } from './type-text.js';
import { integerType, underlying } from './type.js';
import type { ChannelType, GoType, TypeParameter } from './type.js';

/** The type of a variable: no constraint, and no generic type without type arguments. */
export function checkType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const type = checkAnyType(context, scope, node);
  if (type === null) return null;
  context.later(() => {
    const plain = underlying(type);
    if (plain.kind === 'interface' && isConstraint(plain)) {
      context.typeError(node, `the interface ${showGoType(type)} can only be a constraint`);
    }
  });
  return type;
}

/** A type that may be a constraint, but is no generic type without type arguments. */
export function checkAnyType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const type = checkTypeOrGeneric(context, scope, node);
  if (type?.kind === 'named' && declaredType(type).typeParameters.length > 0) {
    return context.typeError(node, `the generic type ${type.name} needs type arguments`);
  }
  return type;
}

/** The type that a syntax node says, or null after a report (name not found, refused construct, bad length). */
function checkTypeOrGeneric(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const inner = (each: SyntaxNode): GoType | null => context.rules.type(context, scope, each);
  switch (node.type) {
    case 'type_identifier':
    case 'identifier':
      return namedType(context, scope, node);
    case 'qualified_type':
      return qualifiedType(context, scope, node.required('package'), node.required('name'));
    case 'selector_expression':
      return qualifiedType(context, scope, node.required('operand'), node.required('field'));
    case 'parenthesized_type':
    case 'parenthesized_expression':
    case 'type_elem':
    case 'type_constraint': {
      const [only, ...others] = node.namedChildren;
      if (only === undefined || others.length > 0) return context.refuseSyntax(node);
      return checkTypeOrGeneric(context, scope, only);
    }
    case 'pointer_type':
    case 'unary_expression': {
      const element = starOperand(node);
      if (element === null) return context.typeError(node, `\`${node.text}\` is not a type`);
      const type = inner(element);
      return type === null ? null : { kind: 'pointer', element: type };
    }
    case 'slice_type': {
      const element = inner(node.required('element'));
      return element === null ? null : { kind: 'slice', element };
    }
    case 'array_type':
      return arrayType(context, scope, node);
    case 'map_type':
      return mapType(context, scope, node);
    case 'channel_type':
      return channelType(context, scope, node);
    case 'struct_type':
      return structType(context, scope, node);
    case 'function_type':
      return parameterTypes(context, scope, node);
    case 'interface_type':
      return interfaceType(context, scope, node);
    case 'generic_type':
    case 'index_expression':
    case 'type_instantiation_expression':
      return instanceType(context, scope, node);
    default:
      return isExpressionSyntax(node)
        ? context.typeError(node, `\`${node.text}\` is not a type`)
        : context.refuseSyntax(node);
  }
}

function isExpressionSyntax(node: SyntaxNode): boolean {
  return node.type.endsWith('_literal') || node.type.endsWith('_expression') || node.type === 'nil';
}

/** What follows the star of `*x`, in types and in expressions. */
export function starOperand(node: SyntaxNode): SyntaxNode | null {
  if (node.type === 'pointer_type') return node.namedChildren[0] ?? null;
  return node.type === 'unary_expression' && node.required('operator').text === '*'
    ? node.required('operand')
    : null;
}

function namedType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const name = node.text;
  const found = scope.lookup(name);
  if (found === null) return missingType(context, node);
  if (found.entity.kind !== 'type') return context.typeError(node, `\`${name}\` is not a type`);
  return validType(found.entity);
}

/** Nothing for a type whose error has been reported. */
function validType(entity: Extract<Entity, { kind: 'type' }>): GoType | null {
  const type = entity.resolve();
  return type?.kind === 'named' && declaredType(type).invalid ? null : type;
}

function missingType(context: Context, node: SyntaxNode): null {
  switch (node.text) {
    case 'float32':
    case 'float64':
      return context.refuse('float', node, node.text);
    case 'complex64':
    case 'complex128':
      return context.refuse('complex', node, node.text);
    case 'uintptr':
      return context.refuse('uintptr', node);
    default:
      return context.report('name', node, `undefined: \`${node.text}\``);
  }
}

function qualifiedType(
  context: Context,
  scope: Scope,
  qualifier: SyntaxNode,
  member: SyntaxNode,
): GoType | null {
  const found = scope.lookup(qualifier.text);
  if (found === null) return context.report('name', qualifier, `undefined: \`${qualifier.text}\``);
  const { entity } = found;
  if (entity.kind !== 'import') return context.typeError(qualifier, `\`${qualifier.text}\` is not a package`);
  entity.used = true;
  const { imported } = entity;
  switch (imported.kind) {
    case 'refused':
      return null;
    case 'sync':
    case 'atomic':
      return checkSyncType(context, imported.kind, member);
    case 'package': {
      const exported = imported.lookup(member.text);
      if (exported?.kind === 'type' && isExported(member.text)) return validType(exported);
      if (exported === null && imported.package.isLibrary)
        return context.refuse('libraryName', member, `\`${imported.path}.${member.text}\``);
      break;
    }
    case 'machine': {
      const type = imported.types.find((candidate) => candidate.name === member.text);
      if (type !== undefined) return type;
    }
  }
  return context.report('name', member, `the package \`${imported.name}\` has no type \`${member.text}\``);
}

function arrayType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const lengthNode = node.required('length');
  const element = context.rules.type(context, scope, node.required('element'));
  const length = value(context, scope, lengthNode);
  if (element === null || length === null) return null;
  if (length.constant === undefined) {
    return context.typeError(lengthNode, 'the length of an array must be a constant');
  }
  const typed = length.type.kind === 'untyped' ? convertUntyped(context, length, integerType('int')) : length;
  if (typed === null) return null;
  const constant = typed.constant;
  if (underlying(typed.type).kind !== 'integer' || typeof constant !== 'bigint' || constant < 0n) {
    return context.typeError(lengthNode, 'the length of an array must be an integer that is not negative');
  }
  if (constant >= 1n << 50n) return context.typeError(lengthNode, 'the array is too large');
  return { kind: 'array', length: constant, lengthExpression: typed, element };
}

function mapType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const keyNode = node.required('key');
  const key = context.rules.type(context, scope, keyNode);
  const element = context.rules.type(context, scope, node.required('value'));
  if (key === null || element === null) return null;
  context.later(() => {
    if (!isComparable(key)) {
      context.typeError(keyNode, `the type ${showGoType(key)} cannot be the key of a map: it has no \`==\``);
    }
  });
  return { kind: 'map', key, value: element };
}

function channelType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const element = context.rules.type(context, scope, node.required('value'));
  const tokens = node.children.filter((child) => !child.named).map((child) => child.text);
  const direction: ChannelType['direction'] =
    tokens[0] === '<-' ? 'receive' : tokens.includes('<-') ? 'send' : 'both';
  return element === null ? null : { kind: 'channel', direction, element };
}

/** `T[A, B]`. */
function instanceType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const genericNode = node.child('type') ?? node.required('operand');
  const generic = checkTypeOrGeneric(context, scope, genericNode);
  if (generic === null) return null;
  const declared = generic.kind === 'named' ? declaredType(generic) : null;
  if (declared === null || declared.typeParameters.length === 0) {
    return context.typeError(node, `the type ${showGoType(generic)} takes no type arguments`);
  }
  const given = typeArgumentNodes(node);
  const types = given.map((each) => context.rules.type(context, scope, each));
  if (!types.every((type) => type !== null)) return null;
  if (types.length !== declared.typeParameters.length) {
    return context.typeError(
      node,
      `${generic.kind === 'named' ? generic.name : ''} takes ${declared.typeParameters.length} type arguments, not ${types.length}`,
    );
  }
  context.later(() => {
    verifyArguments(context, node, declared.typeParameters, types);
  });
  return context.instances.type(declared, types);
}

/** The syntax of type arguments, in types and in expressions. */
export function typeArgumentNodes(node: SyntaxNode): readonly SyntaxNode[] {
  const list = node.child('type_arguments');
  if (list !== null) return list.namedChildren;
  const index = node.child('index');
  return index === null ? node.namedChildren.slice(1) : [index];
}

/** Reports a type argument that does not satisfy its constraint. */
export function verifyArguments(
  context: Context,
  node: SyntaxNode,
  parameters: readonly TypeParameter[],
  typeArguments: readonly GoType[],
): boolean {
  const binding = bindParameters(parameters, typeArguments);
  for (const [index, parameter] of parameters.entries()) {
    const argument = typeArguments[index];
    if (argument === undefined) continue;
    const constraint = substituteType(parameter.constraint, binding, context.instances);
    const problem = implementsProblem(context, argument, constraint, true);
    if (problem === null) continue;
    context.typeError(node, `${showGoType(argument)} does not satisfy ${showGoType(constraint)}: ${problem}`);
    return false;
  }
  return true;
}
