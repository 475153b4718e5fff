import type { Expression } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type { Expression as GoExpression, Variable } from '../go/index.js';
import { heldValue, inCase, positionOf } from './interface-value.js';
import type { Lowering } from './lowering.js';
import { compare, literal, not } from './operators.js';
import { loadPlace } from './place.js';
import { objectOf } from './reference.js';
import { recordType, snapshot } from './snapshot.js';

/**
 * The value of a variable that is known without looking at it, or by its type in an interface; null: it is not known. The variables
 * of functions keep what they began with where nothing assigns them, and so do those of the package.
 */
export function knownValue(lowering: Lowering, expression: GoExpression): Expression | null {
  if (expression.kind !== 'variable') return null;
  const { variable } = expression;
  return lowering.known.get(variable) ?? fixedValue(lowering, variable) ?? heldSince(lowering, expression);
}

/** The value of a package variable that always has its initial value, which no state changes. */
export function fixedValue(lowering: Lowering, variable: Variable): Expression | null {
  if (variable.role !== 'package') return null;
  const initial = lowering.context.fixed.valueOf(variable);
  return initial === undefined ? null : lowering.value(initial);
}

/** A package variable that is the same value in an interface from the start on: its type is known, and that it is no nil pointer. */
function heldSince(
  lowering: Lowering,
  { variable, span }: GoExpression & { readonly kind: 'variable' },
): Expression | null {
  const { fixed, memory, types } = lowering.context;
  const held = variable.role === 'package' && !lowering.isStarting ? fixed.heldBy(variable) : undefined;
  const node = memory.get(variable);
  if (held === undefined || node === undefined) return null;
  const whole = snapshot(
    lowering,
    loadPlace(lowering, { root: 'memory', node, keys: [] }, span),
    variable.name,
  );
  const position = positionOf(types.dynamicTypes.of(variable.type), held.type);
  const value = heldValue(whole, position);
  if (held.kind === 'address' && held.place.kind === 'composite') {
    const condition = not(compare('equal', objectOf(value), literal(UINT64, 0n)));
    lowering.builder.emit({ kind: 'assume', condition, reason: 'memory' });
  }
  return inCase(recordType(whole.type), position, value);
}
