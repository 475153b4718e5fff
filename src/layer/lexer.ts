import { createTokenInstance, Lexer, type IToken, type TokenType } from 'chevrotain';
import { failure, success, type Diagnostic, type Result } from '../base/diagnostic.js';
import { nearest, type SourceText } from './text.js';
import * as tokens from './tokens.js';

const lexer = new Lexer(tokens.LEXICAL, {
  positionTracking: 'onlyOffset',
  ensureOptimizations: false,
  safeMode: true,
  lineTerminatorsPattern: /\n/gu,
  lineTerminatorCharacters: ['\n'],
});

/** Brackets, quantifiers and conditionals inside one another; deeper text is refused, so that no later stage runs out of stack. */
const DEEPEST = 60;
/** Tokens between two statements, or in one group of annotations. */
const LONGEST = 1000;

const OPENING: readonly TokenType[] = [tokens.LeftParenthesis, tokens.LeftBracket, tokens.LeftBrace];
const CLOSING: readonly TokenType[] = [tokens.RightParenthesis, tokens.RightBracket, tokens.RightBrace];

/** The tokens of a layer file, with semicolons put at the ends of lines as in Go. */
export function layerTokens(source: SourceText): Result<readonly IToken[]> {
  const raw = rawTokens(source);
  if (!raw.ok) return raw;
  const result: IToken[] = [];
  const open: TokenType[] = [];
  raw.value.forEach((token, index) => {
    const named = withKeywords(token, [tokens.EXPRESSION_KEYWORDS, tokens.LAYER_KEYWORDS]);
    const previous = result.at(-1);
    const inList = open.at(-1) !== undefined && open.at(-1) !== tokens.LeftBrace;
    if (OPENING.includes(token.tokenType)) open.push(token.tokenType);
    if (CLOSING.includes(token.tokenType)) open.pop();
    if (previous !== undefined && !inList && endsStatement(previous) && !continues(named)) {
      const end = endOf(previous);
      const newline = source.text.indexOf('\n', end);
      if (newline >= 0 && newline < token.startOffset) result.push(semicolonAt(end));
    }
    result.push(named);
    if (index === raw.value.length - 1 && endsStatement(named)) result.push(semicolonAt(endOf(named)));
  });
  return limited(source, result);
}

/**
 * The tokens of a group of annotations. In an expression, a name never follows the end of an operand: there an annotation starts, or a word
 * such as `guards` continues it. So the words of annotations are not reserved, and Go's names may be any of them.
 */
export function annotationTokens(source: SourceText): Result<readonly IToken[]> {
  const raw = rawTokens(source);
  if (!raw.ok) return raw;
  const result: IToken[] = [];
  let binding = false;
  for (const [index, token] of raw.value.entries()) {
    const previous = result.at(-1);
    let named = withKeywords(token, [tokens.EXPRESSION_KEYWORDS]);
    const afterException = endsException(result);
    if (named.tokenType === tokens.Identifier && !binding && !afterException && wordExpected(previous)) {
      const word = tokens.DIRECTIVE_STARTS.get(token.image) ?? tokens.DIRECTIVE_PARTS.get(token.image);
      const lock = namesLock(raw.value, index);
      if (word !== undefined && !lock) named = withType(token, word);
      else if (!lock) return failure(unknownWord(source, token, previous));
    }
    const startsPart =
      (previous?.tokenType === tokens.Guarantee && ['unless', 'while'].includes(token.image)) ||
      (afterException && token.image === 'while');
    if (startsPart) named = withKeywords(token, [tokens.DIRECTIVE_PARTS]);
    if (named.tokenType === tokens.Forall || named.tokenType === tokens.Exists) binding = true;
    if (named.tokenType === tokens.DoubleColon) binding = false;
    result.push(named);
  }
  return limited(source, result);
}

/** True behind `unless holds(self, mu)`, which is no operand: `while` follows, or the formula. */
function endsException(before: readonly IToken[]): boolean {
  if (before.at(-1)?.tokenType !== tokens.RightParenthesis) return false;
  const start = before.findLastIndex(({ tokenType }) => tokenType === tokens.LeftParenthesis);
  return before[start - 1]?.image === 'holds' && before[start - 2]?.tokenType === tokens.Unless;
}

const WITHOUT_OPERAND: readonly TokenType[] = [
  ...[tokens.Semicolon, tokens.Word, tokens.Parameter, tokens.Crash],
  ...[tokens.No, tokens.May, tokens.Overflow],
];

/** True where a name cannot be an operand: at the start, after an operand, after a word that takes none. */
function wordExpected(previous: IToken | undefined): boolean {
  if (previous === undefined) return true;
  return endsStatement(previous) || WITHOUT_OPERAND.includes(previous.tokenType);
}

/** Whether `name[index] guards` starts at the token. */
function namesLock(all: readonly IToken[], start: number): boolean {
  let at = start + 1;
  while (all[at]?.tokenType === tokens.Dot && all[at + 1]?.tokenType === tokens.Identifier) at += 2;
  if (all[at]?.tokenType === tokens.LeftBracket) {
    while (at < all.length && all[at]?.tokenType !== tokens.RightBracket) at += 1;
    at += 1;
  }
  return all[at]?.image === 'guards';
}

function unknownWord(source: SourceText, token: IToken, previous: IToken | undefined): Diagnostic {
  const span = source.span(token.startOffset, endOf(token));
  const between = source.text.slice(previous === undefined ? 0 : endOf(previous), token.startOffset);
  const starts = previous === undefined || between.includes('\n');
  const suggestion = nearest(token.image, [
    ...tokens.DIRECTIVE_STARTS.keys(),
    ...(starts ? [] : tokens.DIRECTIVE_PARTS.keys()),
  ]);
  const hint =
    suggestion === null
      ? `An annotation starts with one of ${[...tokens.DIRECTIVE_STARTS.keys()].join(', ')}, or is 'lock guards location, ...'.`
      : `Did you mean '${suggestion}'?`;
  const message = starts
    ? `unknown annotation '${token.image}'`
    : `expected an operator or the end of the annotation, but found '${token.image}'`;
  return { code: 'annotation', message, span, hint };
}

function rawTokens(source: SourceText): Result<readonly IToken[]> {
  const { tokens: found, errors } = lexer.tokenize(source.text);
  const comment = found.find((token) => source.text.startsWith('/*', token.startOffset));
  if (comment !== undefined) {
    const span = source.span(comment.startOffset, comment.startOffset + 2);
    return failure({ code: 'syntax', message: 'this comment does not end', span });
  }
  const error = errors[0];
  if (error === undefined) return success(found);
  const character = String.fromCodePoint(source.text.codePointAt(error.offset) ?? 0);
  const span = source.span(error.offset, error.offset + character.length);
  const message =
    character === '"'
      ? 'this text in quotes does not end on its line'
      : `unexpected character ${JSON.stringify(character)}`;
  return failure({ code: 'syntax', message, span });
}

function limited(source: SourceText, all: readonly IToken[]): Result<readonly IToken[]> {
  let brackets = 0;
  let prefixes = 0;
  let length = 0;
  for (const token of all) {
    const type = token.tokenType;
    brackets += (OPENING.includes(type) ? 1 : 0) - (CLOSING.includes(type) ? 1 : 0);
    if (type === tokens.Semicolon || type === tokens.LeftBrace || type === tokens.RightBrace) {
      prefixes = 0;
      length = 0;
    }
    length += 1;
    if ([tokens.Forall, tokens.Exists, tokens.If].includes(type)) prefixes += 1;
    if (brackets + prefixes > DEEPEST || length > LONGEST) {
      const what = length > LONGEST ? 'this is too long' : 'this is nested too deeply';
      const span = source.span(token.startOffset, endOf(token));
      return failure({ code: 'syntax', message: what, span, hint: 'Split it up.' });
    }
  }
  return success(all);
}

/** Whether Go puts a semicolon after the token at the end of a line. */
function endsStatement(token: IToken): boolean {
  const type = token.tokenType;
  return [
    ...[tokens.Identifier, tokens.Integer, tokens.Text, tokens.Return, tokens.Yield, tokens.Fault],
    ...[tokens.RightParenthesis, tokens.RightBracket, tokens.RightBrace],
  ].includes(type);
}

/** Tokens that cannot start a statement: the line before them goes on. */
function continues(token: IToken): boolean {
  const type = token.tokenType;
  return (
    [tokens.OrElse, tokens.Else, tokens.Then, tokens.Where].includes(type) ||
    ['&&', '||', '==>', '<==>'].includes(token.image)
  );
}

function withKeywords(token: IToken, tables: readonly ReadonlyMap<string, TokenType>[]): IToken {
  if (token.tokenType !== tokens.Identifier) return token;
  for (const table of tables) {
    const type = table.get(token.image);
    if (type !== undefined) return withType(token, type);
  }
  return token;
}

function withType(token: IToken, type: TokenType): IToken {
  return createTokenInstance(type, token.image, token.startOffset, endOf(token) - 1, NaN, NaN, NaN, NaN);
}

/** A semicolon that nobody wrote; its image is empty. */
function semicolonAt(offset: number): IToken {
  return createTokenInstance(tokens.Semicolon, '', offset, offset - 1, NaN, NaN, NaN, NaN);
}

/** The offset behind a token. */
export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}
