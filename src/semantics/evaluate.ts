import type { Expression } from '../ir/index.js';
import { BOOL } from '../ir/index.js';
import type { Domain, Environment } from './domain.js';

/**
 * The value of an expression. `&&`, `||`, `==>` and conditionals look at their second part only where the first does
 * not decide them; as expressions are total this is a matter of speed, not of meaning.
 */
export function evaluate<V>(domain: Domain<V>, environment: Environment<V>, expression: Expression): V {
  return new Evaluator(domain, environment).value(expression);
}

class Evaluator<V> {
  private readonly bound = new Map<string, V>();

  constructor(
    private readonly domain: Domain<V>,
    private readonly environment: Environment<V>,
  ) {}

  value(expression: Expression): V {
    const { domain, environment } = this;
    switch (expression.kind) {
      case 'literal':
        return domain.literal(expression.type, expression.value);
      case 'default':
        return domain.zero(expression.type);
      case 'parameter':
        return environment.parameter(expression.name);
      case 'local':
        return environment.local(expression.index);
      case 'state':
        return environment.state(expression.variable, expression.old);
      case 'bound':
        return this.bound.get(expression.id) ?? environment.bound(expression.id);
      case 'unary':
        return domain.unary(expression.operator, expression.operand.type, this.value(expression.operand));
      case 'binary':
        return this.binary(expression);
      case 'conditional':
        return this.conditional(expression);
      case 'convert':
        return domain.convert(expression.operand.type, expression.type, this.value(expression.operand));
      case 'builtin':
        return domain.builtin(expression.function, expression.operand.type, this.value(expression.operand));
      case 'quantifier':
        return this.quantifier(expression);
      case 'pending':
        return environment.pending(
          this.value(expression.thread),
          expression.operation,
          expression.section,
          this.values(expression.arguments),
        );
      default:
        return this.structured(expression);
    }
  }

  private values(expressions: readonly Expression[]): V[] {
    return expressions.map((each) => this.value(each));
  }

  private structured(expression: Structured): V {
    const { domain } = this;
    switch (expression.kind) {
      case 'field':
        return domain.field(
          as(expression.record.type, 'record'),
          this.value(expression.record),
          expression.name,
        );
      case 'withField':
        return domain.withField(
          as(expression.record.type, 'record'),
          this.value(expression.record),
          expression.name,
          this.value(expression.value),
        );
      case 'record':
        return domain.record(expression.type, this.values(expression.fields));
      case 'some':
        return domain.some(expression.value.type, this.value(expression.value));
      case 'isSome':
        return domain.isSome(as(expression.option.type, 'option').value, this.value(expression.option));
      case 'content':
        return domain.content(expression.type, this.value(expression.option));
      case 'member':
        return domain.member(
          as(expression.set.type, 'set'),
          this.value(expression.element),
          this.value(expression.set),
        );
      case 'withMember':
        return domain.withMember(
          as(expression.set.type, 'set'),
          this.value(expression.set),
          this.value(expression.element),
          this.value(expression.present),
        );
      case 'index':
      case 'update':
        return this.collection(expression);
      default:
        return this.sequence(expression);
    }
  }

  private collection(expression: Extract<Expression, { kind: 'index' | 'update' }>): V {
    const { domain } = this;
    const type: Expression['type'] = expression.collection.type;
    const collection = this.value(expression.collection);
    const key = this.value(expression.key);
    if (expression.kind === 'index') {
      return type.kind === 'map'
        ? domain.mapGet(type, collection, key)
        : domain.element(as(type, 'seq'), collection, key);
    }
    const value = this.value(expression.value);
    return type.kind === 'map'
      ? domain.mapSet(type, collection, key, value)
      : domain.withElement(as(type, 'seq'), collection, key, value);
  }

  private sequence(expression: Sequential): V {
    const { domain } = this;
    switch (expression.kind) {
      case 'length':
        return domain.length(as(expression.sequence.type, 'seq'), this.value(expression.sequence));
      case 'sequence':
        return domain.sequence(as(expression.type, 'seq'), this.values(expression.elements));
      case 'append':
        return domain.append(
          as(expression.type, 'seq'),
          this.value(expression.sequence),
          this.values(expression.elements),
        );
      case 'concat':
        return domain.concat(
          as(expression.type, 'seq'),
          this.value(expression.left),
          this.value(expression.right),
        );
      case 'slice':
        return domain.slice(
          as(expression.type, 'seq'),
          this.value(expression.sequence),
          this.value(expression.low),
          this.value(expression.high),
        );
      default:
        return this.positions(expression);
    }
  }

  private positions(expression: Extract<Expression, { kind: 'splice' | 'elements' | 'gather' }>): V {
    const { domain } = this;
    switch (expression.kind) {
      case 'splice':
        return domain.splice(
          as(expression.type, 'map'),
          this.value(expression.target),
          this.value(expression.at),
          this.value(expression.source),
          this.value(expression.from),
          this.value(expression.count),
        );
      case 'elements':
        return domain.elements(as(expression.sequence.type, 'seq'), this.value(expression.sequence));
      case 'gather':
        return domain.gather(
          as(expression.type, 'seq'),
          this.value(expression.source),
          this.value(expression.from),
          this.value(expression.count),
        );
    }
  }

  private binary(expression: Extract<Expression, { kind: 'binary' }>): V {
    const { domain } = this;
    const { operator } = expression;
    const left = this.value(expression.left);
    if (operator === 'and' || operator === 'or' || operator === 'implies') {
      const known = domain.known(left);
      if (known === false && operator === 'implies') return domain.literal(BOOL, true);
      if (known === (operator === 'or') && operator !== 'implies') return left;
    }
    return domain.binary(operator, expression.left.type, left, this.value(expression.right));
  }

  private conditional(expression: Extract<Expression, { kind: 'conditional' }>): V {
    const condition = this.value(expression.condition);
    const known = this.domain.known(condition);
    if (known !== null) return this.value(known ? expression.whenTrue : expression.whenFalse);
    return this.domain.conditional(
      expression.type,
      condition,
      this.value(expression.whenTrue),
      this.value(expression.whenFalse),
    );
  }

  private quantifier(expression: Extract<Expression, { kind: 'quantifier' }>): V {
    const { quantifier, variables, body } = expression;
    return this.domain.quantify(quantifier, variables, (values) => {
      variables.forEach((variable, index) => {
        const value = values[index];
        if (value === undefined) throw new Error('quantify: a bound variable has no value');
        this.bound.set(variable.id, value);
      });
      const result = this.value(body);
      for (const variable of variables) this.bound.delete(variable.id);
      return result;
    });
  }
}

type Sequential = Extract<
  Expression,
  { kind: 'length' | 'sequence' | 'append' | 'concat' | 'slice' | 'splice' | 'elements' | 'gather' }
>;
type Structured = Extract<
  Expression,
  {
    kind:
      | Sequential['kind']
      | 'index'
      | 'update'
      | 'field'
      | 'withField'
      | 'record'
      | 'some'
      | 'isSome'
      | 'content'
      | 'member'
      | 'withMember';
  }
>;

type TypeOf<K extends Expression['type']['kind']> = Extract<Expression['type'], { kind: K }>;

/** The type-checkers guarantee the kind; anything else is a bug of the tool. */
function as<K extends Expression['type']['kind']>(type: Expression['type'], kind: K): TypeOf<K> {
  if (type.kind !== kind) throw new Error(`expected a ${kind} but the type is a ${type.kind}`);
  return type as TypeOf<K>;
}
