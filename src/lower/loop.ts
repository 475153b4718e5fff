import type { Expression, LoopInvariant } from '../ir/index.js';
import type { Statement, Variable } from '../go/index.js';
import { assignedIn } from './assigned.js';
import { Label } from './builder.js';
import { awaitedCondition, awaitedInvariant } from './condition.js';
import type { LoopGuess } from './loop-guess.js';
import { guessLoop } from './loop-guess.js';
import type { LoopClauses, Lowering } from './lowering.js';
import { currentFrame } from './lowering.js';
import { pathValue } from './place.js';
import { assumeWellFormed } from './reference.js';
import { renewBox } from './variable.js';

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
      if (statement.perIteration) {
        for (const variable of declaredBy(statement.initialiser)) renewBox(lowering, variable);
      }
      if (statement.post !== null) lowering.statement(statement.post);
    },
  });
}

function declaredBy(initialiser: Statement | null): readonly Variable[] {
  if (initialiser?.kind !== 'assign') return [];
  return initialiser.targets.flatMap((target) => (target.kind === 'declare' ? [target.variable] : []));
}

export interface LoopParts {
  readonly condition: () => Expression | null;
  readonly start: () => void;
  readonly next: () => void;
}

/** A loop with its head, its condition and its body. */
export function runLoop(
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
  const { library } = lowering.builder;
  const span = library === null ? statement.span : library.source.span;
  const guessed = (expression: Expression): LoopInvariant => ({
    expression,
    span,
    guessed: true,
  });
  const ofLocks =
    lowering.role === 'recovery' && checked.invariants.length === 0 && guess.counted !== null
      ? annotations.lockInvariantsBelow(guess.counted.counter, guess.counted.bound)
      : [];
  const awaited = statement.kind === 'for' ? awaitedCondition(statement) : null;
  const ofAwaited = awaited === null ? null : awaitedInvariant(lowering, awaited);
  // Where a round waits for a condition, it is up to others when the loop ends.
  const retry = checked.retry || (awaited !== null && checked.decreases === null);
  lowering.builder.emit({
    kind: 'loop',
    loop: {
      invariants: [
        // What is said of a loop in the library is nothing that the user could mend.
        ...checked.invariants.map((each) =>
          library === null ? { ...each, guessed: false } : guessed(each.expression),
        ),
        ...guess.invariants.map(guessed),
        ...[...ofLocks, ...(ofAwaited === null ? [] : [ofAwaited])].map(guessed),
      ],
      decreases: checked.decreases ?? (retry ? null : guess.decreases),
      retry,
    },
  });
  assumeSteady(lowering, statement);
}

/** Variables that the loop assigns still refer to what exists, at the start of each round. */
function assumeSteady(lowering: Lowering, statement: Of<'for' | 'range'>): void {
  const assigned = new Set(assignedIn(statement.body));
  if (statement.kind === 'for' && statement.post !== null) {
    const { post } = statement;
    for (const variable of assignedIn({ span: post.span, statements: [post] })) assigned.add(variable);
  }
  for (const variable of assigned) {
    const place = lowering.places.get(variable) ?? lowering.aliases.get(variable);
    if (place?.root === 'local') assumeWellFormed(lowering, pathValue(lowering, { ...place, path: [] }));
  }
}
