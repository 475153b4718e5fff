import type { Context } from './context.js';
import { checkSyncType } from './check-sync.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { convertConstant } from './check-conversion.js';
import type { Field, GoType } from './type.js';
import { integerType, underlying } from './type.js';

/** The type that a syntax node says, or null after a report (name not found, refused construct, bad length). */
export function checkType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  switch (node.type) {
    case 'type_identifier':
    case 'identifier':
      return namedType(context, scope, node);
    case 'qualified_type':
      return qualifiedType(context, scope, node.required('package'), node.required('name'));
    case 'selector_expression':
      return qualifiedType(context, scope, node.required('operand'), node.required('field'));
    case 'array_type':
      return arrayType(context, scope, node);
    case 'struct_type':
      return structType(context, scope, node);
    case 'pointer_type':
      return context.refuse('pointer', node);
    default:
      return context.refuseSyntax(node);
  }
}

function namedType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const name = node.text;
  const found = scope.lookup(name);
  if (found === null) return missingType(context, node);
  if (found.entity.kind !== 'type') return context.typeError(node, `\`${name}\` is not a type`);
  return found.entity.resolve();
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
    case 'error':
      return context.refuse('error', node);
    case 'any':
    case 'comparable':
      return context.refuse('any', node);
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
  if (entity.imported.kind !== 'machine') return checkSyncType(context, entity.imported.kind, member);
  const type = entity.imported.types.find((candidate) => candidate.name === member.text);
  if (type !== undefined) return type;
  return context.report(
    'name',
    member,
    `the package \`${entity.imported.name}\` has no type \`${member.text}\``,
  );
}

function arrayType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const lengthNode = node.required('length');
  const element = context.rules.type(context, scope, node.required('element'));
  const length = context.rules.expression(context, scope, lengthNode);
  if (element === null || length === null) return null;
  if (length.constant === undefined) {
    return context.typeError(lengthNode, 'the length of an array must be a constant');
  }
  const typed =
    length.type.kind === 'untyped' ? convertConstant(context, length, integerType('int')) : length;
  if (typed === null) return null;
  const value = typed.constant;
  if (underlying(typed.type).kind !== 'integer' || typeof value !== 'bigint' || value < 0n) {
    return context.typeError(lengthNode, 'the length of an array must be an integer that is not negative');
  }
  if (value >= 1n << 50n) return context.typeError(lengthNode, 'the array is too large');
  return { kind: 'array', length: value, lengthExpression: typed, element };
}

function structType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const fields: Field[] = [];
  const names = new Set<string>();
  let valid = true;
  for (const declaration of node.ofType('field_declaration_list')?.namedChildren ?? []) {
    const annotations = context.annotationsOf(declaration);
    const tag = declaration.child('tag');
    if (tag !== null) {
      context.refuse('structTag', tag);
      valid = false;
    }
    const nameNodes = declaration.all('name');
    if (nameNodes.length === 0) {
      context.refuse('embedded', declaration);
      valid = false;
    }
    const type = context.rules.type(context, scope, declaration.required('type'));
    if (type === null) valid = false;
    for (const nameNode of nameNodes) {
      const name = nameNode.text;
      if (name !== '_' && names.has(name)) {
        context.report('name', nameNode, `duplicate field \`${name}\``);
        valid = false;
      }
      names.add(name);
      if (type !== null)
        fields.push({
          name,
          type,
          embedded: false,
          tag: null,
          packagePath: null,
          annotations,
          span: nameNode.span,
        });
    }
  }
  return valid ? { kind: 'struct', fields } : null;
}
