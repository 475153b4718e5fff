import { constantArray, piecewise, select, shifted, store } from './array.js';
import { bv, bvLess, extract, signExtend, zeroExtend } from './bitvector.js';
import { and, not, or } from './boolean.js';
import { equal, ite } from './equality.js';
import { apply } from './function.js';
import { BOOL_SORT, widthOf } from './sort.js';
import { type Term, boundVariable, childrenOf, intern } from './term.js';

/** A variable with a term that it must equal where the body matters, if the body says so. */
function definedVariable(
  kind: 'forall' | 'exists',
  variables: readonly Term[],
  body: Term,
): [Term, Term] | undefined {
  const outer = kind === 'forall' ? 'or' : 'and';
  const parts = body.kind === outer ? body.arguments : [body];
  for (const part of parts) {
    const candidate = kind === 'forall' ? (part.kind === 'not' ? part.argument : undefined) : part;
    if (candidate?.kind !== 'equal') continue;
    const pairs: [Term, Term][] = [
      [candidate.left, candidate.right],
      [candidate.right, candidate.left],
    ];
    const found = pairs.find(
      ([variable, value]) => variables.includes(variable) && !value.openVariables.has(variable),
    );
    if (found) return found;
  }
  return undefined;
}

function quantify(kind: 'forall' | 'exists', variables: readonly Term[], body: Term): Term {
  for (const variable of variables)
    if (variable.kind !== 'bound') throw new Error('quantified over no variable');
  if (body.kind === kind) return quantify(kind, [...variables, ...body.variables], body.body);
  const used = [...new Set(variables)].filter((variable) => body.openVariables.has(variable));
  if (used.length === 0) return body;
  const defined = definedVariable(kind, used, body);
  if (defined) {
    const [variable, value] = defined;
    const rest = used.filter((other) => other !== variable);
    return quantify(kind, rest, substitute(body, new Map([[variable, value]])));
  }
  return canonical(kind, used, body);
}

/**
 * Formulas that differ in the names of bound variables only are one term: the names are made from the height of the
 * body, which is greater for the outer one of two nested quantifiers.
 */
function canonical(kind: 'forall' | 'exists', variables: readonly Term[], body: Term): Term {
  const renaming = new Map<Term, Term>();
  const renamed = variables.map((variable, position) => {
    const name = boundVariable(`$bound${body.quantifierHeight}.${position}`, variable.sort);
    if (name !== variable) renaming.set(variable, name);
    return name;
  });
  return intern({ kind, variables: renamed, body: substitute(body, renaming) }, BOOL_SORT);
}

/** For all values of the bound variables; sorts are never empty, so variables that do not occur are dropped. */
export function forall(variables: readonly Term[], body: Term): Term {
  return quantify('forall', variables, body);
}

/** For some values of the bound variables. */
export function exists(variables: readonly Term[], body: Term): Term {
  return quantify('exists', variables, body);
}

/**
 * The same term over other subterms, simplified anew. Where none of them changed it is the term itself, which the
 * constructors would give as well: they have nothing left to do with what they made.
 */
export function rebuild(term: Term, child: (subterm: Term) => Term): Term {
  const before = childrenOf(term);
  const after = before.map(child);
  return after.every((subterm, index) => subterm === before[index]) ? term : withChildren(term, after);
}

/** A term of the same kind over these subterms, simplified. */
export function withChildren(term: Term, children: readonly Term[]): Term {
  const [first, second, third] = children as readonly [Term, Term, Term];
  switch (term.kind) {
    case 'boolean':
    case 'bitvector':
    case 'constant':
    case 'bound':
      return term;
    case 'not':
      return not(first);
    case 'and':
      return and(children);
    case 'or':
      return or(children);
    case 'equal':
      return equal(first, second);
    case 'ite':
      return ite(first, second, third);
    case 'select':
      return select(first, second);
    case 'store':
      return store(first, second, third);
    case 'constantArray':
      return constantArray(term.sort, first);
    case 'piecewise':
      return piecewise(first, second, third);
    case 'shifted':
      return shifted(first, second);
    case 'apply':
      return apply(term.functionName, children, term.sort);
    case 'bv':
      return bv(term.operator, first, second);
    case 'less':
      return bvLess(first, second, term.signed);
    case 'extract':
      return extract(term.high, term.low, first);
    case 'extend':
      return (term.signed ? signExtend : zeroExtend)(widthOf(term.sort), first);
    case 'forall':
    case 'exists':
      return quantify(term.kind, term.variables, first);
  }
}

/**
 * Replaces constants and bound variables. A quantifier's own variables are not replaced in its body. Names of bound
 * variables are unique (see `freshBound`), so that none can be captured.
 */
export function substitute(term: Term, map: ReadonlyMap<Term, Term>): Term {
  if (map.size === 0) return term;
  const onlyBound = [...map.keys()].every((key) => key.kind === 'bound');
  const introduced = new Set([...map.values()].flatMap((value) => [...value.openVariables]));
  const results = new Map<Term, Term>();
  const visit = (subterm: Term): Term => {
    const replacement = map.get(subterm);
    if (replacement) return replacement;
    if (onlyBound && subterm.openVariables.size === 0) return subterm;
    const known = results.get(subterm);
    if (known) return known;
    const variables = subterm.kind === 'forall' || subterm.kind === 'exists' ? subterm.variables : [];
    if (variables.some((variable) => introduced.has(variable)))
      throw new Error('a bound variable would be captured');
    const shadowing = variables.some((variable) => map.has(variable));
    const result = shadowing ? substitute(subterm, withoutKeys(map, variables)) : rebuild(subterm, visit);
    results.set(subterm, result);
    return result;
  };
  return visit(term);
}

function withoutKeys(map: ReadonlyMap<Term, Term>, keys: readonly Term[]): ReadonlyMap<Term, Term> {
  return new Map([...map].filter(([key]) => !keys.includes(key)));
}

/** The free symbols of a term, in the order in which they appear. */
export function freeConstants(term: Term): ReadonlySet<Term> {
  const found = new Set<Term>();
  const visited = new Set<Term>();
  const visit = (subterm: Term): void => {
    if (visited.has(subterm)) return;
    visited.add(subterm);
    if (subterm.kind === 'constant') found.add(subterm);
    childrenOf(subterm).forEach(visit);
  };
  visit(term);
  return found;
}
