import type { ConstantDeclaration } from './ast.js';
import type { Expression } from './expression.js';
import { declareName, LITERAL_NAMES } from './check-declare.js';
import { assignableTo } from './check-conversion.js';
import { value } from './check-value.js';
import type { Context } from './context.js';
import { lazy } from './lazy.js';
import { Scope } from './scope.js';
import type { ConstantMeaning } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { UNTYPED_INT, underlying } from './type.js';
import { showGoType } from './type-text.js';

interface Written {
  readonly type: SyntaxNode | null;
  readonly values: readonly SyntaxNode[];
}

/** A constant that has been declared; null where its declaration has an error. */
type ConstantResolver = () => ConstantDeclaration | null;

/**
 * Declares the constants of one declaration in the scope; `iota` counts its specifications, and a specification without
 * values repeats the one before. Local constants are resolved at once (and not visible in their own values).
 */
export function declareConstants(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  local: boolean,
  nameScope: Scope = scope,
): readonly ConstantResolver[] {
  const resolvers: ConstantResolver[] = [];
  let written: Written | null = null;
  for (const [iota, spec] of node.namedChildren.entries()) {
    const valueNode = spec.child('value');
    if (valueNode !== null) written = { type: spec.child('type'), values: valueNode.namedChildren };
    const names = spec.all('name');
    if (written === null || written.values.length !== names.length) {
      context.typeError(
        spec,
        `${names.length} values are needed but there are ${written?.values.length ?? 0}`,
      );
    }
    const inner = new Scope(scope);
    inner.declare('iota', iotaEntity(iota), null);
    const annotations = context.annotationsOf(spec);
    const pending = names.map((nameNode, index) => {
      if (LITERAL_NAMES.has(nameNode.text)) context.refuse('literalName', nameNode);
      const valueOf = written?.values[index] ?? null;
      const type = written?.type ?? null;
      const make = lazy(
        () =>
          resolveConstant(context, inner, {
            nameNode,
            typeNode: type,
            valueNode: valueOf,
            local,
            annotations,
          }),
        () => context.typeError(nameNode, `the value of \`${nameNode.text}\` depends on itself`),
      );
      if (local) make();
      return { nameNode, make };
    });
    for (const { nameNode, make } of pending) {
      declareName(context, nameScope, nameNode, { kind: 'constant', resolve: () => meaning(make()) });
      resolvers.push(make);
    }
  }
  return resolvers;
}

function iotaEntity(iota: number): { readonly kind: 'constant'; readonly resolve: () => ConstantMeaning } {
  return {
    kind: 'constant',
    resolve: () => ({
      reference: { kind: 'predeclared', name: 'iota' },
      type: UNTYPED_INT,
      value: BigInt(iota),
    }),
  };
}

function meaning(constant: ConstantDeclaration | null): ConstantMeaning | null {
  if (constant === null) return null;
  return { reference: { kind: 'declared', constant }, type: constant.type, value: constant.value };
}

interface Specification {
  readonly nameNode: SyntaxNode;
  readonly typeNode: SyntaxNode | null;
  readonly valueNode: SyntaxNode | null;
  readonly local: boolean;
  readonly annotations: ConstantDeclaration['annotations'];
}

function resolveConstant(
  context: Context,
  scope: Scope,
  { nameNode, typeNode, valueNode, local, annotations }: Specification,
): ConstantDeclaration | null {
  if (valueNode === null) return null;
  const type = typeNode === null ? null : context.rules.type(context, scope, typeNode);
  const given = value(context, scope, valueNode);
  if (given === null || (typeNode !== null && type === null)) return null;
  if (given.constant === undefined) {
    return context.typeError(valueNode, `the value of \`${nameNode.text}\` is not a constant`);
  }
  if (type !== null && typeNode !== null && !/^(bool|integer|string)$/.test(underlying(type).kind)) {
    return context.typeError(typeNode, `a constant cannot have the type ${showGoType(type)}`);
  }
  const expression: Expression | null =
    type === null ? given : assignableTo(context, given, type, 'a constant declaration');
  if (expression?.constant === undefined) return null;
  const { constant } = expression;
  return {
    name: nameNode.text,
    type: expression.type,
    value: constant,
    expression,
    local,
    annotations,
    span: nameNode.span,
  };
}
