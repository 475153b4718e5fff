import type { Expression, Type } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type { GoType } from '../go/index.js';
import { emitLocalLoop } from './local-loop.js';
import type { Lowering } from './lowering.js';
import { arithmetic, compare, defaultOf, literal, localOf, logical, not } from './operators.js';
import { referTo } from './reference.js';
import { regionOf } from './region.js';
import { decodeRune, encodeRune, RUNE } from './rune.js';
import { chooseCapacity, sequenceOf } from './slice.js';
import { snapshot } from './snapshot.js';
import { STRING } from './string-value.js';
import { stringLength } from './text.js';

const ZERO = literal(UINT64, 0n);
const ONE = literal(UINT64, 1n);

/** `[]rune(text)`. */
export function runesOf(lowering: Lowering, type: Type, text: Expression, goType: GoType): Expression {
  const { builder, regions } = lowering;
  const { content } = regionOf(type);
  const length = snapshot(lowering, stringLength(text), '$length');
  const cellsLocal = builder.newHidden('$runes', content);
  const [cells, position, count] = [
    localOf(cellsLocal, content),
    counter(lowering, '$position'),
    counter(lowering, '$count'),
  ];
  builder.assign(cellsLocal, defaultOf(content));
  emitLocalLoop(
    lowering,
    {
      invariants: [compare('lessEqual', position, length), compare('lessEqual', count, position)],
      decreases: arithmetic('subtract', length, position),
      condition: compare('less', position, length),
    },
    () => {
      const { rune, width } = decodeRune(lowering, text, position);
      builder.assign(cellsLocal, {
        kind: 'update',
        collection: cells,
        key: count,
        value: rune,
        type: content,
      });
      builder.assign(count.index, arithmetic('add', count, ONE));
      builder.assign(position.index, arithmetic('add', position, width));
    },
  );
  const capacity = chooseCapacity(lowering, ZERO, count, goType);
  return referTo(type, [regions.allocate(type, cells), ZERO, count, capacity]);
}

/** `string(runes)`. */
export function textOfRunes(lowering: Lowering, slice: Expression): Expression {
  const { builder } = lowering;
  const runes = snapshot(lowering, sequenceOf(lowering, slice), '$runes');
  const length = snapshot(lowering, { kind: 'length', sequence: runes, type: UINT64 }, '$length');
  const textLocal = builder.newHidden('$text', STRING);
  const text = localOf(textLocal, STRING);
  const position = counter(lowering, '$position');
  builder.assign(textLocal, defaultOf(STRING));
  emitLocalLoop(
    lowering,
    {
      invariants: [compare('lessEqual', position, length)],
      decreases: arithmetic('subtract', length, position),
      condition: compare('less', position, length),
    },
    () => {
      const rune: Expression = { kind: 'index', collection: runes, key: position, type: RUNE };
      const right = encodeRune(lowering, rune);
      builder.assign(textLocal, { kind: 'concat', left: text, right, type: STRING });
      builder.assign(position.index, arithmetic('add', position, ONE));
    },
  );
  return text;
}

/** A local that counts from zero. */
function counter(lowering: Lowering, name: string): Extract<Expression, { kind: 'local' }> {
  const index = lowering.builder.newHidden(name, UINT64);
  lowering.builder.assign(index, ZERO);
  return { kind: 'local', index, type: UINT64 };
}

/** `left < right` of strings: byte by byte, and what ends first is less. */
export function textLess(lowering: Lowering, leftValue: Expression, rightValue: Expression): Expression {
  const { builder } = lowering;
  const left = snapshot(lowering, leftValue, '$left');
  const right = snapshot(lowering, rightValue, '$right');
  const position = counter(lowering, '$position');
  const isInside = (text: Expression): Expression => compare('less', position, stringLength(text));
  const byte = (text: Expression): Expression => ({
    kind: 'index',
    collection: text,
    key: position,
    type: STRING.element,
  });
  emitLocalLoop(
    lowering,
    {
      invariants: [left, right].map((text) => compare('lessEqual', position, stringLength(text))),
      decreases: arithmetic('subtract', stringLength(left), position),
      condition: logical(
        'and',
        isInside(left),
        logical('and', isInside(right), compare('equal', byte(left), byte(right))),
      ),
    },
    () => {
      builder.assign(position.index, arithmetic('add', position, ONE));
    },
  );
  const comesFirst = logical('or', not(isInside(left)), compare('less', byte(left), byte(right)));
  const isLess = logical('and', isInside(right), comesFirst);
  return snapshot(lowering, isLess, '$less');
}
