import type { Code, Operation } from '../ir/index.js';
import type { Violation } from '../trace/index.js';
import type { BlockUse } from './arguments.js';
import { argumentTuples, blockUse } from './arguments.js';
import type { Program } from './program.js';
import { Table, memoised } from './table.js';
import type { Thread, ThreadStep } from './thread.js';
import {
  localValues,
  heldName,
  nextInstruction,
  nextOperation,
  startThread,
  threadKey,
  threadSteps,
} from './thread.js';
import type { Value } from './value.js';
import { keyOf, keyOfAll } from './value.js';

/** What a thread is doing: nothing (with so many calls left to make), or a call. Implementation -1: code that runs alone. */
export type Status =
  | { readonly kind: 'idle'; readonly left: number }
  | {
      readonly kind: 'running';
      readonly left: number;
      readonly implementation: number;
      readonly thread: Thread;
    };

export interface Invocation {
  readonly implementation: number;
  readonly operation: Operation;
  readonly arguments: readonly Value[];
  /** Index of the arguments among the operation's argument tuples. */
  readonly index: number;
}

/** An access of plain memory that a thread is about to make. */
export interface Access {
  readonly variable: string;
  readonly keys: readonly string[];
  readonly write: boolean;
}

/** Steps of one thread that the search takes at once; see {@link Moves} for why it may. */
export interface Move {
  readonly invocation: Invocation | null;
  /** The decisions of each atomic step. */
  readonly steps: readonly (readonly number[])[];
  readonly machine: number;
  /** The thread's status afterwards; null after a fault. */
  readonly status: number | null;
  /** The results, when the call returned. */
  readonly returned: readonly Value[] | null;
  readonly fault: Violation['kind'] | null;
  /** The plain access that is the first step, if it is one. */
  readonly access: Access | null;
  /** Locks that it released and others had taken. */
  readonly released: readonly string[];
  readonly looped: boolean;
}

type Partial = Pick<Move, 'steps' | 'released' | 'looped'> & {
  readonly state: readonly Value[];
  readonly thread: Thread;
  readonly afterLock: boolean;
};

/**
 * The moves of single threads, each computed once: they depend on nothing but the thread and the machine's state.
 *
 * A move is an atomic step together with steps around it that need no interleaving of their own. Each case turns an execution
 * with a violation into one with the same or another violation in which the merged steps are adjacent:
 *
 * - *An invocation is merged with the first step of its call.* Invoking later only shortens the time in which the specification
 *   may let the call take effect; a call that never makes a step changes nothing that others see.
 * - *A return is merged with the last step of its call.* Returning earlier asks more of the specification: whatever it may do when
 *   the call has returned, it may also do when the call has not returned yet, or is cut off by a crash after taking effect.
 * - *Releasing a lock that the thread holds is merged with the step before* (a left mover). Until then nobody else can take it,
 *   and nothing but the operations of this lock looks at it, so that steps of others come to the same before and after it.
 *   It is volatile: a crash in between leaves the same state. A release of somebody else's lock is not merged.
 * - *Taking a lock is merged with the step after it* (a right mover), when that step can happen at once and is not another
 *   lock operation (two locks in a row are where deadlocks come from) and no plain access (races are looked for there).
 *   Steps of others in between cannot involve the lock; without the step after it, taking the lock only hinders others.
 */
export class Moves {
  readonly machines = new Table<readonly Value[]>();
  readonly statuses = new Table<Status>();
  readonly blocks: BlockUse;
  private readonly tuples = new Map<Operation, readonly (readonly Value[])[]>();
  private readonly known = new Map<number, Map<number, readonly Move[]>>();
  private readonly codes = new Map<Code, number>();

  constructor(private readonly program: Program) {
    this.blocks = blockUse(program.system);
  }

  machine(state: readonly Value[]): number {
    return this.machines.intern(keyOfAll(state), state);
  }

  idle(left: number): number {
    return this.statuses.intern(`idle ${left}`, { kind: 'idle', left });
  }

  running(left: number, implementation: number, thread: Thread): number {
    const code = memoised(this.codes, thread.code, () => this.codes.size);
    const key = `${code} ${implementation} ${left} ${threadKey(thread)}`;
    return this.statuses.intern(key, { kind: 'running', left, implementation, thread });
  }

  moves(status: number, machine: number): readonly Move[] {
    const row = memoised(this.known, status, () => new Map<number, readonly Move[]>());
    return memoised(row, machine, () => this.compute(this.statuses.get(status), this.machines.get(machine)));
  }

  private compute(status: Status, state: readonly Value[]): readonly Move[] {
    if (status.kind === 'running') return this.threadMoves(status.thread, state, status, null);
    if (status.left === 0) return [];
    const { implementations } = this.program.system;
    return implementations.flatMap(({ operation: name, code }, implementation) => {
      const operation = this.program.specificationOperation(name);
      return this.argumentTuples(operation).flatMap((args, index): readonly Move[] => {
        this.program.deadline.check();
        const invocation: Invocation = { implementation, operation, arguments: args, index };
        const running = { left: status.left - 1, implementation };
        const run = startThread(this.program, state, code, args);
        if (run.kind === 'abandoned') return [];
        if (run.kind === 'fault') return [{ ...this.faulty(state, run.fault.kind), invocation }];
        return this.threadMoves(run.thread, state, running, invocation);
      });
    });
  }

  private argumentTuples(operation: Operation): readonly (readonly Value[])[] {
    return memoised(this.tuples, operation, () =>
      argumentTuples(this.program, operation, this.blocks.copied),
    );
  }

  private faulty(state: readonly Value[], fault: Violation['kind']): Omit<Move, 'invocation'> {
    return {
      steps: [],
      machine: this.machine(state),
      status: null,
      returned: null,
      fault,
      access: null,
      released: [],
      looped: false,
    };
  }

  private threadMoves(
    thread: Thread,
    state: readonly Value[],
    running: { readonly left: number; readonly implementation: number },
    invocation: Invocation | null,
  ): readonly Move[] {
    const start: Partial = { state, thread, steps: [], released: [], looped: false, afterLock: false };
    const access = this.accessOf(thread, state);
    const moves =
      nextInstruction(thread).kind === 'return' ? this.finish(start, running) : this.step(start, running);
    return moves.map((move) => ({ ...move, invocation, access }));
  }

  private step(
    before: Partial,
    running: { left: number; implementation: number },
  ): readonly Omit<Move, 'invocation' | 'access'>[] {
    this.program.deadline.check();
    const operation = nextOperation(this.program, before.thread);
    const afterLock = operation?.role.kind === 'lock';
    return threadSteps(this.program, before.state, before.thread).flatMap((step) =>
      this.afterStep(before, step, afterLock, running),
    );
  }

  private afterStep(
    before: Partial,
    step: ThreadStep,
    afterLock: boolean,
    running: { left: number; implementation: number },
  ): readonly Omit<Move, 'invocation' | 'access'>[] {
    const common = {
      steps: [...before.steps, step.decisions],
      released: step.released === null ? before.released : [...before.released, step.released],
      looped: before.looped || step.looped,
    };
    if (step.thread === null) {
      return [{ ...this.faulty(step.state, step.fault?.kind ?? 'panic'), ...common }];
    }
    return this.finish({ ...common, state: step.state, thread: step.thread, afterLock }, running);
  }

  /** Takes the steps that are merged with the ones before. */
  private finish(
    now: Partial,
    running: { left: number; implementation: number },
  ): readonly Omit<Move, 'invocation' | 'access'>[] {
    const { thread, state, steps, released, looped } = now;
    const machine = this.machine(state);
    const instruction = nextInstruction(thread);
    if (instruction.kind === 'return') {
      if (thread.held.length > 0) return [{ ...this.faulty(state, 'lock-leak'), steps, released, looped }];
      const returned = localValues(this.program, state, thread, instruction.values);
      return [{ steps, machine, status: this.idle(running.left), returned, fault: null, released, looped }];
    }
    if (this.mergesNext(now)) {
      const further = this.step(now, running);
      if (further.length > 0) return further;
    }
    const status = this.running(running.left, running.implementation, thread);
    return [{ steps, machine, status, returned: null, fault: null, released, looped }];
  }

  private mergesNext({ thread, state, afterLock }: Partial): boolean {
    const operation = nextOperation(this.program, thread);
    const instruction = nextInstruction(thread);
    if (operation === null || instruction.kind !== 'call') return false;
    const { role } = operation;
    if (role.kind === 'unlock') {
      return thread.held.includes(
        heldName(role, localValues(this.program, state, thread, instruction.arguments)),
      );
    }
    return role.kind === 'layer' && afterLock;
  }

  private accessOf(thread: Thread, state: readonly Value[]): Access | null {
    const operation = nextOperation(this.program, thread);
    const instruction = nextInstruction(thread);
    if (operation === null || instruction.kind !== 'call') return null;
    const { role } = operation;
    if (role.kind !== 'load' && role.kind !== 'store') return null;
    const write = role.kind === 'store';
    const values = localValues(this.program, state, thread, instruction.arguments);
    const keys = (write ? values.slice(0, -1) : values).map(keyOf);
    return { variable: role.variable, keys, write };
  }
}

/** Whether two threads about to make these accesses race. */
export function accessesRace(left: Access, right: Access): boolean {
  if (left.variable !== right.variable || !(left.write || right.write)) return false;
  const shared = Math.min(left.keys.length, right.keys.length);
  return left.keys.slice(0, shared).every((key, index) => key === right.keys[index]);
}
