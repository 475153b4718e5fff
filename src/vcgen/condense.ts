import type { Term } from '../encoding/index.js';
import { and, substitute } from '../encoding/index.js';
import type { Path } from './path.js';

/**
 * What is kept of a state's ambient facts once others have moved: those without quantifiers, and of each universal
 * one its instances at the keys that the thread has used. What a thread needs to know of an earlier state is about the locations
 * that it has the lease on, and these are at such keys; dropping the rest only weakens what is assumed.
 */
export function condensed(facts: readonly Term[], path: Path): readonly Term[] {
  const keys = new Set(path.mentioned.flatMap(({ value }) => (value.length === 1 ? value : [])));
  return facts.flatMap((fact) => instances(fact, keys));
}

function instances(fact: Term, keys: ReadonlySet<Term>): readonly Term[] {
  if (fact.kind === 'and') return fact.arguments.flatMap((part) => instances(part, keys));
  if (fact.kind !== 'forall') return [fact];
  const tuples = fact.variables.reduce<readonly (readonly Term[])[]>(
    (lists, variable) =>
      lists.flatMap((list) =>
        [...keys].filter((key) => key.sort === variable.sort).map((key) => [...list, key]),
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
