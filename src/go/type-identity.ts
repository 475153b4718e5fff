import type { Field, FunctionType, GoType, InterfaceType, NamedType, TypeTerm } from './type.js';
import { underlying } from './type.js';

/** Pairs of interfaces that are being compared: an interface may contain itself through its methods. */
const comparing: [InterfaceType, InterfaceType][] = [];

/** Go's type identity. */
export function identicalTypes(left: GoType, right: GoType): boolean {
  if (left === right) return true;
  switch (left.kind) {
    case 'bool':
    case 'string':
    case 'mutex':
      return right.kind === left.kind;
    case 'integer':
      return right.kind === 'integer' && left.name === right.name;
    case 'untyped':
      return right.kind === 'untyped' && left.of === right.of;
    case 'named':
      return right.kind === 'named' && sameNamed(left, right);
    case 'parameter':
      return right.kind === 'parameter' && left.id === right.id;
    case 'struct':
      return right.kind === 'struct' && everyPair(left.fields, right.fields, sameField);
    case 'array':
      return right.kind === 'array' && left.length === right.length && sameElement(left, right);
    case 'slice':
      return right.kind === 'slice' && sameElement(left, right);
    case 'pointer':
      return right.kind === 'pointer' && sameElement(left, right);
    case 'map':
      return (
        right.kind === 'map' && identicalTypes(left.key, right.key) && identicalTypes(left.value, right.value)
      );
    case 'channel':
      return right.kind === 'channel' && left.direction === right.direction && sameElement(left, right);
    case 'function':
      return right.kind === 'function' && sameSignature(left, right);
    case 'interface':
      return right.kind === 'interface' && sameOnce(left, right);
    case 'sync':
      return right.kind === 'sync' && left.name === right.name;
    case 'machine':
      return right.kind === 'machine' && left.path === right.path && left.name === right.name;
    case 'tuple':
      return right.kind === 'tuple' && everyPair(left.elements, right.elements, identicalTypes);
  }
}

interface WithElement {
  readonly element: GoType;
}

function sameElement(left: WithElement, right: WithElement): boolean {
  return identicalTypes(left.element, right.element);
}

function sameNamed({ declaration: left }: NamedType, { declaration: right }: NamedType): boolean {
  if (left === right) return true;
  return (
    left.origin !== null &&
    left.origin === right.origin &&
    everyPair(left.typeArguments, right.typeArguments, identicalTypes)
  );
}

function sameField(left: Field, right: Field): boolean {
  return (
    left.name === right.name &&
    left.embedded === right.embedded &&
    left.tag === right.tag &&
    left.packagePath === right.packagePath &&
    identicalTypes(left.type, right.type)
  );
}

function sameSignature(left: FunctionType, right: FunctionType): boolean {
  return (
    left.variadic === right.variadic &&
    everyPair(left.parameters, right.parameters, identicalTypes) &&
    everyPair(left.results, right.results, identicalTypes)
  );
}

/** Interfaces that are met again while they are compared are as identical as the rest of them. */
function sameOnce(left: InterfaceType, right: InterfaceType): boolean {
  if (comparing.some(([one, other]) => one === left && other === right)) return true;
  comparing.push([left, right]);
  const result = sameInterface(left, right);
  comparing.pop();
  return result;
}

function sameInterface(left: InterfaceType, right: InterfaceType): boolean {
  if (left.comparable !== right.comparable) return false;
  const sameTerms =
    left.terms === null || right.terms === null
      ? left.terms === right.terms
      : includesTerms(left.terms, right.terms) && includesTerms(right.terms, left.terms);
  return (
    sameTerms &&
    everyPair(
      left.methods,
      right.methods,
      (one, other) =>
        one.name === other.name &&
        one.packagePath === other.packagePath &&
        identicalTypes(one.type, other.type),
    )
  );
}

/** Each type of the smaller set is in the larger one. */
export function includesTerms(larger: readonly TypeTerm[], smaller: readonly TypeTerm[]): boolean {
  return smaller.every((term) => larger.some((other) => includesTerm(other, term)));
}

function includesTerm(larger: TypeTerm, smaller: TypeTerm): boolean {
  if (!larger.tilde) return !smaller.tilde && identicalTypes(larger.type, smaller.type);
  return identicalTypes(underlying(larger.type), underlying(smaller.type));
}

function everyPair<T>(left: readonly T[], right: readonly T[], same: (one: T, other: T) => boolean): boolean {
  return (
    left.length === right.length &&
    left.every((one, index) => {
      const other = right[index];
      return other !== undefined && same(one, other);
    })
  );
}

/** Structs count as identical whatever their tags: what conversions ask for. */
export function withoutTags(type: GoType): GoType {
  switch (type.kind) {
    case 'struct':
      return {
        kind: 'struct',
        fields: type.fields.map((field) => ({ ...field, tag: null, type: withoutTags(field.type) })),
      };
    case 'array':
    case 'slice':
    case 'pointer':
    case 'channel':
      return { ...type, element: withoutTags(type.element) };
    case 'map':
      return { ...type, key: withoutTags(type.key), value: withoutTags(type.value) };
    case 'function':
      return {
        ...type,
        parameters: type.parameters.map(withoutTags),
        results: type.results.map(withoutTags),
      };
    default:
      return type;
  }
}
