import type { Span } from '../base/source.js';
import type { Annotation, Expression, FunctionDeclaration, GoPackage, Statement } from '../go/index.js';
import { allStatements, blocksOf, expressionsOf, operandsOf, placesOf } from '../go/index.js';
import { parseAnnotations } from '../layer/index.js';
import type { Directive } from '../layer/index.js';
import type { Reports } from './reports.js';

/** Parses annotations, each once, and remembers which directives were put to use: the others are errors. */
export class Directives {
  private readonly parsed = new Map<Annotation, readonly Directive[]>();
  private readonly used = new Set<Directive>();

  constructor(private readonly reports: Reports) {}

  of(annotation: Annotation): readonly Directive[] {
    const known = this.parsed.get(annotation);
    if (known !== undefined) return known;
    const result = parseAnnotations(annotation.text, annotation.span.file, annotation.start);
    if (!result.ok) this.reports.addAll(result.diagnostics);
    const directives = result.ok ? result.value : [];
    this.parsed.set(annotation, directives);
    return directives;
  }

  all(annotations: readonly Annotation[]): readonly Directive[] {
    return annotations.flatMap((annotation) => this.of(annotation));
  }

  use(directive: Directive): void {
    this.used.add(directive);
  }

  /** Every directive of the package, wherever it stands. */
  everywhere(goPackage: GoPackage): readonly Directive[] {
    return goPackage.files.flatMap(({ annotations }) => this.all(annotations));
  }

  /**
   * Reports every directive of the package that nothing used. `isRun`: whether this is code of the system; annotations of statements in other functions
   * are about nothing that runs.
   */
  reportUnused(goPackage: GoPackage, isRun: (span: Span) => boolean): void {
    const sites = annotationSites(goPackage);
    const placed = new Set(sites.flatMap(({ annotations }) => annotations));
    const others = goPackage.files.flatMap(({ annotations }) =>
      annotations.filter((each) => !placed.has(each)),
    );
    for (const site of [...sites, { annotations: others, place: 'here', ...OUTSIDE }]) {
      const { annotations, place, statement, around } = site;
      const isIdle = around !== null && !isRun(around);
      for (const directive of this.all(annotations)) {
        if (this.used.has(directive) || (isIdle && fits(directive, statement))) continue;
        this.reports.add(
          'annotation',
          `\`${keyword(directive)}\` does not belong ${place}`,
          directive.span,
          PLACES[directive.kind],
        );
      }
    }
  }
}

/** Of statements: above a loop, or as the first thing in its body. */
const LOOP_CLAUSES: ReadonlySet<Directive['kind']> = new Set(['invariant', 'decreases', 'retry']);
const STATEMENT_DIRECTIVES: ReadonlySet<Directive['kind']> = new Set([
  'claim',
  'give',
  'freeze',
  'carries',
  'assert',
  'assume',
  'commit',
  'help',
]);

/** Whether a directive may stand at a statement, in code that runs. */
function fits({ kind }: Directive, statement: Site['statement']): boolean {
  if (statement === null) return false;
  return STATEMENT_DIRECTIVES.has(kind) || (statement.isLoop && LOOP_CLAUSES.has(kind));
}

/** Where each directive belongs. */
const PLACES: Readonly<Record<Directive['kind'], string>> = {
  refines: 'It stands alone in the file: leave a blank line below it.',
  op: 'It belongs above a function.',
  recovery: 'It belongs above a function.',
  initialisation: 'It belongs above a function.',
  boot: 'It belongs above a function.',
  parameter: 'It belongs to a package-level constant of an integer type.',
  token: 'It stands alone in the file: leave a blank line below it.',
  claim: 'It belongs above a statement in code that an operation runs.',
  give: 'It belongs above a statement in code that an operation runs.',
  freeze: 'It belongs above a statement in code that an operation runs.',
  guards:
    'It belongs above the declaration of the lock, or alone in the file; in the declaration of a struct if package variables have such a struct.',
  invariant: 'It stands alone in the file (leave a blank line below it), or above or at the start of a loop.',
  abstraction: 'It stands alone in the file: leave a blank line below it.',
  crashInvariant: 'It stands alone in the file: leave a blank line below it.',
  guarantee: 'It stands alone in the file: leave a blank line below it.',
  decreases: 'It belongs above a helper function, or above or at the start of a loop.',
  carries: 'It belongs above the `make` of one channel in code that an operation runs.',
  requires: 'It belongs above a helper function.',
  ensures: 'It belongs above a helper function.',
  retry: 'It belongs above or at the start of a loop.',
  overflow: '`no overflow` belongs above a function, or alone in the file; `may overflow` above a function.',
  assert: 'It belongs above a statement in code that an operation runs.',
  assume: 'It belongs above a statement in code that an operation runs.',
  commit: 'It belongs above a statement in code that an operation runs.',
  help: 'It belongs above a statement in code that an operation runs.',
  opaque: 'It is not supported yet: remove it.',
  trusted: 'It is not supported yet: remove it.',
};

/** The word that the user wrote. */
export function keyword(directive: Directive): string {
  if (directive.kind === 'overflow') return `${directive.word} overflow`;
  return directive.kind === 'crashInvariant' ? 'crash invariant' : directive.kind;
}

/** Something that annotations are attached to. */
interface Site {
  readonly annotations: readonly Annotation[];
  readonly place: string;
  /** Null: it is no statement. */
  readonly statement: { readonly isLoop: boolean } | null;
  /** The function that a statement stands in; null: it is no statement. */
  readonly around: Span | null;
}

const OUTSIDE = { statement: null, around: null } as const;

/** What annotations that may be of use are attached to. */
function annotationSites(goPackage: GoPackage): readonly Site[] {
  return [
    { annotations: goPackage.annotations, place: 'alone in a file', ...OUTSIDE },
    ...goPackage.constants.map((each) => ({
      annotations: each.annotations,
      place: `to the constant ${each.name}`,
      ...OUTSIDE,
    })),
    ...[...goPackage.types, ...goPackage.genericTypes].map((each) => ({
      annotations: each.annotations,
      place: `to the type ${each.name}`,
      ...OUTSIDE,
    })),
    ...goPackage.variables.flatMap(({ variable, annotations, initialiser }) => [
      { annotations, place: `to the variable ${variable.name}`, ...OUTSIDE },
      ...(initialiser === null ? [] : closureSites(initialiser, variable.name)),
    ]),
    ...[...goPackage.functions, ...goPackage.genericFunctions, ...goPackage.initFunctions].flatMap((each) => [
      { annotations: each.annotations, place: `to the function ${each.fullName}`, ...OUTSIDE },
      ...bodySites(each, each.fullName),
    ]),
  ];
}

function bodySites(
  { body, span }: Pick<FunctionDeclaration, 'body' | 'span'>,
  name: string,
): readonly Site[] {
  return body.statements.flatMap((each) => statementSites(each, name, span));
}

function statementSites(statement: Statement, name: string, around: Span): readonly Site[] {
  return allStatements(statement).flatMap((each, _index, all) => [
    {
      annotations: each.annotations,
      place: `here in ${name}`,
      statement: { isLoop: isLoop(each) || all.some((loop) => isLoop(loop) && opensBody(loop, each)) },
      around,
    },
    ...[...expressionsOf(each), ...placesOf(each)].flatMap((expression) => closureSites(expression, name)),
  ]);
}

function isLoop({ kind }: Statement): boolean {
  return kind === 'for' || kind === 'range';
}

function opensBody(loop: Statement, statement: Statement): boolean {
  return blocksOf(loop).some(({ statements }) => statements[0] === statement);
}

function closureSites(expression: Expression, name: string): readonly Site[] {
  return [
    ...(expression.kind === 'closure' ? bodySites(expression.function, name) : []),
    ...operandsOf(expression).flatMap((each) => closureSites(each, name)),
  ];
}
