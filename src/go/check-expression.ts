import type { Expression } from './expression.js';
import type { GoType } from './type.js';
import { checkBinary, checkUnary } from './check-operator.js';
import { checkCall, checkConversion } from './check-call.js';
import { checkComposite } from './check-composite.js';
import { convertConstant } from './check-conversion.js';
import { isSyncType, refuseSyncValue } from './check-sync.js';
import { value } from './check-value.js';
import { integerLiteral, runeLiteral, stringLiteral } from './constant.js';
import type { Context } from './context.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { UNTYPED_INT, UNTYPED_RUNE, UNTYPED_STRING, integerType, underlying } from './type.js';
import { showGoType } from './type-text.js';

/** Checks one expression. The result may be a tuple (a call) or untyped; null after a report. */
export function checkExpression(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  switch (node.type) {
    case 'identifier':
    case 'true':
    case 'false':
    case 'iota':
      return checkName(context, scope, node);
    case 'int_literal':
      return literal(context, node, UNTYPED_INT, integerLiteral(node.text));
    case 'rune_literal':
      return literal(context, node, UNTYPED_RUNE, runeLiteral(node.text));
    case 'interpreted_string_literal':
    case 'raw_string_literal':
      return literal(context, node, UNTYPED_STRING, stringLiteral(node.text));
    case 'parenthesized_expression':
      return parenthesized(context, scope, node);
    case 'unary_expression':
      return checkUnary(context, scope, node);
    case 'binary_expression':
      return checkBinary(context, scope, node);
    case 'call_expression':
      return checkCall(context, scope, node);
    case 'type_conversion_expression':
      return checkConversion(context, scope, node, node.required('type'), [node.required('operand')]);
    case 'selector_expression':
      return checkSelector(context, scope, node);
    case 'index_expression':
      return checkIndex(context, scope, node);
    case 'composite_literal':
      return checkComposite(context, scope, node);
    default:
      return context.refuseSyntax(node);
  }
}

function literal(
  context: Context,
  node: SyntaxNode,
  type: GoType,
  constant: bigint | string | null,
): Expression | null {
  if (constant === null) {
    return context.report(
      'syntax',
      node,
      `\`${node.text.slice(0, 40)}\` is not a literal of Go that is supported`,
    );
  }
  return { kind: 'literal', type, constant, span: node.span };
}

function parenthesized(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const [inner] = node.namedChildren;
  if (inner === undefined) return context.refuseSyntax(node);
  const expression = checkExpression(context, scope, inner);
  return expression === null ? null : { ...expression, span: node.span };
}

function checkName(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const name = node.text;
  const span = node.span;
  if (name === '_') return context.typeError(node, '`_` cannot be used as a value');
  const found = scope.lookup(name);
  if (found === null) return context.report('name', node, `undefined: \`${name}\``);
  const { entity } = found;
  switch (entity.kind) {
    case 'constant': {
      const meaning = entity.resolve();
      if (meaning === null) return null;
      const { reference, type, value: constant } = meaning;
      return { kind: 'constant', declaration: reference, type, constant, span };
    }
    case 'variable': {
      entity.used = true;
      const variable = entity.resolve();
      return variable === null ? null : { kind: 'variable', variable, type: variable.type, span };
    }
    case 'function':
      return context.refuse('functionValue', node, `\`${name}\``);
    case 'type':
      return context.typeError(node, `\`${name}\` is a type, not a value`);
    case 'import':
      return context.typeError(node, `the package \`${name}\` is not a value`);
    case 'builtin':
      return context.typeError(node, `\`${name}\` must be called`);
  }
}

function checkSelector(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const operandNode = node.required('operand');
  const member = node.required('field');
  const found = operandNode.type === 'identifier' ? scope.lookup(operandNode.text) : null;
  if (found?.entity.kind === 'import') {
    found.entity.used = true;
    const { imported } = found.entity;
    if (imported.kind !== 'machine') return refuseSyncValue(context, imported.kind, node);
    const constant = imported.constants.find((candidate) => candidate.name === member.text);
    if (constant !== undefined) {
      const declaration = { kind: 'machine', package: imported, constant } as const;
      return {
        kind: 'constant',
        declaration,
        type: constant.type,
        constant: constant.value,
        span: node.span,
      };
    }
    if (imported.functions.some((candidate) => candidate.name === member.text)) {
      return context.refuse('functionValue', node, `\`${node.text}\``);
    }
    return context.report('name', member, `undefined: \`${node.text}\``);
  }
  const operand = value(context, scope, operandNode);
  return operand === null ? null : selectField(context, operand, member, node);
}

function selectField(
  context: Context,
  operand: Expression,
  member: SyntaxNode,
  node: SyntaxNode,
): Expression | null {
  const pointer = underlying(operand.type);
  const type = pointer.kind === 'pointer' ? pointer.element : operand.type;
  const struct = underlying(type);
  const name = member.text;
  const field =
    struct.kind === 'struct' ? struct.fields.find((candidate) => candidate.name === name) : undefined;
  if (field !== undefined && name !== '_') {
    const base: Expression =
      pointer.kind === 'pointer' ? { kind: 'dereference', operand, type, span: operand.span } : operand;
    return { kind: 'select', operand: base, field, type: field.type, span: node.span };
  }
  const isMethod =
    isSyncType(struct) || (type.kind === 'named' && context.methods.get(type.name)?.has(name) === true);
  if (isMethod) return context.refuse('methodExpression', node, `\`${node.text}\``);
  return context.report(
    'name',
    member,
    `the type ${showGoType(operand.type)} has no field or method \`${name}\``,
  );
}

function checkIndex(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const collection = value(context, scope, node.required('operand'));
  const indexNode = node.required('index');
  const given = value(context, scope, indexNode);
  if (collection === null || given === null) return null;
  const array = underlying(collection.type);
  if (array.kind === 'string' || (array.kind === 'untyped' && array.of === 'string')) {
    return context.refuse('stringIndex', node);
  }
  if (array.kind !== 'array') {
    return context.typeError(node, `cannot index a value of type ${showGoType(collection.type)}`);
  }
  const index = convertConstant(context, given, integerType('int'));
  if (index === null) return null;
  if (underlying(index.type).kind !== 'integer') {
    return context.typeError(indexNode, `an index must be an integer, not ${showGoType(index.type)}`);
  }
  const { constant } = index;
  if (typeof constant === 'bigint' && (constant < 0n || constant >= array.length)) {
    return context.typeError(indexNode, `the index ${constant} is out of range of ${showGoType(array)}`);
  }
  return { kind: 'index', collection, index, type: array.element, span: node.span };
}
