import type { Expression, InlinedHelper, Instruction, InstructionSource, Local, Type } from '../ir/index.js';
import { assignedLocals } from '../ir/index.js';

/** A position in code that is being built; every label that is jumped to must be bound once. */
export class Label {
  used = false;
  bound = false;
}

export type Plain = Exclude<Instruction, { kind: 'branch' | 'jump' | 'spawn' }>;
type WithoutSource<T> = T extends unknown ? Omit<T, 'source'> : never;

/** An access of the objects of a region, before it is known whether they are locals or state. `reference` is a type of references into it. */
export type MemoryAccess =
  /** Puts an object's content into a local. */
  | { readonly kind: 'load'; readonly reference: Type; readonly object: Expression; readonly into: number }
  | {
      readonly kind: 'store';
      readonly reference: Type;
      readonly object: Expression;
      readonly value: Expression;
      /** Of an array, whether it may be what stands behind the end of a slice of it. */
      readonly behindEnd: boolean;
    }
  /** Puts into a local whether two references are to the same object: never, if they turn out to be into different regions. */
  | {
      readonly kind: 'same';
      readonly reference: Type;
      readonly object: Expression;
      readonly other: Type;
      readonly otherObject: Expression;
      readonly into: number;
    }
  /** Puts the number of a new object into a local. */
  | {
      readonly kind: 'allocate';
      readonly reference: Type;
      readonly content: Expression;
      readonly into: number;
    };

export type Item =
  | { readonly kind: 'memory'; readonly source: InstructionSource; readonly access: MemoryAccess }
  | { readonly kind: 'label'; readonly label: Label }
  | { readonly kind: 'plain'; readonly instruction: Plain }
  | { readonly kind: 'jump' | 'spawn'; readonly source: InstructionSource; readonly target: Label }
  | {
      readonly kind: 'branch';
      readonly source: InstructionSource;
      readonly condition: Expression;
      readonly whenTrue: Label;
      readonly whenFalse: Label;
    };

/** A call of a function of the library. */
export interface LibraryCall {
  readonly source: InstructionSource;
  /** The same for code of the user's that the library calls. */
  readonly outside: InstructionSource;
  /** The user's function that the call stands in. */
  readonly caller: string;
  /** As messages print it: `Uint64` of `encoding/binary`. */
  readonly name: string;
}

interface Captured<T> {
  readonly value: T;
  readonly items: readonly Item[];
  readonly endReachable: boolean;
}

/**
 * Collects the instructions and locals of one `Code`. Instructions that no control flow reaches are dropped, so that the code never
 * falls off its end.
 */
export class InstructionBuilder {
  readonly locals: Local[] = [];
  private readonly temporaries = new Set<number>();
  private readonly constants = new Set<number>();
  private items: Item[] = [];
  private isReachable = true;

  /** What is being inlined; null: nothing. */
  helper: InlinedHelper | null = null;

  /** The call of the user's that code of the library is being inlined at: all of it stands there. Null: the code is the user's. */
  library: LibraryCall | null = null;

  constructor(public source: InstructionSource) {}

  /** Where reports place what is emitted now. */
  private get at(): InstructionSource {
    return this.library?.source ?? this.source;
  }

  private described<T extends { readonly message: string }>(check: T): T {
    return this.library === null ? check : { ...check, message: `${check.message}, in ${this.library.name}` };
  }

  get reachable(): boolean {
    return this.isReachable;
  }

  /** Number of instructions so far: a cheap bound on the size of inlined code. */
  get size(): number {
    return this.items.length;
  }

  /** Whether a lock or a token is given up in the first loop of what was emitted since there were so many instructions. */
  releasesInLoop(size: number): boolean {
    const items = this.items.slice(size);
    const head = items.findIndex((item) => item.kind === 'plain' && item.instruction.kind === 'loop');
    return items.some((item, index) => isRelease(item) && leadsTo(items, index, head));
  }

  newLocal(name: string, type: Type): number {
    if (this.library !== null) return this.newHidden(name, type);
    this.locals.push(this.helper === null ? { name, type } : { name, type, helper: this.helper });
    return this.locals.length - 1;
  }

  /** A local that the user did not write: reports leave it out. */
  newHidden(name: string, type: Type): number {
    this.locals.push({ name, type, isHidden: true });
    return this.locals.length - 1;
  }

  /** A local that is assigned at one place only, before all that read it. */
  newTemporary(name: string, type: Type): number {
    const local = this.newHidden(name, type);
    this.temporaries.add(local);
    return local;
  }

  isTemporary(local: number): boolean {
    return this.temporaries.has(local);
  }

  /** Says of a local whether each of its assignments makes a new variable of it, which is never assigned again. */
  markConstant(local: number, isConstant: boolean): void {
    if (isConstant) this.constants.add(local);
    else this.constants.delete(local);
  }

  /** Whether a value that was read from the local is what the variable, or the value of the user's, always has. */
  isConstant(local: number): boolean {
    return this.constants.has(local) || this.temporaries.has(local);
  }

  emit(instruction: WithoutSource<Plain>): void {
    if (!this.isReachable) return;
    const own = instruction.kind === 'check' ? this.described(instruction) : instruction;
    this.items.push({ kind: 'plain', instruction: { ...own, source: this.at } });
    if (instruction.kind === 'return' || instruction.kind === 'end') this.isReachable = false;
  }

  assign(local: number, value: Expression): void {
    this.emit({ kind: 'assign', local, value });
  }

  access(access: MemoryAccess): void {
    if (!this.isReachable) return;
    this.items.push({ kind: 'memory', source: this.at, access });
  }

  /** How many instructions assign a local. */
  assignments(local: number): number {
    return this.items.filter(
      (item) => item.kind === 'plain' && assignedLocals(item.instruction).includes(local),
    ).length;
  }

  /** Puts an assignment in front of everything. */
  assignFirst(local: number, value: Expression, source: InstructionSource): void {
    this.items.unshift({ kind: 'plain', instruction: { kind: 'assign', local, value, source } });
  }

  /** Replaces each item by others. */
  replaceItems(replace: (item: Item) => readonly Item[]): void {
    this.items = this.items.flatMap(replace);
  }

  jump(target: Label): void {
    if (!this.isReachable) return;
    target.used = true;
    this.items.push({ kind: 'jump', source: this.at, target });
    this.isReachable = false;
  }

  branch(condition: Expression, whenTrue: Label, whenFalse: Label): void {
    if (!this.isReachable) return;
    whenTrue.used = true;
    whenFalse.used = true;
    this.items.push({ kind: 'branch', source: this.at, condition, whenTrue, whenFalse });
    this.isReachable = false;
  }

  /** A new thread begins at the label. */
  spawn(target: Label): void {
    if (!this.isReachable) return;
    target.used = true;
    this.items.push({ kind: 'spawn', source: this.at, target });
  }

  bind(label: Label): void {
    label.bound = true;
    if (label.used) this.isReachable = true;
    this.items.push({ kind: 'label', label });
  }

  /** Runs `produce` and takes back what it emitted, to be put elsewhere with {@link splice}. */
  capture<T>(produce: () => T): Captured<T> {
    const before = this.items;
    const wasReachable = this.isReachable;
    this.items = [];
    const value = produce();
    const captured = { value, items: this.items, endReachable: this.isReachable };
    this.items = before;
    this.isReachable = wasReachable;
    return captured;
  }

  splice(captured: Captured<unknown>): void {
    if (!this.isReachable) return;
    this.items.push(...captured.items);
    this.isReachable = captured.endReachable;
  }

  /** The instructions with labels resolved. Jumps to the next instruction are left out. */
  finish(): readonly Instruction[] {
    if (this.isReachable) throw new Error('code falls off its end');
    const kept = this.items.filter(
      (item, index) => !(item.kind === 'jump' && this.isNext(index, item.target)),
    );
    const positions = new Map<Label, number>();
    let position = 0;
    for (const item of kept) {
      if (item.kind === 'label') positions.set(item.label, position);
      else position += 1;
    }
    const at = (label: Label): number => {
      const found = positions.get(label);
      if (found === undefined) throw new Error('a label is used but not bound');
      return found;
    };
    return kept.flatMap((item): Instruction[] => {
      switch (item.kind) {
        case 'label':
          return [];
        case 'plain':
          return [item.instruction];
        case 'memory':
          throw new Error('an access of memory that is not resolved');
        case 'jump':
          return [{ kind: 'jump', source: item.source, target: at(item.target) }];
        case 'spawn':
          return [{ kind: 'spawn', source: item.source, goroutine: at(item.target) }];
        case 'branch':
          return [{ ...item, whenTrue: at(item.whenTrue), whenFalse: at(item.whenFalse) }];
      }
    });
  }

  private isNext(index: number, target: Label): boolean {
    for (let next = index + 1; next < this.items.length; next++) {
      const item = this.items[next];
      if (item?.kind !== 'label') return false;
      if (item.label === target) return true;
    }
    return false;
  }
}

function isRelease(item: Item): boolean {
  if (item.kind !== 'plain') return false;
  const { instruction } = item;
  return (
    instruction.kind === 'claim' || (instruction.kind === 'call' && /\.R?Unlock$/.test(instruction.operation))
  );
}

/** Whether control may go from one item to another, without leaving them. */
function leadsTo(items: readonly Item[], from: number, to: number): boolean {
  const seen = new Set<number>();
  const positions = new Map(
    items.flatMap((item, index) => (item.kind === 'label' ? [[item.label, index] as const] : [])),
  );
  const open = [from];
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    if (position === to) return true;
    const item = items[position];
    if (item === undefined || seen.has(position)) continue;
    seen.add(position);
    const targets =
      item.kind === 'jump' ? [item.target] : item.kind === 'branch' ? [item.whenTrue, item.whenFalse] : null;
    const ends =
      item.kind === 'plain' && (item.instruction.kind === 'return' || item.instruction.kind === 'end');
    // What a spawned thread does is not done here.
    if (targets === null && !ends) open.push(position + 1);
    for (const target of targets ?? []) {
      const next = positions.get(target);
      if (next !== undefined) open.push(next);
    }
  }
  return false;
}
