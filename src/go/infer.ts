import { parameterFor } from './check-arguments.js';
import { defaultType } from './check-conversion.js';
import type { Context } from './context.js';
import type { Expression } from './expression.js';
import { functionType } from './function-type.js';
import type { Operand } from './operand.js';
import { bindParameters, hasTypeParameter, substituteType } from './substitute-type.js';
import type { SyntaxNode } from './syntax.js';
import { constraintOf, coreType, termsOf } from './type-set.js';
import { showGoType } from './type-text.js';
import { underlying } from './type.js';
import type { GoType, TypeParameter } from './type.js';
import { Unifier } from './unify.js';

/**
 * The type arguments of a generic function: those that are written, and those that the types of the arguments and the constraints tell.
 * Null after a report.
 */
export function inferArguments(
  context: Context,
  node: SyntaxNode,
  { draft, typeArguments }: Extract<Operand, { kind: 'generic' }>,
  given: readonly Expression[],
  spread: boolean,
): readonly GoType[] | null {
  if (typeArguments.length === draft.typeParameters.length) return typeArguments;
  // A generic function may call itself: its type parameters are unknowns here and types there.
  const unknowns = draft.typeParameters.map((parameter) =>
    freshUnknown(context, draft.typeParameters, parameter),
  );
  const renaming = bindParameters(draft.typeParameters, unknowns);
  for (const unknown of unknowns) unknown.bind(unknowns);
  const unifier = new Unifier(unknowns, context);
  typeArguments.forEach((type, index) => {
    const unknown = unknowns[index];
    if (unknown !== undefined) unifier.set(unknown, type);
  });
  const signature = substituteType(functionType(draft.declaration), renaming, context.instances);
  if (signature.kind !== 'function') return null;
  const untyped: [TypeParameter, Expression][] = [];
  for (const [index, type] of argumentTypes(given).entries()) {
    const parameter = parameterFor(signature, index, spread);
    if (parameter === null || !hasTypeParameter(parameter)) continue;
    const expression = given[index];
    if (type.kind === 'untyped') {
      if (parameter.kind === 'parameter' && expression !== undefined) untyped.push([parameter, expression]);
      continue;
    }
    if (!unifier.unify(parameter, type, true)) {
      return context.typeError(
        node,
        `the argument of type ${showGoType(type)} does not fit ${showGoType(parameter)}`,
      );
    }
  }
  if (!coreTypes(unifier, unknowns)) return mismatch(context, node);
  if (!inferFromUntyped(context, unifier, untyped)) return null;
  if (!coreTypes(unifier, unknowns)) return mismatch(context, node);
  return resolved(context, node, unifier, unknowns);
}

function mismatch(context: Context, node: SyntaxNode): null {
  return context.typeError(node, 'the type arguments do not fit their constraints');
}

interface Unknown extends TypeParameter {
  readonly bind: (unknowns: readonly TypeParameter[]) => void;
}

function freshUnknown(
  context: Context,
  parameters: readonly TypeParameter[],
  parameter: TypeParameter,
): Unknown {
  let all: readonly TypeParameter[] = [];
  const unknown = context.newTypeParameter(parameter.name, () =>
    substituteType(parameter.constraint, bindParameters(parameters, all), context.instances),
  );
  return {
    kind: 'parameter',
    name: unknown.name,
    id: unknown.id,
    get constraint() {
      return unknown.constraint;
    },
    bind: (unknowns) => {
      all = unknowns;
    },
  };
}

function argumentTypes(given: readonly Expression[]): readonly GoType[] {
  const [only] = given;
  if (only?.type.kind === 'tuple' && given.length === 1) return only.type.elements;
  return given.map((argument) => argument.type);
}

/** A type parameter that only untyped constants tell gets the default type of the one that comes last among int, rune, float. */
function inferFromUntyped(
  context: Context,
  unifier: Unifier,
  untyped: readonly (readonly [TypeParameter, Expression])[],
): boolean {
  const ranks = ['int', 'rune', 'float'];
  const largest = new Map<number, readonly [TypeParameter, Expression]>();
  for (const entry of untyped) {
    const [parameter, expression] = entry;
    if (unifier.get(parameter) !== null || expression.kind === 'nil') continue;
    const known = largest.get(parameter.id);
    if (known === undefined) {
      largest.set(parameter.id, entry);
      continue;
    }
    const [before, now] = [known[1].type, expression.type];
    if (before.kind !== 'untyped' || now.kind !== 'untyped' || before.of === now.of) continue;
    const [first, second] = [ranks.indexOf(before.of), ranks.indexOf(now.of)];
    if (first < 0 || second < 0) {
      context.typeError(expression.span, `mismatched types ${showGoType(before)} and ${showGoType(now)}`);
      return false;
    }
    if (second > first) largest.set(parameter.id, entry);
  }
  for (const [parameter, expression] of largest.values()) {
    const type = defaultType(expression.type);
    if (type === null) {
      context.refuse('float', expression.span);
      return false;
    }
    unifier.set(parameter, type);
  }
  return true;
}

/** What the constraints tell: the core type of a constraint, and the methods. False: they contradict what is known. */
function coreTypes(unifier: Unifier, unknowns: readonly TypeParameter[]): boolean {
  for (let round = 0; round <= unknowns.length; round++) {
    for (const unknown of unknowns) if (!applyConstraint(unifier, unknown)) return false;
  }
  return true;
}

function applyConstraint(unifier: Unifier, unknown: TypeParameter): boolean {
  const known = unifier.get(unknown);
  const terms = termsOf(unknown) ?? [];
  const [first] = terms;
  const isSingle = terms.length === 1;
  if (known === null) {
    if (first !== undefined && isSingle && !first.tilde) unifier.set(unknown, first.type);
    return true;
  }
  const pattern = first !== undefined && isSingle ? first.type : coreType(unknown);
  if (pattern !== null) {
    const isExact = first !== undefined && isSingle && !first.tilde;
    const given = isExact || known.kind === 'parameter' ? known : underlying(known);
    if (!unifier.unify(pattern, given, true)) return false;
  }
  return unifier.unifyMethods(constraintOf(unknown), known);
}

function resolved(
  context: Context,
  node: SyntaxNode,
  unifier: Unifier,
  unknowns: readonly TypeParameter[],
): readonly GoType[] | null {
  const result: GoType[] = [];
  for (const unknown of unknowns) {
    const type = unifier.resolve(unknown);
    if (type === null) return context.typeError(node, `cannot infer the type argument ${unknown.name}`);
    result.push(type);
  }
  return result;
}
