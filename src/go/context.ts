import type { Diagnostic, DiagnosticCode } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';
import type { Annotation, Block, Variable } from './ast.js';
import type { Expression } from './expression.js';
import { REFUSED_SYNTAX, refuse } from './refusals.js';
import type { RefusalName } from './refusals.js';
import type { Entity, Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import type { GoType } from './type.js';

/** The rules that refer to one another; each is in a file of its own. */
export interface Rules {
  /** The expression, or null after a report. Its type may be a tuple (a call) or untyped. */
  readonly expression: (context: Context, scope: Scope, node: SyntaxNode) => Expression | null;
  readonly type: (context: Context, scope: Scope, node: SyntaxNode) => GoType | null;
  /** The statements of a block or of a case, in a scope of their own. */
  readonly block: (context: Context, scope: Scope, state: FunctionState, node: SyntaxNode) => Block | null;
}

/** What is shared by the checks of one package. */
export class Context {
  readonly diagnostics: Diagnostic[] = [];
  private readonly attached = new Map<SyntaxNode, readonly Annotation[]>();
  private readonly claimed = new Set<SyntaxNode>();
  private variables = 0;
  /** Methods by the name of their type, then by their own. */
  readonly methods = new Map<string, Map<string, Extract<Entity, { kind: 'function' }>>>();

  constructor(readonly rules: Rules) {}

  report(code: DiagnosticCode, at: SyntaxNode | Span, message: string, hint?: string): null {
    const span = 'file' in at ? at : at.span;
    this.diagnostics.push({ code, message, span, ...(hint === undefined ? {} : { hint }) });
    return null;
  }

  typeError(at: SyntaxNode | Span, message: string, hint?: string): null {
    return this.report('type', at, message, hint);
  }

  refuse(name: RefusalName, node: SyntaxNode, detail?: string): null {
    this.diagnostics.push(refuse(name, node.span, detail));
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
    this.variables += 1;
    return { id: this.variables, name, type, role, span };
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
  readonly entity: Extract<Entity, { kind: 'variable' }>;
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
