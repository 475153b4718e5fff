import type { Span } from '../base/source.js';
import type { Expression, Invariant, Lock, System } from '../ir/index.js';
import { BOOL } from '../ir/index.js';
import { showExpression } from '../ir/show.js';
import { conjunction, conjuncts, implication, negation } from './conjuncts.js';
import type { ObligationCode } from './obligation.js';

/** A conjunct that states have to satisfy (and may be assumed to), with the words to report it in. */
export interface Fact {
  /** Stable name for obligation ids: `crash invariant.2`. */
  readonly name: string;
  /** The name as a part of a sentence: `conjunct 2 of the crash invariant`. */
  readonly words: string;
  readonly code: ObligationCode;
  readonly text: string;
  readonly expression: Expression;
  readonly span: Span;
}

/** The facts of a system. */
export interface SystemFacts {
  /** Running invariants and, for each lock, that it is held or its invariant holds. */
  readonly running: readonly Fact[];
  readonly crash: readonly Fact[];
  readonly always: readonly Fact[];
  readonly alwaysStep: readonly Fact[];
  /** What initial states satisfy. */
  readonly machineInit: readonly Fact[];
  readonly specificationInit: readonly Fact[];
}

const CACHE = new WeakMap<System, SystemFacts>();

/** The facts of a system; made once. */
export function factsOf(system: System): SystemFacts {
  const known = CACHE.get(system);
  if (known !== undefined) return known;
  const { machine, specification } = system;
  const made: SystemFacts = {
    running: [
      ...facts(system.invariants, 'invariant'),
      ...facts(system.locks.flatMap(freeLockInvariant), 'lock-invariant'),
    ],
    crash: facts(system.crashInvariants, 'crash-invariant'),
    always: facts([...machine.always, ...specification.always], 'always'),
    alwaysStep: facts([...machine.alwaysStep, ...specification.alwaysStep], 'always'),
    machineInit: facts(machine.init, 'initialisation'),
    specificationInit: facts(specification.init, 'initialisation'),
  };
  CACHE.set(system, made);
  return made;
}

function facts(invariants: readonly Invariant[], code: ObligationCode): readonly Fact[] {
  return invariants.flatMap((invariant) => {
    const parts = conjuncts(invariant.expression);
    return parts.map((expression, index) => ({
      name: parts.length === 1 ? invariant.name : `${invariant.name}.${index + 1}`,
      words:
        parts.length === 1
          ? wholeWords(invariant, code)
          : `conjunct ${index + 1} of ${wholeWords(invariant, code)}`,
      code,
      text: parts.length === 1 ? invariant.text : showExpression(expression),
      expression,
      span: expression.span ?? invariant.span,
    }));
  });
}

function wholeWords({ name }: Invariant, code: ObligationCode): string {
  switch (code) {
    case 'lock-invariant':
      return `the invariant of ${name}`;
    case 'invariant':
    case 'crash-invariant':
      return `the ${name}`;
    default:
      return name;
  }
}

/** The lock's invariant as a fact about every state: for each lock of the family that is free, it holds. */
function freeLockInvariant(lock: Lock): readonly Invariant[] {
  if (lock.invariant === null) return [];
  const locked: Expression = {
    kind: 'state',
    variable: lock.locked,
    old: false,
    type: lock.index === null ? BOOL : { kind: 'map', key: lock.index.type, value: BOOL },
  };
  if (lock.index === null) {
    return [{ ...lock.invariant, expression: implication(negation(locked), lock.invariant.expression) }];
  }
  const index: Expression = { kind: 'bound', id: lock.index.id, type: lock.index.type };
  const free = negation({ kind: 'index', type: BOOL, collection: locked, key: index });
  const expression: Expression = {
    kind: 'quantifier',
    type: BOOL,
    quantifier: 'forall',
    variables: [lock.index],
    body: implication(conjunction(withinCount(lock, index), free), lock.invariant.expression),
  };
  return [{ ...lock.invariant, expression }];
}

/** `index < count`, for a family of locks. */
function withinCount(lock: Lock, index: Expression): Expression {
  if (lock.count === null) return { kind: 'literal', type: BOOL, value: true };
  return { kind: 'binary', type: BOOL, operator: 'less', left: index, right: lock.count };
}
