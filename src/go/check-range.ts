import { convertUntyped, defaultType, withDefaultType } from './check-conversion.js';
import type { Context } from './context.js';
import type { Expression } from './expression.js';
import { isInteger } from './predicates.js';
import { arrayBehind, coreTypeOrString } from './type-set.js';
import { showGoType } from './type-text.js';
import { integerType, underlying } from './type.js';
import type { FunctionType, GoType } from './type.js';

/** What `range` iterates over, and the types of its variables; null where there is no such variable. */
export interface RangeTypes {
  readonly over: Expression;
  readonly key: GoType | null;
  readonly value: GoType | null;
}

const INT = integerType('int');
/** Versions of Go that brought `range` over integers and over functions. */
const RANGE_INTEGER = 22;
const RANGE_FUNCTION = 23;

/** The types of a `range` with so many variables; the first may be assigned to one of type `keyType`. Null after a report. */
export function rangeTypes(
  context: Context,
  given: Expression,
  keyType: GoType | null,
  count: number,
): RangeTypes | null {
  const types = iteration(context, given, keyType);
  if (types === null) return null;
  const most = types.key === null ? 0 : types.value === null ? 1 : 2;
  if (count <= most) return types;
  return context.typeError(
    given.span,
    `a \`range\` over a value of type ${showGoType(given.type)} has at most ${most} variables`,
  );
}

function iteration(context: Context, given: Expression, keyType: GoType | null): RangeTypes | null {
  if (given.type.kind === 'untyped' && isInteger(given.type)) {
    const type = keyType ?? defaultType(given.type) ?? INT;
    if (keyType !== null && underlying(keyType).kind !== 'integer') return notIterable(context, given);
    const over = convertUntyped(context, given, type);
    return over === null ? null : ofVersion(context, over, RANGE_INTEGER, { over, key: type, value: null });
  }
  const over = given.kind === 'nil' ? null : withDefaultType(context, given);
  if (over === null) return given.kind === 'nil' ? notIterable(context, given) : null;
  const behind = arrayBehind(over.type);
  const type = behind === null ? coreTypeOrString(over.type) : underlying(behind);
  switch (type?.kind) {
    case 'integer':
      return ofVersion(context, over, RANGE_INTEGER, { over, key: over.type, value: null });
    case 'array':
    case 'slice':
      return { over, key: INT, value: type.element };
    case 'string':
      return { over, key: INT, value: integerType('int32') };
    case 'map':
      return { over, key: type.key, value: type.value };
    case 'channel':
      if (type.direction === 'send') return notIterable(context, given);
      return { over, key: type.element, value: null };
    case 'function':
      return overFunction(context, over, type);
    default:
      return notIterable(context, given);
  }
}

function notIterable(context: Context, given: Expression): null {
  return context.typeError(given.span, `cannot range over a value of type ${showGoType(given.type)}`);
}

function ofVersion(
  context: Context,
  given: Expression,
  version: number,
  types: RangeTypes,
): RangeTypes | null {
  if (context.identity.goVersion >= version) return types;
  return context.typeError(
    given.span,
    `\`range\` over a value of type ${showGoType(given.type)} needs \`go 1.${version}\` in go.mod`,
  );
}

/** `func(yield func(K, V) bool)`. */
function overFunction(context: Context, over: Expression, type: FunctionType): RangeTypes | null {
  const [parameter] = type.parameters;
  const yielded = parameter === undefined ? null : coreTypeOrString(parameter);
  const isIterator =
    type.parameters.length === 1 &&
    type.results.length === 0 &&
    yielded?.kind === 'function' &&
    yielded.results.length === 1 &&
    yielded.parameters.length <= 2 &&
    yielded.results.every((result) => result.kind === 'bool');
  if (!isIterator) return notIterable(context, over);
  const [key = null, value = null] = yielded.parameters;
  return ofVersion(context, over, RANGE_FUNCTION, { over, key, value });
}
