/** Numbers from `first` on that may be exchanged with each other. */
interface Class {
  readonly first: bigint;
  readonly count: number;
}

/** All ways to permute each of some classes, by number; 0 is the identity. Class 0 is that of blocks, the others those of addresses. */
export class PermutationGroup {
  /** Of each element, for each class, the new places of its numbers. */
  private readonly elements: readonly (readonly (readonly number[])[])[];
  private readonly numbers: ReadonlyMap<string, number>;
  /** Elements that leave addresses alone. */
  readonly blocks: readonly number[];
  /** Elements that leave blocks alone. */
  readonly addresses: readonly number[];

  constructor(private readonly classes: readonly Class[]) {
    this.elements = classes.reduce<readonly (readonly (readonly number[])[])[]>(
      (tuples, { count }) => tuples.flatMap((tuple) => permutations(count).map((each) => [...tuple, each])),
      [[]],
    );
    this.numbers = new Map(this.elements.map((element, index) => [JSON.stringify(element), index]));
    const all = [...this.elements.keys()];
    this.blocks = all.filter((element) => this.leaves(element, (index) => index > 0));
    this.addresses = all.filter((element) => this.leaves(element, (index) => index === 0));
  }

  private leaves(element: number, isLeft: (index: number) => boolean): boolean {
    return this.at(element).every(
      (permutation, index) => !isLeft(index) || permutation.every((place, number) => place === number),
    );
  }

  private at(element: number): readonly (readonly number[])[] {
    return this.elements[element] ?? [];
  }

  renamed(element: number, of: number, value: bigint): bigint {
    const known = this.classes[of];
    if (element === 0 || known === undefined) return value;
    const place = this.at(element)[of]?.[Number(value - known.first)];
    return place === undefined ? value : known.first + BigInt(place);
  }

  /** First `right`, then `left`. */
  product(left: number, right: number): number {
    if (left === 0) return right;
    if (right === 0) return left;
    const outer = this.at(left);
    return this.number(
      this.at(right).map((permutation, index) => permutation.map((place) => outer[index]?.[place] ?? place)),
    );
  }

  inverse(element: number): number {
    if (element === 0) return 0;
    return this.number(
      this.at(element).map((permutation) => permutation.map((_, place) => permutation.indexOf(place))),
    );
  }

  /** The same for addresses, leaving blocks alone. */
  addressPart(element: number): number {
    return this.number(
      this.at(element).map((permutation, index) =>
        index === 0 ? permutation.map((_, place) => place) : permutation,
      ),
    );
  }

  private number(element: readonly (readonly number[])[]): number {
    const found = this.numbers.get(JSON.stringify(element));
    if (found === undefined) throw new Error('this is no element of the group');
    return found;
  }
}

/** All orders of so many places, the given one first. */
function permutations(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return permutations(count - 1).flatMap((shorter) =>
    Array.from({ length: count }, (_, place) => shorter.toSpliced(count - 1 - place, 0, count - 1)),
  );
}
