import { linearSum } from './bitvector.js';
import { rebuild } from './quantifier.js';
import { widthOf } from './sort.js';
import { FALSE, TRUE, type Term, type TermOf, childrenOf } from './term.js';

/** The sum of atoms with coefficients, and an offset: integers, which do not wrap. */
interface Sum {
  readonly coefficients: ReadonlyMap<Term, bigint>;
  readonly offset: bigint;
}

interface Range {
  readonly low: bigint;
  readonly high: bigint;
}

/** Facts that are added up for one contradiction. Two are needed for `i < n`, `n <= m`, and `i >= m`. */
const FACTS_AT_ONCE = 3;
/** How many ways to wrap around a sum may have. */
const MAXIMUM_WRAPS = 3;
const RANGE_ROUNDS = 4;

/**
 * What comparisons that are known to hold say about others: a decision by ranges of the symbols and by adding up a few of the
 * comparisons, as integers. It finds out that an index of one part of an array is not in another part.
 */
export class Bounds {
  /** Sums that are at most 0. */
  private readonly facts: Sum[] = [];
  private readonly raising = new Map<Term, Sum[]>();
  private readonly ranges = new Map<Term, Range>();
  private readonly sources = new Set<Term>();
  /** Whether the comparisons were seen to contradict each other. */
  contradictory = false;
  private readonly decisions = new Map<Term, Term>();
  private readonly read = new Map<Term, readonly Sum[] | null>();
  private refreshedAt = 0;
  private readonly simplified = new Map<Term, Term>();

  /** Takes note of comparisons among formulas that hold. */
  learn(formulas: readonly Term[]): void {
    const fresh = formulas.filter((formula) => isComparison(formula) && !this.sources.has(formula));
    if (fresh.length === 0) return;
    for (const formula of fresh) this.sources.add(formula);
    for (let round = 0; round < RANGE_ROUNDS; round++) {
      if (!fresh.map((formula) => this.narrow(formula)).includes(true)) break;
    }
    for (const formula of fresh) {
      this.contradictory ||= this.refutes(formula);
      for (const fact of this.asFacts(formula)) this.addFact(fact);
    }
  }

  /** Lets what was learnt count for terms that were looked at before. */
  refresh(): void {
    if (this.refreshedAt === this.sources.size) return;
    this.refreshedAt = this.sources.size;
    // What was decided stays so: there are only ever more facts.
    for (const [term, decision] of this.decisions) if (decision === term) this.decisions.delete(term);
    this.simplified.clear();
    this.read.clear();
  }

  /** The formula with comparisons inside of it decided where that is possible; comparisons that were learnt stay. */
  simplify(formula: Term): Term {
    return this.sources.has(formula) || this.facts.length === 0 ? formula : this.visit(formula);
  }

  private refutes(formula: Term): boolean {
    const [atom, value] = formula.kind === 'not' ? [formula.argument, TRUE] : [formula, FALSE];
    return this.decision(atom) === value;
  }

  private visit(term: Term): Term {
    if (childrenOf(term).length === 0) return term;
    const known = this.simplified.get(term);
    if (known) return known;
    const inside = rebuild(term, (child) => this.visit(child));
    const result = inside.openVariables.size === 0 ? this.decide(inside) : inside;
    this.simplified.set(term, result);
    return result;
  }

  private decide(term: Term): Term {
    if (!isComparison(term) || term.kind === 'not') return term;
    const known = this.decisions.get(term);
    if (known) return known;
    const result = this.decision(term);
    this.decisions.set(term, result);
    return result;
  }

  private decision(term: Term): Term {
    if (term.kind === 'equal') return this.differ(term.left, term.right) ? FALSE : term;
    if (term.kind !== 'less') return term;
    if (this.impossible(term.left, term.right, 1n)) return FALSE;
    return this.impossible(term.right, term.left, 0n) ? TRUE : term;
  }

  /** Whether left + gap <= right cannot be, however the two wrap. */
  private impossible(left: Term, right: Term, gap: bigint): boolean {
    const [lefts, rights] = [this.readings(left), this.readings(right)];
    if (lefts === null || rights === null) return false;
    return lefts.every((one) =>
      rights.every((other) => this.isPositive(plus(one, other, -1n, gap), FACTS_AT_ONCE)),
    );
  }

  private differ(left: Term, right: Term): boolean {
    const sum = integers(left, right);
    const modulus = 1n << BigInt(widthOf(left.sort));
    const shifts = wraps(this.rangeOf(sum), { low: 0n, high: 0n }, modulus);
    return (
      shifts?.every((shift) => {
        const value = plus(sum, ZERO, 1n, shift);
        return this.isPositive(value, FACTS_AT_ONCE) || this.isPositive(negated(value), FACTS_AT_ONCE);
      }) ?? false
    );
  }

  /** The sums, as integers, that a machine integer may be as far as is known; null if there are too many. */
  private readings(term: Term): readonly Sum[] | null {
    const known = this.read.get(term);
    if (known !== undefined) return known;
    const sum = integers(term);
    const modulus = 1n << BigInt(widthOf(term.sort));
    const shifts = wraps(this.rangeOf(sum), { low: 0n, high: modulus - 1n }, modulus);
    const all = shifts?.map((shift) => plus(sum, ZERO, 1n, shift));
    // One reading is taken as it is: that a machine integer is in its range is no news.
    const possible =
      all === undefined || all.length === 1 ? all : all.filter((one) => this.fits(one, modulus));
    this.read.set(term, possible ?? null);
    return possible ?? null;
  }

  /** Whether the sum can be in the range of a machine integer, as far as is known. */
  private fits(sum: Sum, modulus: bigint): boolean {
    const isOut =
      this.isPositive(negated(sum), FACTS_AT_ONCE) ||
      this.isPositive(plus(sum, ZERO, 1n, 1n - modulus), FACTS_AT_ONCE);
    return !isOut;
  }

  /**
   * What has to be added to the integer that an operation on the integers gives, so that it is the machine integer that the operation on
   * machine integers gives; null if that depends, or is not known.
   */
  wrapOf(term: TermOf<'bv'>): bigint | null {
    const [whole, left, right] = [term, term.left, term.right].map((one) => this.only(one));
    if (!whole || !left || !right) return null;
    const result = plus(whole, this.onIntegers(term, left, right), -1n, 0n);
    return result.coefficients.size === 0 ? result.offset : null;
  }

  private onIntegers({ operator, left }: TermOf<'bv'>, first: Sum, second: Sum): Sum {
    if (operator === 'add') return plus(first, second, 1n, 0n);
    if (operator === 'subtract') return plus(first, second, -1n, 0n);
    return plus(ZERO, first, BigInt.asIntN(widthOf(left.sort), second.offset), 0n);
  }

  /** The comparisons that were learnt, in this order: none needs a later one to be understood. */
  get comparisons(): readonly Term[] {
    return [...this.sources];
  }

  /** Whether the sum is above 0, by its range, or once facts that are at most 0 are added to it. */
  private isPositive(sum: Sum, facts: number): boolean {
    return this.isAbove(sum, this.rangeOf(sum).low, facts);
  }

  /** The same, for a sum with a known least value. A sum is built only where more is to be added to it. */
  private isAbove(sum: Sum, low: bigint, facts: number): boolean {
    if (low > 0n) return true;
    if (facts === 0) return false;
    for (const [atom, coefficient] of sum.coefficients) {
      if (coefficient >= 0n) continue;
      for (const fact of this.raising.get(atom) ?? []) {
        const raised = this.lowWith(sum, low, fact);
        if (raised === null) continue;
        if (raised > 0n || (facts > 1 && this.isAbove(plus(sum, fact, 1n, 0n), raised, facts - 1)))
          return true;
      }
    }
    return false;
  }

  /** The least value of `sum + fact`, where that of `sum` is `low`; null if it has two atoms more than `sum`. */
  private lowWith(sum: Sum, low: bigint, fact: Sum): bigint | null {
    let result = low + fact.offset;
    let added = 0;
    for (const [atom, coefficient] of fact.coefficients) {
      const before = sum.coefficients.get(atom) ?? 0n;
      const after = before + coefficient;
      if (before === 0n) added += 1;
      else if (after === 0n) added -= 1;
      const range = this.rangeOfAtom(atom);
      result += least(after, range) - least(before, range);
    }
    return added <= 1 ? result : null;
  }

  /** The comparison as sums that are at most 0, if nothing in it wraps. */
  private asFacts(formula: Term): readonly Sum[] {
    const atom = formula.kind === 'not' ? formula.argument : formula;
    if (atom.kind !== 'less' && atom.kind !== 'equal') return [];
    const [left, right] = [this.only(atom.left), this.only(atom.right)];
    if (left === null || right === null) return [];
    if (atom.kind === 'less') {
      return [formula.kind === 'not' ? plus(right, left, -1n, 0n) : plus(left, right, -1n, 1n)];
    }
    const difference = plus(left, right, -1n, 0n);
    return formula.kind === 'not' ? [] : [difference, negated(difference)];
  }

  private only(term: Term): Sum | null {
    const readings = this.readings(term);
    return readings?.length === 1 ? (readings[0] ?? null) : null;
  }

  private addFact(fact: Sum): void {
    this.facts.push(fact);
    for (const [atom, coefficient] of fact.coefficients) {
      if (coefficient <= 0n) continue;
      const known = this.raising.get(atom) ?? [];
      this.raising.set(atom, known);
      known.push(fact);
    }
  }

  /** Whether a fact makes the range of one of its atoms smaller. */
  private narrow(formula: Term): boolean {
    let narrower = this.exclude(formula);
    for (const fact of this.asFacts(formula)) {
      for (const [atom, coefficient] of fact.coefficients) {
        const { low, high } = this.rangeOfAtom(atom);
        const rest = this.rangeOf(
          plus(fact, { coefficients: new Map([[atom, coefficient]]), offset: 0n }, -1n, 0n),
        );
        const range =
          coefficient === 1n
            ? { low, high: -rest.low }
            : coefficient === -1n
              ? { low: rest.low, high }
              : { low, high };
        if (range.high >= high && range.low <= low) continue;
        narrower = true;
        this.ranges.set(atom, {
          low: range.low > low ? range.low : low,
          high: range.high < high ? range.high : high,
        });
      }
    }
    return narrower;
  }

  /** That an atom is not the least number of its range. */
  private exclude(formula: Term): boolean {
    if (formula.kind !== 'not' || formula.argument.kind !== 'equal') return false;
    const { left, right } = formula.argument;
    if (right.kind !== 'bitvector') return false;
    const range = this.rangeOfAtom(left);
    if (range.low !== right.value) return false;
    this.ranges.set(left, { low: range.low + 1n, high: range.high });
    return true;
  }

  private rangeOfAtom(atom: Term): Range {
    return this.ranges.get(atom) ?? rangeOfWidth(widthOf(atom.sort));
  }

  private rangeOf({ coefficients, offset }: Sum): Range {
    let [low, high] = [offset, offset];
    for (const [atom, coefficient] of coefficients) {
      const range = this.rangeOfAtom(atom);
      low += coefficient * (coefficient > 0n ? range.low : range.high);
      high += coefficient * (coefficient > 0n ? range.high : range.low);
    }
    return { low, high };
  }
}

const rangesOfWidths = new Map<number, Range>();

/** All machine integers of a width. */
function rangeOfWidth(width: number): Range {
  const known = rangesOfWidths.get(width);
  if (known !== undefined) return known;
  const range = { low: 0n, high: (1n << BigInt(width)) - 1n };
  rangesOfWidths.set(width, range);
  return range;
}

/** The least value of a multiple of what is in the range. */
function least(coefficient: bigint, range: Range): bigint {
  return coefficient * (coefficient > 0n ? range.low : range.high);
}

const ZERO: Sum = { coefficients: new Map(), offset: 0n };

/** An unsigned comparison of closed machine integers, or the negation of one. */
function isComparison(formula: Term): boolean {
  const atom = formula.kind === 'not' ? formula.argument : formula;
  if (atom.openVariables.size > 0 || atom.needsPreparation) return false;
  return (
    (atom.kind === 'less' && !atom.signed) || (atom.kind === 'equal' && atom.left.sort.kind === 'bitvector')
  );
}

/** The term, or the difference of two, as a sum of integers with the coefficients that are nearest to 0; equal modulo 2^width. */
function integers(term: Term, minus?: Term): Sum {
  const width = widthOf(term.sort);
  const { coefficients, offset } = linearSum([term, 1n], ...(minus ? [[minus, -1n] as const] : []));
  const signed = [...coefficients].map(([atom, value]) => [atom, BigInt.asIntN(width, value)] as const);
  return { coefficients: new Map(signed), offset: BigInt.asIntN(width, offset) };
}

/** The multiples of the modulus that bring some value of the range into the other one; null if there are too many. */
function wraps(range: Range, into: Range, modulus: bigint): readonly bigint[] | null {
  const result: bigint[] = [];
  const first = -((range.high - into.low) / modulus) - 1n;
  for (let count = first; range.low + count * modulus <= into.high; count++) {
    if (range.high + count * modulus < into.low) continue;
    result.push(count * modulus);
    if (result.length > MAXIMUM_WRAPS) return null;
  }
  return result;
}

function plus(left: Sum, right: Sum, factor: bigint, offset: bigint): Sum {
  const coefficients = new Map(left.coefficients);
  for (const [atom, coefficient] of right.coefficients) {
    const sum = (coefficients.get(atom) ?? 0n) + factor * coefficient;
    if (sum === 0n) coefficients.delete(atom);
    else coefficients.set(atom, sum);
  }
  return { coefficients, offset: left.offset + factor * right.offset + offset };
}

function negated(sum: Sum): Sum {
  return plus(ZERO, sum, -1n, 0n);
}
