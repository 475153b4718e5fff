import { BOOL } from '../ir/index.js';
import type { Expression } from '../ir/index.js';
import type { CallExpression, Callee } from '../go/index.js';
import type { Lowering } from './lowering.js';
import { localOf } from './operators.js';
import { snapshotPlace } from './place.js';
import { snapshot } from './snapshot.js';

/** An operation of `sync/atomic`: one step. Evaluates the operands now (`later`: fixing their values) and returns the step. */
export function prepareAtomic(
  lowering: Lowering,
  call: CallExpression,
  callee: Callee & { kind: 'atomic' },
  later: boolean,
): (into: readonly (number | null)[] | null) => readonly Expression[] {
  const { builder, context } = lowering;
  const found = lowering.place(callee.place);
  const evaluated = argumentsOf(lowering, call);
  const values = later ? evaluated.map((each) => snapshot(lowering, each, 'argument')) : evaluated;
  if (found?.root !== 'memory' || found.node.kind !== 'cell' || found.node.access !== 'atomic') {
    context.reports.unsupported(
      'an atomic operation on anything but a package variable',
      callee.place.span,
      'Declare the variable at package level, on its own or in a struct or an array.',
    );
    return () => [];
  }
  const place = later ? snapshotPlace(lowering, found) : found;
  const keys = place.root === 'memory' ? place.keys : [];
  const operation = `${found.node.name}.${callee.operation}`;
  const result = callee.operation === 'CompareAndSwap' ? BOOL : found.node.type;
  return (into) => {
    const results =
      callee.operation === 'Store' ? [] : (into ?? [builder.newHidden(callee.operation, result)]);
    builder.emit({ kind: 'call', operation, arguments: [...keys, ...values], results });
    const [local] = results;
    return local === undefined || local === null ? [] : [localOf(local, result)];
  };
}

/** Operands in Go's order; a single call may give all of them. */
function argumentsOf(lowering: Lowering, call: CallExpression): readonly Expression[] {
  const [first] = call.arguments;
  const isSpread = call.arguments.length === 1 && first?.kind === 'call' && first.type.kind === 'tuple';
  return isSpread ? lowering.call(first, null) : call.arguments.map((argument) => lowering.value(argument));
}
