import type { Span } from '../base/source.js';
import type {
  Expression,
  FunctionDeclaration,
  GoPackage,
  GoType,
  PackageVariable,
  Statement,
  Variable,
} from '../go/index.js';
import { allStatements, identicalTypes, isError, isExported, replaced, underlying } from '../go/index.js';
import type { MakingStatement, Return } from './constructor-returns.js';
import { makingOf } from './constructor-returns.js';
import { Directives } from './directives.js';
import { importedPackages } from './program.js';
import { Reports } from './reports.js';

/** The constructor of a package, taken apart. */
interface Constructor {
  readonly declaration: FunctionDeclaration;
  /** What it makes is of the type that this points to. */
  readonly result: GoType & { readonly kind: 'pointer' };
  readonly making: MakingStatement;
}

/**
 * A boot function that returns a pointer to a struct is a constructor: what it makes is the one value that the operations are methods of, and
 * so as good as a package variable. `func Open() *Log { l := &Log{}; ...; return l }` is taken for
 * `var l *Log` and `func Open() { l = &Log{}; ... }`. With an error as a second result `return nil, err` becomes `return err`, and
 * `return l, nil` becomes `return nil`. Any other package is returned as it is.
 */
export function withConstructed(goPackage: GoPackage, reports: Reports): GoPackage {
  const declaration = goPackage.functions.find(isBoot);
  const [result, second, third] = declaration?.resultTypes ?? [];
  if (declaration === undefined || result?.kind !== 'pointer') return goPackage;
  if (underlying(result.element).kind !== 'struct') return goPackage;
  if (third !== undefined || (second !== undefined && !isError(second))) {
    reports.unsupported(
      'a constructor with several results',
      declaration.nameSpan,
      'Let it return the value, alone or with an `error`.',
    );
    return goPackage;
  }
  const constructor = takeApart(declaration, result, reports);
  if (constructor === null) return goPackage;
  const made = madeVariable(constructor, goPackage, reports);
  if (made === null || !isClosed(constructor, goPackage, reports)) return goPackage;
  return {
    ...goPackage,
    variables: [...goPackage.variables, made],
    functions: goPackage.functions.map((each) =>
      each === declaration ? rewritten(constructor, made.variable) : each,
    ),
  };
}

/** Whatever is wrong with the annotations is reported when they are read for good. */
function isBoot({ annotations, receiver }: FunctionDeclaration): boolean {
  if (receiver !== null || annotations.length === 0) return false;
  return new Directives(new Reports()).all(annotations).some(({ kind }) => kind === 'boot');
}

function takeApart(
  declaration: FunctionDeclaration,
  result: GoType & { readonly kind: 'pointer' },
  reports: Reports,
): Constructor | null {
  const deferring = declaration.body.statements.flatMap(allStatements).find(({ kind }) => kind === 'defer');
  if (declaration.results.length > 0 && deferring !== undefined) {
    reports.unsupported(
      'a constructor with named results and `defer`',
      deferring.span,
      'What is deferred could change what it returns: leave the names out.',
    );
    return null;
  }
  const making = makingOf(declaration);
  if ('statement' in making) return { declaration, result, making };
  const mayFail = declaration.resultTypes.length > 1;
  reports.unsupported(
    `this way to return what ${declaration.fullName} makes`,
    making,
    mayFail
      ? 'Make it with `x := &T{...}` at the top of the function, return it with `return x, nil`, and errors with `return nil, err`.'
      : 'Make it with `x := &T{...}` at the top of the function, and return it with `return x`.',
  );
  return null;
}

/** No other variable has this: the checker counts from 0. */
const MADE_ID = -1;

/** The package variable that stands for what the constructor makes; null, and a report, if there is something like it. */
function madeVariable(
  constructor: Constructor,
  goPackage: GoPackage,
  reports: Reports,
): PackageVariable | null {
  const { result, declaration, making } = constructor;
  const { local } = making;
  const { element } = result;
  const other = goPackage.variables.find(({ variable: { type } }) =>
    [element, result].some((each) => identicalTypes(type, each)),
  );
  const name = local?.name ?? nameFor(element);
  const span = local?.span ?? making.statement.span;
  if (other !== undefined) {
    reports.add(
      'implementation',
      `${declaration.fullName} makes a value of a type that the package variable ${other.variable.name} has, too`,
      span,
      'Let the function assign to that variable and return nothing, or remove the variable.',
    );
    return null;
  }
  const names = [...goPackage.variables.map(({ variable }) => variable), ...goPackage.constants];
  if (names.some((each) => each.name === name)) {
    reports.add(
      'name',
      `${name} is a package variable or a constant as well`,
      span,
      'Annotations could not tell them apart: rename one.',
    );
    return null;
  }
  const variable: Variable = { id: MADE_ID, name, type: result, role: 'package', span };
  return { variable, initialiser: null, annotations: [], span };
}

/** Callers have the value in their hands: all that they may do with it is to call operations. Nobody imports a program. */
function isClosed({ result, declaration }: Constructor, goPackage: GoPackage, reports: Reports): boolean {
  const visible = goPackage.name === 'main' ? null : visibleIn(result.element, goPackage, true);
  if (visible === null) return true;
  reports.add(
    'implementation',
    `callers of ${declaration.fullName} can use ${visible.name} of what it makes`,
    visible.span,
    'Give fields names that begin with a small letter, and embed nothing with fields or methods that other packages can use.',
  );
  return false;
}

interface Visible {
  readonly name: string;
  readonly span: Span;
}

/** A field, or a method of an embedded type, that other packages can use of a value; null: there is none. */
function visibleIn(type: GoType, goPackage: GoPackage, isOuter: boolean): Visible | null {
  const base = type.kind === 'pointer' ? type.element : type;
  const method = isOuter ? undefined : methodsOf(base, goPackage).find(({ exported }) => exported);
  if (method !== undefined) return { name: method.fullName, span: method.nameSpan };
  const plain = underlying(base);
  if (plain.kind === 'interface' && !isOuter)
    return plain.methods.find(({ name }) => isExported(name)) ?? null;
  if (plain.kind !== 'struct') return null;
  for (const field of plain.fields) {
    if (isExported(field.name)) return field;
    const inside = field.embedded ? visibleIn(field.type, goPackage, false) : null;
    if (inside !== null) return { name: inside.name, span: field.span };
  }
  return null;
}

function methodsOf(type: GoType, goPackage: GoPackage): readonly FunctionDeclaration[] {
  return [goPackage, ...importedPackages(goPackage)]
    .flatMap(({ functions }) => functions)
    .filter(({ receiver }) => {
      if (receiver === null) return false;
      const own = receiver.type.kind === 'pointer' ? receiver.type.element : receiver.type;
      return identicalTypes(own, type);
    });
}

/** `log` for `Log`: what annotations and reports call a value that has no name in the code. */
function nameFor(type: GoType): string {
  const name = type.kind === 'named' ? type.declaration.name : 'it';
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function rewritten(constructor: Constructor, variable: Variable): FunctionDeclaration {
  const { declaration, making } = constructor;
  const { statement, position, value, local } = making;
  const { statements } = declaration.body;
  const { span, text, annotations } = statement;
  const place: Expression = { kind: 'variable', variable, type: variable.type, span };
  const base = { span, text };
  const assignment: Statement = {
    ...base,
    annotations,
    kind: 'assign',
    targets: [{ kind: 'place', place, span }],
    values: [value],
  };
  const alias: Statement | null =
    local === null
      ? null
      : {
          ...base,
          annotations: [],
          kind: 'assign',
          targets: [{ kind: 'declare', variable: local, span: local.span }],
          values: [place],
        };
  const [, error] = declaration.results;
  const declared: readonly Statement[] =
    error === undefined
      ? []
      : [
          {
            span: error.span,
            text: `var ${error.name} error`,
            annotations: [],
            kind: 'declare',
            variables: [error],
          },
        ];
  const end = (each: Statement): readonly Statement[] | null =>
    each.kind === 'return' ? [withoutValue(each)] : null;
  const own = statement.kind === 'return' ? [withoutValue(statement)] : [];
  return {
    ...declaration,
    resultTypes: declaration.resultTypes.slice(1),
    results: [],
    body: {
      ...declaration.body,
      statements: [
        ...declared,
        ...replaced(statements.slice(0, position), end),
        assignment,
        ...(alias === null ? own : [alias]),
        ...replaced(statements.slice(position + 1), end),
      ],
    },
  };
}

/** The `return` with what is left of its values: the error, if there is one. */
function withoutValue(statement: Return): Return {
  const values = statement.values.slice(1);
  return { ...statement, values, bare: values.length === 0 };
}
