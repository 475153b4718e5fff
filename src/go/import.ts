import type { ConstantValue, GoPackage } from './ast.js';
import type { Entity } from './scope.js';
import type { GoType, MachineType } from './type.js';

/** What an import path means, or null: nothing that code may import. */
export type ImportResolver = (path: string) => ImportedPackage | null;

/** A machine package, `sync`, `sync/atomic`, or a package of Go's library that the tool has sources of its own for (a folder to be read). */
export type ImportedPackage = { readonly kind: 'sync' | 'atomic' } | MachinePackage | LibraryPackage;

/** A package of Go's library, or of the machine's, that is Go code of the tool's. */
export interface LibraryPackage {
  readonly kind: 'library';
  readonly path: string;
  readonly directory: string;
}

/** The exported names of the Go package behind a machine layer. */
export interface MachinePackage {
  readonly kind: 'machine';
  readonly path: string;
  /** The name in its package clause. */
  readonly name: string;
  readonly functions: readonly MachineFunction[];
  readonly types: readonly MachineType[];
  /** Exported typed constants, such as `disk.BlockSize`. */
  readonly constants: readonly MachineConstant[];
}

export interface MachineFunction {
  readonly name: string;
  readonly parameters: readonly GoType[];
  readonly results: readonly GoType[];
}

export interface MachineConstant {
  readonly name: string;
  readonly type: GoType;
  readonly value: ConstantValue;
}

/** What has been refused: nothing more is said of its uses. */
export interface RefusedImport {
  readonly kind: 'refused';
}

/** A package of the module or of the library that has been checked, as other packages see it. */
export interface CheckedPackage {
  readonly kind: 'package';
  readonly path: string;
  readonly name: string;
  readonly package: GoPackage;
  /** The exported name, or null. */
  readonly lookup: (name: string) => Entity | null;
}
