import { Bank } from './bank.js';
import { BOOL_SORT, type Sort, bitvectorSort, sortText } from './sort.js';

export type BitvectorOperator =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divideUnsigned'
  | 'divideSigned'
  | 'remainderUnsigned'
  | 'remainderSigned'
  | 'and'
  | 'or'
  | 'xor'
  | 'shiftLeft'
  | 'shiftRightLogical'
  | 'shiftRightArithmetic';

interface TermBase {
  readonly sort: Sort;
  /** A key for maps and sets; it depends on the history of the process and never reaches any output. */
  readonly id: number;
  /** Depends on the structure only, with counters in names left out. */
  readonly hash: number;
  /** The bound variables that occur free. */
  readonly openVariables: ReadonlySet<Term>;
  /** Whether a quantifier, an equality of arrays, or an array given by parts occurs, which the preparation of a query must deal with. */
  readonly needsPreparation: boolean;
  /** How deep quantifiers are nested. */
  readonly quantifierHeight: number;
}

/** The shapes of terms, without what every term has. */
export type TermShape =
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'bitvector'; readonly value: bigint }
  | { readonly kind: 'constant'; readonly name: string }
  | { readonly kind: 'bound'; readonly name: string }
  | { readonly kind: 'not'; readonly argument: Term }
  | { readonly kind: 'and'; readonly arguments: readonly Term[] }
  | { readonly kind: 'or'; readonly arguments: readonly Term[] }
  | { readonly kind: 'equal'; readonly left: Term; readonly right: Term }
  | { readonly kind: 'ite'; readonly condition: Term; readonly whenTrue: Term; readonly whenFalse: Term }
  | { readonly kind: 'select'; readonly array: Term; readonly index: Term }
  | { readonly kind: 'store'; readonly array: Term; readonly index: Term; readonly value: Term }
  | { readonly kind: 'constantArray'; readonly value: Term }
  /** At an index below `split` (unsigned) the element of `low`, else that of `high`. */
  | { readonly kind: 'piecewise'; readonly split: Term; readonly low: Term; readonly high: Term }
  /** At index i the element of `array` at i + offset, wrapped. */
  | { readonly kind: 'shifted'; readonly array: Term; readonly offset: Term }
  | { readonly kind: 'apply'; readonly functionName: string; readonly arguments: readonly Term[] }
  | { readonly kind: 'bv'; readonly operator: BitvectorOperator; readonly left: Term; readonly right: Term }
  | { readonly kind: 'less'; readonly signed: boolean; readonly left: Term; readonly right: Term }
  | { readonly kind: 'extract'; readonly high: number; readonly low: number; readonly argument: Term }
  | { readonly kind: 'extend'; readonly signed: boolean; readonly argument: Term }
  | { readonly kind: 'forall'; readonly variables: readonly Term[]; readonly body: Term }
  | { readonly kind: 'exists'; readonly variables: readonly Term[]; readonly body: Term };

/** An immutable term; equal terms are the same object, as long as somebody holds it. */
export type Term = TermShape & TermBase;
export type TermOf<Kind extends Term['kind']> = Extract<Term, { kind: Kind }>;

const NOTHING: ReadonlySet<Term> = new Set();
const bank = new Bank<Term>(1 << 15);
let nextId = 0;

/** The direct subterms, in order; for quantifiers the body only. */
export function childrenOf(term: TermShape): readonly Term[] {
  switch (term.kind) {
    case 'boolean':
    case 'bitvector':
    case 'constant':
    case 'bound':
      return [];
    case 'not':
    case 'extract':
    case 'extend':
      return [term.argument];
    case 'and':
    case 'or':
    case 'apply':
      return term.arguments;
    case 'equal':
    case 'bv':
    case 'less':
      return [term.left, term.right];
    case 'ite':
      return [term.condition, term.whenTrue, term.whenFalse];
    case 'select':
      return [term.array, term.index];
    case 'store':
      return [term.array, term.index, term.value];
    case 'constantArray':
      return [term.value];
    case 'piecewise':
      return [term.split, term.low, term.high];
    case 'shifted':
      return [term.array, term.offset];
    case 'forall':
    case 'exists':
      return [term.body];
  }
}

/** What distinguishes terms of one kind besides their children; `name` is apart, since its counter is not hashed. */
export function labelOf(shape: TermShape): string {
  switch (shape.kind) {
    case 'boolean':
    case 'bitvector':
      return String(shape.value);
    case 'apply':
      return shape.functionName;
    case 'bv':
      return shape.operator;
    case 'less':
    case 'extend':
      return shape.signed ? 'signed' : 'unsigned';
    case 'extract':
      return `${shape.high},${shape.low}`;
    default:
      return '';
  }
}

function nameOf(shape: TermShape): string {
  return shape.kind === 'constant' || shape.kind === 'bound' ? shape.name : '';
}

function variablesOf(shape: TermShape): readonly Term[] {
  return shape.kind === 'forall' || shape.kind === 'exists' ? shape.variables : [];
}

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) | 0;
}

function hashText(hash: number, text: string): number {
  let result = hash;
  for (let index = 0; index < text.length; index++) result = mix(result, text.charCodeAt(index));
  return result;
}

const wordHashes = new Map<string, number>();

/** The hash of one of the few words that kinds, operators, functions and sorts are written with. */
function wordHash(word: string): number {
  const known = wordHashes.get(word);
  if (known !== undefined) return known;
  const hash = hashText(17, word);
  wordHashes.set(word, hash);
  return hash;
}

/** What is in a term beside its children and its name. */
function headHash(shape: TermShape): number {
  const label = labelOf(shape);
  const isValue = shape.kind === 'bitvector';
  return mix(wordHash(shape.kind), isValue ? hashText(17, label) : wordHash(label));
}

function hashOf(shape: TermShape, sort: Sort): number {
  let hash = mix(headHash(shape), wordHash(sortText(sort)));
  hash = hashText(hash, nameOf(shape).replace(/[0-9]+/g, '#'));
  for (const variable of variablesOf(shape)) hash = mix(hash, variable.hash);
  for (const child of childrenOf(shape)) hash = mix(hash, child.hash);
  return hash;
}

function openVariablesOf(shape: TermShape): ReadonlySet<Term> {
  let result = NOTHING;
  for (const child of childrenOf(shape)) {
    if (child.openVariables.size === 0 || child.openVariables === result) continue;
    result = result.size === 0 ? child.openVariables : new Set([...result, ...child.openVariables]);
  }
  const bound = variablesOf(shape);
  return bound.length === 0 ? result : new Set([...result].filter((variable) => !bound.includes(variable)));
}

function needsPreparation(shape: TermShape): boolean {
  if (shape.kind === 'forall' || shape.kind === 'exists') return true;
  if (shape.kind === 'piecewise' || shape.kind === 'shifted') return true;
  if (shape.kind === 'equal' && shape.left.sort.kind === 'array') return true;
  return childrenOf(shape).some((child) => child.needsPreparation);
}

function quantifierHeight(shape: TermShape): number {
  const own = shape.kind === 'forall' || shape.kind === 'exists' ? 1 : 0;
  return childrenOf(shape).reduce((height, child) => Math.max(height, child.quantifierHeight), 0) + own;
}

/** The same for terms that are the same, and for few others; the sort is left out, since it seldom tells terms apart. */
function identityHash(shape: TermShape, children: readonly Term[]): number {
  let hash = hashText(headHash(shape), nameOf(shape));
  for (const child of children) hash = mix(hash, child.id);
  return hash;
}

function sameTerms(left: readonly Term[], right: readonly Term[]): boolean {
  return left.length === right.length && left.every((term, index) => term === right[index]);
}

/** Gives the one term of this shape and sort; no simplification. Only the smart constructors call it. */
export function intern(shape: TermShape, sort: Sort): Term {
  const children = childrenOf(shape);
  const isThis = (term: Term): boolean =>
    term.kind === shape.kind &&
    term.sort === sort &&
    labelOf(term) === labelOf(shape) &&
    nameOf(term) === nameOf(shape) &&
    sameTerms(childrenOf(term), children) &&
    sameTerms(variablesOf(term), variablesOf(shape));
  return bank.intern(identityHash(shape, children), isThis, () => newTerm(shape, sort));
}

function newTerm(shape: TermShape, sort: Sort): Term {
  const itself = shape.kind === 'bound' ? new Set<Term>() : null;
  const term: Term = Object.freeze({
    ...shape,
    sort,
    id: nextId++,
    hash: hashOf(shape, sort),
    openVariables: itself ?? openVariablesOf(shape),
    needsPreparation: needsPreparation(shape),
    quantifierHeight: quantifierHeight(shape),
  });
  itself?.add(term);
  return term;
}

export const TRUE: Term = intern({ kind: 'boolean', value: true }, BOOL_SORT);
export const FALSE: Term = intern({ kind: 'boolean', value: false }, BOOL_SORT);

/** A free symbol; the same name at two sorts gives two symbols. */
export function constant(name: string, sort: Sort): Term {
  return intern({ kind: 'constant', name }, sort);
}

/** A variable for `forall` and `exists`. Its name must be used by one quantifier only: see `freshBound`. */
export function boundVariable(name: string, sort: Sort): Term {
  return intern({ kind: 'bound', name }, sort);
}

let freshCounter = 0;

/** A bound variable with a name that no other one has; `name` is a hint. */
export function freshBound(name: string, sort: Sort): Term {
  return boundVariable(`${name}!${freshCounter++}`, sort);
}

/** A machine integer; the value is taken modulo 2^width. */
export function bitvector(value: bigint, width: number): Term {
  return intern({ kind: 'bitvector', value: BigInt.asUintN(width, value) }, bitvectorSort(width));
}

function compareNames(left: string, right: string): number {
  const leftParts = left.split(/([0-9]+)/);
  const rightParts = right.split(/([0-9]+)/);
  for (let index = 0; index < Math.min(leftParts.length, rightParts.length); index++) {
    const [first = '', second = ''] = [leftParts[index], rightParts[index]];
    if (first === second) continue;
    const difference = index % 2 === 1 ? Number(first) - Number(second) : 0;
    return difference !== 0 ? difference : first < second ? -1 : 1;
  }
  return leftParts.length - rightParts.length;
}

/**
 * A total order that depends on structure only, and not on how far the counters in names have run: it is what keeps
 * the text of a query the same when other queries change. Literals come last.
 */
export function compareTerms(left: Term, right: Term): number {
  if (left === right) return 0;
  const literals = Number(left.kind === 'bitvector') - Number(right.kind === 'bitvector');
  if (literals !== 0) return literals;
  if (left.kind === 'bitvector' && right.kind === 'bitvector' && left.value !== right.value) {
    return left.value < right.value ? -1 : 1;
  }
  if (left.hash !== right.hash) return left.hash - right.hash;
  return compareStructure(left, right);
}

function compareStructure(left: Term, right: Term): number {
  const labels = [left, right].map((term) => `${term.kind} ${sortText(term.sort)} ${labelOf(term)}`) as [
    string,
    string,
  ];
  if (labels[0] !== labels[1]) return labels[0] < labels[1] ? -1 : 1;
  const names = compareNames(nameOf(left), nameOf(right));
  if (names !== 0) return names;
  const leftParts = [...variablesOf(left), ...childrenOf(left)];
  const rightParts = [...variablesOf(right), ...childrenOf(right)];
  if (leftParts.length !== rightParts.length) return leftParts.length - rightParts.length;
  for (const [index, part] of leftParts.entries()) {
    const other = rightParts[index];
    const difference = other ? compareTerms(part, other) : 0;
    if (difference !== 0) return difference;
  }
  return left.id - right.id;
}
