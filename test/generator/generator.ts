import fc from 'fast-check';
import type { Code, System } from '../../src/ir/index.js';
import { isAcceptable, SYSTEM_MUTATIONS } from './annotation-mutations.js';
import { CODE_MUTATIONS, isWellFormed } from './code-mutations.js';
import type { Dice } from './expressions.js';
import { TEMPLATES } from './templates.js';

type CodeMutation = keyof typeof CODE_MUTATIONS;
type SystemMutation = keyof typeof SYSTEM_MUTATIONS;

/** One change, as data: what is done, to which function (for changes of code), and dice that steer it. */
export interface Mutation extends Dice {
  readonly kind: CodeMutation | SystemMutation;
  readonly target: number;
}

/** A system as data that shrinks: a right one, and what was done to it. */
export interface Recipe {
  readonly template: string;
  readonly mutations: readonly Mutation[];
}

const CODE_KINDS = Object.keys(CODE_MUTATIONS) as CodeMutation[];
const SYSTEM_KINDS = Object.keys(SYSTEM_MUTATIONS) as SystemMutation[];

/** Templates whose proofs take longest are used less. */
const LARGE = TEMPLATES.slice(-4).map(([name]) => name);
const SMALL = TEMPLATES.slice(0, -4).map(([name]) => name);

const die = fc.nat({ max: 60 });

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...CODE_KINDS) },
    { weight: 2, arbitrary: fc.constantFrom(...SYSTEM_KINDS) },
  ),
  target: fc.nat({ max: 5 }),
  first: die,
  second: die,
  third: die,
});

/** Random small systems, a good part of them right. */
export const recipe: fc.Arbitrary<Recipe> = fc.record({
  template: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...SMALL) },
    { weight: 1, arbitrary: fc.constantFrom(...LARGE) },
  ),
  mutations: fc.array(mutation, { minLength: 1, maxLength: 4, size: 'max' }),
});

/** The system that a recipe describes; changes that make no sense are left out. */
export function cook({ template, mutations }: Recipe): System {
  const found = TEMPLATES.find(([name]) => name === template);
  if (found === undefined) throw new Error(`no template ${template}`);
  return mutations.reduce((system, each) => {
    const changed = mutated(system, each);
    return isSensible(changed) ? changed : system;
  }, found[1]);
}

function mutated(system: System, mutation: Mutation): System {
  const { kind } = mutation;
  if (isCodeMutation(kind)) {
    return withCode(system, mutation.target, (code) => CODE_MUTATIONS[kind](code, mutation, system));
  }
  return SYSTEM_MUTATIONS[kind](system, mutation);
}

function isCodeMutation(kind: Mutation['kind']): kind is CodeMutation {
  return kind in CODE_MUTATIONS;
}

function withCode(system: System, target: number, change: (code: Code) => Code): System {
  const { implementations } = system;
  const rest = (['recovery', 'boot', 'initialisation'] as const).filter((name) => system[name] !== null);
  const chosen = target % (implementations.length + rest.length);
  const other = rest[chosen - implementations.length];
  if (other !== undefined) {
    const code = system[other];
    return code === null ? system : { ...system, [other]: change(code) };
  }
  return {
    ...system,
    implementations: implementations.map((each, index) =>
      index === chosen ? { ...each, code: change(each.code) } : each,
    ),
  };
}

function isSensible(system: System): boolean {
  const { implementations, recovery, boot, initialisation } = system;
  const codes = [...implementations.map(({ code }) => code), recovery, boot, initialisation].filter(
    (code) => code !== null,
  );
  return codes.every(isWellFormed) && isAcceptable(system);
}
