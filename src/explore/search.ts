import type { Code } from '../ir/index.js';
import { firstUse, largestBlock } from './arguments.js';
import { initialStates } from './initial.js';
import type { Invocation, Move, Status } from './moves.js';
import { Moves, accessesRace } from './moves.js';
import { OutOfTime } from './deadline.js';
import { Divergence } from './divergence.js';
import { crashOutcomes } from './outcomes.js';
import type { CrashOutcome } from './outcomes.js';
import type { Program } from './program.js';
import type { Label, Node, Phase, Position } from './path.js';
import { decisionsTo, invocationDecision } from './path.js';
import type { Decision } from './script.js';
import { ANYTHING, Specification } from './specification.js';
import { memoised } from './table.js';
import {
  blockers,
  localValues,
  nextInstruction,
  nextOperation,
  startThread,
  waitsForLock,
} from './thread.js';

export interface SearchLimits {
  readonly maximalStates: number;
}

export interface SearchOutcome {
  /** The decisions of an execution that ends in a violation; null where none was found. */
  readonly script: readonly Decision[] | null;
  /** Whether every execution within the bounds was looked at (or is covered by one that was). */
  readonly complete: boolean;
  readonly states: number;
  readonly transitions: number;
}

/** Why the bounds cannot be searched at all. */
export class NoInitialState extends Error {
  constructor(readonly side: 'machine' | 'specification') {
    super(`no initial state of the ${side} was found`);
  }
}

/** Thrown when a violation is found: its decisions. */
class Found extends Error {
  constructor(readonly script: readonly Decision[]) {
    super('found');
  }
}

/**
 * Searches all executions within a program's bounds and until its deadline, breadth first. Beside what {@link Moves} merges, states are identified when
 * they differ only in the order of threads, and a state is not looked at again with fewer crashes left than before: every
 * execution from there was possible then as well. States are compared exactly, not by hashes.
 */
export function search(program: Program, limits: SearchLimits): SearchOutcome {
  const run = new Search(program, limits);
  try {
    const complete = run.run();
    return { script: null, complete, states: run.states, transitions: run.transitions };
  } catch (error) {
    const { states, transitions } = run;
    if (error instanceof OutOfTime) return { script: null, complete: false, states, transitions };
    if (error instanceof Found) return { script: error.script, complete: false, states, transitions };
    throw error;
  }
}

class Search {
  states = 0;
  transitions = 0;
  private readonly moves: Moves;
  private readonly divergence: Divergence;
  private readonly specification: Specification;
  /** The largest number of crashes left with which a state was reached. */
  private readonly visited = new Map<string, number>();
  private readonly crashed = new Map<string, number>();
  private readonly crashes = new Map<number, readonly CrashOutcome[]>();
  private readonly requestedCalls = new Map<Invocation, number>();
  private readonly finishedCalls = new Map<Move, number>();
  private queue: Node[] = [];

  constructor(
    private readonly program: Program,
    private readonly limits: SearchLimits,
  ) {
    this.moves = new Moves(program);
    this.divergence = new Divergence(this.moves, program.deadline);
    this.specification = new Specification(program);
  }

  /** Whether the search came to its end. */
  run(): boolean {
    this.start();
    for (let head = 0; head < this.queue.length; head += 1) {
      const node = this.queue[head];
      if (node === undefined) break;
      if (this.visited.size > this.limits.maximalStates) return false;
      if (node.phase === 'threads') this.expandThreads(node);
      else this.expandAlone(node);
      if (head === 65_535) {
        this.queue = this.queue.slice(head + 1);
        head = -1;
      }
    }
    return true;
  }

  private start(): void {
    const { program } = this;
    const specificationStates = initialStates(program, program.specification);
    if (specificationStates.length === 0) throw new NoInitialState('specification');
    const machineStates = initialStates(program, program.machine);
    if (machineStates.length === 0) throw new NoInitialState('machine');
    const set = this.specification.start(specificationStates, program.bounds.threads);
    machineStates.forEach((state, index) => {
      const used = program.machine.variables.map(({ type }, position) =>
        largestBlock(type, state[position] ?? false),
      );
      this.enter('initialisation', {
        machine: this.moves.machine(state),
        set,
        crashes: program.bounds.crashes,
        used: Math.max(...used, 0),
        parent: null,
        label: { kind: 'start', state: index },
      });
    });
  }

  /** Starts a phase, or the first after it that has something to do. */
  private enter(phase: Phase, base: Position): void {
    const code = this.codeOf(phase);
    if (phase === 'threads') {
      if (this.specification.isEmpty(base.set)) this.found(base, []);
      const { threads, operations } = this.program.bounds;
      const idle = this.moves.idle(operations);
      this.add({ ...base, phase, threads: Array.from({ length: threads }, () => idle) });
      return;
    }
    const run =
      code === null ? null : startThread(this.program, this.moves.machines.get(base.machine), code, []);
    if (run?.kind === 'abandoned') return;
    if (run?.kind === 'fault') this.found(base, []);
    if (run?.kind === 'thread' && nextInstruction(run.thread).kind === 'call') {
      this.add({ ...base, phase, threads: [this.moves.running(0, -1, run.thread)] });
    } else this.enter(after(phase), base);
  }

  private codeOf(phase: Phase): Code | null {
    const { system } = this.program;
    switch (phase) {
      case 'initialisation':
        return system.initialisation;
      case 'recovery':
        return system.recovery;
      case 'boot':
      case 'first boot':
        return system.boot;
      case 'threads':
        return null;
    }
  }

  private add(node: Node): void {
    this.program.deadline.check();
    this.transitions += 1;
    const key = nodeKey(node);
    const before = this.visited.get(key);
    if (before !== undefined && before >= node.crashes) return;
    if (before === undefined) this.states += 1;
    this.visited.set(key, node.crashes);
    this.queue.push(node);
  }

  private expandAlone(node: Node): void {
    const [status = -1] = node.threads;
    const moves = this.moves.moves(status, node.machine);
    if (moves.length === 0 && this.waitsForLock(status, node.machine))
      this.found(node, [{ kind: 'deadlock' }]);
    for (const move of moves) {
      const label: Label = { kind: 'move', slot: 0, move, order: null };
      const base = { ...node, machine: move.machine, parent: node, label };
      if (move.fault !== null) this.found(base, []);
      if (move.returned !== null) {
        this.enter(after(node.phase), base);
        continue;
      }
      if (move.status === null) continue;
      this.checkEndless(move, base, null);
      this.add({ ...base, threads: [move.status] });
    }
    if (node.phase === 'recovery' || node.phase === 'boot') this.crash(node, node.set);
  }

  private waitsForLock(number: number, machine: number): boolean {
    const status = this.moves.statuses.get(number);
    if (status.kind === 'idle') return false;
    return waitsForLock(this.program, this.moves.machines.get(machine), status.thread);
  }

  private expandThreads(node: Node): void {
    let stuck = true;
    for (const [slot, status] of node.threads.entries()) {
      for (const move of this.moves.moves(status, node.machine)) {
        if (this.take(node, slot, move)) stuck = false;
      }
    }
    if (stuck && this.isDeadlock(node)) this.found(node, [{ kind: 'deadlock' }]);
    this.checkRaces(node);
    if (node.crashes > 0) this.crash(node, this.specification.crash(node.set));
  }

  /** Takes a move; false if it need not be looked at. */
  private take(node: Node, slot: number, move: Move): boolean {
    const { invocation } = move;
    let { set, used } = node;
    if (invocation !== null) {
      const now = this.firstUse(invocation, used);
      if (now === null) return false;
      used = now;
      set = this.specification.invoke(set, slot, this.requested(invocation));
      if (set === ANYTHING) return false;
    }
    const plain = { ...node, machine: move.machine, used, parent: node };
    if (move.fault !== null || move.status === null) {
      this.found({ ...plain, label: { kind: 'move', slot, move, order: null } }, []);
    }
    if (move.returned !== null) {
      const finished = memoised(this.finishedCalls, move, () => this.finished(node, slot, move));
      set = this.specification.complete(set, slot, finished);
      if (this.specification.isEmpty(set))
        this.found({ ...plain, label: { kind: 'move', slot, move, order: null } }, []);
    } else this.checkEndless(move, { ...plain, label: { kind: 'move', slot, move, order: null } }, slot);
    let threads: readonly number[] = node.threads.with(slot, move.status);
    if (move.released.length > 0) threads = this.withoutLocks(threads, move.released);
    const order = sortingOrder(threads);
    if (order !== null) {
      threads = order.map((old) => threads[old] ?? 0);
      set = this.specification.permute(set, order);
    }
    this.add({ ...plain, threads, set, label: { kind: 'move', slot, move, order } });
    return true;
  }

  private firstUse({ operation, arguments: args }: Invocation, used: number): number | null {
    return this.moves.blocks.symmetric ? firstUse(operation, args, used) : used;
  }

  private requested(invocation: Invocation): number {
    const { operation, arguments: args } = invocation;
    return memoised(this.requestedCalls, invocation, () => this.specification.requested(operation, args));
  }

  private finished(node: Node, slot: number, { invocation, returned }: Move): number {
    return this.specification.finished(this.operationOf(node, slot, invocation), returned ?? []);
  }

  private operationOf(node: Node, slot: number, invocation: Invocation | null): Invocation['operation'] {
    if (invocation !== null) return invocation.operation;
    const status = this.moves.statuses.get(node.threads[slot] ?? -1);
    if (status.kind === 'idle') throw new Error('an idle thread returns');
    return this.program.specificationOperation(this.program.implementation(status.implementation).operation);
  }

  /** Somebody released locks that other threads had taken. */
  private withoutLocks(threads: readonly number[], locks: readonly string[]): readonly number[] {
    return threads.map((number) => {
      const status = this.moves.statuses.get(number);
      if (status.kind === 'idle') return number;
      const held = status.thread.held.filter((lock) => !locks.includes(lock));
      return this.moves.running(status.left, status.implementation, { ...status.thread, held });
    });
  }

  /** `slot`: the thread, or null for code that runs alone. */
  private checkEndless(move: Move, base: Position, slot: number | null): void {
    if (!move.looped || move.status === null || !this.divergence.isEndless(move.status, move.machine)) return;
    const thread = slot === null ? 0 : (this.namesAt(base)[slot] ?? 0);
    const cycle = this.divergence.cycle(move.status, move.machine);
    const steps = cycle.flatMap((each) =>
      each.steps.map((decisions): Decision => ({ kind: 'step', thread, decisions })),
    );
    this.found(base, [...steps, { kind: 'divergence', thread }]);
  }

  /** Every running thread waits for a lock that a running thread holds. */
  private isDeadlock(node: Node): boolean {
    const running = node.threads
      .map((number) => this.moves.statuses.get(number))
      .filter((status): status is Extract<Status, { kind: 'running' }> => status.kind === 'running');
    const state = this.moves.machines.get(node.machine);
    const held = new Set(running.flatMap(({ thread }) => thread.held));
    return (
      running.length > 0 &&
      running.every(({ thread }) => {
        const role = nextOperation(this.program, thread)?.role;
        const instruction = nextInstruction(thread);
        if (role?.kind !== 'lock' || instruction.kind !== 'call') return false;
        const keys = localValues(this.program, state, thread, instruction.arguments);
        return blockers(role, keys).some((each) => held.has(each));
      })
    );
  }

  /** A data race: two threads, each about to make a plain access of the same location, at least one of them a write. */
  private checkRaces(node: Node): void {
    const accesses = node.threads.map((status) =>
      this.moves.moves(status, node.machine).filter((move) => move.access !== null),
    );
    for (const [first, moves] of accesses.entries()) {
      for (const [second, others] of accesses.slice(first + 1).entries()) {
        for (const left of moves) {
          for (const right of others) this.checkRace(node, [first, first + 1 + second], left, right);
        }
      }
    }
  }

  private checkRace(node: Node, slots: readonly [number, number], left: Move, right: Move): void {
    if (left.access === null || right.access === null || !accessesRace(left.access, right.access)) return;
    let { set, used } = node;
    const names = this.namesAt(node);
    const threads: [number, number] = [names[slots[0]] ?? 0, names[slots[1]] ?? 0];
    const script: Decision[] = [];
    for (const [index, { invocation }] of [left, right].entries()) {
      if (invocation === null) continue;
      const now = this.firstUse(invocation, used);
      if (now === null) return;
      used = now;
      set = this.specification.invoke(set, slots[index] ?? 0, this.requested(invocation));
      if (set === ANYTHING) return;
      script.push(invocationDecision(invocation, threads[index] ?? 0));
    }
    this.found(node, [...script, { kind: 'race', threads }]);
  }

  /**
   * What a crash leaves depends on the machine's state and the configurations only, so that it is looked at once for all states
   * that agree on them.
   */
  private crash(node: Node, set: number): void {
    if (node.crashes === 0) return;
    const key = `${node.machine} ${set} ${node.used}`;
    if ((this.crashed.get(key) ?? 0) >= node.crashes) return;
    this.crashed.set(key, node.crashes);
    const state = this.moves.machines.get(node.machine);
    const outcomes = memoised(this.crashes, node.machine, () =>
      crashOutcomes(this.program, this.program.machine, state),
    );
    for (const outcome of outcomes) {
      this.enter('recovery', {
        machine: this.moves.machine(outcome.state),
        set,
        crashes: node.crashes - 1,
        used: node.used,
        parent: node,
        label: { kind: 'crash', decisions: outcome.decisions },
      });
    }
  }

  private found(last: Position, further: readonly Decision[]): never {
    throw new Found([...decisionsTo(last, this.program.bounds.threads).script, ...further]);
  }

  private namesAt(node: Position): readonly number[] {
    return decisionsTo(node, this.program.bounds.threads).names;
  }
}

function after(phase: Phase): Phase {
  switch (phase) {
    case 'initialisation':
      return 'first boot';
    case 'recovery':
      return 'boot';
    default:
      return 'threads';
  }
}

/** The old positions of threads in the order of their statuses; null when they are in order. */
function sortingOrder(threads: readonly number[]): readonly number[] | null {
  if (threads.every((status, index) => index === 0 || status >= (threads[index - 1] ?? 0))) return null;
  return [...threads.keys()].sort(
    (left, right) => (threads[left] ?? 0) - (threads[right] ?? 0) || left - right,
  );
}

const PHASES: readonly Phase[] = ['initialisation', 'first boot', 'recovery', 'boot', 'threads'];

/** All of a state except the crashes left, as two UTF-16 code units for each number. */
function nodeKey({ phase, machine, set, used, threads }: Node): string {
  let key = String.fromCharCode(
    PHASES.indexOf(phase),
    machine & 0xffff,
    machine >>> 16,
    set & 0xffff,
    set >>> 16,
    used & 0xffff,
  );
  for (const status of threads) key += String.fromCharCode(status & 0xffff, status >>> 16);
  return key;
}
