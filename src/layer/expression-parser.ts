import { EmbeddedActionsParser, type IToken, type TokenType } from 'chevrotain';
import type { Span } from '../base/source.js';
import { endOf } from './lexer.js';
import { messages } from './messages.js';
import { buildTree, type OperatorUse } from './precedence.js';
import { SyntaxProblem } from './problem.js';
import type {
  BoundVariableSyntax,
  ClauseSyntax,
  ExpressionSyntax,
  NameSyntax,
  TypeSyntax,
} from './syntax.js';
import type { RecordFieldSyntax } from './syntax.js';
import { joinSpans, SourceText } from './text.js';
import * as tokens from './tokens.js';

type KeySyntax =
  | { readonly kind: 'index'; readonly key: ExpressionSyntax }
  | { readonly kind: 'update'; readonly key: ExpressionSyntax; readonly value: ExpressionSyntax }
  | { readonly kind: 'slice'; readonly low: ExpressionSyntax | null; readonly high: ExpressionSyntax | null };

/**
 * The expressions and types that layer files and annotations share. An expression is read as a flat list of operands and operators, which
 * `precedence.ts` turns into a tree.
 */
export abstract class ExpressionParser extends EmbeddedActionsParser {
  protected source = new SourceText('', '', { line: 1, column: 1, offset: 0 });
  /** False in the condition of an `if`, where `{` opens the block and not a record, as in Go. */
  private recordsAllowed = true;

  /** @param check - whether the grammar is searched for ambiguities, which takes longer than to parse a file; tests do */
  constructor(check: boolean) {
    super(tokens.VOCABULARY, {
      recoveryEnabled: false,
      maxLookahead: 2,
      skipValidations: !check,
      errorMessageProvider: messages,
    });
  }

  protected start(source: SourceText, input: readonly IToken[]): void {
    this.source = source;
    this.recordsAllowed = true;
    this.input = [...input];
  }

  protected spanOf(token: IToken): Span {
    return this.source.span(token.startOffset, endOf(token));
  }

  protected nameOf(token: IToken): NameSyntax {
    return { name: token.image, span: this.spanOf(token) };
  }

  /** Runs a rule between the current token and the last one that it takes, and tells it the span. */
  protected since(first: IToken): Span {
    return this.source.span(first.startOffset, endOf(this.LA(0)));
  }

  protected readonly expression = this.RULE('expression', (): ExpressionSyntax => {
    const operands: ExpressionSyntax[] = [this.SUBRULE(this.operand)];
    const operators: OperatorUse[] = [];
    this.MANY(() => {
      const token = this.CONSUME(tokens.BinaryOperator);
      this.ACTION(() => operators.push({ token, span: this.spanOf(token) }));
      operands.push(this.SUBRULE1(this.operand));
    });
    return this.ACTION(() => buildTree(operands, operators));
  });

  protected readonly clause = this.RULE('clause', (): ClauseSyntax => {
    const expression = this.SUBRULE(this.expression);
    return this.ACTION(() => ({
      expression,
      text: this.source.words(expression.span),
      span: expression.span,
    }));
  });

  /** An expression where `{` does not open a record: the condition of an `if` statement. */
  protected readonly condition = this.RULE('condition', (): ExpressionSyntax => {
    this.ACTION(() => (this.recordsAllowed = false));
    const expression = this.SUBRULE(this.expression);
    this.ACTION(() => (this.recordsAllowed = true));
    return expression;
  });

  private readonly operand = this.RULE('operand', (): ExpressionSyntax => {
    const prefixes: IToken[] = [];
    this.MANY(() => {
      const token = this.CONSUME(tokens.UnaryOperator);
      this.ACTION(() => prefixes.push(token));
    });
    const inner = this.SUBRULE(this.postfix);
    return this.ACTION(() =>
      prefixes.reduceRight<ExpressionSyntax>(
        (operand, token) => ({
          kind: 'unary',
          operator: token.image as '!',
          operand,
          span: joinSpans(this.spanOf(token), operand.span),
        }),
        inner,
      ),
    );
  });

  private readonly postfix = this.RULE('postfix', (): ExpressionSyntax => {
    let result = this.SUBRULE(this.primary);
    this.MANY(() => {
      result = this.OR([
        { ALT: () => this.SUBRULE(this.selection, { ARGS: [result] }) },
        { ALT: () => this.SUBRULE(this.indexing, { ARGS: [result] }) },
        { ALT: () => this.SUBRULE(this.application, { ARGS: [result] }) },
      ]);
    });
    return result;
  });

  private readonly selection = this.RULE('selection', (operand: ExpressionSyntax): ExpressionSyntax => {
    this.CONSUME(tokens.Dot);
    const name = this.CONSUME(tokens.Identifier);
    return this.ACTION(() => ({
      kind: 'select',
      operand,
      name: name.image,
      nameSpan: this.spanOf(name),
      span: joinSpans(operand.span, this.spanOf(name)),
    }));
  });

  private readonly application = this.RULE('application', (callee: ExpressionSyntax): ExpressionSyntax => {
    this.CONSUME(tokens.LeftParenthesis);
    const list = this.bracketed(() => this.SUBRULE(this.expressionsOrNone));
    const end = this.CONSUME(tokens.RightParenthesis);
    return this.ACTION(() => ({
      kind: 'call',
      callee,
      arguments: list,
      span: joinSpans(callee.span, this.spanOf(end)),
    }));
  });

  private readonly indexing = this.RULE('indexing', (operand: ExpressionSyntax): ExpressionSyntax => {
    this.CONSUME(tokens.LeftBracket);
    const key = this.bracketed(() => this.SUBRULE(this.key));
    const end = this.CONSUME(tokens.RightBracket);
    return this.ACTION(() => ({ ...key, operand, span: joinSpans(operand.span, this.spanOf(end)) }));
  });

  /** What stands between the brackets: `key`, `key := value`, `low:high`, with either bound missing. */
  private readonly key = this.RULE('key', (): KeySyntax =>
    this.OR<KeySyntax>([
      {
        ALT: () => {
          this.CONSUME(tokens.Colon);
          const high = this.OPTION(() => this.SUBRULE(this.expression)) ?? null;
          return { kind: 'slice', low: null, high };
        },
      },
      {
        ALT: () => {
          const first = this.SUBRULE1(this.expression);
          return (
            this.OPTION1(() => this.SUBRULE(this.keyRest, { ARGS: [first] })) ?? { kind: 'index', key: first }
          );
        },
      },
    ]),
  );

  private readonly keyRest = this.RULE('keyRest', (first: ExpressionSyntax): KeySyntax =>
    this.OR<KeySyntax>([
      {
        ALT: () => {
          this.CONSUME(tokens.Define);
          return { kind: 'update', key: first, value: this.SUBRULE(this.expression) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.Colon);
          const high = this.OPTION(() => this.SUBRULE1(this.expression)) ?? null;
          return { kind: 'slice', low: first, high };
        },
      },
    ]),
  );

  private readonly primary = this.RULE('primary', (): ExpressionSyntax =>
    this.OR<ExpressionSyntax>([
      { ALT: () => this.SUBRULE(this.integer) },
      {
        GATE: () => this.recordsAllowed && this.LA(2).tokenType === tokens.LeftBrace,
        ALT: () => this.SUBRULE(this.record),
      },
      { ALT: () => this.SUBRULE(this.name) },
      { ALT: () => this.SUBRULE(this.parenthesised) },
      { ALT: () => this.SUBRULE(this.sequence) },
      { ALT: () => this.SUBRULE(this.set) },
      { ALT: () => this.SUBRULE(this.quantifier) },
      { ALT: () => this.SUBRULE(this.conditional) },
    ]),
  );

  private readonly integer = this.RULE('integer', (): ExpressionSyntax => {
    const token = this.CONSUME(tokens.Integer);
    return this.ACTION(() => ({
      kind: 'integer',
      value: integerValue(token, this.spanOf(token)),
      span: this.spanOf(token),
    }));
  });

  private readonly name = this.RULE('name', (): ExpressionSyntax => {
    const token = this.CONSUME(tokens.Identifier);
    return this.ACTION(() => ({ kind: 'name', name: token.image, span: this.spanOf(token) }));
  });

  private readonly parenthesised = this.RULE('parenthesised', (): ExpressionSyntax => {
    const start = this.CONSUME(tokens.LeftParenthesis);
    const inner = this.bracketed(() => this.SUBRULE(this.expression));
    this.CONSUME(tokens.RightParenthesis);
    return this.ACTION(() => ({ ...inner, span: this.since(start) }));
  });

  private readonly sequence = this.RULE('sequence', (): ExpressionSyntax => {
    const start = this.CONSUME(tokens.LeftBracket);
    const elements = this.bracketed(() => this.SUBRULE(this.expressionsOrNone));
    this.CONSUME(tokens.RightBracket);
    return this.ACTION(() => ({ kind: 'sequence', elements, span: this.since(start) }));
  });

  private readonly set = this.RULE('set', (): ExpressionSyntax => {
    const start = this.CONSUME(tokens.LeftBrace);
    const elements = this.bracketed(() => this.SUBRULE(this.expressionsOrNone));
    this.CONSUME(tokens.RightBrace);
    return this.ACTION(() => ({ kind: 'set', elements, span: this.since(start) }));
  });

  private readonly record = this.RULE('record', (): ExpressionSyntax => {
    const name = this.CONSUME(tokens.Identifier);
    this.CONSUME(tokens.LeftBrace);
    const fields: RecordFieldSyntax[] = [];
    this.bracketed(() => {
      this.MANY_SEP({ SEP: tokens.Comma, DEF: () => fields.push(this.SUBRULE(this.recordField)) });
    });
    this.CONSUME(tokens.RightBrace);
    return this.ACTION(() => {
      const nameSpan = this.spanOf(name);
      return { kind: 'record', name: name.image, nameSpan, fields, span: this.since(name) };
    });
  });

  private readonly recordField = this.RULE('recordField', (): RecordFieldSyntax => {
    const name = this.OPTION({
      GATE: () => this.LA(2).tokenType === tokens.Colon,
      DEF: () => {
        const token = this.CONSUME(tokens.Identifier);
        this.CONSUME(tokens.Colon);
        return token;
      },
    });
    const value = this.SUBRULE(this.expression);
    return this.ACTION(() => ({ name: name === undefined ? null : this.nameOf(name), value }));
  });

  private readonly conditional = this.RULE('conditional', (): ExpressionSyntax => {
    const start = this.CONSUME(tokens.If);
    const condition = this.SUBRULE(this.expression);
    this.CONSUME(tokens.Then);
    const whenTrue = this.SUBRULE1(this.expression);
    this.CONSUME(tokens.Else);
    const whenFalse = this.SUBRULE2(this.expression);
    return this.ACTION(() => {
      return { kind: 'conditional', condition, whenTrue, whenFalse, span: this.since(start) };
    });
  });

  private readonly quantifier = this.RULE('quantifier', (): ExpressionSyntax => {
    const start = this.OR([
      { ALT: () => this.CONSUME(tokens.Forall) },
      { ALT: () => this.CONSUME(tokens.Exists) },
    ]);
    const variables: { token: IToken; type: TypeSyntax | null }[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Comma,
      DEF: () => {
        const token = this.CONSUME(tokens.Identifier);
        const type = this.OPTION(() => this.SUBRULE(this.type)) ?? null;
        this.ACTION(() => variables.push({ token, type }));
      },
    });
    this.CONSUME(tokens.DoubleColon);
    const body = this.SUBRULE(this.expression);
    return this.ACTION(() => ({
      kind: 'quantifier',
      quantifier: start.tokenType === tokens.Forall ? 'forall' : 'exists',
      variables: shareTypes(variables.map(({ token, type }) => ({ ...this.nameOf(token), type }))),
      body,
      span: this.since(start),
    }));
  });

  protected readonly type = this.RULE('type', (): TypeSyntax => {
    const token = this.CONSUME(tokens.Identifier);
    const parts = this.OPTION({
      GATE: () => ['map', 'seq', 'set', 'option'].includes(this.LA(0).image),
      DEF: () => {
        this.CONSUME(tokens.LeftBracket);
        const first = this.SUBRULE(this.type);
        this.CONSUME(tokens.RightBracket);
        const second = this.OPTION1({
          GATE: () => token.image === 'map',
          DEF: () => this.SUBRULE1(this.type),
        });
        return { first, second: second ?? null };
      },
    });
    return this.ACTION(() => this.typeOf(token, parts ?? null));
  });

  private typeOf(
    token: IToken,
    parts: { readonly first: TypeSyntax; readonly second: TypeSyntax | null } | null,
  ): TypeSyntax {
    const span = this.since(token);
    if (parts === null) return { kind: 'name', name: token.image, span };
    if (token.image !== 'map') return { kind: token.image as 'seq', element: parts.first, span };
    // A map without its value type is told from a set by the checker's "unknown type 'map'".
    if (parts.second === null) return { kind: 'name', name: 'map', span };
    return { kind: 'map', key: parts.first, value: parts.second, span };
  }

  protected readonly expressionsOrNone = this.RULE('expressionsOrNone', (): readonly ExpressionSyntax[] => {
    const list: ExpressionSyntax[] = [];
    this.MANY_SEP({ SEP: tokens.Comma, DEF: () => list.push(this.SUBRULE(this.expression)) });
    return list;
  });

  protected readonly expressions = this.RULE('expressions', (): readonly ExpressionSyntax[] => {
    const list: ExpressionSyntax[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: tokens.Comma, DEF: () => list.push(this.SUBRULE(this.expression)) });
    return list;
  });

  /** Inside brackets a record is allowed again, whatever stands around them. */
  private bracketed<T>(inner: () => T): T {
    const before = this.recordsAllowed;
    this.ACTION(() => (this.recordsAllowed = true));
    const result = inner();
    this.ACTION(() => (this.recordsAllowed = before));
    return result;
  }

  protected keyword(type: TokenType): boolean {
    return this.LA(1).tokenType === type;
  }
}

/** `a, b uint64` gives both variables the type, as in Go's parameter lists. */
function shareTypes(variables: readonly BoundVariableSyntax[]): readonly BoundVariableSyntax[] {
  let following: TypeSyntax | null = null;
  return [...variables]
    .reverse()
    .map((variable) => {
      following = variable.type ?? following;
      return { ...variable, type: following };
    })
    .reverse();
}

function integerValue(token: IToken, span: Span): bigint {
  const digits = token.image.replace(/(?<=[0-9a-fA-FxXoObB])_(?=[0-9a-fA-F])/gu, '');
  if (!/^(0|[1-9][0-9]*|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/u.test(digits)) {
    throw new SyntaxProblem(span, `'${token.image}' is not a number that Go accepts`);
  }
  return BigInt(digits);
}
