import type { FunctionDraft } from './declared-type.js';
import type { AtomicOperation, Expression } from './expression.js';
import type { MachineFunction, MachinePackage } from './import.js';
import type { SyncMethod } from './sync-methods.js';
import type { GoType } from './type.js';

/** What a piece of syntax denotes where a value or a type can stand. */
export type Operand =
  /** Its type may be a tuple or untyped. */
  | { readonly kind: 'value'; readonly expression: Expression }
  | { readonly kind: 'type'; readonly type: GoType }
  | { readonly kind: 'builtin'; readonly name: string }
  /** A generic function, with the first of its type arguments. */
  | {
      readonly kind: 'generic';
      readonly draft: FunctionDraft;
      readonly typeArguments: readonly GoType[];
    }
  /** What must be called: a function of a machine package or of `sync/atomic`, a method of one of the types of `sync`. */
  | { readonly kind: 'machine'; readonly package: MachinePackage; readonly function: MachineFunction }
  | { readonly kind: 'atomic'; readonly operation: AtomicOperation; readonly value: GoType }
  /** `sync.NewCond`. */
  | { readonly kind: 'newCondition' }
  | {
      readonly kind: 'sync';
      readonly method: SyncMethod;
      readonly name: string;
      readonly place: Expression;
    };
