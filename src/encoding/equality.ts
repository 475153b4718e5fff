import { bv, literalDifference } from './bitvector.js';
import { and, areOpposite, not, or } from './boolean.js';
import { BOOL_SORT, sortText } from './sort.js';
import { FALSE, TRUE, type Term, compareTerms, intern } from './term.js';

/** Functions with a left inverse: equal results mean equal arguments. */
export const INJECTIVE_FUNCTIONS: ReadonlySet<string> = new Set(['blockOf']);

function equalBooleans(left: Term, right: Term): Term | undefined {
  if (left === TRUE) return right;
  if (right === TRUE) return left;
  if (left === FALSE) return not(right);
  if (right === FALSE) return not(left);
  if (areOpposite(left, right)) return FALSE;
  if (left.kind === 'not') return not(equal(left.argument, right));
  if (right.kind === 'not') return not(equal(left, right.argument));
  return undefined;
}

/** The term without its literal summand, and that summand. */
function splitOffset(term: Term): readonly [Term, Term] | undefined {
  return term.kind === 'bv' && term.operator === 'add' && term.right.kind === 'bitvector'
    ? [term.left, term.right]
    : undefined;
}

function equalBitvectors(left: Term, right: Term): Term | undefined {
  if (left.kind === 'bitvector' && right.kind === 'bitvector') return FALSE;
  const difference = literalDifference(left, right);
  if (difference !== undefined) return difference === 0n ? TRUE : FALSE;
  const [leftSplit, rightSplit] = [splitOffset(left), splitOffset(right)];
  if (leftSplit && right.kind === 'bitvector')
    return equal(leftSplit[0], bv('subtract', right, leftSplit[1]));
  if (rightSplit && left.kind === 'bitvector')
    return equal(rightSplit[0], bv('subtract', left, rightSplit[1]));
  if (leftSplit && rightSplit && compareTerms(leftSplit[1], rightSplit[1]) === 0) {
    return equal(leftSplit[0], rightSplit[0]);
  }
  return undefined;
}

/** Decides an equality with one branch where that needs no new equalities of unknown size. */
function equalIte(branching: Term, other: Term): Term | undefined {
  if (branching.kind !== 'ite') return undefined;
  const { condition, whenTrue, whenFalse } = branching;
  if (whenTrue === other) return or([condition, equal(whenFalse, other)]);
  if (whenFalse === other) return or([not(condition), equal(whenTrue, other)]);
  if (other.kind === 'bitvector' && whenTrue.kind === 'bitvector') {
    return and([not(condition), equal(whenFalse, other)]);
  }
  if (other.kind === 'bitvector' && whenFalse.kind === 'bitvector') {
    return and([condition, equal(whenTrue, other)]);
  }
  return undefined;
}

function equalSpecial(left: Term, right: Term): Term | undefined {
  if (left.sort === BOOL_SORT) return equalBooleans(left, right);
  if (
    left.kind === 'apply' &&
    right.kind === 'apply' &&
    left.functionName === right.functionName &&
    INJECTIVE_FUNCTIONS.has(left.functionName)
  ) {
    const [first] = left.arguments;
    const [second] = right.arguments;
    if (first && second) return equal(first, second);
  }
  const bitvectors = left.sort.kind === 'bitvector' ? equalBitvectors(left, right) : undefined;
  return bitvectors ?? equalIte(left, right) ?? equalIte(right, left);
}

/** Equality of two terms of one sort; of arrays it is extensional. */
export function equal(left: Term, right: Term): Term {
  if (left.sort !== right.sort) {
    throw new Error(`equality between ${sortText(left.sort)} and ${sortText(right.sort)}`);
  }
  if (left === right) return TRUE;
  const special = equalSpecial(left, right);
  if (special) return special;
  const [first, second] = compareTerms(left, right) <= 0 ? [left, right] : [right, left];
  return intern({ kind: 'equal', left: first, right: second }, BOOL_SORT);
}

function iteBoolean(condition: Term, whenTrue: Term, whenFalse: Term): Term | undefined {
  if (whenTrue === TRUE || whenTrue === condition) return or([condition, whenFalse]);
  if (whenTrue === FALSE || areOpposite(whenTrue, condition)) return and([not(condition), whenFalse]);
  if (whenFalse === TRUE || areOpposite(whenFalse, condition)) return or([not(condition), whenTrue]);
  if (whenFalse === FALSE || whenFalse === condition) return and([condition, whenTrue]);
  return areOpposite(whenTrue, whenFalse) ? equal(condition, whenTrue) : undefined;
}

/** `whenTrue` where the condition holds, else `whenFalse`; both of one sort. */
export function ite(condition: Term, whenTrue: Term, whenFalse: Term): Term {
  if (whenTrue.sort !== whenFalse.sort) throw new Error('branches of different sorts');
  if (condition === TRUE || whenTrue === whenFalse) return whenTrue;
  if (condition === FALSE) return whenFalse;
  if (condition.kind === 'not') return ite(condition.argument, whenFalse, whenTrue);
  if (whenTrue.kind === 'ite' && whenTrue.condition === condition)
    return ite(condition, whenTrue.whenTrue, whenFalse);
  if (whenFalse.kind === 'ite' && whenFalse.condition === condition) {
    return ite(condition, whenTrue, whenFalse.whenFalse);
  }
  if (whenFalse.kind === 'ite' && whenFalse.whenTrue === whenTrue) {
    return ite(or([condition, whenFalse.condition]), whenTrue, whenFalse.whenFalse);
  }
  if (whenTrue.sort === BOOL_SORT) {
    const simpler = iteBoolean(condition, whenTrue, whenFalse);
    if (simpler) return simpler;
  }
  return intern({ kind: 'ite', condition, whenTrue, whenFalse }, whenTrue.sort);
}
