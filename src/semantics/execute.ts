import type { Block, Expression, Operation, Place, Statement, Type } from '../ir/index.js';
import { present } from '../base/present.js';
import type { Span } from '../base/source.js';
import type { Domain, Environment } from './domain.js';
import { evaluate } from './evaluate.js';

/**
 * What a step asks of whoever runs it. A driver makes every possible run: it answers `branch`, `either` and `choose`, and
 * runs the step again for each other answer. A method that rules the run out throws {@link Abandoned}.
 */
export interface Driver<V> {
  /** Decides a condition that the domain does not know. */
  branch(condition: V, span: Span): boolean;
  /** Picks one of `count` alternatives. */
  either(count: number, span: Span): number;
  /** Some value of the type; `where` is assumed right after. */
  choose(type: Type, name: string, span: Span): V;
  /** The run goes on only where the condition holds. */
  assume(condition: V, span: Span): void;
  /** The op is undefined unless the condition holds. Returns only where the run goes on defined. */
  require(condition: V, span: Span): void;
  read(variable: string, old: boolean): V;
  /** The variable gets a new value; `keys` is the path of map keys that was assigned under, from the root. */
  write(variable: string, value: V, keys: readonly V[], span: Span): void;
  parameter(name: string): V;
  pending(thread: V, operation: string, section: number, args: readonly V[]): V;
}

/** Thrown by a driver when a run is impossible (a false `await`). */
export class Abandoned extends Error {
  constructor() {
    super('this run is impossible');
  }
}

/** How an atomic section ended: it returned results, or the op goes on with the next section. */
export type SectionOutcome<V> =
  { readonly returned: true; readonly results: readonly V[] } | { readonly returned: false };

/**
 * Runs one atomic section. `locals` holds the op's locals (parameters, results, ...) and is updated in place. When the last section
 * ends without `return`, the results are the values of the result locals.
 */
export function executeSection<V>(
  domain: Domain<V>,
  driver: Driver<V>,
  operation: Operation,
  section: number,
  locals: V[],
): SectionOutcome<V> {
  const statements = operation.sections[section];
  if (statements === undefined) throw new Error(`${operation.name} has no section ${section}`);
  const results = new StatementRun(domain, driver, locals).block(statements);
  if (results !== null) return { returned: true, results };
  if (section + 1 < operation.sections.length) return { returned: false };
  return { returned: true, results: resultLocals(operation, locals) };
}

/** Runs a crash transition (without the reset of volatile variables, which is the driver's). */
export function executeBlock<V>(domain: Domain<V>, driver: Driver<V>, block: Block): void {
  const locals = block.locals.map((local) => domain.zero(local.type));
  new StatementRun(domain, driver, locals).block(block.statements);
}

/** Locals of an op at its start: the arguments, then zero values. */
export function initialLocals<V>(domain: Domain<V>, operation: Operation, args: readonly V[]): V[] {
  return operation.locals.map((local, index) => {
    const argument = args[index];
    return index < operation.parameterCount && argument !== undefined ? argument : domain.zero(local.type);
  });
}

function resultLocals<V>(operation: Operation, locals: readonly V[]): V[] {
  return locals.slice(operation.parameterCount, operation.parameterCount + operation.resultCount);
}

class StatementRun<V> {
  private readonly environment: Environment<V>;

  constructor(
    private readonly domain: Domain<V>,
    private readonly driver: Driver<V>,
    private readonly locals: V[],
  ) {
    this.environment = {
      parameter: (name) => driver.parameter(name),
      local: (index) => present(this.locals[index]),
      state: (variable, old) => driver.read(variable, old),
      bound: (id) => {
        throw new Error(`unbound variable ${id}`);
      },
      pending: (thread, operation, section, args) => driver.pending(thread, operation, section, args),
    };
  }

  /** Runs statements in order; the results if one of them returned, else null. */
  block(statements: readonly Statement[]): readonly V[] | null {
    for (const statement of statements) {
      const results = this.statement(statement);
      if (results !== null) return results;
    }
    return null;
  }

  private statement(statement: Statement): readonly V[] | null {
    switch (statement.kind) {
      case 'assign':
        this.assign(statement.place, this.value(statement.value), statement.span);
        return null;
      case 'require':
        this.driver.require(this.value(statement.condition), statement.span);
        return null;
      case 'await':
        this.driver.assume(this.value(statement.condition), statement.span);
        return null;
      case 'choose': {
        const local = statement.local;
        this.locals[local] = this.driver.choose(statement.type, `choice${local}`, statement.span);
        this.driver.assume(this.value(statement.where), statement.span);
        return null;
      }
      case 'either': {
        const branch = statement.branches[this.driver.either(statement.branches.length, statement.span)];
        return this.block(present(branch));
      }
      case 'if': {
        const condition = this.value(statement.condition);
        const taken = this.domain.known(condition) ?? this.driver.branch(condition, statement.span);
        return this.block(taken ? statement.whenTrue : statement.whenFalse);
      }
      case 'return':
        return statement.values.map((each) => this.value(each));
    }
  }

  private value(expression: Expression): V {
    return evaluate(this.domain, this.environment, expression);
  }

  /** Assigns under a path: reads the root, rebuilds the values along the path, writes the root. */
  private assign(place: Place, value: V, span: Span): void {
    const keys: V[] = [];
    const { root } = place;
    const rootValue =
      root.kind === 'local' ? present(this.locals[root.index]) : this.driver.read(root.variable, false);
    const updated = this.updated(place, 0, rootValue, value, keys);
    if (root.kind === 'local') this.locals[root.index] = updated;
    else this.driver.write(root.variable, updated, keys, span);
  }

  private updated(place: Place, depth: number, container: V, value: V, keys: V[]): V {
    const element = place.path[depth];
    if (element === undefined) return value;
    const { domain } = this;
    if (element.kind === 'field') {
      const record = domain.field(element.type, container, element.name);
      return domain.withField(
        element.type,
        container,
        element.name,
        this.updated(place, depth + 1, record, value, keys),
      );
    }
    const key = this.value(element.key);
    if (keys.length === depth) keys.push(key);
    const { type } = element;
    if (type.kind === 'map') {
      const inner = this.updated(place, depth + 1, domain.mapGet(type, container, key), value, keys);
      return domain.mapSet(type, container, key, inner);
    }
    const inner = this.updated(place, depth + 1, domain.element(type, container, key), value, keys);
    return domain.withElement(type, container, key, inner);
  }
}
