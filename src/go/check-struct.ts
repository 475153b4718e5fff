import type { Context } from './context.js';
import { isExported } from './exported.js';
import type { Scope } from './scope.js';
import { stringLiteral } from './literal.js';
import type { SyntaxNode } from './syntax.js';
import { showGoType } from './type-text.js';
import { underlying } from './type.js';
import type { Field, GoType } from './type.js';

/** The package that a name belongs to if it is not exported, else null. */
export function ownerOf(context: Context, name: string): string | null {
  return isExported(name) ? null : context.identity.path;
}

/** `struct { ... }`. */
export function structType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const fields: Field[] = [];
  const names = new Set<string>();
  let valid = true;
  for (const declaration of node.ofType('field_declaration_list')?.namedChildren ?? []) {
    const found = fieldsOf(context, scope, declaration);
    if (found === null) {
      valid = false;
      continue;
    }
    for (const field of found) {
      if (field.name !== '_' && names.has(field.name)) {
        context.report('name', field.span, `duplicate field \`${field.name}\``);
        valid = false;
      }
      names.add(field.name);
      fields.push(field);
    }
  }
  return valid ? { kind: 'struct', fields } : null;
}

function fieldsOf(context: Context, scope: Scope, declaration: SyntaxNode): readonly Field[] | null {
  const annotations = context.annotationsOf(declaration);
  const tagNode = declaration.child('tag');
  const tag = tagNode === null ? null : stringLiteral(tagNode.text);
  if (tagNode !== null && tag === null)
    return context.report('syntax', tagNode, 'this tag is no string of Go');
  const typeNode = declaration.required('type');
  const type = context.rules.type(context, scope, typeNode);
  if (type === null) return null;
  const nameNodes = declaration.all('name');
  if (nameNodes.length > 0) {
    return nameNodes.map((nameNode) => ({
      name: nameNode.text,
      type,
      embedded: false,
      tag: tag === '' ? null : tag,
      packagePath: ownerOf(context, nameNode.text),
      annotations,
      span: nameNode.span,
    }));
  }
  const isPointer = declaration.has('*');
  checkEmbedded(context, typeNode, type, isPointer);
  const name = embeddedName(typeNode);
  const field: Field = {
    name,
    type: isPointer ? { kind: 'pointer', element: type } : type,
    embedded: true,
    tag: tag === '' ? null : tag,
    packagePath: ownerOf(context, name),
    annotations,
    span: typeNode.span,
  };
  return [field];
}

/** The name of the type, without its package and its type arguments. */
function embeddedName(node: SyntaxNode): string {
  if (node.type === 'generic_type') return embeddedName(node.required('type'));
  return node.type === 'qualified_type' ? node.required('name').text : node.text;
}

function checkEmbedded(context: Context, node: SyntaxNode, type: GoType, isPointer: boolean): void {
  context.later(() => {
    const plain = underlying(type);
    if (type.kind === 'parameter') {
      context.typeError(node, 'a type parameter cannot be embedded');
    } else if (plain.kind === 'pointer') {
      context.typeError(node, `the type ${showGoType(type)} cannot be embedded: it is a pointer`);
    } else if (isPointer && plain.kind === 'interface') {
      context.typeError(node, 'a pointer to an interface cannot be embedded');
    }
  });
}
