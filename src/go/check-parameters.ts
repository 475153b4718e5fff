import type { Variable } from './ast.js';
import type { Context } from './context.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { containsLock } from './type-set.js';
import type { FunctionType, GoType } from './type.js';

/** One parameter or result. */
export interface Parameter {
  /** Null for one without a name. */
  readonly nameNode: SyntaxNode | null;
  readonly type: GoType;
  readonly at: SyntaxNode;
}

/** What stands between `func` and the body. */
export interface Signature {
  readonly parameters: readonly Parameter[];
  readonly variadic: boolean;
  readonly results: readonly Parameter[];
}

/** The parameters and results of a function, a method, a literal or a function type; null after a report. */
export function signatureOf(context: Context, scope: Scope, node: SyntaxNode): Signature | null {
  const parameterNode = node.required('parameters');
  const parameters = parameterList(context, scope, parameterNode);
  const resultNode = node.child('result');
  const results =
    resultNode === null
      ? []
      : resultNode.type === 'parameter_list'
        ? parameterList(context, scope, resultNode)
        : unnamedResult(context, scope, resultNode);
  if (parameters === null || results === null) return null;
  const variadicResult = resultNode?.ofType('variadic_parameter_declaration') ?? null;
  if (variadicResult !== null) return context.typeError(variadicResult, 'a result cannot be variadic');
  return {
    parameters,
    results,
    variadic: parameterNode.ofType('variadic_parameter_declaration') !== null,
  };
}

/** The signature as a type. */
export function parameterTypes(context: Context, scope: Scope, node: SyntaxNode): FunctionType | null {
  const signature = signatureOf(context, scope, node);
  if (signature === null) return null;
  const names = new Set<string>();
  for (const { nameNode } of [...signature.parameters, ...signature.results]) {
    if (nameNode === null || nameNode.text === '_') continue;
    if (names.has(nameNode.text)) {
      return context.report('name', nameNode, `\`${nameNode.text}\` is already a parameter`);
    }
    names.add(nameNode.text);
  }
  return {
    kind: 'function',
    parameters: signature.parameters.map((parameter) => parameter.type),
    results: signature.results.map((result) => result.type),
    variadic: signature.variadic,
  };
}

function unnamedResult(context: Context, scope: Scope, node: SyntaxNode): readonly Parameter[] | null {
  const type = parameterType(context, scope, node);
  return type === null ? null : [{ nameNode: null, type, at: node }];
}

function parameterType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const type = context.rules.type(context, scope, node);
  if (type === null) return null;
  context.later(() => {
    if (containsLock(type)) context.refuse('lockCopy', node);
  });
  return type;
}

function parameterList(context: Context, scope: Scope, node: SyntaxNode): readonly Parameter[] | null {
  const parameters: Parameter[] = [];
  const declarations = node.namedChildren;
  let valid = true;
  for (const declaration of declarations) {
    const typeNode = declaration.required('type');
    const isVariadic = declaration.type === 'variadic_parameter_declaration';
    if (isVariadic && (declaration !== declarations.at(-1) || declaration.all('name').length > 1)) {
      return context.typeError(declaration, 'only the last parameter can be variadic');
    }
    const element = parameterType(context, scope, typeNode);
    if (element === null) {
      valid = false;
      continue;
    }
    const type: GoType = isVariadic ? { kind: 'slice', element } : element;
    const nameNodes = declaration.all('name');
    if (nameNodes.length === 0) parameters.push({ nameNode: null, type, at: typeNode });
    for (const nameNode of nameNodes) parameters.push({ nameNode, type, at: nameNode });
  }
  const named = parameters.filter((parameter) => parameter.nameNode !== null).length;
  if (named > 0 && named < parameters.length) {
    return context.report('syntax', node, 'either all parameters have names or none has');
  }
  return valid ? parameters : null;
}

/** The variables of a signature. */
export function declareSignature(
  context: Context,
  { parameters, results }: Signature,
): {
  readonly parameters: readonly Variable[];
  readonly resultTypes: readonly GoType[];
  readonly results: readonly Variable[];
} {
  const make = (role: Variable['role']) => (parameter: Parameter) =>
    context.newVariable(parameter.nameNode?.text ?? '_', parameter.type, role, parameter.at.span);
  const named = results.some((result) => result.nameNode !== null);
  return {
    parameters: parameters.map(make('parameter')),
    resultTypes: results.map((result) => result.type),
    results: named ? results.map(make('result')) : [],
  };
}

/** Parameters and results as names of the body. */
export function declareParameterNames(context: Context, scope: Scope, variables: readonly Variable[]): void {
  for (const variable of variables) {
    if (variable.name === '_') continue;
    if (scope.own(variable.name) !== null) {
      context.report('name', variable.span, `\`${variable.name}\` is already a parameter`);
      continue;
    }
    scope.declare(variable.name, { kind: 'variable', resolve: () => variable, used: true }, variable.span);
  }
}
