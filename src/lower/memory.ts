import type { Expression, Type } from '../ir/index.js';
import type { Expression as GoExpression, GoType } from '../go/index.js';
import type { Making } from './making.js';

/** Where a package variable lives: a tree that follows its struct fields and arrays down to cells and locks. */
export type MemoryNode =
  | CellNode
  | OwnMapNode
  /** Operations are called `mu.Lock` and so on. */
  | { readonly kind: 'lock'; readonly name: string }
  /** A `sync.Once`, whose operations are called `once.Begin` and `once.End`, or a `sync.WaitGroup`. */
  | { readonly kind: 'once' | 'group'; readonly name: string }
  | ChannelNode
  /** A condition variable: the lock that goes with it. */
  | { readonly kind: 'condition'; readonly name: string; readonly lock: GoExpression }
  | {
      readonly kind: 'struct';
      readonly name: string;
      readonly goType: GoType;
      readonly fields: ReadonlyMap<string, MemoryNode>;
    }
  | {
      readonly kind: 'array';
      readonly name: string;
      /** uint64. */
      readonly length: Expression;
      readonly element: MemoryNode;
      /** A slice that is made once; null: an array. */
      readonly made: Making | null;
    }
  /** A pointer that gets its value once. */
  | { readonly kind: 'pointer'; readonly name: string; readonly target: MemoryNode; readonly made: Making };

/** A map that nothing else refers to: a state variable with its entries, one that says whether it is made, and where it is asked for how many there are. */
export interface OwnMapNode {
  readonly kind: 'ownMap';
  readonly name: string;
  /** A map from keys to options. */
  readonly entries: CellNode;
  readonly made: CellNode;
  readonly count: CellNode | null;
}

/** A channel that a package variable always has, whose operations are called `c.Send` and so on. */
export interface ChannelNode {
  readonly kind: 'channel';
  readonly name: string;
  readonly element: Type;
  /** uint64. */
  readonly capacity: Expression;
}

/** A state variable; under arrays, a map from the indices. */
export interface CellNode {
  readonly kind: 'cell';
  /** `sum`, `db.sum`, `table`. */
  readonly name: string;
  readonly type: Type;
  /** The state variable's type: `type` under as many maps as there are arrays around. */
  readonly mapped: Type;
  /** Atomic: only by `sync/atomic`, so that other accesses are refused. Operations are called `sum.Load` and so on. */
  readonly access: 'plain' | 'atomic';
}
