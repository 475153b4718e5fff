import type { Expression, IntegerType } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type {
  CallExpression,
  Expression as GoExpression,
  FunctionDeclaration,
  FunctionLiteral,
  GoType,
  Variable,
} from '../go/index.js';
import { identicalTypes, underlying } from '../go/index.js';
import { Label } from './builder.js';
import { callReference } from './dispatch.js';
import { inlineFunction, prepareArgument } from './inline.js';
import { checkHolds, fixedInterface, heldValue, isCase, knownCase } from './interface-value.js';
import type { Argument, FunctionValue, Lowering, Scoped } from './lowering.js';
import { compare, conditional, defaultOf, literal, localOf } from './operators.js';
import { snapshot } from './snapshot.js';

/** Function values are numbers of what the code has met so far; 0 is nil. */
export const FUNCTION: IntegerType = UINT64;

function numbered(lowering: Lowering, value: FunctionValue): Expression {
  lowering.functionValues.push(value);
  return literal(FUNCTION, BigInt(lowering.functionValues.length));
}

/** A declared function as a value. */
export function functionValue(lowering: Lowering, declaration: FunctionDeclaration): Expression {
  const known = lowering.functionValues.findIndex(
    ({ body }) =>
      body.kind === 'function' &&
      body.function === declaration &&
      body.receiver === null &&
      body.scoped === null,
  );
  if (known >= 0) return literal(FUNCTION, BigInt(known + 1));
  const body = { kind: 'function', function: declaration, receiver: null, scoped: null } as const;
  return numbered(lowering, { signature: signatureOf(declaration), body, once: true });
}

function signatureOf({ parameters, resultTypes }: FunctionDeclaration): FunctionValue['signature'] {
  return { parameters: parameters.map(({ type }) => type), results: resultTypes };
}

/** What is made here is made at most once. */
function isMadeOnce(lowering: Lowering): boolean {
  return lowering.frames.every((frame) => frame.loopDepth === 0);
}

/** A function literal with the variables around it that it shares. */
export function closureValue(lowering: Lowering, value: FunctionLiteral): Expression {
  const scoped: Scoped[] = value.captured.map((variable) => bound(lowering, variable));
  const once = value.captured.length === 0 || isMadeOnce(lowering);
  const declaration = declarationOf(value);
  const body = { kind: 'function', function: declaration, receiver: null, scoped } as const;
  return numbered(lowering, { signature: signatureOf(declaration), body, once });
}

/** `x.m` as a value; the receiver is evaluated now. */
export function methodValue(
  lowering: Lowering,
  { method }: GoExpression & { readonly kind: 'methodValue' },
): Expression {
  const once = isMadeOnce(lowering);
  if (method.kind === 'method') {
    const { function: declaration, receiver } = method;
    if (declaration.receiver === null) throw new Error('a method without a receiver');
    const given = prepareArgument(lowering, declaration.receiver, receiver, true);
    const body = { kind: 'function', function: declaration, receiver: given, scoped: null } as const;
    return numbered(lowering, { signature: signatureOf(declaration), body, once });
  }
  const { parameters, results } = method.method.type;
  const value = fixedInterface(lowering, lowering.value(method.receiver));
  checkHolds(lowering, value);
  const { dynamicTypes } = lowering.context.types;
  const known = knownCase(value);
  return dynamicTypes.of(method.receiver.type).reduceRight<Expression>((rest, { type }, index) => {
    const position = index + 1;
    if (known !== null && known !== position) return rest;
    const reference = dynamicTypes.method(type, method.method);
    const body = { kind: 'method', reference, receiver: heldValue(value, position) } as const;
    const own = numbered(lowering, { signature: { parameters, results }, body, once });
    return known === position || rest.kind === 'default'
      ? own
      : conditional(isCase(value, position), own, rest);
  }, defaultOf(FUNCTION));
}

/** `T.m` as a value: the receiver is the first parameter. */
export function methodExpression(
  lowering: Lowering,
  { method: reference, type }: GoExpression & { readonly kind: 'methodExpression' },
): Expression {
  const signature = underlying(type);
  if (signature.kind !== 'function') throw new Error('a method that is no function');
  const body = { kind: 'method', reference, receiver: null } as const;
  return numbered(lowering, { signature, body, once: true });
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
    library: null,
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
    if (!value.once || !fits(value, call)) return;
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
      (value, index) => fits(value, call) && (!value.once || (inLoop && index >= known)),
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
function fits({ signature }: FunctionValue, { callee }: CallExpression): boolean {
  const type = callee.kind === 'value' ? underlying(callee.function.type) : null;
  if (type?.kind !== 'function') throw new Error('the call of no function value');
  return sameTypes(signature.parameters, type.parameters) && sameTypes(signature.results, type.results);
}

function sameTypes(left: readonly GoType[], right: readonly GoType[]): boolean {
  return (
    left.length === right.length && left.every((type, index) => identicalTypes(type, right[index] ?? type))
  );
}

function callKnown(
  lowering: Lowering,
  call: CallExpression,
  { body }: FunctionValue,
  given: readonly Argument[],
): readonly Expression[] {
  if (body.kind === 'method') {
    const receiver: Argument | undefined =
      body.receiver === null ? given[0] : { kind: 'value', value: body.receiver };
    if (receiver === undefined) throw new Error('a method without a receiver');
    return callReference(
      lowering,
      call,
      body.reference,
      receiver,
      given.slice(body.receiver === null ? 1 : 0),
    );
  }
  const saved = body.scoped?.map(({ variable }) => bound(lowering, variable)) ?? [];
  for (const each of body.scoped ?? []) bind(lowering, each);
  const results = inlineFunction(lowering, call, body.function, body.receiver, given);
  for (const each of saved) bind(lowering, each);
  return results;
}

function bound(lowering: Lowering, variable: Variable): Scoped {
  return {
    variable,
    place: lowering.places.get(variable) ?? null,
    alias: lowering.aliases.get(variable) ?? null,
    value: lowering.known.get(variable) ?? null,
  };
}

function bind(lowering: Lowering, { variable, place, alias, value }: Scoped): void {
  if (place === null) lowering.places.delete(variable);
  else lowering.places.set(variable, place);
  if (alias === null) lowering.aliases.delete(variable);
  else lowering.aliases.set(variable, alias);
  if (value === null) lowering.known.delete(variable);
  else lowering.known.set(variable, value);
}
