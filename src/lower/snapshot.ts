import type { Expression, MapType, RecordType, Type } from '../ir/index.js';
import type { Lowering } from './lowering.js';
import { isFixed, localOf } from './operators.js';

/** The value as of now: an expression that later assignments cannot change. */
export function snapshot(lowering: Lowering, value: Expression, name: string): Expression {
  if (isFixed(value) || isTemporary(lowering, value)) return value;
  const local = lowering.builder.newTemporary(name, value.type);
  lowering.builder.assign(local, value);
  return localOf(local, value.type);
}

/** A temporary local, or a field of one. */
function isTemporary(lowering: Lowering, value: Expression): boolean {
  if (value.kind === 'field') return isTemporary(lowering, value.record);
  return value.kind === 'local' && lowering.builder.isTemporary(value.index);
}

export function recordType(type: Type): RecordType {
  if (type.kind !== 'record') throw new Error(`expected a record, not ${type.kind}`);
  return type;
}

export function mapType(type: Type): MapType {
  if (type.kind !== 'map') throw new Error(`expected a map, not ${type.kind}`);
  return type;
}
