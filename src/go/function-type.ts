import type { FunctionType, GoType } from './type.js';

/** The type of a function, without its receiver. */
export function functionType(declaration: {
  readonly parameters: readonly { readonly type: GoType }[];
  readonly resultTypes: readonly GoType[];
  readonly variadic: boolean;
}): FunctionType {
  return {
    kind: 'function',
    parameters: declaration.parameters.map((parameter) => parameter.type),
    results: declaration.resultTypes,
    variadic: declaration.variadic,
  };
}
