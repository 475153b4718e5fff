import type { FunctionDeclaration, Variable } from './ast.js';
import { concreteMethod } from './concrete-method.js';
import { declaredType } from './declared-type.js';
import type { MethodReference } from './expression.js';
import { missingMethod } from './implements.js';
import type { Instances } from './instances.js';
import { findMember } from './member.js';
import type { GoType, InterfaceMethod, InterfaceType } from './type.js';
import { underlying } from './type.js';
import { identicalTypes } from './type-identity.js';
import { showGoType } from './type-text.js';

/** The methods of types as values in interfaces have them. */
export class MethodSets {
  private readonly references = new Map<
    string,
    { readonly type: GoType; readonly found: MethodReference }[]
  >();

  constructor(readonly instances: Instances) {}

  /** Whether values of a type that is no interface can be in the interface. */
  implement(type: GoType, wanted: InterfaceType): boolean {
    return missingMethod(this, type, wanted) === null;
  }

  /** What a call of an interface's method runs where the interface holds a value of a type that implements it. */
  method(type: GoType, method: InterfaceMethod): MethodReference {
    const key = `${method.packagePath ?? ''}.${method.name} ${showGoType(type)}`;
    const known = this.references.get(key) ?? [];
    this.references.set(key, known);
    const earlier = known.find((each) => identicalTypes(each.type, type));
    if (earlier !== undefined) return earlier.found;
    const { span } = method;
    const id = this.instances.nextId();
    const variable: Variable = { id, name: 'receiver', type, role: 'parameter', span };
    const receiver = { kind: 'variable', variable, type, span } as const;
    const callee = concreteMethod({ kind: 'interface', method, receiver }, receiver, this.instances);
    const found = { variable, callee };
    known.push({ type, found });
    return found;
  }

  /** Makes the methods of generic types that nothing has called by name; gives those that are new. Null: there is no end of them. */
  instantiate(types: readonly GoType[]): readonly FunctionDeclaration[] | null {
    const { instances } = this;
    const before = instances.completedFunctions.length;
    for (const type of types) this.instantiateMethods(type, new Set());
    return instances.complete() ? instances.completedFunctions.slice(before) : null;
  }

  private instantiateMethods(type: GoType, seen: Set<unknown>): void {
    const base = type.kind === 'pointer' ? type.element : type;
    if (base.kind === 'named') {
      const declared = declaredType(base);
      if (seen.has(declared)) return;
      seen.add(declared);
      for (const name of (declared.origin ?? declared).methods.keys()) {
        const member = findMember(base, name, declared.packagePath ?? '');
        if (typeof member === 'string' || member.kind !== 'method') continue;
        const { typeArguments } = member.owner.declaration;
        const draft = typeArguments.length === 0 ? null : member.method.resolve();
        if (draft !== null) this.instances.function(draft, typeArguments);
      }
    }
    const plain = underlying(base);
    if (plain.kind !== 'struct') return;
    for (const field of plain.fields) if (field.embedded) this.instantiateMethods(field.type, seen);
  }
}
