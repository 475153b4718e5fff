import { BLOCK, BOOL, UINT64, showType, type Expression, type Type } from '../ir/index.js';
import type { Checker, SyntaxOf } from './checker.js';
import { checkOld } from './compound.js';
import { dottedName } from './names.js';

/** The functions of the language, with the number of their arguments. */
export const BUILTINS = {
  len: 1,
  sum: 1,
  block: 1,
  number: 1,
  some: 1,
  isSome: 1,
  content: 1,
  insert: 2,
  remove: 2,
  old: 1,
  invariant: 1,
} as const;

export type BuiltinName = keyof typeof BUILTINS;

/** Types a call of a function of the language. */
export function checkBuiltin(
  checker: Checker,
  name: BuiltinName,
  syntax: SyntaxOf<'call'>,
): Expression | null {
  const [argument] = syntax.arguments;
  if (argument === undefined || syntax.arguments.length !== BUILTINS[name]) {
    return checker.arity(syntax, name, BUILTINS[name]);
  }
  const { span } = syntax;
  switch (name) {
    case 'block': {
      const operand = checker.check(argument, UINT64);
      return operand && { kind: 'builtin', function: 'block', operand, type: BLOCK, span };
    }
    case 'number': {
      const operand = checker.check(argument, BLOCK);
      return operand && { kind: 'builtin', function: 'number', operand, type: UINT64, span };
    }
    case 'old':
      return checkOld(checker, argument, span);
    case 'invariant':
      return lockInvariant(checker, syntax);
    case 'insert':
    case 'remove':
      return changedSet(checker, name, syntax);
    case 'len':
    case 'sum':
    case 'some':
    case 'isSome':
    case 'content': {
      const operand = checker.infer(argument);
      return operand && ofOperand(checker, name, operand, syntax);
    }
  }
}

function ofOperand(
  checker: Checker,
  name: 'len' | 'sum' | 'some' | 'isSome' | 'content',
  operand: Expression,
  syntax: SyntaxOf<'call'>,
): Expression | null {
  const { span } = syntax;
  const { type } = operand;
  const wrong = (wanted: string): null =>
    checker.error(operand.span ?? span, `'${name}' needs ${wanted}, but this is ${showType(type)}`);
  switch (name) {
    case 'len':
      return type.kind === 'seq'
        ? { kind: 'length', sequence: operand, type: UINT64, span }
        : wrong('a sequence');
    case 'sum':
      return type.kind === 'seq' && type.element.kind === 'integer'
        ? { kind: 'builtin', function: 'sum', operand, type: type.element, span }
        : wrong('a sequence of integers');
    case 'some':
      return { kind: 'some', value: operand, type: { kind: 'option', value: type }, span };
    case 'isSome':
      return type.kind === 'option'
        ? { kind: 'isSome', option: operand, type: BOOL, span }
        : wrong('an option');
    case 'content':
      return type.kind === 'option'
        ? { kind: 'content', option: operand, type: type.value, span }
        : wrong('an option');
  }
}

function changedSet(
  checker: Checker,
  name: 'insert' | 'remove',
  syntax: SyntaxOf<'call'>,
): Expression | null {
  const [first, second] = syntax.arguments;
  const { span } = syntax;
  const set = first === undefined ? null : checker.infer(first);
  if (set === null || second === undefined) return null;
  if (set.type.kind !== 'set') {
    return checker.error(set.span ?? span, `'${name}' needs a set, but this is ${showType(set.type)}`);
  }
  const element = checker.check(second, set.type.element);
  const present: Expression = { kind: 'literal', value: name === 'insert', type: BOOL, span };
  return element && { kind: 'withMember', set, element, present, type: set.type, span };
}

/** `invariant(mu)`, `invariant(locks[b])`: the formula of a lock, for one key. */
function lockInvariant(checker: Checker, syntax: SyntaxOf<'call'>): Expression | null {
  const [lock] = syntax.arguments;
  const { span } = syntax;
  const { lockInvariant: resolve } = checker.scope;
  if (resolve === undefined) return checker.error(span, "'invariant(lock)' has no meaning here");
  const name = lock && dottedName(lock.kind === 'index' ? lock.operand : lock);
  if (lock === undefined || name === null || name === undefined) {
    return checker.error(span, "'invariant' takes a lock: invariant(mu) or invariant(locks[i])");
  }
  const key =
    lock.kind === 'index' ? (type: Type) => checker.within(checker.scope, []).resultOf(lock.key, type) : null;
  const found = checker.take(resolve(name, key));
  return found && { ...found, span };
}
