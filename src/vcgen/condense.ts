import type { Term } from '../encoding/index.js';
import { and, substitute, valuesUsing } from '../encoding/index.js';
import type { Path } from './path.js';
import { valueOf } from './state.js';

/**
 * What is kept of a state's ambient facts once others have moved: those without quantifiers, and of each universal
 * one its instances that are about a key that the thread has used. What a thread needs to know of an earlier state is
 * about the locations that it has the lease on, and these are at such keys; dropping the rest only weakens what is assumed.
 * `machine` names the variables that the keys are keys of.
 */
export function condensed(facts: readonly Term[], path: Path, machine: readonly string[]): readonly Term[] {
  const keys = new Set(path.mentioned.flatMap(({ value }) => (value.length === 1 ? value : [])));
  const arrays = new Set(machine.flatMap((variable) => valueOf(path.state, variable)));
  return facts.flatMap((fact) => instances(fact, keys, arrays));
}

function instances(fact: Term, keys: ReadonlySet<Term>, arrays: ReadonlySet<Term>): readonly Term[] {
  if (fact.kind === 'and') return fact.arguments.flatMap((part) => instances(part, keys, arrays));
  if (fact.kind !== 'forall') return [fact];
  const tuples = fact.variables.reduce<readonly (readonly Term[])[]>(
    (lists, variable) =>
      lists.flatMap((list) =>
        valuesUsing(variable, fact.body, keys, arrays).map((value) => [...list, value]),
      ),
    [[]],
  );
  return [
    and(
      tuples.map((tuple) =>
        substitute(
          fact.body,
          new Map(fact.variables.map((variable, index) => [variable, tuple[index] ?? variable])),
        ),
      ),
    ),
  ];
}
