import type { Diagnostic, DiagnosticCode } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';
import type { Annotation, Block, Variable } from './ast.js';
import type { Dependency } from './declared-type.js';
import type { Expression } from './expression.js';
import type { CheckedPackage } from './import.js';
import type { Instances } from './instances.js';
import type { Operand } from './operand.js';
import { REFUSED_SYNTAX, refuse } from './refusals.js';
import type { RefusalName } from './refusals.js';
import type { Scope, VariableEntity } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import type { GoType, TypeParameter } from './type.js';

/** The rules that refer to one another; each is in a file of its own. */
export interface Rules {
  /** What a node denotes: a value, a type, a built-in or a generic function; null after a report. */
  readonly operand: (context: Context, scope: Scope, node: SyntaxNode) => Operand | null;
  /** The expression, or null after a report. Its type may be a tuple (a call) or untyped. */
  readonly expression: (context: Context, scope: Scope, node: SyntaxNode) => Expression | null;
  /** The type of a variable, or null after a report. */
  readonly type: (context: Context, scope: Scope, node: SyntaxNode) => GoType | null;
  /** Also an interface that can only be a constraint. */
  readonly anyType: (context: Context, scope: Scope, node: SyntaxNode) => GoType | null;
  /** The statements of a block or of a case, in a scope of their own. */
  readonly block: (context: Context, scope: Scope, state: FunctionState, node: SyntaxNode) => Block | null;
  readonly closure: (context: Context, scope: Scope, node: SyntaxNode) => Expression | null;
}

/** The package that is being checked. */
export interface PackageIdentity {
  readonly path: string;
  readonly name: string;
  /** The minor version of the language that go.mod asks for: 22 for `go 1.22`. */
  readonly goVersion: number;
  /** Its code is the tool's own, for a package of Go's library. */
  readonly isLibrary: boolean;
}

/** A function that is being checked; those inside of it are function literals. */
interface FunctionLevel {
  readonly captured: Set<Variable>;
}

/** What is shared by the checks of one package. */
export class Context {
  readonly diagnostics: Diagnostic[] = [];
  private readonly attached = new Map<SyntaxNode, readonly Annotation[]>();
  private readonly claimed = new Set<SyntaxNode>();
  private readonly owners = new Map<Variable, FunctionLevel>();
  private readonly levels: FunctionLevel[] = [];
  private readonly delayed: (() => void)[] = [];
  /** What the declaration that is being checked refers to. */
  dependencies: Set<Dependency> = new Set();

  constructor(
    readonly rules: Rules,
    readonly identity: PackageIdentity,
    readonly instances: Instances,
    /** A package that has been checked, by its import path. */
    readonly checked: (path: string) => CheckedPackage | null,
  ) {}

  report(code: DiagnosticCode, at: SyntaxNode | Span, message: string, hint?: string): null {
    const span = 'file' in at ? at : at.span;
    this.diagnostics.push({ code, message, span, ...(hint === undefined ? {} : { hint }) });
    return null;
  }

  typeError(at: SyntaxNode | Span, message: string, hint?: string): null {
    return this.report('type', at, message, hint);
  }

  refuse(name: RefusalName, at: SyntaxNode | Span, detail?: string): null {
    this.diagnostics.push(refuse(name, 'file' in at ? at : at.span, detail));
    return null;
  }

  /** Refuses syntax that no rule knows, by its name in the table or, failing that, by the grammar's. */
  refuseSyntax(node: SyntaxNode): null {
    const name = REFUSED_SYNTAX.get(node.type);
    if (name !== undefined) return this.refuse(name, node);
    const message = `this use of ${node.type.replaceAll('_', ' ')} is not supported`;
    return this.report('unsupported', node, message, 'Write it in another way.');
  }

  attach(annotations: ReadonlyMap<SyntaxNode, readonly Annotation[]>): void {
    for (const [node, list] of annotations) this.attached.set(node, list);
  }

  /** The annotations of a node, which are then accounted for. */
  annotationsOf(node: SyntaxNode): readonly Annotation[] {
    this.claimed.add(node);
    return this.attached.get(node) ?? [];
  }

  /** Every annotation must have been claimed by what it is attached to. */
  reportUnclaimed(): void {
    for (const [node, list] of this.attached) {
      if (this.claimed.has(node)) continue;
      for (const annotation of list) {
        this.report(
          'annotation',
          annotation.span,
          'this annotation cannot stand here',
          'Write it above a constant, variable, type, field, function or statement.',
        );
      }
    }
  }

  newVariable(name: string, type: GoType, role: Variable['role'], span: Span): Variable {
    const variable: Variable = { id: this.instances.nextId(), name, type, role, span };
    const level = this.levels.at(-1);
    if (level !== undefined) this.owners.set(variable, level);
    return variable;
  }

  newTypeParameter(name: string, constraint: () => GoType): TypeParameter {
    return {
      kind: 'parameter',
      name,
      id: this.instances.nextId(),
      get constraint() {
        return constraint();
      },
    };
  }

  /** A package-level function or a function literal is being checked; gives what the literal captures. */
  inFunction<T>(check: () => T): { readonly result: T; readonly captured: readonly Variable[] } {
    const level: FunctionLevel = { captured: new Set() };
    this.levels.push(level);
    const result = check();
    this.levels.pop();
    return { result, captured: [...level.captured] };
  }

  /** Checks what stands at package level, also where a function asks for it first. */
  outsideFunctions<T>(check: () => T): T {
    const inside = this.levels.splice(0);
    const result = check();
    this.levels.push(...inside);
    return result;
  }

  get isInFunction(): boolean {
    return this.levels.length > 0;
  }

  /** The variable is mentioned: every function literal between here and its declaration captures it. */
  mention(variable: Variable): void {
    if (variable.role === 'package') return;
    const owner = this.owners.get(variable) ?? this.levels[0];
    for (const level of this.levels.toReversed()) {
      if (level === owner) return;
      level.captured.add(variable);
    }
  }

  /** To be done when all types are known. */
  later(check: () => void): void {
    this.delayed.push(check);
  }

  runDelayed(): void {
    for (let next = this.delayed.shift(); next !== undefined; next = this.delayed.shift()) next();
  }
}

/** A statement that `break` or `continue` can refer to. */
export interface Enclosing {
  readonly kind: 'loop' | 'switch';
  readonly target: number;
  readonly label: string | null;
}

export interface Label {
  readonly node: SyntaxNode;
  used: boolean;
}

export interface LocalName {
  readonly name: string;
  readonly span: Span;
  readonly entity: VariableEntity;
}

/** What the statements of one function share. */
export interface FunctionState {
  readonly resultTypes: readonly GoType[];
  /** Empty when the results have no names. */
  readonly results: readonly Variable[];
  readonly enclosing: readonly Enclosing[];
  readonly labels: Map<string, Label>;
  /** To find the ones that are never used. */
  readonly locals: LocalName[];
  /** Hands out jump targets. */
  readonly counter: { next: number };
}
