import type { Initialiser, Variable } from './ast.js';
import type { Context } from './context.js';
import type { Dependency } from './declared-type.js';
import type { Expression } from './expression.js';
import type { SyntaxNode } from './syntax.js';

/** One `var` specification, or one name of it with its own value. */
export interface VariableGroup {
  readonly node: SyntaxNode;
  readonly variables: readonly string[];
  readonly dependencies: Set<Dependency>;
  /** Known once the group has been checked; null: the variables start as zero. */
  checked: { readonly variables: readonly Variable[]; readonly value: Expression } | null;
}

/** The initialisers in the order in which Go runs them: always the first that waits for no other. Reports cycles. */
export function initialisationOrder(
  context: Context,
  groups: readonly VariableGroup[],
): readonly Initialiser[] {
  const waitsFor = new Map(groups.map((group) => [group, reachableGroups(group)]));
  const waiting = groups.filter((group) => group.checked !== null);
  const order: Initialiser[] = [];
  const done = new Set<VariableGroup>();
  const isReady = (group: VariableGroup): boolean =>
    [...(waitsFor.get(group) ?? [])].every((each) => each.checked === null || done.has(each));
  for (const group of groups) {
    if (waitsFor.get(group)?.has(group) === true) {
      context.typeError(
        group.node,
        `the initial value of \`${group.variables[0] ?? ''}\` depends on the variable itself`,
      );
    }
  }
  for (let next = waiting.find(isReady); next !== undefined; next = waiting.find(isReady)) {
    waiting.splice(waiting.indexOf(next), 1);
    done.add(next);
    if (next.checked !== null) order.push(next.checked);
  }
  return order;
}

/** Groups that the initial value of a group refers to, through functions as well. */
function reachableGroups(group: VariableGroup): ReadonlySet<VariableGroup> {
  const groups = new Set<VariableGroup>();
  const seen = new Set<Dependency>();
  const visit = (dependencies: ReadonlySet<Dependency>): void => {
    for (const each of dependencies) {
      if (seen.has(each)) continue;
      seen.add(each);
      if (isGroup(each)) groups.add(each);
      visit(each.dependencies);
    }
  };
  visit(group.dependencies);
  return groups;
}

function isGroup(dependency: Dependency): dependency is VariableGroup {
  return 'checked' in dependency;
}
