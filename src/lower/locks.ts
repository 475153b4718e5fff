import { BOOL, UINT64, walkExpression } from '../ir/index.js';
import type { BoundVariable, Expression, Guard, Invariant, Lock, StateVariable } from '../ir/index.js';
import type { PackageVariable } from '../go/index.js';
import type { ExpressionSyntax, FreshNames, LocationSyntax, Scope } from '../layer/index.js';
import { checkExpression, inferExpression } from '../layer/index.js';
import type { Scopes } from './annotation-scope.js';
import { withLockInvariants } from './annotation-scope.js';
import type { Directives } from './directives.js';
import type { Linked } from './linked.js';
import type { GuardClause } from './guard-clauses.js';
import { guardedParts } from './guarded-struct.js';
import { clauseScope, guardClauses, indexScope, lockName, lockResolver } from './guard-clauses.js';
import type { Reports } from './reports.js';
import type { Companions, LockSite, SharedRegion } from './storage.js';

interface Inputs {
  readonly linked: Linked;
  readonly directives: Directives;
  readonly reports: Reports;
  readonly scopes: Scopes;
  readonly names: FreshNames;
  /** Names of what can be guarded. */
  readonly locations: Scopes;
  readonly sites: readonly LockSite[];
  readonly regions: readonly SharedRegion[];
  readonly companions: readonly Companions[];
  readonly state: readonly StateVariable[];
}

/** The package's locks with what their annotations say; locks without one guard nothing. */
export function findLocks(inputs: Inputs): readonly Lock[] {
  checkPlacement(inputs);
  const clauses = new Map<string, GuardClause[]>();
  const known = new Map(inputs.sites.map((site) => [site.name, site]));
  for (const clause of guardClauses(inputs.linked, inputs.directives)) {
    inputs.directives.use(clause.directive);
    if (known.has(clause.lock)) {
      clauses.set(clause.lock, [...(clauses.get(clause.lock) ?? []), clause]);
    } else {
      reportUnknown(clause, inputs);
    }
  }
  const locks = new Map<string, Lock>();
  for (const site of inputs.sites) {
    const own = clauses.get(site.name) ?? [];
    locks.set(site.name, lockOf(site, own, locks, inputs));
  }
  return [...locks.values()];
}

/** A `guards` above a variable speaks of a lock in that variable. */
function checkPlacement(inputs: Inputs): void {
  for (const { variable, annotations } of inputs.linked.variables) {
    for (const directive of inputs.directives.all(annotations)) {
      if (directive.kind !== 'guards') continue;
      const name = lockName(directive, inputs.linked);
      const isNamed = inputs.sites.some((site) => site.name === name);
      const holder = holderOf(name, inputs);
      // `var a, b sync.Mutex` gives both the same annotations.
      if (!isNamed || holder?.variable === variable || holder?.annotations === annotations) continue;
      inputs.reports.add(
        'annotation',
        `this stands above ${variable.name} but speaks of the lock ${directive.lock.name}`,
        directive.lock.span,
        `Move it above the declaration of ${holder?.variable.name ?? name}, or leave a blank line below it.`,
      );
    }
  }
}

/** The package variable that something is, or is a part of, by its name in the system. */
function holderOf(name: string, { linked }: Inputs): PackageVariable | undefined {
  return linked.variables.find(({ variable }) => {
    const own = linked.nameOf(variable);
    return name === own || name.startsWith(`${own}.`);
  });
}

function reportUnknown({ directive, lock, record }: GuardClause, inputs: Inputs): void {
  const { span } = directive.lock;
  const name = record === null ? directive.lock.name : lock;
  const isVariable = record === null && holderOf(lock, inputs) !== undefined;
  const locks = inputs.sites.map((site) => site.name);
  inputs.reports.add(
    'annotation',
    isVariable ? `${name} is not a lock` : `there is no lock ${name}`,
    span,
    locks.length === 0 ? 'Declare one: `var mu sync.Mutex`.' : `The locks are: ${locks.join(', ')}.`,
  );
}

function lockOf(
  site: LockSite,
  clauses: readonly GuardClause[],
  earlier: ReadonlyMap<string, Lock>,
  inputs: Inputs,
): Lock {
  const [clause, second] = clauses;
  if (second !== undefined) {
    inputs.reports.add(
      'annotation',
      `a second \`guards\` for the lock ${site.name}`,
      second.directive.span,
      'Write one list of what the lock guards.',
    );
  }
  const index = site.indexed ? indexOf(clause, inputs) : null;
  const { name, locked, readers, owner, done, count, span } = site;
  const lock = { name, locked, readers, owner, done, index, count, span };
  if (clause === undefined || !isIndexedAs(site, clause, inputs))
    return { ...lock, guards: [], invariant: null };
  const { directive } = clause;
  const resolve = lockResolver(clause, inputs.linked);
  const scope = withLockInvariants(clauseScope(clause, inputs.scopes, index), earlier, resolve);
  const places = clauseScope(clause, inputs.locations, index);
  const guards = directive.locations
    .flatMap((location) => guardedParts(location, places, inputs))
    .flatMap((location) => guardOf(location, places, index, inputs));
  return { ...lock, guards, invariant: invariantOf(clause, scope, inputs), span: directive.span };
}

/** The name that stands for every lock of a family. */
function indexOf(clause: GuardClause | undefined, { names }: Inputs): BoundVariable {
  const name = clause?.directive.index?.name ?? 'i';
  return { id: names.fresh(name), name, type: UINT64 };
}

/** In a struct that an array has for its elements the lock of the element is meant, whether or not its index has a name. */
function isIndexedAs(site: LockSite, { directive, record }: GuardClause, inputs: Inputs): boolean {
  const wanted = site.indexed && record?.indexed !== true;
  if ((directive.index !== null) === site.indexed || (directive.index === null && !wanted)) return true;
  const written = directive.lock.name;
  inputs.reports.add(
    'annotation',
    wanted ? `${site.name} is an array of locks` : `${site.name} is a single lock`,
    directive.lock.span,
    wanted ? `Write \`${written}[a] guards ...\`.` : `Write \`${written} guards ...\`.`,
  );
  return false;
}

function invariantOf({ directive, lock }: GuardClause, scope: Scope, inputs: Inputs): Invariant | null {
  if (directive.invariant === null) return null;
  const { expression, text, span } = directive.invariant;
  const checked = checkExpression(expression, scope, BOOL);
  if (checked.ok) return { name: lock, text, expression: checked.value, span };
  inputs.reports.addAll(checked.diagnostics);
  return null;
}

function guardOf(
  { location, where }: LocationSyntax,
  around: Scope,
  index: BoundVariable | null,
  inputs: Inputs,
): readonly Guard[] {
  const { reports } = inputs;
  const each = where === null ? [] : openKeys(location, where, around, inputs);
  if (each === null) return [];
  const scope = each.reduce(indexScope, around);
  const checked = inferExpression(location, scope);
  if (!checked.ok) {
    reports.addAll(checked.diagnostics);
    return [];
  }
  const keys: Expression[] = [];
  let root = checked.value;
  while (root.kind === 'index' && root.collection.type.kind === 'map') {
    keys.unshift(root.key);
    root = root.collection;
  }
  const variable =
    root.kind === 'state' ? inputs.state.find((candidate) => candidate.name === rootName(root)) : undefined;
  if (variable === undefined) {
    reports.add(
      'annotation',
      'a lock guards state variables, or parts of them under keys',
      location.span,
      'Name a variable of the machine, of the specification (`spec.x`) or of the package, as in `disk[a]`.',
    );
    return [];
  }
  const condition = where === null ? null : checkExpression(where, scope, BOOL);
  if (condition?.ok === false) reports.addAll(condition.diagnostics);
  if (!isGuardable(variable, location, reports)) return [];
  const predicate = condition?.ok === true ? condition.value : null;
  const fixed = index === null ? [] : [index];
  const closed = keys.filter((key) => key.kind !== 'bound' || !each.some(({ id }) => id === key.id));
  if (!closed.every((key) => isFixed(key, fixed, location, reports))) return [];
  if (predicate !== null && !isFixed(predicate, [...each, ...fixed], where ?? location, reports)) return [];
  // With a reference the lock guards all that it leads to.
  const objects = inputs.regions.filter(({ cell }) => cell === variable.name).flatMap(({ state }) => state);
  const companions = inputs.companions.find(({ cell }) => cell === variable.name)?.state ?? [];
  const { span } = location;
  return [
    ...[variable.name, ...companions].map((name) => ({ variable: name, keys, each, where: predicate, span })),
    ...objects.map((name) => ({ variable: name, keys: [], each: [], where: null, span })),
  ];
}

/**
 * The keys of a location that stand for every key under which its `where` holds: those that are a name which means nothing else here.
 * Null, and a report, if there are none, or one is named twice.
 */
function openKeys(
  location: ExpressionSyntax,
  where: ExpressionSyntax,
  scope: Scope,
  { reports, names }: Inputs,
): readonly BoundVariable[] | null {
  const written: ExpressionSyntax[] = [];
  let root = location;
  for (; root.kind === 'index'; root = root.operand) written.unshift(root.key);
  const checked = inferExpression(root, scope);
  if (!checked.ok) {
    reports.addAll(checked.diagnostics);
    return null;
  }
  const found: BoundVariable[] = [];
  let { type } = checked.value;
  for (const key of written) {
    if (type.kind !== 'map') break;
    const name = key.kind === 'name' && scope.lookup(key.name) === null ? key.name : null;
    if (name !== null) {
      if (found.some((each) => each.name === name)) {
        reports.add('annotation', `${name} stands for two keys of one location`, key.span, 'Name each once.');
        return null;
      }
      found.push({ id: names.fresh(name), name, type: type.key });
    }
    type = type.value;
  }
  if (found.length > 0) return found;
  reports.add(
    'annotation',
    '`where` says which keys a lock guards, but no key of this location is open',
    where.span,
    'Give the key a new name, as in `values[k] where k % 2 == 0`.',
  );
  return null;
}

function rootName(root: Expression): string | null {
  return root.kind === 'state' ? root.variable : null;
}

function isGuardable(variable: StateVariable, location: ExpressionSyntax, reports: Reports): boolean {
  if (variable.unleasable) {
    reports.add(
      'annotation',
      `${variable.name} can change without a step of this program, so no lock can guard it`,
      location.span,
      'Leave it out of the list; the invariant may still mention it.',
    );
    return false;
  }
  if (variable.origin === 'lock' || variable.origin === 'ghost') {
    reports.add('annotation', 'a lock cannot guard a lock', location.span);
    return false;
  }
  return true;
}

/** What a lock guards does not change: keys and conditions are made of constants, parameters, and the names that stand for keys. */
function isFixed(
  part: Expression,
  known: readonly BoundVariable[],
  written: ExpressionSyntax,
  reports: Reports,
): boolean {
  if (!mentionsOther(part, known)) return true;
  reports.add(
    'annotation',
    'what a lock guards must not depend on state',
    written.span,
    "Keys, and conditions on them, are made of constants, parameters and the lock's index.",
  );
  return false;
}

/** Whether an expression has anything but constants, parameters and the variables in it. */
function mentionsOther(expression: Expression, variables: readonly BoundVariable[]): boolean {
  let found = false;
  walkExpression(expression, (node) => {
    if (node.kind === 'state' || node.kind === 'pending' || node.kind === 'local') found = true;
    if (node.kind === 'bound' && !variables.some(({ id }) => id === node.id)) found = true;
  });
  return found;
}
