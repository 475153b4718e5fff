import type { Expression } from '../ir/index.js';
import { BOOL, UINT64 } from '../ir/index.js';
import type { Expression as GoExpression, Statement } from '../go/index.js';
import { underlying } from '../go/index.js';
import { withoutDirection } from './channel-machine.js';
import type { LoopClauses, Lowering, Place } from './lowering.js';
import { runLoop } from './loop.js';
import type { ChannelNode } from './memory.js';
import { compare, literal, localOf, logical } from './operators.js';
import type { RangeStatement } from './range-target.js';
import { assignRange } from './range-target.js';

/** A channel that a variable always is, and which one of a family. */
export interface KnownChannel {
  readonly node: ChannelNode;
  readonly keys: readonly Expression[];
}

/** The channel that an expression always is; null after a report. */
export function channelOf(lowering: Lowering, expression: GoExpression): KnownChannel | null {
  const place = channelPlace(lowering, expression);
  if (place !== null) return place;
  lowering.context.reports.unverified('channel', expression.span);
  return null;
}

/** The same where it may be anything else: null then. */
export function channelPlace(
  { places, context }: Lowering,
  expression: GoExpression,
): (Place & KnownChannel) | null {
  const named = withoutDirection(expression);
  if (named.kind !== 'variable' || underlying(named.type).kind !== 'channel') return null;
  const local = places.get(named.variable);
  const node = local === undefined ? context.memory.get(named.variable) : null;
  const place = node === undefined || node === null ? local : ({ root: 'memory', node, keys: [] } as const);
  if (place?.root !== 'memory' || place.node.kind !== 'channel') return null;
  return { ...place, node: place.node };
}

/** Whether a sender may go on before its value is received. */
export function hasBuffer({ capacity }: ChannelNode): boolean {
  return capacity.kind !== 'literal' || capacity.value !== 0n;
}

/** `c <- v`: the value is there before the sender waits for room. */
export function lowerSend(
  lowering: Lowering,
  { channel, value }: Extract<Statement, { kind: 'send' }>,
): void {
  const known = channelOf(lowering, channel);
  const given = lowering.value(value);
  if (known === null) return;
  const { node, keys } = known;
  checkCarried(lowering, node, given);
  lowering.builder.emit({
    kind: 'call',
    operation: `${node.name}.Send`,
    arguments: [...keys, given],
    results: [],
  });
}

/** `<-c`: what is received, and whether something was. */
export function receive(
  lowering: Lowering,
  expression: GoExpression & { readonly kind: 'receive' },
): readonly [Expression, Expression] {
  const earlier = lowering.received.get(expression);
  if (earlier !== undefined) return earlier;
  const node = channelOf(lowering, expression.channel);
  if (node === null) return [literal(BOOL, false), literal(BOOL, false)];
  return received(lowering, node);
}

/** What is sent is what the channel is said to carry. */
export function checkCarried({ builder, carried }: Lowering, node: ChannelNode, value: Expression): void {
  const condition = carried.get(node)?.(value);
  if (condition === undefined) return;
  const message = 'the channel may not carry this value';
  builder.emit({ kind: 'check', code: 'assertion', condition, message });
}

/** So what is received is, too: all threads that know the channel have the values of the variables in the formula from the one that made it. */
export function assumeCarried(
  { builder, carried }: Lowering,
  node: ChannelNode,
  [value, ok]: readonly [Expression, Expression],
): void {
  const holds = carried.get(node)?.(value);
  if (holds !== undefined)
    builder.emit({ kind: 'assume', condition: logical('implies', ok, holds), reason: 'memory' });
}

function received(lowering: Lowering, { node, keys }: KnownChannel): readonly [Expression, Expression] {
  const { builder } = lowering;
  const { name, element } = node;
  const [value, ok] = [builder.newTemporary('received', element), builder.newTemporary('ok', BOOL)];
  builder.emit({
    kind: 'call',
    operation: `${name}.Receive`,
    arguments: [...keys, literal(UINT64, 0n)],
    results: [value, ok],
  });
  const parts = [localOf(value, element), localOf(ok, BOOL)] as const;
  assumeCarried(lowering, node, parts);
  return parts;
}

/** `close(c)`. */
export function closeChannel(lowering: Lowering, { node, keys }: KnownChannel): void {
  lowering.context.channels.close(node.name);
  lowering.builder.emit({ kind: 'call', operation: `${node.name}.Close`, arguments: keys, results: [] });
}

/** `range` over a channel: until it is closed and empty. */
export function lowerChannelRange(lowering: Lowering, statement: RangeStatement, clauses: LoopClauses): void {
  const node = channelOf(lowering, statement.over);
  if (node === null) return;
  let value: Expression | null = null;
  runLoop(
    lowering,
    statement,
    clauses,
    { invariants: [], decreases: null, counted: null },
    {
      condition: () => {
        const [given, ok] = received(lowering, node);
        value = given;
        return ok;
      },
      start: () => {
        const given = value;
        if (given === null) throw new Error('a round without a value');
        assignRange(lowering, statement, 'key', () => given);
      },
      next: () => undefined,
    },
  );
}

/**
 * `len(c)`. Go reads it without waiting for anybody: it says how many values there were, but nothing orders what others did before that moment. So any
 * number that there is room for is possible; executions take the number of values. When in a statement it is read is open in Go, and makes no difference then.
 */
export function channelLength({ builder }: Lowering, known: KnownChannel): Expression {
  const { node, keys } = known;
  if (!hasBuffer(node)) return literal(UINT64, 0n);
  const [count, length] = [builder.newTemporary('count', UINT64), builder.newTemporary('length', UINT64)];
  builder.emit({ kind: 'call', operation: `${node.name}.Len`, arguments: keys, results: [count] });
  const value = localOf(length, UINT64);
  const where = compare('lessEqual', value, node.capacity);
  builder.emit({ kind: 'choose', local: length, where, usual: localOf(count, UINT64) });
  return value;
}
