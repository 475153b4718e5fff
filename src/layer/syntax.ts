import type { Span } from '../base/source.js';

/** Binary operators of the expression language, as written. */
export type OperatorSyntax =
  | '<==>'
  | '==>'
  | '||'
  | '&&'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | '+'
  | '-'
  | '|'
  | '^'
  | '++'
  | '*'
  | '/'
  | '%'
  | '<<'
  | '>>'
  | '&'
  | '&^';

/** An expression as written, without types. */
export type ExpressionSyntax = { readonly span: Span } & (
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'select';
      readonly operand: ExpressionSyntax;
      readonly name: string;
      readonly nameSpan: Span;
    }
  | { readonly kind: 'index'; readonly operand: ExpressionSyntax; readonly key: ExpressionSyntax }
  /** `s[low:high]`; a missing bound is null. */
  | {
      readonly kind: 'slice';
      readonly operand: ExpressionSyntax;
      readonly low: ExpressionSyntax | null;
      readonly high: ExpressionSyntax | null;
    }
  /** `m[key := value]`. */
  | {
      readonly kind: 'update';
      readonly operand: ExpressionSyntax;
      readonly key: ExpressionSyntax;
      readonly value: ExpressionSyntax;
    }
  | {
      readonly kind: 'call';
      readonly callee: ExpressionSyntax;
      readonly arguments: readonly ExpressionSyntax[];
    }
  | {
      readonly kind: 'unary';
      readonly operator: '!' | '-' | '^' | '+';
      readonly operand: ExpressionSyntax;
    }
  | {
      readonly kind: 'binary';
      readonly operator: OperatorSyntax;
      readonly operatorSpan: Span;
      readonly left: ExpressionSyntax;
      readonly right: ExpressionSyntax;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: ExpressionSyntax;
      readonly whenTrue: ExpressionSyntax;
      readonly whenFalse: ExpressionSyntax;
    }
  | { readonly kind: 'sequence'; readonly elements: readonly ExpressionSyntax[] }
  | { readonly kind: 'set'; readonly elements: readonly ExpressionSyntax[] }
  /** `Pair{a, b}` or `Pair{first: a}`. */
  | {
      readonly kind: 'record';
      readonly name: string;
      readonly nameSpan: Span;
      readonly fields: readonly RecordFieldSyntax[];
    }
  | {
      readonly kind: 'quantifier';
      readonly quantifier: 'forall' | 'exists';
      readonly variables: readonly BoundVariableSyntax[];
      readonly body: ExpressionSyntax;
    }
  /** `thread => operation(arguments)`. */
  | {
      readonly kind: 'pending';
      readonly thread: ExpressionSyntax;
      readonly operation: string;
      readonly operationSpan: Span;
      readonly arguments: readonly ExpressionSyntax[];
    }
);

export interface RecordFieldSyntax {
  readonly name: NameSyntax | null;
  readonly value: ExpressionSyntax;
}

export interface NameSyntax {
  readonly name: string;
  readonly span: Span;
}

/** The type is null where it is to be inferred. */
export interface BoundVariableSyntax extends NameSyntax {
  readonly type: TypeSyntax | null;
}

export type TypeSyntax = { readonly span: Span } & (
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'map'; readonly key: TypeSyntax; readonly value: TypeSyntax }
  | { readonly kind: 'seq' | 'set' | 'option'; readonly element: TypeSyntax }
);

export interface ParameterSyntax extends NameSyntax {
  readonly type: TypeSyntax;
}

/** `disk[a]`, or `values[k] where P`: those under all keys k for which P holds. */
export interface LocationSyntax {
  readonly location: ExpressionSyntax;
  readonly where: ExpressionSyntax | null;
}

/** A formula with its words on one line, for reports. */
export interface ClauseSyntax {
  readonly expression: ExpressionSyntax;
  readonly text: string;
  readonly span: Span;
}

export type StatementSyntax = { readonly span: Span } & (
  | {
      readonly kind: 'assign';
      readonly targets: readonly ExpressionSyntax[];
      readonly values: readonly ExpressionSyntax[];
    }
  /** `x, y := e, f`, or `let x = e` (not assignable later). */
  | {
      readonly kind: 'define';
      readonly names: readonly NameSyntax[];
      readonly values: readonly ExpressionSyntax[];
      readonly constant: boolean;
    }
  | { readonly kind: 'require' | 'await'; readonly condition: ExpressionSyntax }
  | {
      readonly kind: 'choose';
      readonly name: NameSyntax;
      readonly type: TypeSyntax | null;
      readonly where: ExpressionSyntax | null;
    }
  | { readonly kind: 'either'; readonly branches: readonly BlockSyntax[] }
  | {
      readonly kind: 'if';
      readonly condition: ExpressionSyntax;
      readonly whenTrue: BlockSyntax;
      readonly whenFalse: BlockSyntax | null;
    }
  | { readonly kind: 'return'; readonly values: readonly ExpressionSyntax[] }
  | { readonly kind: 'yield' }
  | { readonly kind: 'fault' }
);

export interface BlockSyntax {
  readonly statements: readonly StatementSyntax[];
  readonly span: Span;
}

export type MemberSyntax = { readonly span: Span } & (
  | { readonly kind: 'package'; readonly path: string }
  | {
      readonly kind: 'variable';
      readonly durability: 'durable' | 'volatile';
      readonly names: readonly NameSyntax[];
      readonly type: TypeSyntax;
      readonly values: readonly ExpressionSyntax[];
    }
  | { readonly kind: 'init'; readonly clauses: readonly ClauseSyntax[] }
  | { readonly kind: 'always'; readonly clause: ClauseSyntax }
  | {
      readonly kind: 'op';
      readonly name: NameSyntax;
      readonly parameters: readonly ParameterSyntax[];
      readonly results: readonly ResultSyntax[];
      readonly body: BlockSyntax;
    }
  | { readonly kind: 'crash' | 'fault'; readonly body: BlockSyntax }
  | {
      readonly kind: 'const';
      readonly name: NameSyntax;
      readonly type: TypeSyntax | null;
      readonly value: ExpressionSyntax;
    }
  | { readonly kind: 'struct'; readonly name: NameSyntax; readonly fields: readonly ParameterSyntax[] }
  | { readonly kind: 'enum'; readonly name: NameSyntax; readonly cases: readonly NameSyntax[] }
  | {
      readonly kind: 'func';
      readonly name: NameSyntax;
      readonly parameters: readonly ParameterSyntax[];
      readonly result: TypeSyntax;
      readonly body: ExpressionSyntax;
    }
);

/** A result of an op; unnamed ones have name null. */
export interface ResultSyntax {
  readonly name: NameSyntax | null;
  readonly type: TypeSyntax;
  readonly span: Span;
}

/** A parameter of a layer; type null: the parameter is itself a type (`T type`). */
export interface LayerParameterSyntax extends NameSyntax {
  readonly type: TypeSyntax | null;
}

/** `layer Name(parameters) { members }`, as written. */
export interface LayerDeclaration {
  readonly name: NameSyntax;
  readonly parameters: readonly LayerParameterSyntax[];
  readonly members: readonly MemberSyntax[];
  /** Go import path that the layer is bound to by `package "..."`, else null. */
  readonly goPackage: string | null;
  readonly span: Span;
}

/** `Name(arguments)`. */
export interface LayerReference extends NameSyntax {
  readonly arguments: readonly ExpressionSyntax[];
  /** As written, on one line. */
  readonly text: string;
}

/** One annotation. `text` is the whole directive as written, on one line. */
export type Directive = { readonly span: Span; readonly text: string } & (
  | { readonly kind: 'refines'; readonly specification: LayerReference; readonly machine: LayerReference }
  | { readonly kind: 'op'; readonly name: NameSyntax }
  /** `init` is spelt `initialisation` here. */
  | { readonly kind: DirectiveWord }
  | { readonly kind: 'parameter'; readonly where: ClauseSyntax | null }
  | {
      /** `token`: a lock that is there for the proof only, with what it guards. */
      readonly kind: 'guards' | 'token';
      /** The lock's Go name, possibly dotted: `locks`, `db.mu`. */
      readonly lock: NameSyntax;
      readonly index: NameSyntax | null;
      readonly locations: readonly LocationSyntax[];
      readonly invariant: ClauseSyntax | null;
    }
  | {
      readonly kind: 'invariant' | 'abstraction' | 'crashInvariant' | 'assert' | 'assume';
      readonly clause: ClauseSyntax;
    }
  /** The contract of a function. */
  | { readonly kind: 'requires' | 'ensures'; readonly clause: ClauseSyntax }
  /** `guarantee [unless holds(self, lock)] while C: P`. */
  | {
      readonly kind: 'guarantee';
      readonly unless: NameSyntax | null;
      readonly condition: ExpressionSyntax | null;
      readonly clause: ClauseSyntax;
    }
  /** The step that follows takes a token, gives it back, or gives it up for good; with a condition over the states around the step only where that holds. */
  | {
      readonly kind: 'claim' | 'give' | 'freeze';
      readonly token: NameSyntax;
      readonly index: ExpressionSyntax | null;
      readonly condition: ExpressionSyntax | null;
    }
  /** `carries v where P`: P holds of all values of a channel. */
  | { readonly kind: 'carries'; readonly value: NameSyntax; readonly clause: ClauseSyntax }
  | { readonly kind: 'decreases'; readonly measures: readonly ExpressionSyntax[] }
  /** `no overflow` or `may overflow`. */
  | { readonly kind: 'overflow'; readonly word: 'no' | 'may' }
);

/** Directives that are one word and nothing else. */
export type DirectiveWord =
  'recovery' | 'initialisation' | 'boot' | 'commit' | 'help' | 'retry' | 'opaque' | 'trusted';
