import { select } from './array.js';
import { and, not, or } from './boolean.js';
import { Bounds } from './bounds.js';
import { equal, ite } from './equality.js';
import { propagate } from './propagate.js';
import { Instances, type Limits, type Universal } from './instantiate.js';
import { freeConstants, rebuild, substitute } from './quantifier.js';
import { BOOL_SORT, type Sort } from './sort.js';
import { FALSE, TRUE, type Term, type TermOf, boundVariable, childrenOf, constant, intern } from './term.js';

/** A query without quantifiers. */
export interface Grounded {
  /** Closed formulas without quantifiers; contradictory only if the query's formulas are. */
  readonly assertions: readonly Term[];
  /** Whether the assertions have a model only if the query's formulas have one, and it is the same. */
  readonly saturated: boolean;
  /** Whether instantiation was stopped by its limits. */
  readonly capped: boolean;
  /** What the assertions that are comparisons say about others. */
  readonly bounds: Bounds;
  /** Whether the simplifier found the contradiction already. */
  readonly contradictory: boolean;
}

/**
 * Brings formulas into a form without quantifiers. It works by polarity: what is existential gets skolem constants, what
 * is universal is registered and instantiated at the terms that occur, which may give more of both.
 */
class Grounding {
  private readonly assertions = new Set<Term>();
  private readonly skolemised = new Map<Term, Term>();
  private readonly proxies = new Map<string, Term>();
  private readonly universals: Universal[] = [];
  private readonly instances: Instances;
  private readonly bounds = new Bounds();
  /** With what holds of each skolem constant where it matters: in the part of a disjunction that it comes from. */
  private readonly relevance = new Bounds();
  private counter = 0;

  constructor(formulas: readonly Term[], limits: Limits) {
    this.instances = new Instances(hasArrayArgument(formulas), limits);
    this.learn(formulas);
    for (const formula of formulas) this.assert(formula, true, TRUE, 0);
  }

  run(): Grounded {
    while (!this.contradictory()) {
      this.bounds.refresh();
      this.relevance.refresh();
      const fresh = this.instances.next(this.universals);
      if (fresh.length === 0) break;
      for (const { universal, substitution, generation } of fresh) {
        const instance = this.bounds.simplify(substitute(universal.body, substitution));
        const useless = universal.polarity ? TRUE : FALSE;
        if (this.relevance.simplify(instance) === useless) continue;
        this.assert(instance, universal.polarity, universal.guard, generation);
      }
    }
    const assertions = propagate([...this.assertions]);
    this.bounds.refresh();
    return {
      assertions: [...assertions, ...this.numbersOfBlocks()],
      saturated: this.instances.saturated,
      capped: this.instances.capped,
      bounds: this.bounds,
      contradictory: assertions.includes(FALSE) || this.bounds.contradictory,
    };
  }

  /** That each block has the number it is made from. Simplified, these facts would be trivial. */
  private numbersOfBlocks(): readonly Term[] {
    return [...this.instances.blocks].flatMap((block) =>
      childrenOf(block).map((number) => equal(numberOfAsTerm(block, number), number)),
    );
  }

  private learn(formulas: readonly Term[]): void {
    this.bounds.learn(formulas);
    this.relevance.learn(formulas);
  }

  private contradictory(): boolean {
    return this.assertions.has(FALSE) || this.bounds.contradictory;
  }

  /** Adds: where the guard holds, the formula has this polarity. */
  private assert(formula: Term, polarity: boolean, guard: Term, generation: number): void {
    if (formula.kind === 'not') {
      this.assert(formula.argument, !polarity, guard, generation);
    } else if (formula.kind === (polarity ? 'and' : 'or')) {
      for (const part of childrenOf(formula)) this.assert(part, polarity, guard, generation);
    } else if (formula.kind === 'forall' || formula.kind === 'exists') {
      if ((formula.kind === 'forall') === polarity) this.register(formula, polarity, guard, generation);
      else this.assert(this.skolemise(formula, generation), polarity, guard, generation);
    } else {
      this.add(or([not(guard), this.ground(formula, polarity, generation)]), generation);
    }
  }

  private add(formula: Term, generation: number): void {
    const assertion = this.bounds.simplify(formula);
    if (assertion === TRUE || this.assertions.has(assertion)) return;
    if (this.assertions.has(not(assertion))) this.assertions.add(FALSE);
    this.assertions.add(assertion);
    this.learn([assertion]);
    this.instances.collect(assertion, generation);
  }

  private register(
    term: TermOf<'forall' | 'exists'>,
    polarity: boolean,
    guard: Term,
    generation: number,
  ): void {
    this.instances.collect(term.body, generation);
    this.universals.push({ guard, variables: term.variables, body: term.body, polarity, done: new Set() });
  }

  private skolemise(term: TermOf<'forall' | 'exists'>, generation: number): Term {
    const known = this.skolemised.get(term);
    if (known) return known;
    const map = new Map(term.variables.map((variable) => [variable, this.skolem(variable, generation)]));
    const result = substitute(term.body, map);
    this.skolemised.set(term, result);
    this.learnRelevance(result, term.kind === 'exists', new Set(map.values()));
    return result;
  }

  /** The comparisons in a conjunction that say where a skolem constant is. */
  private learnRelevance(formula: Term, polarity: boolean, skolems: ReadonlySet<Term>): void {
    if (formula.kind === 'not') this.learnRelevance(formula.argument, !polarity, skolems);
    else if (formula.kind === (polarity ? 'and' : 'or')) {
      for (const part of childrenOf(formula)) this.learnRelevance(part, polarity, skolems);
    } else if ([...freeConstants(formula)].some((symbol) => skolems.has(symbol))) {
      this.relevance.learn([polarity ? formula : not(formula)]);
    }
  }

  private skolem(variable: Term, generation: number): Term {
    const result = this.fresh('some', variable.sort);
    this.instances.addCandidate(result, generation);
    return result;
  }

  private fresh(hint: string, sort: Sort): Term {
    return constant(`$skolem${this.counter++}.${hint}`, sort);
  }

  /** A formula without quantifiers that implies `formula` of this polarity, and loses no model. */
  private ground(formula: Term, polarity: boolean, generation: number): Term {
    if (!formula.needsPreparation) return polarity ? formula : not(formula);
    const recurse = (part: Term, partPolarity: boolean): Term => this.ground(part, partPolarity, generation);
    switch (formula.kind) {
      case 'not':
        return recurse(formula.argument, !polarity);
      case 'and':
      case 'or': {
        const parts = formula.arguments.map((part) => recurse(part, polarity));
        return (formula.kind === 'and') === polarity ? and(parts) : or(parts);
      }
      case 'ite':
        return this.groundIte(formula, polarity, generation);
      case 'equal':
        if (formula.left.sort.kind === 'array') return this.groundArrays(formula, polarity, generation);
        if (formula.left.sort !== BOOL_SORT) return this.atom(formula, polarity, generation);
        return and([
          or([recurse(formula.left, false), recurse(formula.right, polarity)]),
          or([recurse(formula.left, true), recurse(formula.right, !polarity)]),
        ]);
      case 'forall':
      case 'exists':
        if ((formula.kind === 'forall') !== polarity)
          return recurse(this.skolemise(formula, generation), polarity);
        return this.proxyFor(formula, polarity, generation);
      default:
        return this.atom(formula, polarity, generation);
    }
  }

  private groundIte(formula: TermOf<'ite'>, polarity: boolean, generation: number): Term {
    const whenTrue = this.ground(formula.whenTrue, polarity, generation);
    const whenFalse = this.ground(formula.whenFalse, polarity, generation);
    if (!formula.condition.needsPreparation) return ite(formula.condition, whenTrue, whenFalse);
    return and([
      or([this.ground(formula.condition, false, generation), whenTrue]),
      or([this.ground(formula.condition, true, generation), whenFalse]),
    ]);
  }

  /** Arrays are equal when all elements are; arrays differ at some index, which gets a name. */
  private groundArrays(formula: TermOf<'equal'>, polarity: boolean, generation: number): Term {
    const [left, right] = [
      this.liftInside(formula.left, generation),
      this.liftInside(formula.right, generation),
    ];
    const { variables, same } = pointwise(left, right);
    if (!polarity) {
      const key = `different ${left.id} ${right.id}`;
      const known = this.proxies.get(key);
      if (known) return known;
      const map = new Map(variables.map((variable) => [variable, this.skolem(variable, generation)]));
      const result = not(substitute(same, map));
      this.proxies.set(key, result);
      return result;
    }
    if (this.instances.arraysAreArguments) {
      return equal(this.lift(left, generation), this.lift(right, generation));
    }
    const proxy = this.proxy(`equal ${left.id} ${right.id}`, (name) => {
      this.instances.collect(same, generation);
      this.universals.push({ guard: name, variables, body: same, polarity: true, done: new Set() });
    });
    return proxy;
  }

  /** A fresh proposition that implies the formula. */
  private proxyFor(formula: TermOf<'forall' | 'exists'>, polarity: boolean, generation: number): Term {
    return this.proxy(`${polarity} ${formula.id}`, (name) => {
      this.register(formula, polarity, name, generation);
    });
  }

  private proxy(key: string, define: (name: Term) => void): Term {
    const known = this.proxies.get(key);
    if (known) return known;
    const name = this.fresh('holds', BOOL_SORT);
    this.proxies.set(key, name);
    define(name);
    return name;
  }

  private atom(formula: Term, polarity: boolean, generation: number): Term {
    const lifted = rebuild(formula, (child) => this.lift(child, generation));
    return this.ground(lifted, polarity, generation);
  }

  /** Lifts what is inside of an array, but leaves its parts as they are: reads of them are resolved. */
  private liftInside(array: Term, generation: number): Term {
    if (array.kind !== 'piecewise' && array.kind !== 'shifted') return this.lift(array, generation);
    return rebuild(array, (child) =>
      child.sort.kind === 'array' ? this.liftInside(child, generation) : this.lift(child, generation),
    );
  }

  /** A symbol for an array given by parts: what it is at each index is instantiated like any universal. */
  private arrayName(term: Term, generation: number): Term {
    const array = this.liftInside(term, generation);
    if (array.kind !== 'piecewise' && array.kind !== 'shifted') return array;
    const key = `array ${array.id}`;
    const known = this.proxies.get(key);
    if (known) return known;
    const name = this.fresh('parts', array.sort);
    this.proxies.set(key, name);
    const { variables, same } = pointwise(name, array);
    this.instances.collect(same, generation);
    this.universals.push({ guard: TRUE, variables, body: same, polarity: true, done: new Set() });
    return name;
  }

  /**
   * Names the formulas with quantifiers inside a term: the name is equivalent to the formula. Arrays given by parts get names,
   * too.
   */
  private lift(term: Term, generation: number): Term {
    if (!term.needsPreparation) return term;
    if (term.kind === 'piecewise' || term.kind === 'shifted') return this.arrayName(term, generation);
    if (term.sort !== BOOL_SORT) return rebuild(term, (child) => this.lift(child, generation));
    return this.proxy(`both ${term.id}`, (name) => {
      this.assert(term, true, name, generation);
      this.assert(term, false, not(name), generation);
    });
  }
}

/** That two arrays have the same element, at variables for all their indices. */
function pointwise(left: Term, right: Term): { readonly variables: readonly Term[]; readonly same: Term } {
  const variables: Term[] = [];
  let [leftElement, rightElement] = [left, right];
  while (leftElement.sort.kind === 'array') {
    const variable = boundVariable(`$index${variables.length}`, leftElement.sort.index);
    variables.push(variable);
    leftElement = select(leftElement, variable);
    rightElement = select(rightElement, variable);
  }
  return { variables, same: equal(leftElement, rightElement) };
}

/** The term numberOf(block) itself, which `apply` would simplify away. */
function numberOfAsTerm(block: Term, number: Term): Term {
  return intern({ kind: 'apply', functionName: 'numberOf', arguments: [block] }, number.sort);
}

function hasArrayArgument(formulas: readonly Term[]): boolean {
  const visited = new Set<Term>();
  const visit = (term: Term): boolean => {
    if (visited.has(term)) return false;
    visited.add(term);
    if (term.kind === 'apply' && term.arguments.some((argument) => argument.sort.kind === 'array'))
      return true;
    return childrenOf(term).some(visit);
  };
  return formulas.some(visit);
}

/** Skolemises and instantiates the conjunction of the formulas, as far as the limits allow. */
export function groundQuery(formulas: readonly Term[], limits: Limits): Grounded {
  return new Grounding(propagate(formulas), limits).run();
}
