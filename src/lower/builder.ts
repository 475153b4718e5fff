import type { Expression, Instruction, InstructionSource, Local, Type } from '../ir/index.js';

/** A position in code that is being built; every label that is jumped to must be bound once. */
export class Label {
  used = false;
  bound = false;
}

type Plain = Exclude<Instruction, { kind: 'branch' | 'jump' }>;
type WithoutSource<T> = T extends unknown ? Omit<T, 'source'> : never;

type Item =
  | { readonly kind: 'label'; readonly label: Label }
  | { readonly kind: 'plain'; readonly instruction: Plain }
  | { readonly kind: 'jump'; readonly source: InstructionSource; readonly target: Label }
  | {
      readonly kind: 'branch';
      readonly source: InstructionSource;
      readonly condition: Expression;
      readonly whenTrue: Label;
      readonly whenFalse: Label;
    };

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
  private items: Item[] = [];
  private isReachable = true;

  constructor(public source: InstructionSource) {}

  get reachable(): boolean {
    return this.isReachable;
  }

  /** Number of instructions so far: a cheap bound on the size of inlined code. */
  get size(): number {
    return this.items.length;
  }

  newLocal(name: string, type: Type): number {
    this.locals.push({ name, type });
    return this.locals.length - 1;
  }

  emit(instruction: WithoutSource<Plain>): void {
    if (!this.isReachable) return;
    this.items.push({ kind: 'plain', instruction: { ...instruction, source: this.source } });
    if (instruction.kind === 'return') this.isReachable = false;
  }

  assign(local: number, value: Expression): void {
    this.emit({ kind: 'assign', local, value });
  }

  jump(target: Label): void {
    if (!this.isReachable) return;
    target.used = true;
    this.items.push({ kind: 'jump', source: this.source, target });
    this.isReachable = false;
  }

  branch(condition: Expression, whenTrue: Label, whenFalse: Label): void {
    if (!this.isReachable) return;
    whenTrue.used = true;
    whenFalse.used = true;
    this.items.push({ kind: 'branch', source: this.source, condition, whenTrue, whenFalse });
    this.isReachable = false;
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
        case 'jump':
          return [{ kind: 'jump', source: item.source, target: at(item.target) }];
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
