import type { Expression, IntegerType } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type {
  CallExpression,
  Expression as GoExpression,
  FunctionDeclaration,
  FunctionLiteral,
  MethodReference,
  Variable,
} from '../go/index.js';
import { identicalTypes } from '../go/index.js';
import { Label } from './builder.js';
import { inlineFunction, prepareArgument } from './inline.js';
import type { Argument, FunctionValue, Lowering, Scoped } from './lowering.js';
import { compare, defaultOf, literal, localOf } from './operators.js';
import { snapshot } from './snapshot.js';
import { newVariable } from './variable.js';

/** Function values are numbers of what the code has met so far; 0 is nil. */
export const FUNCTION: IntegerType = UINT64;

function numbered(lowering: Lowering, value: FunctionValue): Expression {
  lowering.functionValues.push(value);
  return literal(FUNCTION, BigInt(lowering.functionValues.length));
}

/** A declared function as a value. */
export function functionValue(lowering: Lowering, declaration: FunctionDeclaration): Expression {
  const known = lowering.functionValues.findIndex(
    (each) => each.function === declaration && each.receiver === null && each.scoped === null,
  );
  if (known >= 0) return literal(FUNCTION, BigInt(known + 1));
  return numbered(lowering, { function: declaration, receiver: null, scoped: null, once: true });
}

/** A function literal with the variables around it that it shares. */
export function closureValue(lowering: Lowering, value: FunctionLiteral): Expression {
  const scoped: Scoped[] = value.captured.map((variable) => ({
    variable,
    place: lowering.places.get(variable) ?? null,
    alias: lowering.aliases.get(variable) ?? null,
    value: lowering.functions.get(variable) ?? null,
  }));
  const once = value.captured.length === 0 || lowering.frames.every((frame) => frame.loopDepth === 0);
  return numbered(lowering, { function: declarationOf(value), receiver: null, scoped, once });
}

/** `x.m` as a value; the receiver is evaluated now. Null: it is not known which method that is. */
export function methodValue(
  lowering: Lowering,
  { method }: GoExpression & { readonly kind: 'methodValue' },
): Expression | null {
  if (method.kind !== 'method' || method.function.receiver === null) return null;
  const given = prepareArgument(lowering, method.function.receiver, method.receiver, true);
  const once = lowering.frames.every((frame) => frame.loopDepth === 0);
  return numbered(lowering, { function: method.function, receiver: given, scoped: null, once });
}

/** `T.m` as a value: the receiver is the first parameter. */
export function methodExpression(lowering: Lowering, reference: MethodReference): Expression | null {
  if (reference.callee.kind !== 'method') return null;
  return numbered(lowering, {
    function: reference.callee.function,
    receiver: null,
    scoped: null,
    once: true,
    reference,
  });
}

const declarations = new WeakMap<FunctionLiteral, FunctionDeclaration>();

/** A literal as a declaration without a name. */
function declarationOf(value: FunctionLiteral): FunctionDeclaration {
  const known = declarations.get(value);
  if (known !== undefined) return known;
  const { parameters, variadic, resultTypes, results, body, span } = value;
  const declaration: FunctionDeclaration = {
    name: 'function literal',
    fullName: 'the function literal',
    exported: false,
    receiver: null,
    parameters,
    variadic,
    resultTypes,
    results,
    body,
    typeArguments: [],
    annotations: [],
    span,
    nameSpan: span,
  };
  declarations.set(value, declaration);
  return declaration;
}

/** The call of a function value: of the one that it is known to be, or of each that it may be. */
export function callValue(
  lowering: Lowering,
  call: CallExpression,
  callee: Expression,
  given: readonly Argument[],
): readonly Expression[] {
  const { builder } = lowering;
  if (callee.kind === 'literal' && callee.value !== 0n) {
    const value = lowering.functionValues[Number(callee.value) - 1];
    if (value === undefined) throw new Error('a function value without a function');
    return callKnown(lowering, call, value, given);
  }
  const chosen = snapshot(lowering, callee, '$function');
  lowering.openCalls.push({
    call,
    known: lowering.functionValues.length,
    inLoop: lowering.frames.some((frame) => frame.loopDepth > 0),
  });
  const fixed = given.map((each): Argument => fixedArgument(lowering, each));
  const types = call.type.kind === 'tuple' ? call.type.elements : [call.type];
  const results = types.map((type) =>
    builder.newLocal('$result', lowering.context.types.lower(type, call.span)),
  );
  const done = new Label();
  lowering.functionValues.forEach((value, index) => {
    if (!value.once || !fits(value, call, fixed.length)) return;
    const body = new Label();
    const next = new Label();
    builder.branch(compare('equal', chosen, literal(FUNCTION, BigInt(index + 1))), body, next);
    builder.bind(body);
    callKnown(lowering, call, value, fixed).forEach((result, position) => {
      const local = results[position];
      if (local !== undefined) builder.assign(local, result);
    });
    builder.jump(done);
    builder.bind(next);
  });
  const condition = literal({ kind: 'bool' }, false);
  const message = 'the function value may be nil';
  builder.emit({ kind: 'check', code: 'nil', condition, message });
  for (const local of results) builder.assign(local, defaultOf(builder.locals[local]?.type ?? FUNCTION));
  builder.bind(done);
  return results.map((local) => localOf(local, builder.locals[local]?.type ?? FUNCTION));
}

function fixedArgument(lowering: Lowering, argument: Argument): Argument {
  if (argument.kind === 'alias') return argument;
  return { kind: 'value', value: snapshot(lowering, argument.value, 'argument') };
}

/** Refuses calls that may reach a function value that stands for several functions, or one that the call did not know of. */
export function checkOpenCalls(lowering: Lowering): void {
  for (const { call, known, inLoop } of lowering.openCalls) {
    const isOpen = lowering.functionValues.some(
      (value, index) =>
        fits(value, call, call.arguments.length) && (!value.once || (inLoop && index >= known)),
    );
    if (!isOpen) continue;
    lowering.context.reports.unsupported(
      'the call of a function that may be one of those made in a loop',
      call.span,
      'Call it where it is made, or pass it to a function that calls it.',
    );
  }
}

/** Parameters and results are those of the call. */
function fits(value: FunctionValue, call: CallExpression, count: number): boolean {
  const { parameters, resultTypes } = value.function;
  const own = value.reference === undefined ? parameters.length : parameters.length + 1;
  if (own !== count) return false;
  const types = call.type.kind === 'tuple' ? call.type.elements : [call.type];
  const first = value.reference === undefined ? 0 : 1;
  return (
    types.length === resultTypes.length &&
    resultTypes.every((type, index) => identicalTypes(type, types[index] ?? type)) &&
    call.arguments
      .slice(first)
      .every((argument, index) => identicalTypes(argument.type, parameters[index]?.type ?? argument.type))
  );
}

function callKnown(
  lowering: Lowering,
  call: CallExpression,
  value: FunctionValue,
  given: readonly Argument[],
): readonly Expression[] {
  if (value.reference !== undefined) return callReference(lowering, call, value.reference, given);
  const saved = value.scoped?.map(({ variable }) => bound(lowering, variable)) ?? [];
  for (const each of value.scoped ?? []) bind(lowering, each);
  const results = inlineFunction(lowering, call, value.function, value.receiver, given);
  for (const each of saved) bind(lowering, each);
  return results;
}

/** The receiver is the first argument, with the selections that lead to the method's. */
function callReference(
  lowering: Lowering,
  call: CallExpression,
  { variable, callee }: MethodReference,
  [first, ...others]: readonly Argument[],
): readonly Expression[] {
  if (callee.kind !== 'method' || callee.function.receiver === null || first === undefined)
    throw new Error('a method without a receiver');
  if (first.kind === 'alias') lowering.aliases.set(variable, first.place);
  else lowering.builder.assign(newVariable(lowering, variable), first.value);
  const receiver = prepareArgument(lowering, callee.function.receiver, callee.receiver, true);
  return inlineFunction(lowering, call, callee.function, receiver, others);
}

function bound(lowering: Lowering, variable: Variable): Scoped {
  return {
    variable,
    place: lowering.places.get(variable) ?? null,
    alias: lowering.aliases.get(variable) ?? null,
    value: lowering.functions.get(variable) ?? null,
  };
}

function bind(lowering: Lowering, { variable, place, alias, value }: Scoped): void {
  if (place === null) lowering.places.delete(variable);
  else lowering.places.set(variable, place);
  if (alias === null) lowering.aliases.delete(variable);
  else lowering.aliases.set(variable, alias);
  if (value === null) lowering.functions.delete(variable);
  else lowering.functions.set(variable, value);
}

/** The value of a variable of a function type: the function itself where it is known. */
export function knownFunction(lowering: Lowering, expression: GoExpression): Expression | null {
  if (expression.kind !== 'variable') return null;
  return lowering.functions.get(expression.variable) ?? null;
}
