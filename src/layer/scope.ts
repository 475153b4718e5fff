import type { Result } from '../base/diagnostic.js';
import type { Expression, Type } from '../ir/index.js';

/** What a name stands for in an expression. */
export type Entity =
  /** State variable, local, parameter, bound variable, typed constant, enum case: any expression with its type. */
  | { readonly kind: 'value'; readonly expression: Expression }
  /** An untyped integer constant; it takes the type that its context asks for. */
  | { readonly kind: 'constant'; readonly value: bigint }
  | { readonly kind: 'function'; readonly function: PureFunction };

/** A function without state; it is inlined where it is used. */
export interface PureFunction {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: Type }[];
  readonly result: Type;
  /** The body with the arguments in place of the parameters; bound variables get fresh ids. */
  readonly inline: (args: readonly Expression[]) => Expression;
}

/** An op that `j => Name(args)` may name. */
export interface PendingOperation {
  readonly name: string;
  readonly parameters: readonly Type[];
}

/** Where the names of an expression get their meaning. Local names come before those of the language (`len`, `sum`, `zero`, ...). */
export interface Scope {
  /** The entity of a name, which may be dotted (`spec.disk`, `db.count`); null: unknown here. */
  readonly lookup: (name: string) => Entity | null;
  /** A named type beside the language's own ones; null: unknown. */
  readonly lookupType: (name: string) => Type | null;
  /** An op of the specification for `j => op(...)`; absent: pending atoms are not allowed here. */
  readonly lookupOperation?: (name: string) => PendingOperation | null;
  /**
   * The invariant of a lock for `invariant(locks[b])`: the key is null for `invariant(mu)`. The callee says how the key must be typed
   * by calling `checkKey` with the index type. Absent: not allowed here.
   */
  readonly lockInvariant?: (
    lock: string,
    key: ((indexType: Type) => Result<Expression>) | null,
  ) => Result<Expression>;
  /** Whether `nil` is a value of a type; absent: it has no meaning here. */
  readonly nil?: (type: Type) => boolean;
  /** True where `old(e)` is allowed: two-state formulas. */
  readonly allowOld: boolean;
  /** What an expression stands for in `old`; absent: its state variables are those before the step. */
  readonly before?: (expression: Expression) => Expression;
  /** Names to suggest when one is misspelt. */
  readonly candidates: () => readonly string[];
  /** Gives each bound variable an id of its own in the whole system. */
  readonly names: FreshNames;
}

/** Source of ids that are unique in one system; the ids depend only on the order of the calls. */
export class FreshNames {
  private count = 0;

  /** An id that shows the user's name: `a#3`. */
  fresh(name: string): string {
    this.count += 1;
    return `${name}#${this.count}`;
  }
}

/** A scope with more names in front of another. They hide its dotted names that begin with one of them. */
export function extendScope(scope: Scope, names: ReadonlyMap<string, Entity>): Scope {
  return {
    ...scope,
    lookup: (name) => names.get(name) ?? (isHidden(name, names) ? null : scope.lookup(name)),
    candidates: () => [...names.keys(), ...scope.candidates()],
  };
}

function isHidden(name: string, names: ReadonlyMap<string, Entity>): boolean {
  const dot = name.indexOf('.');
  return dot > 0 && names.has(name.slice(0, dot));
}
