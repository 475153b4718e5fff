import type { Expression } from '../ir/index.js';
import type {
  Block,
  BuiltinCallee,
  CallExpression,
  Callee,
  Expression as GoExpression,
  FunctionDeclaration,
  Statement,
  UnverifiedName,
  Variable,
} from '../go/index.js';
import { identicalTypes, underlying } from '../go/index.js';
import { prepareAtomic } from './atomic.js';
import { Label } from './builder.js';
import { prepareCondition } from './condition.js';
import { callValue } from './function-value.js';
import type { Argument, Deferred, Frame, Lowering } from './lowering.js';
import { currentFrame, declareName } from './lowering.js';
import { removeEntries } from './map.js';
import { convert, defaultOf, literal, localOf } from './operators.js';
import { knownPlace, snapshot, snapshotPlace } from './place.js';
import { referenceOf } from './region.js';
import { clearSlice, copySlice, sequenceOf } from './slice.js';
import { declareVariable, newVariable } from './variable.js';
import { BOOL } from '../ir/index.js';

/** Code that inlining makes longer than this is refused. */
const MAXIMAL_SIZE = 20_000;

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
      return unverifiedCall(lowering, call, 'interface');
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
  let given: readonly Argument[];
  if (isSpread(call)) {
    checkSpread(lowering, call, declaration);
    given = callValues(lowering, call, later).map((value) => ({ kind: 'value', value }));
  } else {
    given = call.arguments.map((argument, index) =>
      prepareArgument(lowering, declaration.parameters[index] ?? null, argument, later),
    );
  }
  return () => inlineFunction(lowering, call, declaration, receiver, given);
}

function prepareValue(lowering: Lowering, call: CallExpression, callee: GoExpression, later: boolean): Run {
  const value = lowering.value(callee);
  const fixed = later ? snapshot(lowering, value, '$function') : value;
  const given: readonly Argument[] = isSpread(call)
    ? callValues(lowering, call, later).map((each) => ({ kind: 'value', value: each }))
    : call.arguments.map((argument) => prepareArgument(lowering, null, argument, later));
  return () => callValue(lowering, call, fixed, given);
}

function prepareBuiltin(lowering: Lowering, call: CallExpression, callee: BuiltinCallee): Run {
  const [first, second] = call.arguments;
  switch (callee.function) {
    case 'copy':
      if (first === undefined || second === undefined) break;
      return () => [convertTo(lowering, copySlice(lowering, first, second), call)];
    case 'clear':
    case 'delete': {
      if (first === undefined) break;
      const collection = snapshot(lowering, lowering.value(first), '$collection');
      const key = second === undefined ? null : snapshot(lowering, lowering.value(second), '$key');
      return () => {
        if (underlying(first.type).kind === 'slice') clearSlice(lowering, collection);
        else removeEntries(lowering, collection, key);
        return [];
      };
    }
    case 'close':
      return unverifiedCall(lowering, call, 'channel');
    case 'panic':
      return unverifiedCall(lowering, call, 'deferredPanic');
  }
  throw new Error(`${callee.function} without its arguments`);
}

function convertTo(lowering: Lowering, value: Expression, call: CallExpression): Expression {
  const type = lowering.context.types.lower(call.type, call.span);
  return type.kind === 'integer' ? convert(value, type) : value;
}

/** Reports the call; its results are placeholders. */
function unverifiedCall(lowering: Lowering, call: CallExpression, name: UnverifiedName): Run {
  const { reports, types } = lowering.context;
  reports.unverified(name, call.span);
  const results = call.type.kind === 'tuple' ? call.type.elements : [call.type];
  return () => results.map((type) => defaultOf(types.lower(type, call.span)));
}

/** Results that are passed on must have the types of the parameters: nothing converts them. */
function checkSpread(lowering: Lowering, call: CallExpression, declaration: FunctionDeclaration): void {
  const [first] = call.arguments;
  if (first?.type.kind !== 'tuple') return;
  const { parameters, variadic } = declaration;
  const fits = first.type.elements.every((type, index) => {
    const parameter = parameters[index];
    return parameter !== undefined && identicalTypes(type, parameter.type);
  });
  if (!fits || variadic) lowering.context.reports.unverified('spreadConversion', first.span);
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

/** Evaluates an argument. */
export function prepareArgument(
  lowering: Lowering,
  parameter: Variable | null,
  argument: GoExpression,
  later: boolean,
): Argument {
  if (parameter?.type.kind === 'pointer' && !lowering.context.escapes.leaking.has(parameter)) {
    const place = knownPlace(lowering, argument);
    if (place !== null) return { kind: 'alias', place: snapshotPlace(lowering, place) };
  }
  const value = lowering.value(argument);
  return { kind: 'value', value: later ? snapshot(lowering, value, 'argument') : value };
}

function bindArgument(lowering: Lowering, variable: Variable, argument: Argument): void {
  if (argument.kind === 'alias') lowering.aliases.set(variable, argument.place);
  else declareVariable(lowering, variable, argument.value);
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

/** Puts the body of a function of the package in place of its call. */
export function inlineFunction(
  lowering: Lowering,
  call: CallExpression,
  declaration: FunctionDeclaration,
  receiver: Argument | null,
  given: readonly Argument[],
): readonly Expression[] {
  const { builder, context, frames, places } = lowering;
  const resultTypes = declaration.resultTypes.map((type) => context.types.lower(type, call.span));
  if (!mayInline(lowering, call, declaration)) return resultTypes.map(defaultOf);
  const source = builder.source;
  const outer = currentFrame(lowering);
  const callers = [...outer.callers, call.span];
  if (receiver !== null && declaration.receiver !== null)
    bindArgument(lowering, declaration.receiver, receiver);
  declaration.parameters.forEach((parameter, index) => {
    const argument = given[index];
    if (argument !== undefined) bindArgument(lowering, parameter, argument);
  });
  const exit = new Label();
  enterFrame(lowering, declaration, exit, callers);
  const frame = currentFrame(lowering);
  lowering.block(declaration.body);
  if (builder.reachable) finishReturn(lowering, frame);
  frames.pop();
  builder.bind(exit);
  for (const variable of declaration.results) places.delete(variable);
  builder.source = source;
  return frame.results.map(
    (local, index) => frame.functions[index] ?? localOf(local, resultTypes[index] ?? BOOL),
  );
}

function mayInline(lowering: Lowering, call: CallExpression, declaration: FunctionDeclaration): boolean {
  const { reports } = lowering.context;
  const active = lowering.frames.findIndex((frame) => frame.function === declaration);
  if (active >= 0) {
    const cycle = [...lowering.frames.slice(active).map((frame) => frame.function), declaration];
    const names = cycle.map((each) => each.fullName).join(' calls ');
    reports.unsupported(`recursion (${names})`, call.span, 'Write it as a loop.');
    return false;
  }
  if (lowering.builder.size > MAXIMAL_SIZE) {
    reports.unsupported(
      'code this long after its helpers are inlined',
      call.span,
      'Call fewer helpers, or split the operation.',
    );
    return false;
  }
  return true;
}

/** Starts the frame of a function whose receiver and parameters are bound: results and flags of `defer`s begin as zero. */
export function enterFrame(
  lowering: Lowering,
  declaration: FunctionDeclaration,
  exit: Label | null,
  callers: Frame['callers'],
): void {
  const { builder, context } = lowering;
  const named = declaration.results;
  const results = declaration.resultTypes.map((type, index) => {
    const variable = named[index];
    if (variable !== undefined) return newVariable(lowering, variable);
    return builder.newHidden('result', context.types.lower(type, declaration.nameSpan));
  });
  const flags = new Map<Statement, number>();
  for (const statement of nestedDefers(declaration.body))
    flags.set(statement, builder.newHidden('deferred', BOOL));
  lowering.frames.push({
    function: declaration,
    results,
    exit,
    callers,
    deferred: [],
    deferFlags: flags,
    jumps: new Map(),
    scopes: [new Map<string, Variable>()],
    loopDepth: 0,
    functions: [],
  });
  const visible = [declaration.receiver, ...declaration.parameters, ...named];
  for (const variable of visible) if (variable !== null) declareName(lowering, variable);
  // Locals start as zero; in a loop of the caller they have the last round's values.
  named.forEach((_, index) => {
    const local = results[index];
    const type = local === undefined ? undefined : builder.locals[local]?.type;
    if (local !== undefined && type !== undefined) builder.assign(local, defaultOf(type));
  });
  for (const flag of flags.values()) builder.assign(flag, literal(BOOL, false));
}

/** `defer` statements that stand inside another statement: whether they are reached is known only when the code runs. */
function nestedDefers(body: Block): readonly Statement[] {
  const found: Statement[] = [];
  const visit = (statement: Statement, nested: boolean): void => {
    if (statement.kind === 'defer' && nested) found.push(statement);
    for (const block of blocksOf(statement)) {
      for (const inner of block.statements) visit(inner, nested || statement.kind !== 'block');
    }
  };
  for (const statement of body.statements) visit(statement, false);
  return found;
}

/** The blocks directly inside a statement. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case 'block':
      return [statement.block];
    case 'if':
      return statement.whenFalse === null ? [statement.whenTrue] : [statement.whenTrue, statement.whenFalse];
    case 'for':
    case 'range':
      return [statement.body];
    case 'switch':
    case 'typeSwitch':
    case 'select':
      return statement.cases.map((each) => each.body);
    case 'declare':
    case 'assign':
    case 'operate':
    case 'break':
    case 'continue':
    case 'return':
    case 'defer':
    case 'go':
    case 'send':
    case 'expression':
    case 'panic':
    case 'empty':
      return [];
  }
}

/** Runs what was deferred, last first, and leaves the function with the values of its result locals. */
export function finishReturn(lowering: Lowering, frame: Frame): void {
  const { builder } = lowering;
  const source = builder.source;
  for (const deferred of [...frame.deferred].reverse()) runDeferred(lowering, deferred);
  builder.source = source;
  if (frame.exit !== null) {
    builder.jump(frame.exit);
    return;
  }
  emitReturn(
    lowering,
    frame.results.map((local) => localOf(local, builder.locals[local]?.type ?? BOOL)),
  );
}

/** Ends the outermost function: what it returns in slices belongs to the caller from now on. */
export function emitReturn(lowering: Lowering, values: readonly Expression[]): void {
  const given = values.map((value) => {
    if (referenceOf(value.type)?.kind !== 'slice') return value;
    lowering.regions.give(value.type);
    return sequenceOf(lowering, snapshot(lowering, value, '$result'));
  });
  lowering.builder.emit({ kind: 'return', values: given });
}

function runDeferred(lowering: Lowering, deferred: Deferred): void {
  const { builder } = lowering;
  builder.source = deferred.source;
  if (deferred.flag === null) {
    deferred.run();
    return;
  }
  const run = new Label();
  const skip = new Label();
  builder.branch(localOf(deferred.flag, BOOL), run, skip);
  builder.bind(run);
  deferred.run();
  builder.bind(skip);
}
