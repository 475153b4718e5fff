import type { FunctionDeclaration, Variable } from './ast.js';
import { DeclaredType } from './declared-type.js';
import type { FunctionDraft } from './declared-type.js';
import { Monomorphism } from './monomorphism.js';
import { bindParameters, hasTypeParameter, substituteType } from './substitute-type.js';
import { substituteBody } from './substitute.js';
import { identicalTypes } from './type-identity.js';
import { showGoType } from './type-text.js';
import type { GoType, NamedType, TypeParameter } from './type.js';

/** An instance of a generic function or method. */
export interface FunctionInstance {
  readonly draft: FunctionDraft;
  readonly typeArguments: readonly GoType[];
  readonly declaration: FunctionDraft['declaration'];
}

/** More instances than this mean that instances make ever larger ones. */
const MOST_INSTANCES = 2000;

/** The instances of generic types and functions: one for each list of type arguments. */
export class Instances {
  private readonly types = new Map<DeclaredType, DeclaredType[]>();
  private readonly functions = new Map<FunctionDraft, FunctionInstance[]>();
  private readonly byDeclaration = new Map<FunctionDeclaration, FunctionInstance>();
  private readonly pending: FunctionInstance[] = [];
  private ids = 0;
  /** Uses of generic code in generic code. */
  private readonly growth = new Monomorphism();
  /** Instances without type parameters, for the checked package. */
  readonly completedTypes: DeclaredType[] = [];
  readonly completedFunctions: FunctionDeclaration[] = [];

  /** A number that is unique in the program: generic code of one package uses that of others. */
  nextId(): number {
    this.ids += 1;
    return this.ids;
  }

  type(origin: DeclaredType, typeArguments: readonly GoType[]): NamedType {
    const known = this.types.get(origin) ?? [];
    this.types.set(origin, known);
    const found = known.find((each) => sameTypes(each.typeArguments, typeArguments));
    if (found !== undefined) return found.type;
    const { packagePath, packageName, local, annotations, span } = origin;
    const name = withArguments(origin.name, typeArguments);
    const instance = new DeclaredType(
      { name, packagePath, packageName, local, annotations, span, origin, typeArguments },
      () => substituteType(origin.definition, bindParameters(origin.typeParameters, typeArguments), this),
      () => undefined,
    );
    known.push(instance);
    this.growth.add(origin.typeParameters, typeArguments);
    if (!typeArguments.some(hasTypeParameter)) this.completedTypes.push(instance);
    return instance.type;
  }

  /** The function with its signature; the body comes with `complete`. */
  function(draft: FunctionDraft, typeArguments: readonly GoType[]): FunctionDeclaration {
    const known = this.functions.get(draft) ?? [];
    this.functions.set(draft, known);
    const found = known.find((each) => sameTypes(each.typeArguments, typeArguments));
    if (found !== undefined) return found.declaration;
    const binding = bindParameters(draft.typeParameters, typeArguments);
    const generic = draft.declaration;
    const rename = (variable: Variable): Variable => ({
      ...variable,
      id: this.nextId(),
      type: substituteType(variable.type, binding, this),
    });
    const { receiver } = generic;
    const arguments_ = receiver === null ? typeArguments : [];
    const declaration: FunctionInstance['declaration'] = {
      ...generic,
      name: withArguments(generic.name, arguments_),
      fullName:
        receiver === null
          ? withArguments(generic.fullName, arguments_)
          : methodName(rename(receiver).type, generic.name),
      receiver: receiver === null ? null : rename(receiver),
      parameters: generic.parameters.map(rename),
      resultTypes: generic.resultTypes.map((type) => substituteType(type, binding, this)),
      results: generic.results.map(rename),
      typeArguments,
    };
    const instance = { draft, typeArguments, declaration };
    known.push(instance);
    this.growth.add(draft.typeParameters, typeArguments);
    this.byDeclaration.set(declaration, instance);
    if (!typeArguments.some(hasTypeParameter)) this.pending.push(instance);
    return declaration;
  }

  /** The type parameters of a receiver stand for those of its type. */
  link(type: readonly TypeParameter[], receiver: readonly TypeParameter[]): void {
    this.growth.add(receiver, type);
  }

  instanceOf(declaration: FunctionDeclaration): FunctionInstance | null {
    return this.byDeclaration.get(declaration) ?? null;
  }

  /** Fills in the bodies; false: there is no end of instances. */
  complete(): boolean {
    if (this.growth.hasGrowingCycle()) return false;
    for (let next = this.pending.shift(); next !== undefined; next = this.pending.shift()) {
      if (this.completedFunctions.length + this.completedTypes.length > MOST_INSTANCES) return false;
      substituteBody(next, this);
      this.completedFunctions.push(next.declaration);
    }
    return true;
  }
}

function sameTypes(left: readonly GoType[], right: readonly GoType[]): boolean {
  return left.every((type, index) => identicalTypes(type, right[index] ?? type));
}

function withArguments(name: string, typeArguments: readonly GoType[]): string {
  return typeArguments.length === 0 ? name : `${name}[${typeArguments.map(showGoType).join(', ')}]`;
}

function methodName(receiver: GoType, name: string): string {
  return receiver.kind === 'pointer'
    ? `(*${showGoType(receiver.element)}).${name}`
    : `${showGoType(receiver)}.${name}`;
}
