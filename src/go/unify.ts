import type { Context } from './context.js';
import { declaredType } from './declared-type.js';
import { methodSignature } from './implements.js';
import { findMember } from './member.js';
import { bindParameters, substituteType } from './substitute-type.js';
import { identicalTypes } from './type-identity.js';
import { coreType } from './type-set.js';
import { underlying } from './type.js';
import type { GoType, InterfaceType, TypeParameter } from './type.js';

/** Finds out what unknown type parameters stand for, from pairs of types that must match. */
export class Unifier {
  private readonly known = new Map<number, GoType>();
  private readonly ids: ReadonlySet<number>;

  constructor(
    private readonly unknowns: readonly TypeParameter[],
    private readonly context: Context,
  ) {
    this.ids = new Set(unknowns.map((unknown) => unknown.id));
  }

  set(unknown: TypeParameter, type: GoType): void {
    this.known.set(unknown.id, type);
  }

  get(unknown: TypeParameter): GoType | null {
    return this.known.get(unknown.id) ?? null;
  }

  /** The type without unknowns; null: not all are known. */
  resolve(unknown: TypeParameter): GoType | null {
    let type = this.get(unknown);
    for (let round = 0; type !== null && round <= this.unknowns.length; round++) {
      if (!this.mentionsUnknown(type)) return type;
      const bound = this.unknowns.map((each) => this.get(each) ?? each);
      type = substituteType(type, bindParameters(this.unknowns, bound), this.context.instances);
    }
    return null;
  }

  private mentionsUnknown(type: GoType): boolean {
    const marked = substituteType(
      type,
      bindParameters(
        this.unknowns,
        this.unknowns.map(() => ({ kind: 'bool' })),
      ),
      this.context.instances,
    );
    return !identicalTypes(marked, type);
  }

  /** Makes the types match; `inexact`: as far as assignment asks for it (names and directions of channels may differ). */
  unify(pattern: GoType, type: GoType, inexact: boolean): boolean {
    if (pattern.kind === 'parameter' && this.ids.has(pattern.id))
      return this.unifyUnknown(pattern, type, inexact);
    if (type.kind === 'parameter' && this.ids.has(type.id)) return this.unifyUnknown(type, pattern, inexact);
    if (identicalTypes(pattern, type)) return true;
    if (pattern.kind === 'parameter' || type.kind === 'parameter') return this.unifyBound(pattern, type);
    if (inexact && pattern.kind !== type.kind) {
      if (type.kind === 'named' && isLiteralType(pattern)) return this.unify(pattern, underlying(type), true);
      if (pattern.kind === 'named' && isLiteralType(type)) return this.unify(underlying(pattern), type, true);
      if (underlying(pattern).kind === 'interface') {
        const wanted = underlying(pattern);
        return wanted.kind === 'interface' && this.unifyMethods(wanted, type);
      }
    }
    if (pattern.kind === 'named' && type.kind === 'named') return this.unifyNamed(pattern, type, inexact);
    return this.unifyParts(pattern, type);
  }

  /** A type parameter that is a type here matches as its core type does. */
  private unifyBound(pattern: GoType, type: GoType): boolean {
    const isPattern = pattern.kind === 'parameter';
    const core = coreType(isPattern ? pattern : type);
    return core !== null && this.unify(core, isPattern ? type : pattern, true);
  }

  private unifyUnknown(unknown: TypeParameter, type: GoType, inexact: boolean): boolean {
    if (type.kind === 'parameter' && type.id === unknown.id) return true;
    const known = this.get(unknown);
    if (known === null) {
      this.set(unknown, type);
      return true;
    }
    if (!this.unify(known, type, inexact)) return false;
    // Of two types that match inexactly, a named one and a channel of both directions tell more.
    if (inexact && known.kind !== 'named' && type.kind === 'named') this.set(unknown, type);
    if (known.kind === 'channel' && type.kind === 'channel' && known.direction === 'both')
      this.set(unknown, type);
    return true;
  }

  private unifyNamed(
    pattern: Extract<GoType, { kind: 'named' }>,
    type: Extract<GoType, { kind: 'named' }>,
    inexact: boolean,
  ): boolean {
    const [left, right] = [declaredType(pattern), declaredType(type)];
    if (left.origin !== null && left.origin === right.origin) {
      return left.typeArguments.every((argument, index) => {
        const other = right.typeArguments[index];
        return other !== undefined && this.unify(argument, other, false);
      });
    }
    if (identicalTypes(pattern, type)) return true;
    const wanted = left.underlying;
    return inexact && wanted.kind === 'interface' && this.unifyMethods(wanted, type);
  }

  /** The methods of the interface, as the type has them. */
  unifyMethods(wanted: InterfaceType, type: GoType): boolean {
    return wanted.methods.every((method) => {
      const member = findMember(type, method.name, method.packagePath ?? '');
      if (typeof member === 'string' || member.kind === 'field') return true;
      const signature = methodSignature(this.context, member);
      return signature === null || this.unify(method.type, signature, false);
    });
  }

  private unifyParts(pattern: GoType, type: GoType): boolean {
    const all = (left: readonly GoType[], right: readonly GoType[]): boolean =>
      left.length === right.length &&
      left.every((each, index) => {
        const other = right[index];
        return other !== undefined && this.unify(each, other, false);
      });
    switch (pattern.kind) {
      case 'slice':
      case 'pointer':
        return type.kind === pattern.kind && this.unify(pattern.element, type.element, false);
      case 'channel':
        return type.kind === 'channel' && this.unify(pattern.element, type.element, false);
      case 'array':
        return (
          type.kind === 'array' &&
          type.length === pattern.length &&
          this.unify(pattern.element, type.element, false)
        );
      case 'map':
        return type.kind === 'map' && all([pattern.key, pattern.value], [type.key, type.value]);
      case 'function':
        return (
          type.kind === 'function' &&
          type.variadic === pattern.variadic &&
          all(pattern.parameters, type.parameters) &&
          all(pattern.results, type.results)
        );
      case 'struct':
        return (
          type.kind === 'struct' &&
          type.fields.every((field, index) => pattern.fields[index]?.name === field.name) &&
          all(
            pattern.fields.map((field) => field.type),
            type.fields.map((field) => field.type),
          )
        );
      default:
        return identicalTypes(pattern, type);
    }
  }
}

/** A type that is written out, not a name. */
function isLiteralType(type: GoType): boolean {
  switch (type.kind) {
    case 'slice':
    case 'pointer':
    case 'channel':
    case 'array':
    case 'map':
    case 'function':
    case 'struct':
      return true;
    default:
      return false;
  }
}
