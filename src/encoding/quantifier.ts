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

/** The same term over other subterms, simplified anew. */
export function rebuild(term: Term, child: (subterm: Term) => Term): Term {
  switch (term.kind) {
    case 'boolean':
    case 'bitvector':
    case 'constant':
    case 'bound':
      return term;
    case 'not':
      return not(child(term.argument));
    case 'and':
      return and(term.arguments.map(child));
    case 'or':
      return or(term.arguments.map(child));
    case 'equal':
      return equal(child(term.left), child(term.right));
    case 'ite':
      return ite(child(term.condition), child(term.whenTrue), child(term.whenFalse));
    case 'select':
      return select(child(term.array), child(term.index));
    case 'store':
      return store(child(term.array), child(term.index), child(term.value));
    case 'constantArray':
      return constantArray(term.sort, child(term.value));
    case 'piecewise':
      return piecewise(child(term.split), child(term.low), child(term.high));
    case 'shifted':
      return shifted(child(term.array), child(term.offset));
    case 'apply':
      return apply(term.functionName, term.arguments.map(child), term.sort);
    case 'bv':
      return bv(term.operator, child(term.left), child(term.right));
    case 'less':
      return bvLess(child(term.left), child(term.right), term.signed);
    case 'extract':
      return extract(term.high, term.low, child(term.argument));
    case 'extend':
      return (term.signed ? signExtend : zeroExtend)(widthOf(term.sort), child(term.argument));
    case 'forall':
    case 'exists':
      return quantify(term.kind, term.variables, child(term.body));
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
