import { UINT64 } from '../ir/index.js';
import type { Expression, IntegerType } from '../ir/index.js';
import type { Expression as GoExpression, UnverifiedName } from '../go/index.js';
import { operandsOf, underlying } from '../go/index.js';
import { assignedIn } from './assigned.js';
import { lowerChannelRange } from './channel.js';
import { isSharedWithGoroutine } from './goroutine.js';
import { arrayOf } from './constant.js';
import type { LoopGuess } from './loop-guess.js';
import { runLoop } from './loop.js';
import type { LoopClauses, Lowering } from './lowering.js';
import { declareName } from './lowering.js';
import { arithmetic, compare, convert, literal, localOf } from './operators.js';
import { loadPlace, madePlace, pointerPlace } from './place.js';
import type { RangeStatement } from './range-target.js';
import { assignRange, declareBefore } from './range-target.js';
import { lowerMapRange } from './range-map.js';
import { lowerTextRange } from './range-text.js';
import { mapType, snapshot } from './snapshot.js';
import { assumeWellFormed, fieldOf, objectOf, sum } from './reference.js';
import { newVariable } from './variable.js';

const INT: IntegerType = { kind: 'integer', bits: 64, signed: true };

/** What a `range` with a counter goes over. */
interface Elements {
  /** The number of rounds, fixed before the loop, in the type of the key. */
  readonly limit: Expression;
  /** The element of a round. */
  readonly at: (position: Expression) => Expression;
}

/** Every form of `range`. */
export function lowerRange(lowering: Lowering, statement: RangeStatement, clauses: LoopClauses): void {
  switch (underlying(statement.over.type).kind) {
    case 'string':
      lowerTextRange(lowering, statement, clauses);
      return;
    case 'map':
      lowerMapRange(lowering, statement, clauses);
      return;
    case 'channel':
      lowerChannelRange(lowering, statement, clauses);
      return;
    default:
      lowerCountedRange(lowering, statement, clauses);
  }
}

/** `range` over what has positions: a counter that nothing else can assign. */
function lowerCountedRange(lowering: Lowering, statement: RangeStatement, clauses: LoopClauses): void {
  const { builder } = lowering;
  const source = elementsOf(lowering, statement);
  if (source === null) return;
  const { limit } = source;
  const type = limit.type as IntegerType;
  const { key, value } = statement;
  const isOwnCounter =
    key?.kind === 'declare' &&
    !assignedIn(statement.body).has(key.variable) &&
    !isSharedWithGoroutine(statement.body, key.variable) &&
    !lowering.context.escapes.boxed.has(key.variable);
  const counter = isOwnCounter ? newVariable(lowering, key.variable) : builder.newHidden('counter', type);
  const current = localOf(counter, type);
  const zero = literal(type, 0n);
  if (isOwnCounter) declareName(lowering, key.variable);
  builder.assign(counter, zero);
  if (!statement.perIteration)
    for (const target of isOwnCounter ? [value] : [key, value]) declareBefore(lowering, target);
  const guess: LoopGuess = {
    invariants: [compare('lessEqual', zero, current), compare('lessEqual', current, limit)],
    decreases: [convert(arithmetic('subtract', limit, current), UINT64)],
    counted: { counter: current, bound: limit },
  };
  runLoop(lowering, statement, clauses, guess, {
    condition: () => compare('less', current, limit),
    start: () => {
      if (!isOwnCounter) assignRange(lowering, statement, 'key', () => current);
      assignRange(lowering, statement, 'value', () => source.at(convert(current, UINT64)));
    },
    next: () => {
      builder.assign(counter, arithmetic('add', current, literal(type, 1n)));
    },
  });
}

function elementsOf(lowering: Lowering, statement: RangeStatement): Elements | null {
  const { over } = statement;
  switch (underlying(over.type).kind) {
    case 'integer':
    case 'untyped':
      return { limit: snapshot(lowering, lowering.value(over), 'limit'), at: noElement };
    case 'array':
      return arrayElements(lowering, statement);
    case 'slice':
      return sliceElements(lowering, statement);
    case 'pointer':
      return pointedElements(lowering, statement);
    default:
      lowering.context.reports.unverified(unverifiedLoop(over), over.span);
      return null;
  }
}

function unverifiedLoop(over: GoExpression): UnverifiedName {
  switch (underlying(over.type).kind) {
    case 'channel':
      return 'channel';
    default:
      return 'functionLoop';
  }
}

function noElement(): never {
  throw new Error('an integer has no elements');
}

/** An array's elements are visited in a copy that Go makes before the loop. */
function arrayElements(lowering: Lowering, { over, value }: RangeStatement): Elements {
  const array = arrayOf(over);
  if (array === null) throw new Error('an array without its type');
  const limit = convert(lowering.context.constants.length(array), INT);
  if (value === null || value.kind === 'blank') {
    if (hasCall(over)) lowering.value(over);
    return { limit, at: noElement };
  }
  const copy = snapshot(lowering, lowering.value(over), 'array');
  return { limit, at: (key) => ({ kind: 'index', collection: copy, key, type: mapType(copy.type).value }) };
}

function hasCall(expression: GoExpression): boolean {
  return expression.kind === 'call' || operandsOf(expression).some(hasCall);
}

/** Which elements are visited is fixed before the loop; what they are is read in each round. */
function sliceElements(lowering: Lowering, { over }: RangeStatement): Elements {
  const made = madePlace(lowering, over);
  if (made !== null) {
    const { node, keys } = made;
    return {
      limit: convert(node.length, INT),
      at: (key) =>
        loadPlace(lowering, { root: 'memory', node: node.element, keys: [...keys, key] }, over.span),
    };
  }
  const slice = snapshot(lowering, lowering.value(over), '$slice');
  return {
    limit: snapshot(lowering, convert(fieldOf(slice, 'length'), INT), 'limit'),
    at: (position) => {
      const cells = lowering.regions.load(slice.type, objectOf(slice), '$cells');
      const key = sum(fieldOf(slice, 'offset'), position);
      const element: Expression = { kind: 'index', collection: cells, key, type: mapType(cells.type).value };
      assumeWellFormed(lowering, element);
      return element;
    },
  };
}

function pointedElements(lowering: Lowering, { over }: RangeStatement): Elements {
  const plain = underlying(over.type);
  const array = plain.kind === 'pointer' ? underlying(plain.element) : plain;
  if (array.kind !== 'array') throw new Error('range over a pointer to something else');
  const pointer = snapshot(lowering, lowering.value(over), '$pointer');
  return {
    limit: convert(lowering.context.constants.length(array), INT),
    at: (key) => {
      const cells = loadPlace(lowering, pointerPlace(lowering, pointer, true), over.span);
      return { kind: 'index', collection: cells, key, type: mapType(cells.type).value };
    },
  };
}
