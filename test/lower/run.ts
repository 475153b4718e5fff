import type { Code } from '../../src/ir/index.js';
import { NO_DEADLINE } from '../../src/explore/deadline.js';
import { ConcreteDomain } from '../../src/explore/domain.js';
import type { Universe } from '../../src/explore/universe.js';
import type { Value } from '../../src/explore/value.js';
import { keyOf, zeroOf } from '../../src/explore/value.js';
import type { LocalDriver } from '../../src/semantics/index.js';
import { advance, evaluateLocal } from '../../src/semantics/index.js';

function unused(): never {
  throw new Error('not needed here');
}

const UNIVERSE: Pick<Universe, 'candidates'> = { candidates: unused };
const DOMAIN = new ConcreteDomain(UNIVERSE as Universe, NO_DEADLINE);

/** Thrown where Go would panic. */
export class Panic extends Error {}

/** Runs pure code; the results as text. Throws {@link Panic} where a check fails. */
export function run(code: Code, args: readonly Value[], fuel = 10_000): readonly string[] {
  const driver: LocalDriver<Value> = {
    parameter: unused,
    state: unused,
    pending: unused,
    branch: unused,
    check: (condition, instruction) => {
      if (condition !== true) throw new Panic(instruction.code);
    },
    choose: (_local, usual) => usual(),
    assume: (condition) => {
      if (condition !== true) throw new Error('an assumption does not hold');
    },
  };
  const locals = code.locals.map((local, index) => args[index] ?? zeroOf(local.type));
  let position = 0;
  for (let step = 0; step < fuel; step++) {
    const stop = advance(DOMAIN, driver, code, position, locals);
    const { instruction } = stop;
    if (instruction.kind === 'return') {
      return instruction.values.map((value) => shown(evaluateLocal(DOMAIN, driver, locals, value)));
    }
    if (instruction.kind !== 'loop') throw new Error(`unexpected ${instruction.kind}`);
    position = stop.position + 1;
  }
  throw new Error('the code does not end');
}

function shown(value: Value): string {
  return typeof value === 'boolean' ? String(value) : keyOf(value);
}
