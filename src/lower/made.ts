import type { Expression } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type { Expression as GoExpression, Statement } from '../go/index.js';
import { currentFrame } from './lowering.js';
import type { Lowering } from './lowering.js';
import type { Making } from './making.js';
import { assignOwnMap } from './map.js';
import type { MemoryNode } from './memory.js';
import { literal } from './operators.js';
import { storePlace } from './place.js';
import { checkLength } from './slice.js';

/** The assignment that makes what has locks in it; false: the statement is another one. */
export function lowerMaking(lowering: Lowering, statement: Statement & { kind: 'assign' }): boolean {
  const [target, ...others] = statement.targets;
  const [value] = statement.values;
  if (target?.kind !== 'place' || value === undefined || others.length > 0) return false;
  const making = lowering.context.makings.get(statement);
  if (making === undefined) return false;
  if (lowering.role !== 'boot' || lowering.frames.length !== 1 || currentFrame(lowering).loopDepth > 0) {
    lowering.context.reports.unsupported(
      `making ${making.name} outside of the boot function`,
      statement.span,
      'What has locks in it is made once and never replaced.',
    );
    return true;
  }
  const place = lowering.place(target.place);
  if (place?.root !== 'memory') return false;
  if (place.node.kind === 'struct') {
    lowering.context.reports.unsupported(
      `making ${making.name} with all that is around it`,
      statement.span,
      `Write a statement of its own: \`${making.name} = ...\`.`,
    );
  } else storeParts(lowering, place.node, place.keys, value);
  return true;
}

/** Stores what a literal lists; everything else is zero already, as nobody used it before. */
export function storeParts(
  lowering: Lowering,
  node: MemoryNode,
  keys: readonly Expression[],
  value: GoExpression,
): void {
  const made: Making | null = node.kind === 'array' || node.kind === 'pointer' ? node.made : null;
  if (node.kind === 'array' && made !== null) {
    checkLength(lowering, node.length);
  } else if (node.kind === 'pointer') {
    const target = value.kind === 'address' ? value.place : null;
    if (target !== null) storeParts(lowering, node.target, keys, target);
  } else if (node.kind === 'struct' && value.kind === 'composite') {
    for (const { key, value: part } of value.elements) {
      const field = key.kind === 'field' ? node.fields.get(key.field.name) : undefined;
      if (field !== undefined) storeParts(lowering, field, keys, part);
    }
  } else if (node.kind === 'array' && value.kind === 'composite') {
    lowering.context.constants.checkKeys(value);
    for (const { key, value: part } of value.elements) {
      if (key.kind !== 'index') throw new Error('an element of an array has an index');
      storeParts(lowering, node.element, [...keys, literal(UINT64, key.index)], part);
    }
  } else if (node.kind === 'ownMap') {
    assignOwnMap(lowering, { kind: 'own', node, keys }, value);
  } else {
    storePlace(lowering, { root: 'memory', node, keys }, lowering.value(value), value.span);
  }
  if (made !== null) lowering.made.add(made);
}
