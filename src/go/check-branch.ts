import type { Block, Statement, SwitchCase } from './ast.js';
import type { StatementBase } from './check-assignment.js';
import { withDefaultType } from './check-conversion.js';
import { combine } from './check-operator.js';
import { checkSimple } from './check-simple.js';
import { value } from './check-value.js';
import { keyText } from './constant-key.js';
import type { Context, FunctionState } from './context.js';
import type { Expression } from './expression.js';
import { Scope } from './scope.js';
import { statementText } from './statement-text.js';
import type { SyntaxNode } from './syntax.js';
import { isBoolean } from './predicates.js';
import { hasNil, isComparable } from './type-set.js';
import { showGoType } from './type-text.js';
import { UNTYPED_BOOL, underlying } from './type.js';

/** An expression of a boolean type. */
export function checkCondition(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const given = value(context, scope, node);
  const condition = given === null ? null : withDefaultType(context, given);
  if (condition === null) return null;
  if (isBoolean(condition.type)) return condition;
  return context.typeError(node, `a condition must be a bool, not ${showGoType(condition.type)}`);
}

export function checkIf(
  context: Context,
  outer: Scope,
  state: FunctionState,
  node: SyntaxNode,
  base: StatementBase,
): Statement | null {
  const scope = new Scope(outer);
  const initialiserNode = node.child('initializer');
  const initialiser = initialiserNode === null ? null : checkSimple(context, scope, state, initialiserNode);
  const condition = checkCondition(context, scope, node.required('condition'));
  const whenTrue = context.rules.block(context, scope, state, node.required('consequence'));
  const alternative = node.child('alternative');
  const whenFalse = alternative === null ? null : checkElse(context, scope, state, alternative);
  if (initialiserNode !== null && initialiser === null) return null;
  if (condition === null || whenTrue === null || (alternative !== null && whenFalse === null)) return null;
  return { ...base, kind: 'if', initialiser, condition, whenTrue, whenFalse };
}

function checkElse(context: Context, scope: Scope, state: FunctionState, node: SyntaxNode): Block | null {
  if (node.type === 'block') return context.rules.block(context, scope, state, node);
  const base = { span: node.span, text: statementText(node), annotations: context.annotationsOf(node) };
  const nested = checkIf(context, scope, state, node, base);
  return nested === null ? null : { span: node.span, statements: [nested] };
}

/** The state inside of a `switch` or a `select`. */
export function insideSwitch(state: FunctionState, target: number, label: string | null): FunctionState {
  return { ...state, enclosing: [...state.enclosing, { kind: 'switch', target, label }] };
}

export function checkSwitch(
  context: Context,
  outer: Scope,
  state: FunctionState,
  node: SyntaxNode,
  base: StatementBase,
  label: string | null,
): Statement | null {
  const scope = new Scope(outer);
  const target = state.counter.next++;
  const inside = insideSwitch(state, target, label);
  const initialiserNode = node.child('initializer');
  const initialiser = initialiserNode === null ? null : checkSimple(context, scope, state, initialiserNode);
  const tagNode = node.child('value');
  const tag = tagNode === null ? null : checkTag(context, scope, tagNode);
  const failed = (initialiserNode !== null && initialiser === null) || (tagNode !== null && tag === null);
  const clauses = node.namedChildren.filter((child) => child.type.endsWith('_case'));
  checkDefaults(context, clauses);
  const seen = new Map<string, SyntaxNode>();
  const cases = clauses.map((clause, index) =>
    checkCase(context, scope, inside, clause, { tag, failed, seen, isLast: index === clauses.length - 1 }),
  );
  if (failed || !cases.every((each) => each !== null)) return null;
  return { ...base, kind: 'switch', target, label, initialiser, tag, cases };
}

function checkTag(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const given = value(context, scope, node);
  const tag = given === null ? null : withDefaultType(context, given);
  if (tag === null) return null;
  if (isComparable(tag.type) || hasNil(tag.type)) return tag;
  return context.typeError(node, `values of type ${showGoType(tag.type)} cannot be compared`);
}

export function checkDefaults(context: Context, clauses: readonly SyntaxNode[]): void {
  const second = clauses.filter((clause) => clause.type === 'default_case')[1];
  if (second !== undefined) context.report('syntax', second, 'there is a second `default`');
}

interface CaseContext {
  readonly tag: Expression | null;
  /** The header has errors: the values cannot be checked. */
  readonly failed: boolean;
  /** Constants of the cases before. */
  readonly seen: Map<string, SyntaxNode>;
  readonly isLast: boolean;
}

function checkCase(
  context: Context,
  scope: Scope,
  state: FunctionState,
  clause: SyntaxNode,
  cases: CaseContext,
): SwitchCase | null {
  const valueNodes = clause.child('value')?.namedChildren ?? [];
  const values = cases.failed ? [] : valueNodes.map((node) => checkCaseValue(context, scope, node, cases));
  const statements = clause.ofType('statement_list')?.namedChildren ?? [];
  const last = statements.at(-1);
  const fallsThrough = last?.type === 'fallthrough_statement';
  if (fallsThrough && cases.isLast) {
    context.report('syntax', last, 'the last case of a `switch` cannot fall through');
  }
  const body = context.rules.block(context, scope, state, clause);
  if (body === null || !values.every((each) => each !== null)) return null;
  return { span: clause.span, values, isDefault: clause.type === 'default_case', body, fallsThrough };
}

function checkCaseValue(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  { tag, seen }: CaseContext,
): Expression | null {
  const given = value(context, scope, node);
  if (given === null) return null;
  const subject: Expression = tag ?? {
    kind: 'literal',
    constant: true,
    type: UNTYPED_BOOL,
    span: node.span,
  };
  const comparison = combine(context, node, '==', given, subject);
  if (comparison?.kind !== 'binary') return null;
  const result = withDefaultType(context, comparison.left);
  if (result === null) return null;
  const isInterface = tag !== null && underlying(tag.type).kind === 'interface';
  const key = keyText(result, isInterface);
  if (key !== null && typeof result.constant !== 'boolean') {
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      return context.typeError(node, `duplicate case \`${node.text}\` (line ${earlier.span.start.line})`);
    }
    seen.set(key, node);
  }
  return result;
}
