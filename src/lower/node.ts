import type { Span } from '../base/source.js';
import { UINT64 } from '../ir/index.js';
import type { Expression } from '../ir/index.js';
import type { Lowering } from './lowering.js';
import type { MemoryNode } from './memory.js';
import { defaultOf, localOf } from './operators.js';
import { recordType, snapshot } from './snapshot.js';

/** The value of a package variable or a part of one; each cell is an atomic load of its own. */
export function loadNode(
  lowering: Lowering,
  node: MemoryNode,
  keys: readonly Expression[],
  span: Span,
): Expression {
  const { builder, context } = lowering;
  switch (node.kind) {
    case 'cell': {
      if (node.access === 'atomic') refusePlain(lowering, node.name, span);
      const result = builder.newTemporary(node.name, node.type);
      builder.emit({ kind: 'call', operation: `${node.name}.Load`, arguments: keys, results: [result] });
      return localOf(result, node.type);
    }
    case 'struct': {
      const type = recordType(context.types.lower(node.goType, span));
      const fields = type.fields.map((field) => {
        const child = node.fields.get(field.name);
        if (child === undefined) throw new Error(`no field ${field.name}`);
        return loadNode(lowering, child, keys, span);
      });
      return { kind: 'record', type, fields };
    }
    case 'array':
      if (node.made === null) {
        context.reports.unsupported(
          `copying the whole array ${node.name}`,
          span,
          'Read its elements one by one.',
        );
      } else {
        context.reports.unsupported(`the slice ${node.name} as a value`, span, 'Index it, or range over it.');
      }
      return defaultOf({ kind: 'map', key: UINT64, value: UINT64 });
    case 'ownMap':
      throw new Error(`the map ${node.name} as a value, which makes it no map of its own`);
    case 'condition':
      context.reports.unsupported(`copying the condition variable ${node.name}`, span, 'Use it where it is.');
      return defaultOf(UINT64);
    case 'channel':
      context.reports.unverified('channel', span);
      return defaultOf(UINT64);
    case 'once':
    case 'group':
    case 'lock':
      context.reports.unsupported(`copying the lock ${node.name}`, span, 'Use the lock where it is.');
      return defaultOf(UINT64);
    case 'pointer':
      context.reports.unsupported(
        `the pointer ${node.name} as a value`,
        span,
        'What it points to has locks in it: use it where it is.',
      );
      return defaultOf(UINT64);
  }
}

/** An access that is not atomic would race with those that are. */
function refusePlain(lowering: Lowering, name: string, span: Span): void {
  lowering.context.reports.unsupported(
    `a plain access of ${name}, which \`sync/atomic\` operates on elsewhere`,
    span,
    'Use the operations of `sync/atomic` for all accesses of it.',
  );
}

/** Assigns a package variable or a part of one; each cell is an atomic store of its own. */
export function storeNode(
  lowering: Lowering,
  node: MemoryNode,
  keys: readonly Expression[],
  value: Expression,
  span: Span,
): void {
  const { builder, context } = lowering;
  switch (node.kind) {
    case 'cell':
      if (node.access === 'atomic') refusePlain(lowering, node.name, span);
      builder.emit({
        kind: 'call',
        operation: `${node.name}.Store`,
        arguments: [...keys, value],
        results: [],
      });
      return;
    case 'struct': {
      const type = recordType(value.type);
      const whole = snapshot(lowering, value, node.name);
      for (const field of type.fields) {
        const child = node.fields.get(field.name);
        if (child === undefined) throw new Error(`no field ${field.name}`);
        const part: Expression = { kind: 'field', record: whole, name: field.name, type: field.type };
        storeNode(lowering, child, keys, part, span);
      }
      return;
    }
    case 'array':
      if (node.made === null) {
        context.reports.unsupported(
          `assigning the whole array ${node.name}`,
          span,
          'Assign its elements one by one.',
        );
      } else {
        context.reports.unsupported(
          `assigning the slice ${node.name} here`,
          span,
          'What has locks in it is made once, by a statement of the boot function of its own.',
        );
      }
      return;
    case 'ownMap':
      throw new Error(`a map that is assigned to ${node.name}, which makes it no map of its own`);
    case 'condition':
      context.reports.unsupported(
        `assigning the condition variable ${node.name}`,
        span,
        'Give it its lock where it is declared.',
      );
      return;
    case 'channel':
      context.reports.unverified('channel', span);
      return;
    case 'once':
    case 'group':
    case 'lock':
      context.reports.unsupported(`assigning the lock ${node.name}`, span, 'A lock must not be copied.');
      return;
    case 'pointer':
      context.reports.unsupported(
        `assigning the pointer ${node.name} here`,
        span,
        'What has locks in it is made once, by a statement of the boot function of its own.',
      );
  }
}
