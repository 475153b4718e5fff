import { bv, linearSum } from './bitvector.js';
import { type Term, bitvector, childrenOf } from './term.js';

/** How a bound variable is used in a body. */
export interface Use {
  /** It is an index or argument itself, or is not used as one at all. */
  readonly direct: boolean;
  /** It occurs in indices as factor * x + rest, where rest is ground. */
  readonly affine: readonly { readonly factor: bigint; readonly rest: Term }[];
  /** Whether it occurs in no other way than these and in comparisons, so that the terms that occur suffice. */
  readonly complete: boolean;
}

export interface Occurrences {
  of(variable: Term): Use;
}

class Collector {
  readonly direct = new Set<Term>();
  readonly incomplete = new Set<Term>();
  readonly affine = new Map<Term, Map<string, { factor: bigint; rest: Term }>>();
  private readonly visited = new Set<Term>();

  visit(term: Term): void {
    if (term.openVariables.size === 0 && !term.needsPreparation) return;
    if (this.visited.has(term)) return;
    this.visited.add(term);
    switch (term.kind) {
      case 'select':
        this.visit(term.array);
        this.index(term.index);
        break;
      case 'store':
        this.visit(term.array);
        this.index(term.index);
        this.visit(term.value);
        break;
      case 'apply':
        for (const argument of term.arguments) this.index(argument);
        break;
      case 'equal':
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

  private compared(term: Term): void {
    if (term.kind !== 'bound') this.visit(term);
  }

  private index(term: Term): void {
    if (term.kind === 'bound') {
      this.direct.add(term);
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
    const shapes = this.affine.get(variable) ?? new Map<string, { factor: bigint; rest: Term }>();
    this.affine.set(variable, shapes.set(`${factor} ${rest.id}`, { factor, rest }));
  }
}

/** Finds the uses of all bound variables in a body, those of inner quantifiers included. */
export function occurrencesOf(body: Term): Occurrences {
  const collector = new Collector();
  collector.visit(body);
  return {
    of(variable: Term): Use {
      const affine = [...(collector.affine.get(variable)?.values() ?? [])];
      return {
        direct: collector.direct.has(variable) || affine.length === 0,
        affine,
        complete: !collector.incomplete.has(variable),
      };
    },
  };
}
