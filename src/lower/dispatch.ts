import type { Expression } from '../ir/index.js';
import { BOOL } from '../ir/index.js';
import type { CallExpression, GoType, InterfaceMethod, MethodCallee, MethodReference } from '../go/index.js';
import { identicalTypes, showGoType } from '../go/index.js';
import { Label } from './builder.js';
import { inlineFunction, prepareArgument } from './inline.js';
import { checkHolds, fixedInterface, heldValue, isCase, knownCase } from './interface-value.js';
import type { Argument, Lowering } from './lowering.js';
import { defaultOf, localOf } from './operators.js';
import { snapshot } from './snapshot.js';
import { newVariable } from './variable.js';

/** Calls a method with its receiver in a variable of its own. */
export function callReference(
  lowering: Lowering,
  call: CallExpression,
  { variable, callee }: MethodReference,
  receiver: Argument,
  given: readonly Argument[],
): readonly Expression[] {
  if (receiver.kind === 'alias') lowering.aliases.set(variable, receiver.place);
  else lowering.builder.assign(newVariable(lowering, variable), receiver.value);
  return callMethod(lowering, call, callee, given);
}

function callMethod(
  lowering: Lowering,
  call: CallExpression,
  callee: MethodCallee,
  given: readonly Argument[],
): readonly Expression[] {
  if (callee.kind === 'interface') {
    const value = fixedInterface(lowering, lowering.value(callee.receiver));
    checkHolds(lowering, value);
    return callHeld(lowering, call, callee.method, callee.receiver.type, value, given);
  }
  const { receiver } = callee.function;
  if (receiver === null) throw new Error('a method without a receiver');
  const own = prepareArgument(lowering, receiver, callee.receiver, true);
  return inlineFunction(lowering, call, callee.function, own, given);
}

/** The call of a method of what an interface holds, which is not nil: of the one of its type, or of each that it may have. */
export function callHeld(
  lowering: Lowering,
  call: CallExpression,
  method: InterfaceMethod,
  interfaceType: GoType,
  value: Expression,
  given: readonly Argument[],
): readonly Expression[] {
  const { builder, context } = lowering;
  const resultTypes = method.type.results.map((type) => context.types.lower(type, call.span));
  const may = context.types.dynamicTypes.of(interfaceType);
  const known = knownCase(value) ?? (may.length === 1 ? 1 : null);
  const callAt = (position: number, args: readonly Argument[]): readonly Expression[] => {
    const type = may[position - 1]?.type;
    if (type === undefined) return resultTypes.map(defaultOf);
    return callOn(lowering, call, method, type, heldValue(value, position), args);
  };
  if (known !== null) return callAt(known, given);
  const fixed = given.map((each): Argument =>
    each.kind === 'alias' ? each : { kind: 'value', value: snapshot(lowering, each.value, 'argument') },
  );
  const results = resultTypes.map((type) => builder.newHidden('result', type));
  const { isOptional } = lowering;
  const done = new Label();
  lowering.isOptional = true;
  may.forEach((_, index) => {
    const next = new Label();
    if (index + 1 < may.length) {
      const body = new Label();
      builder.branch(isCase(value, index + 1), body, next);
      builder.bind(body);
    }
    callAt(index + 1, fixed).forEach((result, position) => {
      const local = results[position];
      if (local !== undefined) builder.assign(local, result);
    });
    builder.jump(done);
    builder.bind(next);
  });
  lowering.isOptional = isOptional;
  builder.bind(done);
  return results.map((local, index) => localOf(local, resultTypes[index] ?? BOOL));
}

/** The call of a method of a value of a type. */
function callOn(
  lowering: Lowering,
  call: CallExpression,
  method: InterfaceMethod,
  type: GoType,
  value: Expression,
  given: readonly Argument[],
): readonly Expression[] {
  const { dispatching, context } = lowering;
  const reference = context.types.dynamicTypes.method(type, method);
  const isAgain = dispatching.some((each) => each.method === method.name && identicalTypes(each.type, type));
  if (reference.callee.kind === 'interface' && isAgain) {
    const name = `the method ${method.name} of ${showGoType(type)}`;
    context.reports.unsupported(`recursion (${name} calls ${name})`, call.span, 'Write it as a loop.');
    return method.type.results.map((each) => defaultOf(context.types.lower(each, call.span)));
  }
  dispatching.push({ type, method: method.name });
  const results = callReference(lowering, call, reference, { kind: 'value', value }, given);
  dispatching.pop();
  return results;
}
