import { not } from './boolean.js';
import { freeConstants, rebuild } from './quantifier.js';
import { FALSE, TRUE, type Term, childrenOf, compareTerms } from './term.js';

const MAXIMUM_ROUNDS = 4;

/** The conjuncts of a conjunction. */
function conjuncts(formulas: readonly Term[]): readonly Term[] {
  const result = new Set<Term>();
  const visit = (formula: Term, polarity: boolean): void => {
    if (formula.kind === 'not') visit(formula.argument, !polarity);
    else if (formula.kind === (polarity ? 'and' : 'or')) {
      for (const part of childrenOf(formula)) visit(part, polarity);
    } else {
      const conjunct = polarity ? formula : not(formula);
      if (conjunct !== TRUE) result.add(conjunct);
    }
  };
  for (const formula of formulas) visit(formula, true);
  return result.has(FALSE) ? [FALSE] : [...result];
}

/** What may stand for what, given that the conjuncts hold. */
class Facts {
  readonly replacements = new Map<Term, Term>();
  /** The equalities that replacements come from; they are kept as they are. */
  readonly sources = new Set<Term>();
  contradictory = false;
  private readonly defined = new Set<Term>();
  private readonly used = new Set<Term>();

  constructor(formulas: readonly Term[]) {
    for (const formula of formulas) this.learn(formula);
  }

  private learn(formula: Term): void {
    const [atom, value] = formula.kind === 'not' ? [formula.argument, FALSE] : [formula, TRUE];
    if ((this.replacements.get(atom) ?? value) !== value) this.contradictory = true;
    this.replacements.set(atom, value);
    if (formula.kind !== 'equal' || formula.left.sort.kind === 'bool') return;
    const { left, right } = formula;
    if (!this.orient(formula, left, right)) this.orient(formula, right, left);
  }

  /** Lets `to` stand for `from` if that makes terms simpler and the definitions so far stay without a cycle. */
  private orient(source: Term, from: Term, to: Term): boolean {
    const simple = to.kind === 'bitvector' || (to.kind === 'constant' && from.kind !== 'constant');
    const definition = from.kind === 'constant' && (to.kind !== 'constant' || compareTerms(from, to) > 0);
    if ((!simple && !definition) || from.kind === 'bitvector' || this.replacements.has(from)) return false;
    const constants = freeConstants(to);
    if ([...constants].some((one) => this.defined.has(one))) return false;
    if (from.kind === 'constant') {
      if (constants.has(from) || this.used.has(from)) return false;
      this.defined.add(from);
    }
    for (const one of constants) this.used.add(one);
    this.replacements.set(from, to);
    this.sources.add(source);
    return true;
  }
}

/**
 * Simplifies each conjunct by what the others say outright: propositions that hold, and equalities with something
 * simpler. What is used is kept, so the conjunction keeps its models exactly. A fact is only ever simplified by facts
 * about its proper subterms, so no two can justify each other away.
 */
export function propagate(formulas: readonly Term[]): readonly Term[] {
  let current = conjuncts(formulas);
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const facts = new Facts(current);
    if (facts.contradictory) return [FALSE];
    const results = new Map<Term, Term>();
    const visit = (term: Term): Term => {
      const replacement = facts.replacements.get(term);
      if (replacement) return replacement;
      const known = results.get(term);
      if (known) return known;
      const result = rebuild(term, visit);
      results.set(term, result);
      return result;
    };
    const simplify = (formula: Term): Term => {
      if (facts.sources.has(formula)) return formula;
      return formula.kind === 'not' ? not(rebuild(formula.argument, visit)) : rebuild(formula, visit);
    };
    const next = conjuncts(current.map(simplify));
    const stable =
      next.length === current.length && next.every((formula, index) => formula === current[index]);
    current = next;
    if (stable) break;
  }
  return current;
}
