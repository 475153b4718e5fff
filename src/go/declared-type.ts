import type { Span } from '../base/source.js';
import type { Annotation, FunctionDeclaration, TypeDeclaration } from './ast.js';
import type { SyntaxNode } from './syntax.js';
import type { GoType, NamedType, TypeParameter } from './type.js';
import { underlying } from './type.js';
import type { VariableGroup } from './initialisation.js';
import type { Scope } from './scope.js';

/** Stands for a type with an error, after the report. */
const NO_TYPE: Exclude<GoType, NamedType> = { kind: 'struct', fields: [] };

/** A function or method whose signature is known and whose body is still to be checked. */
export interface FunctionDraft {
  readonly node: SyntaxNode;
  /** The scope around its body, with its type parameters. */
  readonly scope: Scope;
  /** Its own, or those of its receiver. */
  readonly typeParameters: readonly TypeParameter[];
  readonly declaration: { -readonly [Key in keyof FunctionDeclaration]: FunctionDeclaration[Key] };
  /** What it refers to, for the order of initialisation. */
  readonly dependencies: Set<Dependency>;
}

/** A function or a package variable that the initialisation of another may have to wait for. */
export type Dependency = FunctionDraft | VariableGroup;

/** A method by name; its signature is looked at when it is used. */
export interface Method {
  readonly name: string;
  readonly span: Span;
  readonly resolve: () => FunctionDraft | null;
}

interface Description {
  readonly name: string;
  readonly packagePath: string | null;
  readonly packageName: string | null;
  readonly local: boolean;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
  /** For an instance. */
  readonly origin?: DeclaredType;
  readonly typeArguments?: readonly GoType[];
}

/** A declared type. What it is defined as is looked at when first needed: declarations come in any order and types refer to themselves. */
export class DeclaredType implements TypeDeclaration {
  readonly name: string;
  readonly packagePath: string | null;
  readonly packageName: string | null;
  readonly local: boolean;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
  readonly origin: DeclaredType | null;
  readonly typeArguments: readonly GoType[];
  readonly type: NamedType;
  readonly methods = new Map<string, Method>();
  typeParameters: readonly TypeParameter[] = [];
  /** Its definition has an error, which has been reported. */
  invalid = false;
  private defined: GoType | null = null;
  private plain: Exclude<GoType, NamedType> | null = null;
  private busy = false;

  constructor(
    description: Description,
    private readonly define: () => GoType | null,
    private readonly reportCycle: () => void,
  ) {
    this.name = description.name;
    this.packagePath = description.packagePath;
    this.packageName = description.packageName;
    this.local = description.local;
    this.annotations = description.annotations;
    this.span = description.span;
    this.origin = description.origin ?? null;
    this.typeArguments = description.typeArguments ?? [];
    this.type = { kind: 'named', name: description.name, declaration: this };
  }

  get definition(): GoType {
    if (this.defined !== null) return this.defined;
    if (this.busy) return this.fail(true);
    this.busy = true;
    const result = this.define();
    this.busy = false;
    this.defined ??= result ?? this.fail(false);
    return this.defined;
  }

  get underlying(): Exclude<GoType, NamedType> {
    if (this.plain !== null) return this.plain;
    const { definition } = this;
    if (this.busy) return this.fail(true);
    this.busy = true;
    const result = underlying(definition);
    this.busy = false;
    this.plain ??= result;
    return this.plain;
  }

  /** It has no values: what it is defined as is not looked at any more. */
  invalidate(): void {
    this.invalid = true;
    this.defined = NO_TYPE;
    this.plain = NO_TYPE;
  }

  private fail(isCycle: boolean): Exclude<GoType, NamedType> {
    if (isCycle && !this.invalid) this.reportCycle();
    this.invalid = true;
    return NO_TYPE;
  }
}

/** The declaration as the checker made it. */
export function declaredType(type: NamedType): DeclaredType {
  if (!(type.declaration instanceof DeclaredType)) throw new Error(`the type ${type.name} is not declared`);
  return type.declaration;
}
