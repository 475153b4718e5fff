import type { Expression } from '../ir/index.js';
import type { Statement } from '../go/index.js';
import { assignedAs } from './conversion.js';
import { rangeTypes } from './dynamic-types.js';
import type { Lowering } from './lowering.js';
import { declareName } from './lowering.js';
import { storePlace } from './place.js';
import { declareVariable } from './variable.js';

export type RangeStatement = Extract<Statement, { kind: 'range' }>;

/** Before Go 1.22 the variables of a loop are the same in each round. */
export function declareBefore(lowering: Lowering, target: RangeStatement['key']): void {
  if (target?.kind !== 'declare') return;
  declareVariable(lowering, target.variable, null);
  const place = lowering.places.get(target.variable);
  if (place?.root === 'local') lowering.builder.markConstant(place.local, false);
}

/** Gives the first or the second variable of a loop its value for a round. */
export function assignRange(
  lowering: Lowering,
  { over, key, value: second, perIteration }: RangeStatement,
  which: 'key' | 'value',
  value: () => Expression,
): void {
  const target = which === 'key' ? key : second;
  if (target === null || target.kind === 'blank') return;
  if (target.kind === 'declare') {
    const known = perIteration ? undefined : lowering.places.get(target.variable);
    if (known === undefined) declareVariable(lowering, target.variable, value());
    else storePlace(lowering, known, value(), target.span);
    declareName(lowering, target.variable);
    return;
  }
  const place = lowering.place(target.place);
  if (place === null) return;
  const from = rangeTypes(over.type)[which === 'key' ? 0 : 1];
  if (from === undefined) throw new Error('a variable that the loop has no value for');
  const own = assignedAs(lowering, value(), from, target.place.type, target.span);
  storePlace(lowering, place, own, target.span);
}
