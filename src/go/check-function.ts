import type { Block } from './ast.js';
import { declareParameterNames, declareSignature, signatureOf } from './check-parameters.js';
import type { Parameter } from './check-parameters.js';
import { isExported } from './exported.js';
import { checkStatements } from './check-statement.js';
import type { Context, FunctionState, Label } from './context.js';
import { unwrap } from './check-value.js';
import { declaredType } from './declared-type.js';
import type { DeclaredType, FunctionDraft } from './declared-type.js';
import type { Expression } from './expression.js';
import { blockTerminates } from './flow.js';
import { functionType } from './function-type.js';
import { Scope } from './scope.js';
import { bindParameters, substituteType } from './substitute-type.js';
import type { SyntaxNode } from './syntax.js';
import { containsLock } from './type-set.js';
import { underlying } from './type.js';
import type { GoType, TypeParameter } from './type.js';
import { ANY } from './universe.js';
import { declareTypeParameters } from './type-parameters.js';

/** The signature of a function or method; null after a report. */
export function checkSignature(context: Context, fileScope: Scope, node: SyntaxNode): FunctionDraft | null {
  const scope = new Scope(fileScope);
  const parameterNode = node.child('type_parameters');
  const declared = parameterNode === null ? [] : typeParameters(context, scope, parameterNode);
  const receiver = checkReceiver(context, scope, node);
  const signature = signatureOf(context, scope, node);
  if (declared === null || receiver === undefined || signature === null) return null;
  const nameNode = node.required('name');
  const name = nameNode.text;
  const declaration: FunctionDraft['declaration'] = {
    name,
    fullName: receiver === null ? name : `${receiver.spelling}.${name}`,
    exported: isExported(name),
    receiver:
      receiver === null
        ? null
        : context.newVariable(receiver.nameNode?.text ?? '_', receiver.type, 'receiver', receiver.at.span),
    ...declareSignature(context, signature),
    variadic: signature.variadic,
    body: { span: node.span, statements: [] },
    typeArguments: [],
    library: context.identity.isLibrary ? context.identity.path : null,
    annotations: context.annotationsOf(node),
    span: node.span,
    nameSpan: nameNode.span,
  };
  return {
    node,
    scope,
    typeParameters: receiver?.typeParameters ?? declared,
    declaration,
    dependencies: new Set(),
  };
}

function typeParameters(context: Context, scope: Scope, list: SyntaxNode): readonly TypeParameter[] | null {
  const { parameters, check } = declareTypeParameters(context, scope, list);
  return check() ? parameters : null;
}

interface Receiver extends Parameter {
  /** As in `(*DB).Add`. */
  readonly spelling: string;
  readonly typeParameters: readonly TypeParameter[];
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
  const { isPointer: isStar, base: baseNode } = receiverBase(only.required('type'));
  const base = receiverType(context, scope, baseNode, isStar);
  if (base === null) return undefined;
  const isPointer = isStar || base.isPointer;
  checkReceiverType(context, baseNode, base.type, isPointer);
  const type: GoType = isPointer ? { kind: 'pointer', element: base.type } : base.type;
  const { name } = base.declared;
  const nameNode = names[0] ?? null;
  return {
    nameNode,
    type,
    at: nameNode ?? baseNode,
    spelling: isPointer ? `(*${name})` : name,
    typeParameters: base.typeParameters,
  };
}

/** The type of a receiver without parentheses and star. */
export function receiverBase(node: SyntaxNode): { readonly isPointer: boolean; readonly base: SyntaxNode } {
  const [inner] = node.namedChildren;
  if (inner === undefined) return { isPointer: false, base: node };
  if (node.type === 'parenthesized_type') return receiverBase(inner);
  if (node.type === 'pointer_type') return { isPointer: true, base: unwrap(inner) };
  return { isPointer: false, base: node };
}

interface ReceiverType {
  readonly type: GoType;
  readonly declared: DeclaredType;
  readonly typeParameters: readonly TypeParameter[];
  /** It is an alias of a pointer to the type. */
  readonly isPointer: boolean;
}

function receiverType(
  context: Context,
  scope: Scope,
  node: SyntaxNode,
  isStar: boolean,
): ReceiverType | null {
  const isGeneric = node.type === 'generic_type';
  const nameNode = isGeneric ? node.required('type') : node;
  const entity = scope.lookup(nameNode.text)?.entity;
  const resolved = entity?.kind === 'type' ? entity.resolve() : null;
  const isPointer = resolved?.kind === 'pointer' && !isStar;
  const found = isPointer ? resolved.element : resolved;
  if (found === null) {
    const type = context.rules.type(context, scope, nameNode);
    return type === null
      ? null
      : context.typeError(node, 'methods can only be declared on types of this package');
  }
  if (found.kind !== 'named' || declaredType(found).packagePath !== context.identity.path) {
    return context.typeError(node, 'methods can only be declared on types of this package');
  }
  const declared = declaredType(found);
  if (declared.invalid) return null;
  const names = isGeneric ? node.required('type_arguments').namedChildren : [];
  if (names.length !== declared.typeParameters.length || declared.origin !== null) {
    return context.typeError(node, `the receiver needs ${declared.typeParameters.length} type parameters`);
  }
  const own: TypeParameter[] = [];
  for (const [index, each] of names.entries()) {
    const constraint = declared.typeParameters[index]?.constraint ?? ANY;
    const parameter = context.newTypeParameter(each.text, () =>
      substituteType(constraint, bindParameters(declared.typeParameters, own), context.instances),
    );
    own.push(parameter);
    if (!/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(each.text)) {
      return context.report('syntax', each, 'a type parameter of a receiver is a name');
    }
    if (scope.own(each.text) !== null) return context.report('name', each, `\`${each.text}\` is there twice`);
    scope.declare(each.text, { kind: 'type', resolve: () => parameter }, each.span);
  }
  context.instances.link(declared.typeParameters, own);
  const type = own.length === 0 ? found : context.instances.type(declared, own);
  return { type, declared, typeParameters: own, isPointer };
}

function checkReceiverType(context: Context, node: SyntaxNode, type: GoType, isPointer: boolean): void {
  context.later(() => {
    const plain = underlying(type);
    if (plain.kind === 'pointer' || plain.kind === 'interface') {
      context.typeError(node, 'a receiver cannot be of a pointer or an interface type');
    } else if (!isPointer && containsLock(type)) {
      context.refuse('lockCopy', node, 'use a pointer as the receiver');
    }
  });
}

/** Checks the body of a function; the declaration gets its statements. */
export function checkBody(context: Context, draft: FunctionDraft): void {
  const { node, declaration } = draft;
  const bodyNode = node.child('body');
  if (bodyNode === null) {
    context.refuse('externalFunction', node, `\`${declaration.name}\``);
    return;
  }
  const { receiver, parameters, results } = declaration;
  const outer = context.dependencies;
  context.dependencies = draft.dependencies;
  const scope = new Scope(draft.scope);
  declareParameterNames(context, scope, [
    ...(receiver === null ? [] : [receiver]),
    ...parameters,
    ...results,
  ]);
  for (const { name, span } of [...parameters, ...results, ...(receiver === null ? [] : [receiver])]) {
    if (draft.scope.own(name) !== null)
      context.report('name', span, `\`${name}\` is already a type parameter`);
  }
  const { result } = context.inFunction(() => checkFunctionBody(context, scope, bodyNode, declaration));
  context.dependencies = outer;
  if (result !== null) declaration.body = result;
}

function checkFunctionBody(
  context: Context,
  scope: Scope,
  bodyNode: SyntaxNode,
  { resultTypes, results }: Pick<FunctionState, 'resultTypes' | 'results'>,
): Block | null {
  const state: FunctionState = {
    resultTypes,
    results,
    enclosing: [],
    labels: new Map(),
    locals: [],
    counter: { next: 0 },
  };
  const before = context.diagnostics.length;
  collectLabels(context, bodyNode, state.labels);
  const body = checkStatements(context, scope, state, bodyNode);
  context.runDelayed();
  if (body === null || context.diagnostics.length > before) return null;
  checkEnd(context, bodyNode, body, state);
  return body;
}

/** A function literal. Outside of functions its body is checked when all declarations are known. */
export function checkClosure(context: Context, scope: Scope, node: SyntaxNode): Expression | null {
  const bodyNode = node.required('body');
  const inner = new Scope(scope);
  const signature = signatureOf(context, scope, node);
  if (signature === null) return null;
  const { span } = node;
  const literal: {
    -readonly [Key in keyof Extract<Expression, { kind: 'closure' }>['function']]: Extract<
      Expression,
      { kind: 'closure' }
    >['function'][Key];
  } = {
    parameters: [],
    resultTypes: signature.results.map((result) => result.type),
    results: [],
    variadic: signature.variadic,
    body: { span: bodyNode.span, statements: [] },
    captured: [],
    span,
  };
  const { dependencies } = context;
  const checkLiteral = (): boolean => {
    const outer = context.dependencies;
    context.dependencies = dependencies;
    const { result, captured } = context.inFunction(() => {
      const declared = declareSignature(context, signature);
      literal.parameters = declared.parameters;
      literal.results = declared.results;
      declareParameterNames(context, inner, [...declared.parameters, ...declared.results]);
      return checkFunctionBody(context, inner, bodyNode, literal);
    });
    context.dependencies = outer;
    literal.captured = captured;
    if (result !== null) literal.body = result;
    return result !== null;
  };
  const type = functionType({ ...literal, parameters: signature.parameters });
  if (!context.isInFunction) context.later(() => void checkLiteral());
  else if (!checkLiteral()) return null;
  return { kind: 'closure', function: literal, type, span };
}

/** Labels are known in the whole function, but not in the literals inside of it. */
function collectLabels(context: Context, node: SyntaxNode, labels: Map<string, Label>): void {
  if (node.type === 'labeled_statement') {
    const label = node.required('label');
    if (label.text !== '_') {
      if (labels.has(label.text))
        context.report('name', label, `the label \`${label.text}\` is defined twice`);
      labels.set(label.text, { node: label, used: false });
    }
  }
  for (const child of node.children) {
    if (child.type !== 'func_literal') collectLabels(context, child, labels);
  }
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
