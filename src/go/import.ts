import type { GoType, MachineType } from './type.js';

/** What an import path means: a machine package, `sync` or `sync/atomic`, or null: nothing that code may import. */
export type ImportResolver = (path: string) => ImportedPackage | null;

export type ImportedPackage = { readonly kind: 'sync' | 'atomic' } | MachinePackage;

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
  readonly value: bigint | boolean | string;
}
