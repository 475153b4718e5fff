import type { Context } from './context.js';
import { findMember, goesThroughPointer, hasPointerReceiver } from './member.js';
import type { Member } from './member.js';
import { syncSignature } from './sync-methods.js';
import { bindParameters, substituteType } from './substitute-type.js';
import { identicalTypes, includesTerms } from './type-identity.js';
import { constraintOf, isComparable, isStrictlyComparable } from './type-set.js';
import { showGoType } from './type-text.js';
import type { FunctionType, GoType, InterfaceMethod, InterfaceType } from './type.js';
import { underlying } from './type.js';

/** The signature of a member that is a method, without its receiver; null: it has an error. */
export function methodSignature(
  context: Pick<Context, 'instances'>,
  member: Exclude<Member, { kind: 'field' }>,
): FunctionType | null {
  if (member.kind === 'interface') return member.method.type;
  if (member.kind === 'sync') {
    return member.method.kind === 'refused' ? null : syncSignature(member.method);
  }
  const draft = member.method.resolve();
  if (draft === null) return null;
  const { declaration } = draft;
  const type: FunctionType = {
    kind: 'function',
    parameters: declaration.parameters.map((parameter) => parameter.type),
    results: declaration.resultTypes,
    variadic: declaration.variadic,
  };
  const typeArguments = member.owner.declaration.typeArguments;
  if (typeArguments.length === 0) return type;
  const binding = bindParameters(draft.typeParameters, typeArguments);
  return substituteType(type, binding, context.instances) as FunctionType;
}

/** Why the type does not have a method of the interface, or null if it has them all. */
export function missingMethod(
  context: Pick<Context, 'instances'>,
  type: GoType,
  wanted: InterfaceType,
): string | null {
  for (const method of wanted.methods) {
    const problem = methodProblem(context, type, method);
    if (problem !== null) return problem;
  }
  return null;
}

function methodProblem(
  context: Pick<Context, 'instances'>,
  type: GoType,
  wanted: InterfaceMethod,
): string | null {
  const { name } = wanted;
  const member = findMember(type, name, wanted.packagePath ?? '');
  if (typeof member === 'string' || member.kind === 'field') return `it has no method \`${name}\``;
  const signature = methodSignature(context, member);
  if (signature === null) return null;
  if (!identicalTypes(signature, wanted.type))
    return `its method \`${name}\` has other parameters or results`;
  if (member.kind === 'interface') return null;
  const isPointer = type.kind === 'pointer' || goesThroughPointer(member.path);
  return !isPointer && (member.kind === 'sync' || hasPointerReceiver(member.method))
    ? `its method \`${name}\` has a pointer receiver`
    : null;
}

/**
 * Why the type does not implement the interface, or null if it does. `asConstraint`: as a type argument, where ordinary interfaces
 * count as comparable.
 */
export function implementsProblem(
  context: Context,
  type: GoType,
  target: GoType,
  asConstraint: boolean,
): string | null {
  const wanted = underlying(target);
  if (wanted.kind !== 'interface') return `${showGoType(target)} is no interface`;
  const from = underlying(type);
  const given = from.kind === 'parameter' ? constraintOf(from) : from.kind === 'interface' ? from : null;
  if (given?.terms?.length === 0) return null;
  if (wanted.terms?.length === 0) return `${showGoType(target)} has no types`;
  const missing = missingMethod(context, type, wanted);
  if (missing !== null) return missing;
  if (wanted.comparable && !(asConstraint ? isComparable(type) : isStrictlyComparable(type))) {
    return 'it is not comparable';
  }
  if (wanted.terms === null) return null;
  if (given !== null) {
    if (given.terms === null) return `it may be types that are not in ${showGoType(target)}`;
    return includesTerms(wanted.terms, given.terms)
      ? null
      : `it may be types that are not in ${showGoType(target)}`;
  }
  return includesTerms(wanted.terms, [{ tilde: false, type }]) ? null : `it is not in ${showGoType(target)}`;
}
