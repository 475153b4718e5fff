import { createToken, Lexer, type TokenType } from 'chevrotain';

/** Go's identifiers. A function, because the toolkit drops the flag that `\p` needs. */
function matchIdentifier(text: string, offset: number): RegExpExecArray | null {
  const pattern = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
  pattern.lastIndex = offset;
  return pattern.exec(text);
}

/** All identifiers; keywords are reserved as the parsers ask for them (see `lexer.ts`). */
export const Identifier = createToken({
  name: 'Identifier',
  label: 'a name',
  pattern: matchIdentifier,
  line_breaks: false,
});

/** Operators between two operands; how strongly they bind is decided by `precedence.ts`. */
export const BinaryOperator = createToken({
  name: 'BinaryOperator',
  label: 'an operator',
  pattern: Lexer.NA,
});
/** Operators before an operand. */
export const UnaryOperator = createToken({ name: 'UnaryOperator', label: 'an operator', pattern: Lexer.NA });

const made: TokenType[] = [];

function symbol(name: string, text: string, categories: TokenType[] = []): TokenType {
  const token = createToken({ name, label: `'${text}'`, pattern: text, categories, line_breaks: false });
  made.push(token);
  return token;
}

// The order matters: a longer operator comes before its prefixes.
symbol('Equivalent', '<==>', [BinaryOperator]);
symbol('Implies', '==>', [BinaryOperator]);
symbol('AndNot', '&^', [BinaryOperator]);
symbol('And', '&&', [BinaryOperator]);
symbol('Or', '||', [BinaryOperator]);
symbol('Equal', '==', [BinaryOperator]);
symbol('NotEqual', '!=', [BinaryOperator]);
symbol('Asked', '=>', [BinaryOperator]);
symbol('ShiftLeft', '<<', [BinaryOperator]);
symbol('ShiftRight', '>>', [BinaryOperator]);
symbol('LessEqual', '<=', [BinaryOperator]);
symbol('GreaterEqual', '>=', [BinaryOperator]);
symbol('Less', '<', [BinaryOperator]);
symbol('Greater', '>', [BinaryOperator]);
symbol('Concatenate', '++', [BinaryOperator]);
symbol('Plus', '+', [BinaryOperator, UnaryOperator]);
symbol('Minus', '-', [BinaryOperator, UnaryOperator]);
symbol('Caret', '^', [BinaryOperator, UnaryOperator]);
symbol('Bar', '|', [BinaryOperator]);
symbol('Ampersand', '&', [BinaryOperator]);
symbol('Star', '*', [BinaryOperator]);
symbol('Slash', '/', [BinaryOperator]);
symbol('Percent', '%', [BinaryOperator]);
symbol('Not', '!', [UnaryOperator]);
export const Define = symbol('Define', ':=');
export const DoubleColon = symbol('DoubleColon', '::');
export const Colon = symbol('Colon', ':');
export const Assign = symbol('Assign', '=');
export const Comma = symbol('Comma', ',');
export const Dot = symbol('Dot', '.');
export const LeftParenthesis = symbol('LeftParenthesis', '(');
export const RightParenthesis = symbol('RightParenthesis', ')');
export const LeftBracket = symbol('LeftBracket', '[');
export const RightBracket = symbol('RightBracket', ']');
export const LeftBrace = symbol('LeftBrace', '{');
export const RightBrace = symbol('RightBrace', '}');
/** Written, or put at the end of a line where Go would put one. */
export const Semicolon = symbol('Semicolon', ';');

export const Integer = createToken({
  name: 'Integer',
  label: 'a number',
  pattern: /[0-9][0-9A-Za-z_]*/u,
  line_breaks: false,
});
export const Text = createToken({
  name: 'Text',
  label: 'a text in quotes',
  pattern: /"[^"\n\\]*"/u,
  line_breaks: false,
});

function keyword(name: string, categories: TokenType[] = []): TokenType {
  const pattern = Lexer.NA;
  return createToken({ name: `Keyword_${name}`, label: `'${name}'`, pattern, categories });
}

export const Forall = keyword('forall');
export const Exists = keyword('exists');
export const In = keyword('in', [BinaryOperator]);
export const If = keyword('if');
export const Then = keyword('then');
export const Else = keyword('else');

export const Layer = keyword('layer');
export const Package = keyword('package');
export const Durable = keyword('durable');
export const Volatile = keyword('volatile');
export const Init = keyword('init');
export const Always = keyword('always');
export const Op = keyword('op');
export const Crash = keyword('crash');
export const Fault = keyword('fault');
export const Const = keyword('const');
export const Type = keyword('type');
export const Struct = keyword('struct');
export const Enum = keyword('enum');
export const Func = keyword('func');
export const Require = keyword('require');
export const Await = keyword('await');
export const Choose = keyword('choose');
export const Where = keyword('where');
export const Either = keyword('either');
export const OrElse = keyword('or');
export const Let = keyword('let');
export const Return = keyword('return');
export const Yield = keyword('yield');

export const Refines = keyword('refines');
export const Over = keyword('over');
export const Guards = keyword('guards');
export const Invariant = keyword('invariant');
export const Abstraction = keyword('abstraction');
export const Assert = keyword('assert');
export const Assume = keyword('assume');
export const Guarantee = keyword('guarantee');
export const Unless = keyword('unless');
export const While = keyword('while');
export const Decreases = keyword('decreases');
export const Requires = keyword('requires');
export const Ensures = keyword('ensures');
export const Parameter = keyword('parameter');
export const Token = keyword('token');
export const Claim = keyword('claim');
export const Give = keyword('give');
export const Freeze = keyword('freeze');
export const No = keyword('no');
export const May = keyword('may');
export const Overflow = keyword('overflow');
export const Carries = keyword('carries');
/** Annotations of one word: `recovery`, `boot`, `commit`, ... */
export const Word = createToken({ name: 'Word', label: 'an annotation', pattern: Lexer.NA });

function table(tokens: readonly TokenType[]): ReadonlyMap<string, TokenType> {
  return new Map(tokens.map((token) => [token.name.replace('Keyword_', ''), token]));
}

/** Words that are reserved in every expression. */
export const EXPRESSION_KEYWORDS = table([Forall, Exists, In, If, Then, Else]);

/** Words that are reserved in layer files, in addition. */
export const LAYER_KEYWORDS = table([
  ...[Layer, Package, Durable, Volatile, Init, Always, Op, Crash, Fault, Const, Type, Struct, Enum, Func],
  ...[Require, Await, Choose, Where, Either, OrElse, Let, Return, Yield],
]);

/** Words that start an annotation. */
export const DIRECTIVE_STARTS: ReadonlyMap<string, TokenType> = new Map([
  ...table([Refines, Op, Parameter, Invariant, Abstraction, Crash, Assert, Assume, Guarantee, Decreases]),
  ...table([Token, Claim, Give, Freeze, Requires, Ensures, No, May, Carries]),
  ...['recovery', 'init', 'initialisation', 'boot', 'commit', 'help', 'retry', 'opaque', 'trusted'].map(
    (word) => [word, Word] as const,
  ),
]);

/** Words inside an annotation. */
export const DIRECTIVE_PARTS = table([Over, Guards, Where, Unless, While, Overflow]);

const Space = createToken({ name: 'Space', pattern: /[ \t\r\n]+/u, group: Lexer.SKIPPED, line_breaks: true });
const LineComment = createToken({
  name: 'LineComment',
  pattern: /\/\/[^\n]*/u,
  group: Lexer.SKIPPED,
  line_breaks: false,
});
const BlockComment = createToken({
  name: 'BlockComment',
  pattern: /\/\*[\s\S]*?\*\//u,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** What the characters are matched against, in order. */
export const LEXICAL: TokenType[] = [Space, LineComment, BlockComment, Integer, Text, Identifier, ...made];

/** All tokens, for the parsers. */
export const VOCABULARY: TokenType[] = [
  ...LEXICAL,
  ...[BinaryOperator, UnaryOperator, Word],
  ...EXPRESSION_KEYWORDS.values(),
  ...LAYER_KEYWORDS.values(),
  ...[Refines, Over, Guards, Invariant, Abstraction, Assert, Assume, Guarantee, Unless, While, Decreases],
  ...[Parameter, Token, Claim, Give, Freeze, Requires, Ensures, No, May, Overflow],
];
