import type { Expression } from '../ir/index.js';
import type {
  Block,
  BuiltinCallee,
  CallExpression,
  Callee,
  FunctionDeclaration,
  Statement,
  UnverifiedName,
  Variable,
} from '../go/index.js';
import { identicalTypes } from '../go/index.js';
import { prepareAtomic } from './atomic.js';
import { Label } from './builder.js';
import type { Deferred, Frame, Lowering, Place } from './lowering.js';
import { currentFrame, declareName, newVariable } from './lowering.js';
import { defaultOf, literal, localOf } from './operators.js';
import { snapshot, snapshotPlace } from './place.js';
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
  if (callee.kind === 'lock') return prepareLock(lowering, callee, later);
  if (callee.kind === 'atomic') return prepareAtomic(lowering, call, callee, later);
  const fix = (value: Expression): Expression => (later ? snapshot(lowering, value, 'argument') : value);
  const receiver = callee.kind === 'method' ? prepareReceiver(lowering, callee, later) : null;
  const [first] = call.arguments;
  const isSpread = call.arguments.length === 1 && first?.kind === 'call' && first.type.kind === 'tuple';
  const values = isSpread
    ? lowering.call(first, null).map(fix)
    : call.arguments.map((argument) => fix(lowering.value(argument)));
  switch (callee.kind) {
    case 'machine':
      return (into) => machineCall(lowering, call, callee, values, into);
    case 'function':
    case 'method':
      checkSpread(lowering, call, callee.function);
      return () => inlineFunction(lowering, call, callee.function, receiver, values);
    case 'value':
      return unverifiedCall(lowering, call, callee.function.kind === 'closure' ? 'closure' : 'functionValue');
    case 'interface':
      return unverifiedCall(lowering, call, 'interface');
    case 'builtin':
      return unverifiedCall(lowering, call, UNVERIFIED_BUILTINS[callee.function]);
  }
}

const UNVERIFIED_BUILTINS = {
  clear: 'slice',
  copy: 'slice',
  close: 'channel',
  delete: 'map',
  panic: 'deferredPanic',
} as const satisfies Record<BuiltinCallee['function'], UnverifiedName>;

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

/** A pointer receiver is the place that it points to; another one is a value. */
type Receiver =
  { readonly kind: 'alias'; readonly place: Place } | { readonly kind: 'value'; readonly value: Expression };

function prepareReceiver(
  lowering: Lowering,
  callee: Callee & { kind: 'method' },
  later: boolean,
): Receiver | null {
  if (callee.function.receiver?.type.kind !== 'pointer') {
    const value = lowering.value(callee.receiver);
    return { kind: 'value', value: later ? snapshot(lowering, value, 'receiver') : value };
  }
  const place = lowering.place(callee.receiver);
  if (place === null) {
    lowering.context.reports.unsupported(
      'a pointer receiver that is not known before the program runs',
      callee.receiver.span,
      'Call the method on a package variable or on a local variable.',
    );
    return null;
  }
  return { kind: 'alias', place: later ? snapshotPlace(lowering, place) : place };
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
  const results = into ?? resultLocals.map((result) => builder.newLocal(callee.function.name, result.type));
  builder.emit({ kind: 'call', operation: operation.name, arguments: values, results });
  return results.map((local, index) => {
    const type = resultLocals[index]?.type ?? BOOL;
    return local === null ? defaultOf(type) : localOf(local, type);
  });
}

/** Puts the body of a function of the package in place of its call. */
function inlineFunction(
  lowering: Lowering,
  call: CallExpression,
  declaration: FunctionDeclaration,
  receiver: Receiver | null,
  values: readonly Expression[],
): readonly Expression[] {
  const { builder, context, frames, places } = lowering;
  const resultTypes = declaration.resultTypes.map((type) => context.types.lower(type, call.span));
  if (!mayInline(lowering, call, declaration)) return resultTypes.map(defaultOf);
  const source = builder.source;
  const outer = currentFrame(lowering);
  const callers = [...outer.callers, call.span];
  if (receiver !== null && declaration.receiver !== null)
    bindReceiver(lowering, declaration.receiver, receiver);
  declaration.parameters.forEach((parameter, index) => {
    const value = values[index];
    if (value !== undefined) builder.assign(newVariable(lowering, parameter), value);
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
  return frame.results.map((local, index) => localOf(local, resultTypes[index] ?? BOOL));
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

function bindReceiver(lowering: Lowering, variable: Variable, receiver: Receiver): void {
  if (receiver.kind === 'alias') lowering.places.set(variable, receiver.place);
  else lowering.builder.assign(newVariable(lowering, variable), receiver.value);
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
    return builder.newLocal('result', context.types.lower(type, declaration.nameSpan));
  });
  const flags = new Map<Statement, number>();
  for (const statement of nestedDefers(declaration.body))
    flags.set(statement, builder.newLocal('deferred', BOOL));
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
  const values = frame.results.map((local) => localOf(local, builder.locals[local]?.type ?? BOOL));
  builder.emit({ kind: 'return', values });
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
