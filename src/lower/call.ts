import type { Expression } from '../ir/index.js';
import { BOOL } from '../ir/index.js';
import type { BuiltinCallee, CallExpression, Callee, Expression as GoExpression } from '../go/index.js';
import { underlying } from '../go/index.js';
import { prepareAtomic } from './atomic.js';
import { channelOf, closeChannel } from './channel.js';
import { prepareCondition } from './condition.js';
import { assignedAs } from './conversion.js';
import { callHeld } from './dispatch.js';
import { panicValue, signatureOf, spreadTypes } from './dynamic-types.js';
import { checkKey } from './equality.js';
import { callValue } from './function-value.js';
import { checkHolds, fixedInterface } from './interface-value.js';
import type { Argument, Lowering } from './lowering.js';
import { mapAt, removeEntries } from './map.js';
import { prepareGroup, prepareOnce } from './once.js';
import { convert, defaultOf, localOf } from './operators.js';
import { snapshotPlace } from './place.js';
import { snapshot } from './snapshot.js';
import { clearSlice, copySlice, sliceOfValues } from './slice.js';
import { emitPanic, prepareArgument, inlineFunction } from './inline.js';

/** The results of a call. Machine operations and locks are instructions; functions of the package are inlined. */
export function lowerCall(
  lowering: Lowering,
  call: CallExpression,
  into: readonly (number | null)[] | null,
): readonly Expression[] {
  return prepareCall(lowering, call, false)(into);
}

type Run = (into: readonly (number | null)[] | null) => readonly Expression[];

/** Evaluates the operands now (fixing their values if the call is to happen later), and returns the call itself. */
export function prepareCall(lowering: Lowering, call: CallExpression, later: boolean): Run {
  const { callee } = call;
  switch (callee.kind) {
    case 'lock':
      return prepareLock(lowering, callee, later);
    case 'atomic':
      return prepareAtomic(lowering, call, callee, later);
    case 'condition':
      return prepareCondition(lowering, callee);
    case 'once':
      return prepareOnce(lowering, call, callee, later);
    case 'group':
      return prepareGroup(lowering, call, callee, later);
    case 'machine': {
      const values = callValues(lowering, call, later);
      return (into) => machineCall(lowering, call, callee, values, into);
    }
    case 'function':
    case 'method':
      return prepareOwn(lowering, call, callee, later);
    case 'value':
      return prepareValue(lowering, call, callee.function, later);
    case 'interface':
      return prepareInterface(lowering, call, callee, later);
    case 'builtin':
      return prepareBuiltin(lowering, call, callee);
  }
}

function callValues(lowering: Lowering, call: CallExpression, later: boolean): readonly Expression[] {
  const fix = (value: Expression): Expression => (later ? snapshot(lowering, value, 'argument') : value);
  return isSpread(call)
    ? lowering.call(call.arguments[0], null).map(fix)
    : call.arguments.map((argument) => fix(lowering.value(argument)));
}

/** The results of one call are the arguments of another. */
function isSpread(call: CallExpression): call is CallExpression & { readonly arguments: [CallExpression] } {
  const [first] = call.arguments;
  return call.arguments.length === 1 && first?.kind === 'call' && first.type.kind === 'tuple';
}

function prepareOwn(
  lowering: Lowering,
  call: CallExpression,
  callee: Callee & { kind: 'function' | 'method' },
  later: boolean,
): Run {
  const declaration = callee.function;
  const receiver =
    callee.kind === 'method' && declaration.receiver !== null
      ? prepareArgument(lowering, declaration.receiver, callee.receiver, later)
      : null;
  const given: readonly Argument[] = isSpread(call)
    ? spreadArguments(lowering, call, later)
    : call.arguments.map((argument, index) =>
        prepareArgument(lowering, declaration.parameters[index] ?? null, argument, later),
      );
  return () => inlineFunction(lowering, call, declaration, receiver, given);
}

function prepareValue(lowering: Lowering, call: CallExpression, callee: GoExpression, later: boolean): Run {
  const value = lowering.value(callee);
  const fixed = later ? snapshot(lowering, value, '$function') : value;
  const given = passedValues(lowering, call, later);
  return () => callValue(lowering, call, fixed, given);
}

/** A method of what an interface holds. */
function prepareInterface(
  lowering: Lowering,
  call: CallExpression,
  { method, receiver }: Callee & { kind: 'interface' },
  later: boolean,
): Run {
  const value = fixedInterface(lowering, lowering.value(receiver));
  if (later) checkHolds(lowering, value);
  const given = passedValues(lowering, call, later);
  return () => {
    if (!later) checkHolds(lowering, value);
    return callHeld(lowering, call, method, receiver.type, value, given);
  };
}

/** Arguments of a call of which it is not known what it runs. */
function passedValues(lowering: Lowering, call: CallExpression, later: boolean): readonly Argument[] {
  return isSpread(call)
    ? spreadArguments(lowering, call, later)
    : call.arguments.map((argument) => prepareArgument(lowering, null, argument, later));
}

/** The results of a call as arguments: as values of the types of the parameters, those of a variadic one in a slice. */
function spreadArguments(
  lowering: Lowering,
  call: CallExpression & { readonly arguments: [CallExpression] },
  later: boolean,
): readonly Argument[] {
  const [passed] = call.arguments;
  const signature = signatureOf(call.callee);
  if (passed.type.kind !== 'tuple' || signature === null) throw new Error('results that nothing takes');
  const { elements } = passed.type;
  const types = spreadTypes(call, elements.length);
  const values = lowering.call(passed, null).map((value, index) => {
    const [from, to] = [elements[index], types[index]];
    if (from === undefined || to === undefined) throw new Error('a result without a parameter');
    const own = assignedAs(lowering, value, from, to, passed.span);
    return later ? snapshot(lowering, own, 'argument') : own;
  });
  const { parameters, variadic } = signature;
  const last = parameters.at(-1);
  const fixed = variadic ? parameters.length - 1 : values.length;
  const rest =
    variadic && last !== undefined ? [sliceOfValues(lowering, last, values.slice(fixed), passed.span)] : [];
  return [...values.slice(0, fixed), ...rest].map((value): Argument => ({ kind: 'value', value }));
}

function prepareBuiltin(lowering: Lowering, call: CallExpression, callee: BuiltinCallee): Run {
  const [first, second] = call.arguments;
  switch (callee.function) {
    case 'copy': {
      if (first === undefined || second === undefined) break;
      const target = snapshot(lowering, lowering.value(first), '$target');
      const source = snapshot(lowering, lowering.value(second), '$source');
      return () => [convertTo(lowering, copySlice(lowering, target, source), call)];
    }
    case 'clear':
    case 'delete': {
      if (first === undefined) break;
      return underlying(first.type).kind === 'slice'
        ? prepareClearSlice(lowering, first)
        : prepareRemoval(lowering, first, second ?? null);
    }
    case 'close': {
      const channel = first === undefined ? null : channelOf(lowering, first);
      return () => {
        if (channel !== null) closeChannel(lowering, channel);
        return [];
      };
    }
    case 'panic': {
      const given = first === undefined ? null : panicValue(first);
      if (given !== null && given.constant === undefined) lowering.value(given);
      return () => {
        emitPanic(lowering);
        return [];
      };
    }
  }
  throw new Error(`${callee.function} without its arguments`);
}

function prepareClearSlice(lowering: Lowering, slice: GoExpression): Run {
  const fixed = snapshot(lowering, lowering.value(slice), '$slice');
  return () => {
    clearSlice(lowering, fixed);
    return [];
  };
}

function prepareRemoval(lowering: Lowering, map: GoExpression, key: GoExpression | null): Run {
  const place = mapAt(lowering, map);
  const fixed = key === null ? null : snapshot(lowering, lowering.value(key), '$key');
  if (key !== null && fixed !== null) checkKey(lowering, key.type, fixed, key.span);
  return () => {
    removeEntries(lowering, place, fixed);
    return [];
  };
}

function convertTo(lowering: Lowering, value: Expression, call: CallExpression): Expression {
  const type = lowering.context.types.lower(call.type, call.span);
  return type.kind === 'integer' ? convert(value, type) : value;
}

function prepareLock(lowering: Lowering, callee: Callee & { kind: 'lock' }, later: boolean): Run {
  const found = lowering.place(callee.mutex);
  if (found?.root !== 'memory' || found.node.kind !== 'lock') {
    lowering.context.reports.unsupported(
      'a lock that is no package variable',
      callee.mutex.span,
      'Declare the lock at package level, on its own or in a struct or an array.',
    );
    return () => [];
  }
  const { node } = found;
  const place = later ? snapshotPlace(lowering, found) : found;
  const keys = place.root === 'memory' ? place.keys : [];
  const operation = `${node.name}.${callee.operation}`;
  return () => {
    lowering.builder.emit({ kind: 'call', operation, arguments: keys, results: [] });
    return [];
  };
}

function machineCall(
  lowering: Lowering,
  call: CallExpression,
  callee: Callee & { kind: 'machine' },
  values: readonly Expression[],
  into: readonly (number | null)[] | null,
): readonly Expression[] {
  const { builder, context } = lowering;
  const found = context.machineFunction(callee.package, callee.function);
  if (found === null) {
    const name = `${callee.package.name}.${callee.function.name}`;
    context.reports.add(
      'name',
      `${name} is no operation of the machine layer that this package runs over`,
      call.span,
      'Call an operation of the layer named after `over` in `refines`.',
    );
    const type = call.type.kind === 'tuple' ? null : context.types.lower(call.type, call.span);
    return type === null ? [] : [defaultOf(type)];
  }
  if (found.kind === 'pure') return [found.apply(values)];
  const { operation } = found;
  const resultLocals = operation.locals.slice(
    operation.parameterCount,
    operation.parameterCount + operation.resultCount,
  );
  const results = into ?? resultLocals.map((result) => builder.newHidden(callee.function.name, result.type));
  builder.emit({ kind: 'call', operation: operation.name, arguments: values, results });
  return results.map((local, index) => {
    const type = resultLocals[index]?.type ?? BOOL;
    return local === null ? defaultOf(type) : localOf(local, type);
  });
}
