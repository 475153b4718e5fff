import type { PackageVariable, Variable } from './ast.js';
import { checkValues, fitValues } from './check-values.js';
import type { Fitted } from './check-values.js';
import type { Context } from './context.js';
import type { VariableGroup } from './initialisation.js';
import { lazy } from './lazy.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import type { GoType } from './type.js';

/** One `var` specification of a package. */
interface Specification {
  /** One for each variable, or one for all if a call initialises them. */
  readonly groups: readonly VariableGroup[];
  /** The variable of that position, checked when first asked for; null after a report. */
  readonly variable: (index: number) => PackageVariable | null;
}

/** Declares the variables of one specification; each is checked when it is first needed. */
export function packageVariables(context: Context, scope: Scope, spec: SyntaxNode): Specification {
  const nameNodes = spec.all('name');
  const valueNodes = spec.child('value')?.namedChildren ?? [];
  const annotations = context.annotationsOf(spec);
  const typeNode = spec.child('type');
  const typeOf = lazy<GoType>(
    () => (typeNode === null ? null : context.rules.type(context, scope, typeNode)),
    () => context.typeError(spec, 'the type of this variable depends on the variable'),
  );
  const isTogether = valueNodes.length === 1 && nameNodes.length > 1;
  const countsDiffer = valueNodes.length > 0 && !isTogether && valueNodes.length !== nameNodes.length;
  const names = nameNodes.map((node) => node.text);
  const groups: VariableGroup[] = isTogether
    ? [{ node: spec, variables: names, dependencies: new Set(), checked: null }]
    : nameNodes.map((node) => ({
        node,
        variables: [node.text],
        dependencies: new Set(),
        checked: null,
      }));
  const checkGroup = (group: VariableGroup, nodes: readonly SyntaxNode[], values: readonly SyntaxNode[]) =>
    lazy<readonly PackageVariable[]>(
      () => {
        const type = typeOf();
        if (typeNode !== null && type === null) return null;
        const outer = context.dependencies;
        context.dependencies = group.dependencies;
        const fitted = context.outsideFunctions(() =>
          values.length === 0 ? null : initialValues(context, scope, spec, values, nodes, type),
        );
        context.dependencies = outer;
        if (values.length > 0 && fitted === null) return null;
        return makeVariables(context, group, nodes, type, fitted, { annotations, span: spec.span });
      },
      () => context.typeError(spec, `the variable \`${group.variables[0] ?? ''}\` depends on itself`),
    );
  if (countsDiffer) {
    const report = lazy<never>(
      () =>
        context.typeError(spec, `${nameNodes.length} values are needed but there are ${valueNodes.length}`),
      () => null,
    );
    return { groups: [], variable: report };
  }
  const checks = groups.map((group, index) =>
    isTogether
      ? checkGroup(group, nameNodes, valueNodes)
      : checkGroup(group, nameNodes.slice(index, index + 1), valueNodes.slice(index, index + 1)),
  );
  const variable = (index: number): PackageVariable | null =>
    isTogether ? (checks[0]?.()?.[index] ?? null) : (checks[index]?.()?.[0] ?? null);
  return { groups, variable };
}

function initialValues(
  context: Context,
  scope: Scope,
  spec: SyntaxNode,
  valueNodes: readonly SyntaxNode[],
  nameNodes: readonly SyntaxNode[],
  type: GoType | null,
): Fitted | null {
  const values = checkValues(context, scope, valueNodes, nameNodes.length, spec);
  if (values === null) return null;
  const types = nameNodes.map(() => type);
  return fitValues(context, values, types, spec);
}

function makeVariables(
  context: Context,
  group: VariableGroup,
  nameNodes: readonly SyntaxNode[],
  type: GoType | null,
  fitted: Fitted | null,
  base: Pick<PackageVariable, 'annotations' | 'span'>,
): readonly PackageVariable[] | null {
  const variables: Variable[] = [];
  for (const [index, nameNode] of nameNodes.entries()) {
    const variableType = fitted?.types[index] ?? type;
    if (variableType === null) return null;
    variables.push(context.newVariable(nameNode.text, variableType, 'package', nameNode.span));
  }
  const value = fitted?.expressions[0] ?? null;
  group.checked = value === null ? null : { variables, value };
  return variables.map((variable) => ({ variable, initialiser: value, ...base }));
}
