import { declaredType } from './declared-type.js';
import type { Instances } from './instances.js';
import type { FunctionType, GoType, InterfaceType, TypeParameter, WrittenInterface } from './type.js';

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
  const { written } = type;
  let methods: InterfaceType['methods'] | null = null;
  let terms: InterfaceType['terms'] | undefined;
  return {
    kind: 'interface',
    comparable: type.comparable,
    ...(written === undefined ? {} : { written: substituteWritten(written, inner) }),
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

function substituteWritten(written: WrittenInterface, inner: (type: GoType) => GoType): WrittenInterface {
  return {
    methods: written.methods.map((each) => ({ ...each, type: substituteSignature(each.type, inner) })),
    elements: written.elements.map((terms) => terms.map((each) => ({ ...each, type: inner(each.type) }))),
  };
}

/** Some type parameter occurs in the type. */
export function hasTypeParameter(type: GoType): boolean {
  return typeParametersIn(type).size > 0;
}

/** The type parameters that occur in the type. */
export function typeParametersIn(type: GoType): ReadonlySet<number> {
  const found = new Set<number>();
  collectParameters(type, found);
  return found;
}

function collectParameters(type: GoType, found: Set<number>): void {
  const all = (types: readonly GoType[]): void => {
    for (const each of types) collectParameters(each, found);
  };
  switch (type.kind) {
    case 'bool':
    case 'string':
    case 'integer':
    case 'untyped':
    case 'mutex':
    case 'sync':
    case 'machine':
      return;
    case 'parameter':
      found.add(type.id);
      return;
    case 'named':
      all(declaredType(type).typeArguments);
      return;
    case 'struct':
      all(type.fields.map((field) => field.type));
      return;
    case 'array':
    case 'slice':
    case 'pointer':
    case 'channel':
      collectParameters(type.element, found);
      return;
    case 'map':
      all([type.key, type.value]);
      return;
    case 'tuple':
      all(type.elements);
      return;
    case 'function':
      all([...type.parameters, ...type.results]);
      return;
    case 'interface': {
      const { written, methods, terms } = type;
      const { methods: own, elements } = written ?? { methods, elements: terms === null ? [] : [terms] };
      all(own.map((method) => method.type));
      for (const each of elements) all(each.map((term) => term.type));
    }
  }
}
