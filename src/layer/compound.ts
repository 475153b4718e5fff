import type { Span } from '../base/source.js';
import { BOOL, THREAD, UINT64, rewriteExpression, showType } from '../ir/index.js';
import type { BoundVariable, Expression } from '../ir/index.js';
import type { Checker, SyntaxOf } from './checker.js';
import { inferVariableType } from './inference.js';
import { count } from './names.js';
import { extendScope, type Entity } from './scope.js';
import type { ExpressionSyntax } from './syntax.js';
import { resolveType } from './types.js';

/** `Pair{a, b}`, `Pair{first: a}`, `Pair{}`; missing fields are zero, as in Go. */
export function checkRecord(checker: Checker, syntax: SyntaxOf<'record'>): Expression | null {
  const type = checker.scope.lookupType(syntax.name);
  if (type?.kind !== 'record') {
    return checker.error(
      syntax.nameSpan,
      `'${syntax.name}' is not a struct`,
      type === null ? 'name' : 'type',
    );
  }
  const named = syntax.fields.some(({ name }) => name !== null);
  const unknown = syntax.fields.find(
    ({ name }, index) =>
      (named && name === null) ||
      (name !== null &&
        (type.fields.every((field) => field.name !== name.name) ||
          syntax.fields.findIndex((other) => other.name?.name === name.name) !== index)),
  );
  if (unknown !== undefined) {
    const what =
      unknown.name === null ? 'this field lacks its name' : `no (other) field '${unknown.name.name}'`;
    return checker.error(unknown.name?.span ?? unknown.value.span, `${type.name}: ${what}`, 'name');
  }
  if (!named && syntax.fields.length !== 0 && syntax.fields.length !== type.fields.length) {
    const wanted = count(type.fields.length, 'field');
    return checker.error(syntax.span, `${type.name} has ${wanted}, but ${syntax.fields.length} are given`);
  }
  const fields = type.fields.map((field, index): Expression | null => {
    const given = named ? syntax.fields.find(({ name }) => name?.name === field.name) : syntax.fields[index];
    if (given === undefined) return { kind: 'default', type: field.type, span: syntax.span };
    return checker.check(given.value, field.type);
  });
  if (!fields.every((field) => field !== null)) return null;
  return { kind: 'record', type, fields, span: syntax.span };
}

/** A quantifier; its variables get ids of their own. */
export function checkQuantifier(checker: Checker, syntax: SyntaxOf<'quantifier'>): Expression | null {
  const variables: BoundVariable[] = [];
  const names = new Map<string, Entity>();
  for (const variable of syntax.variables) {
    const type =
      variable.type === null
        ? inferVariableType(variable.name, syntax.body, checker.within(extendScope(checker.scope, names), []))
        : checker.take(resolveType(variable.type, checker.scope));
    if (type === null) {
      if (variable.type !== null) return null;
      const message = `the type of '${variable.name}' is not known`;
      return checker.error(
        variable.span,
        message,
        'type',
        `Write it: ${syntax.quantifier} ${variable.name} uint64 :: ...`,
      );
    }
    if (names.has(variable.name))
      return checker.error(variable.span, `'${variable.name}' is bound twice`, 'name');
    const id = checker.scope.names.fresh(variable.name);
    variables.push({ id, name: variable.name, type });
    names.set(variable.name, { kind: 'value', expression: { kind: 'bound', id, type } });
  }
  const body = checker.within(extendScope(checker.scope, names)).check(syntax.body, BOOL);
  const { quantifier, span } = syntax;
  return body && { kind: 'quantifier', quantifier, variables, body, type: BOOL, span };
}

/** `j => op(arguments)`. */
export function checkPending(checker: Checker, syntax: SyntaxOf<'pending'>): Expression | null {
  const { span, operation, operationSpan } = syntax;
  if (checker.scope.lookupOperation === undefined) {
    return checker.error(span, `'=>' has no meaning here: only invariants speak of pending operations`);
  }
  const found = checker.scope.lookupOperation(operation);
  if (found === null)
    return checker.error(operationSpan, `the specification has no op '${operation}'`, 'name');
  if (found.parameters.length !== syntax.arguments.length) {
    const wanted = count(found.parameters.length, 'argument');
    return checker.error(span, `op '${operation}' takes ${wanted}, but ${syntax.arguments.length} are given`);
  }
  const thread = checker.check(syntax.thread, THREAD);
  const args = syntax.arguments.map((argument, index) =>
    checker.check(argument, found.parameters[index] ?? BOOL),
  );
  if (thread === null || !args.every((argument) => argument !== null)) return null;
  return { kind: 'pending', thread, operation: found.name, section: 0, arguments: args, type: BOOL, span };
}

/** `old(e)`: the value before the step. */
export function checkOld(checker: Checker, syntax: ExpressionSyntax, span: Span): Expression | null {
  if (!checker.scope.allowOld) {
    return checker.error(
      span,
      "'old' has no meaning here",
      'type',
      'Only facts of a step have an old state.',
    );
  }
  const inner = checker.within({ ...checker.scope, allowOld: false }).infer(syntax);
  if (inner === null) return null;
  const { before = beforeStep } = checker.scope;
  return { ...before(inner), span };
}

function beforeStep(expression: Expression): Expression {
  return rewriteExpression(expression, (node) => (node.kind === 'state' ? { ...node, old: true } : node));
}

/** `s[low:high]`. */
export function checkSlice(checker: Checker, syntax: SyntaxOf<'slice'>): Expression | null {
  const sequence = checker.infer(syntax.operand);
  if (sequence === null) return null;
  const { span } = syntax;
  if (sequence.type.kind !== 'seq') {
    return checker.error(syntax.operand.span, `expected a sequence, but this is ${showType(sequence.type)}`);
  }
  const start: Expression = { kind: 'literal', value: 0n, type: UINT64, span };
  const end: Expression = { kind: 'length', sequence, type: UINT64, span };
  const low = syntax.low === null ? start : checker.check(syntax.low, UINT64);
  const high = syntax.high === null ? end : checker.check(syntax.high, UINT64);
  return low && high && { kind: 'slice', sequence, low, high, type: sequence.type, span };
}

/** `m[key := value]`. */
export function checkUpdate(checker: Checker, syntax: SyntaxOf<'update'>): Expression | null {
  const collection = checker.infer(syntax.operand);
  if (collection === null) return null;
  const { type } = collection;
  if (type.kind !== 'map' && type.kind !== 'seq') {
    return checker.error(syntax.operand.span, `${showType(type)} has no elements to replace`);
  }
  const key = checker.check(syntax.key, type.kind === 'map' ? type.key : UINT64);
  const value = checker.check(syntax.value, type.kind === 'map' ? type.value : type.element);
  return key && value && { kind: 'update', collection, key, value, type, span: syntax.span };
}
