import type { Expression } from '../ir/index.js';
import type { Statement, TypeCase } from '../go/index.js';
import { Label } from './builder.js';
import { asType, fixedInterface, hasType } from './interface-value.js';
import { currentFrame, declareName, inScope } from './lowering.js';
import type { Lowering } from './lowering.js';
import { declareVariable } from './variable.js';

type TypeSwitch = Extract<Statement, { kind: 'typeSwitch' }>;

/** `switch x := y.(type)`: the first case that has the value's type. */
export function lowerTypeSwitch(lowering: Lowering, statement: TypeSwitch): void {
  const { builder } = lowering;
  const { operand, cases, initialiser } = statement;
  if (initialiser !== null) lowering.statement(initialiser);
  const source = { ...builder.source, span: statement.span, text: statement.text };
  builder.source = source;
  const value = fixedInterface(lowering, lowering.value(operand));
  const done = new Label();
  currentFrame(lowering).jumps.set(statement.target, { leave: done, next: null });
  const bodies = cases.map(() => new Label());
  cases.forEach(({ types }, index) => {
    const body = bodies[index];
    if (body === undefined) return;
    for (const type of types) goIf(lowering, hasType(lowering, value, operand.type, type), body);
  });
  builder.jump(bodies[cases.findIndex((each) => each.isDefault)] ?? done);
  cases.forEach((each, index) => {
    const body = bodies[index];
    if (body === undefined) return;
    builder.bind(body);
    if (builder.reachable) lowerCase(lowering, statement, each, value);
    builder.source = source;
    builder.jump(done);
  });
  builder.bind(done);
}

/** Goes to a label if the condition holds; nothing is emitted where it is known not to. */
function goIf(lowering: Lowering, condition: Expression, target: Label): void {
  const { builder } = lowering;
  if (condition.kind === 'literal') {
    if (condition.value === true) builder.jump(target);
    return;
  }
  const next = new Label();
  builder.branch(condition, target, next);
  builder.bind(next);
}

function lowerCase(
  lowering: Lowering,
  { operand }: TypeSwitch,
  { types, variable, body }: TypeCase,
  value: Expression,
): void {
  inScope(lowering, () => {
    if (variable !== null) {
      const [only] = types;
      const isOne = types.length === 1 && only !== undefined && only !== null;
      const own = isOne ? asType(lowering, value, operand.type, only, variable.span) : value;
      declareVariable(lowering, variable, own);
      declareName(lowering, variable);
    }
    lowering.block(body);
  });
}
