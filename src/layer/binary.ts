import { BOOL, PLAIN_ARITHMETIC, isPlainArithmetic, showType } from '../ir/index.js';
import type { BinaryOperator, Expression, IntegerType, Type } from '../ir/index.js';
import type { Span } from '../base/source.js';
import type { Checker, SyntaxOf } from './checker.js';
import { constantOf } from './constants.js';
import type { ExpressionSyntax } from './syntax.js';

type BinarySyntax = SyntaxOf<'binary'>;

/** Types `left operator right`; `expected` is null where the operands must tell the type. */
export function checkBinary(
  checker: Checker,
  syntax: BinarySyntax,
  expected: Type | null,
): Expression | null {
  switch (syntax.operator) {
    case '&&':
      return logical(checker, syntax, 'and');
    case '||':
      return logical(checker, syntax, 'or');
    case '==>':
      return logical(checker, syntax, 'implies');
    case '<==>':
      return logical(checker, syntax, 'equal');
    case '==':
    case '!=':
      return equality(checker, syntax);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(checker, syntax);
    case 'in':
      return membership(checker, syntax);
    case '++':
      return concatenation(checker, syntax, expected);
    case '<<':
    case '>>':
      return shift(checker, syntax, expected);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '&':
    case '|':
    case '^':
    case '&^':
      return arithmetic(checker, syntax, expected);
  }
}

function logical(checker: Checker, syntax: BinarySyntax, operator: BinaryOperator): Expression | null {
  const left = checker.check(syntax.left, BOOL);
  const right = checker.check(syntax.right, BOOL);
  return left && right && binary(operator, left, right, BOOL, syntax.span);
}

function equality(checker: Checker, syntax: BinarySyntax): Expression | null {
  const { span } = syntax;
  const folded = foldComparison(checker, syntax);
  if (folded !== null) return folded;
  const none = [syntax.left, syntax.right].findIndex((side) => isNone(checker, side));
  const pair = checker.pair(syntax.left, syntax.right, null);
  if (pair === null) return null;
  const [left, right] = pair;
  let equal = binary('equal', left, right, BOOL, span);
  if (none >= 0) {
    const present: Expression = { kind: 'isSome', option: none === 0 ? right : left, type: BOOL, span };
    equal = not(present, span);
    if (syntax.operator === '!=') return present;
  }
  return syntax.operator === '==' ? equal : not(equal, span);
}

function isNone(checker: Checker, syntax: ExpressionSyntax): boolean {
  return syntax.kind === 'name' && syntax.name === 'none' && checker.scope.lookup('none') === null;
}

function order(checker: Checker, syntax: BinarySyntax): Expression | null {
  const folded = foldComparison(checker, syntax);
  if (folded !== null) return folded;
  const pair = checker.pair(syntax.left, syntax.right, null);
  if (pair === null) return null;
  const [left, right] = pair;
  if (left.type.kind !== 'integer') {
    return checker.error(
      syntax.operatorSpan,
      `'${syntax.operator}' compares integers, not ${showType(left.type)}`,
    );
  }
  const operator = syntax.operator === '<' || syntax.operator === '>' ? 'less' : 'lessEqual';
  const swapped = syntax.operator === '>' || syntax.operator === '>=';
  return swapped
    ? binary(operator, right, left, BOOL, syntax.span)
    : binary(operator, left, right, BOOL, syntax.span);
}

/** Two untyped constants are compared as numbers. */
function foldComparison(checker: Checker, syntax: BinarySyntax): Expression | null {
  const left = constantOf(syntax.left, checker.scope);
  const right = constantOf(syntax.right, checker.scope);
  if (left?.kind !== 'value' || right?.kind !== 'value') return null;
  const difference = left.value - right.value;
  const value =
    (syntax.operator === '==' && difference === 0n) ||
    (syntax.operator === '!=' && difference !== 0n) ||
    (syntax.operator.startsWith('<') && difference < 0n) ||
    (syntax.operator.startsWith('>') && difference > 0n) ||
    (['<=', '>='].includes(syntax.operator) && difference === 0n);
  return { kind: 'literal', value, type: BOOL, span: syntax.span };
}

function membership(checker: Checker, syntax: BinarySyntax): Expression | null {
  if (syntax.right.kind === 'set' && checker.needsContext(syntax.right)) {
    const member = checker.infer(syntax.left);
    const written = member && checker.check(syntax.right, { kind: 'set', element: member.type });
    return (
      member && written && { kind: 'member', element: member, set: written, type: BOOL, span: syntax.span }
    );
  }
  const set = checker.infer(syntax.right);
  if (set === null) return null;
  if (set.type.kind !== 'set') {
    return checker.error(syntax.right.span, `'in' needs a set, but this is ${showType(set.type)}`);
  }
  const element = checker.check(syntax.left, set.type.element);
  return element && { kind: 'member', element, set, type: BOOL, span: syntax.span };
}

function concatenation(checker: Checker, syntax: BinarySyntax, expected: Type | null): Expression | null {
  const pair = checker.pair(syntax.left, syntax.right, expected);
  if (pair === null) return null;
  const [left, right] = pair;
  const { type } = left;
  if (type.kind !== 'seq') {
    return checker.error(syntax.operatorSpan, `'++' joins sequences, not ${showType(type)}`);
  }
  const { span } = syntax;
  if (right.kind === 'sequence') {
    if (right.elements.length === 0) return left;
    return { kind: 'append', sequence: left, elements: right.elements, type, span };
  }
  return { kind: 'concat', left, right, type, span };
}

function arithmetic(checker: Checker, syntax: BinarySyntax, expected: Type | null): Expression | null {
  const pair = checker.pair(syntax.left, syntax.right, expected);
  if (pair === null) return null;
  const [left, right] = pair;
  if (left.type.kind !== 'integer') {
    const hint =
      left.type.kind === 'seq' && syntax.operator === '+' ? "Sequences are joined by '++'." : undefined;
    const message = `'${syntax.operator}' needs integers, not ${showType(left.type)}`;
    return checker.error(syntax.operatorSpan, message, 'type', hint);
  }
  const { span } = syntax;
  const divides = syntax.operator === '/' || syntax.operator === '%';
  if (divides && right.kind === 'literal' && right.value === 0n) {
    return checker.error(syntax.right.span, 'division by the constant zero');
  }
  if (syntax.operator === '&^') {
    const mask: Expression = {
      kind: 'unary',
      operator: 'complement',
      operand: right,
      type: right.type,
      span,
    };
    return binary('bitAnd', left, mask, left.type, span);
  }
  if (!isPlainArithmetic(syntax.operator)) throw new Error(`no arithmetic operator ${syntax.operator}`);
  return binary(PLAIN_ARITHMETIC[syntax.operator], left, right, left.type, span);
}

function shift(checker: Checker, syntax: BinarySyntax, expected: Type | null): Expression | null {
  const left = expected === null ? checker.infer(syntax.left) : checker.check(syntax.left, expected);
  if (left === null) return null;
  const { type } = left;
  if (type.kind !== 'integer') {
    return checker.error(syntax.operatorSpan, `'${syntax.operator}' needs integers, not ${showType(type)}`);
  }
  const operator = syntax.operator === '<<' ? 'shiftLeft' : 'shiftRight';
  const count = shiftCount(checker, syntax, type);
  return count && binary(operator, left, count, type, syntax.span);
}

/**
 * The count as a number of the left operand's type, which the intermediate language asks for. A count that does not fit shifts everything
 * out, as does the width itself.
 */
function shiftCount(checker: Checker, syntax: BinarySyntax, type: IntegerType): Expression | null {
  const { span } = syntax.right;
  const constant = constantOf(syntax.right, checker.scope);
  const width: Expression = { kind: 'literal', value: BigInt(type.bits), type, span };
  if (constant?.kind === 'value') {
    if (constant.value < 0n) return checker.error(span, 'a shift count is not negative');
    return constant.value >= BigInt(type.bits) ? width : { ...width, value: constant.value };
  }
  const count = checker.infer(syntax.right);
  if (count === null) return null;
  if (count.type.kind !== 'integer' || count.type.signed) {
    return checker.error(span, `a shift count is an unsigned integer, not ${showType(count.type)}`);
  }
  if (count.type.bits === type.bits && !type.signed) return count;
  const converted: Expression = { kind: 'convert', operand: count, type, span };
  if (count.type.bits <= type.bits) return converted;
  const limit: Expression = { kind: 'literal', value: BigInt(type.bits), type: count.type, span };
  const condition = binary('less', count, limit, BOOL, span);
  return { kind: 'conditional', condition, whenTrue: converted, whenFalse: width, type, span };
}

/** A binary expression. */
export function binary(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  type: Type,
  span: Span,
): Expression {
  return { kind: 'binary', operator, left, right, type, span };
}

/** The negation of a truth value. */
export function not(operand: Expression, span: Span): Expression {
  return { kind: 'unary', operator: 'not', operand, type: BOOL, span };
}
