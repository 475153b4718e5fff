import type { IntegerType } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import { runLoop } from './loop.js';
import type { LoopClauses, Lowering } from './lowering.js';
import { arithmetic, compare, convert, literal, localOf } from './operators.js';
import type { RangeStatement } from './range-target.js';
import { assignRange, declareBefore } from './range-target.js';
import { decodeRune, RUNE } from './rune.js';
import { snapshot } from './snapshot.js';
import { stringLength } from './text.js';

const INT: IntegerType = { kind: 'integer', bits: 64, signed: true };

/** `range` over a string: by runes, as they are decoded. */
export function lowerTextRange(lowering: Lowering, statement: RangeStatement, clauses: LoopClauses): void {
  const { builder } = lowering;
  const { key, value, perIteration } = statement;
  const text = snapshot(lowering, lowering.value(statement.over), '$text');
  const length = snapshot(lowering, stringLength(text), '$length');
  const positionLocal = builder.newHidden('position', UINT64);
  const widthLocal = builder.newHidden('width', UINT64);
  const runeLocal = builder.newHidden('rune', RUNE);
  const position = localOf(positionLocal, UINT64);
  builder.assign(positionLocal, literal(UINT64, 0n));
  if (!perIteration) for (const target of [key, value]) declareBefore(lowering, target);
  const guess = {
    invariants: [compare('lessEqual', position, length)],
    decreases: [arithmetic('subtract', length, position)],
    counted: null,
  };
  runLoop(lowering, statement, clauses, guess, {
    condition: () => compare('less', position, length),
    start: () => {
      const { rune, width } = decodeRune(lowering, text, position);
      builder.assign(runeLocal, rune);
      builder.assign(widthLocal, width);
      assignRange(lowering, statement, 'key', () => convert(position, INT));
      assignRange(lowering, statement, 'value', () => localOf(runeLocal, RUNE));
    },
    next: () => {
      builder.assign(positionLocal, arithmetic('add', position, localOf(widthLocal, UINT64)));
    },
  });
}
