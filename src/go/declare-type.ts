import { declareName } from './check-declare.js';
import { declareTypeParameters } from './type-parameters.js';
import type { Context } from './context.js';
import { DeclaredType } from './declared-type.js';
import { lazy } from './lazy.js';
import { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import type { GoType } from './type.js';
import { checkValid } from './valid-type.js';

/** Looks at the declaration; the declared type, or null for an alias or after a report. */
type TypeResolver = () => DeclaredType | null;

/**
 * Declares a type or an alias: the name in `nameScope`, what it is defined as seen from `scope`. The result looks at the definition, as
 * must be done when all names are declared.
 */
export function declareType(
  context: Context,
  nameScope: Scope,
  scope: Scope,
  spec: SyntaxNode,
): TypeResolver | null {
  const nameNode = spec.required('name');
  const parameterNode = spec.child('type_parameters');
  if (spec.type === 'type_alias') {
    if (parameterNode !== null) return context.refuse('genericAlias', parameterNode);
    return declareAlias(context, nameScope, scope, spec, nameNode);
  }
  if (parameterNode !== null && context.isInFunction) return context.refuse('localGeneric', parameterNode);
  const inner = new Scope(scope);
  const declared: DeclaredType = new DeclaredType(
    {
      name: nameNode.text,
      packagePath: context.identity.path,
      packageName: context.identity.name,
      local: context.isInFunction,
      annotations: context.annotationsOf(spec),
      span: spec.span,
    },
    () => definition(context, inner, spec, declared),
    () => context.typeError(nameNode, `the type \`${nameNode.text}\` contains itself`),
  );
  // Type parameters are known with the name: receivers and instances ask for them, and the constraints may mention the type.
  const parameters = parameterNode === null ? null : declareTypeParameters(context, inner, parameterNode);
  declared.typeParameters = parameters?.parameters ?? [];
  declareName(context, nameScope, nameNode, { kind: 'type', resolve: () => declared.type });
  const { isInFunction } = context;
  return () => {
    if (parameters?.check() === false) declared.invalidate();
    const { underlying } = declared;
    if (isInFunction && underlying.kind !== 'tuple') checkValid(context, declared, nameNode);
    return declared.invalid ? null : declared;
  };
}

function definition(context: Context, scope: Scope, spec: SyntaxNode, declared: DeclaredType): GoType | null {
  const typeNode = spec.required('type');
  const type = context.rules.anyType(context, scope, typeNode);
  if (type?.kind !== 'parameter') return type;
  return context.typeError(typeNode, `a type parameter cannot be the definition of \`${declared.name}\``);
}

function declareAlias(
  context: Context,
  nameScope: Scope,
  scope: Scope,
  spec: SyntaxNode,
  nameNode: SyntaxNode,
): TypeResolver {
  const annotations = context.annotationsOf(spec);
  for (const annotation of annotations) {
    context.report('annotation', annotation.span, 'an annotation cannot belong to an alias of a type');
  }
  const resolve = lazy<GoType>(
    () => context.rules.anyType(context, scope, spec.required('type')),
    () => context.typeError(nameNode, `the alias \`${nameNode.text}\` refers to itself`),
  );
  // Inside a function, the alias is not visible in its own definition.
  if (context.isInFunction) resolve();
  declareName(context, nameScope, nameNode, { kind: 'type', resolve });
  return () => {
    resolve();
    return null;
  };
}
