import type { Expression } from '../ir/index.js';
import { BOOL, UINT64 } from '../ir/index.js';
import type { Expression as GoExpression, SelectCase, Statement } from '../go/index.js';
import type { InstructionBuilder } from './builder.js';
import { Label } from './builder.js';
import { assumeCarried, channelOf, checkCarried, hasBuffer } from './channel.js';
import type { Lowering } from './lowering.js';
import { currentFrame, inScope } from './lowering.js';
import type { ChannelNode } from './memory.js';
import { compare, literal, localOf } from './operators.js';
import { snapshot } from './snapshot.js';

type Select = Extract<Statement, { kind: 'select' }>;
type Receive = GoExpression & { readonly kind: 'receive' };

/** A case that sends or receives, with its operands evaluated. */
interface ReadyCase {
  readonly node: ChannelNode;
  readonly operation: string;
  readonly arguments: readonly Expression[];
  /** What it sends; null: it receives. */
  readonly sent: Expression | null;
  /** Null: it sends. */
  readonly receive: Receive | null;
}

/** `select`: one step, of any case that can go on. What is received is assigned behind it, in the case's body. */
export function lowerSelect(lowering: Lowering, statement: Select): void {
  const { builder, context } = lowering;
  const { source } = builder;
  const done = new Label();
  currentFrame(lowering).jumps.set(statement.target, { leave: done, next: null });
  const other = statement.cases.find(({ communication }) => communication === null) ?? null;
  const communicating = statement.cases.filter((each) => each !== other);
  const cases = communicating.map(({ communication }) => prepareCase(lowering, communication));
  if (cases.length === 0) {
    if (other === null) context.reports.unverified('select', statement.span);
    else lowering.block(other.body);
    builder.bind(done);
    return;
  }
  if (!cases.every((each) => each !== null)) return;
  const taken = emitStep(lowering, cases, other !== null);
  const bodies = communicating.map((each, index) => ({
    body: each,
    received: taken.received[index] ?? null,
  }));
  const alternatives = [...bodies, ...(other === null ? [] : [{ body: other, received: null }])];
  alternatives.forEach(({ body, received }, index) => {
    const [here, next] = [new Label(), new Label()];
    if (index + 1 < alternatives.length) {
      builder.branch(compare('equal', taken.chosen, literal(UINT64, BigInt(index))), here, next);
      builder.bind(here);
    }
    lowerBody(lowering, body, cases[index] ?? null, received);
    builder.source = source;
    builder.jump(done);
    builder.bind(next);
  });
  builder.bind(done);
}

/** Null after a report. */
function prepareCase(lowering: Lowering, communication: Statement | null): ReadyCase | null {
  const { context } = lowering;
  if (communication?.kind === 'send') {
    context.order.check(communication);
    const known = channelOf(lowering, communication.channel);
    const given = snapshot(lowering, lowering.value(communication.value), 'sent');
    if (known === null) return null;
    if (!hasBuffer(known.node)) {
      context.reports.unverified('select', communication.span);
      return null;
    }
    const { node, keys } = known;
    return {
      node,
      operation: `${node.name}.Send`,
      arguments: [...keys, given],
      sent: given,
      receive: null,
    };
  }
  const receive = receiveOf(communication);
  const known = channelOf(lowering, receive.channel);
  if (known === null) return null;
  const { node, keys } = known;
  return {
    node,
    operation: `${node.name}.Receive`,
    arguments: [...keys, literal(UINT64, 0n)],
    sent: null,
    receive,
  };
}

/** What a case receives, perhaps converted to the type of what it is assigned to. */
function receiveOf(communication: Statement | null): Receive {
  let expression: GoExpression | undefined;
  if (communication?.kind === 'expression') expression = communication.call;
  else if (communication?.kind === 'assign') [expression] = communication.values;
  while (expression?.kind === 'convert') expression = expression.operand;
  if (expression?.kind !== 'receive') throw new Error('a case that neither sends nor receives');
  return expression;
}

/** The number of the case that is taken, and of each that receives what it got. */
function emitStep(
  { builder, context }: Lowering,
  cases: readonly ReadyCase[],
  hasDefault: boolean,
): {
  readonly chosen: Expression;
  readonly received: readonly (readonly [Expression, Expression] | null)[];
} {
  const { operation, results } = context.selections.of(
    cases.map((each) => each.operation),
    hasDefault,
  );
  const { locals, parameterCount, resultCount } = operation;
  const given = cases.flatMap((each) => each.arguments);
  if (hasDefault) given.push(early(builder));
  const targets = locals
    .slice(parameterCount, parameterCount + resultCount)
    .map(({ name, type }) => ({ type, local: builder.newTemporary(name, type) }));
  builder.emit({
    kind: 'call',
    operation: operation.name,
    arguments: given,
    results: targets.map(({ local }) => local),
  });
  const values = targets.map(({ local, type }) => localOf(local, type));
  const received = results.map((own): readonly [Expression, Expression] | null => {
    const [value, ok] = own.map((index) => values[index]);
    return value === undefined || ok === undefined ? null : [value, ok];
  });
  const [chosen] = values;
  if (chosen === undefined) throw new Error('a step that does not say which case it takes');
  return { chosen, received };
}

/**
 * Whether the default is taken although some case could go on. Go finds out at some moment that none could, but orders nothing that others did
 * before that moment before what follows here; so nothing must follow from it. Executions take the default only where none can go on.
 */
function early(builder: InstructionBuilder): Expression {
  const local = builder.newTemporary('early', BOOL);
  builder.emit({ kind: 'choose', local, where: literal(BOOL, true), usual: literal(BOOL, false) });
  return localOf(local, BOOL);
}

function lowerBody(
  lowering: Lowering,
  { communication, body }: SelectCase,
  taken: ReadyCase | null,
  received: readonly [Expression, Expression] | null,
): void {
  inScope(lowering, () => {
    const receive = taken?.receive ?? null;
    // Only a case that is taken sends.
    if (taken !== null && taken.sent !== null) checkCarried(lowering, taken.node, taken.sent);
    if (taken !== null && received !== null) assumeCarried(lowering, taken.node, received);
    if (communication?.kind === 'assign' && receive !== null && received !== null) {
      lowering.received.set(receive, received);
      // What is annotated there would not go with the step, which is over.
      lowering.statement({ ...communication, annotations: [] });
      lowering.received.delete(receive);
    }
    lowering.block(body);
  });
}
