import { BOOL_SORT } from './sort.js';
import { FALSE, TRUE, type Term, compareTerms, intern } from './term.js';

function requireBoolean(term: Term): void {
  if (term.sort !== BOOL_SORT) throw new Error(`expected a formula, found a term of kind ${term.kind}`);
}

export function not(argument: Term): Term {
  requireBoolean(argument);
  if (argument === TRUE) return FALSE;
  if (argument === FALSE) return TRUE;
  if (argument.kind === 'not') return argument.argument;
  return intern({ kind: 'not', argument }, BOOL_SORT);
}

/** Whether one of two formulas is the negation of the other; makes no term to find out. */
export function areOpposite(left: Term, right: Term): boolean {
  if (left.kind === 'not') return left.argument === right;
  if (right.kind === 'not') return right.argument === left;
  return left.kind === 'boolean' && right.kind === 'boolean' && left !== right;
}

/** Flattens, drops the neutral element and repetitions; whether one argument, or two opposite ones, decide the result. */
function collect(kind: 'and' | 'or', terms: readonly Term[], into: Set<Term>, negated: Set<Term>): boolean {
  const neutral = kind === 'and' ? TRUE : FALSE;
  const absorbing = kind === 'and' ? FALSE : TRUE;
  for (const term of terms) {
    requireBoolean(term);
    if (term === absorbing) return true;
    if (term === neutral) continue;
    if (term.kind === kind) {
      if (collect(kind, term.arguments, into, negated)) return true;
    } else {
      if (negated.has(term) || (term.kind === 'not' && into.has(term.argument))) return true;
      if (term.kind === 'not') negated.add(term.argument);
      into.add(term);
    }
  }
  return false;
}

function junction(kind: 'and' | 'or', terms: readonly Term[]): Term {
  const distinct = new Set<Term>();
  if (collect(kind, terms, distinct, new Set())) return kind === 'and' ? FALSE : TRUE;
  const remaining = [...distinct].filter((term) => !absorbed(kind, term, distinct));
  const [first] = remaining;
  if (first === undefined) return kind === 'and' ? TRUE : FALSE;
  if (remaining.length === 1) return first;
  return intern({ kind, arguments: remaining.sort(compareTerms) }, BOOL_SORT);
}

/** a and (a or b) is a; a or (a and b) is a. */
function absorbed(kind: 'and' | 'or', term: Term, siblings: ReadonlySet<Term>): boolean {
  const dual = kind === 'and' ? 'or' : 'and';
  return term.kind === dual && term.arguments.some((argument) => siblings.has(argument));
}

export function and(terms: readonly Term[]): Term {
  return junction('and', terms);
}

export function or(terms: readonly Term[]): Term {
  return junction('or', terms);
}

export function implies(hypothesis: Term, conclusion: Term): Term {
  return or([not(hypothesis), conclusion]);
}
