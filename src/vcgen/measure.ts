import type { Term } from '../encoding/index.js';
import { and, bvLess, equal, or } from '../encoding/index.js';
import type { SymbolicValue } from './layout.js';
import { leaf } from './symbolic-domain.js';

/** Whether unsigned numbers come before others; of none, it is never. */
export function lexicographicallyLess(
  after: readonly SymbolicValue[],
  before: readonly SymbolicValue[],
): Term {
  return or(
    before.map((value, index) => {
      const equalSoFar = before
        .slice(0, index)
        .map((each, position) => equal(leaf(each), leaf(after[position] ?? each)));
      return and([...equalSoFar, bvLess(leaf(after[index] ?? value), leaf(value), false)]);
    }),
  );
}
