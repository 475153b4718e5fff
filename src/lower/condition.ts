import { allStatements, underlying } from '../go/index.js';
import type { Callee, Expression as GoExpression, GoType, Statement } from '../go/index.js';
import type { Expression } from '../ir/index.js';
import type { Lowering } from './lowering.js';

/** `sync.Cond`, or a pointer to one. */
export function isConditionType(type: GoType): boolean {
  const plain = underlying(type);
  if (plain.kind === 'pointer') return isConditionType(plain.element);
  return plain.kind === 'sync' && plain.name === 'sync.Cond';
}

/** The lock that a condition variable is made with: `sync.Cond{L: &mu}` or a pointer to that; null: there is none. */
export function lockOfCondition(initialiser: GoExpression | null): GoExpression | null {
  if (initialiser?.kind === 'address') return lockOfCondition(initialiser.place);
  const [element] = initialiser?.kind === 'composite' ? initialiser.elements : [];
  return element?.value.kind === 'address' ? element.value.place : null;
}

/**
 * `Wait` releases the lock and takes it again, in two steps; that it may wake up at any moment in between is more than Go allows.
 * `Signal` and `Broadcast` change nothing but who wakes up when, which is not said of any thread here.
 */
export function prepareCondition(
  lowering: Lowering,
  callee: Callee & { kind: 'condition' },
): () => readonly [] {
  const { builder, context } = lowering;
  const lock = lockOf(lowering, callee.condition);
  if (lock === null) {
    context.reports.unsupported(
      'a condition variable that is no package variable',
      callee.condition.span,
      'Declare `var changed = sync.NewCond(&mu)` at package level.',
    );
    return () => [];
  }
  return () => {
    if (callee.operation !== 'Wait') return [];
    const place = lowering.place(lock);
    if (place?.root !== 'memory' || place.node.kind !== 'lock')
      throw new Error('the lock of a condition is none');
    const { node, keys } = place;
    for (const operation of ['Unlock', 'Lock']) {
      builder.emit({ kind: 'call', operation: `${node.name}.${operation}`, arguments: keys, results: [] });
    }
    return [];
  };
}

/** The lock of a condition variable at package level, whether it is given as a place or as what a pointer points to. */
function lockOf(lowering: Lowering, condition: GoExpression): GoExpression | null {
  if (condition.kind === 'dereference') return lockOf(lowering, condition.operand);
  if (condition.kind !== 'variable') return null;
  const node = lowering.context.memory.get(condition.variable);
  return node?.kind === 'condition' ? node.lock : null;
}

/** The condition that each round of a loop waits for: its body does so on its way, which no `continue` cuts short; null: none. */
export function awaitedCondition(loop: Extract<Statement, { kind: 'for' }>): GoExpression | null {
  if (loop.body.statements.some((statement) => mayContinue(statement))) return null;
  for (const statement of loop.body.statements) {
    if (statement.kind !== 'expression' || statement.call.kind !== 'call') continue;
    const { callee } = statement.call;
    if (callee.kind === 'condition' && callee.operation === 'Wait') return callee.condition;
  }
  return null;
}

function mayContinue(statement: Statement): boolean {
  return allStatements(statement).some((each) => each.kind === 'continue');
}

/** The invariant of the lock that a loop gives up and takes again in each round by waiting. */
export function awaitedInvariant(lowering: Lowering, condition: GoExpression): Expression | null {
  const lock = lockOf(lowering, condition);
  const place = lock === null ? null : lowering.place(lock);
  if (place?.root !== 'memory' || place.node.kind !== 'lock') return null;
  return lowering.context.annotations.lockInvariant(place.node.name, place.keys[0] ?? null);
}
