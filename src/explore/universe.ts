import type { Span } from '../base/source.js';
import type { IntegerType, Type } from '../ir/index.js';
import { showType } from '../ir/index.js';
import { wrap } from './arithmetic.js';
import type { Value } from './value.js';
import { compareValues, keyOf, list } from './value.js';

/** Thrown where the explorer cannot run something; `explore` turns it into a diagnostic. */
export class Unsupported extends Error {
  constructor(
    message: string,
    readonly span: Span | null,
  ) {
    super(message);
  }
}

/** Beyond this many candidates for one quantified or chosen value the search would be hopeless. */
const MAXIMAL_CANDIDATES = 4096;

/**
 * The values that quantifiers and `choose` range over. Truth values, enums and 8-bit integers: all of them. Wider integers and blocks:
 * the numbers from 0 to a small bound, the constants of the system, every number in the values at hand (in map keys too), and one
 * number that is none of these. For formulas that compare such numbers only with each other, that one stands for all
 * the others. Options and records: what their parts give. Sequences, sets and maps: refused.
 */
export class Universe {
  private scope: readonly Value[] = [];
  private readonly numbers = new Map<string, readonly bigint[]>();

  constructor(private readonly constants: readonly bigint[]) {}

  /** Sets the values at hand: the state and the locals that the next formula is about. */
  enter(scope: readonly Value[]): void {
    this.scope = scope;
  }

  candidates(type: Type, span: Span | null = null): readonly Value[] {
    const found = this.unchecked(type, span);
    limit(type, found.length, span);
    return found;
  }

  private unchecked(type: Type, span: Span | null): readonly Value[] {
    switch (type.kind) {
      case 'bool':
        return [false, true];
      case 'enum':
        return type.cases.map((_, index) => BigInt(index));
      case 'integer':
        return type.bits === 8 ? allOf(type) : this.integers().map((value) => wrap(type, value));
      case 'block':
        return this.integers().filter((value) => value >= 0n);
      case 'thread':
        return this.integers().filter((value) => value >= 0n);
      case 'option':
        return [list([]), ...this.candidates(type.value, span).map((value) => list([value]))];
      case 'record':
        return type.fields
          .map((field) => this.candidates(field.type, span))
          .reduce<readonly (readonly Value[])[]>(
            (tuples, values) => {
              limit(type, tuples.length * values.length, span);
              return tuples.flatMap((tuple) => values.map((value) => [...tuple, value]));
            },
            [[]],
          )
          .map(list);
      case 'map':
      case 'set':
      case 'seq':
        throw new Unsupported(`the values of type ${showType(type)} cannot be listed`, span);
    }
  }

  private integers(): readonly bigint[] {
    const key = this.scope.map(keyOf).join(';');
    let found = this.numbers.get(key);
    if (found === undefined) {
      const numbers = new Set(this.constants);
      for (const value of this.scope) collectNumbers(value, numbers);
      const sorted = [...numbers].sort(compareValues);
      let fresh = 1n;
      while (numbers.has(fresh)) fresh += 1n;
      found = [...sorted, fresh];
      this.numbers.set(key, found);
    }
    return found;
  }
}

function limit(type: Type, count: number, span: Span | null): void {
  if (count <= MAXIMAL_CANDIDATES) return;
  throw new Unsupported(`too many values of type ${showType(type)} to try them all`, span);
}

function collectNumbers(value: Value, into: Set<bigint>): void {
  if (typeof value === 'bigint') into.add(value);
  else if (typeof value === 'boolean') return;
  else if (value.kind === 'list') for (const element of value.elements) collectNumbers(element, into);
  else {
    collectNumbers(value.fallback, into);
    for (const entry of value.entries.values()) {
      collectNumbers(entry.key, into);
      collectNumbers(entry.value, into);
    }
  }
}

function allOf(type: IntegerType): readonly bigint[] {
  return Array.from({ length: 2 ** type.bits }, (_, index) => wrap(type, BigInt(index)));
}

/** Whether {@link Universe.candidates} has every value of the type. */
export function isListable(type: Type): boolean {
  switch (type.kind) {
    case 'bool':
    case 'enum':
      return true;
    case 'integer':
      return type.bits === 8;
    case 'option':
      return isListable(type.value);
    case 'record':
      return type.fields.every((field) => isListable(field.type));
    case 'block':
    case 'thread':
    case 'map':
    case 'set':
    case 'seq':
      return false;
  }
}
