import type { Expression as GoExpression } from '../go/index.js';
import type { Lowering, MapPlace } from './lowering.js';
import type { MemoryNode } from './memory.js';

/** A map that nothing else refers to, which an expression denotes by its place; null: it denotes something else. */
export function ownMapAt(
  lowering: Lowering,
  expression: GoExpression,
): Extract<MapPlace, { kind: 'own' }> | null {
  if (packageNode(lowering, expression)?.kind !== 'ownMap') return null;
  const place = lowering.place(expression);
  if (place?.root !== 'memory' || place.node.kind !== 'ownMap') throw new Error('a place that moved');
  return { kind: 'own', node: place.node, keys: place.keys };
}

/** The storage of a package variable or a part of one, without evaluating how to get there; null: something else. */
function packageNode(lowering: Lowering, expression: GoExpression): MemoryNode | null {
  switch (expression.kind) {
    case 'variable': {
      const { variable } = expression;
      return lowering.places.has(variable) ? null : (lowering.context.memory.get(variable) ?? null);
    }
    case 'select': {
      const node = packageNode(lowering, expression.operand);
      return node?.kind === 'struct' ? (node.fields.get(expression.field.name) ?? null) : null;
    }
    case 'index': {
      const node = packageNode(lowering, expression.collection);
      return node?.kind === 'array' ? node.element : null;
    }
    case 'dereference':
      return pointeeNode(lowering, expression.operand);
    default:
      return null;
  }
}

function pointeeNode(lowering: Lowering, pointer: GoExpression): MemoryNode | null {
  if (pointer.kind === 'address') return packageNode(lowering, pointer.place);
  const alias = pointer.kind === 'variable' ? lowering.aliases.get(pointer.variable) : undefined;
  if (alias !== undefined) return alias.root === 'memory' ? alias.node : null;
  const node = packageNode(lowering, pointer);
  return node?.kind === 'pointer' ? node.target : null;
}
