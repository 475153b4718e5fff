import type { Term } from '../encoding/index.js';
import { and, implies, or } from '../encoding/index.js';
import type { Code, Operation, Type } from '../ir/index.js';
import { walkStatements } from '../ir/index.js';
import { sectionEffects } from './ghost.js';
import type { SymbolicValue } from './layout.js';
import type { SymbolicState } from './state.js';
import { equalValues } from './symbolic-domain.js';
import type { Theory } from './theory.js';

/**
 * Whether an op may take effect at a moment of its call that turns out to be the right one only later: it changes nothing, so
 * that nobody sees when it does. Where the user says at which step it takes effect, it does so there.
 */
export function mayTakeEffectEarlier(operation: Operation, code: Code): boolean {
  const [section, ...others] = operation.sections;
  if (section === undefined || others.length > 0) return false;
  const changed = new Set<string>();
  walkStatements(section, (statement) => {
    if (statement.kind === 'assign' && statement.place.root.kind === 'state')
      changed.add(statement.place.root.variable);
  });
  return changed.size === 0 && code.instructions.every((instruction) => instruction.kind !== 'hint');
}

/** A call that is about to return, and the states in which it might have taken effect: all of them between its invocation and now. */
interface PastCall {
  readonly operation: Operation;
  readonly locals: readonly SymbolicValue[];
  readonly thread: Term;
  readonly moments: readonly SymbolicState[];
  readonly witnesses: (type: Type) => readonly SymbolicValue[];
}

/** That in one of the states the specification allows the op to take effect with these results. */
export function allowedAtSomeMoment(
  theory: Theory,
  { operation, locals, thread, moments, witnesses }: PastCall,
  results: readonly SymbolicValue[],
): Term {
  const call = { operation, section: 0, locals, thread };
  return or(
    moments.flatMap((moment) =>
      sectionEffects(theory, moment, call, witnesses).flatMap(({ status, awaits, writes, hypotheses }) => {
        if (status.kind !== 'done' || writes.length > 0) return [];
        return [
          and([
            ...hypotheses,
            ...awaits.map((demand) => implies(and(demand.conditions), demand.condition)),
            ...status.results.map((result, index) => {
              const local = operation.locals[operation.parameterCount + index];
              if (local === undefined) throw new Error('an op with more results than declared');
              return equalValues(local.type, results[index] ?? [], result);
            }),
          ]),
        ];
      }),
    ),
  );
}
