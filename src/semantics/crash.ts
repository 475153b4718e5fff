import type { Expression, StateVariable, Transitions } from '../ir/index.js';
import type { Domain } from './domain.js';
import { evaluate } from './evaluate.js';
import type { Driver } from './execute.js';
import { executeBlock } from './execute.js';

/**
 * A layer's crash: its `crash` statements run on the state before the crash, then each of its volatile variables that they
 * did not assign is reset to its initial value. `variables` are the layer's (for a machine: those of memory and locks too).
 */
export function executeCrash<V>(
  domain: Domain<V>,
  driver: Driver<V>,
  transitions: Transitions,
  variables: readonly StateVariable[],
): void {
  const assigned = new Set<string>();
  executeBlock(
    domain,
    {
      ...bindDriver(driver),
      write: (variable, value, keys, span) => {
        assigned.add(variable);
        driver.write(variable, value, keys, span);
      },
    },
    transitions.crash,
  );
  for (const variable of variables) {
    if (variable.durability === 'durable' || assigned.has(variable.name)) continue;
    driver.write(variable.name, initialValue(domain, driver, variable), [], variable.span);
  }
}

/** The initial value of a variable; those without one start as zero values of their type. */
export function initialValue<V>(
  domain: Domain<V>,
  driver: Pick<Driver<V>, 'parameter'>,
  variable: StateVariable,
): V {
  return variable.initial === null
    ? domain.zero(variable.type)
    : closedValue(domain, driver, variable.initial);
}

/** The value of an expression over parameters only. */
export function closedValue<V>(
  domain: Domain<V>,
  driver: Pick<Driver<V>, 'parameter'>,
  expression: Expression,
): V {
  const refuse = (): never => {
    throw new Error('an initial value may mention parameters only');
  };
  return evaluate(
    domain,
    {
      parameter: (name) => driver.parameter(name),
      local: refuse,
      state: refuse,
      bound: refuse,
      pending: refuse,
    },
    expression,
  );
}

function bindDriver<V>(driver: Driver<V>): Driver<V> {
  return {
    branch: (condition, span) => driver.branch(condition, span),
    either: (count, span) => driver.either(count, span),
    choose: (type, name, span) => driver.choose(type, name, span),
    assume: (condition, span) => {
      driver.assume(condition, span);
    },
    require: (condition, span) => {
      driver.require(condition, span);
    },
    read: (variable, old) => driver.read(variable, old),
    write: (variable, value, keys, span) => {
      driver.write(variable, value, keys, span);
    },
    parameter: (name) => driver.parameter(name),
    pending: (thread, operation, section, args) => driver.pending(thread, operation, section, args),
  };
}
