import { BOOL } from '../ir/index.js';
import type { Expression } from '../ir/index.js';
import type {
  Block,
  CallExpression,
  Expression as GoExpression,
  GoType,
  Statement,
  Target,
  Variable,
} from '../go/index.js';
import { BOOL as BOOL_TYPE, underlying } from '../go/index.js';
import { Label } from './builder.js';
import { prepareCall } from './call.js';
import { lowerSend, receive } from './channel.js';
import { channelMake } from './channel-machine.js';
import { assignedAs } from './conversion.js';
import { panicValue, targetType } from './dynamic-types.js';
import { lowerGo } from './goroutine.js';
import { declaredPointer } from './escape.js';
import {
  bindArgument,
  emitPanic,
  emitReturn,
  finishReturn,
  prepareArgument,
  runAllDeferred,
} from './inline.js';
import { assertType, isNil } from './interface-value.js';
import { isFailure } from './making.js';
import { lowerTypeSwitch } from './type-switch.js';
import { valuesEqual } from './equality.js';
import { lowerFor } from './loop.js';
import type { LoopClauses, Lowering, Place } from './lowering.js';
import { currentFrame, declareName, inScope } from './lowering.js';
import { declareChannel } from './local-channels.js';
import { lowerMaking } from './made.js';
import { assignOwnMap, lookUp } from './map.js';
import { defaultOf, goBinary, literal, not, sameExpression } from './operators.js';
import { checkBinaryOverflow } from './overflow.js';
import { ownMapAt } from './own-map-place.js';
import { loadPlace, snapshotPlace, storePlace } from './place.js';
import { lowerSelect } from './select.js';
import { snapshot } from './snapshot.js';
import { lowerRange } from './range.js';
import { boxVariable, declareVariable, newVariable } from './variable.js';
import { checkOperands } from './value.js';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** The statements of a block, in a scope of their own. */
export function lowerBlock(lowering: Lowering, block: Block): void {
  inScope(lowering, () => {
    for (const statement of block.statements) lowering.statement(statement);
  });
}

export function lowerStatement(lowering: Lowering, statement: Statement): void {
  const { builder } = lowering;
  const frame = currentFrame(lowering);
  const { span, text } = statement;
  const { callers } = frame;
  builder.source = lowering.isOptional ? { span, text, callers, isOptional: true } : { span, text, callers };
  lowering.context.order.check(statement);
  const clauses = lowering.context.annotations.before(lowering, statement);
  switch (statement.kind) {
    case 'block':
      lowering.block(statement.block);
      return;
    case 'declare':
      for (const variable of statement.variables) declareZero(lowering, variable);
      return;
    case 'assign':
      lowerAssign(lowering, statement);
      return;
    case 'operate':
      lowerOperate(lowering, statement);
      return;
    case 'if':
    case 'for':
    case 'range':
    case 'switch':
    case 'typeSwitch':
      inScope(lowering, () => {
        lowerCompound(lowering, statement, clauses);
      });
      return;
    case 'break':
    case 'continue':
      lowerJump(lowering, statement);
      return;
    case 'empty':
      return;
    case 'return':
      lowerReturn(lowering, statement);
      return;
    case 'defer':
      lowerDefer(lowering, statement);
      return;
    case 'expression':
      lowerCallStatement(lowering, statement.call);
      return;
    case 'panic':
      lowerPanic(lowering, statement);
      return;
    case 'select':
      lowerSelect(lowering, statement);
      return;
    case 'go':
      lowerGo(lowering, statement, droppedResults);
      return;
    case 'send':
      lowerSend(lowering, statement);
  }
}

function declareZero(lowering: Lowering, variable: Variable): void {
  declareVariable(lowering, variable, null);
  declareName(lowering, variable);
}

/** Statements with bodies; names that their headers declare are visible in them only. */
function lowerCompound(
  lowering: Lowering,
  statement: Of<'if' | 'for' | 'range' | 'switch' | 'typeSwitch'>,
  clauses: LoopClauses,
): void {
  switch (statement.kind) {
    case 'if':
      lowerIf(lowering, statement);
      return;
    case 'for':
      lowerFor(lowering, statement, clauses);
      return;
    case 'range':
      lowerRange(lowering, statement, clauses);
      return;
    case 'switch':
      lowerSwitch(lowering, statement);
      return;
    case 'typeSwitch':
      lowerTypeSwitch(lowering, statement);
  }
}

/** A check that fails whenever control gets there; the return that ends the path is never reached. */
function lowerPanic(lowering: Lowering, { argument }: Of<'panic'>): void {
  const outermost = lowering.frames[0];
  if (outermost === undefined) return;
  const given = panicValue(argument);
  if (given.constant === undefined) lowering.value(given);
  const { builder } = lowering;
  emitPanic(lowering);
  if (lowering.isGoroutine) {
    builder.emit({ kind: 'end' });
    return;
  }
  const values = outermost.results.map((local) => defaultOf(builder.locals[local]?.type ?? BOOL));
  emitReturn(lowering, values);
}

function lowerCallStatement(lowering: Lowering, call: GoExpression): void {
  if (call.kind !== 'call') {
    lowering.value(call);
    return;
  }
  lowering.call(call, droppedResults(call));
}

/** Where the results of a step go that nobody uses; null: they are those of a function that is inlined. */
function droppedResults({ callee, type }: CallExpression): readonly null[] | null {
  if (callee.kind === 'machine') return callee.function.results.map(() => null);
  if (callee.kind !== 'atomic') return null;
  return type.kind === 'tuple' ? [] : [null];
}

/** The place that a target assigns; null: the value is dropped. A variable that is declared gets its local only later. */
function targetPlace(lowering: Lowering, target: Target): Place | null {
  if (target.kind !== 'place') return null;
  const place = lowering.place(target.place);
  // What is no place here is an element or a field of something that is refused by its type.
  if (place === null) lowering.value(target.place);
  return place;
}

function lowerAssign(lowering: Lowering, statement: Of<'assign'>): void {
  const { targets, values } = statement;
  const [first] = values;
  if (values.length === 1 && first?.kind === 'call' && first.callee.kind === 'machine') {
    if (assignMachineCall(lowering, targets, first)) return;
  }
  if (lowerMaking(lowering, statement) || lowerChannels(lowering, statement)) return;
  const pointer = declaredPointer(statement);
  if (pointer !== null) {
    bindArgument(
      lowering,
      pointer.variable,
      prepareArgument(lowering, pointer.variable, pointer.value, false),
    );
    declareName(lowering, pointer.variable);
    return;
  }
  const [target] = targets;
  const map = target?.kind === 'place' && first !== undefined ? ownMapAt(lowering, target.place) : null;
  if (map !== null && first !== undefined) {
    assignOwnMap(lowering, map, first);
    return;
  }
  // All at once: no assignment may change what a later target or value means.
  const isAtOnce = targets.length > 1 && targets.some((target) => target.kind === 'place');
  const places = targets.map((target) => {
    const place = targetPlace(lowering, target);
    return place === null || !isAtOnce ? place : snapshotPlace(lowering, place);
  });
  const isSpread = targets.length > values.length && first !== undefined;
  const results = isSpread
    ? partsAs(lowering, first, targets.map(targetType), partsOf(lowering, first))
    : values.map((value) => lowering.value(value));
  const fixed = isAtOnce ? results.map((result) => snapshot(lowering, result, 'value')) : results;
  targets.forEach((target, index) => {
    const value = fixed[index];
    if (value === undefined) return;
    if (target.kind === 'declare') {
      declareVariable(lowering, target.variable, value);
      declareName(lowering, target.variable);
      return;
    }
    const place = places[index];
    if (place !== null && place !== undefined) storePlace(lowering, place, value, target.span);
    // What is evaluated is read, even where nobody wants to know.
    if (target.kind === 'blank' && value.kind !== 'literal')
      lowering.builder.assign(lowering.builder.newHidden('$ignored', value.type), value);
  });
}

/** Channels that are made here; false: something else is assigned. */
function lowerChannels(lowering: Lowering, statement: Of<'assign'>): boolean {
  const { targets, values } = statement;
  const made = values.map(channelMake);
  if (!made.every((each) => each !== null)) return false;
  if (!targets.every((each) => each.kind === 'declare')) return false;
  made.forEach((each, index) => {
    const target = targets[index];
    if (target === undefined) return;
    declareChannel(lowering, target.variable, each, (element) =>
      made.length > 1 ? null : lowering.context.annotations.carried(lowering, statement, element),
    );
    declareName(lowering, target.variable);
  });
  return true;
}

/** The parts of a tuple as values of the types of what they are assigned to. */
function partsAs(
  lowering: Lowering,
  { type, span }: GoExpression,
  types: readonly (GoType | null)[],
  values: readonly Expression[],
): readonly Expression[] {
  if (type.kind !== 'tuple') throw new Error('one value for several targets');
  const { elements } = type;
  return values.map((value, index) => {
    const [from, to] = [elements[index], types[index] ?? null];
    return from === undefined || to === null ? value : assignedAs(lowering, value, from, to, span);
  });
}

/** The parts of a tuple. */
export function partsOf(lowering: Lowering, tuple: GoExpression): readonly Expression[] {
  if (tuple.kind === 'call') return lowering.call(tuple, null);
  if (tuple.kind === 'lookup') return lookUp(lowering, tuple);
  if (tuple.kind === 'assertion') return assertType(lowering, tuple);
  if (tuple.kind === 'receive') return receive(lowering, tuple);
  lowering.value(tuple);
  return [];
}

/** Results of a machine operation go straight to the locals that are assigned; false: there are other targets. */
function assignMachineCall(lowering: Lowering, targets: readonly Target[], call: CallExpression): boolean {
  if (call.callee.kind !== 'machine') return false;
  const found = lowering.context.machineFunction(call.callee.package, call.callee.function);
  if (found?.kind !== 'operation') return false;
  const isSimple = targets.every((target) => target.kind !== 'place' || target.place.kind === 'variable');
  if (!isSimple) return false;
  const places = targets.map((target) => targetPlace(lowering, target));
  if (places.some((place) => place !== null && (place.root !== 'local' || place.path.length > 0)))
    return false;
  // A declared variable may shadow one that the arguments mention: the arguments are evaluated first.
  const run = prepareCall(lowering, call, false);
  const into = targets.map((target, index): number | null => {
    if (target.kind === 'declare') return newVariable(lowering, target.variable);
    const place = places[index];
    return place?.root === 'local' ? place.local : null;
  });
  run(into);
  targets.forEach((target, index) => {
    if (target.kind !== 'declare') return;
    const local = into[index];
    if (local !== null && local !== undefined) boxVariable(lowering, target.variable, local);
    declareName(lowering, target.variable);
  });
  return true;
}

function lowerOperate(lowering: Lowering, statement: Of<'operate'>): void {
  const place = lowering.place(statement.place);
  if (place === null) {
    lowering.value(statement.place);
    return;
  }
  const current = loadPlace(lowering, place, statement.place.span);
  const operand = lowering.value(statement.value);
  checkOperands(lowering, statement.operator, operand);
  checkBinaryOverflow(lowering, statement.operator, current, operand, statement.span);
  const value: Expression =
    current.type.kind === 'seq'
      ? { kind: 'concat', left: current, right: operand, type: current.type }
      : goBinary(statement.operator, current, operand);
  storePlace(lowering, place, value, statement.span);
}

function lowerIf(lowering: Lowering, statement: Of<'if'>): void {
  const { builder } = lowering;
  if (statement.initialiser !== null) lowering.statement(statement.initialiser);
  builder.source = { ...builder.source, span: statement.span, text: statement.text };
  const condition = lowering.value(statement.condition);
  const whenTrue = new Label();
  const whenFalse = new Label();
  const done = new Label();
  builder.branch(condition, whenTrue, whenFalse);
  builder.bind(whenTrue);
  lowering.block(statement.whenTrue);
  builder.jump(done);
  builder.bind(whenFalse);
  if (statement.whenFalse !== null) lowering.block(statement.whenFalse);
  builder.bind(done);
}

function lowerSwitch(lowering: Lowering, statement: Of<'switch'>): void {
  const { builder } = lowering;
  const frame = currentFrame(lowering);
  if (statement.initialiser !== null) lowering.statement(statement.initialiser);
  const source = { ...builder.source, span: statement.span, text: statement.text };
  builder.source = source;
  const tag = statement.tag === null ? null : snapshot(lowering, lowering.value(statement.tag), 'switch');
  const done = new Label();
  frame.jumps.set(statement.target, { leave: done, next: null });
  const bodies = statement.cases.map(() => new Label());
  statement.cases.forEach((each, index) => {
    const body = bodies[index];
    if (body === undefined) return;
    for (const value of each.values) {
      const next = new Label();
      builder.branch(caseCondition(lowering, tag, value), body, next);
      builder.bind(next);
    }
  });
  const defaultBody = bodies[statement.cases.findIndex((each) => each.isDefault)];
  builder.jump(defaultBody ?? done);
  statement.cases.forEach((each, index) => {
    const body = bodies[index];
    if (body !== undefined) builder.bind(body);
    lowering.block(each.body);
    builder.source = source;
    builder.jump(each.fallsThrough ? (bodies[index + 1] ?? done) : done);
  });
  builder.bind(done);
}

function caseCondition(lowering: Lowering, tag: Expression | null, value: GoExpression): Expression {
  const each = lowering.value(value);
  return tag === null ? each : valuesEqual(lowering, value.type, tag, each, value.span);
}

function lowerJump(lowering: Lowering, statement: Of<'break' | 'continue'>): void {
  const jump = currentFrame(lowering).jumps.get(statement.target);
  const label = statement.kind === 'break' ? jump?.leave : jump?.next;
  if (label === undefined || label === null) throw new Error(`${statement.kind} without a target`);
  lowering.builder.jump(label);
}

/** Boot returns `nil`, or the start failed: then nothing may run any more. That an error is none is a mistake of the code's, not a start. */
function lowerStartReturn(lowering: Lowering, statement: Of<'return'>): void {
  const { builder } = lowering;
  const frame = currentFrame(lowering);
  const [error] = statement.values;
  const isFailed = error !== undefined && isFailure(statement);
  if (isFailed) {
    const condition = not(isNil(lowering.value(error)));
    const message = 'the error of a start that fails may be nil: where it works, the function returns `nil`';
    if (condition.kind !== 'literal' || condition.value !== true)
      builder.emit({ kind: 'check', code: 'assertion', condition, message });
  }
  runAllDeferred(lowering, frame);
  builder.emit(isFailed ? { kind: 'end' } : { kind: 'return', values: [] });
}

function lowerReturn(lowering: Lowering, statement: Of<'return'>): void {
  const { builder } = lowering;
  const frame = currentFrame(lowering);
  if (lowering.role === 'boot' && frame.exit === null) {
    lowerStartReturn(lowering, statement);
    return;
  }
  if (statement.bare) {
    frame.functions.push(...frame.results.map(() => null).slice(frame.functions.length));
    frame.functions.fill(null);
    finishReturn(lowering, frame);
    return;
  }
  const [first] = statement.values;
  const isSpread = statement.values.length === 1 && frame.results.length > 1 && first?.kind === 'call';
  const values = isSpread
    ? partsAs(lowering, first, frame.function.resultTypes, lowering.call(first, null))
    : statement.values.map((value) => lowering.value(value));
  // Results with names are variables: goroutines may still use them when the function has returned.
  const hasVariables = frame.function.results.length > 0;
  if (frame.exit === null && frame.deferred.length === 0 && !hasVariables) {
    emitReturn(lowering, values);
    return;
  }
  const fixed = values.length === 1 ? values : values.map((value) => snapshot(lowering, value, 'result'));
  fixed.forEach((value, index) => {
    const isFunction = underlying(frame.function.resultTypes[index] ?? BOOL_TYPE).kind === 'function';
    const known = frame.functions[index];
    const isSame = known === undefined || (known !== null && sameExpression(known, value));
    frame.functions[index] = isFunction && isSame && value.kind === 'literal' ? value : null;
    const local = frame.results[index];
    if (local !== undefined) builder.assign(local, value);
  });
  finishReturn(lowering, frame);
}

function lowerDefer(lowering: Lowering, statement: Of<'defer'>): void {
  const { builder } = lowering;
  const frame = currentFrame(lowering);
  if (frame.loopDepth > 0) {
    lowering.context.reports.unverified('deferInLoop', statement.span);
    return;
  }
  const run = prepareCall(lowering, statement.call, true);
  const flag = frame.deferFlags.get(statement) ?? null;
  if (flag !== null) builder.assign(flag, literal(BOOL, true));
  const results = droppedResults(statement.call);
  frame.deferred.push({ source: builder.source, flag, run: () => void run(results) });
}
