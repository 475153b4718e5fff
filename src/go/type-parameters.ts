import { lazy } from './lazy.js';
import { constraintType } from './check-interface.js';
import type { Context } from './context.js';
import { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import type { GoType, TypeParameter } from './type.js';
import { ANY } from './universe.js';

/** Type parameters whose constraints are still to be looked at. */
export interface DeclaredParameters {
  readonly parameters: readonly TypeParameter[];
  /** Looks at the constraints; false after a report. */
  readonly check: () => boolean;
}

/** Declares type parameters; each constraint may mention all of them, and the type or function that they belong to. */
export function declareTypeParameters(context: Context, scope: Scope, list: SyntaxNode): DeclaredParameters {
  const pending: { readonly parameter: TypeParameter; readonly resolve: () => GoType | null }[] = [];
  let valid = true;
  for (const declaration of list.namedChildren) {
    const constraintNode = declaration.required('type');
    const resolve = lazy<GoType>(
      () => constraintType(context, scope, constraintNode),
      () => context.typeError(constraintNode, 'the constraint refers to itself'),
    );
    for (const nameNode of declaration.all('name')) {
      const parameter = context.newTypeParameter(nameNode.text, () => resolve() ?? ANY);
      if (scope.own(nameNode.text) !== null) {
        context.report('name', nameNode, `\`${nameNode.text}\` is already declared`);
        valid = false;
      }
      scope.declare(nameNode.text, { kind: 'type', resolve: () => parameter }, nameNode.span);
      pending.push({ parameter, resolve });
    }
  }
  return {
    parameters: pending.map(({ parameter }) => parameter),
    check: () => {
      const found = pending.map(({ resolve }) => resolve());
      return valid && found.every((each) => each !== null);
    },
  };
}
