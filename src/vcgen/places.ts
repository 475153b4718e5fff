import type { Expression } from '../ir/index.js';
import { children } from '../ir/index.js';
import type { SymbolicValue } from './layout.js';
import { symbolicDomain } from './symbolic-domain.js';

/** A part of the state: a variable, or of one that is a map what is under a key that is a literal. */
export interface Place {
  readonly variable: string;
  /** Null: all of the variable. */
  readonly key: { readonly text: string; readonly value: SymbolicValue } | null;
  /** Of the state before the step. */
  readonly old: boolean;
}

/** What the value of an expression depends on, beside locals and bound variables. */
export interface Mentioned {
  readonly places: readonly Place[];
  /** Whether it says of a thread what that was asked to do. */
  readonly pending: boolean;
  readonly parameters: readonly string[];
}

const CACHE = new WeakMap<Expression, Mentioned>();

/** What a closed expression mentions; looked for once. */
export function mentionedIn(expression: Expression): Mentioned {
  const known = CACHE.get(expression);
  if (known !== undefined) return known;
  const result = find(expression, (key) => key);
  CACHE.set(expression, result);
  return result;
}

/** The same for an expression of an operation that is called with these arguments; `resolve` gives the value of a key where it is known. */
export function find(expression: Expression, resolve: (key: Expression) => Expression): Mentioned {
  const places = new Map<string, Place>();
  const parameters = new Set<string>();
  let pending = false;
  const visit = (node: Expression): void => {
    if (node.kind === 'index' && node.collection.kind === 'state' && node.collection.type.kind === 'map') {
      const { variable, old } = node.collection;
      const key = resolve(node.key);
      if (key.kind === 'literal') {
        const text = String(key.value);
        const value = symbolicDomain.literal(key.type, key.value);
        places.set(`${variable} ${old} ${text}`, { variable, key: { text, value }, old });
        return;
      }
    }
    if (node.kind === 'state') places.set(`${node.variable} ${node.old}`, { ...node, key: null });
    if (node.kind === 'parameter') parameters.add(node.name);
    if (node.kind === 'pending') pending = true;
    children(node).forEach(visit);
  };
  visit(expression);
  return { places: [...places.values()], pending, parameters: [...parameters] };
}
