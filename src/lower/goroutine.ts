import type { Block, CallExpression, Statement, Variable } from '../go/index.js';
import { allStatements } from '../go/index.js';
import { Label } from './builder.js';
import { prepareCall } from './call.js';
import type { Lowering } from './lowering.js';

/**
 * `go`: the operands are evaluated by the spawner, and the call is what the new thread does. It stands in the same code, behind a
 * `spawn`, and has a copy of the locals there; `goroutine-sharing.ts` refuses the programs in which that is not what Go does.
 */
export function lowerGo(
  lowering: Lowering,
  { call, span }: Extract<Statement, { kind: 'go' }>,
  results: (call: CallExpression) => readonly null[] | null,
): void {
  const { builder } = lowering;
  if (lowering.role !== 'operation') {
    lowering.context.reports.unverified('goroutineAlone', span);
    return;
  }
  const run = prepareCall(lowering, call, true);
  const begin = new Label();
  const onward = new Label();
  const { source } = builder;
  const outer = lowering.isGoroutine;
  builder.spawn(begin);
  builder.jump(onward);
  builder.bind(begin);
  lowering.isGoroutine = true;
  run(results(call));
  builder.source = source;
  builder.emit({ kind: 'end' });
  lowering.isGoroutine = outer;
  builder.bind(onward);
}

/** Whether a function literal that a statement of the block starts as a goroutine uses a variable of the code around it. */
export function isSharedWithGoroutine(block: Block, variable: Variable): boolean {
  return block.statements.flatMap(allStatements).some((statement) => {
    const callee = statement.kind === 'go' ? statement.call.callee : null;
    const literal = callee?.kind === 'value' ? callee.function : null;
    return literal?.kind === 'closure' && literal.function.captured.includes(variable);
  });
}
