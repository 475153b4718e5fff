import type { Expression } from '../ir/index.js';
import type {
  Block,
  CallExpression,
  Expression as GoExpression,
  FunctionDeclaration,
  Statement,
  Variable,
} from '../go/index.js';
import { isNil } from './interface-value.js';
import { blocksOf, isError, underlying } from '../go/index.js';
import { Label } from './builder.js';
import type { LibraryCall } from './builder.js';
import { channelPlace } from './channel.js';
import type { Argument, Deferred, Frame, Lowering } from './lowering.js';
import { currentFrame, declareName } from './lowering.js';
import { defaultOf, literal, localOf } from './operators.js';
import { invokeProcedure } from './invoke.js';
import { knownPlace, snapshotPlace } from './place.js';
import { passedRegions, tieRecursive } from './passed-memory.js';
import { referenceOf, regionOf } from './region.js';
import { sequenceOf } from './slice.js';
import { snapshot } from './snapshot.js';
import { declareVariable, newVariable } from './variable.js';
import { BOOL, walkExpression } from '../ir/index.js';

/** Code that inlining makes longer than this is refused. */
const MAXIMAL_SIZE = 20_000;

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
  const channel = channelPlace(lowering, argument);
  if (channel !== null) return { kind: 'alias', place: channel };
  const value = lowering.value(argument);
  return { kind: 'value', value: later ? snapshot(lowering, value, 'argument') : value };
}

/** Declares a variable, or a parameter, with a value, or as another name of a place. */
export function bindArgument(lowering: Lowering, variable: Variable, argument: Argument): void {
  const { places, aliases } = lowering;
  if (argument.kind === 'alias' && underlying(variable.type).kind === 'channel')
    places.set(variable, argument.place);
  else if (argument.kind === 'alias') aliases.set(variable, argument.place);
  else declareVariable(lowering, variable, argument.value);
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
  if (context.procedures.has(declaration)) {
    return invokeProcedure(lowering, call, context.procedures.of(context, declaration), receiver, given);
  }
  const resultTypes = declaration.resultTypes.map((type) => context.types.lower(type, call.span));
  if (!mayInline(lowering, call, declaration)) return resultTypes.map(defaultOf);
  const source = builder.source;
  const outer = currentFrame(lowering);
  const { helper, library } = builder;
  const callers = callersWithin(outer, call, declaration, library);
  if (library !== null) builder.source = library.outside;
  builder.library =
    declaration.library === null ? null : (library ?? libraryCall(lowering, call, declaration));
  context.reports.library = builder.library;
  builder.helper = { name: context.linked.functionName(declaration), callers };
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
  builder.helper = helper;
  builder.library = library;
  context.reports.library = library;
  return frame.results.map(
    (local, index) => frame.functions[index] ?? localOf(local, resultTypes[index] ?? BOOL),
  );
}

/** The calls that lead into the function. Code of the library stands at the user's call, so that calls in it are none. */
function callersWithin(
  outer: Frame,
  call: CallExpression,
  declaration: FunctionDeclaration,
  library: LibraryCall | null,
): Frame['callers'] {
  if (declaration.library !== null) return outer.callers;
  const { span, caller } =
    library === null
      ? { span: call.span, caller: outer.function.fullName }
      : { span: library.source.span, caller: library.caller };
  return [...outer.callers, { span, caller }];
}

function libraryCall(
  lowering: Lowering,
  call: CallExpression,
  { name, library }: FunctionDeclaration,
): LibraryCall {
  const outside = { ...lowering.builder.source, span: call.span };
  return {
    outside,
    source: { ...outside, isLibrary: true },
    caller: currentFrame(lowering).function.fullName,
    name: `\`${name.split('[', 1)[0] ?? name}\` of \`${library ?? ''}\``,
  };
}

function mayInline(lowering: Lowering, call: CallExpression, declaration: FunctionDeclaration): boolean {
  const { reports } = lowering.context;
  const active = lowering.frames.findIndex((frame) => frame.function === declaration);
  if (active >= 0) {
    const cycle = [...lowering.frames.slice(active).map((frame) => frame.function), declaration];
    const names = cycle.map((each) => each.fullName).join(' calls ');
    if (cycle.some((each) => lowering.context.procedures.isRefused(each))) return false;
    const mayHaveContract = cycle.some((each) => lowering.context.procedures.mayBe(each));
    if (cycle.every(({ library }) => library !== null)) {
      reports.unsupported(
        'what calls itself in the library',
        call.span,
        'Write a function of the package that does what is needed here, such as a comparison for `errors.Is`.',
      );
      return false;
    }
    reports.unsupported(
      mayHaveContract ? `recursion (${names}) without a measure` : `recursion (${names})`,
      call.span,
      mayHaveContract
        ? 'Write `//@ decreases e` above one of the functions, with something that gets smaller with each call, and what it `requires` and `ensures`; or write it as a loop.'
        : 'Write it as a loop, or as a helper function with a name and a measure, `//@ decreases e`.',
    );
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
  context.run.add(declaration.span);
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

/** Runs what was deferred, last first, and leaves the function with the values of its result locals. */
export function finishReturn(lowering: Lowering, frame: Frame): void {
  const { builder } = lowering;
  runAllDeferred(lowering, frame);
  if (frame.exit !== null) {
    builder.jump(frame.exit);
    return;
  }
  emitReturn(
    lowering,
    frame.results.map((local) => localOf(local, builder.locals[local]?.type ?? BOOL)),
  );
}

/** Runs what was deferred, last first. */
export function runAllDeferred(lowering: Lowering, frame: Frame): void {
  const { builder } = lowering;
  const { source } = builder;
  for (const deferred of [...frame.deferred].reverse()) runDeferred(lowering, deferred);
  builder.source = source;
}

/** A check that fails whenever control gets there. */
export function emitPanic({ builder }: Lowering): void {
  const condition = literal(BOOL, false);
  builder.emit({ kind: 'check', code: 'panic', condition, message: 'this panic may be reached' });
}

/** Ends the outermost function: what it returns in slices, and what errors lead to, belongs to the caller from now on; of an error the specification is told whether it is nil. */
export function emitReturn(lowering: Lowering, values: readonly Expression[]): void {
  if (lowering.role === 'procedure') {
    lowering.builder.emit({ kind: 'return', values });
    return;
  }
  const types = lowering.frames[0]?.function.resultTypes ?? [];
  const errors = values.map((value, index) => (isError(types[index]) ? shownError(value) : undefined));
  const given = values.map((value, index) => {
    if (isError(types[index])) {
      tieRecursive(value.type);
      for (const region of passedRegions([value.type])) lowering.regions.give(region);
      return isNil(value);
    }
    if (referenceOf(value.type)?.kind !== 'slice') return value;
    lowering.regions.give(regionOf(value.type));
    return sequenceOf(lowering, snapshot(lowering, value, '$result'));
  });
  const isAny = errors.some((each) => each !== undefined);
  lowering.builder.emit({ kind: 'return', values: given, ...(isAny ? { errors } : {}) });
}

/** An error to be shown, unless it is made of locals that nothing reads any more when it is known whether it is nil. */
function shownError(value: Expression): Expression | null {
  const read = localsOf(isNil(value));
  return [...localsOf(value)].every((local) => read.has(local)) ? value : null;
}

function localsOf(expression: Expression): ReadonlySet<number> {
  const found = new Set<number>();
  walkExpression(expression, (node) => {
    if (node.kind === 'local') found.add(node.index);
  });
  return found;
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
