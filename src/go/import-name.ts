import type { Entity, Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';

/** `a.b` is parsed as a type where it may be one. */
export function selectorParts(node: SyntaxNode): {
  readonly operand: SyntaxNode;
  readonly member: SyntaxNode;
} {
  return node.type === 'qualified_type'
    ? { operand: node.required('package'), member: node.required('name') }
    : { operand: node.required('operand'), member: node.required('field') };
}

/** The name of an imported package. */
export type ImportEntity = Extract<Entity, { kind: 'import' }>;

/** The import that a name stands for. */
export function importOf(scope: Scope, node: SyntaxNode): ImportEntity | null {
  if (!/identifier$/.test(node.type)) return null;
  const entity = scope.lookup(node.text)?.entity;
  return entity?.kind === 'import' ? entity : null;
}
