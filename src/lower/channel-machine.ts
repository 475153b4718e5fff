import type { Span } from '../base/source.js';
import { UINT64 } from '../ir/index.js';
import type { Operation, StateVariable } from '../ir/index.js';
import type { Expression as GoExpression, GoType } from '../go/index.js';
import { underlying } from '../go/index.js';
import type { FamilyIndex, FreshNames, LayerArgument } from '../layer/index.js';
import { instantiateLayer } from '../layer/index.js';
import type { Constants } from './constant.js';
import { leadsTo } from './contained.js';
import type { TypeTable } from './go-type.js';
import type { ChannelNode } from './memory.js';
import { literal, toUint64 } from './operators.js';
import type { PrimitiveLayers } from './primitives.js';
import type { Reports } from './reports.js';

type Make = GoExpression & { readonly kind: 'make' };

/** What machines of channels are made with. */
export interface ChannelInputs {
  readonly reports: Reports;
  readonly types: TypeTable;
  readonly constants: Constants;
  readonly names: FreshNames;
  readonly layers: PrimitiveLayers;
}

export interface ChannelMachine {
  readonly node: ChannelNode;
  readonly state: readonly StateVariable[];
  readonly operations: readonly Operation[];
}

/** Kinds of types whose values refer to something. */
const REFERENCES: ReadonlySet<GoType['kind']> = new Set<GoType['kind']>([
  'pointer',
  'slice',
  'map',
  'function',
  'channel',
  'interface',
]);

/** The `make` of a channel, perhaps converted to a channel of one direction; null: another expression. */
export function channelMake(expression: GoExpression): Make | null {
  const given = withoutDirection(expression);
  return given.kind === 'make' && underlying(given.type).kind === 'channel' ? given : null;
}

/** What a channel is converted from. */
export function withoutDirection(expression: GoExpression): GoExpression {
  let given = expression;
  while (given.kind === 'convert' && underlying(given.operand.type).kind === 'channel') given = given.operand;
  return given;
}

/** A channel, or a family of them, each of whose operations is made of steps of its own. */
export function channelMachine(
  { constants, layers, names, reports, types }: ChannelInputs,
  name: string,
  { sizes, type: made }: Make,
  index: readonly FamilyIndex[],
  span: Span,
): ChannelMachine {
  const type = underlying(made);
  if (type.kind !== 'channel') throw new Error(`${name} is no channel`);
  const [size] = sizes;
  if (leadsTo(type.element, ({ kind }) => REFERENCES.has(kind))) {
    const hint = 'Send values without pointers, slices, maps, functions, channels and interfaces.';
    reports.unsupported(`a channel of values that refer to memory (${name})`, span, hint);
  }
  const known = size?.constant === undefined ? null : toUint64(constants.lower(size));
  const given = size === undefined ? literal(UINT64, 0n) : known;
  if (given?.kind !== 'literal') {
    const hint = 'Write the capacity as a number, or as a constant that depends on no parameter.';
    reports.unsupported(`a channel whose capacity is no number (${name})`, span, hint);
  }
  // After a report the channel is there nevertheless: its uses are no errors of their own.
  const capacity = given?.kind === 'literal' ? given : literal(UINT64, 1n);
  const element = types.lower(type.element, span);
  const isRendezvous = capacity.kind === 'literal' && capacity.value === 0n;
  const layer = isRendezvous ? layers.rendezvous : layers.channel;
  const room: readonly LayerArgument[] = isRendezvous ? [] : [{ kind: 'value', expression: capacity }];
  const result = instantiateLayer(layer, {
    arguments: [{ kind: 'type', type: element }, ...room],
    side: 'machine',
    origin: 'atomic',
    statePrefix: `${name}.`,
    operationPrefix: `${name}.`,
    names,
    index,
  });
  if (!result.ok)
    throw new Error(`the layer of channels cannot be used: ${result.diagnostics[0]?.message ?? ''}`);
  return {
    node: { kind: 'channel', name, element, capacity },
    state: result.value.state.map((each) => ({ ...each, span })),
    operations: result.value.operations,
  };
}
