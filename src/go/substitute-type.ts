import { declaredType } from './declared-type.js';
import type { Instances } from './instances.js';
import type { FunctionType, GoType, InterfaceType, TypeParameter } from './type.js';

/** What type parameters stand for. */
export interface Binding {
  readonly parameters: ReadonlyMap<number, GoType>;
  /** Types declared inside of a generic function: each instance of it has its own. */
  readonly local?: (type: Extract<GoType, { kind: 'named' }>) => GoType | null;
}

export function bindParameters(
  parameters: readonly TypeParameter[],
  typeArguments: readonly GoType[],
): Binding {
  const bound = new Map<number, GoType>();
  parameters.forEach((parameter, index) => {
    const argument = typeArguments[index];
    if (argument !== undefined) bound.set(parameter.id, argument);
  });
  return { parameters: bound };
}

/** The type with what its type parameters stand for. */
export function substituteType(type: GoType, binding: Binding, instances: Instances): GoType {
  const inner = (each: GoType): GoType => substituteType(each, binding, instances);
  switch (type.kind) {
    case 'bool':
    case 'string':
    case 'integer':
    case 'untyped':
    case 'mutex':
    case 'sync':
    case 'machine':
      return type;
    case 'parameter':
      return binding.parameters.get(type.id) ?? type;
    case 'named': {
      const declared = declaredType(type);
      if (declared.origin !== null) return instances.type(declared.origin, declared.typeArguments.map(inner));
      return binding.local?.(type) ?? type;
    }
    case 'struct':
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: inner(field.type) })) };
    case 'array':
    case 'slice':
    case 'pointer':
    case 'channel':
      return { ...type, element: inner(type.element) };
    case 'map':
      return { ...type, key: inner(type.key), value: inner(type.value) };
    case 'tuple':
      return { ...type, elements: type.elements.map(inner) };
    case 'function':
      return substituteSignature(type, inner);
    case 'interface':
      return substituteInterface(type, inner);
  }
}

function substituteSignature(type: FunctionType, inner: (type: GoType) => GoType): FunctionType {
  return { ...type, parameters: type.parameters.map(inner), results: type.results.map(inner) };
}

/** Looked at when needed: an interface may refer to itself through its methods. */
function substituteInterface(type: InterfaceType, inner: (type: GoType) => GoType): InterfaceType {
  if (type.methods.length === 0 && type.terms === null) return type;
  let methods: InterfaceType['methods'] | null = null;
  let terms: InterfaceType['terms'] | undefined;
  return {
    kind: 'interface',
    comparable: type.comparable,
    get methods() {
      methods ??= type.methods.map((each) => ({ ...each, type: substituteSignature(each.type, inner) }));
      return methods;
    },
    get terms() {
      if (terms === undefined) {
        terms = type.terms?.map((each) => ({ ...each, type: inner(each.type) })) ?? null;
      }
      return terms;
    },
  };
}

/** Some type parameter occurs in the type. */
export function hasTypeParameter(type: GoType): boolean {
  switch (type.kind) {
    case 'bool':
    case 'string':
    case 'integer':
    case 'untyped':
    case 'mutex':
    case 'sync':
    case 'machine':
      return false;
    case 'parameter':
      return true;
    case 'named': {
      const declared = declaredType(type);
      return declared.typeArguments.some(hasTypeParameter);
    }
    case 'struct':
      return type.fields.some((field) => hasTypeParameter(field.type));
    case 'array':
    case 'slice':
    case 'pointer':
    case 'channel':
      return hasTypeParameter(type.element);
    case 'map':
      return hasTypeParameter(type.key) || hasTypeParameter(type.value);
    case 'tuple':
      return type.elements.some(hasTypeParameter);
    case 'function':
      return type.parameters.some(hasTypeParameter) || type.results.some(hasTypeParameter);
    case 'interface':
      return (
        type.methods.some((method) => hasTypeParameter(method.type)) ||
        (type.terms?.some((term) => hasTypeParameter(term.type)) ?? false)
      );
  }
}
