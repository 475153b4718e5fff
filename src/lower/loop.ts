import { UINT64 } from '../ir/index.js';
import type { Expression, IntegerType, LoopInvariant } from '../ir/index.js';
import type { Expression as GoExpression, Statement } from '../go/index.js';
import { underlying } from '../go/index.js';
import { assignedIn, operandsOf } from './assigned.js';
import { Label } from './builder.js';
import { arrayOf } from './constant.js';
import type { LoopGuess } from './loop-guess.js';
import { guessLoop } from './loop-guess.js';
import type { LoopClauses, Lowering } from './lowering.js';
import { currentFrame, declareName, newVariable } from './lowering.js';
import { arithmetic, compare, convert, literal, localOf } from './operators.js';
import { snapshot, storePlace } from './place.js';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

export function lowerFor(lowering: Lowering, statement: Of<'for'>, clauses: LoopClauses): void {
  const { builder } = lowering;
  if (statement.initialiser !== null) lowering.statement(statement.initialiser);
  const source = { ...builder.source, span: statement.span, text: statement.text };
  builder.source = source;
  runLoop(lowering, statement, clauses, guessLoop(lowering, statement), {
    condition: () => (statement.condition === null ? null : lowering.value(statement.condition)),
    start: () => undefined,
    next: () => {
      if (statement.post !== null) lowering.statement(statement.post);
    },
  });
}

interface LoopParts {
  readonly condition: () => Expression | null;
  readonly start: () => void;
  readonly next: () => void;
}

function runLoop(
  lowering: Lowering,
  statement: Of<'for' | 'range'>,
  clauses: LoopClauses,
  guess: LoopGuess,
  parts: LoopParts,
): void {
  const { builder } = lowering;
  const frame = currentFrame(lowering);
  const source = builder.source;
  const head = new Label();
  const body = new Label();
  const next = new Label();
  const done = new Label();
  frame.jumps.set(statement.target, { leave: done, next });
  builder.bind(head);
  emitHead(lowering, statement, clauses, guess);
  const condition = parts.condition();
  if (condition !== null) builder.branch(condition, body, done);
  builder.bind(body);
  frame.loopDepth += 1;
  parts.start();
  lowering.block(statement.body);
  frame.loopDepth -= 1;
  builder.source = source;
  builder.bind(next);
  parts.next();
  builder.source = source;
  builder.jump(head);
  builder.bind(done);
}

function emitHead(
  lowering: Lowering,
  statement: Of<'for' | 'range'>,
  clauses: LoopClauses,
  guess: LoopGuess,
): void {
  const { annotations } = lowering.context;
  const checked = annotations.clauses(lowering, {
    annotations: [...clauses.annotations, ...annotations.inBody(statement.body).annotations],
  });
  const guessed = (expression: Expression): LoopInvariant => ({
    expression,
    span: statement.span,
    guessed: true,
  });
  const ofLocks =
    lowering.isRecovery && checked.invariants.length === 0 && guess.counted !== null
      ? annotations.lockInvariantsBelow(guess.counted.counter, guess.counted.bound)
      : [];
  lowering.builder.emit({
    kind: 'loop',
    loop: {
      invariants: [
        ...checked.invariants.map((each) => ({ ...each, guessed: false })),
        ...guess.invariants.map(guessed),
        ...ofLocks.map(guessed),
      ],
      decreases: checked.decreases ?? (checked.retry ? null : guess.decreases),
      retry: checked.retry,
    },
  });
}

/** `range` over an integer or an array: a counter that nothing else can assign. */
export function lowerRange(lowering: Lowering, statement: Of<'range'>, clauses: LoopClauses): void {
  const { builder } = lowering;
  const { over } = statement;
  if (arrayOf(over) === null && underlying(over.type).kind !== 'integer') {
    lowering.context.types.lower(over.type, over.span);
    return;
  }
  const limit = rangeLimit(lowering, statement);
  const copy = rangeCopy(lowering, statement);
  const type = limit.type as IntegerType;
  const { key } = statement;
  const isOwnCounter = key?.kind === 'declare' && !assignedIn(statement.body).has(key.variable);
  const counter = isOwnCounter ? newVariable(lowering, key.variable) : builder.newLocal('counter', type);
  const current = localOf(counter, type);
  const zero = literal(type, 0n);
  if (isOwnCounter) declareName(lowering, key.variable);
  builder.assign(counter, zero);
  const guess: LoopGuess = {
    invariants: [compare('lessEqual', zero, current), compare('lessEqual', current, limit)],
    decreases: [convert(arithmetic('subtract', limit, current), UINT64)],
    counted: { counter: current, bound: limit },
  };
  runLoop(lowering, statement, clauses, guess, {
    condition: () => compare('less', current, limit),
    start: () => {
      if (!isOwnCounter) assignRange(lowering, statement.key, current);
      if (copy === null) return;
      const element: Expression = {
        kind: 'index',
        collection: copy,
        key: convert(current, UINT64),
        type: copy.type.kind === 'map' ? copy.type.value : type,
      };
      assignRange(lowering, statement.value, element);
    },
    next: () => {
      builder.assign(counter, arithmetic('add', current, literal(type, 1n)));
    },
  });
}

/** The number of rounds, fixed before the loop, in the type of the key. */
function rangeLimit(lowering: Lowering, statement: Of<'range'>): Expression {
  const { over } = statement;
  const array = arrayOf(over);
  if (array === null) return snapshot(lowering, lowering.value(over), 'limit');
  if (statement.value === null && hasCall(over)) lowering.value(over);
  return convert(lowering.context.constants.length(array), { kind: 'integer', bits: 64, signed: true });
}

/** The array whose elements are visited: Go copies it before the loop. */
function rangeCopy(lowering: Lowering, statement: Of<'range'>): Expression | null {
  const { over, value } = statement;
  if (value === null || value.kind === 'blank' || arrayOf(over) === null) return null;
  return snapshot(lowering, lowering.value(over), 'array');
}

function hasCall(expression: GoExpression): boolean {
  return expression.kind === 'call' || operandsOf(expression).some(hasCall);
}

function assignRange(lowering: Lowering, target: Of<'range'>['key'], value: Expression): void {
  if (target === null || target.kind === 'blank') return;
  if (target.kind === 'declare') {
    lowering.builder.assign(newVariable(lowering, target.variable), value);
    declareName(lowering, target.variable);
    return;
  }
  const place = lowering.place(target.place);
  if (place !== null) storePlace(lowering, place, value, target.span);
}
