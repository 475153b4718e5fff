import { type ArithmeticText, BITVECTORS, INTEGERS, integersSuffice } from './arithmetic-text.js';
import type { Bounds } from './bounds.js';
import { type Sort, sortText, widthOf } from './sort.js';
import { type BitvectorOperator, type Term, type TermOf, childrenOf } from './term.js';

/** A complete script up to, and without, `check-sat`. */
export interface Script {
  readonly text: string;
  /** The name in the text of each constant, and of each function by its name and signature. */
  readonly symbols: ReadonlyMap<Term | string, string>;
  /** Whether an operation of the query was left open. */
  readonly abstracted: boolean;
}

/** `abstract` prints multiplication, division and remainder, which are slow to decide, as functions left open. */
export type PrintMode = 'exact' | 'abstract';

const NONLINEAR: ReadonlySet<BitvectorOperator> = new Set<BitvectorOperator>([
  'multiply',
  'divideUnsigned',
  'divideSigned',
  'remainderUnsigned',
  'remainderSigned',
]);

/** Narrow enough to be decided bit by bit at no cost. */
const NARROW = 8;

/** The name of an uninterpreted function together with its sorts: one name may be used at several signatures. */
export function signatureOf(term: Term & { readonly kind: 'apply' }): string {
  return `${term.functionName} ${term.arguments.map((argument) => sortText(argument.sort)).join(' ')} ${sortText(term.sort)}`;
}

function isNonlinear(term: Term): boolean {
  if (term.kind !== 'bv' || !NONLINEAR.has(term.operator) || widthOf(term.sort) <= NARROW) return false;
  return !(term.operator === 'multiply' && term.right.kind === 'bitvector');
}

class Printer {
  readonly symbols = new Map<Term | string, string>();
  readonly sorts = new Set<string>();
  readonly lines: string[] = [];
  abstracted = false;
  private readonly uses = new Map<Term, number>();
  private readonly texts = new Map<Term, string>();
  private definitions = 0;
  private counter = 0;

  constructor(
    private readonly mode: PrintMode,
    private readonly arithmetic: ArithmeticText,
    private readonly bounds: Bounds | null,
  ) {}

  countUses(term: Term): void {
    const known = this.uses.get(term);
    this.uses.set(term, (known ?? 0) + 1);
    if (known === undefined) for (const child of childrenOf(term)) this.countUses(child);
  }

  print(term: Term): string {
    const known = this.texts.get(term);
    if (known !== undefined) return known;
    let text = this.compose(term);
    const closed = term.openVariables.size === 0;
    if (closed) this.sayRange(term, text);
    if (closed && childrenOf(term).length > 0 && (this.uses.get(term) ?? 0) > 1 && term.kind !== 'not') {
      const name = `t${this.definitions++}`;
      this.lines.push(`(define-fun ${name} () ${this.sort(term.sort)} ${text})`);
      text = name;
    }
    this.texts.set(term, text);
    return text;
  }

  private sort(sort: Sort): string {
    const visit = (part: Sort): void => {
      if (part.kind === 'array') {
        visit(part.index);
        visit(part.element);
      } else if (part.kind === 'uninterpreted' && !this.sorts.has(part.name)) {
        this.sorts.add(part.name);
      }
    };
    visit(sort);
    return this.arithmetic.sort(sort);
  }

  /** A machine integer that a symbol gives is in its range; that of every other follows. */
  private sayRange(term: Term, text: string): void {
    if (term.sort.kind !== 'bitvector') return;
    const given =
      term.kind === 'constant' || term.kind === 'select' || term.kind === 'apply' || this.isOpen(term);
    const range = given ? this.arithmetic.range(text, term.sort.width) : null;
    if (range !== null) this.lines.push(`(assert ${range})`);
  }

  private isOpen(term: Term): boolean {
    return this.mode === 'abstract' && isNonlinear(term);
  }

  private fresh(hint: string): string {
    const base = hint
      .replace(/^\$[a-z]+/, '')
      .replace(/[!@#$~][0-9]+/g, '')
      .replace(/[^A-Za-z0-9_]+/g, '_')
      .replace(/^[0-9_]+/, '');
    return `${base === '' ? 'c' : base}_${this.counter++}`;
  }

  private symbol(term: Term & { readonly kind: 'constant' }): string {
    const known = this.symbols.get(term);
    if (known !== undefined) return known;
    const name = this.fresh(term.name);
    this.symbols.set(term, name);
    this.lines.push(`(declare-fun ${name} () ${this.sort(term.sort)})`);
    return name;
  }

  private functionSymbol(key: string, hint: string, sorts: readonly Sort[], result: Sort): string {
    const known = this.symbols.get(key);
    if (known !== undefined) return known;
    const name = this.fresh(hint);
    this.symbols.set(key, name);
    this.lines.push(
      `(declare-fun ${name} (${sorts.map((sort) => this.sort(sort)).join(' ')}) ${this.sort(result)})`,
    );
    return name;
  }

  private call(head: string, terms: readonly Term[]): string {
    return terms.length === 0 ? head : `(${head} ${terms.map((term) => this.print(term)).join(' ')})`;
  }

  private compose(term: Term): string {
    switch (term.kind) {
      case 'boolean':
        return String(term.value);
      case 'bitvector':
        return this.arithmetic.literal(term.value, widthOf(term.sort));
      case 'constant':
        return this.symbol(term);
      case 'bound':
        return this.boundName(term);
      case 'equal':
        return this.call('=', childrenOf(term));
      case 'not':
      case 'and':
      case 'or':
      case 'ite':
      case 'select':
      case 'store':
        return this.call(term.kind, childrenOf(term));
      case 'constantArray':
        return `((as const ${this.sort(term.sort)}) ${this.print(term.value)})`;
      case 'piecewise':
      case 'shifted':
        return this.composeParts(term);
      case 'apply':
        return this.composeApply(term);
      case 'bv':
        return this.composeOperation(term);
      case 'less':
        return this.arithmetic.less(term.signed, this.print(term.left), this.print(term.right));
      case 'extract':
        return this.call(`(_ extract ${term.high} ${term.low})`, childrenOf(term));
      case 'extend': {
        const more = widthOf(term.sort) - widthOf(term.argument.sort);
        return this.call(`(_ ${term.signed ? 'sign_extend' : 'zero_extend'} ${more})`, childrenOf(term));
      }
      case 'forall':
      case 'exists': {
        const variables = term.variables.map(
          (variable) => `(${this.print(variable)} ${this.sort(variable.sort)})`,
        );
        return `(${term.kind} (${variables.join(' ')}) ${this.print(term.body)})`;
      }
    }
  }

  /** Only where quantifiers are left in: else such arrays were given names (see `ground.ts`). */
  private composeParts(term: TermOf<'piecewise' | 'shifted'>): string {
    const index = this.fresh('i');
    if (term.sort.kind !== 'array' || term.sort.index.kind !== 'bitvector') {
      throw new Error('an array by parts whose indices are no numbers');
    }
    const { width } = term.sort.index;
    const variable = `((${index} ${this.sort(term.sort.index)}))`;
    if (term.kind === 'shifted') {
      const moved = this.arithmetic.operation('add', width, index, this.print(term.offset));
      return `(lambda ${variable} (select ${this.print(term.array)} ${moved}))`;
    }
    const below = this.arithmetic.less(false, index, this.print(term.split));
    const [low, high] = [this.print(term.low), this.print(term.high)];
    return `(lambda ${variable} (ite ${below} (select ${low} ${index}) (select ${high} ${index})))`;
  }

  private boundName(term: Term & { readonly kind: 'bound' }): string {
    const known = this.symbols.get(term) ?? this.fresh(term.name);
    this.symbols.set(term, known);
    return known;
  }

  private composeApply(term: Term & { readonly kind: 'apply' }): string {
    const sorts = term.arguments.map((argument) => argument.sort);
    return this.call(
      this.functionSymbol(signatureOf(term), term.functionName, sorts, term.sort),
      term.arguments,
    );
  }

  private composeOperation(term: Term & { readonly kind: 'bv' }): string {
    if (!this.isOpen(term)) {
      const width = widthOf(term.sort);
      const [left, right] = [this.print(term.left), this.print(term.right)];
      const wrap = isLinear(term) ? this.bounds?.wrapOf(term) : null;
      const known =
        typeof wrap === 'bigint' ? this.arithmetic.wrapped(term.operator, width, left, right, wrap) : null;
      return known ?? this.arithmetic.operation(term.operator, width, left, right);
    }
    this.abstracted = true;
    const key = `$${term.operator} ${sortText(term.sort)}`;
    const name = this.functionSymbol(key, term.operator, [term.sort, term.sort], term.sort);
    const text = this.call(name, childrenOf(term));
    if (term.openVariables.size === 0) this.boundResult(term, text);
    return text;
  }

  /** The cheapest facts about unsigned division: a remainder is below the divisor, a quotient not above the dividend. */
  private boundResult(term: Term & { readonly kind: 'bv' }, text: string): void {
    const [left, right] = [this.print(term.left), this.print(term.right)];
    const zero = this.arithmetic.literal(0n, widthOf(term.sort));
    if (term.operator === 'remainderUnsigned')
      this.lines.push(`(assert (or (= ${right} ${zero}) ${this.arithmetic.less(false, text, right)}))`);
    if (term.operator === 'divideUnsigned')
      this.lines.push(`(assert (or (= ${right} ${zero}) ${this.arithmetic.lessEqual(text, left)}))`);
  }
}

/** A sum, a difference, or a product with a literal; without bound variables, of which nothing is known. */
function isLinear(term: TermOf<'bv'>): boolean {
  if (term.openVariables.size > 0) return false;
  return ['add', 'subtract'].includes(term.operator) || (term.operator === 'multiply' && !isNonlinear(term));
}

/**
 * Prints the conjunction of closed formulas, and the comparisons that are known to hold: what these say about which sums wrap is left
 * out of the text, so that they come first. Symbols are numbered in the order in which they appear.
 */
export function printScript(
  formulas: readonly Term[],
  mode: PrintMode,
  bounds: Bounds | null = null,
): Script {
  const assertions = [...new Set([...(bounds?.comparisons ?? []), ...formulas])];
  const open = (term: Term): boolean => mode === 'abstract' && isNonlinear(term);
  const printer = new Printer(mode, integersSuffice(assertions, open) ? INTEGERS : BITVECTORS, bounds);
  for (const assertion of assertions) printer.countUses(assertion);
  for (const assertion of assertions) printer.lines.push(`(assert ${printer.print(assertion)})`);
  const sorts = [...printer.sorts].map((name) => `(declare-sort ${name} 0)`);
  return {
    text: [...sorts, ...printer.lines, ''].join('\n'),
    symbols: printer.symbols,
    abstracted: printer.abstracted,
  };
}
