import type { Expression, LoopInvariant } from '../ir/index.js';
import { Label } from './builder.js';
import type { Lowering } from './lowering.js';

/** A loop over locals that Go code does not show: what a conversion or a comparison does. */
export interface LocalLoop {
  /** They always hold; the prover checks it. */
  readonly invariants: readonly Expression[];
  /** Gets smaller with each round, as an unsigned number. */
  readonly decreases: Expression;
  readonly condition: Expression;
}

/** Emits the loop; `body` emits what a round does. */
export function emitLocalLoop(lowering: Lowering, loop: LocalLoop, body: () => void): void {
  const { builder } = lowering;
  const { span } = builder.source;
  const head = new Label();
  const round = new Label();
  const done = new Label();
  const guessed = (expression: Expression): LoopInvariant => ({ expression, span, guessed: true });
  builder.bind(head);
  builder.emit({
    kind: 'loop',
    loop: { invariants: loop.invariants.map(guessed), decreases: [loop.decreases], retry: false },
  });
  builder.branch(loop.condition, round, done);
  builder.bind(round);
  body();
  builder.jump(head);
  builder.bind(done);
}
