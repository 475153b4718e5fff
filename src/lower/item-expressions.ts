import type { Expression } from '../ir/index.js';
import { evaluatedExpressions, rewriteExpression } from '../ir/index.js';
import type { Item, MemoryAccess, Plain } from './builder.js';

export function itemExpressions(item: Item): readonly Expression[] {
  switch (item.kind) {
    case 'label':
    case 'jump':
    case 'spawn':
      return [];
    case 'branch':
      return [item.condition];
    case 'memory':
      return accessExpressions(item.access);
    case 'plain':
      return plainExpressions(item.instruction);
  }
}

function accessExpressions(access: MemoryAccess): readonly Expression[] {
  switch (access.kind) {
    case 'load':
      return [access.object];
    case 'store':
      return [access.object, access.value];
    case 'same':
      return [access.object, access.otherObject];
    case 'allocate':
      return [access.content];
  }
}

/** What an instruction evaluates, and what annotations say at it. */
function plainExpressions(instruction: Plain): readonly Expression[] {
  switch (instruction.kind) {
    case 'choose':
      return [instruction.where, ...evaluatedExpressions(instruction)];
    case 'loop':
      return [
        ...instruction.loop.invariants.map((each) => each.expression),
        ...(instruction.loop.decreases ?? []),
      ];
    case 'claim':
      return [instruction.claim.index, instruction.claim.condition].filter((each) => each !== null);
    default:
      return evaluatedExpressions(instruction);
  }
}

export function renamedExpression(
  expression: Expression,
  renaming: ReadonlyMap<number, Expression>,
): Expression {
  return rewriteExpression(expression, (node) =>
    node.kind === 'local' ? (renaming.get(node.index) ?? node) : node,
  );
}

/** The item with its locals renamed. */
export function renamed(item: Item, renaming: ReadonlyMap<number, Expression>): Item {
  const change = (expression: Expression): Expression => renamedExpression(expression, renaming);
  switch (item.kind) {
    case 'label':
    case 'jump':
    case 'spawn':
      return item;
    case 'branch':
      return { ...item, condition: change(item.condition) };
    case 'memory':
      throw new Error('an access of memory that is not resolved');
    case 'plain':
      return { kind: 'plain', instruction: withExpressions(item.instruction, change) };
  }
}

function withExpressions(instruction: Plain, change: (expression: Expression) => Expression): Plain {
  switch (instruction.kind) {
    case 'assign':
      return { ...instruction, value: change(instruction.value) };
    case 'choose':
      return { ...instruction, where: change(instruction.where), usual: change(instruction.usual) };
    case 'check':
    case 'assume':
      return { ...instruction, condition: change(instruction.condition) };
    case 'call':
    case 'invoke':
      return { ...instruction, arguments: instruction.arguments.map(change) };
    case 'loop': {
      const { loop } = instruction;
      const invariants = loop.invariants.map((each) => ({ ...each, expression: change(each.expression) }));
      const decreases = loop.decreases?.map(change) ?? null;
      return { ...instruction, loop: { ...loop, invariants, decreases } };
    }
    case 'return': {
      const values = instruction.values.map(change);
      const errors = instruction.errors?.map((each) => (each == null ? each : change(each)));
      return { ...instruction, values, ...(errors === undefined ? {} : { errors }) };
    }
    case 'claim': {
      const { claim } = instruction;
      const index = claim.index === null ? null : change(claim.index);
      const condition = claim.condition === null ? null : change(claim.condition);
      return { ...instruction, claim: { ...claim, index, condition } };
    }
    case 'hint':
    case 'end':
      return instruction;
  }
}
