import { UINT64 } from '../ir/index.js';
import type { Expression } from '../ir/index.js';
import type { Expression as GoExpression, Statement, Variable } from '../go/index.js';
import { underlying } from '../go/index.js';
import { reassignedIn, rootVariable } from './assigned.js';
import type { Lowering } from './lowering.js';
import { arithmetic, compare, conditional, convert, goBinary, literal, localOf } from './operators.js';

/** What a loop's shape suggests. Invariants that do not hold are dropped later; a measure that does not fall is reported. */
export interface LoopGuess {
  readonly invariants: readonly Expression[];
  readonly decreases: readonly Expression[] | null;
  /** The loop visits 0, 1, ... below `bound`. */
  readonly counted: { readonly counter: Expression; readonly bound: Expression } | null;
}

type ForStatement = Extract<Statement, { kind: 'for' }>;

interface Simple {
  readonly value: Expression;
  readonly variables: ReadonlySet<Variable>;
}

const NOTHING: LoopGuess = { invariants: [], decreases: null, counted: null };

/** Reads a `for` loop's header as a loop that counts up or down, or that drains a number. What it emits runs before the loop. */
export function guessLoop(lowering: Lowering, statement: ForStatement): LoopGuess {
  if (statement.condition === null) return NOTHING;
  const changed = new Set(reassignedIn(statement.body));
  const step = stepOf(statement);
  if (step !== null) changed.add(step.variable);
  else if (statement.post !== null) addAssigned(statement.post, changed);
  for (const conjunct of conjuncts(statement.condition)) {
    const guess = guessFrom(lowering, statement, conjunct, changed);
    if (guess !== null) return guess;
  }
  return NOTHING;
}

function addAssigned(post: Statement, changed: Set<Variable>): void {
  for (const variable of reassignedIn({ span: post.span, statements: [post] })) changed.add(variable);
}

/** `i++` or `i--` as the loop's post statement. */
function stepOf(statement: ForStatement): { readonly variable: Variable; readonly up: boolean } | null {
  const { post } = statement;
  if (post?.kind !== 'operate' || post.place.kind !== 'variable' || post.value.constant !== 1n) return null;
  if (post.operator !== '+' && post.operator !== '-') return null;
  return { variable: post.place.variable, up: post.operator === '+' };
}

function conjuncts(condition: GoExpression): readonly GoExpression[] {
  if (condition.kind !== 'binary' || condition.operator !== '&&') return [condition];
  return [...conjuncts(condition.left), ...conjuncts(condition.right)];
}

function guessFrom(
  lowering: Lowering,
  statement: ForStatement,
  condition: GoExpression,
  changed: ReadonlySet<Variable>,
): LoopGuess | null {
  if (condition.kind !== 'binary' || condition.constant !== undefined) return null;
  const left = simple(lowering, condition.left);
  const right = simple(lowering, condition.right);
  if (left === null || right === null || left.value.type.kind !== 'integer') return null;
  const variables = [...left.variables, ...right.variables];
  if (!variables.some((variable) => changed.has(variable))) return null;
  switch (condition.operator) {
    case '<':
      return ascending(lowering, statement, left, right, changed);
    case '>':
      return ascending(lowering, statement, right, left, changed);
    case '<=':
      return inclusive(lowering, statement, left, right, changed);
    case '>=':
      return inclusive(lowering, statement, right, left, changed);
    case '!=':
      return different(lowering, statement, left, right, changed);
    default:
      return null;
  }
}

/** `low < high`: the distance falls. */
function ascending(
  lowering: Lowering,
  statement: ForStatement,
  low: Simple,
  high: Simple,
  changed: ReadonlySet<Variable>,
): LoopGuess {
  const apart = distance(high.value, low.value);
  const step = stepOf(statement);
  const isUp = isSteady(high, changed);
  const isDraining = isSteady(low, changed) && isZero(low.value);
  const invariants = [
    ...(isDraining ? [] : [compare('lessEqual', low.value, high.value)]),
    ...fromStart(lowering, statement, low, high, changed),
  ];
  if (step?.up === true && isCounter(low, step.variable) && isUp) {
    const start = startOf(lowering, statement, step.variable, changed);
    return {
      invariants,
      decreases: isStepped(statement, step.variable) ? [apart] : [bounded(low.value, high.value, apart)],
      counted: start !== null && isZero(start) ? { counter: low.value, bound: high.value } : null,
    };
  }
  const isUnsigned = high.value.type.kind === 'integer' && !high.value.type.signed;
  const measure =
    isDraining && isUnsigned ? convert(high.value, UINT64) : bounded(low.value, high.value, apart);
  return { invariants, decreases: [measure], counted: null };
}

/** `low <= high`: one more than the distance falls. */
function inclusive(
  lowering: Lowering,
  statement: ForStatement,
  low: Simple,
  high: Simple,
  changed: ReadonlySet<Variable>,
): LoopGuess {
  const more = arithmetic('add', distance(high.value, low.value), literal(UINT64, 1n));
  const measure = conditional(compare('lessEqual', low.value, high.value), more, literal(UINT64, 0n));
  const invariants = fromStart(lowering, statement, low, high, changed);
  return { invariants, decreases: [measure], counted: null };
}

/** `i != n`: counts towards `n`, or drains `i`. */
function different(
  lowering: Lowering,
  statement: ForStatement,
  left: Simple,
  right: Simple,
  changed: ReadonlySet<Variable>,
): LoopGuess | null {
  const [moving, fixed] = isSteady(right, changed) ? [left, right] : [right, left];
  if (!isSteady(fixed, changed)) return null;
  const step = stepOf(statement);
  const isUp = step?.up === true && isCounter(moving, step.variable);
  const [low, high] = isUp ? [moving, fixed] : [fixed, moving];
  const invariants = [
    ...(isZero(fixed.value) ? [] : [compare('lessEqual', low.value, high.value)]),
    ...fromStart(lowering, statement, low, high, changed),
  ];
  return { invariants, decreases: [distance(high.value, low.value)], counted: null };
}

/** What gets larger is never below what it was before the loop, and what gets smaller never above. */
function fromStart(
  lowering: Lowering,
  statement: ForStatement,
  low: Simple,
  high: Simple,
  changed: ReadonlySet<Variable>,
): readonly Expression[] {
  const before = ({ value, variables }: Simple): Expression => {
    const counter = value.kind === 'local' ? [...variables][0] : undefined;
    return startOf(lowering, statement, counter, changed) ?? keptBefore(lowering, value);
  };
  return [
    ...(isSteady(low, changed) ? [] : [compare('lessEqual', before(low), low.value)]),
    ...(isSteady(high, changed) ? [] : [compare('lessEqual', high.value, before(high))]),
  ];
}

/** The value that an expression has before the loop, in a local that nothing else assigns. */
function keptBefore({ builder }: Lowering, value: Expression): Expression {
  const kept = builder.newHidden('$before', value.type);
  builder.assign(kept, value);
  return localOf(kept, value.type);
}

/** The measure while the loop goes on, zero when it is over: a step may overshoot. */
function bounded(low: Expression, high: Expression, apart: Expression): Expression {
  return conditional(compare('less', low, high), apart, literal(UINT64, 0n));
}

/** `high - low` as an unsigned number; exact whenever `low <= high`, for signed numbers too. */
function distance(high: Expression, low: Expression): Expression {
  const { type } = high;
  if (type.kind !== 'integer') throw new Error('a distance of no integers');
  const difference = isZero(low) ? high : arithmetic('subtract', high, low);
  return convert(convert(difference, { ...type, signed: false }), UINT64);
}

function isZero(value: Expression): boolean {
  return value.kind === 'literal' && value.value === 0n;
}

function isCounter(operand: Simple, variable: Variable): boolean {
  return operand.value.kind === 'local' && operand.variables.has(variable);
}

function isSteady(operand: Simple, changed: ReadonlySet<Variable>): boolean {
  return [...operand.variables].every((variable) => !changed.has(variable));
}

/** Only the post statement assigns the counter. */
function isStepped(statement: ForStatement, variable: Variable): boolean {
  return !reassignedIn(statement.body).has(variable);
}

/** What the loop's initialiser gives its counter, if the loop does not change it. */
function startOf(
  lowering: Lowering,
  statement: ForStatement,
  counter: Variable | undefined,
  changed: ReadonlySet<Variable>,
): Expression | null {
  const { initialiser } = statement;
  if (initialiser?.kind !== 'assign' || counter === undefined) return null;
  const index = initialiser.targets.findIndex(
    (target) =>
      (target.kind === 'declare' && target.variable === counter) ||
      (target.kind === 'place' && target.place.kind === 'variable' && target.place.variable === counter),
  );
  const value = initialiser.values[index];
  if (value === undefined || initialiser.targets.length !== initialiser.values.length) return null;
  const start = simple(lowering, value);
  return start !== null && isSteady(start, changed) && !start.variables.has(counter) ? start.value : null;
}

/** An expression over local variables, constants and parameters that needs no instruction. */
function simple(lowering: Lowering, expression: GoExpression): Simple | null {
  if (expression.constant !== undefined) {
    return { value: lowering.context.constants.lower(expression), variables: new Set() };
  }
  switch (expression.kind) {
    case 'variable':
    case 'select': {
      const root = rootVariable(expression);
      if (root === null || lowering.places.get(root)?.root !== 'local' || !isFieldPath(expression))
        return null;
      return { value: lowering.value(expression), variables: new Set([root]) };
    }
    case 'convert': {
      const operand = simple(lowering, expression.operand);
      const type = lowering.context.types.lower(expression.type, expression.span);
      if (operand === null || type.kind !== 'integer' || operand.value.type.kind !== 'integer') return null;
      return { ...operand, value: convert(operand.value, type) };
    }
    case 'length': {
      const kind = underlying(expression.operand.type).kind;
      const operand = kind === 'slice' || kind === 'string' ? simple(lowering, expression.operand) : null;
      return operand === null ? null : { ...operand, value: lowering.value(expression) };
    }
    case 'binary': {
      if (expression.operator !== '+' && expression.operator !== '-') return null;
      const left = simple(lowering, expression.left);
      const right = simple(lowering, expression.right);
      if (left === null || right === null) return null;
      return {
        value: goBinary(expression.operator, left.value, right.value),
        variables: new Set([...left.variables, ...right.variables]),
      };
    }
    default:
      return null;
  }
}

/** A variable or a field of a field of one: no index, no pointer. */
function isFieldPath(expression: GoExpression): boolean {
  return expression.kind === 'variable' || (expression.kind === 'select' && isFieldPath(expression.operand));
}
