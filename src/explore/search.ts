import type { Code } from '../ir/index.js';
import type { Violation } from '../trace/index.js';
import { Canonicaliser } from './canonical.js';
import { OutOfTime } from './deadline.js';
import { Divergence } from './divergence.js';
import { initialStates } from './initial.js';
import type { Invocation, Move } from './moves.js';
import { Moves, accessesRace } from './moves.js';
import { crashOutcomes } from './outcomes.js';
import type { CrashOutcome } from './outcomes.js';
import type { Program } from './program.js';
import type { Node, Phase, Position, Renamings } from './path.js';
import { Trail, afterMove, mayCrash, phaseAfter } from './path.js';
import type { Reductions } from './reductions.js';
import { ALL_REDUCTIONS } from './reductions.js';
import type { Decision } from './script.js';
import { ANYTHING, Specification } from './specification.js';
import { isStarved } from './starvation.js';
import { memoised } from './table.js';
import type { Thread } from './thread.js';
import { isDeadlock, nextInstruction, startThread, waitsForLock } from './thread.js';
import { Visited } from './visited.js';

type Kind = Violation['kind'];

export interface SearchLimits {
  readonly maximalStates: number;
  /** All of them unless said otherwise. */
  readonly reductions?: Reductions;
  /** Goes on after a violation, to learn of which kinds there are. */
  readonly all?: boolean;
}

export interface SearchOutcome {
  /** The decisions of an execution that ends in a violation; null where none was found. */
  readonly script: readonly Decision[] | null;
  /** Whether every execution within the bounds was looked at (or is covered by one that was). */
  readonly complete: boolean;
  /** The kinds of violations that were found. */
  readonly kinds: ReadonlySet<Kind>;
  readonly states: number;
  readonly transitions: number;
}

/** Thrown when a violation is found: its decisions. */
class Found extends Error {
  constructor(readonly script: readonly Decision[]) {
    super('found');
  }
}

/**
 * Searches all executions within a program's bounds and until its deadline, breadth first. Beside what {@link Moves} merges, states are
 * identified when they differ only in names ({@link Canonicaliser}), and a state is not looked at again with fewer crashes left than
 * before: every execution from there was possible then as well.
 */
export function search(program: Program, limits: SearchLimits): SearchOutcome {
  const run = new Search(program, limits);
  const outcome = (script: readonly Decision[] | null, complete: boolean): SearchOutcome => {
    const { states, transitions, kinds } = run;
    return { script, complete, states, transitions, kinds };
  };
  try {
    return outcome(null, run.run());
  } catch (error) {
    if (error instanceof OutOfTime) return outcome(null, false);
    if (error instanceof Found) return outcome(error.script, false);
    throw error;
  }
}

class Search {
  states = 0;
  transitions = 0;
  readonly kinds = new Set<Kind>();
  private readonly moves: Moves;
  private readonly divergence: Divergence;
  private readonly specification: Specification;
  private readonly canonicaliser: Canonicaliser;
  private readonly visited: Visited;
  private readonly renamings: Renamings;
  private readonly crashed = new Map<string, number>();
  private readonly crashes = new Map<number, readonly CrashOutcome[]>();
  private readonly requestedCalls = new Map<Invocation, number>();
  private readonly finishedCalls = new Map<Move, number>();
  private queue: Node[] = [];

  constructor(
    private readonly program: Program,
    private readonly limits: SearchLimits,
  ) {
    const reductions = limits.reductions ?? ALL_REDUCTIONS;
    this.moves = new Moves(program, reductions);
    this.divergence = new Divergence(this.moves, program.deadline);
    this.specification = new Specification(program);
    this.canonicaliser = new Canonicaliser(program, this.moves, this.specification, reductions);
    this.visited = new Visited(this.canonicaliser);
    const { symmetry } = this.canonicaliser;
    this.renamings = {
      group: symmetry.group,
      argumentsIndex: (invocation, renaming) => {
        const args = symmetry.renamedArguments(invocation.operation, invocation.arguments, renaming);
        return this.moves.argumentsIndex(invocation, args);
      },
    };
  }

  /** Whether the search came to its end. */
  run(): boolean {
    this.start();
    for (let head = 0; head < this.queue.length; head += 1) {
      const node = this.queue[head];
      if (node === undefined) break;
      if (this.visited.size > this.limits.maximalStates) return false;
      if (node.phase === 'threads') this.expandThreads(node);
      else if (node.phase === 'failed') this.crash(node, node.set);
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
    const machineStates = initialStates(program, program.machine);
    const set = this.specification.start(specificationStates, program.slots);
    machineStates.forEach((state, index) => {
      this.enter('initialisation', {
        machine: this.moves.machine(state),
        set,
        crashes: program.bounds.crashes,
        parent: null,
        label: { kind: 'start', state: index },
      });
    });
  }

  /** Starts a phase, or the first after it that has something to do. */
  private enter(phase: Phase, base: Position): void {
    if (phase === 'threads') {
      this.startThreads(base);
      return;
    }
    const code = this.codeOf(phase);
    const run =
      code === null ? null : startThread(this.program, this.moves.machines.get(base.machine), code, []);
    if (run?.kind === 'abandoned') return;
    if (run?.kind === 'fault') {
      this.found(run.fault.kind, base);
      return;
    }
    const { blocks: subgroup } = this.canonicaliser;
    const next = run === null ? null : nextInstruction(run.thread);
    if (run !== null && next?.kind === 'call') {
      this.add(base, { phase, subgroup }, [this.moves.running(0, -1, run.thread)]);
    } else if (next?.kind === 'end') this.fail(phase, base);
    else this.enter(phaseAfter(phase), base);
  }

  /** A start failed. The crash that comes next is the first one since the specification's last step only if no recovery came before. */
  private fail(phase: Phase, base: Position): void {
    const set = phase === 'first boot' ? this.specification.crash(base.set) : base.set;
    const { blocks: subgroup } = this.canonicaliser;
    this.add({ ...base, set }, { phase: 'failed', subgroup }, []);
  }

  private startThreads(base: Position): void {
    if (this.specification.isEmpty(base.set)) {
      this.found('refinement', base);
      return;
    }
    const { threads, operations } = this.program.bounds;
    const idle = this.moves.idle(operations);
    const subgroup =
      base.crashes === 0 ? this.canonicaliser.all : this.canonicaliser.stabiliser(base.machine, base.set);
    // Places for goroutines; those of threads that have made all their calls serve as well.
    const free = this.moves.idle(0);
    const slots = Array.from({ length: this.program.slots }, (_, slot) => (slot < threads ? idle : free));
    this.add(base, { phase: 'threads', subgroup }, slots);
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
      case 'failed':
        return null;
    }
  }

  private add(
    base: Position,
    { phase, subgroup }: Pick<Node, 'phase' | 'subgroup'>,
    threads: readonly number[],
  ): void {
    this.program.deadline.check();
    this.transitions += 1;
    const node = this.visited.enter({ ...base, phase, subgroup, threads });
    if (node === null) return;
    this.states += 1;
    this.queue.push(node);
  }

  private expandAlone(node: Node): void {
    const [status = -1] = node.threads;
    const crashes = mayCrash(node);
    const moves = this.moves.moves(status, node.machine, crashes);
    if (moves.length === 0 && this.waitsForLock(status, node.machine)) {
      this.found('deadlock', node, () => [{ kind: 'deadlock' }]);
    }
    for (const move of moves) {
      const base = afterMove(node, 0, move, node.set);
      if (move.fault !== null || move.status === null) this.found(move.fault ?? 'panic', base);
      else if (move.returned !== null) this.enter(phaseAfter(node.phase), base);
      else if (move.ended) this.fail(node.phase, base);
      else if (!this.isEndless(move, base, null, crashes)) this.add(base, node, [move.status]);
    }
    if (crashes) this.crash(node, node.set);
  }

  private running({ threads }: Node): readonly Thread[] {
    return threads.flatMap((number) => {
      const status = this.moves.statuses.get(number);
      return status.kind === 'running' ? [status.thread] : [];
    });
  }

  private waitsForLock(number: number, machine: number): boolean {
    const status = this.moves.statuses.get(number);
    if (status.kind === 'idle') return false;
    return waitsForLock(this.program, this.moves.machines.get(machine), status.thread);
  }

  private expandThreads(node: Node): void {
    let stuck = true;
    for (const [slot, status] of node.threads.entries()) {
      for (const move of this.moves.moves(status, node.machine, mayCrash(node))) {
        if (this.take(node, slot, move)) stuck = false;
      }
    }
    if (stuck && isDeadlock(this.program, this.moves.machines.get(node.machine), this.running(node)))
      this.found('deadlock', node, () => [{ kind: 'deadlock' }]);
    if (isStarved(this.program, this.moves.machines.get(node.machine), this.running(node)))
      this.found('deadlock', node, () => [{ kind: 'starvation' }]);
    this.checkRaces(node);
    if (node.crashes > 0) this.crash(node, this.specification.crash(node.set));
  }

  /** Takes a move; false if it need not be looked at. */
  private take(node: Node, slot: number, move: Move): boolean {
    const { invocation } = move;
    let { set } = node;
    if (invocation !== null) {
      set = this.specification.invoke(set, slot, this.requested(invocation));
      if (set === ANYTHING) return false;
    }
    let { threads } = node;
    let started: number | null = null;
    if (move.spawned !== null) {
      const free = this.moves.idle(0);
      started = threads.findLastIndex((status, index) => status === free && index !== slot);
      // There are more goroutines than are searched for: the thread stays where it is.
      if (started < 0) return true;
      threads = threads.with(started, move.spawned);
    }
    if (move.fault !== null || move.status === null) {
      this.found(move.fault ?? 'panic', afterMove(node, slot, move, set, started));
      return true;
    }
    if (move.returned !== null) {
      const finished = memoised(this.finishedCalls, move, () => this.finished(node, slot, move));
      set = this.specification.complete(set, slot, finished);
    }
    threads = threads.with(slot, move.status);
    const base = afterMove(node, slot, move, set, started);
    if (this.specification.isEmpty(set)) {
      this.found('refinement', base);
      return true;
    }
    if (move.returned === null && this.isEndless(move, base, slot, mayCrash(node))) return true;
    this.add(base, node, move.released.length > 0 ? this.withoutLocks(threads, move.released) : threads);
    return true;
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

  /** Whether a thread (in a slot, or, with null, code that runs alone) goes round for ever, which is a violation. */
  private isEndless(move: Move, base: Position, slot: number | null, crashes: boolean): boolean {
    if (!move.looped || move.status === null) return false;
    const start = { status: move.status, machine: move.machine, crashes };
    if (!this.divergence.isEndless(start)) return false;
    this.found('divergence', base, (trail) => {
      const thread = trail.nameOf(slot);
      const steps = this.divergence
        .cycle(start)
        .flatMap((each) => each.steps.map((decisions): Decision => ({ kind: 'step', thread, decisions })));
      return [...steps, { kind: 'divergence', thread }];
    });
    return true;
  }

  /** A data race: two threads, each about to make a plain access of the same location, at least one of them a write. */
  private checkRaces(node: Node): void {
    const accesses = node.threads.map((status) =>
      this.moves.moves(status, node.machine, mayCrash(node)).filter((move) => move.access !== null),
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
    let { set } = node;
    for (const [index, { invocation }] of [left, right].entries()) {
      if (invocation === null) continue;
      set = this.specification.invoke(set, slots[index] ?? 0, this.requested(invocation));
      if (set === ANYTHING) return;
    }
    this.found('race', node, (trail) => [
      ...[left, right].flatMap(({ invocation }, index) =>
        invocation === null ? [] : [trail.invocation(invocation, slots[index] ?? 0)],
      ),
      { kind: 'race', threads: [trail.nameOf(slots[0]), trail.nameOf(slots[1])] },
    ]);
  }

  /**
   * A crash in each of the states that the node stands for. What it leaves depends on the machine's state and the configurations only, so
   * that it is looked at once for all states that agree on them.
   */
  private crash(node: Node, set: number): void {
    if (node.crashes === 0) return;
    for (const renaming of this.canonicaliser.addressesOf(node.subgroup)) {
      const machine = this.canonicaliser.machine(node.machine, renaming);
      this.crashIn(node, machine, this.canonicaliser.set(set, renaming), renaming);
    }
  }

  private crashIn(node: Node, machine: number, set: number, renaming: number): void {
    const key = `${machine} ${set}`;
    if ((this.crashed.get(key) ?? 0) >= node.crashes) return;
    this.crashed.set(key, node.crashes);
    const outcomes = memoised(this.crashes, machine, () =>
      crashOutcomes(this.program, this.program.machine, this.moves.machines.get(machine)),
    );
    for (const { state, decisions } of outcomes) {
      this.enter('recovery', {
        machine: this.moves.machine(state),
        set,
        crashes: node.crashes - 1,
        parent: node,
        label: { kind: 'crash', decisions, renaming },
      });
    }
  }

  /** Ends the search with the decisions that lead to a position, and those after it. */
  private found(kind: Kind, last: Position, further: (trail: Trail) => readonly Decision[] = () => []): void {
    this.kinds.add(kind);
    if (this.limits.all === true) return;
    const trail = new Trail(last, this.program.slots, this.renamings);
    throw new Found([...trail.script, ...further(trail)]);
  }
}
