import { SyntaxProblem } from './problem.js';
import type { ParameterSyntax, ResultSyntax, TypeSyntax } from './syntax.js';
import { joinSpans } from './text.js';

/** One element of a parameter list as the grammar sees it: `a uint64`, or one of `a` and `uint64` alone. */
export interface Declarator {
  readonly first: TypeSyntax;
  readonly second: TypeSyntax | null;
}

/** Parameters with their names; a name without a type takes the next one, as in Go. */
export function parametersOf(list: readonly Declarator[]): readonly ParameterSyntax[] {
  let following: TypeSyntax | null = null;
  const parameters: ParameterSyntax[] = [];
  for (const { first, second } of [...list].reverse()) {
    if (first.kind !== 'name') throw new SyntaxProblem(first.span, 'expected the name of a parameter');
    following = second ?? following;
    if (following === null) throw new SyntaxProblem(first.span, `parameter '${first.name}' has no type`);
    parameters.push({ name: first.name, span: first.span, type: following });
  }
  return parameters.reverse();
}

/** Results: all named, or types alone. */
export function resultsOf(list: readonly Declarator[]): readonly ResultSyntax[] {
  if (list.every(({ second }) => second === null)) {
    return list.map(({ first }) => ({ name: null, type: first, span: first.span }));
  }
  return parametersOf(list).map(({ name, span, type }) => ({
    name: { name, span },
    type,
    span: joinSpans(span, type.span.start.offset > span.start.offset ? type.span : span),
  }));
}
