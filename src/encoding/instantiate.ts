import { bv, linearSum } from './bitvector.js';
import { type Occurrences, type Use, occurrencesOf, placeOf, usesIn } from './occurrences.js';
import { freeConstants } from './quantifier.js';
import { type Sort, widthOf } from './sort.js';
import { FALSE, TRUE, type Term, bitvector, childrenOf, constant } from './term.js';

/** Where the guard holds, all instances of the body have this polarity. */
export interface Universal {
  readonly guard: Term;
  readonly variables: readonly Term[];
  readonly body: Term;
  readonly polarity: boolean;
  /** The instances made so far. */
  readonly done: Set<string>;
}

export interface Instance {
  readonly universal: Universal;
  readonly substitution: ReadonlyMap<Term, Term>;
  readonly generation: number;
}

/** How far instantiation goes. */
export interface Limits {
  /** Terms that came up only after so many rounds of instantiation are not used for instances any more. */
  readonly depth: number;
  /** Leaves out universals about arrays that are read nowhere. */
  readonly onlyUsed: boolean;
}

const MAXIMUM_INSTANCES = 6000;
/** All values of sorts this narrow are tried. */
const ENUMERATED_WIDTH = 2;

interface Candidate {
  readonly term: Term;
  readonly generation: number;
}

/**
 * The terms at which universals are instantiated. A variable that is used as an index gets the terms that the same array is read
 * at, which gives new terms for other arrays; one that is not, or whose arrays are read nowhere, all of its sort. See
 * `docs/soundness.md` on when these suffice.
 */
export class Instances {
  readonly blocks = new Set<Term>();
  saturated = true;
  capped = false;
  private readonly candidates = new Map<Sort, Map<Term, number>>();
  private readonly placed = new Map<string, Map<Term, number>>();
  /** Terms that bound variables are compared with; used where nothing else has the sort. */
  private readonly comparands = new Map<Sort, Map<Term, number>>();
  private readonly collected = new Set<Term>();
  private readonly occurrences = new Map<Term, Occurrences>();
  private readonly unused = new Set<Universal>();
  private made = 0;

  constructor(
    readonly arraysAreArguments: boolean,
    private readonly limits: Limits,
  ) {}

  addCandidate(term: Term, generation: number): void {
    addTo(this.candidates, term.sort, term, generation);
  }

  /** Takes note of the ground terms in a formula that universals must be instantiated at. */
  collect(term: Term, generation: number): void {
    if (this.collected.has(term)) return;
    this.collected.add(term);
    if (term.openVariables.size === 0) this.collectGround(term, generation);
    for (const { place, index } of usesIn(term)) {
      if (index.openVariables.size > 0) continue;
      addTo(this.candidates, index.sort, index, generation);
      // How often new terms gave new terms counts, not at how many arrays one of them came by.
      addTo(this.placed, place, index, this.generationOf(index));
    }
    if (term.kind === 'equal' || term.kind === 'less') this.collectComparands(term, generation);
    for (const child of childrenOf(term)) this.collect(child, generation);
  }

  private collectGround(term: Term, generation: number): void {
    const { sort } = term;
    if (sort.kind === 'uninterpreted') this.addCandidate(term, generation);
    if (sort.kind === 'array' && (term.kind === 'constant' || term.kind === 'select'))
      this.addCandidate(term, generation);
    if (term.kind === 'apply' && term.functionName === 'blockOf') this.blocks.add(term);
  }

  private collectComparands(term: Term & { readonly kind: 'equal' | 'less' }, generation: number): void {
    for (const [variable, other] of [
      [term.left, term.right],
      [term.right, term.left],
    ] as const) {
      if (variable.kind !== 'bound' || other.openVariables.size > 0) continue;
      if (term.kind === 'equal') this.addCandidate(other, generation);
      else addTo(this.comparands, other.sort, other, generation);
    }
  }

  /** The instances that were not made before; none when instantiation is complete or has reached its limits. */
  next(universals: readonly Universal[]): Instance[] {
    const instances = this.instancesOf([...universals]);
    if (instances.length > 0 || this.made > MAXIMUM_INSTANCES) return instances;
    if (this.limits.onlyUsed) {
      if (universals.some((universal) => universal.done.size === 0)) this.stop();
      return [];
    }
    return this.instancesOf(universals.filter((universal) => this.isUnused(universal)));
  }

  private instancesOf(universals: readonly Universal[]): Instance[] {
    const instances: Instance[] = [];
    for (const universal of universals) {
      this.combine(universal, 0, new Map(), 0, instances);
      if (this.capped && this.made > MAXIMUM_INSTANCES) return [];
    }
    return instances;
  }

  /** Marks a universal without instances: that its arrays are read nowhere does not mean that it can be true. */
  private isUnused(universal: Universal): boolean {
    if (universal.done.size > 0) return false;
    this.unused.add(universal);
    return true;
  }

  private combine(
    universal: Universal,
    position: number,
    substitution: Map<Term, Term>,
    generation: number,
    into: Instance[],
  ): void {
    const variable = universal.variables[position];
    if (variable === undefined) {
      const key = [...substitution.values()].map((term) => term.id).join(' ');
      if (universal.done.has(key)) return;
      if (++this.made > MAXIMUM_INSTANCES) {
        this.stop();
        return;
      }
      universal.done.add(key);
      into.push({ universal, substitution: new Map(substitution), generation: generation + 1 });
      return;
    }
    for (const candidate of this.candidatesFor(variable, universal)) {
      if (this.made > MAXIMUM_INSTANCES) return;
      substitution.set(variable, candidate.term);
      this.combine(universal, position + 1, substitution, Math.max(generation, candidate.generation), into);
      substitution.delete(variable);
    }
  }

  private stop(): void {
    this.capped = true;
    this.saturated = false;
  }

  private candidatesFor(variable: Term, universal: Universal): readonly Candidate[] {
    const { body } = universal;
    const { sort } = variable;
    if (sort.kind === 'bool') return [TRUE, FALSE].map((term) => ({ term, generation: 0 }));
    if (sort.kind === 'bitvector' && sort.width <= ENUMERATED_WIDTH) return enumerate(sort.width);
    const key = this.occurrences.get(body) ?? occurrencesOf(body);
    this.occurrences.set(body, key);
    const use = key.of(variable);
    if (!use.complete || sort.kind === 'array') this.saturated = false;
    const isIndex = sort.kind === 'bitvector' && !this.arraysAreArguments && isUsed(use);
    const result = isIndex ? this.termsAtPlaces(use) : new Map(this.poolOf(sort));
    if (!isIndex) this.addInverses(use, this.poolOf(sort), result);
    if (isIndex && this.unused.has(universal)) {
      for (const [term, generation] of this.poolOf(sort)) keepLeast(result, term, generation);
    }
    const candidates = [...result].map(([term, generation]) => ({ term, generation }));
    const young = candidates.filter((one) => one.generation < this.limits.depth);
    if (young.length < candidates.length) this.stop();
    return young;
  }

  /** The values for which an array of the body is read where it is read elsewhere, and those that the variable is compared with. */
  private termsAtPlaces(use: Use): Map<Term, number> {
    const result = new Map([...use.compared].map((term) => [term, this.generationOf(term)]));
    for (const place of use.direct) {
      for (const [term, generation] of this.placed.get(place) ?? []) keepLeast(result, term, generation);
    }
    for (const one of use.affine) {
      this.addInverses({ ...use, affine: [one] }, this.placed.get(one.place) ?? new Map(), result);
    }
    return result;
  }

  private generationOf(term: Term): number {
    return this.candidates.get(term.sort)?.get(term) ?? 0;
  }

  private addInverses(use: Use, targets: ReadonlyMap<Term, number>, into: Map<Term, number>): void {
    for (const { factor, rest } of use.affine) {
      for (const [target, generation] of targets) {
        const inverse = invert(factor, rest, target);
        if (inverse) keepLeast(into, inverse, generation);
      }
    }
  }

  /** Never empty: every sort has an element. */
  private poolOf(sort: Sort): ReadonlyMap<Term, number> {
    const pool = this.candidates.get(sort) ?? this.comparands.get(sort);
    if (pool) return pool;
    this.addCandidate(constant('$some', sort), 0);
    return this.poolOf(sort);
  }
}

/**
 * The values of a variable of the body for which one of the arrays is read at the target. The target itself is one where the
 * variable is no index of any array, or the arrays are not known.
 */
export function valuesUsing(
  variable: Term,
  body: Term,
  target: Term,
  arrays: ReadonlySet<Term> | null,
): readonly Term[] {
  if (target.sort !== variable.sort) return [];
  const use = occurrencesOf(body).of(variable);
  const places = arrays && new Set([...arrays].flatMap((array) => [...freeConstants(array)]).map(placeOf));
  const isPlace = (place: string): boolean => places === null || places.has(place);
  const result = new Set<Term>();
  if (!isUsed(use) || use.direct.some(isPlace)) result.add(target);
  for (const { factor, rest, place } of use.affine) {
    const inverse = isPlace(place) ? invert(factor, rest, target) : undefined;
    if (inverse) result.add(inverse);
  }
  return [...result];
}

function isUsed(use: Use): boolean {
  return use.direct.length > 0 || use.affine.length > 0;
}

function addTo<Key>(pools: Map<Key, Map<Term, number>>, key: Key, term: Term, generation: number): void {
  const pool = pools.get(key) ?? new Map<Term, number>();
  pools.set(key, pool);
  keepLeast(pool, term, generation);
}

function keepLeast(pool: Map<Term, number>, term: Term, generation: number): void {
  const known = pool.get(term);
  if (known === undefined || known > generation) pool.set(term, generation);
}

function enumerate(width: number): readonly Candidate[] {
  return Array.from({ length: 2 ** width }, (_, value) => ({
    term: bitvector(BigInt(value), width),
    generation: 0,
  }));
}

/** The x with factor * x + rest = target, where there is one in plain sight. */
function invert(factor: bigint, rest: Term, target: Term): Term | undefined {
  const width = widthOf(target.sort);
  const difference = bv('subtract', target, rest);
  if (factor === 1n) return difference;
  if (BigInt.asIntN(width, factor) === -1n) return bv('subtract', rest, target);
  const sum = linearSum([difference, 1n]);
  if (sum.offset % factor !== 0n) return undefined;
  let result = bitvector(sum.offset / factor, width);
  for (const [atom, coefficient] of sum.coefficients) {
    if (coefficient % factor !== 0n) return undefined;
    result = bv('add', result, bv('multiply', atom, bitvector(coefficient / factor, width)));
  }
  return result;
}
