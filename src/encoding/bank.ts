/** What a bank holds: `hash` must not change, and equal items must have equal hashes. */
interface Entry<T extends object> {
  readonly hash: number;
  readonly item: WeakRef<T>;
}

const NONE: readonly never[] = [];
/**
 * Keeps one object of each shape, as long as anybody else holds on to it: the bank itself keeps but a fixed number alive, so that a
 * process may build terms for as long as it runs. What it gives depends on nothing but the shape asked for.
 */
export class Bank<T extends object> {
  private readonly table = new Map<number, readonly Entry<T>[]>();
  /** Objects asked for lately, by the end of their hash: to follow a weak reference is slow. */
  private readonly recent: (T | undefined)[];
  private readonly registry = new FinalizationRegistry<Entry<T>>((entry) => {
    this.remove(entry);
  });

  /** `recentCount` objects, a power of two, are held whether or not anybody else does. */
  constructor(recentCount: number) {
    this.recent = Array.from({ length: recentCount }, () => undefined);
  }

  /** The object that `matches`, or else a new one. */
  intern(hash: number, matches: (item: T) => boolean, create: () => T): T {
    const slot = hash & (this.recent.length - 1);
    const recent = this.recent[slot];
    if (recent !== undefined && matches(recent)) return recent;
    const item = this.find(hash, matches) ?? this.add(hash, create());
    this.recent[slot] = item;
    return item;
  }

  /** How many objects were alive when the garbage was last collected, at most. */
  get size(): number {
    let size = 0;
    for (const entries of this.table.values()) size += entries.length;
    return size;
  }

  private find(hash: number, matches: (item: T) => boolean): T | undefined {
    for (const entry of this.entries(hash)) {
      const item = entry.item.deref();
      if (item !== undefined && matches(item)) return item;
    }
    return undefined;
  }

  private add(hash: number, item: T): T {
    const entry: Entry<T> = { hash, item: new WeakRef(item) };
    this.table.set(hash, [...this.entries(hash), entry]);
    this.registry.register(item, entry);
    return item;
  }

  private remove(entry: Entry<T>): void {
    const rest = this.entries(entry.hash).filter((each) => each !== entry);
    if (rest.length === 0) this.table.delete(entry.hash);
    else this.table.set(entry.hash, rest);
  }

  private entries(hash: number): readonly Entry<T>[] {
    return this.table.get(hash) ?? NONE;
  }
}
