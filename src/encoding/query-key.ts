import { createHash } from 'node:crypto';
import type { Query } from './query.js';
import { sortText } from './sort.js';
import { type Term, childrenOf, labelOf } from './term.js';

/**
 * A digest of a query that does not depend on the names of its symbols, which mean nothing: queries with the same key have the same
 * answer, if both are quick or neither is. Most walks of one function ask what an earlier walk of it has asked, under other names.
 */
export function queryKey(query: Query): string {
  const numbers = new Map<Term, number>();
  const hash = createHash('sha256');
  /** Writes a term once, behind its parts, and gives its number; a symbol is told from others by its number alone. */
  const number = (term: Term): number => {
    const known = numbers.get(term);
    if (known !== undefined) return known;
    const variables = term.kind === 'forall' || term.kind === 'exists' ? term.variables.map(number) : [];
    const children = childrenOf(term).map(number);
    const own = numbers.size;
    numbers.set(term, own);
    const text = `${term.kind} ${sortText(term.sort)} ${labelOf(term)} ${variables.join()} ${children.join()}`;
    hash.update(`${text}\n`);
    return own;
  };
  const hypotheses = query.hypotheses.map(number);
  const goal = number(query.goal);
  hash.update(`${hypotheses.join()} ${goal}`);
  return hash.digest('base64');
}
