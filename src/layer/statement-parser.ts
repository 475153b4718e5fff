import type { IToken } from 'chevrotain';
import { ExpressionParser } from './expression-parser.js';
import { SyntaxProblem } from './problem.js';
import type { BlockSyntax, ExpressionSyntax, NameSyntax, StatementSyntax } from './syntax.js';
import * as tokens from './tokens.js';

/** The statements of layers. */
export abstract class StatementParser extends ExpressionParser {
  protected readonly names = this.RULE('names', (): readonly NameSyntax[] => {
    const names: NameSyntax[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Comma,
      DEF: () => {
        const token = this.CONSUME(tokens.Identifier);
        this.ACTION(() => names.push(this.nameOf(token)));
      },
    });
    return names;
  });

  /** The end of a statement: a semicolon, or the closing brace of the block, as in Go. */
  protected readonly end = this.RULE('end', () => {
    this.OR([
      { ALT: () => this.CONSUME(tokens.Semicolon) },
      { GATE: () => this.keyword(tokens.RightBrace), ALT: () => undefined },
    ]);
  });

  protected readonly block = this.RULE('block', (): BlockSyntax => {
    const start = this.CONSUME(tokens.LeftBrace);
    const statements: StatementSyntax[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(tokens.Semicolon) },
        {
          ALT: () => {
            statements.push(this.SUBRULE(this.statement));
            this.SUBRULE(this.end);
          },
        },
      ]);
    });
    this.CONSUME(tokens.RightBrace);
    return this.ACTION(() => ({ statements, span: this.since(start) }));
  });

  private readonly statement = this.RULE('statement', (): StatementSyntax =>
    this.OR<StatementSyntax>([
      { ALT: () => this.SUBRULE(this.requirement) },
      { ALT: () => this.SUBRULE(this.choose) },
      { ALT: () => this.SUBRULE(this.either) },
      { ALT: () => this.SUBRULE(this.ifStatement), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.returnStatement) },
      { ALT: () => this.SUBRULE(this.word) },
      { ALT: () => this.SUBRULE(this.letStatement) },
      { ALT: () => this.SUBRULE(this.simpleStatement) },
    ]),
  );

  private readonly requirement = this.RULE('requirement', (): StatementSyntax => {
    const start = this.OR([
      { ALT: () => this.CONSUME(tokens.Require) },
      { ALT: () => this.CONSUME(tokens.Await) },
    ]);
    const condition = this.SUBRULE(this.expression);
    return this.ACTION(() => {
      const kind = start.tokenType === tokens.Require ? 'require' : 'await';
      return { kind, condition, span: this.since(start) };
    });
  });

  private readonly choose = this.RULE('choose', (): StatementSyntax => {
    const start = this.CONSUME(tokens.Choose);
    const name = this.CONSUME(tokens.Identifier);
    const type = this.OPTION(() => this.SUBRULE(this.type)) ?? null;
    const where =
      this.OPTION1(() => {
        this.CONSUME(tokens.Where);
        return this.SUBRULE(this.expression);
      }) ?? null;
    return this.ACTION(() => ({
      kind: 'choose',
      name: this.nameOf(name),
      type,
      where,
      span: this.since(start),
    }));
  });

  private readonly either = this.RULE('either', (): StatementSyntax => {
    const start = this.CONSUME(tokens.Either);
    const branches: BlockSyntax[] = [this.SUBRULE(this.block)];
    this.AT_LEAST_ONE(() => {
      this.CONSUME(tokens.OrElse);
      branches.push(this.SUBRULE1(this.block));
    });
    return this.ACTION(() => ({ kind: 'either', branches, span: this.since(start) }));
  });

  private readonly ifStatement = this.RULE('ifStatement', (): StatementSyntax => {
    const start = this.CONSUME(tokens.If);
    const condition = this.SUBRULE(this.condition);
    const whenTrue = this.SUBRULE(this.block);
    const whenFalse =
      this.OPTION(() => {
        this.CONSUME(tokens.Else);
        return this.OR([
          { ALT: () => this.SUBRULE1(this.block) },
          {
            ALT: (): BlockSyntax => {
              const nested = this.SUBRULE(this.ifStatement);
              return this.ACTION(() => ({ statements: [nested], span: nested.span }));
            },
          },
        ]);
      }) ?? null;
    return this.ACTION(() => ({ kind: 'if', condition, whenTrue, whenFalse, span: this.since(start) }));
  });

  private readonly returnStatement = this.RULE('returnStatement', (): StatementSyntax => {
    const start = this.CONSUME(tokens.Return);
    const values = this.SUBRULE(this.expressionsOrNone);
    return this.ACTION(() => ({ kind: 'return', values, span: this.since(start) }));
  });

  private readonly word = this.RULE('word', (): StatementSyntax => {
    const token = this.OR([
      { ALT: () => this.CONSUME(tokens.Yield) },
      { ALT: () => this.CONSUME(tokens.Fault) },
    ]);
    return this.ACTION(() => {
      return { kind: token.tokenType === tokens.Yield ? 'yield' : 'fault', span: this.spanOf(token) };
    });
  });

  private readonly letStatement = this.RULE('letStatement', (): StatementSyntax => {
    const start = this.CONSUME(tokens.Let);
    const names = this.SUBRULE(this.names);
    this.CONSUME(tokens.Assign);
    const values = this.SUBRULE(this.expressions);
    return this.ACTION(() => ({ kind: 'define', names, values, constant: true, span: this.since(start) }));
  });

  private readonly simpleStatement = this.RULE('simpleStatement', (): StatementSyntax => {
    const start = this.LA(1);
    const targets = this.SUBRULE(this.expressions);
    const operator = this.OR([
      { ALT: () => this.CONSUME(tokens.Assign) },
      { ALT: () => this.CONSUME(tokens.Define) },
    ]);
    const values = this.SUBRULE1(this.expressions);
    return this.ACTION(() => assignment(operator, targets, values, this.since(start)));
  });
}

function assignment(
  operator: IToken,
  targets: readonly ExpressionSyntax[],
  values: readonly ExpressionSyntax[],
  span: StatementSyntax['span'],
): StatementSyntax {
  if (operator.tokenType === tokens.Assign) return { kind: 'assign', targets, values, span };
  const names = targets.map((target) => {
    if (target.kind !== 'name') throw new SyntaxProblem(target.span, "expected a name before ':='");
    return { name: target.name, span: target.span };
  });
  return { kind: 'define', names, values, constant: false, span };
}
