import type { GoType, TypeParameter } from './type.js';
import { typeParametersIn } from './substitute-type.js';

/** Generic code uses `to` with a type argument in which `from` occurs. */
interface Edge {
  readonly from: number;
  readonly to: number;
  /** The argument is more than the type parameter itself. */
  readonly grows: boolean;
}

/** Finds generic code whose instances would need ever larger type arguments. */
export class Monomorphism {
  private readonly edges: Edge[] = [];

  /** Records a use of generic code by other generic code. */
  add(parameters: readonly TypeParameter[], typeArguments: readonly GoType[]): void {
    parameters.forEach(({ id: to }, index) => {
      const argument = typeArguments[index];
      if (argument === undefined) return;
      for (const from of typeParametersIn(argument)) {
        this.edges.push({ from, to, grows: argument.kind !== 'parameter' });
      }
    });
  }

  /** Some type argument grows without end. */
  hasGrowingCycle(): boolean {
    const next = new Map<number, number[]>();
    for (const { from, to } of this.edges) next.set(from, [...(next.get(from) ?? []), to]);
    return this.edges.some(({ from, to, grows }) => grows && reaches(next, to, from));
  }
}

function reaches(next: ReadonlyMap<number, readonly number[]>, start: number, goal: number): boolean {
  const seen = new Set([start]);
  const pending = [start];
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    if (each === goal) return true;
    for (const following of next.get(each) ?? []) {
      if (seen.has(following)) continue;
      seen.add(following);
      pending.push(following);
    }
  }
  return false;
}
