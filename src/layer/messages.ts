import { EOF, type IParserErrorMessageProvider, type IToken, type TokenType } from 'chevrotain';
import * as tokens from './tokens.js';

/** What a rule looks for, in the user's words. */
const LOOKED_FOR: Readonly<Record<string, string>> = {
  expression: 'an operator or the end of the expression',
  expressions: 'an expression',
  expressionsOrNone: 'an expression',
  operand: 'an expression',
  primary: 'an expression',
  postfix: 'an expression',
  key: 'an index',
  keyRest: "':=' or ':'",
  end: 'the end of the statement',
  either: "'or'",
  quantifier: "the name of a variable after 'forall' or 'exists'",
  type: 'a type',
  member: "a part of a layer ('durable', 'volatile', 'init', 'op', 'crash', 'always', ...)",
  typeDeclaration: "'struct' or 'enum'",
  statement: 'a statement',
  simpleStatement: "'=' or ':='",
  file: "'layer'",
  directive: 'an annotation',
  group: 'an annotation',
};

/** Error messages that name what was found, and what could have stood there. */
export const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, actual, ruleName }) =>
    `expected ${expectation(expected, ruleName)}, but found ${found(actual)}`,
  buildNotAllInputParsedMessage: ({ firstRedundant, ruleName }) =>
    `expected ${LOOKED_FOR[ruleName] ?? 'the end'}, but found ${found(firstRedundant)}`,
  buildNoViableAltMessage: ({ actual, ruleName }) =>
    `expected ${LOOKED_FOR[ruleName] ?? ruleName}, but found ${found(actual[0])}`,
  buildEarlyExitMessage: ({ actual, ruleName }) =>
    `expected ${LOOKED_FOR[ruleName] ?? ruleName}, but found ${found(actual[0])}`,
};

/** Where a list may go on or end, its elements are named beside its end. */
function expectation(expected: TokenType, ruleName: string): string {
  if (expected === tokens.RightBrace && ruleName === 'layer') return `${LOOKED_FOR['member'] ?? ''} or '}'`;
  if (expected === tokens.RightBrace && ruleName === 'block') return "a statement or '}'";
  return expected === EOF ? 'the end' : (expected.LABEL ?? expected.name);
}

function found(token: IToken | undefined): string {
  if (token === undefined || token.tokenType === EOF) return 'the end';
  if (token.tokenType === tokens.Semicolon && token.image === '') return 'the end of the line';
  return `'${token.image}'`;
}
