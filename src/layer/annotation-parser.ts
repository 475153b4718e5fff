import type { IToken } from 'chevrotain';
import type { Result } from '../base/diagnostic.js';
import type { Position } from '../base/source.js';
import { ExpressionParser } from './expression-parser.js';
import { annotationTokens } from './lexer.js';
import { runParser } from './run.js';
import type {
  ClauseSyntax,
  Directive,
  DirectiveWord,
  ExpressionSyntax,
  LayerReference,
  LocationSyntax,
  NameSyntax,
} from './syntax.js';
import { joinSpans, SourceText } from './text.js';
import * as tokens from './tokens.js';

/** A directive before its span and words are known. */
type Bare = Directive extends infer D ? (D extends Directive ? Omit<D, 'span' | 'text'> : never) : never;

type Guarded = Pick<Extract<Directive, { locations: unknown }>, 'locations' | 'invariant'>;

export class AnnotationParser extends ExpressionParser {
  constructor(check = false) {
    super(check);
    this.performSelfAnalysis();
  }

  parse(source: SourceText, input: readonly IToken[]): readonly Directive[] {
    this.start(source, input);
    return this.group();
  }

  private readonly group = this.RULE('group', (): readonly Directive[] => {
    const directives: Directive[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(tokens.Semicolon) },
        {
          ALT: () => {
            const first = this.LA(1);
            const bare = this.SUBRULE(this.directive);
            this.ACTION(() => {
              const span = this.since(first);
              directives.push({ ...bare, span, text: this.source.words(span) });
            });
          },
        },
      ]);
    });
    return directives;
  });

  private readonly directive = this.RULE('directive', (): Bare =>
    this.OR<Bare>([
      { ALT: () => this.SUBRULE(this.refines) },
      { ALT: () => this.SUBRULE(this.op) },
      { ALT: () => this.SUBRULE(this.word) },
      { ALT: () => this.SUBRULE(this.parameter) },
      { ALT: () => this.SUBRULE(this.guards) },
      { ALT: () => this.SUBRULE(this.token) },
      { ALT: () => this.SUBRULE(this.claim) },
      { ALT: () => this.SUBRULE(this.formula) },
      { ALT: () => this.SUBRULE(this.crashInvariant) },
      { ALT: () => this.SUBRULE(this.guarantee) },
      { ALT: () => this.SUBRULE(this.decreases) },
      { ALT: () => this.SUBRULE(this.overflow) },
      { ALT: () => this.SUBRULE(this.carries) },
    ]),
  );

  private readonly refines = this.RULE('refines', (): Bare => {
    this.CONSUME(tokens.Refines);
    const specification = this.SUBRULE(this.reference);
    this.CONSUME(tokens.Over);
    const machine = this.SUBRULE1(this.reference);
    return { kind: 'refines', specification, machine };
  });

  private readonly reference = this.RULE('reference', (): LayerReference => {
    const token = this.CONSUME(tokens.Identifier);
    const list =
      this.OPTION(() => {
        this.CONSUME(tokens.LeftParenthesis);
        const values = this.SUBRULE(this.expressionsOrNone);
        this.CONSUME(tokens.RightParenthesis);
        return values;
      }) ?? [];
    return this.ACTION(() => {
      const span = this.since(token);
      return { name: token.image, span, arguments: list, text: this.source.words(span) };
    });
  });

  private readonly op = this.RULE('opDirective', (): Bare => {
    this.CONSUME(tokens.Op);
    const token = this.CONSUME(tokens.Identifier);
    return this.ACTION(() => ({ kind: 'op', name: this.nameOf(token) }));
  });

  private readonly word = this.RULE('word', (): Bare => {
    const { image } = this.CONSUME(tokens.Word);
    return { kind: (image === 'init' ? 'initialisation' : image) as DirectiveWord };
  });

  private readonly parameter = this.RULE('parameter', (): Bare => {
    this.CONSUME(tokens.Parameter);
    const where =
      this.OPTION(() => {
        this.CONSUME(tokens.Where);
        return this.SUBRULE(this.clause);
      }) ?? null;
    return { kind: 'parameter', where };
  });

  private readonly token = this.RULE('token', (): Bare => {
    this.CONSUME(tokens.Token);
    const lock = this.SUBRULE(this.dottedName);
    const index = this.OPTION(() => this.SUBRULE(this.boundIndex)) ?? null;
    const guarded = this.OPTION1(() => this.SUBRULE(this.guarded)) ?? { locations: [], invariant: null };
    return { kind: 'token', lock, index, ...guarded };
  });

  private readonly claim = this.RULE('claim', (): Bare => {
    const word = this.OR([
      { ALT: () => this.CONSUME(tokens.Claim) },
      { ALT: () => this.CONSUME(tokens.Give) },
      { ALT: () => this.CONSUME(tokens.Freeze) },
    ]);
    const token = this.SUBRULE(this.dottedName);
    const index =
      this.OPTION(() => {
        this.CONSUME(tokens.LeftBracket);
        const key = this.SUBRULE(this.expression);
        this.CONSUME(tokens.RightBracket);
        return key;
      }) ?? null;
    const condition =
      this.OPTION1(() => {
        this.CONSUME(tokens.If);
        return this.SUBRULE1(this.expression);
      }) ?? null;
    return { kind: word.image as 'claim', token, index, condition };
  });

  private readonly boundIndex = this.RULE('boundIndex', (): NameSyntax => {
    this.CONSUME(tokens.LeftBracket);
    const token = this.CONSUME(tokens.Identifier);
    this.CONSUME(tokens.RightBracket);
    return this.ACTION(() => this.nameOf(token));
  });

  private readonly guards = this.RULE('guards', (): Bare => {
    const lock = this.SUBRULE(this.dottedName);
    const index = this.OPTION(() => this.SUBRULE(this.boundIndex)) ?? null;
    return { kind: 'guards', lock, index, ...this.SUBRULE(this.guarded) };
  });

  private readonly guarded = this.RULE('guarded', (): Guarded => {
    this.CONSUME(tokens.Guards);
    const locations = [this.SUBRULE(this.location)];
    this.MANY(() => {
      this.CONSUME(tokens.Comma);
      locations.push(this.SUBRULE1(this.location));
    });
    const invariants: ClauseSyntax[] = [];
    this.MANY1(() => {
      this.CONSUME(tokens.Invariant);
      invariants.push(this.SUBRULE(this.clause));
    });
    return { locations, invariant: this.ACTION(() => allOf(invariants)) };
  });

  private readonly location = this.RULE('location', (): LocationSyntax => {
    const location = this.SUBRULE(this.expression);
    const where =
      this.OPTION(() => {
        this.CONSUME(tokens.Where);
        return this.SUBRULE1(this.expression);
      }) ?? null;
    return { location, where };
  });

  private readonly dottedName = this.RULE('dottedName', (): NameSyntax => {
    const first = this.CONSUME(tokens.Identifier);
    const parts = [first.image];
    this.MANY(() => {
      this.CONSUME(tokens.Dot);
      parts.push(this.CONSUME1(tokens.Identifier).image);
    });
    return this.ACTION(() => ({ name: parts.join('.'), span: this.since(first) }));
  });

  private readonly formula = this.RULE('formula', (): Bare => {
    const token = this.OR([
      { ALT: () => this.CONSUME(tokens.Invariant) },
      { ALT: () => this.CONSUME(tokens.Abstraction) },
      { ALT: () => this.CONSUME(tokens.Assert) },
      { ALT: () => this.CONSUME(tokens.Assume) },
      { ALT: () => this.CONSUME(tokens.Requires) },
      { ALT: () => this.CONSUME(tokens.Ensures) },
    ]);
    const clause = this.SUBRULE(this.clause);
    return { kind: token.image as 'invariant', clause };
  });

  private readonly crashInvariant = this.RULE('crashInvariant', (): Bare => {
    this.CONSUME(tokens.Crash);
    this.CONSUME(tokens.Invariant);
    return { kind: 'crashInvariant', clause: this.SUBRULE(this.clause) };
  });

  private readonly guarantee = this.RULE('guarantee', (): Bare => {
    this.CONSUME(tokens.Guarantee);
    const unless = this.OPTION(() => this.SUBRULE(this.unlessHolds)) ?? null;
    const condition =
      this.OPTION1(() => {
        this.CONSUME(tokens.While);
        const expression = this.SUBRULE(this.expression);
        this.CONSUME(tokens.Colon);
        return expression;
      }) ?? null;
    return { kind: 'guarantee', unless, condition, clause: this.SUBRULE(this.clause) };
  });

  private readonly unlessHolds = this.RULE('unlessHolds', (): NameSyntax => {
    this.CONSUME(tokens.Unless);
    this.CONSUME(tokens.Identifier);
    this.CONSUME(tokens.LeftParenthesis);
    this.CONSUME1(tokens.Identifier);
    this.CONSUME(tokens.Comma);
    const lock = this.SUBRULE(this.dottedName);
    this.CONSUME(tokens.RightParenthesis);
    return lock;
  });

  private readonly carries = this.RULE('carries', (): Bare => {
    this.CONSUME(tokens.Carries);
    const token = this.CONSUME(tokens.Identifier);
    this.CONSUME(tokens.Where);
    const clause = this.SUBRULE(this.clause);
    return this.ACTION(() => ({ kind: 'carries', value: this.nameOf(token), clause }));
  });

  private readonly decreases = this.RULE('decreases', (): Bare => {
    this.CONSUME(tokens.Decreases);
    return { kind: 'decreases', measures: this.SUBRULE(this.expressions) };
  });

  private readonly overflow = this.RULE('overflow', (): Bare => {
    const word = this.OR([{ ALT: () => this.CONSUME(tokens.No) }, { ALT: () => this.CONSUME(tokens.May) }]);
    this.CONSUME(tokens.Overflow);
    return { kind: 'overflow', word: word.image as 'no' };
  });
}

const parser = new AnnotationParser();

/**
 * Parses one group of annotations. `text` is a piece of the Go file in which everything that is not annotation is blanked, and
 * `origin` the position of its first character. Errors: an unknown word (with what it may mean), text that does not parse, an empty group.
 */
export function parseAnnotations(text: string, file: string, origin: Position): Result<readonly Directive[]> {
  const source = new SourceText(file, text, origin);
  const result = runParser(parser, source, annotationTokens(source), 'annotation', (input) =>
    parser.parse(source, input),
  );
  if (!result.ok || result.value.length > 0) return result;
  const span = source.span(0, text.length);
  return { ok: false, diagnostics: [{ code: 'annotation', message: 'this annotation is empty', span }] };
}

/** Several clauses as one: all of them hold. */
function allOf(clauses: readonly ClauseSyntax[]): ClauseSyntax | null {
  const [first, ...rest] = clauses;
  if (first === undefined) return null;
  return rest.reduce((left, right): ClauseSyntax => {
    const span = joinSpans(left.span, right.span);
    const expression: ExpressionSyntax = {
      kind: 'binary',
      operator: '&&',
      operatorSpan: right.span,
      left: left.expression,
      right: right.expression,
      span,
    };
    return { expression, text: `(${left.text}) && (${right.text})`, span };
  }, first);
}
