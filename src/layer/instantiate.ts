import { failure, success, type Result } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';
import { BOOL, walkExpression } from '../ir/index.js';
import type { Block, Expression, Invariant, Operation, StateVariable, Statement } from '../ir/index.js';
import { Declarations, type MemberOf } from './declarations.js';
import { liftToFamily } from './family.js';
import type { InstanceRequest, LayerInstance, LayerParameter } from './instance.js';
import { FreshNames } from './scope.js';
import { StatementLowering, terminates } from './statements.js';
import type { BlockSyntax, ClauseSyntax, LayerDeclaration, StatementSyntax } from './syntax.js';
import { resolveType } from './types.js';

/**
 * Makes a layer part of a system: checks it with its arguments and lowers it. Errors: everything that is wrong with the layer, each at its
 * characters; arguments that do not fit.
 */
export function instantiateLayer(layer: LayerDeclaration, request: InstanceRequest): Result<LayerInstance> {
  const declarations = new Declarations(layer, request);
  const fault =
    layer.members.find((member): member is MemberOf<'fault'> => member.kind === 'fault')?.body ?? null;
  const faulty = new Set(
    fault === null ? [] : assignedVariables(lowerBlock(declarations, 'fault', fault).statements),
  );
  const init = initClauses(declarations);
  const always = alwaysClauses(declarations);
  const operations = layer.members.flatMap((member) => {
    return member.kind === 'op' ? [lowerOperation(declarations, member, fault)] : [];
  });
  const crash = layer.members.find((member): member is MemberOf<'crash'> => member.kind === 'crash');
  const lowered: LayerInstance = {
    name: declarations.title,
    state: stateVariables(declarations, init, faulty),
    operations,
    transitions: {
      name: declarations.title,
      init,
      crash:
        crash === undefined ? { locals: [], statements: [] } : lowerBlock(declarations, 'crash', crash.body),
      always: always.filter(({ expression }) => !mentionsOld(expression)).map(named('always')),
      alwaysStep: always.filter(({ expression }) => mentionsOld(expression)).map(named('always step')),
    },
    functions: declarations.functions,
    types: declarations.types,
    constants: declarations.constants,
  };
  if (declarations.diagnostics.length > 0) return failure(...declarations.diagnostics);
  return request.index.length === 0 ? success(lowered) : liftToFamily(lowered, request, layer.name.span);
}

/** What a reference to the layer must give. Errors: unknown types. */
export function layerParameters(layer: LayerDeclaration): Result<readonly LayerParameter[]> {
  const parameters: LayerParameter[] = [];
  for (const { name, type } of layer.parameters) {
    if (type === null) {
      parameters.push({ kind: 'type', name });
      continue;
    }
    const resolved = resolveType(type, { lookupType: () => null });
    if (!resolved.ok) return resolved;
    parameters.push({ kind: 'value', name, type: resolved.value });
  }
  return success(parameters);
}

/** Checks a layer for arbitrary arguments: values are parameters, types are opaque records. */
export function checkLayer(layer: LayerDeclaration): Result<LayerInstance> {
  const parameters = layerParameters(layer);
  if (!parameters.ok) return parameters;
  return instantiateLayer(layer, {
    arguments: parameters.value.map((parameter) =>
      parameter.kind === 'type'
        ? { kind: 'type', type: { kind: 'record', name: parameter.name, fields: [] } }
        : { kind: 'value', expression: { kind: 'parameter', name: parameter.name, type: parameter.type } },
    ),
    side: 'specification',
    origin: 'layer',
    statePrefix: '',
    operationPrefix: '',
    names: new FreshNames(),
    index: [],
  });
}

/** `x`, `x 2`, `x 3`: names that do not change when a later clause comes or goes. */
function named(name: string): (invariant: Invariant, index: number) => Invariant {
  return (invariant, index) => ({ ...invariant, name: index === 0 ? name : `${name} ${index + 1}` });
}

function mentionsOld(expression: Expression): boolean {
  let found = false;
  walkExpression(expression, (node) => {
    if (node.kind === 'state' && node.old) found = true;
  });
  return found;
}

function clause(declarations: Declarations, syntax: ClauseSyntax, allowOld: boolean): Invariant[] {
  const expression = declarations.checker
    .within({ ...declarations.scope, allowOld })
    .check(syntax.expression, BOOL);
  return expression === null ? [] : [{ name: '', text: syntax.text, expression, span: syntax.span }];
}

function alwaysClauses(declarations: Declarations): readonly Invariant[] {
  return declarations.layer.members.flatMap((member) => {
    return member.kind === 'always' ? clause(declarations, member.clause, true) : [];
  });
}

function initClauses(declarations: Declarations): readonly Invariant[] {
  const clauses = declarations.layer.members.flatMap((member) => {
    return member.kind === 'init' ? member.clauses.flatMap((each) => clause(declarations, each, false)) : [];
  });
  const volatile = new Set(
    [...declarations.state.values()]
      .filter(({ durability }) => durability === 'volatile')
      .map(({ name }) => name),
  );
  for (const { expression, span } of clauses) {
    walkExpression(expression, (node) => {
      if (node.kind !== 'state' || !volatile.has(node.variable)) return;
      declarations.report({
        code: 'layer',
        message: "a volatile variable in 'init'",
        span: node.span ?? span,
        hint: 'Give it its initial value where it is declared: a crash resets it to that.',
      });
    });
  }
  return clauses.map(named('init'));
}

/** A variable that `init` speaks of and that has no initial value of its own starts with any value that satisfies `init`. */
function stateVariables(
  declarations: Declarations,
  init: readonly Invariant[],
  faulty: ReadonlySet<string>,
): readonly StateVariable[] {
  const constrained = new Set<string>();
  for (const { expression } of init) {
    walkExpression(expression, (node) => {
      if (node.kind === 'state') constrained.add(node.variable);
    });
  }
  const initialised = new Set(
    declarations.layer.members.flatMap((member) => {
      return member.kind === 'variable' && member.values.length > 0
        ? member.names.map(({ name }) => name)
        : [];
    }),
  );
  return [...declarations.state].map(([name, variable]) => ({
    ...variable,
    initial: constrained.has(variable.name) && !initialised.has(name) ? null : variable.initial,
    unleasable: faulty.has(variable.name),
  }));
}

function lowerBlock(declarations: Declarations, owner: 'crash' | 'fault', body: BlockSyntax): Block {
  const lowering = new StatementLowering(declarations, owner, null);
  const statements = lowering.statements(body.statements);
  return { locals: lowering.locals, statements };
}

function assignedVariables(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap((statement) => {
    switch (statement.kind) {
      case 'assign':
        return statement.place.root.kind === 'state' ? [statement.place.root.variable] : [];
      case 'either':
        return statement.branches.flatMap(assignedVariables);
      case 'if':
        return [...assignedVariables(statement.whenTrue), ...assignedVariables(statement.whenFalse)];
      case 'require':
      case 'await':
      case 'choose':
      case 'return':
        return [];
    }
  });
}

function lowerOperation(
  declarations: Declarations,
  member: MemberOf<'op'>,
  fault: BlockSyntax | null,
): Operation {
  const { parameters, results } = member;
  const typed = results.map(({ name, type }) => ({
    name: name?.name ?? null,
    type: declarations.type(type) ?? BOOL,
  }));
  const lowering = new StatementLowering(declarations, 'op', fault, typed, parameters.length);
  for (const parameter of parameters) {
    lowering.declare(parameter, declarations.type(parameter.type) ?? BOOL, false);
  }
  results.forEach(({ name }, index) => {
    const type = typed[index]?.type ?? BOOL;
    if (name !== null) lowering.declare(name, type, true);
    else lowering.hidden(results.length === 1 ? 'result' : `result${index + 1}`, type);
  });
  const sections = sectionsOf(declarations, member.body).map((section) => lowering.statements(section));
  if (results.some(({ name }) => name === null) && !terminates(member.body.statements.at(-1))) {
    const { end } = member.body.span;
    const start = { ...end, column: end.column - 1, offset: end.offset - 1 };
    const message = `op '${member.name.name}' ends without 'return'`;
    declarations.report({ code: 'type', message, span: { file: member.span.file, start, end } });
  }
  return {
    name: declarations.request.operationPrefix + member.name.name,
    parameterCount: parameters.length,
    resultCount: results.length,
    locals: lowering.locals,
    sections,
    span: member.name.span,
  };
}

/** The statements between the `yield`s of an op. */
function sectionsOf(declarations: Declarations, body: BlockSyntax): readonly (readonly StatementSyntax[])[] {
  const sections: StatementSyntax[][] = [[]];
  let last: Span | null = null;
  for (const statement of body.statements) {
    if (statement.kind !== 'yield') {
      sections.at(-1)?.push(statement);
      continue;
    }
    last = statement.span;
    if (sections.at(-1)?.length === 0) emptySection(declarations, statement.span, 'before');
    sections.push([]);
  }
  if (last !== null && sections.at(-1)?.length === 0) emptySection(declarations, last, 'after');
  return sections;
}

function emptySection(declarations: Declarations, span: Span, where: 'before' | 'after'): void {
  declarations.report({ code: 'layer', message: `there is no section ${where} this 'yield'`, span });
}
