import { instantiateOperand } from './check-instantiation.js';
import { checkAssertion } from './check-assertion.js';
import { checkBinary } from './check-operator.js';
import { checkCall, checkConversionSyntax } from './check-call.js';
import { checkComposite } from './check-composite.js';
import { checkIndex } from './check-index.js';
import { checkSlice } from './check-slice.js';
import { checkSelector } from './check-selector.js';
import { starOperand } from './check-type.js';
import { functionType } from './function-type.js';
import { checkUnary } from './check-unary.js';
import type { Context } from './context.js';
import type { ConstantValue } from './ast.js';
import type { Expression } from './expression.js';
import { floatLiteral, integerLiteral, runeLiteral, stringLiteral } from './literal.js';
import type { Operand } from './operand.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { coreType } from './type-set.js';
import { showGoType } from './type-text.js';
import { UNTYPED_FLOAT, UNTYPED_INT, UNTYPED_NIL, UNTYPED_RUNE, UNTYPED_STRING } from './type.js';
import type { GoType } from './type.js';

/** Checks one expression. The result may be a tuple (a call) or untyped; null after a report. */
export function checkExpression(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const operand = checkOperand(context, scope, node);
  if (operand === null) return null;
  switch (operand.kind) {
    case 'value':
      return operand.expression;
    case 'type':
      return context.typeError(node, `\`${node.text}\` is a type, not a value`);
    case 'builtin':
      return context.typeError(node, `\`${operand.name}\` must be called`);
    case 'machine':
    case 'sync':
    case 'atomic':
    case 'newCondition':
      return context.refuse('uncalled', node, `\`${node.text}\``);
    case 'generic':
      return instantiateOperand(context, node, operand);
  }
}

/** What a piece of syntax denotes; null after a report. */
export function checkOperand(context: Context, scope: Scope, node: SyntaxNode): Operand | null {
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
    case 'true':
    case 'false':
    case 'iota':
    case 'nil':
      return checkName(context, scope, node);
    case 'parenthesized_expression':
    case 'parenthesized_type': {
      const [inner] = node.namedChildren;
      if (inner === undefined) return context.refuseSyntax(node);
      const operand = checkOperand(context, scope, inner);
      if (operand?.kind !== 'value') return operand;
      return { kind: 'value', expression: { ...operand.expression, span: node.span } };
    }
    case 'selector_expression':
    case 'qualified_type':
      return checkSelector(context, scope, node);
    case 'index_expression':
    case 'generic_type':
    case 'type_instantiation_expression':
      return checkIndex(context, scope, node);
    case 'pointer_type':
      return checkStar(context, scope, node);
    case 'unary_expression':
      return starOperand(node) === null
        ? valueOf(checkUnary(context, scope, node))
        : checkStar(context, scope, node);
    case 'call_expression':
      return checkCall(context, scope, node);
    case 'type_conversion_expression':
      return checkConversionSyntax(context, scope, node);
    case 'slice_type':
    case 'array_type':
    case 'map_type':
    case 'channel_type':
    case 'struct_type':
    case 'function_type':
    case 'interface_type': {
      const type = context.rules.type(context, scope, node);
      return type === null ? null : { kind: 'type', type };
    }
    default:
      return valueOf(checkValueSyntax(context, scope, node));
  }
}

function valueOf(expression: Expression | null): Operand | null {
  return expression === null ? null : { kind: 'value', expression };
}

function checkValueSyntax(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  switch (node.type) {
    case 'int_literal':
      return literal(context, node, UNTYPED_INT, integerLiteral(node.text));
    case 'float_literal':
      return literal(context, node, UNTYPED_FLOAT, floatLiteral(node.text));
    case 'rune_literal':
      return literal(context, node, UNTYPED_RUNE, runeLiteral(node.text));
    case 'interpreted_string_literal':
    case 'raw_string_literal':
      return literal(context, node, UNTYPED_STRING, stringLiteral(node.text));
    case 'binary_expression':
      return checkBinary(context, scope, node);
    case 'slice_expression':
      return checkSlice(context, scope, node);
    case 'composite_literal':
      return checkComposite(context, scope, node);
    case 'func_literal':
      return context.rules.closure(context, scope, node);
    case 'type_assertion_expression':
      return checkAssertion(context, scope, node);
    default:
      return context.refuseSyntax(node);
  }
}

function literal(
  context: Context,
  node: SyntaxNode,
  type: GoType,
  constant: ConstantValue | null,
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

/** `*x`: what a pointer points to, or the type of pointers to `x`. */
function checkStar(context: Context, scope: Scope, node: SyntaxNode): Operand | null {
  const operandNode = starOperand(node);
  if (operandNode === null) return context.refuseSyntax(node);
  const operand = checkOperand(context, scope, operandNode);
  if (operand === null) return null;
  if (operand.kind === 'type') return { kind: 'type', type: { kind: 'pointer', element: operand.type } };
  if (operand.kind !== 'value') return context.typeError(node, 'only a pointer can be dereferenced');
  const { expression } = operand;
  const type = coreType(expression.type);
  if (type?.kind !== 'pointer') {
    const what = expression.kind === 'nil' ? '`nil`' : `a value of type ${showGoType(expression.type)}`;
    return context.typeError(node, `cannot dereference ${what}`);
  }
  return valueOf({ kind: 'dereference', operand: expression, type: type.element, span: node.span });
}

function checkName(context: Context, scope: Scope, node: SyntaxNode): Operand | null {
  const name = node.text;
  const { span } = node;
  if (name === '_') return context.typeError(node, '`_` cannot be used as a value');
  const found = scope.lookup(name);
  if (found === null) return missingName(context, scope, node);
  const { entity } = found;
  switch (entity.kind) {
    case 'constant': {
      const meaning = entity.resolve();
      if (meaning === null) return null;
      const { reference, type, value: constant } = meaning;
      return valueOf({ kind: 'constant', declaration: reference, type, constant, span });
    }
    case 'variable': {
      entity.used = true;
      const variable = entity.resolve();
      if (variable === null) return null;
      context.mention(variable);
      return valueOf({ kind: 'variable', variable, type: variable.type, span });
    }
    case 'function': {
      const draft = entity.resolve();
      if (draft === null) return null;
      context.dependencies.add(draft);
      if (draft.typeParameters.length > 0) return { kind: 'generic', draft, typeArguments: [] };
      const { declaration } = draft;
      return valueOf({ kind: 'function', function: declaration, type: functionType(declaration), span });
    }
    case 'type': {
      const type = context.rules.anyType(context, scope, node);
      return type === null ? null : { kind: 'type', type };
    }
    case 'import':
      return context.typeError(node, `the package \`${name}\` is not a value`);
    case 'builtin':
      return { kind: 'builtin', name };
    case 'nil':
      return valueOf({ kind: 'nil', type: UNTYPED_NIL, span });
  }
}

/** A name that is not declared may be that of a type that is refused. */
function missingName(context: Context, scope: Scope, node: SyntaxNode): null {
  context.rules.type(context, scope, node);
  return null;
}
