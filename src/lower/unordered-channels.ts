import type { Code, System } from '../ir/index.js';
import type { MemoryNode } from './memory.js';
import type { Selections } from './selection.js';

/**
 * Channels whose operations Go does not put into one order. Go promises that a value is sent before it is received, that with room for n values the
 * one with number k is received before the one with number k + n has been sent, and that closing comes before what is received because of it. With room for one
 * value and without closing that is one order of all operations. Without a buffer nobody learns of operations that are not ordered before his own
 * (docs/soundness.md). Otherwise who receives second (or finds the channel closed and empty) knows
 * that another one has received, and nothing orders the two.
 */
export function unorderedChannels(
  nodes: Iterable<MemoryNode>,
  selections: Selections,
  {
    implementations,
    recovery,
    initialisation,
    boot,
  }: Pick<System, 'implementations' | 'recovery' | 'initialisation' | 'boot'>,
): readonly string[] {
  const codes = [...implementations.map(({ code }) => code), recovery, initialisation, boot].filter(
    (code) => code !== null,
  );
  const operations = codes.flatMap(operationsIn);
  const called = new Set(operations.flatMap((each) => selections.byName(each)?.cases ?? [each]));
  return [...nodes].flatMap((node) => {
    if (node.kind !== 'channel' || !called.has(`${node.name}.Receive`)) return [];
    const { capacity, name } = node;
    const room = capacity.kind === 'literal' && typeof capacity.value === 'bigint' ? capacity.value : null;
    const inOrder = room === 0n || (room === 1n && !called.has(`${name}.Close`));
    return inOrder ? [] : [name];
  });
}

function operationsIn({ instructions }: Code): readonly string[] {
  return instructions.flatMap((each) => (each.kind === 'call' ? [each.operation] : []));
}
