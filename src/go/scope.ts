import type { Span } from '../base/source.js';
import type { ConstantValue, Variable } from './ast.js';
import type { FunctionDraft } from './declared-type.js';
import type { ConstantReference } from './expression.js';
import type { CheckedPackage, ImportedPackage, LibraryPackage, RefusedImport } from './import.js';
import type { GoType } from './type.js';

/** What a constant's name stands for. */
export interface ConstantMeaning {
  readonly reference: ConstantReference;
  readonly type: GoType;
  readonly value: ConstantValue;
}

/** What a name stands for. Names of the package are resolved when first used: declarations come in any order. */
export type Entity =
  | { readonly kind: 'constant'; readonly resolve: () => ConstantMeaning | null }
  | VariableEntity
  /** A generic type is the declared type with its type parameters. */
  | { readonly kind: 'type'; readonly resolve: () => GoType | null }
  | FunctionEntity
  | {
      readonly kind: 'import';
      readonly imported: Exclude<ImportedPackage, LibraryPackage> | CheckedPackage | RefusedImport;
      used: boolean;
    }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'nil' };

export interface VariableEntity {
  readonly kind: 'variable';
  readonly resolve: () => Variable | null;
  used: boolean;
}

export interface FunctionEntity {
  readonly kind: 'function';
  readonly resolve: () => FunctionDraft | null;
}

export interface Declared {
  readonly entity: Entity;
  /** Null for predeclared names. */
  readonly span: Span | null;
}

/** A block of names; inner scopes hide the names of outer ones. */
export class Scope {
  private readonly names = new Map<string, Declared>();

  constructor(readonly parent: Scope | null) {}

  lookup(name: string): Declared | null {
    return this.names.get(name) ?? this.parent?.lookup(name) ?? null;
  }

  /** What this scope itself declares under the name. */
  own(name: string): Declared | null {
    return this.names.get(name) ?? null;
  }

  /** Declares a name; `_` declares nothing. */
  declare(name: string, entity: Entity, span: Span | null): void {
    if (name !== '_') this.names.set(name, { entity, span });
  }
}
