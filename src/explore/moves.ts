import type { Code, Operation } from '../ir/index.js';
import type { Violation } from '../trace/index.js';
import type { BlockUse } from './arguments.js';
import { argumentTuples, blockUse } from './arguments.js';
import { PartialOrder } from './partial-order.js';
import type { Program } from './program.js';
import type { Reductions } from './reductions.js';
import { Table, memoised } from './table.js';
import type { Thread, ThreadStep } from './thread.js';
import {
  isAtEnd,
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
  /** Whether the thread was a goroutine and ended, or a start that failed. */
  readonly ended: boolean;
  /** The status of the thread that the first step started, if it is a `go`. */
  readonly spawned: number | null;
  readonly fault: Violation['kind'] | null;
  /** The plain access that is the first step, if it is one. */
  readonly access: Access | null;
  /** Locks that it released and others had taken. */
  readonly released: readonly string[];
  readonly looped: boolean;
}

type Partial = Pick<Move, 'steps' | 'released' | 'looped' | 'spawned'> & {
  readonly state: readonly Value[];
  readonly thread: Thread;
  /** Where the thread stood before its last step. */
  readonly from: number;
  /** Whether all steps so far could as well happen later (right movers). */
  readonly right: boolean;
  /** Whether a lock was taken among them. */
  readonly locked: boolean;
};

/** What the moves of a thread depend on beside the thread and the machine's state. */
interface Setting {
  readonly left: number;
  /** -1: the code runs alone. */
  readonly implementation: number;
  /** Whether a crash may come. */
  readonly crashes: boolean;
}

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
 * - *Taking a lock is merged with the step after it* (a right mover), when that step can happen at once and is no plain access for which
 *   races have to be looked for. Steps of others in between cannot involve the lock; without the step after it, taking the lock
 *   only hinders others. Where the step after it has to wait, it is not merged, so that deadlocks are found; and no move takes
 *   two locks, because two threads can each have one of them only in between.
 * - *Starting a goroutine* is a move of its own, with left movers behind it: where no more may run, it does not happen.
 * - *A step that touches only what nobody else can touch meanwhile* ({@link PartialOrder}) is both. Where a crash may come,
 *   it must moreover leave what a crash would leave without it: as a right mover in this outcome, as a left mover in some outcome, since
 *   crashes between the two steps then are covered by those after the second.
 *
 * So a move is any number of right movers, one step of any kind, and any number of left movers. It ends where control goes back, so that loops
 * without end are seen. Code that runs alone has nobody to commute with but crashes; for it only right movers are merged where a
 * crash may come, because a crash after its end is another one for the specification.
 */
export class Moves {
  readonly machines = new Table<readonly Value[]>();
  readonly statuses = new Table<Status>();
  private readonly blocks: BlockUse;
  private readonly tuples = new Map<Operation, readonly (readonly Value[])[]>();
  /** By whether crashes may come, status and machine. */
  private readonly known = [0, 1].map(() => new Map<number, Map<number, readonly Move[]>>());
  private readonly order: PartialOrder;
  private readonly codes = new Map<Code, number>();

  constructor(
    private readonly program: Program,
    reductions: Reductions,
  ) {
    this.order = new PartialOrder(program, reductions);
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

  /** `crashes`: whether a crash may come before the thread's next move. */
  moves(status: number, machine: number, crashes: boolean): readonly Move[] {
    const known = this.known[crashes ? 1 : 0] ?? new Map<number, Map<number, readonly Move[]>>();
    const row = memoised(known, status, () => new Map<number, readonly Move[]>());
    return memoised(row, machine, () =>
      this.compute(this.statuses.get(status), this.machines.get(machine), crashes),
    );
  }

  private compute(status: Status, state: readonly Value[], crashes: boolean): readonly Move[] {
    if (status.kind === 'running')
      return this.threadMoves(status.thread, state, { ...status, crashes }, null);
    if (status.left === 0) return [];
    const { implementations } = this.program.system;
    return implementations.flatMap(({ operation: name, code }, implementation) => {
      const operation = this.program.specificationOperation(name);
      return this.argumentTuples(operation).flatMap((args, index): readonly Move[] => {
        this.program.deadline.check();
        const invocation: Invocation = { implementation, operation, arguments: args, index };
        const setting: Setting = { left: status.left - 1, implementation, crashes };
        const run = startThread(this.program, state, code, args);
        if (run.kind === 'abandoned') return [];
        if (run.kind === 'fault') return [{ ...this.faulty(state, run.fault.kind), invocation }];
        return this.threadMoves(run.thread, state, setting, invocation);
      });
    });
  }

  private argumentTuples(operation: Operation): readonly (readonly Value[])[] {
    return memoised(this.tuples, operation, () =>
      argumentTuples(this.program, operation, this.blocks.copied),
    );
  }

  /** The number of the same invocation with other arguments. */
  argumentsIndex({ operation, index, arguments: own }: Invocation, args: readonly Value[]): number {
    const key = keyOfAll(args);
    if (key === keyOfAll(own)) return index;
    return this.argumentTuples(operation).findIndex((each) => keyOfAll(each) === key);
  }

  private faulty(state: readonly Value[], fault: Violation['kind']): Omit<Move, 'invocation'> {
    return {
      steps: [],
      machine: this.machine(state),
      status: null,
      returned: null,
      ended: false,
      spawned: null,
      fault,
      access: null,
      released: [],
      looped: false,
    };
  }

  private threadMoves(
    thread: Thread,
    state: readonly Value[],
    setting: Setting,
    invocation: Invocation | null,
  ): readonly Move[] {
    const start: Partial = {
      state,
      thread,
      steps: [],
      released: [],
      looped: false,
      spawned: null,
      from: -1,
      right: true,
      locked: false,
    };
    const access = this.accessOf(thread, state);
    const moves = isAtEnd(thread) ? this.finish(start, setting) : this.step(start, setting);
    return moves.map((move) => ({ ...move, invocation, access }));
  }

  private step(before: Partial, setting: Setting): readonly Omit<Move, 'invocation' | 'access'>[] {
    return this.take(before, threadSteps(this.program, before.state, before.thread), setting);
  }

  private take(
    before: Partial,
    steps: readonly ThreadStep[],
    setting: Setting,
  ): readonly Omit<Move, 'invocation' | 'access'>[] {
    this.program.deadline.check();
    const { thread, state } = before;
    const lock = nextOperation(this.program, thread)?.role.kind === 'lock';
    const own = before.right && !lock && this.order.isOwn(thread, state, isAlone(setting));
    return steps.flatMap((step) => {
      const right = before.right && (lock || (own && this.keepsCrash(state, step, setting)));
      return this.afterStep(before, step, { right, locked: before.locked || lock }, setting);
    });
  }

  /** Whether a crash, if one may come, leaves the same before and after a step. */
  private keepsCrash(before: readonly Value[], step: ThreadStep, setting: Setting): boolean {
    if (step.thread === null) return false;
    return !setting.crashes || this.order.isSameAfterCrash(before, step.state);
  }

  private afterStep(
    before: Partial,
    step: ThreadStep,
    movers: Pick<Partial, 'right' | 'locked'>,
    setting: Setting,
  ): readonly Omit<Move, 'invocation' | 'access'>[] {
    const common = {
      steps: [...before.steps, step.decisions],
      released: step.released === null ? before.released : [...before.released, step.released],
      looped: before.looped || step.looped,
      spawned: step.spawned === null ? before.spawned : this.running(0, setting.implementation, step.spawned),
    };
    if (step.thread === null) {
      return [{ ...this.faulty(step.state, step.fault?.kind ?? 'panic'), ...common }];
    }
    const { position: from } = before.thread;
    return this.finish({ ...common, state: step.state, thread: step.thread, from, ...movers }, setting);
  }

  /** Takes the steps that are merged with the ones before. */
  private finish(now: Partial, setting: Setting): readonly Omit<Move, 'invocation' | 'access'>[] {
    const { thread, state, steps, released, looped, spawned } = now;
    const instruction = nextInstruction(thread);
    const made = { steps, released, looped, spawned };
    if (instruction.kind === 'return' || instruction.kind === 'end') {
      const ended = instruction.kind === 'end';
      // Nobody misses what a start that failed has kept.
      const mayKeep = ended && isAlone(setting);
      if (thread.held.length > 0 && !mayKeep) return [{ ...this.faulty(state, 'lock-leak'), ...made }];
      const returned = ended ? null : localValues(this.program, state, thread, instruction.values);
      const status = this.idle(setting.left);
      return [{ ...made, machine: this.machine(state), status, returned, ended, fault: null }];
    }
    const further = this.mergedSteps(now, setting);
    if (further !== null) {
      const moves = this.take(now, further, setting);
      if (moves.length > 0) return moves;
    }
    const status = this.running(setting.left, setting.implementation, thread);
    const machine = this.machine(state);
    return [{ ...made, machine, status, returned: null, ended: false, fault: null }];
  }

  /** The next steps of the thread, where they are merged with the last one. */
  private mergedSteps(now: Partial, setting: Setting): readonly ThreadStep[] | null {
    const decision = this.mergesNext(now, setting);
    if (decision === 'no') return null;
    const steps = threadSteps(this.program, now.state, now.thread);
    if (decision === 'yes' || steps.some((step) => this.keepsCrash(now.state, step, setting))) return steps;
    return null;
  }

  /** Whether the next step is merged with the last one: always, never, or where one of its outcomes leaves what a crash would leave. */
  private mergesNext(
    { thread, state, from, right, locked }: Partial,
    setting: Setting,
  ): 'yes' | 'no' | 'if a crash leaves the same' {
    const operation = nextOperation(this.program, thread);
    const instruction = nextInstruction(thread);
    if (operation === null || instruction.kind !== 'call') return 'no';
    const { role } = operation;
    if (role.kind === 'unlock') {
      const keys = localValues(this.program, state, thread, instruction.arguments);
      return thread.held.includes(heldName(role, keys)) ? 'yes' : 'no';
    }
    if (thread.position < from || (thread.position === from && thread.inside === null)) return 'no';
    if (role.kind === 'lock') return right && !locked && this.order.isUsed ? 'yes' : 'no';
    if (right && role.kind === 'layer') return 'yes';
    if (!this.order.isOwn(thread, state, isAlone(setting))) return 'no';
    if (right) return 'yes';
    return isAlone(setting) && setting.crashes ? 'no' : 'if a crash leaves the same';
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

function isAlone({ implementation }: Setting): boolean {
  return implementation < 0;
}

/** Whether two threads about to make these accesses race. */
export function accessesRace(left: Access, right: Access): boolean {
  if (left.variable !== right.variable || !(left.write || right.write)) return false;
  const shared = Math.min(left.keys.length, right.keys.length);
  return left.keys.slice(0, shared).every((key, index) => key === right.keys[index]);
}
