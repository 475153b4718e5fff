import type { Code, System } from '../../src/ir/index.js';
import { BOOL, UINT64 } from '../../src/ir/index.js';
import {
  branch,
  call,
  code,
  layer,
  local,
  not,
  operation,
  require,
  results,
  ret,
  set,
  state,
  system,
  transitions,
  truth,
  variable,
  zero,
} from '../explore/systems.js';
import { and, cell, equal, head, invariant } from './formulas.js';

/** Wrong systems about a flag. */

const f = cell('f', BOOL);
const flag = local(0, BOOL);
const RAISED = state('spec.f', BOOL);

function flagSystem(parts: Partial<System>, look: Code, raise: Code): System {
  return system(
    {
      state: [f.variable, variable('spec.f', BOOL, 'specification')],
      machineOperations: f.operations,
      specificationOperations: [
        operation('Look', [], [BOOL], [results(RAISED)]),
        operation('Raise', [], [], [set('spec.f', truth(true))]),
      ],
      invariants: [invariant('abstraction', equal(f.value, RAISED))],
      crashInvariants: [invariant('crash invariant', equal(f.value, RAISED))],
      ...parts,
    },
    { Look: look, Raise: raise },
  );
}

const LOOK = code('Look', 0, [['f', BOOL]], f.read(0), ret(flag));

const RAISE = code('Raise', 0, [], f.write(truth(true)), ret());

/** The machine layer claims a fact that its own operation breaks. */
export function falseFact(): System {
  const machine = { ...transitions('Machine'), always: [invariant('never', not(f.value))] };
  const look = code('Look', 0, [['f', BOOL]], f.read(0), ret(truth(false)));
  return flagSystem({ machine }, look, RAISE);
}

/** The two sides do not start alike. */
export function wrongStart(): System {
  const raised = variable('spec.f', BOOL, 'specification', { initial: truth(true) });
  return flagSystem({ state: [f.variable, raised] }, LOOK, RAISE);
}

/** A crash turns a bit over; recovery counts on one crash. */
export function fragileCrash(): System {
  const bit = cell('bit', BOOL);
  const turned = set('bit', not(bit.value));
  const clear = operation('bit.Clear', [], [], [require(bit.value), set('bit', truth(false))]);
  return flagSystem(
    {
      state: [f.variable, bit.variable, variable('spec.f', BOOL, 'specification')],
      machine: transitions('Machine', { locals: [], statements: [turned] }),
      machineOperations: [...f.operations, layer(clear)],
      invariants: [invariant('abstraction', and(equal(f.value, RAISED), not(bit.value)))],
      crashInvariants: [invariant('crash invariant', and(equal(f.value, RAISED), bit.value))],
      recovery: code('Recover', 0, [], call('bit.Clear', 'bit.Clear', []), ret()),
    },
    LOOK,
    RAISE,
  );
}

/** A loop that waits for what only its own op does. */
export function endless(): System {
  const wait = code(
    'Raise',
    0,
    [['f', BOOL]],
    head(zero(UINT64)),
    f.read(0),
    branch('f', flag, 3, 0),
    f.write(truth(true)),
    ret(),
  );
  return flagSystem({}, LOOK, wait);
}
