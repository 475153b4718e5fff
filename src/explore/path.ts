import type { Invocation, Move } from './moves.js';
import type { PermutationGroup } from './permutations.js';
import type { Decision } from './script.js';

/**
 * What is going on: code that runs alone, or threads. `boot` runs after initialisation and after recovery; where it `failed`, nothing does
 * any more before a crash.
 */
export type Phase = 'initialisation' | 'first boot' | 'recovery' | 'boot' | 'threads' | 'failed';

/** How a state came about, in the names of the state before. Numbers stand for things in tables. */
export interface Position {
  readonly machine: number;
  /** The set of specification configurations. */
  readonly set: number;
  /** Crashes that may still happen. */
  readonly crashes: number;
  readonly parent: Node | null;
  readonly label: Label;
}

/** A state of the search, in names of its own. */
export interface Node extends Position {
  readonly phase: Phase;
  /** Statuses; in phases of code that runs alone, just its own. */
  readonly threads: readonly number[];
  /** The renamings under which all that can happen before the next crash is closed; see {@link Canonicaliser}. */
  readonly subgroup: number;
  /** What was renamed when it was entered, and the old position of each thread (null: they kept theirs). */
  readonly renaming: number;
  readonly order: readonly number[] | null;
}

export type Label =
  | { readonly kind: 'start'; readonly state: number }
  /** `started`: the slot of the thread that the move started. */
  | { readonly kind: 'move'; readonly slot: number; readonly move: Move; readonly started: number | null }
  /** A crash in the state that the renaming makes of the one before. */
  | { readonly kind: 'crash'; readonly decisions: readonly number[]; readonly renaming: number };

/** Whether a crash may come next: initialisation is not crashed. */
export function mayCrash({ phase, crashes }: Node): boolean {
  return crashes > 0 && phase !== 'initialisation' && phase !== 'first boot';
}

/** How the state after a move of a thread came about. */
export function afterMove(
  parent: Node,
  slot: number,
  move: Move,
  set: number,
  started: number | null = null,
): Position {
  const label: Label = { kind: 'move', slot, move, started };
  return { machine: move.machine, set, crashes: parent.crashes, parent, label };
}

/** What comes after code that ran alone. */
export function phaseAfter(phase: Phase): Phase {
  switch (phase) {
    case 'initialisation':
      return 'first boot';
    case 'recovery':
      return 'boot';
    default:
      return 'threads';
  }
}

/** What names mean. */
export interface Renamings {
  readonly group: PermutationGroup;
  /** The number of an invocation's arguments after renaming. */
  argumentsIndex(invocation: Invocation, renaming: number): number;
}

/** An invocation whose addresses have their final names only when the next crash has told which they are. */
interface Open {
  readonly kind: 'open';
  readonly thread: number;
  readonly invocation: Invocation;
  readonly renaming: number;
}

/**
 * Decisions in real names along a path of states that each have names of their own. Threads get new numbers after each crash; code
 * that runs alone has number 0.
 *
 * A crash says which of the renamed states it happens in. What led to the state before it is therefore renamed as a whole, back to
 * where the threads started, which is the same after that renaming.
 */
export class Trail {
  private readonly decisions: (Decision | Open)[] = [];
  /** The numbers of threads, by slot. */
  private names: readonly number[];
  private nextName = 1;
  /** From the names of the state reached to real ones. */
  private renaming = 0;

  constructor(
    last: Position | Node,
    private readonly threads: number,
    private readonly renamings: Renamings,
  ) {
    this.names = numbersFrom(1, threads);
    const path: (Position | Node)[] = [last];
    for (let node = last.parent; node !== null; node = node.parent) path.unshift(node);
    for (const each of path) {
      this.follow(each);
      if ('phase' in each) this.enter(each);
    }
  }

  /** The decisions so far. */
  get script(): readonly Decision[] {
    return this.decisions.map((each) => (each.kind === 'open' ? this.closed(each, 0) : each));
  }

  /** The number of the thread in a slot; of code that runs alone (null), 0. */
  nameOf(slot: number | null): number {
    return slot === null ? 0 : (this.names[slot] ?? 0);
  }

  /** The decision to invoke an operation in the state reached. */
  invocation(invocation: Invocation, slot: number): Decision {
    return this.closed({ kind: 'open', invocation, thread: this.nameOf(slot), renaming: this.renaming }, 0);
  }

  private closed({ invocation, thread, renaming }: Open, after: number): Decision {
    const { group } = this.renamings;
    return {
      kind: 'invoke',
      thread,
      implementation: invocation.implementation,
      arguments: this.renamings.argumentsIndex(invocation, group.product(after, renaming)),
    };
  }

  private follow({ label, parent }: Position): void {
    switch (label.kind) {
      case 'start':
        this.decisions.push(label);
        return;
      case 'move':
        this.move(
          label.move,
          this.nameOf(parent?.phase === 'threads' ? label.slot : null),
          label.started === null ? null : this.nameOf(label.started),
        );
        return;
      case 'crash':
        this.crash(label.decisions, label.renaming);
    }
  }

  private move(move: Move, thread: number, goroutine: number | null): void {
    const { invocation, steps } = move;
    if (invocation !== null) {
      this.decisions.push({ kind: 'open', thread, invocation, renaming: this.renaming });
    }
    steps.forEach((decisions, index) => {
      const starts = index === 0 && goroutine !== null;
      this.decisions.push(
        starts ? { kind: 'spawn', thread, goroutine } : { kind: 'step', thread, decisions },
      );
    });
    if ((move.returned !== null || move.ended || move.fault === 'lock-leak') && thread !== 0)
      this.decisions.push({ kind: 'return', thread });
  }

  private crash(decisions: readonly number[], renamed: number): void {
    const { group } = this.renamings;
    const real = group.product(renamed, group.inverse(group.addressPart(this.renaming)));
    for (const [index, each] of this.decisions.entries()) {
      if (each.kind === 'open') this.decisions[index] = this.closed(each, real);
    }
    this.renaming = group.product(group.product(real, this.renaming), group.inverse(renamed));
    this.decisions.push({ kind: 'crash', decisions });
    this.nextName += this.threads;
    this.names = numbersFrom(this.nextName, this.threads);
  }

  private enter({ renaming, order }: Node): void {
    const { group } = this.renamings;
    this.renaming = group.product(this.renaming, group.inverse(renaming));
    const before = this.names;
    if (order !== null) this.names = order.map((slot) => before[slot] ?? 0);
  }
}

function numbersFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
