import type { Expression, MapType } from '../ir/index.js';
import { BOOL, UINT64 } from '../ir/index.js';
import type { LoopGuess } from './loop-guess.js';
import { runLoop } from './loop.js';
import type { LocalExpression, LoopClauses, Lowering } from './lowering.js';
import { currentFrame } from './lowering.js';
import { entryOf, entriesNow, mapLength } from './map.js';
import { arithmetic, compare, conditional, defaultOf, literal, logical, not } from './operators.js';
import type { RangeStatement } from './range-target.js';
import { assignRange, declareBefore } from './range-target.js';
import { assumeWellFormed } from './reference.js';
import { mapType, snapshot } from './snapshot.js';
import { viewOf } from './view.js';

const ONE = literal(UINT64, 1n);

/**
 * `range` over a map. Each round takes some entry that is there and was not taken since it was made; the loop is not over before all have been
 * taken that were there at the beginning and were not deleted since. Entries that were made meanwhile may be taken or not. What changes
 * the entries of the map meanwhile tells the loop ({@link MapLoop}). As long as no entry is made or deleted there are as many rounds as there were
 * entries.
 */
export function lowerMapRange(lowering: Lowering, statement: RangeStatement, clauses: LoopClauses): void {
  const { builder } = lowering;
  const { key, value, perIteration } = statement;
  const map = snapshot(lowering, lowering.value(statement.over), '$map');
  const entries = entriesNow(lowering, map);
  const entriesType = mapType(entries.type);
  const takenType: MapType = { kind: 'map', key: entriesType.key, value: BOOL };
  const local = (name: string, type: Expression['type'], first: Expression): LocalExpression => {
    const index = builder.newHidden(name, type);
    builder.assign(index, first);
    return { kind: 'local', index, type };
  };
  const due = local('$due', entriesType, entries);
  const taken = local('visited', takenType, defaultOf(takenType));
  const left = local('$left', UINT64, mapLength(lowering, { kind: 'object', reference: map }));
  const steady = local('$steady', BOOL, literal(BOOL, true));
  const more = local('$more', BOOL, literal(BOOL, false));
  const current = local('$key', entriesType.key, defaultOf(entriesType.key));
  if (!perIteration) for (const target of [key, value]) declareBefore(lowering, target);
  const guess: LoopGuess = {
    invariants: [steady, logical('implies', steady, dueIsLeft(lowering, map, entries, due, taken))],
    decreases: [left],
    counted: null,
  };
  const mark = builder.size;
  const frame = currentFrame(lowering);
  lowering.mapLoops.push({
    frame,
    map,
    due,
    taken,
    left,
    steady,
  });
  runLoop(lowering, statement, clauses, guess, {
    condition: () => {
      const isOver = compare('equal', due, defaultOf(entriesType));
      const where = logical('or', more, isOver);
      builder.emit({ kind: 'choose', local: more.index, where, usual: not(isOver) });
      const isLeft = not(compare('equal', left, literal(UINT64, 0n)));
      builder.assign(more.index, conditional(steady, isLeft, more));
      const condition = logical('or', not(steady), logical('or', isLeft, isOver));
      builder.emit({ kind: 'assume', condition, reason: 'memory' });
      return more;
    },
    start: () => {
      const now = entriesNow(lowering, map);
      const isTaken: Expression = { kind: 'index', collection: taken, key: current, type: BOOL };
      const isThere: Expression = { kind: 'isSome', option: entryOf(now, current), type: BOOL };
      const usual: Expression = {
        kind: 'builtin',
        function: 'leastKey',
        operand: due,
        type: entriesType.key,
      };
      const where = logical('and', isThere, not(isTaken));
      builder.emit({ kind: 'choose', local: current.index, where, usual });
      assumeWellFormed(lowering, current);
      // No entry is taken twice.
      const condition = not(compare('equal', left, literal(UINT64, 0n)));
      builder.emit({ kind: 'assume', condition, reason: 'memory' });
      builder.assign(left.index, arithmetic('subtract', left, ONE));
      const yes = literal(BOOL, true);
      builder.assign(taken.index, {
        kind: 'update',
        collection: taken,
        key: current,
        value: yes,
        type: takenType,
      });
      const none = defaultOf(entriesType.value);
      builder.assign(due.index, {
        kind: 'update',
        collection: due,
        key: current,
        value: none,
        type: entriesType,
      });
      const held = entryOf(now, current);
      if (held.type.kind !== 'option') throw new Error('an entry is an option');
      const content: Expression = { kind: 'content', option: held, type: held.type.value };
      assumeWellFormed(lowering, content);
      assignRange(lowering, statement, 'key', () => current);
      assignRange(lowering, statement, 'value', () => content);
    },
    next: () => undefined,
  });
  lowering.mapLoops.pop();
  if (builder.releasesInLoop(mark)) lowering.yieldingLoops.push({ map: map.type, span: statement.over.span });
}

/** The keys are those of the beginning, what was taken is one of them, and what was there and was not taken is still to come. */
function dueIsLeft(
  { context, regions }: Lowering,
  map: Expression,
  entries: Expression,
  due: Expression,
  taken: Expression,
): Expression {
  const now = viewOf(map, (reference, object) => regions.contentOf(reference, object));
  if (now === null) throw new Error('a map that is no reference');
  return context.annotations.forAll('key', mapType(entries.type).key, (key) => {
    const isTaken: Expression = { kind: 'index', collection: taken, key, type: BOOL };
    const entry = entryOf(entries, key);
    const isThere = (option: Expression): Expression => ({ kind: 'isSome', option, type: BOOL });
    const stays = compare('equal', isThere(entryOf(now, key)), isThere(entry));
    const isDue = compare('equal', entryOf(due, key), conditional(isTaken, defaultOf(entry.type), entry));
    return logical('and', logical('and', stays, logical('implies', isTaken, isThere(entry))), isDue);
  });
}
