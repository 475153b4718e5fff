import type { Bounds } from '../../src/explore/index.js';
import { argumentTuples, blockUse } from '../../src/explore/arguments.js';
import { crashOutcomes } from '../../src/explore/outcomes.js';
import { Program } from '../../src/explore/program.js';
import { ANYTHING, Specification } from '../../src/explore/specification.js';
import type { Thread } from '../../src/explore/thread.js';
import {
  localValues,
  lockName,
  nextInstruction,
  nextOperation,
  startThread,
  threadKey,
  threadSteps,
} from '../../src/explore/thread.js';
import type { Value } from '../../src/explore/value.js';
import { keyOfAll, zeroOf } from '../../src/explore/value.js';
import type { Operation, System } from '../../src/ir/index.js';

type Slot =
  | { readonly kind: 'idle'; readonly left: number }
  | {
      readonly kind: 'running';
      readonly left: number;
      readonly operation: Operation;
      readonly thread: Thread;
    };

interface State {
  readonly machine: readonly Value[];
  /** Recovery; null while threads run. */
  readonly alone: Thread | null;
  readonly slots: readonly Slot[];
  readonly set: number;
  readonly crashes: number;
}

/**
 * The search without any reduction: invocations, steps, returns and crashes one by one, every state kept apart. The system starts in
 * zero or initial values and has no initialisation and no boot code.
 */
export function hasViolation(system: System, bounds: Bounds): boolean {
  return new PlainSearch(system, bounds).run();
}

class PlainSearch {
  private readonly program: Program;
  private readonly specification: Specification;
  private readonly queue: State[] = [];
  private readonly seen = new Set<string>();
  private violated = false;

  constructor(
    private readonly system: System,
    private readonly bounds: Bounds,
  ) {
    this.program = new Program(system, bounds);
    this.specification = new Specification(this.program);
  }

  run(): boolean {
    const zeros = (side: 'machine' | 'specification'): Value[] =>
      this.program[side].variables.map(({ type, initial }) =>
        initial?.kind === 'literal' ? initial.value : zeroOf(type),
      );
    const set = this.specification.start([zeros('specification')], this.program.slots);
    this.add({
      machine: zeros('machine'),
      alone: null,
      slots: this.idle(),
      set,
      crashes: this.bounds.crashes,
    });
    for (let state = this.queue.pop(); state !== undefined && !this.violated; state = this.queue.pop())
      this.expand(state);
    return this.violated;
  }

  private idle(): readonly Slot[] {
    const { threads, operations } = this.bounds;
    return Array.from(
      { length: this.program.slots },
      (_, slot) => ({ kind: 'idle', left: slot < threads ? operations : 0 }) as const,
    );
  }

  private add(state: State): void {
    const slots = state.slots.map((slot) =>
      slot.kind === 'idle' ? slot.left : `${slot.operation.name} ${slot.left} ${threadKey(slot.thread)}`,
    );
    const alone = state.alone === null ? '' : threadKey(state.alone);
    const key = [keyOfAll(state.machine), alone, ...slots, state.set, state.crashes].join(' | ');
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.queue.push(state);
  }

  private expand(state: State): void {
    if (state.alone === null) {
      state.slots.forEach((slot, index) => {
        if (slot.kind === 'idle') this.invoke(state, index, slot.left);
        else this.step(state, index, slot);
      });
      this.races(state);
      this.deadlock(state);
    } else this.stepAlone(state, state.alone);
    if (state.crashes > 0) this.crash(state);
  }

  private invoke(state: State, index: number, left: number): void {
    if (left === 0) return;
    for (const { operation: name, code } of this.system.implementations) {
      const operation = this.program.specificationOperation(name);
      for (const args of argumentTuples(this.program, operation, blockUse(this.system).copied)) {
        const set = this.specification.invoke(
          state.set,
          index,
          this.specification.requested(operation, args),
        );
        if (set === ANYTHING) continue;
        const run = startThread(this.program, state.machine, code, args);
        if (run.kind === 'fault') this.violated = true;
        if (run.kind !== 'thread') continue;
        const slot: Slot = { kind: 'running', left: left - 1, operation, thread: run.thread };
        this.add({ ...state, set, slots: state.slots.with(index, slot) });
      }
    }
  }

  private step(state: State, index: number, slot: Extract<Slot, { kind: 'running' }>): void {
    const instruction = nextInstruction(slot.thread);
    if (instruction.kind === 'return') {
      const results = localValues(this.program, state.machine, slot.thread, instruction.values);
      const set = this.specification.complete(
        state.set,
        index,
        this.specification.finished(slot.operation, results),
      );
      if (slot.thread.held.length > 0 || this.specification.isEmpty(set)) this.violated = true;
      this.add({ ...state, set, slots: state.slots.with(index, { kind: 'idle', left: slot.left }) });
      return;
    }
    if (instruction.kind === 'end') {
      if (slot.thread.held.length > 0) this.violated = true;
      this.add({ ...state, slots: state.slots.with(index, { kind: 'idle', left: slot.left }) });
      return;
    }
    for (const step of threadSteps(this.program, state.machine, slot.thread)) {
      if (step.spawned !== null && step.thread !== null) {
        const free = state.slots.findIndex(({ kind, left }) => kind === 'idle' && left === 0);
        const started: Slot = { ...slot, left: 0, thread: step.spawned };
        const slots = state.slots.with(index, { ...slot, thread: step.thread });
        if (free >= 0) this.add({ ...state, slots: slots.with(free, started) });
        continue;
      }
      if (step.thread === null) {
        this.violated = true;
        continue;
      }
      const slots = state.slots.map((other): Slot => {
        if (other.kind === 'idle' || step.released === null) return other;
        return {
          ...other,
          thread: { ...other.thread, held: other.thread.held.filter((lock) => lock !== step.released) },
        };
      });
      this.add({ ...state, machine: step.state, slots: slots.with(index, { ...slot, thread: step.thread }) });
    }
  }

  private stepAlone(state: State, thread: Thread): void {
    if (nextInstruction(thread).kind === 'return') {
      if (thread.held.length > 0) this.violated = true;
      this.add({ ...state, alone: null });
      return;
    }
    const steps = threadSteps(this.program, state.machine, thread);
    if (steps.length === 0) this.violated = true;
    for (const step of steps) {
      if (step.thread === null) this.violated = true;
      else this.add({ ...state, machine: step.state, alone: step.thread });
    }
  }

  private crash(state: State): void {
    const set = state.alone === null ? this.specification.crash(state.set) : state.set;
    for (const outcome of crashOutcomes(this.program, this.program.machine, state.machine)) {
      const run =
        this.system.recovery === null
          ? null
          : startThread(this.program, outcome.state, this.system.recovery, []);
      const after = { machine: outcome.state, slots: this.idle(), set, crashes: state.crashes - 1 };
      if (run?.kind === 'fault') this.violated = true;
      else this.add({ ...after, alone: run?.kind === 'thread' ? run.thread : null });
    }
  }

  private races(state: State): void {
    const accesses = state.slots.map((slot) => {
      const operation = slot.kind === 'idle' ? null : nextOperation(this.program, slot.thread);
      return operation?.role.kind === 'load' || operation?.role.kind === 'store' ? operation.role : null;
    });
    accesses.forEach((left, index) => {
      for (const right of accesses.slice(index + 1)) {
        if (left === null || right?.variable !== left.variable) continue;
        if (left.kind === 'store' || right.kind === 'store') this.violated = true;
      }
    });
  }

  private deadlock(state: State): void {
    const running = state.slots.filter((slot) => slot.kind === 'running').map(({ thread }) => thread);
    const held = running.flatMap((thread) => thread.held);
    const done = state.slots.every((slot) => slot.kind === 'running' || slot.left === 0);
    const waits = running.every((thread) => {
      const instruction = nextInstruction(thread);
      const role = nextOperation(this.program, thread)?.role;
      if (instruction.kind !== 'call' || role?.kind !== 'lock') return false;
      const name = lockName(
        role.lock,
        localValues(this.program, state.machine, thread, instruction.arguments),
      );
      return held.includes(name) && threadSteps(this.program, state.machine, thread).length === 0;
    });
    if (done && waits && running.length > 0) this.violated = true;
  }
}
