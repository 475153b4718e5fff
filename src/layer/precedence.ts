import type { IToken } from 'chevrotain';
import type { Span } from '../base/source.js';
import { SyntaxProblem } from './problem.js';
import { joinSpans } from './text.js';
import type { ExpressionSyntax, OperatorSyntax } from './syntax.js';

/** Weakest first: Go's five levels, with the logical connectives below them. `==>` groups to the right, the others to the left. */
const LEVELS: readonly (readonly string[])[] = [
  ['<==>'],
  ['==>'],
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in', '=>'],
  ['+', '-', '|', '^', '++'],
  ['*', '/', '%', '<<', '>>', '&', '&^'],
];

const STRENGTH: ReadonlyMap<string, number> = new Map(
  LEVELS.flatMap((level, strength) => level.map((operator) => [operator, strength] as const)),
);

/** An operator between two operands and where it stands. */
export interface OperatorUse {
  readonly token: IToken;
  readonly span: Span;
}

/** The tree of `operand operator operand ...`; there is one operator fewer than operands. */
export function buildTree(
  operands: readonly ExpressionSyntax[],
  operators: readonly OperatorUse[],
): ExpressionSyntax {
  let at = 0;
  const climb = (weakest: number): ExpressionSyntax => {
    let left = operandAt(operands, at);
    for (;;) {
      const operator = operators[at];
      if (operator === undefined) return left;
      const strength = STRENGTH.get(operator.token.image) ?? 0;
      if (strength < weakest) return left;
      at += 1;
      left = combine(left, operator, climb(operator.token.image === '==>' ? strength : strength + 1));
    }
  };
  return climb(0);
}

function operandAt(operands: readonly ExpressionSyntax[], index: number): ExpressionSyntax {
  const operand = operands[index];
  if (operand === undefined) throw new Error('an operator without its operand');
  return operand;
}

function combine(left: ExpressionSyntax, use: OperatorUse, right: ExpressionSyntax): ExpressionSyntax {
  const span = joinSpans(left.span, right.span);
  if (use.token.image !== '=>') {
    const operator = use.token.image as OperatorSyntax;
    return { kind: 'binary', operator, operatorSpan: use.span, left, right, span };
  }
  if (right.kind !== 'call' || right.callee.kind !== 'name') {
    throw new SyntaxProblem(right.span, "expected an operation such as 'Write(a, v)' after '=>'");
  }
  const { callee } = right;
  return {
    kind: 'pending',
    thread: left,
    operation: callee.name,
    operationSpan: callee.span,
    arguments: right.arguments,
    span,
  };
}
