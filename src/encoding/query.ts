import { not } from './boolean.js';
import { type Grounded, groundQuery } from './ground.js';
import type { Limits } from './instantiate.js';
import { type Script, printScript } from './smtlib.js';
import type { Term } from './term.js';

/** Is `goal` true wherever the hypotheses are? The goal FALSE asks whether the hypotheses contradict each other. */
export interface Query {
  readonly hypotheses: readonly Term[];
  readonly goal: Term;
  /** Only the first attempt is made; an answer other than `proved` then says nothing. */
  readonly quick?: boolean;
}

/** A query as text. The scripts end before `check-sat`. */
export interface PreparedQuery {
  /** Complete SMT-LIB 2 text of the first attempt. */
  readonly smt: string;
  /** The symbols of `smt`. */
  readonly symbols: Script['symbols'];
  /** The text with the real meaning of every operation, where the first attempt leaves some of them open. */
  readonly exact: Script | undefined;
  /** The text with the quantifiers left in, where instantiation stopped at its limits. */
  readonly fallback: Script | undefined;
  /** Whether instantiation stopped at its limits, so that the fall-back with quantifiers may be needed. */
  readonly quantified: boolean;
  /** Whether every model of the text is a model of the query. */
  readonly saturated: boolean;
  /** Whether the simplifier alone showed that the query is valid. */
  readonly decided: boolean;
}

const ALL: Limits = { depth: 4, onlyUsed: false };
/** What suffices for most that is true. */
export const FEW: Limits = { depth: 3, onlyUsed: true };

/**
 * Turns a query into text without quantifiers: the hypotheses and the negated goal are skolemised and instantiated at the
 * terms that occur. The text depends on the query and the limits alone.
 */
export function prepare(query: Query, limits: Limits = ALL): PreparedQuery {
  const formulas = [...query.hypotheses, not(query.goal)];
  const grounded: Grounded = groundQuery(formulas, limits);
  const first = printScript(grounded.assertions, 'abstract', grounded.bounds);
  return {
    smt: first.text,
    symbols: first.symbols,
    exact: first.abstracted ? printScript(grounded.assertions, 'exact', grounded.bounds) : undefined,
    fallback: grounded.capped ? printScript(formulas, 'exact') : undefined,
    quantified: grounded.capped,
    saturated: grounded.saturated,
    decided: grounded.contradictory,
  };
}
