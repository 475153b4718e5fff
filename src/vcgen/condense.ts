import type { Term } from '../encoding/index.js';
import { and, substitute, valuesUsing } from '../encoding/index.js';
import type { Path } from './path.js';
import { valueOf } from './state.js';

/** A key that the thread has used, with the arrays in which; null: in any. */
interface Key {
  readonly term: Term;
  readonly arrays: ReadonlySet<Term> | null;
}

/**
 * What is kept of a state's ambient facts once others have moved: those without quantifiers, and of each universal
 * one its instances that are about a key that the thread has used. What a thread needs to know of an earlier state is
 * about the locations that it has the lease on, and these are at such keys; dropping the rest only weakens what is assumed.
 * `keyed` names the variables that an operation's arguments are keys of; null: it may be any.
 */
export function condensed(
  facts: readonly Term[],
  path: Path,
  keyed: (operation: string) => readonly string[] | null,
): readonly Term[] {
  const seen = new Set<string>();
  const keys = path.mentioned.flatMap(({ value, operation }): Key[] => {
    const [term, ...more] = value;
    if (term === undefined || more.length > 0) return [];
    const variables = keyed(operation);
    const name = `${term.id} ${variables?.join() ?? ''}`;
    if (seen.has(name)) return [];
    seen.add(name);
    const arrays = variables?.flatMap((variable) => valueOf(path.state, variable));
    return [{ term, arrays: arrays ? new Set(arrays) : null }];
  });
  return facts.flatMap((fact) => instances(fact, keys));
}

function instances(fact: Term, keys: readonly Key[]): readonly Term[] {
  if (fact.kind === 'and') return fact.arguments.flatMap((part) => instances(part, keys));
  if (fact.kind !== 'forall') return [fact];
  const tuples = fact.variables.reduce<readonly (readonly Term[])[]>(
    (lists, variable) => {
      const values = new Set(
        keys.flatMap(({ term, arrays }) => valuesUsing(variable, fact.body, term, arrays)),
      );
      return lists.flatMap((list) => [...values].map((value) => [...list, value]));
    },
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
