import { present } from '../base/present.js';
import type { Expression, Implementation, Instruction, Operation, System } from '../ir/index.js';
import { evaluatedExpressions, statementExpressions, walkStatements } from '../ir/index.js';
import { type Fact, factsOf } from './facts.js';
import { find, mentionedIn, type Mentioned } from './places.js';

/** All of a variable. */
const WHOLE = Symbol('whole');
type Part = string | typeof WHOLE;

/** Parts of the state, and parameters, by name. */
class Reached {
  private readonly parts = new Map<string, Set<Part>>();

  add({ places, parameters }: Mentioned): void {
    for (const { variable, key } of places) this.addPart(variable, key === null ? WHOLE : key.text);
    for (const parameter of parameters) this.addPart(`parameter ${parameter}`, WHOLE);
  }

  addPart(name: string, part: Part): void {
    const known = this.parts.get(name);
    if (known === undefined) this.parts.set(name, new Set([part]));
    else known.add(part);
  }

  /** Whether something here and something there may be the same part. */
  meets({ places, parameters }: Mentioned): boolean {
    return (
      places.some(({ variable, key }) => {
        const parts = this.parts.get(variable);
        return parts !== undefined && (key === null || parts.has(WHOLE) || parts.has(key.text));
      }) || parameters.some((parameter) => this.parts.has(`parameter ${parameter}`))
    );
  }
}

/**
 * The facts that have to do with what an op does: those that mention a part of the state that its code or its specification mentions, and
 * those that share a part, or a parameter, with one of these. Null: all; so it is where it takes more than the text of facts and code to see
 * what depends on what.
 */
export function relevantFacts(
  system: System,
  { code }: Implementation,
  operation: Operation,
): ReadonlySet<Fact> | null {
  if (!isPlain(system)) return null;
  const reached = new Reached();
  seeOperation(reached, operation, []);
  for (const instruction of code.instructions) seeInstruction(reached, system, instruction);
  const relevant = new Set<Fact>();
  const { always, running, alwaysStep, crash } = factsOf(system);
  let open: readonly Fact[] = [...always, ...running, ...alwaysStep, ...crash];
  for (let before = -1; before < relevant.size;) {
    before = relevant.size;
    open = open.filter((fact) => {
      const mentioned = mentionedIn(fact.expression);
      const isApart =
        mentioned.places.length > 0 &&
        !mentioned.pending &&
        !mentioned.places.some(({ old }) => old) &&
        !reached.meets(mentioned);
      if (isApart) return true;
      relevant.add(fact);
      reached.add(mentioned);
      return false;
    });
  }
  return relevant;
}

/** Parts of the state depend on each other by facts and code alone: a crash copies nothing, nobody relies on what others do, and all that a lock does is to be locked. */
function isPlain({ machine, guarantees, locks, implementations }: System): boolean {
  return (
    machine.crash.statements.length === 0 &&
    guarantees.length === 0 &&
    locks.every(({ owner, done, index }) => owner === null && done === null && index === null) &&
    implementations.every(({ code }) =>
      code.instructions.every(({ kind }) => kind !== 'spawn' && kind !== 'invoke' && kind !== 'claim'),
    )
  );
}

function seeInstruction(reached: Reached, system: System, instruction: Instruction): void {
  const see = (expression: Expression): void => {
    reached.add(mentionedIn(expression));
  };
  evaluatedExpressions(instruction).forEach(see);
  if (instruction.kind === 'choose') see(instruction.where);
  if (instruction.kind === 'loop') {
    for (const { expression } of instruction.loop.invariants) see(expression);
    instruction.loop.decreases?.forEach(see);
  }
  if (instruction.kind !== 'call') return;
  const called = present(system.machineOperations.find(({ name }) => name === instruction.operation));
  seeOperation(reached, called, instruction.arguments);
  const { role } = called;
  if (!('lock' in role)) return;
  for (const lock of system.locks) if (lock.name === role.lock) seeLock(reached, lock);
}

/** What the lock guards, and what its state says. */
function seeLock(reached: Reached, { locked, readers, guards, invariant }: System['locks'][number]): void {
  reached.addPart(locked, WHOLE);
  if (readers !== null) reached.addPart(readers, WHOLE);
  if (invariant !== null) reached.add(mentionedIn(invariant.expression));
  for (const { variable, keys } of guards) {
    const [key] = keys;
    reached.addPart(variable, key?.kind === 'literal' ? String(key.value) : WHOLE);
  }
}

/** What the sections of an operation mention; parameters that have a literal as argument, and are not assigned, are that literal. */
function seeOperation(reached: Reached, operation: Operation, args: readonly Expression[]): void {
  const assigned = new Set<number>();
  for (const section of operation.sections)
    walkStatements(section, (statement) => {
      if (statement.kind === 'choose') assigned.add(statement.local);
      if (statement.kind === 'assign' && statement.place.root.kind === 'local')
        assigned.add(statement.place.root.index);
    });
  const resolve = (key: Expression): Expression =>
    key.kind === 'local' && !assigned.has(key.index) ? (args[key.index] ?? key) : key;
  for (const section of operation.sections)
    walkStatements(section, (statement) => {
      for (const expression of statementExpressions(statement)) reached.add(find(expression, resolve));
      if (statement.kind !== 'assign' || statement.place.root.kind === 'local') return;
      const [first] = statement.place.path;
      const key = first?.kind === 'key' && first.type.kind === 'map' ? resolve(first.key) : null;
      reached.addPart(statement.place.root.variable, key?.kind === 'literal' ? String(key.value) : WHOLE);
    });
}
