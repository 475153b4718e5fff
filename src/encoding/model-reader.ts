import { type SExpression, parseSExpressions } from './s-expression.js';
import { type ModelArray, type ModelValue, readElement, valueKey, writeElement } from './value.js';

interface Definition {
  readonly parameters: readonly string[];
  readonly body: SExpression;
}

type Environment = ReadonlyMap<string, ModelValue>;

/** Stands for all keys that are not mentioned; it may be compared with others and nothing else. */
const OTHER = '$other';

function textOf(expression: SExpression | undefined): string {
  if (typeof expression !== 'string') throw new Error('expected a symbol');
  return expression;
}

function listOf(expression: SExpression | undefined): readonly SExpression[] {
  if (expression === undefined || typeof expression === 'string') throw new Error('expected a list');
  return expression;
}

function literal(atom: string): ModelValue | undefined {
  if (atom === 'true' || atom === 'false') return atom === 'true';
  if (/^#x[0-9a-fA-F]+$/.test(atom)) return BigInt(`0x${atom.slice(2)}`);
  if (/^bv[0-9]+$/.test(atom)) return BigInt(atom.slice(2));
  if (/^[0-9]+$/.test(atom)) return BigInt(atom);
  return /^#b[01]+$/.test(atom) ? BigInt(`0b${atom.slice(2)}`) : undefined;
}

/** Interprets the definitions that the solver prints for a model. Throws on what it does not know. */
export class ModelReader {
  private readonly definitions = new Map<string, Definition>();
  private readonly elements = new Map<string, string[]>();
  private readonly constants = new Map<string, ModelValue>();

  constructor(text: string) {
    const [model, ...rest] = parseSExpressions(text);
    if (rest.length > 0) throw new Error('text after the model');
    for (const item of listOf(model)) this.define(item);
  }

  /** The named elements of an uninterpreted sort. */
  elementsOf(sortName: string): readonly string[] {
    return this.elements.get(sortName) ?? [];
  }

  defines(name: string): boolean {
    return this.definitions.has(name);
  }

  /** The value of a defined function. */
  call(name: string, values: readonly ModelValue[]): ModelValue {
    const definition = this.definitions.get(name);
    if (definition?.parameters.length !== values.length) throw new Error(`no function ${name}`);
    const known = values.length === 0 ? this.constants.get(name) : undefined;
    if (known !== undefined) return known;
    const environment = new Map(
      definition.parameters.map((parameter, index) => [parameter, values[index] ?? OTHER]),
    );
    const result = this.evaluate(definition.body, environment);
    if (values.length === 0) this.constants.set(name, result);
    return result;
  }

  private define(item: SExpression): void {
    const [head, ...rest] = listOf(item);
    if (head === 'model' || head === 'forall') return;
    const name = textOf(rest[0]);
    if (head === 'declare-fun') {
      const sort = textOf(rest[2]);
      this.elements.set(sort, [...(this.elements.get(sort) ?? []), name]);
    } else if (head === 'define-fun') {
      const parameters = listOf(rest[1]).map((parameter) => textOf(listOf(parameter)[0]));
      const body = rest[3];
      if (body === undefined) throw new Error(`no body for ${name}`);
      this.definitions.set(name, { parameters, body });
    } else {
      throw new Error(`unexpected ${String(head)} in a model`);
    }
  }

  private evaluate(expression: SExpression, environment: Environment): ModelValue {
    if (typeof expression === 'string') return this.evaluateAtom(expression, environment);
    const [head, ...rest] = expression;
    if (head === undefined) throw new Error('empty list');
    if (typeof head !== 'string') return this.evaluateQualified(listOf(head), rest, environment);
    const values = (): ModelValue[] => rest.map((argument) => this.evaluate(argument, environment));
    switch (head) {
      case 'ite': {
        const chosen = this.truth(rest[0], environment) ? rest[1] : rest[2];
        if (chosen === undefined) throw new Error('incomplete ite');
        return this.evaluate(chosen, environment);
      }
      case 'let':
        return this.evaluateLet(rest, environment);
      case 'not':
        return !this.truth(rest[0], environment);
      case 'and':
        return rest.every((argument) => this.truth(argument, environment));
      case 'or':
        return rest.some((argument) => this.truth(argument, environment));
      case '=>':
        return !this.truth(rest[0], environment) || this.truth(rest[1], environment);
      case '=': {
        const keys = values().map(valueKey);
        if (keys.filter((key) => key === valueKey(OTHER)).length > 1)
          throw new Error('comparison of unknown keys');
        return keys.every((key) => key === keys[0]);
      }
      case '-': {
        const [operand] = values();
        if (typeof operand !== 'bigint' || rest.length !== 1)
          throw new Error('unexpected difference in a model');
        return -operand;
      }
      case 'store':
        return this.evaluateStore(values());
      case 'select': {
        const [array = false, key = false] = values();
        return readElement(array, key);
      }
      case 'lambda': {
        const parameters = listOf(rest[0]).map((parameter) => textOf(listOf(parameter)[0]));
        return this.tabulate(parameters, rest[1] ?? '', environment);
      }
      case '_':
        return this.evaluateIndexed(rest);
      default:
        return this.call(head, values());
    }
  }

  private evaluateAtom(atom: string, environment: Environment): ModelValue {
    const value = environment.get(atom) ?? literal(atom);
    if (value !== undefined) return value;
    if (this.definitions.has(atom)) return this.call(atom, []);
    if ([...this.elements.values()].some((names) => names.includes(atom)) || atom.includes('!val!'))
      return atom;
    throw new Error(`unknown symbol ${atom} in a model`);
  }

  private truth(expression: SExpression | undefined, environment: Environment): boolean {
    const value = expression === undefined ? undefined : this.evaluate(expression, environment);
    if (typeof value !== 'boolean') throw new Error('expected a truth value in a model');
    return value;
  }

  private evaluateLet(rest: readonly SExpression[], environment: Environment): ModelValue {
    const extended = new Map(environment);
    for (const binding of listOf(rest[0])) {
      const [name, value] = listOf(binding);
      extended.set(textOf(name), this.evaluate(value ?? '', environment));
    }
    return this.evaluate(rest[1] ?? '', extended);
  }

  private evaluateStore(values: readonly ModelValue[]): ModelValue {
    const [array, key, value] = values;
    if (array === undefined || key === undefined || value === undefined) throw new Error('incomplete store');
    return writeElement(array, key, value);
  }

  /** `((as const S) v)`. */
  private evaluateQualified(
    head: readonly SExpression[],
    rest: readonly SExpression[],
    environment: Environment,
  ): ModelValue {
    if (head[0] !== 'as' || head[1] !== 'const' || rest[0] === undefined)
      throw new Error('unknown form in a model');
    return { kind: 'array', default: this.evaluate(rest[0], environment), entries: [] };
  }

  /** `(_ bv5 64)` and `(_ as-array f)`. */
  private evaluateIndexed(rest: readonly SExpression[]): ModelValue {
    const head = textOf(rest[0]);
    if (/^bv[0-9]+$/.test(head)) return BigInt(head.slice(2));
    if (head !== 'as-array') throw new Error(`unknown form ${head} in a model`);
    const definition = this.definitions.get(textOf(rest[1]));
    if (!definition) throw new Error('as-array of an unknown function');
    return this.tabulate(definition.parameters, definition.body, new Map());
  }

  /** A function as nested arrays: it depends on its parameters only by comparing them with what it mentions. */
  private tabulate(parameters: readonly string[], body: SExpression, environment: Environment): ModelValue {
    const [parameter, ...others] = parameters;
    if (parameter === undefined) return this.evaluate(body, environment);
    const at = (value: ModelValue): ModelValue =>
      this.tabulate(others, body, new Map([...environment, [parameter, value]]));
    const keys = new Map<string, ModelValue>();
    this.mentioned(body, keys, new Set());
    for (const value of environment.values()) keys.set(valueKey(value), value);
    const entries = [...keys.values()].map((key) => ({ key, value: at(key) }));
    const result: ModelArray = { kind: 'array', default: at(OTHER), entries };
    if (valueKey(result.default).includes(OTHER)) throw new Error('a function that gives back its argument');
    return result;
  }

  private mentioned(expression: SExpression, into: Map<string, ModelValue>, visited: Set<string>): void {
    if (typeof expression !== 'string') {
      for (const part of expression) this.mentioned(part, into, visited);
      return;
    }
    const value = literal(expression) ?? (expression.includes('!val!') ? expression : undefined);
    if (value !== undefined) into.set(valueKey(value), value);
    const definition = this.definitions.get(expression);
    if (!definition || visited.has(expression)) return;
    visited.add(expression);
    this.mentioned(definition.body, into, visited);
  }
}
