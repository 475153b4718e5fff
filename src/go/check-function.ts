import type { Block, FunctionDeclaration, Variable } from './ast.js';
import { isVariableType } from './check-assignment.js';
import { checkStatements } from './check-statement.js';
import type { Context, FunctionState, Label } from './context.js';
import { blockTerminates } from './flow.js';
import { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { containsLock } from './type-set.js';
import type { GoType } from './type.js';

/** A function whose body is still to be checked. */
export interface FunctionDraft {
  readonly node: SyntaxNode;
  readonly fileScope: Scope;
  readonly declaration: { -readonly [Key in keyof FunctionDeclaration]: FunctionDeclaration[Key] };
}

interface ParameterNode {
  /** Null for a parameter without a name. */
  readonly nameNode: SyntaxNode | null;
  readonly type: GoType;
  readonly at: SyntaxNode;
}

/** The signature of a function or method; null after a report. */
export function checkSignature(context: Context, fileScope: Scope, node: SyntaxNode): FunctionDraft | null {
  const typeParameters = node.child('type_parameters');
  if (typeParameters !== null) return context.refuse('generic', typeParameters);
  const receiver = checkReceiver(context, fileScope, node);
  const parameters = parameterList(context, fileScope, node.required('parameters'));
  const resultNode = node.child('result');
  const results =
    resultNode === null
      ? []
      : resultNode.type === 'parameter_list'
        ? parameterList(context, fileScope, resultNode)
        : unnamedResult(context, fileScope, resultNode);
  if (receiver === undefined || parameters === null || results === null) return null;
  const nameNode = node.required('name');
  const name = nameNode.text;
  const make = (role: Variable['role']) => (parameter: ParameterNode) =>
    context.newVariable(parameter.nameNode?.text ?? '_', parameter.type, role, parameter.at.span);
  const named = results.some((result) => result.nameNode !== null);
  const declaration: FunctionDeclaration = {
    name,
    fullName: receiver === null ? name : `${receiver.spelling}.${name}`,
    exported: /^\p{Lu}/u.test(name),
    receiver: receiver === null ? null : make('receiver')(receiver),
    parameters: parameters.map(make('parameter')),
    variadic: false,
    typeArguments: [],
    resultTypes: results.map((result) => result.type),
    results: named ? results.map(make('result')) : [],
    body: { span: node.span, statements: [] },
    annotations: context.annotationsOf(node),
    span: node.span,
    nameSpan: nameNode.span,
  };
  return { node, fileScope, declaration };
}

function unnamedResult(context: Context, scope: Scope, node: SyntaxNode): readonly ParameterNode[] | null {
  const type = parameterType(context, scope, node);
  return type === null ? null : [{ nameNode: null, type, at: node }];
}

function parameterType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const type = context.rules.type(context, scope, node);
  if (type === null || !isVariableType(context, node, type)) return null;
  return containsLock(type) ? context.refuse('lockCopy', node) : type;
}

function parameterList(context: Context, scope: Scope, node: SyntaxNode): readonly ParameterNode[] | null {
  const parameters: ParameterNode[] = [];
  let valid = true;
  for (const declaration of node.namedChildren) {
    if (declaration.type !== 'parameter_declaration') {
      context.refuseSyntax(declaration);
      valid = false;
      continue;
    }
    const typeNode = declaration.required('type');
    const type = parameterType(context, scope, typeNode);
    if (type === null) {
      valid = false;
      continue;
    }
    const nameNodes = declaration.all('name');
    if (nameNodes.length === 0) parameters.push({ nameNode: null, type, at: typeNode });
    for (const nameNode of nameNodes) parameters.push({ nameNode, type, at: nameNode });
  }
  const named = parameters.filter((parameter) => parameter.nameNode !== null).length;
  if (named > 0 && named < parameters.length) {
    return context.report('syntax', node, 'either all parameters have names or none has');
  }
  return valid ? parameters : null;
}

interface Receiver extends ParameterNode {
  /** As in `(*DB).Add`. */
  readonly spelling: string;
}

/** The receiver of a method, null for a function, undefined after a report. */
function checkReceiver(context: Context, scope: Scope, node: SyntaxNode): Receiver | null | undefined {
  const list = node.child('receiver');
  if (list === null) return null;
  const declarations = list.namedChildren;
  const [only] = declarations;
  const names = only?.all('name') ?? [];
  if (only?.type !== 'parameter_declaration' || declarations.length > 1 || names.length > 1) {
    context.report('syntax', list, 'a method has one receiver');
    return undefined;
  }
  const typeNode = only.required('type');
  const isPointer = typeNode.type === 'pointer_type';
  const baseNode = isPointer ? (typeNode.namedChildren[0] ?? typeNode) : typeNode;
  if (baseNode.type === 'generic_type') {
    context.refuse('generic', baseNode);
    return undefined;
  }
  const base = context.rules.type(context, scope, baseNode);
  if (base === null) return undefined;
  if (base.kind !== 'named') {
    context.typeError(baseNode, 'methods can only be declared on types of this package');
    return undefined;
  }
  if (!isPointer && containsLock(base)) {
    context.refuse('lockCopy', typeNode, 'use a pointer as the receiver');
    return undefined;
  }
  const type: GoType = isPointer ? { kind: 'pointer', element: base } : base;
  const spelling = isPointer ? `(*${base.name})` : base.name;
  const nameNode = names[0] ?? null;
  return { nameNode, type, at: nameNode ?? typeNode, spelling };
}

/** Checks the body of a function; the declaration gets its statements. */
export function checkBody(context: Context, draft: FunctionDraft): void {
  const { node, declaration } = draft;
  const bodyNode = node.child('body');
  if (bodyNode === null) {
    context.refuse('externalFunction', node, `\`${declaration.name}\``);
    return;
  }
  const before = context.diagnostics.length;
  const scope = new Scope(draft.fileScope);
  declareParameters(context, scope, declaration, node);
  const state: FunctionState = {
    resultTypes: declaration.resultTypes,
    results: declaration.results,
    enclosing: [],
    labels: new Map(),
    locals: [],
    counter: { next: 0 },
  };
  collectLabels(context, bodyNode, state.labels);
  const body = checkStatements(context, scope, state, bodyNode);
  if (body === null || context.diagnostics.length > before) return;
  declaration.body = body;
  checkEnd(context, bodyNode, body, state);
}

function declareParameters(
  context: Context,
  scope: Scope,
  declaration: FunctionDeclaration,
  node: SyntaxNode,
): void {
  const { receiver, parameters, results } = declaration;
  for (const variable of [...(receiver === null ? [] : [receiver]), ...parameters, ...results]) {
    if (variable.name === '_') continue;
    if (scope.own(variable.name) !== null) {
      context.report(
        'name',
        variable.span,
        `\`${variable.name}\` is already a parameter of \`${node.required('name').text}\``,
      );
      continue;
    }
    scope.declare(variable.name, { kind: 'variable', resolve: () => variable, used: true }, variable.span);
  }
}

/** Labels are known in the whole function. */
function collectLabels(context: Context, node: SyntaxNode, labels: Map<string, Label>): void {
  const label = node.type === 'labeled_statement' ? node.required('label') : null;
  // A label with the name `_` labels nothing.
  if (label !== null && label.text !== '_') {
    if (labels.has(label.text)) context.report('name', label, `the label \`${label.text}\` is defined twice`);
    labels.set(label.text, { node: label, used: false });
  }
  for (const child of node.children) collectLabels(context, child, labels);
}

function checkEnd(context: Context, node: SyntaxNode, body: Block, state: FunctionState): void {
  for (const { name, span, entity } of state.locals) {
    if (!entity.used) context.report('name', span, `\`${name}\` is declared and not used`);
  }
  for (const [name, label] of state.labels) {
    if (!label.used) context.report('name', label.node, `the label \`${name}\` is defined and not used`);
  }
  if (state.resultTypes.length > 0 && !blockTerminates(body)) {
    const end = node.source.span(node.end - 1, node.end);
    context.typeError(end, 'a `return` is missing at the end of the function');
  }
}
