import type { Span } from '../base/source.js';
import type { Expression } from './expression.js';
import type { MapType, RecordType, SeqType, Type } from './type.js';

/** A local variable of a section or of Go code; parameters come first, then results, then the rest. */
export interface Local {
  readonly name: string;
  readonly type: Type;
  /** Not a variable of the user's: reports leave it out. */
  readonly isHidden?: true;
  /** The inlined helper that it belongs to; absent: the code itself. */
  readonly helper?: InlinedHelper;
}

/** A helper in place of one of its calls. */
export interface InlinedHelper {
  readonly name: string;
  readonly callers: readonly CallSite[];
}

/** A call that a helper is inlined at. Each inlining has its own. */
export interface CallSite {
  readonly span: Span;
  /** The function that the call stands in. */
  readonly caller: string;
}

/**
 * A place that a statement assigns: a local or a state variable, and a path of map keys, sequence
 * positions and record fields into its value.
 */
export interface Place {
  readonly root:
    | { readonly kind: 'local'; readonly index: number }
    | { readonly kind: 'state'; readonly variable: string };
  readonly path: readonly PathElement[];
}

/** One step into a value; `type` is the type of the container that is stepped into. */
export type PathElement =
  | { readonly kind: 'key'; readonly key: Expression; readonly type: MapType | SeqType }
  | { readonly kind: 'field'; readonly name: string; readonly type: RecordType };

/** Statements of an atomic section of a layer's op, crash or fault. */
export type Statement = { readonly span: Span } & (
  | { readonly kind: 'assign'; readonly place: Place; readonly value: Expression }
  /** Undefined where the condition is false: the caller's fault. */
  | { readonly kind: 'require'; readonly condition: Expression }
  /** Rules this branch out while the condition is false. */
  | { readonly kind: 'await'; readonly condition: Expression }
  /** Some value of the local's type for which `where` (which may mention the local) holds; blocks if there is none. */
  | { readonly kind: 'choose'; readonly local: number; readonly type: Type; readonly where: Expression }
  | { readonly kind: 'either'; readonly branches: readonly (readonly Statement[])[] }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly whenTrue: readonly Statement[];
      readonly whenFalse: readonly Statement[];
    }
  /** Ends the op: sets its results; later sections do not happen. */
  | { readonly kind: 'return'; readonly values: readonly Expression[] }
);

/** An operation of a layer. Locals live across its sections. Locals 0.. are the parameters, then the results. */
export interface Operation {
  /** Unique in the system: `Read`, `locks.Lock`. */
  readonly name: string;
  readonly parameterCount: number;
  readonly resultCount: number;
  readonly locals: readonly Local[];
  /** Atomic sections; there is at least one. An op that falls off the end of its last section returns its result locals. */
  readonly sections: readonly (readonly Statement[])[];
  readonly span: Span;
}

/** Statements with their own locals: a crash transition. */
export interface Block {
  readonly locals: readonly Local[];
  readonly statements: readonly Statement[];
}

/** Calls `visit` for each statement and those inside it. */
export function walkStatements(
  statements: readonly Statement[],
  visit: (statement: Statement) => void,
): void {
  for (const statement of statements) {
    visit(statement);
    if (statement.kind === 'either') for (const branch of statement.branches) walkStatements(branch, visit);
    if (statement.kind === 'if') {
      walkStatements(statement.whenTrue, visit);
      walkStatements(statement.whenFalse, visit);
    }
  }
}

/** The expressions of a statement, without those of statements inside it. */
export function statementExpressions(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'assign':
      return [
        statement.value,
        ...statement.place.path.flatMap((element) => (element.kind === 'key' ? [element.key] : [])),
      ];
    case 'require':
    case 'await':
    case 'if':
      return [statement.condition];
    case 'choose':
      return [statement.where];
    case 'either':
      return [];
    case 'return':
      return statement.values;
  }
}
