/** Gives equal things the same small number, by their canonical text. Number 0 is the first thing. */
export class Table<T> {
  private readonly numbers = new Map<string, number>();
  private readonly items: T[] = [];

  intern(key: string, item: T): number {
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.items.length;
      this.numbers.set(key, number);
      this.items.push(item);
    }
    return number;
  }

  get size(): number {
    return this.items.length;
  }

  get(number: number): T {
    const item = this.items[number];
    if (item === undefined) throw new Error(`nothing has number ${number}`);
    return item;
  }
}

/** The value under a key, computed where it is not known yet. */
export function memoised<K, V>(known: Map<K, V>, key: K, compute: () => V): V {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = compute()));
  return value;
}
