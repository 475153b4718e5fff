import type { Statement, Target } from './ast.js';
import { checkTarget } from './check-assignment.js';
import type { StatementBase } from './check-assignment.js';
import { checkNewNames, declareLocal, declareName, declareUnknown } from './check-declare.js';
import { assignableTo, refuseLockCopy } from './check-conversion.js';
import { checkCondition } from './check-branch.js';
import { rangeTypes } from './check-range.js';
import type { RangeTypes } from './check-range.js';
import { checkSimple } from './check-simple.js';
import { value } from './check-value.js';
import type { Context, FunctionState } from './context.js';
import type { Expression } from './expression.js';
import { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { containsLock } from './type-set.js';
import { showGoType } from './type-text.js';
import type { GoType } from './type.js';

/** The first version of Go whose loops have new variables in each round. */
const PER_ITERATION = 22;

/** Every form of `for`. */
export function checkFor(
  context: Context,
  outer: Scope,
  state: FunctionState,
  node: SyntaxNode,
  base: StatementBase,
  label: string | null,
): Statement | null {
  const scope = new Scope(outer);
  const target = state.counter.next++;
  const inside: FunctionState = {
    ...state,
    enclosing: [...state.enclosing, { kind: 'loop', target, label }],
  };
  const header = node.namedChildren.find((child) => child.field !== 'body') ?? null;
  const perIteration = context.identity.goVersion >= PER_ITERATION;
  if (header?.type === 'range_clause') {
    return checkRange(context, scope, inside, node, header, { ...base, target, label, perIteration });
  }
  const isClause = header?.type === 'for_clause';
  const initialiserNode = isClause ? header.child('initializer') : null;
  const conditionNode = isClause ? header.child('condition') : header;
  const postNode = isClause ? header.child('update') : null;
  if (postNode?.type === 'short_var_declaration') {
    return context.report('syntax', postNode, 'the last part of a `for` cannot declare variables');
  }
  const initialiser = initialiserNode === null ? null : checkSimple(context, scope, state, initialiserNode);
  const condition = conditionNode === null ? null : checkCondition(context, scope, conditionNode);
  const post = postNode === null ? null : checkSimple(context, scope, state, postNode);
  const body = context.rules.block(context, scope, inside, node.required('body'));
  const failed =
    (initialiserNode !== null && initialiser === null) ||
    (conditionNode !== null && condition === null) ||
    (postNode !== null && post === null);
  if (failed || body === null) return null;
  return { ...base, kind: 'for', target, label, perIteration, initialiser, condition, post, body };
}

type LoopBase = StatementBase & {
  readonly target: number;
  readonly label: string | null;
  readonly perIteration: boolean;
};

function checkRange(
  context: Context,
  scope: Scope,
  state: FunctionState,
  node: SyntaxNode,
  header: SyntaxNode,
  base: LoopBase,
): Statement | null {
  const left = header.child('left')?.namedChildren ?? [];
  const isDefinition = header.has(':=');
  const third = left[2];
  if (third !== undefined) return context.report('syntax', third, '`range` has at most two variables');
  const given = value(context, scope, header.required('right'));
  const existing = isDefinition ? [] : left.map((target) => checkTarget(context, scope, target));
  const [assigned] = existing;
  const keyType = assigned?.kind === 'place' ? assigned.place.type : null;
  const types = given === null ? null : rangeTypes(context, given, keyType, left.length);
  const targets =
    types === null || existing.includes(null)
      ? null
      : isDefinition
        ? defineRange(context, scope, state, left, types)
        : existing.map((target, index) => fitTarget(context, target, index === 0 ? types.key : types.value));
  if (targets === null && isDefinition) declareUnknown(scope, left);
  const body = context.rules.block(context, scope, state, node.required('body'));
  if (body === null || types === null || targets === null || targets.includes(null)) return null;
  const elementTarget = targets[1] ?? null;
  const copies = elementTarget !== null && elementTarget.kind !== 'blank';
  if (copies && isLockElement(context, types.over, types.value)) return null;
  return { ...base, kind: 'range', over: types.over, key: targets[0] ?? null, value: elementTarget, body };
}

function isLockElement(context: Context, over: Expression, element: GoType | null): boolean {
  if (element === null || !containsLock(element)) return false;
  refuseLockCopy(context, { ...over, type: element });
  return true;
}

function defineRange(
  context: Context,
  scope: Scope,
  state: FunctionState,
  left: readonly SyntaxNode[],
  { key, value: element }: RangeTypes,
): readonly (Target | null)[] | null {
  if (!checkNewNames(context, left)) return null;
  return left.map((target, index) => {
    const { span } = target;
    if (target.text === '_') return { kind: 'blank', span };
    const type = index === 0 ? key : element;
    if (type === null) return null;
    if (containsLock(type)) {
      declareName(context, scope, target, { kind: 'variable', resolve: () => null, used: true });
      return context.refuse('lockCopy', target);
    }
    const variable = declareLocal(context, scope, state, target, type);
    return variable === null ? null : { kind: 'declare', variable, span };
  });
}

/** The iteration value must be assignable to the variable. */
function fitTarget(context: Context, target: Target | null, type: GoType | null): Target | null {
  if (target === null || type === null) return null;
  if (target.kind !== 'place') return target;
  const sample = {
    kind: 'variable',
    variable: context.newVariable('_', type, 'local', target.span),
    type,
  } as const;
  const fits = assignableTo(
    context,
    { ...sample, span: target.span },
    target.place.type,
    `\`range\` (${showGoType(type)})`,
  );
  return fits === null ? null : target;
}
