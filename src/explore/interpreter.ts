import type { Span } from '../base/source.js';
import type { Code, StateVariable } from '../ir/index.js';
import type { Row, Violation } from '../trace/index.js';
import { argumentTuples, blockUse } from './arguments.js';
import { showState, stateChanges } from './difference.js';
import { initialStates } from './initial.js';
import { crashOutcomes } from './outcomes.js';
import type { Program } from './program.js';
import { raceBetween } from './race.js';
import type { Decision } from './script.js';
import { ScriptMismatch } from './script.js';
import { ANYTHING, Specification } from './specification.js';
import { isStarved } from './starvation.js';
import type { Fault, Thread, ThreadStep } from './thread.js';
import {
  isAtEnd,
  localValues,
  lockName,
  nextInstruction,
  nextOperation,
  startThread,
  threadKey,
  threadSteps,
  waitsForLock,
} from './thread.js';
import type { Value } from './value.js';
import { keyOfAll, sameValue, zeroOf } from './value.js';
import type { Call, ReturnedCall } from './wording.js';
import {
  calledOperation,
  faultMessage,
  returnMessage,
  showCall,
  showConfigurations,
  returnedErrors,
  showResults,
  stepNote,
} from './wording.js';

interface Running {
  readonly call: Call | null;
  readonly slot: number;
  thread: Thread;
  /** Each `sync.Once` whose function it is running. */
  begun: readonly string[];
}

type Alone = 'initialisation' | 'first boot' | 'recovery' | 'boot';

/**
 * Follows a script one decision at a time, without merging steps or identifying states, and keeps a row for each step. It knows
 * nothing of the search: what it finds wrong it finds itself.
 */
export class Interpreter {
  readonly rows: Row[] = [];
  violation: Violation | null = null;
  private readonly specification: Specification;
  private state: readonly Value[] = [];
  private set = 0;
  private phase: Alone | 'threads' | 'failed' = 'initialisation';
  private alone: Thread | null = null;
  private readonly running = new Map<number, Running>();
  private readonly calls: (Call | null)[];
  private readonly returned: ReturnedCall[] = [];
  /** Complete states since the last step of another thread, to see a loop that goes round without changing anything. */
  private seen: { actor: number; states: string[] } = { actor: -1, states: [] };

  constructor(private readonly program: Program) {
    this.specification = new Specification(program);
    this.calls = Array.from({ length: program.slots }, () => null);
  }

  take(decision: Decision): void {
    if (this.violation !== null) throw new ScriptMismatch('the execution goes wrong before the script ends');
    switch (decision.kind) {
      case 'start':
        this.start(decision.state);
        break;
      case 'invoke':
        this.invoke(decision.thread, decision.implementation, decision.arguments);
        break;
      case 'step':
        if (decision.thread === 0) this.stepAlone(decision.decisions);
        else this.stepThread(decision.thread, decision.decisions, null);
        break;
      case 'spawn':
        this.stepThread(decision.thread, [], decision.goroutine);
        break;
      case 'return':
        this.return(decision.thread);
        break;
      case 'crash':
        this.crash(decision.decisions);
        break;
      case 'race':
        this.race(decision.threads);
        break;
      case 'deadlock':
        this.deadlock();
        break;
      case 'starvation':
        this.starvation();
        break;
      case 'divergence':
        this.divergence(decision.thread);
    }
  }

  private start(index: number): void {
    const { program } = this;
    const state = initialStates(program, program.machine)[index];
    if (state === undefined || this.rows.length > 0)
      throw new ScriptMismatch('there is no such initial state');
    this.state = state;
    this.set = this.specification.start(initialStates(program, program.specification), program.slots);
    const text = showState(program.machine, state, (variable) => this.isZero(variable));
    this.row({ actor: null, kind: 'initial', text: 'initial state', span: null, changes: [], note: text });
    this.enter('initialisation');
  }

  private isZero(index: number): boolean {
    const variable = this.program.machine.variables[index];
    const value = this.state[index];
    return variable !== undefined && value !== undefined && sameValue(value, zeroOf(variable.type));
  }

  private enter(phase: Interpreter['phase']): void {
    this.phase = phase;
    this.alone = null;
    if (phase === 'threads' || phase === 'failed') return;
    const code = this.codeAlone(phase);
    if (code === null) {
      this.leave();
      return;
    }
    const run = startThread(this.program, this.state, code, []);
    if (run.kind === 'abandoned') throw new ScriptMismatch('an assumption does not hold');
    if (run.kind === 'fault') this.fail(run.fault, null, code.name);
    else this.goOnAlone(run.thread);
  }

  private codeAlone(phase: Alone): Code | null {
    const { system } = this.program;
    if (phase === 'initialisation') return system.initialisation;
    return phase === 'recovery' ? system.recovery : system.boot;
  }

  private goOnAlone(thread: Thread): void {
    this.alone = thread;
    const { kind } = nextInstruction(thread);
    if (kind === 'end') this.failStart(thread);
    if (kind !== 'return') return;
    if (thread.held.length > 0) this.leak(thread, thread.code.name);
    else this.leave();
  }

  /** The current phase is over. */
  private leave(): void {
    if (this.phase === 'initialisation') this.enter('first boot');
    else if (this.phase === 'recovery') this.enter('boot');
    else {
      if (this.phase === 'boot') this.recovered();
      this.enter('threads');
    }
  }

  /** Nothing runs any more before a crash, which the specification has had already if recovery came before. */
  private failStart(thread: Thread): void {
    const text = `${thread.code.name} returns an error`;
    const { span } = nextInstruction(thread).source;
    this.row({ actor: this.actorAlone(), kind: 'return', text, span, changes: [], note: 'the start fails' });
    if (this.phase === 'first boot') this.set = this.specification.crash(this.set);
    this.enter('failed');
  }

  private recovered(): void {
    const span = this.program.system.recovery?.span ?? null;
    this.row({
      actor: 'recovery',
      kind: 'recovered',
      text: 'recovery has finished',
      span,
      changes: [],
      note: null,
    });
    if (!this.specification.isEmpty(this.set)) return;
    this.violate(
      'refinement',
      'recovery finished, but the specification has no crash from any state that it may be in',
      span,
    );
  }

  private stepAlone(decisions: readonly number[]): void {
    const thread = this.alone;
    if (thread === null) throw new ScriptMismatch('no code runs alone here');
    const step = this.find(thread, decisions);
    this.stepRow(this.actorAlone(), 0, thread, step);
    if (step.fault !== null) this.fail(step.fault, thread, thread.code.name);
    else if (step.thread !== null) this.goOnAlone(step.thread);
  }

  private actorAlone(): string {
    return this.phase === 'recovery' || this.phase === 'boot' ? 'recovery' : 'initialisation';
  }

  private find(thread: Thread, decisions: readonly number[]): ThreadStep {
    if (isAtEnd(thread)) throw new ScriptMismatch('the thread has no step left');
    const wanted = decisions.join(' ');
    const step = threadSteps(this.program, this.state, thread).find(
      (each) => each.decisions.join(' ') === wanted,
    );
    if (step === undefined)
      throw new ScriptMismatch(`\`${nextInstruction(thread).source.text}\` cannot go that way`);
    return step;
  }

  private stepRow(
    actor: string,
    number: number,
    thread: Thread,
    step: ThreadStep,
    goroutine: number | null = null,
  ): void {
    const instruction = nextInstruction(thread);
    const changes = stateChanges(this.program.machine, this.state, step.state);
    const called = changes.length === 0 ? calledOperation(this.program, this.state, thread) : null;
    this.state = step.state;
    if (this.seen.actor !== number) this.seen = { actor: number, states: [] };
    if (step.thread !== null) this.seen.states.push(`${threadKey(step.thread)} ${keyOfAll(step.state)}`);
    const note =
      goroutine === null ? stepNote(this.program, thread, step, called) : `thread ${goroutine} begins`;
    const { span, text } = instruction.source;
    this.row({ actor, kind: 'step', text, span, changes, note });
  }

  private invoke(number: number, index: number, tuple: number): void {
    const { program } = this;
    const implementation = program.system.implementations[index];
    if (this.phase !== 'threads' || implementation === undefined || this.running.has(number)) {
      throw new ScriptMismatch('no operation can be called here');
    }
    const operation = program.specificationOperation(implementation.operation);
    const args = argumentTuples(program, operation, blockUse(program.system).copied)[tuple];
    const slot = this.calls.indexOf(null);
    if (args === undefined || slot < 0)
      throw new ScriptMismatch('no operation can be called with these arguments');
    const call: Call = { thread: number, operation, arguments: args };
    this.set = this.specification.invoke(this.set, slot, this.specification.requested(operation, args));
    if (this.set === ANYTHING) throw new ScriptMismatch(`${showCall(call)} is undefined here`);
    this.calls[slot] = call;
    const { span } = implementation;
    this.row({
      actor: `thread ${number}`,
      kind: 'invoke',
      text: `${showCall(call)} is called`,
      span,
      changes: [],
      note: null,
    });
    const run = startThread(program, this.state, implementation.code, args);
    if (run.kind === 'abandoned') throw new ScriptMismatch('an assumption does not hold');
    if (run.kind === 'fault') this.fail(run.fault, null, showCall(call));
    else this.running.set(number, { call, slot, thread: run.thread, begun: [] });
  }

  /** `goroutine`: the number of the thread that the step starts. */
  private stepThread(number: number, decisions: readonly number[], goroutine: number | null): void {
    const running = this.runningThread(number);
    const { thread } = running;
    const step = this.find(thread, decisions);
    if ((step.spawned === null) !== (goroutine === null))
      throw new ScriptMismatch('it does not start a goroutine here');
    this.stepRow(`thread ${number}`, number, thread, step, goroutine);
    if (step.spawned !== null && goroutine !== null) this.begin(goroutine, step.spawned);
    if (step.released !== null) this.releaseOthers(step.released);
    if (step.fault !== null) this.fail(step.fault, thread, this.nameOf(running));
    else if (step.thread !== null) running.thread = step.thread;
    running.begun = this.begunAfter(running.begun, thread, step);
  }

  private begunAfter(begun: readonly string[], thread: Thread, step: ThreadStep): readonly string[] {
    const role = nextOperation(this.program, thread)?.role;
    const instruction = nextInstruction(thread);
    if (instruction.kind !== 'call' || (role?.kind !== 'begin' && role?.kind !== 'end')) return begun;
    const once = lockName(role.lock, localValues(this.program, this.state, thread, instruction.arguments));
    if (role.kind === 'end') return begun.filter((each) => each !== once);
    return step.results?.[0] === true ? [...begun, once] : begun;
  }

  private begin(number: number, thread: Thread): void {
    if (this.running.has(number) || number === 0) throw new ScriptMismatch(`thread ${number} runs already`);
    this.running.set(number, { call: null, slot: -1, thread, begun: [] });
  }

  private releaseOthers(lock: string): void {
    for (const running of this.running.values()) {
      const held = running.thread.held.filter((each) => each !== lock);
      running.thread = { ...running.thread, held };
    }
  }

  private runningThread(number: number): Running {
    const running = this.running.get(number);
    if (running === undefined) throw new ScriptMismatch(`thread ${number} is not running`);
    return running;
  }

  private nameOf({ call, thread }: Running): string {
    return call === null ? `a goroutine of ${thread.code.name}` : showCall(call);
  }

  private return(number: number): void {
    const running = this.runningThread(number);
    const { call, slot, thread } = running;
    const instruction = nextInstruction(thread);
    if (instruction.kind === 'end') {
      this.end(number, running);
      return;
    }
    if (instruction.kind !== 'return' || call === null)
      throw new ScriptMismatch(`thread ${number} does not return here`);
    const results = localValues(this.program, this.state, thread, instruction.values);
    const errors = returnedErrors(this.program, this.state, thread);
    const returned: ReturnedCall = { ...call, results, errors };
    const before = this.specification.configurations(this.set);
    this.set = this.specification.complete(
      this.set,
      slot,
      this.specification.finished(call.operation, results),
    );
    this.running.delete(number);
    this.calls[slot] = null;
    const { span } = instruction.source;
    const text =
      results.length === 0
        ? `${call.operation.name} returns`
        : `${call.operation.name} returns ${showResults(call.operation, results, errors)}`;
    this.row({ actor: `thread ${number}`, kind: 'return', text, span, changes: [], note: null });
    if (thread.held.length > 0) this.leak(thread, showCall(call));
    else if (this.specification.isEmpty(this.set)) {
      this.violate('refinement', returnMessage(returned, before, slot, this.returned), span);
    } else this.returned.push(returned);
  }

  private end(number: number, running: Running): void {
    this.running.delete(number);
    const { span } = nextInstruction(running.thread).source;
    const text = 'the goroutine ends';
    this.row({ actor: `thread ${number}`, kind: 'return', text, span, changes: [], note: null });
    if (running.thread.held.length > 0) this.leak(running.thread, this.nameOf(running));
  }

  private leak(thread: Thread, who: string): void {
    const fault: Fault = {
      kind: 'lock-leak',
      span: nextInstruction(thread).source.span,
      detail: thread.held.join(' and '),
    };
    this.fail(fault, thread, who);
  }

  private crash(decisions: readonly number[]): void {
    const { program } = this;
    const wanted = decisions.join(' ');
    const outcome = crashOutcomes(program, program.machine, this.state).find(
      (each) => each.decisions.join(' ') === wanted,
    );
    const isTooEarly = this.phase === 'initialisation' || this.phase === 'first boot';
    if (outcome === undefined || isTooEarly) throw new ScriptMismatch('there is no such crash');
    const before = this.state;
    if (this.phase === 'threads') this.set = this.specification.crash(this.set);
    this.state = outcome.state;
    const lost = [...this.running.values()].map((running) => this.nameOf(running));
    const note = this.crashNote(lost);
    this.running.clear();
    this.calls.fill(null);
    this.seen = { actor: -1, states: [] };
    const changes = stateChanges(program.machine, before, outcome.state);
    this.row({ actor: null, kind: 'crash', text: 'CRASH', span: null, changes, note });
    this.enter('recovery');
  }

  private crashNote(cutOff: readonly string[]): string {
    const { machine } = this.program;
    const durable = (variable: StateVariable | undefined): boolean => variable?.durability === 'durable';
    const survived = showState(
      machine,
      this.state,
      (index) => !durable(machine.variables[index]) || this.isZero(index),
    );
    const { phase } = this;
    const isOver = phase === 'threads' || phase === 'failed';
    const interrupted = isOver ? cutOff : [this.codeAlone(phase)?.name ?? 'recovery'];
    return [
      ...(interrupted.length === 0 ? [] : [`cut off: ${interrupted.join(', ')}`]),
      `survived: ${survived}`,
    ].join('; ');
  }

  private race([first, second]: readonly [number, number]): void {
    const accessing = (number: number) => ({ number, ...this.runningThread(number) });
    this.violation = raceBetween(this.program, this.state, [accessing(first), accessing(second)]);
  }

  private deadlock(): void {
    const threads = this.alone === null ? [...this.running] : [[0, { thread: this.alone }] as const];
    if (threads.length === 0) throw new ScriptMismatch('no thread is waiting');
    let span: Span | null = null;
    const waits = threads.map(([number, { thread }]) => {
      const instruction = nextInstruction(thread);
      if (!waitsForLock(this.program, this.state, thread)) {
        throw new ScriptMismatch(`thread ${number} can go on`);
      }
      span ??= instruction.source.span;
      return `${number === 0 ? thread.code.name : `thread ${number}`} waits at \`${instruction.source.text}\``;
    });
    this.violate('deadlock', `deadlock: ${waits.join(', ')}, and nobody can go on`, span);
  }

  private starvation(): void {
    const threads = [...this.running.values()].map(({ thread }) => thread);
    const [first] = threads;
    if (first === undefined || !isStarved(this.program, this.state, threads))
      throw new ScriptMismatch('some thread gets on, or some call that may come');
    const names = [...this.running.keys()].map((number) => `thread ${number}`).join(' and ');
    const ends = threads.length === 1 ? 'goes' : 'go';
    const { span } = nextInstruction(first).source;
    const message = `${names} ${ends} round for ever: no thread that runs, and no call that may come, changes what is waited for`;
    this.violate('deadlock', message, span);
  }

  private divergence(number: number): void {
    const thread = number === 0 ? this.alone : (this.running.get(number)?.thread ?? null);
    const { states, actor } = this.seen;
    const last = states.at(-1);
    if (
      thread === null ||
      actor !== number ||
      last === undefined ||
      states.indexOf(last) === states.length - 1
    ) {
      throw new ScriptMismatch('the loop does change something');
    }
    const running = this.running.get(number);
    const name = running === undefined ? thread.code.name : this.nameOf(running);
    this.fail({ kind: 'divergence', span: nextInstruction(thread).source.span, detail: '' }, thread, name);
  }

  private fail(fault: Fault, thread: Thread | null, who: string): void {
    this.violate(fault.kind, faultMessage(this.program, fault, thread, who), fault.span);
  }

  private violate(kind: Violation['kind'], message: string, span: Span | null): void {
    this.violation = { kind, message, span };
  }

  private row(row: Omit<Row, 'specification'>): void {
    const configurations = this.specification.configurations(this.set);
    this.rows.push({ ...row, specification: showConfigurations(this.program, configurations, this.calls) });
  }
}
