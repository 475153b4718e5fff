import type { IToken } from 'chevrotain';
import { type Result } from '../base/diagnostic.js';
import { layerTokens } from './lexer.js';
import { parametersOf, resultsOf, type Declarator } from './declarators.js';
import { runParser } from './run.js';
import { StatementParser } from './statement-parser.js';
import type { ClauseSyntax, LayerDeclaration, LayerParameterSyntax, MemberSyntax } from './syntax.js';
import type { ExpressionSyntax, NameSyntax, ParameterSyntax, ResultSyntax, TypeSyntax } from './syntax.js';
import { SourceText } from './text.js';
import * as tokens from './tokens.js';

export class LayerParser extends StatementParser {
  constructor(check = false) {
    super(check);
    this.performSelfAnalysis();
  }

  /** Parses a whole file; errors are left in `this.errors`. */
  parse(source: SourceText, input: readonly IToken[]): readonly LayerDeclaration[] {
    this.start(source, input);
    return this.file();
  }

  private readonly file = this.RULE('file', (): readonly LayerDeclaration[] => {
    const layers: LayerDeclaration[] = [];
    this.AT_LEAST_ONE(() => {
      layers.push(this.SUBRULE(this.layer));
      this.MANY(() => this.CONSUME(tokens.Semicolon));
    });
    return layers;
  });

  private readonly layer = this.RULE('layer', (): LayerDeclaration => {
    const start = this.CONSUME(tokens.Layer);
    const name = this.CONSUME(tokens.Identifier);
    const parameters = this.OPTION(() => this.SUBRULE(this.layerParameters)) ?? [];
    this.CONSUME(tokens.LeftBrace);
    const members: MemberSyntax[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(tokens.Semicolon) },
        { ALT: () => members.push(this.SUBRULE(this.member)) },
      ]);
    });
    this.CONSUME(tokens.RightBrace);
    return this.ACTION(() => {
      const bound = members.find((member) => member.kind === 'package');
      const goPackage = bound?.path ?? null;
      return { name: this.nameOf(name), parameters, members, goPackage, span: this.since(start) };
    });
  });

  private readonly layerParameters = this.RULE('layerParameters', (): readonly LayerParameterSyntax[] => {
    this.CONSUME(tokens.LeftParenthesis);
    const list = this.SUBRULE(this.declarators);
    this.CONSUME(tokens.RightParenthesis);
    return this.ACTION(() =>
      parametersOf(list).map(({ name, span, type }) => {
        const isType = type.kind === 'name' && type.name === 'type';
        return { name, span, type: isType ? null : type };
      }),
    );
  });

  private readonly parameters = this.RULE('parameters', (): readonly ParameterSyntax[] => {
    const list = this.SUBRULE(this.declarators);
    return this.ACTION(() => parametersOf(list));
  });

  /** `a, b uint64, v Block`, or types alone. */
  private readonly declarators = this.RULE('declarators', (): readonly Declarator[] => {
    const list: Declarator[] = [];
    this.MANY_SEP({
      SEP: tokens.Comma,
      DEF: () => {
        const first = this.SUBRULE(this.type);
        const second = this.OPTION(() =>
          this.OR([{ ALT: () => this.SUBRULE1(this.type) }, { ALT: () => this.SUBRULE(this.typeOfTypes) }]),
        );
        this.ACTION(() => list.push({ first, second: second ?? null }));
      },
    });
    return list;
  });

  /** The word `type`, as the type of a layer's parameter. */
  private readonly typeOfTypes = this.RULE('typeOfTypes', (): TypeSyntax => {
    const token = this.CONSUME(tokens.Type);
    return this.ACTION(() => ({ kind: 'name', name: 'type', span: this.spanOf(token) }));
  });

  private readonly member = this.RULE('member', (): MemberSyntax => {
    const member = this.OR<MemberSyntax>([
      { ALT: () => this.SUBRULE(this.goPackage) },
      { ALT: () => this.SUBRULE(this.variable) },
      { ALT: () => this.SUBRULE(this.init) },
      { ALT: () => this.SUBRULE(this.always) },
      { ALT: () => this.SUBRULE(this.op) },
      { ALT: () => this.SUBRULE(this.transition) },
      { ALT: () => this.SUBRULE(this.constant) },
      { ALT: () => this.SUBRULE(this.typeDeclaration) },
      { ALT: () => this.SUBRULE(this.func) },
    ]);
    this.SUBRULE(this.end);
    return member;
  });

  private readonly goPackage = this.RULE('goPackage', (): MemberSyntax => {
    const start = this.CONSUME(tokens.Package);
    const path = this.CONSUME(tokens.Text);
    return this.ACTION(() => ({ kind: 'package', path: path.image.slice(1, -1), span: this.since(start) }));
  });

  private readonly variable = this.RULE('variable', (): MemberSyntax => {
    const start = this.OR([
      { ALT: () => this.CONSUME(tokens.Durable) },
      { ALT: () => this.CONSUME(tokens.Volatile) },
    ]);
    const names = this.SUBRULE(this.names);
    const type = this.SUBRULE(this.type);
    const values =
      this.OPTION(() => {
        this.CONSUME(tokens.Assign);
        return this.SUBRULE(this.expressions);
      }) ?? [];
    return this.ACTION(() => {
      const durability = start.tokenType === tokens.Durable ? 'durable' : 'volatile';
      return { kind: 'variable', durability, names, type, values, span: this.since(start) };
    });
  });

  private readonly init = this.RULE('init', (): MemberSyntax => {
    const start = this.CONSUME(tokens.Init);
    const clauses: ClauseSyntax[] = [];
    this.OR([
      {
        ALT: () => {
          this.CONSUME(tokens.LeftBrace);
          this.MANY(() => {
            this.OR1([
              { ALT: () => this.CONSUME(tokens.Semicolon) },
              {
                ALT: () => {
                  clauses.push(this.SUBRULE(this.clause));
                  this.SUBRULE(this.end);
                },
              },
            ]);
          });
          this.CONSUME(tokens.RightBrace);
        },
      },
      { ALT: () => clauses.push(this.SUBRULE1(this.clause)), IGNORE_AMBIGUITIES: true },
    ]);
    return this.ACTION(() => ({ kind: 'init', clauses, span: this.since(start) }));
  });

  private readonly always = this.RULE('always', (): MemberSyntax => {
    const start = this.CONSUME(tokens.Always);
    const clause = this.SUBRULE(this.clause);
    return this.ACTION(() => ({ kind: 'always', clause, span: this.since(start) }));
  });

  private readonly op = this.RULE('op', (): MemberSyntax => {
    const start = this.CONSUME(tokens.Op);
    const name = this.CONSUME(tokens.Identifier);
    this.CONSUME(tokens.LeftParenthesis);
    const parameters = this.SUBRULE(this.parameters);
    this.CONSUME(tokens.RightParenthesis);
    const results = this.OPTION(() => this.SUBRULE(this.results)) ?? [];
    const body = this.SUBRULE(this.block);
    return this.ACTION(() => {
      return { kind: 'op', name: this.nameOf(name), parameters, results, body, span: this.since(start) };
    });
  });

  /** The results are in parentheses, or one type alone. */
  private readonly results = this.RULE('results', (): readonly ResultSyntax[] =>
    this.OR<readonly ResultSyntax[]>([
      {
        ALT: () => {
          this.CONSUME(tokens.LeftParenthesis);
          const list = this.SUBRULE(this.declarators);
          this.CONSUME(tokens.RightParenthesis);
          return this.ACTION(() => resultsOf(list));
        },
      },
      {
        ALT: () => {
          const type = this.SUBRULE(this.type);
          return this.ACTION(() => [{ name: null, type, span: type.span }]);
        },
      },
    ]),
  );

  private readonly transition = this.RULE('transition', (): MemberSyntax => {
    const start = this.OR([
      { ALT: () => this.CONSUME(tokens.Crash) },
      { ALT: () => this.CONSUME(tokens.Fault) },
    ]);
    const body = this.SUBRULE(this.block);
    return this.ACTION(() => {
      const kind = start.tokenType === tokens.Crash ? 'crash' : 'fault';
      return { kind, body, span: this.since(start) };
    });
  });

  private readonly constant = this.RULE('constant', (): MemberSyntax => {
    const start = this.CONSUME(tokens.Const);
    const name = this.CONSUME(tokens.Identifier);
    const type = this.OPTION(() => this.SUBRULE(this.type)) ?? null;
    this.CONSUME(tokens.Assign);
    const value = this.SUBRULE(this.expression);
    return this.ACTION(() => ({
      kind: 'const',
      name: this.nameOf(name),
      type,
      value,
      span: this.since(start),
    }));
  });

  private readonly typeDeclaration = this.RULE('typeDeclaration', (): MemberSyntax => {
    const start = this.CONSUME(tokens.Type);
    const token = this.CONSUME(tokens.Identifier);
    return this.OR<MemberSyntax>([
      {
        ALT: () => {
          this.CONSUME(tokens.Struct);
          const fields = this.SUBRULE(this.fields);
          return this.ACTION(() => {
            return { kind: 'struct', name: this.nameOf(token), fields, span: this.since(start) };
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.Enum);
          const cases = this.SUBRULE(this.cases);
          return this.ACTION(() => {
            return { kind: 'enum', name: this.nameOf(token), cases, span: this.since(start) };
          });
        },
      },
    ]);
  });

  private readonly fields = this.RULE('fields', (): readonly ParameterSyntax[] => {
    const fields: ParameterSyntax[] = [];
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(tokens.Semicolon) },
        {
          ALT: () => {
            const names = this.SUBRULE(this.names);
            const type = this.SUBRULE(this.type);
            this.SUBRULE(this.end);
            this.ACTION(() => fields.push(...names.map((name) => ({ ...name, type }))));
          },
        },
      ]);
    });
    this.CONSUME(tokens.RightBrace);
    return fields;
  });

  private readonly cases = this.RULE('cases', (): readonly NameSyntax[] => {
    const cases: NameSyntax[] = [];
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(tokens.Semicolon) },
        { ALT: () => this.CONSUME(tokens.Comma) },
        {
          ALT: () => {
            const token = this.CONSUME(tokens.Identifier);
            this.ACTION(() => cases.push(this.nameOf(token)));
          },
        },
      ]);
    });
    this.CONSUME(tokens.RightBrace);
    return cases;
  });

  private readonly func = this.RULE('func', (): MemberSyntax => {
    const start = this.CONSUME(tokens.Func);
    const name = this.CONSUME(tokens.Identifier);
    this.CONSUME(tokens.LeftParenthesis);
    const parameters = this.SUBRULE(this.parameters);
    this.CONSUME(tokens.RightParenthesis);
    const result = this.SUBRULE(this.type);
    this.CONSUME(tokens.Assign);
    const body: ExpressionSyntax = this.SUBRULE(this.expression);
    return this.ACTION(() => {
      return { kind: 'func', name: this.nameOf(name), parameters, result, body, span: this.since(start) };
    });
  });
}

const parser = new LayerParser();

/**
 * Parses a layer file. Errors: text that does not parse (the first place), an empty file.
 */
export function parseLayerFile(file: string, text: string): Result<readonly LayerDeclaration[]> {
  const source = new SourceText(file, text, { line: 1, column: 1, offset: 0 });
  const input = layerTokens(source);
  return runParser(parser, source, input, 'syntax', (found) => parser.parse(source, found));
}
