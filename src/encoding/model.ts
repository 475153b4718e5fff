import { compute, computeLess } from './compute.js';
import { ModelReader } from './model-reader.js';
import { type Script, signatureOf } from './smtlib.js';
import { type Sort, widthOf } from './sort.js';
import type { Term, TermOf } from './term.js';
import {
  type ModelValue,
  defaultValue,
  joinArrays,
  readElement,
  shiftArray,
  valueKey,
  writeElement,
} from './value.js';

export type { ModelValue } from './value.js';

/** Gives every closed term a value; what the solver left open has a default. */
export interface Model {
  /** Quantifiers range over the values that the model and the formula mention, and a few more. */
  evaluate(term: Term): ModelValue;
}

/** The free symbols' values. */
export interface Interpretation {
  constant(term: TermOf<'constant'>): ModelValue;
  apply(term: TermOf<'apply'>, values: readonly ModelValue[]): ModelValue;
  /** The values of a sort that matter. */
  domain(sort: Sort): readonly ModelValue[];
}

type Environment = ReadonlyMap<Term, ModelValue>;
const NO_VARIABLES: Environment = new Map();

function asBoolean(value: ModelValue): boolean {
  if (typeof value !== 'boolean') throw new Error('expected a truth value');
  return value;
}

function asInteger(value: ModelValue): bigint {
  if (typeof value !== 'bigint') throw new Error('expected a machine integer');
  return value;
}

/** What a term means under an interpretation of its symbols. */
export class Evaluator implements Model {
  private readonly values = new Map<Term, ModelValue>();

  constructor(private readonly interpretation: Interpretation) {}

  evaluate(term: Term): ModelValue {
    return this.visit(term, NO_VARIABLES);
  }

  private visit(term: Term, environment: Environment): ModelValue {
    if (term.openVariables.size > 0) return this.compute(term, environment);
    const known = this.values.get(term);
    if (known !== undefined) return known;
    const value = this.compute(term, NO_VARIABLES);
    this.values.set(term, value);
    return value;
  }

  private compute(term: Term, environment: Environment): ModelValue {
    const value = (child: Term): ModelValue => this.visit(child, environment);
    const truth = (child: Term): boolean => asBoolean(value(child));
    switch (term.kind) {
      case 'boolean':
      case 'bitvector':
        return term.value;
      case 'constant':
        return this.interpretation.constant(term);
      case 'bound': {
        const bound = environment.get(term);
        if (bound === undefined) throw new Error('a bound variable without a value');
        return bound;
      }
      case 'not':
        return !truth(term.argument);
      case 'and':
        return term.arguments.every(truth);
      case 'or':
        return term.arguments.some(truth);
      case 'equal':
        return sameValues(term.left.sort, value(term.left), value(term.right));
      case 'ite':
        return truth(term.condition) ? value(term.whenTrue) : value(term.whenFalse);
      case 'select':
        return readElement(value(term.array), value(term.index));
      case 'store':
        return writeElement(value(term.array), value(term.index), value(term.value));
      case 'constantArray':
        return { kind: 'array', default: value(term.value), entries: [] };
      case 'piecewise':
        return joinArrays(asInteger(value(term.split)), value(term.low), value(term.high));
      case 'shifted':
        return shiftArray(value(term.array), asInteger(value(term.offset)), widthOf(term.offset.sort));
      case 'apply':
        return this.interpretation.apply(term, term.arguments.map(value));
      case 'forall':
      case 'exists':
        return this.quantified(term, 0, environment);
      default:
        return this.arithmetic(term, (child) => asInteger(value(child)));
    }
  }

  private arithmetic(
    term: TermOf<'bv' | 'less' | 'extract' | 'extend'>,
    value: (term: Term) => bigint,
  ): ModelValue {
    switch (term.kind) {
      case 'bv':
        return compute(term.operator, value(term.left), value(term.right), widthOf(term.sort));
      case 'less':
        return computeLess(value(term.left), value(term.right), term.signed, widthOf(term.left.sort));
      case 'extract':
        return BigInt.asUintN(widthOf(term.sort), value(term.argument) >> BigInt(term.low));
      case 'extend': {
        const narrow = value(term.argument);
        const extended = term.signed ? BigInt.asIntN(widthOf(term.argument.sort), narrow) : narrow;
        return BigInt.asUintN(widthOf(term.sort), extended);
      }
    }
  }

  private quantified(term: TermOf<'forall' | 'exists'>, position: number, environment: Environment): boolean {
    const variable = term.variables[position];
    if (variable === undefined) return asBoolean(this.visit(term.body, environment));
    const holds = (value: ModelValue): boolean =>
      this.quantified(term, position + 1, new Map([...environment, [variable, value]]));
    const domain = this.interpretation.domain(variable.sort);
    return term.kind === 'forall' ? domain.every(holds) : domain.some(holds);
  }
}

/** Quantifiers over sorts this narrow are evaluated exactly. */
const EXHAUSTED_WIDTH = 6;

/** Equality; of arrays with so few indices that none may be left to the default, element by element. */
function sameValues(sort: Sort, left: ModelValue, right: ModelValue): boolean {
  const { kind } = sort;
  if (kind !== 'array' || sort.index.kind !== 'bitvector' || sort.index.width > EXHAUSTED_WIDTH) {
    return valueKey(left) === valueKey(right);
  }
  return Array.from({ length: 2 ** sort.index.width }, (_, index) => BigInt(index)).every((index) =>
    sameValues(sort.element, readElement(left, index), readElement(right, index)),
  );
}

/** The domain of a sort as far as a text mentions it. */
function mentionedDomain(reader: ModelReader, text: string, sort: Sort): readonly ModelValue[] {
  switch (sort.kind) {
    case 'bool':
      return [false, true];
    case 'uninterpreted': {
      const elements = reader.elementsOf(sort.name);
      return elements.length > 0 ? elements : [defaultValue(sort)];
    }
    case 'array':
      return [defaultValue(sort)];
    case 'bitvector': {
      if (sort.width <= EXHAUSTED_WIDTH)
        return Array.from({ length: 2 ** sort.width }, (_, value) => BigInt(value));
      const literals = (text.match(/#x[0-9a-f]+|#b[01]+|(?<= )[0-9]+(?=\))/g) ?? []).map((digits) =>
        BigInt(digits.replace('#', '0')),
      );
      const values = [0n, 1n, ...literals].map((value) => BigInt.asUintN(sort.width, value));
      return [...new Set(values)];
    }
  }
}

/** Reads what `get-model` printed, for a script with these symbols. Throws where it is malformed. */
export function readModel(text: string, symbols: Script['symbols']): Model {
  const reader = new ModelReader(text);
  const named = (key: Term | string, values: readonly ModelValue[]): ModelValue | undefined => {
    const name = symbols.get(key);
    return name !== undefined && reader.defines(name) ? reader.call(name, values) : undefined;
  };
  for (const key of symbols.keys()) if (typeof key !== 'string') named(key, []);
  return new Evaluator({
    constant: (term) => named(term, []) ?? defaultValue(term.sort),
    apply: (term, values) => named(signatureOf(term), values) ?? defaultValue(term.sort),
    domain: (sort) => mentionedDomain(reader, text, sort),
  });
}
