import { bv, bvLess } from './bitvector.js';
import { equal, ite } from './equality.js';
import { type Sort, uninterpretedSort, widthOf } from './sort.js';
import { type Term, type TermOf, bitvector, intern } from './term.js';

/** The contents of disk blocks: opaque, with `blockOf` and its left inverse `numberOf`. */
export const BLOCK_SORT: Sort = uninterpretedSort('Block');

type Rewriting = (functionArguments: readonly Term[], sort: Sort) => Term | undefined;

/** numberOf(blockOf(t)) is t. */
function rewriteNumberOf(functionArguments: readonly Term[]): Term | undefined {
  const [block] = functionArguments;
  if (block?.kind === 'ite') {
    const { sort } = NUMBER_TEMPLATE;
    return ite(
      block.condition,
      apply('numberOf', [block.whenTrue], sort),
      apply('numberOf', [block.whenFalse], sort),
    );
  }
  return block?.kind === 'apply' && block.functionName === 'blockOf' ? block.arguments[0] : undefined;
}

const NUMBER_TEMPLATE = bitvector(0n, 64);

/**
 * sum(n, a) is the sum of the first n elements of `a`, by the snoc axiom: nothing for n = 0, and for n = L + 1 the sum of
 * the first L and a[L], where L + 1 has not wrapped to 0. It is unfolded only where `a` was just written at L.
 */
function rewriteSum(functionArguments: readonly Term[], sort: Sort): Term | undefined {
  const [length, array] = functionArguments;
  if (length?.sort.kind !== 'bitvector' || array === undefined || sort.kind !== 'bitvector') return undefined;
  const zero = bitvector(0n, length.sort.width);
  const nothing = bitvector(0n, sort.width);
  if (length === zero) return nothing;
  if (array.kind === 'piecewise') return sumOfParts(length, array, sort);
  if (array.kind !== 'store' || array.value.sort !== sort || array.index.sort !== length.sort)
    return undefined;
  const next = bv('add', array.index, bitvector(1n, length.sort.width));
  if (next !== length) return undefined;
  const before = apply('sum', [array.index, array.array], sort);
  return ite(equal(length, zero), nothing, bv('add', before, array.value));
}

/** The sum over two sequences put one behind the other, as far as the first one or into the second one. */
function sumOfParts(length: Term, array: TermOf<'piecewise'>, sort: Sort): Term | undefined {
  const { split, low, high } = array;
  if (length === split) return apply('sum', [length, low], sort);
  const back = bv('subtract', bitvector(0n, widthOf(split.sort)), split);
  if (high.kind !== 'shifted' || high.offset !== back) return undefined;
  const whole = apply('sum', [split, low], sort);
  const rest = apply('sum', [bv('subtract', length, split), high.array], sort);
  return ite(bvLess(length, split, false), apply('sum', [length, low], sort), bv('add', whole, rest));
}

const REWRITINGS: ReadonlyMap<string, Rewriting> = new Map([
  ['numberOf', rewriteNumberOf],
  ['sum', rewriteSum],
]);

/** An uninterpreted function, apart from what `numberOf`, `blockOf` and `sum` are known to satisfy. */
export function apply(functionName: string, functionArguments: readonly Term[], sort: Sort): Term {
  const rewritten = REWRITINGS.get(functionName)?.(functionArguments, sort);
  return rewritten ?? intern({ kind: 'apply', functionName, arguments: functionArguments }, sort);
}
