import { bv, bvLess } from './bitvector.js';
import { equal, ite } from './equality.js';
import { type Sort, widthOf } from './sort.js';
import { FALSE, TRUE, type Term, bitvector, intern } from './term.js';

/** Arrays share their parts, so that each element is worked out once. Holds no array that nobody else holds. */
const selections = new WeakMap<Term, Map<Term, Term>>();

/** The element at `index`; reads are resolved over writes, constant arrays, arrays given by parts and branches. */
export function select(array: Term, index: Term): Term {
  if (array.sort.kind !== 'array' || array.sort.index !== index.sort) throw new Error('ill-sorted select');
  let row = selections.get(array);
  if (row === undefined) selections.set(array, (row = new Map<Term, Term>()));
  const known = row.get(index);
  if (known) return known;
  const result = computeSelect(array, index, array.sort.element);
  row.set(index, result);
  return result;
}

function computeSelect(array: Term, index: Term, element: Sort): Term {
  switch (array.kind) {
    case 'store': {
      const same = equal(array.index, index);
      if (same === TRUE) return array.value;
      return same === FALSE ? select(array.array, index) : ite(same, array.value, select(array.array, index));
    }
    case 'constantArray':
      return array.value;
    case 'piecewise':
      return ite(bvLess(index, array.split, false), select(array.low, index), select(array.high, index));
    case 'shifted':
      return select(array.array, bv('add', index, array.offset));
    case 'ite':
      return ite(array.condition, select(array.whenTrue, index), select(array.whenFalse, index));
    default:
      return intern({ kind: 'select', array, index }, element);
  }
}

/** The array that differs from `array` at most at `index`. */
export function store(array: Term, index: Term, value: Term): Term {
  const { sort } = array;
  if (sort.kind !== 'array' || sort.index !== index.sort || sort.element !== value.sort) {
    throw new Error('ill-sorted store');
  }
  if (array.kind === 'store' && array.index === index) return store(array.array, index, value);
  if (array.kind === 'constantArray' && array.value === value) return array;
  if (value === select(array, index)) return array;
  return intern({ kind: 'store', array, index, value }, sort);
}

/** The array of sort `sort` that has `value` everywhere. */
export function constantArray(sort: Sort, value: Term): Term {
  if (sort.kind !== 'array' || sort.element !== value.sort) throw new Error('ill-sorted constant array');
  return intern({ kind: 'constantArray', value }, sort);
}

/** The array that is `low` at indices below `split` (unsigned) and `high` at all others. */
export function piecewise(split: Term, low: Term, high: Term): Term {
  const { sort } = low;
  if (sort.kind !== 'array' || sort.index !== split.sort || sort !== high.sort) {
    throw new Error('ill-sorted parts of an array');
  }
  if (low === high || split === bitvector(0n, widthOf(split.sort))) return high;
  return intern({ kind: 'piecewise', split, low, high }, sort);
}

/** The array with the element of `array` at i + offset (wrapped) at each index i. */
export function shifted(array: Term, offset: Term): Term {
  const { sort } = array;
  if (sort.kind !== 'array' || sort.index !== offset.sort) throw new Error('ill-sorted shift of an array');
  if (array.kind === 'constantArray' || offset === bitvector(0n, widthOf(offset.sort))) return array;
  if (array.kind === 'shifted') return shifted(array.array, bv('add', array.offset, offset));
  return intern({ kind: 'shifted', array, offset }, sort);
}

/** Splices of at most this many elements are written out. */
const MOST_STORES = 64n;

/** The array that is `source` from `from` on at `count` positions from `at` on, and `target` elsewhere; positions wrap around. */
export function splice(target: Term, at: Term, source: Term, from: Term, count: Term): Term {
  const width = widthOf(at.sort);
  if (count.kind === 'bitvector' && count.value <= MOST_STORES) {
    return Array.from({ length: Number(count.value) }, (_, index) => index).reduce((array, index) => {
      const distance = bitvector(BigInt(index), width);
      return store(array, bv('add', at, distance), select(source, bv('add', from, distance)));
    }, target);
  }
  const moved = piecewise(count, shifted(source, from), shifted(target, at));
  return shifted(moved, bv('subtract', bitvector(0n, width), at));
}
