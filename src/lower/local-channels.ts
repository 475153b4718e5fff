import type { Expression, MachineOperation, Operation, StateVariable, Statement, Type } from '../ir/index.js';
import { BOOL, UINT64, rewriteExpression } from '../ir/index.js';
import type { Expression as GoExpression, Variable } from '../go/index.js';
import { instantiateLayer, mapStatement } from '../layer/index.js';
import { channelMachine } from './channel-machine.js';
import type { ChannelInputs } from './channel-machine.js';
import type { Carried, Lowering } from './lowering.js';
import { currentFrame } from './lowering.js';
import type { ChannelNode } from './memory.js';
import { literal, localOf } from './operators.js';

type Make = GoExpression & { readonly kind: 'make' };

/**
 * Channels that operations make. Each `make` has a family of channels, one for each time that it runs, of which nothing is known but what it does: no formula
 * can name them.
 */
export class LocalChannels {
  readonly state: StateVariable[] = [];
  readonly operations: MachineOperation[] = [];
  readonly names = new Set<string>();
  /** Those that some code closes. */
  private readonly closed = new Set<string>();

  constructor(private readonly inputs: ChannelInputs) {}

  close(name: string): void {
    this.closed.add(name);
  }

  /** An operation, once all code is lowered: a channel that no code closes is not closed. */
  settled(operation: MachineOperation): MachineOperation {
    const open = new Set(
      [...this.names].filter((name) => !this.closed.has(name)).map((name) => `${name}.closed`),
    );
    const isClosed = (node: Expression): boolean =>
      node.kind === 'index' && node.collection.kind === 'state' && open.has(node.collection.variable);
    const settled = (statement: Statement): Statement =>
      mapStatement(
        statement,
        (each) => rewriteExpression(each, (node) => (isClosed(node) ? literal(BOOL, false) : node)),
        (place) => place,
        (local) => local,
      );
    return { ...operation, sections: operation.sections.map((section) => section.map(settled)) };
  }

  add(name: string, made: Make): ChannelNode {
    let own = name;
    for (let number = 2; this.names.has(own); number += 1) own = `${name} ${number}`;
    const { span } = made;
    const machine = channelMachine(this.inputs, own, made, [{ name: 'i', type: UINT64 }], span);
    this.names.add(own);
    const prefix = `${own}.`;
    const counter = instantiateLayer(this.inputs.layers.making, {
      arguments: [],
      side: 'machine',
      origin: 'atomic',
      statePrefix: prefix,
      operationPrefix: prefix,
      names: this.inputs.names,
      index: [],
    });
    if (!counter.ok) throw new Error('the layer that counts channels cannot be used');
    this.state.push(...machine.state, ...counter.value.state.map((each) => ({ ...each, span })));
    for (const each of [...machine.operations.map(withoutRequires), ...counter.value.operations])
      this.operations.push({ ...each, role: { kind: 'layer' } });
    return machine.node;
  }
}

/** What is required of those who send and close is seen from the code, by {@link checkLocalChannels}. */
function withoutRequires(operation: Operation): Operation {
  const without = (section: readonly Statement[]): readonly Statement[] =>
    section.filter(({ kind }) => kind !== 'require');
  return { ...operation, sections: operation.sections.map(without) };
}

/** `c := make(chan T, n)`: from here on the variable is the channel that is made here. */
export function declareChannel(
  lowering: Lowering,
  variable: Variable,
  made: Make,
  carried: (element: Type) => Carried | null,
): void {
  const { builder, context, places } = lowering;
  if (lowering.role !== 'operation') {
    context.reports.unverified('channel', made.span);
    return;
  }
  const maker = context.linked.functionName(currentFrame(lowering).function);
  const node = context.channels.add(`${maker}().${variable.name}`, made);
  const number = builder.newTemporary(variable.name, UINT64);
  builder.emit({ kind: 'call', operation: `${node.name}.Make`, arguments: [], results: [number] });
  const each = carried(node.element);
  if (each !== null) lowering.carried.set(node, each);
  places.set(variable, { root: 'memory', node, keys: [localOf(number, UINT64)] });
}
