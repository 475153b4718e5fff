import type { Moves } from './moves.js';
import type { Program } from './program.js';
import type { Reductions } from './reductions.js';
import type { Specification } from './specification.js';
import { Symmetry } from './symmetry.js';
import { Table, memoised } from './table.js';

/** The parts of a state that have names in them, by number. */
interface Named {
  readonly machine: number;
  readonly threads: readonly number[];
  readonly set: number;
}

/** One of several states that are the same up to names, and how it came from the given one: renamed first, then reordered. */
export interface Canonical extends Named {
  readonly renaming: number;
  /** The old position of each thread; null when they kept theirs. */
  readonly order: readonly number[] | null;
}

/** Picks one of the states that differ only in names: of blocks, of addresses, of threads. */
export class Canonicaliser {
  readonly symmetry: Symmetry;
  /** Subgroups of renamings, by number. */
  private readonly subgroups = new Table<readonly number[]>();
  private readonly machines = new Map<number, Map<number, number>>();
  private readonly statuses = new Map<number, Map<number, number>>();
  private readonly sets = new Map<number, Map<number, number>>();
  /** Renamings of blocks only. */
  readonly blocks: number;
  readonly all: number;

  constructor(
    private readonly program: Program,
    private readonly moves: Moves,
    private readonly specification: Specification,
    private readonly reductions: Reductions,
  ) {
    this.symmetry = new Symmetry(program, reductions);
    this.blocks = this.subgroup([0]);
    this.all = this.subgroup(this.symmetry.group.addresses);
  }

  /** The subgroup of all renamings of blocks together with some of addresses. */
  private subgroup(addresses: readonly number[]): number {
    const { group } = this.symmetry;
    return this.subgroups.intern(
      addresses.join(' '),
      addresses.flatMap((address) => group.blocks.map((block) => group.product(address, block))),
    );
  }

  /** The renamings of addresses that change nothing of a state in which no thread runs, with all those of blocks. */
  stabiliser(machine: number, set: number): number {
    return this.subgroup(
      this.symmetry.group.addresses.filter(
        (each) => this.machine(machine, each) === machine && this.set(set, each) === set,
      ),
    );
  }

  /** The renamings of addresses in a subgroup. */
  addressesOf(subgroup: number): readonly number[] {
    const { addresses } = this.symmetry.group;
    return this.subgroups.get(subgroup).filter((each) => addresses.includes(each));
  }

  /** Subgroups used so far that include the given one, itself aside. */
  including(subgroup: number): readonly number[] {
    if (subgroup === this.all) return [];
    const members = this.subgroups.get(subgroup);
    return [...Array(this.subgroups.size).keys()].filter(
      (larger) => larger !== subgroup && members.every((each) => this.subgroups.get(larger).includes(each)),
    );
  }

  /** The least of the states into which the subgroup can rename this one. */
  least(state: Named, subgroup: number): Canonical {
    let least = this.renamed(state, state.machine, 0);
    const members = this.subgroups.get(subgroup);
    if (members.length === 1) return least;
    for (const renaming of members) {
      const machine = this.machine(state.machine, renaming);
      if (renaming === 0 || machine > least.machine) continue;
      const each = this.renamed(state, machine, renaming);
      if (compare(each, least) < 0) least = each;
    }
    return least;
  }

  private renamed(state: Named, machine: number, renaming: number): Canonical {
    const threads =
      renaming === 0 ? state.threads : state.threads.map((status) => this.status(status, renaming));
    const set = this.set(state.set, renaming);
    const order = this.reductions.threads ? sortingOrder(threads) : null;
    if (order === null) return { machine, threads, set, renaming, order };
    return {
      machine,
      threads: order.map((old) => threads[old] ?? 0),
      set: this.specification.permute(set, order),
      renaming,
      order,
    };
  }

  machine(number: number, renaming: number): number {
    if (renaming === 0) return number;
    const { machines } = this.moves;
    return memoised(rowOf(this.machines, renaming), number, () =>
      this.moves.machine(this.symmetry.renamedState(this.program.machine, machines.get(number), renaming)),
    );
  }

  private status(number: number, renaming: number): number {
    if (renaming === 0) return number;
    return memoised(rowOf(this.statuses, renaming), number, () => {
      const status = this.moves.statuses.get(number);
      if (status.kind === 'idle') return number;
      const thread = this.symmetry.renamedThread(status.thread, renaming);
      return this.moves.running(status.left, status.implementation, thread);
    });
  }

  set(number: number, renaming: number): number {
    if (renaming === 0) return number;
    return memoised(rowOf(this.sets, renaming), number, () =>
      this.specification.renamed(number, renaming, this.symmetry),
    );
  }
}

function rowOf(rows: Map<number, Map<number, number>>, renaming: number): Map<number, number> {
  return memoised(rows, renaming, () => new Map<number, number>());
}

function compare(left: Canonical, right: Canonical): number {
  if (left.machine !== right.machine) return left.machine - right.machine;
  for (const [index, status] of left.threads.entries()) {
    const other = right.threads[index] ?? 0;
    if (status !== other) return status - other;
  }
  return left.set - right.set;
}

/** The old positions of threads in the order of their statuses; null when they are in order. */
function sortingOrder(threads: readonly number[]): readonly number[] | null {
  if (threads.every((status, index) => index === 0 || status >= (threads[index - 1] ?? 0))) return null;
  return [...threads.keys()].sort(
    (left, right) => (threads[left] ?? 0) - (threads[right] ?? 0) || left - right,
  );
}
