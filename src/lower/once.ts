import type { Expression } from '../ir/index.js';
import { BOOL } from '../ir/index.js';
import type { CallExpression, Callee } from '../go/index.js';
import { Label } from './builder.js';
import { callValue } from './function-value.js';
import type { Lowering } from './lowering.js';
import { localOf } from './operators.js';
import { snapshotPlace } from './place.js';
import { snapshot } from './snapshot.js';

type Run = () => readonly [];

/** `once.Do(f)`: whoever is the first runs the function, which stands in place of the call; others wait. */
export function prepareOnce(
  lowering: Lowering,
  call: CallExpression,
  { place: once }: Callee & { kind: 'once' },
  later: boolean,
): Run {
  const found = packagePlace(lowering, once, later, 'once');
  const [argument] = call.arguments;
  if (found === null || argument === undefined) return () => [];
  const body = lowering.value(argument);
  const fixed = later ? snapshot(lowering, body, '$function') : body;
  const { name, keys } = found;
  return () => {
    const { builder } = lowering;
    const first = builder.newHidden('$first', BOOL);
    const [run, done] = [new Label(), new Label()];
    builder.emit({ kind: 'call', operation: `${name}.Begin`, arguments: keys, results: [first] });
    builder.branch(localOf(first, BOOL), run, done);
    builder.bind(run);
    const type = { kind: 'tuple', elements: [] } as const;
    const { span } = call;
    const inner: CallExpression = {
      kind: 'call',
      callee: { kind: 'value', function: argument },
      arguments: [],
      type,
      span,
    };
    callValue(lowering, inner, fixed, []);
    builder.emit({ kind: 'call', operation: `${name}.End`, arguments: keys, results: [] });
    builder.bind(done);
    return [];
  };
}

/** A method of a `sync.WaitGroup`. */
export function prepareGroup(
  lowering: Lowering,
  call: CallExpression,
  { place: group, operation }: Callee & { kind: 'group' },
  later: boolean,
): Run {
  const found = packagePlace(lowering, group, later, 'group');
  if (found === null) return () => [];
  const given = call.arguments.map((argument) => lowering.value(argument));
  const fixed = later ? given.map((value) => snapshot(lowering, value, 'argument')) : given;
  const { name, keys } = found;
  return () => {
    const args = [...keys, ...fixed];
    lowering.builder.emit({ kind: 'call', operation: `${name}.${operation}`, arguments: args, results: [] });
    return [];
  };
}

/** The package variable, or part of one, that is meant; null after a report. */
function packagePlace(
  lowering: Lowering,
  expression: Parameters<Lowering['place']>[0],
  later: boolean,
  kind: 'once' | 'group',
): { readonly name: string; readonly keys: readonly Expression[] } | null {
  const found = lowering.place(expression);
  if (found?.root !== 'memory' || found.node.kind !== kind) {
    lowering.context.reports.unverified('localLock', expression.span);
    return null;
  }
  const place = later ? snapshotPlace(lowering, found) : found;
  return { name: found.node.name, keys: place.root === 'memory' ? place.keys : [] };
}
