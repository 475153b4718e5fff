/** The sorts of terms; interned, so that equal sorts are the same object. */
export type Sort =
  | { readonly kind: 'bool' }
  | { readonly kind: 'bitvector'; readonly width: number }
  | { readonly kind: 'uninterpreted'; readonly name: string }
  | { readonly kind: 'array'; readonly index: Sort; readonly element: Sort };

const table = new Map<string, Sort>();
const texts = new Map<Sort, string>();

function intern(text: string, create: () => Sort): Sort {
  const existing = table.get(text);
  if (existing) return existing;
  const sort = Object.freeze(create());
  table.set(text, sort);
  texts.set(sort, text);
  return sort;
}

export const BOOL_SORT: Sort = intern('Bool', () => ({ kind: 'bool' }));

const bitvectorSorts = new Map<number, Sort>();

/** The sort of machine integers of `width` bits. */
export function bitvectorSort(width: number): Sort {
  const known = bitvectorSorts.get(width);
  if (known !== undefined) return known;
  if (!Number.isInteger(width) || width < 1) throw new Error(`not a bit-vector width: ${width}`);
  const sort = intern(`(_ BitVec ${width})`, () => ({ kind: 'bitvector', width }));
  bitvectorSorts.set(width, sort);
  return sort;
}

/** A sort of opaque elements, of which there is at least one; the name is a plain SMT-LIB symbol. */
export function uninterpretedSort(name: string): Sort {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === 'Bool') throw new Error(`not a sort name: ${name}`);
  return intern(name, () => ({ kind: 'uninterpreted', name }));
}

/** Total maps from `index` to `element`; maps of several keys are curried. */
export function arraySort(index: Sort, element: Sort): Sort {
  return intern(`(Array ${sortText(index)} ${sortText(element)})`, () => ({ kind: 'array', index, element }));
}

/** The SMT-LIB text of a sort. */
export function sortText(sort: Sort): string {
  const text = texts.get(sort);
  if (text === undefined) throw new Error('a sort that was not built by its constructor');
  return text;
}

/** The width of a bit-vector sort; any other sort is a mistake of the caller. */
export function widthOf(sort: Sort): number {
  if (sort.kind !== 'bitvector') throw new Error(`expected a bit-vector, found ${sortText(sort)}`);
  return sort.width;
}
