import { bv, linearSum } from './bitvector.js';
import { type Term, bitvector, childrenOf } from './term.js';

/** How a bound variable is used in a body. */
export interface Use {
  /** The places at which it is an index or argument itself. */
  readonly direct: readonly string[];
  /** It occurs in an index at the place as factor * x + rest, where rest is ground. */
  readonly affine: readonly AffineUse[];
  /** The ground terms that it is compared with for equality. */
  readonly compared: ReadonlySet<Term>;
  /** Whether it occurs in no other way than these and in comparisons, so that the terms that occur suffice. */
  readonly complete: boolean;
}

export interface AffineUse {
  readonly place: string;
  readonly factor: bigint;
  readonly rest: Term;
}

/** The terms that an array or a function is used at, each with its place: indices of one array, arguments of one function. */
export function usesIn(term: Term): readonly { readonly place: string; readonly index: Term }[] {
  switch (term.kind) {
    case 'select':
    case 'store':
      return [{ place: placeOf(term.array), index: term.index }];
    case 'apply':
      return term.arguments.map((index, position) => ({ place: `${term.functionName} ${position}`, index }));
    default:
      return [];
  }
}

/** One place for each array symbol and each depth of nesting. Reads of anything else were resolved to reads of these. */
export function placeOf(array: Term): string {
  return placeAt(array, 0);
}

function placeAt(array: Term, depth: number): string {
  switch (array.kind) {
    case 'select':
      return placeAt(array.array, depth + 1);
    case 'store':
      return placeAt(array.array, depth);
    case 'apply':
      return `${array.functionName}() ${depth}`;
    default:
      return `${array.id} ${depth}`;
  }
}

export interface Occurrences {
  of(variable: Term): Use;
}

class Collector {
  readonly direct = new Map<Term, Set<string>>();
  readonly incomplete = new Set<Term>();
  readonly affine = new Map<Term, Map<string, AffineUse>>();
  readonly equalities = new Map<Term, Set<Term>>();
  private readonly visited = new Set<Term>();

  visit(term: Term): void {
    if (term.openVariables.size === 0 && !term.needsPreparation) return;
    if (this.visited.has(term)) return;
    this.visited.add(term);
    for (const { place, index } of usesIn(term)) this.index(index, place);
    switch (term.kind) {
      case 'select':
        this.visit(term.array);
        break;
      case 'store':
        this.visit(term.array);
        this.visit(term.value);
        break;
      case 'apply':
        break;
      case 'equal':
        this.equalTo(term.left, term.right);
        this.equalTo(term.right, term.left);
        this.compared(term.left);
        this.compared(term.right);
        break;
      case 'less':
        this.compared(term.left);
        this.compared(term.right);
        break;
      case 'bound':
        this.incomplete.add(term);
        break;
      default:
        childrenOf(term).forEach((child) => {
          this.visit(child);
        });
    }
  }

  private equalTo(variable: Term, other: Term): void {
    if (variable.kind !== 'bound' || other.openVariables.size > 0) return;
    const terms = this.equalities.get(variable) ?? new Set<Term>();
    this.equalities.set(variable, terms.add(other));
  }

  private compared(term: Term): void {
    if (term.kind !== 'bound') this.visit(term);
  }

  private index(term: Term, place: string): void {
    if (term.kind === 'bound') {
      const places = this.direct.get(term) ?? new Set<string>();
      this.direct.set(term, places.add(place));
      return;
    }
    if (term.sort.kind !== 'bitvector' || term.openVariables.size === 0) {
      this.visit(term);
      return;
    }
    const sum = linearSum([term, 1n]);
    const open = [...sum.coefficients].filter(([atom]) => atom.openVariables.size > 0);
    const [only] = open;
    if (!only || open.length !== 1 || only[0].kind !== 'bound') {
      for (const [atom] of open) this.visit(atom);
      return;
    }
    const [variable, factor] = only;
    const scaled = bv('multiply', variable, bitvector(factor, term.sort.width));
    const rest = bv('subtract', term, scaled);
    const shapes = this.affine.get(variable) ?? new Map<string, AffineUse>();
    this.affine.set(variable, shapes.set(`${factor} ${rest.id} ${place}`, { place, factor, rest }));
  }
}

/** Finds the uses of all bound variables in a body, those of inner quantifiers included. */
export function occurrencesOf(body: Term): Occurrences {
  const collector = new Collector();
  collector.visit(body);
  return {
    of(variable: Term): Use {
      return {
        direct: [...(collector.direct.get(variable) ?? [])],
        affine: [...(collector.affine.get(variable)?.values() ?? [])],
        compared: collector.equalities.get(variable) ?? new Set(),
        complete: !collector.incomplete.has(variable),
      };
    },
  };
}
