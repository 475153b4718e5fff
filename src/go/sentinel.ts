import type { Context } from './context.js';
import type { CallExpression, CompositeElement, Expression } from './expression.js';
import type { GoType, NamedType } from './type.js';
import { integerType, underlying } from './type.js';

const PACKAGE = 'errors';
/** The type, in the tool's source of `errors`, of errors that are told apart by a number. */
const TYPE = 'sentinel';

/**
 * `errors.New("text")` in an initial value of a package variable, not in a function literal there, runs once at most. So what it gives is written as
 * a value with the number of the call, which no other call has: a constant, where New makes a new variable. Null: the call is none of these.
 */
export function sentinel(context: Context, call: CallExpression): Expression | null {
  const { callee, arguments: given, type, span } = call;
  const [text] = given;
  if (context.isInFunction || text?.constant === undefined) return null;
  if (callee.kind !== 'function' || callee.function.library !== PACKAGE || callee.function.name !== 'New')
    return null;
  const own = sentinelType(context);
  const plain = own === null ? null : underlying(own);
  if (own === null || plain?.kind !== 'struct') return null;
  // Such numbers are unique in the program.
  const number = BigInt(context.instances.nextId());
  const values: readonly Expression[] = [
    { kind: 'literal', type: integerType('uint64'), constant: number, span },
    text,
  ];
  const elements = plain.fields.flatMap((field, index): CompositeElement[] => {
    const value = values[index];
    return value === undefined ? [] : [{ key: { kind: 'field', field }, value }];
  });
  const operand: Expression = { kind: 'composite', elements, length: null, type: own, span };
  return { kind: 'convert', operand, implicit: true, type, span };
}

/** The expression is such a value. */
export function isSentinel(expression: Expression): boolean {
  return expression.kind === 'convert' && isSentinelType(expression.operand.type);
}

function isSentinelType(type: GoType): boolean {
  return type.kind === 'named' && type.declaration.packagePath === PACKAGE && type.declaration.name === TYPE;
}

function sentinelType(context: Context): NamedType | null {
  const entity = context.checked(PACKAGE)?.lookup(TYPE);
  const type = entity?.kind === 'type' ? entity.resolve() : null;
  return type?.kind === 'named' ? type : null;
}
