import type { Span } from '../base/source.js';
import type { Expression, FunctionDeclaration, Statement, Variable } from '../go/index.js';
import { allStatements, expressionsOf, isError, operandsOf, placesOf } from '../go/index.js';
import { reassignedIn } from './assigned.js';

export type Return = Statement & { readonly kind: 'return' };

/** What a `return` of a constructor gives: the value, or an error in its place. */
export type Outcome =
  | { readonly kind: 'made'; readonly value: Expression }
  | { readonly kind: 'failed'; readonly error: Expression };

/** The statement that makes what a constructor returns. */
export interface MakingStatement {
  readonly statement: Statement;
  /** Its place among the statements of the body. */
  readonly position: number;
  readonly value: Expression;
  /** `l` in `l := &Log{}`; null in `return &Log{}`. */
  readonly local: Variable | null;
}

/** The `return`s of a function itself: those of function literals are no part of it. */
export function returnsOf(statements: readonly Statement[]): readonly Return[] {
  return statements.flatMap(allStatements).filter((each) => each.kind === 'return');
}

/** What a `return` gives, of a function whose results are a pointer and perhaps an error; null: that depends on what happens. */
export function outcomeOf(
  { values, bare }: Return,
  { results, resultTypes }: FunctionDeclaration,
): Outcome | null {
  const mayFail = isError(resultTypes[1]);
  const [value, error] = values;
  if (bare) return mayFail ? null : named(results[0]);
  if (value === undefined || values.length !== resultTypes.length) return null;
  if (error === undefined || error.kind === 'nil') return { kind: 'made', value };
  return value.kind === 'nil' ? { kind: 'failed', error } : null;
}

function named(variable: Variable | undefined): Outcome | null {
  if (variable === undefined) return null;
  const { type, span } = variable;
  return { kind: 'made', value: { kind: 'variable', variable, type, span } };
}

/** How the constructor makes what it returns; where it does so in no way that is understood, the place of what is not. */
export function makingOf(declaration: FunctionDeclaration): MakingStatement | Span {
  const { statements } = declaration.body;
  const returns = returnsOf(statements);
  const unclear = returns.find((each) => outcomeOf(each, declaration) === null);
  if (unclear !== undefined) return unclear.span;
  const made = returns.flatMap((each) => {
    const outcome = outcomeOf(each, declaration);
    return outcome?.kind === 'made' ? [{ statement: each, value: outcome.value }] : [];
  });
  const [first, ...others] = made;
  if (first === undefined) return declaration.nameSpan;
  const { value, statement } = first;
  if (others.length === 0 && statement === statements.at(-1) && makes(value))
    return { statement, position: statements.length - 1, value, local: null };
  const plain = made.find((each) => each.value.kind !== 'variable');
  if (value.kind !== 'variable' || plain !== undefined) return (plain ?? first).statement.span;
  const { variable } = value;
  const other = others.find((each) => each.value.kind !== 'variable' || each.value.variable !== variable);
  if (other !== undefined) return other.statement.span;
  return (
    makingOfVariable(
      variable,
      declaration,
      made.map((each) => each.statement),
    ) ?? statement.span
  );
}

/** The one statement that gives the variable its value, which all returns follow that return it. */
function makingOfVariable(
  variable: Variable,
  { body, results }: FunctionDeclaration,
  returns: readonly Statement[],
): MakingStatement | null {
  const position = body.statements.findIndex((each) => assignedBy(each) === variable);
  const statement = body.statements[position];
  const value = statement?.kind === 'assign' ? statement.values[0] : undefined;
  if (statement === undefined || value === undefined || !makes(value)) return null;
  const before = body.statements.slice(0, position);
  const others = body.statements.filter((each) => each !== statement);
  const isChanged = reassignedIn({ ...body, statements: others }).has(variable);
  const isEarly = before.flatMap(allStatements).some((each) => returns.includes(each));
  const isDeclaredBefore = results.includes(variable);
  if (isChanged || isEarly || (isDeclaredBefore && before.some((each) => mentions(each, variable))))
    return null;
  return { statement, position, value, local: variable };
}

/** Whether a value is new memory: `&T{...}` or `new(T)`. */
function makes(value: Expression): boolean {
  return value.kind === 'new' || (value.kind === 'address' && value.place.kind === 'composite');
}

/** The one variable that a statement declares with a value, or assigns. */
function assignedBy(statement: Statement): Variable | null {
  if (statement.kind !== 'assign' || statement.targets.length !== 1) return null;
  const [target] = statement.targets;
  if (target?.kind === 'declare') return target.variable;
  return target?.kind === 'place' && target.place.kind === 'variable' ? target.place.variable : null;
}

function mentions(statement: Statement, variable: Variable): boolean {
  const isIn = (expression: Expression): boolean =>
    (expression.kind === 'variable' && expression.variable === variable) ||
    (expression.kind === 'closure' &&
      expression.function.body.statements.some((each) => mentions(each, variable))) ||
    operandsOf(expression).some(isIn);
  return allStatements(statement).some((each) => [...placesOf(each), ...expressionsOf(each)].some(isIn));
}
