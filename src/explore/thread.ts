import type { Span } from '../base/source.js';
import type { Code, Instruction, MachineOperation } from '../ir/index.js';
import { walkExpression } from '../ir/index.js';
import type { LocalDriver } from '../semantics/index.js';
import { Abandoned, advance, evaluateLocal, initialLocals } from '../semantics/index.js';
import type { Violation } from '../trace/index.js';
import type { Frame } from './frames.js';
import { calledFrame, frameOf, leaveFrame } from './frames.js';
import { deadLocals } from './liveness.js';
import { sectionOutcomes } from './outcomes.js';
import type { Program } from './program.js';
import type { Value } from './value.js';
import { keyOf, keyOfAll, zeroOf } from './value.js';

export type CallInstruction = Extract<Instruction, { kind: 'call' }>;

/** What a thread may stand before. */
export type NextInstruction = Extract<Instruction, { kind: 'call' | 'return' | 'spawn' | 'end' }>;

function isNext(instruction: Instruction): instruction is NextInstruction {
  return ['call', 'return', 'spawn', 'end'].includes(instruction.kind);
}

/** A thread between two atomic steps: before a machine call, inside one that has several sections, before a `go` or before its end. */
export interface Thread {
  readonly code: Code;
  readonly position: number;
  readonly locals: readonly Value[];
  /** In the middle of a call: the next section and the operation's locals. */
  readonly inside: { readonly section: number; readonly locals: readonly Value[] } | null;
  /** Locks that it has taken and not released, sorted: `locks[1]`. */
  readonly held: readonly string[];
}

/** What goes wrong inside a thread; whoever reports it adds the sentence. */
export interface Fault {
  readonly kind: Exclude<Violation['kind'], 'refinement'>;
  readonly span: Span;
  /** The check that failed, where there is one. */
  readonly detail: string;
}

/** One way in which a thread's next atomic step, and the local instructions after it, can go. */
export interface ThreadStep {
  readonly decisions: readonly number[];
  readonly state: readonly Value[];
  /** What the operation returned; null if it goes on with another section. */
  readonly results: readonly Value[] | null;
  /** Null after a fault. */
  readonly thread: Thread | null;
  /** The thread that it started. */
  readonly spawned: Thread | null;
  readonly fault: Fault | null;
  /** A lock that it released and that somebody else had taken. */
  readonly released: string | null;
  /** Whether it passed the head of a loop that is not said to wait for others. */
  readonly looped: boolean;
}

/** How far local instructions led: to a thread that waits for its next step, to a fault, or nowhere (a false `assume`). */
type LocalRun =
  | { readonly kind: 'thread'; readonly thread: Thread; readonly looped: boolean }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'abandoned' };

/** Rounds of loops without any atomic step after which a run is not followed any more. */
const MAXIMAL_ROUNDS = 100_000;

/** Calls inside one another after which a run is not followed any more. */
const MAXIMAL_DEPTH = 100_000;

/** Thrown by a `check` that fails. */
class CheckFailed extends Error {
  constructor(readonly instruction: Extract<Instruction, { kind: 'check' }>) {
    super('check failed');
  }
}

/** The canonical text of where a thread stands (its code aside). */
export function threadKey(thread: Thread): string {
  const inside = thread.inside === null ? '' : `${thread.inside.section}:${keyOfAll(thread.inside.locals)}`;
  return `${thread.position}/${keyOfAll(thread.locals)}/${inside}/${thread.held.join(' ')}`;
}

/** Starts code with the given arguments and runs its first local instructions. */
export function startThread(
  program: Program,
  state: readonly Value[],
  code: Code,
  args: readonly Value[],
): LocalRun {
  const locals = code.locals.map((local, index) => args[index] ?? zeroOf(local.type));
  return runLocal(program, state, { code, position: 0, locals, inside: null, held: [] });
}

/** The instruction at which a thread stands. */
export function nextInstruction(thread: Thread): NextInstruction {
  const instruction = thread.code.instructions[thread.position];
  if (instruction !== undefined && isNext(instruction)) return instruction;
  throw new Error(`${thread.code.name} does not stand before a step`);
}

/** Whether a thread has no step left: it returns, or ends as a goroutine. */
export function isAtEnd(thread: Thread): boolean {
  const { kind } = nextInstruction(thread);
  return kind === 'return' || kind === 'end';
}

/** The machine operation that a thread performs next; null before a `go` and at its end. */
export function nextOperation(program: Program, thread: Thread): MachineOperation | null {
  const instruction = nextInstruction(thread);
  return instruction.kind === 'call' ? program.operation(instruction.operation) : null;
}

/** Values of expressions over a thread's locals. */
export function localValues(
  program: Program,
  state: readonly Value[],
  thread: Thread,
  expressions: CallInstruction['arguments'],
): readonly Value[] {
  const driver = localDriver(program, state);
  program.universe.enter([...state, ...thread.locals]);
  return expressions.map((expression) => evaluateLocal(program.domain, driver, thread.locals, expression));
}

/**
 * Whether the thread waits for a lock. A call of a machine layer that waits is another matter: it may only mean that the machine
 * was to choose otherwise before (a barrier after a write that was said to be lost), so that there is no such execution.
 */
export function waitsForLock(program: Program, state: readonly Value[], thread: Thread): boolean {
  if (nextOperation(program, thread)?.role.kind !== 'lock') return false;
  return callOutcomes(program, state, thread).outcomes.length === 0;
}

/** Whether there are threads, and every one waits for a lock that one of them holds. */
export function isDeadlock(program: Program, state: readonly Value[], threads: readonly Thread[]): boolean {
  const held = new Set(threads.flatMap((thread) => thread.held));
  return (
    threads.length > 0 &&
    threads.every((thread) => {
      const role = nextOperation(program, thread)?.role;
      const instruction = nextInstruction(thread);
      if (role?.kind !== 'lock' || instruction.kind !== 'call') return false;
      const keys = localValues(program, state, thread, instruction.arguments);
      return blockers(role, keys).some((each) => held.has(each));
    })
  );
}

function callOutcomes(program: Program, state: readonly Value[], thread: Thread) {
  const instruction = nextInstruction(thread);
  if (instruction.kind !== 'call') throw new Error(`a ${instruction.kind} is no step of the machine`);
  const operation = program.operation(instruction.operation);
  const locals =
    thread.inside?.locals ??
    initialLocals(program.domain, operation, localValues(program, state, thread, instruction.arguments));
  const section = thread.inside?.section ?? 0;
  const outcomes = sectionOutcomes(program, program.machine, state, operation, section, locals);
  return { instruction, operation, locals, section, outcomes };
}

/** Every way in which the call (or the `go`) at which the thread stands can go; none where it has to wait or an `assume` rules it out. */
export function threadSteps(
  program: Program,
  state: readonly Value[],
  thread: Thread,
): readonly ThreadStep[] {
  const next = nextInstruction(thread);
  if (next.kind === 'spawn') return spawnSteps(program, state, thread, next.goroutine);
  const { instruction, operation, locals, section, outcomes } = callOutcomes(program, state, thread);
  const steps: ThreadStep[] = [];
  for (const outcome of outcomes) {
    const { decisions } = outcome;
    const unchanged = {
      decisions,
      state,
      results: null,
      thread: null,
      spawned: null,
      fault: null,
      released: null,
      looped: false,
    };
    if (outcome.kind === 'undefined') {
      const fault: Fault = { kind: 'undefined', span: instruction.source.span, detail: operation.name };
      steps.push({ ...unchanged, fault });
      continue;
    }
    if (outcome.results === null) {
      const inside = { section: section + 1, locals: outcome.locals };
      steps.push({ ...unchanged, state: outcome.state, thread: { ...thread, inside } });
      continue;
    }
    const step = afterCall(program, thread, instruction, operation, locals, outcome.state, outcome.results);
    if (step !== null) steps.push({ ...step, decisions });
  }
  return steps;
}

/** A thread with a copy of the locals begins, and both run up to their next steps. */
function spawnSteps(
  program: Program,
  state: readonly Value[],
  thread: Thread,
  goroutine: number,
): readonly ThreadStep[] {
  const started = runLocal(program, state, { ...thread, position: goroutine, held: [] });
  const spawner = runLocal(program, state, { ...thread, position: thread.position + 1 });
  if (started.kind === 'abandoned' || spawner.kind === 'abandoned') return [];
  const common = { decisions: [], state, results: [], released: null };
  const failed = [spawner, started].find((run) => run.kind === 'fault');
  if (failed !== undefined || started.kind === 'fault' || spawner.kind === 'fault') {
    const fault = failed?.kind === 'fault' ? failed.fault : null;
    return [{ ...common, thread: null, spawned: null, fault, looped: false }];
  }
  const { looped } = spawner;
  return [{ ...common, thread: spawner.thread, spawned: started.thread, fault: null, looped }];
}

/** The thread after its call returned, run up to its next step; null when an `assume` of the user rules it out. */
function afterCall(
  program: Program,
  thread: Thread,
  instruction: CallInstruction,
  operation: MachineOperation,
  operationLocals: readonly Value[],
  state: readonly Value[],
  results: readonly Value[],
): Omit<ThreadStep, 'decisions'> | null {
  const locals = [...thread.locals];
  instruction.results.forEach((target, index) => {
    const value = results[index];
    if (target !== null && value !== undefined) locals[target] = value;
  });
  const { held, released } = heldAfter(thread.held, operation, operationLocals);
  const run = runLocal(program, state, {
    ...thread,
    position: thread.position + 1,
    locals,
    inside: null,
    held,
  });
  switch (run.kind) {
    case 'abandoned':
      return null;
    case 'fault':
      return { state, results, thread: null, spawned: null, fault: run.fault, released, looped: false };
    case 'thread': {
      const { thread: next, looped } = run;
      return { state, results, thread: next, spawned: null, fault: null, released, looped };
    }
  }
}

function heldAfter(
  held: readonly string[],
  operation: MachineOperation,
  locals: readonly Value[],
): { readonly held: readonly string[]; readonly released: string | null } {
  const { role } = operation;
  if (role.kind !== 'lock' && role.kind !== 'unlock') return { held, released: null };
  const name = heldName(role, locals.slice(0, operation.parameterCount));
  if (role.kind === 'lock') return { held: [...held, name].sort(), released: null };
  const index = held.indexOf(name);
  return index < 0 ? { held, released: name } : { held: held.toSpliced(index, 1), released: null };
}

/** How a lock is listed among those that a thread holds: in one of its modes. */
export function heldName(
  role: Extract<MachineOperation['role'], { mode: unknown }>,
  keys: readonly Value[],
): string {
  const name = lockName(role.lock, keys);
  return role.mode === 'exclusive' ? name : sharedName(name);
}

/** A lock that is held together with others. */
export function sharedName(lock: string): string {
  return `${lock} (shared)`;
}

/** The entries among held locks for which taking a lock waits: of a lock that is to be shared, only the exclusive one. */
export function blockers(
  role: Extract<MachineOperation['role'], { mode: unknown }>,
  keys: readonly Value[],
): readonly string[] {
  const name = lockName(role.lock, keys);
  return role.mode === 'shared' ? [name] : [name, sharedName(name)];
}

/** A lock as the user writes it: `mu`, `locks[1]`. */
export function lockName(lock: string, keys: readonly Value[]): string {
  return lock + keys.map((key) => `[${keyOf(key)}]`).join('');
}

function runLocal(program: Program, state: readonly Value[], thread: Thread): LocalRun {
  const driver = localDriver(program, state);
  const callers: Frame[] = [];
  let frame = frameOf(thread.code, thread.position, thread.locals);
  let looped = false;
  program.universe.enter([...state, ...frame.locals]);
  try {
    for (;;) {
      const stop = advance(program.domain, driver, frame.code, frame.position, frame.locals);
      const { position, instruction } = stop;
      frame.position = position;
      if (instruction.kind === 'invoke') {
        program.deadline.check();
        if (callers.length >= MAXIMAL_DEPTH) {
          if (!standTwice(callers)) return leftOpen(program);
          return endless(
            instruction.source.span,
            `${instruction.procedure} is called inside itself without end`,
          );
        }
        callers.push(frame);
        frame = calledFrame(program, driver, frame, instruction);
        continue;
      }
      const caller = instruction.kind === 'return' ? callers.pop() : undefined;
      if (instruction.kind === 'return' && caller !== undefined) {
        leaveFrame(program, driver, frame, instruction, caller);
        frame = caller;
      } else if (isNext(instruction)) {
        const { locals } = frame;
        for (const dead of deadLocals(thread.code, position)) locals[dead] = 0n;
        return { kind: 'thread', thread: { ...thread, position, locals }, looped };
      } else if (instruction.kind === 'loop') {
        program.deadline.check();
        looped ||= !instruction.loop.retry;
        const { seen } = frame;
        const key = `${position}/${keyOfAll(frame.locals)}`;
        if (seen.has(key)) return endless(instruction.source.span);
        if (seen.size > MAXIMAL_ROUNDS) return leftOpen(program);
        seen.add(key);
      }
      frame.position += 1;
    }
  } catch (error) {
    if (error instanceof Abandoned) return { kind: 'abandoned' };
    if (!(error instanceof CheckFailed)) throw error;
    const { source, message, code } = error.instruction;
    const kind = code === 'overflow' ? 'overflow' : 'panic';
    return { kind: 'fault', fault: { kind, span: source.span, detail: message } };
  }
}

function endless(span: Span, detail = ''): LocalRun {
  return { kind: 'fault', fault: { kind: 'divergence', span, detail } };
}

/** The run is too long: what it would lead to is not known. */
function leftOpen(program: Program): LocalRun {
  program.leftOpen = true;
  return { kind: 'abandoned' };
}

/** Whether two of the frames stand at the same call with the same values: then this goes on without end, as nothing else decides how code runs. */
function standTwice(frames: readonly Frame[]): boolean {
  const keys = frames.map(({ code, position, locals }) => `${code.name} ${position} ${keyOfAll(locals)}`);
  return new Set(keys).size < keys.length;
}

/**
 * Local code speaks of state only in assertions and assumptions. Those about the specification or pending calls are the prover's and
 * count as true here, and so do assertions about the machine's state, which would have to hold at any later time.
 */
function localDriver(program: Program, state: readonly Value[]): LocalDriver<Value> {
  return {
    parameter: (name) => program.parameter(name),
    state: (variable) => {
      const position = program.machine.index.get(variable);
      const value = position === undefined ? undefined : state[position];
      return value ?? zeroOf(variableType(program, variable));
    },
    pending: () => false,
    branch: () => {
      throw new Error('every condition is known');
    },
    choose: (_local, usual) => usual(),
    check: (condition, instruction) => {
      if (
        condition === true ||
        (instruction.code === 'assertion' && scopeOf(program, instruction) !== 'local')
      )
        return;
      throw new CheckFailed(instruction);
    },
    assume: (condition, instruction) => {
      if (condition === true) return;
      if (instruction.kind === 'choose') throw new Error('the usual choice is not allowed');
      if (scopeOf(program, instruction) !== 'ghost') throw new Abandoned();
    },
  };
}

function variableType(program: Program, name: string): Parameters<typeof zeroOf>[0] {
  const variable = program.system.state.find((each) => each.name === name);
  if (variable === undefined) throw new Error(`no state variable ${name}`);
  return variable.type;
}

type Scope = 'local' | 'machine' | 'ghost';

const SCOPES = new WeakMap<Instruction, Scope>();

/** What a condition speaks of: only locals, also the machine's state, or also the specification or pending calls. */
function scopeOf(program: Program, instruction: Extract<Instruction, { kind: 'check' | 'assume' }>): Scope {
  let scope = SCOPES.get(instruction);
  if (scope !== undefined) return scope;
  scope = 'local';
  walkExpression(instruction.condition, (node) => {
    if (node.kind === 'pending' || (node.kind === 'state' && !program.machine.index.has(node.variable)))
      scope = 'ghost';
    else if (node.kind === 'state' && scope === 'local') scope = 'machine';
  });
  SCOPES.set(instruction, scope);
  return scope;
}
