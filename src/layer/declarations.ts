import type { Diagnostic } from '../base/diagnostic.js';
import { rewriteExpression, sameType, showExpression, showType, walkExpression } from '../ir/index.js';
import type { EnumType, Expression, RecordType, StateVariable, Type } from '../ir/index.js';
import { Checker } from './checker.js';
import { constantOf } from './constants.js';
import type { InstanceRequest } from './instance.js';
import { count } from './names.js';
import type { Entity, PureFunction, Scope } from './scope.js';
import type { ExpressionSyntax, LayerDeclaration, MemberSyntax, NameSyntax, TypeSyntax } from './syntax.js';
import { BUILTIN_TYPES, resolveType } from './types.js';

/** One kind of member. */
export type MemberOf<K extends MemberSyntax['kind']> = MemberSyntax & { readonly kind: K };

/** Words with a fixed meaning, which no declaration may take. */
const FIXED_WORDS: readonly string[] = ['true', 'false', 'zero', 'none', 'old', 'self', 'spec'];

/**
 * The names that a layer declares, for one instance. Members are read in their order; constants, types and functions are used after they are
 * declared, so none can be recursive.
 */
export class Declarations {
  readonly diagnostics: Diagnostic[] = [];
  readonly entities = new Map<string, Entity>();
  readonly types = new Map<string, Type>();
  readonly functions = new Map<string, PureFunction>();
  readonly constants = new Map<string, Expression | bigint>();
  /** By the name that the layer gives it. */
  readonly state = new Map<string, StateVariable>();
  readonly scope: Scope;
  /** Everything declared, ops included. */
  private readonly taken = new Set<string>();

  constructor(
    readonly layer: LayerDeclaration,
    readonly request: InstanceRequest,
  ) {
    this.scope = {
      lookup: (name) => this.entities.get(name) ?? null,
      lookupType: (name) => this.types.get(name) ?? null,
      allowOld: false,
      candidates: () => [...this.entities.keys()],
      names: request.names,
    };
    this.bindParameters();
    for (const member of layer.members) this.declare(member);
  }

  get checker(): Checker {
    return new Checker(this.scope, this.diagnostics);
  }

  /** The layer's name with its arguments. */
  get title(): string {
    const { arguments: args } = this.request;
    if (args.length === 0) return this.layer.name.name;
    const texts = args.map((argument) => {
      return argument.kind === 'type' ? showType(argument.type) : showExpression(argument.expression);
    });
    return `${this.layer.name.name}(${texts.join(', ')})`;
  }

  report(diagnostic: Diagnostic): null {
    this.diagnostics.push(diagnostic);
    return null;
  }

  /** Whether a local of the name would hide something, or is one of the language's words. */
  claims(name: string): boolean {
    return this.taken.has(name) || FIXED_WORDS.includes(name);
  }

  private bindParameters(): void {
    const { parameters, name } = this.layer;
    const given = this.request.arguments;
    if (given.length !== parameters.length) {
      const message = `layer '${name.name}' takes ${count(parameters.length, 'argument')}, but ${given.length} are given`;
      this.report({ code: 'layer', message, span: name.span });
      return;
    }
    parameters.forEach((parameter, index) => {
      const argument = given[index];
      if (argument === undefined || !this.take(parameter)) return;
      if (parameter.type === null) {
        if (argument.kind === 'type') this.types.set(parameter.name, argument.type);
        else this.mismatch(parameter, 'a type');
        return;
      }
      const type = this.type(parameter.type);
      if (type === null) return;
      if (argument.kind !== 'value' || !sameType(argument.expression.type, type)) {
        this.mismatch(parameter, `a value of type ${showType(type)}`);
        return;
      }
      this.entities.set(parameter.name, { kind: 'value', expression: argument.expression });
    });
  }

  private mismatch(parameter: NameSyntax, wanted: string): void {
    const message = `parameter '${parameter.name}' of layer '${this.layer.name.name}' is ${wanted}`;
    this.report({ code: 'layer', message, span: parameter.span });
  }

  /** Takes a name for the layer; false when somebody has it. */
  private take({ name, span }: NameSyntax): boolean {
    const fixed = FIXED_WORDS.includes(name) || BUILTIN_TYPES.has(name);
    if (!fixed && !this.taken.has(name)) {
      this.taken.add(name);
      return true;
    }
    const message = fixed ? `'${name}' is a word of the language` : `'${name}' is declared twice`;
    this.report({ code: 'name', message, span });
    return false;
  }

  type(syntax: TypeSyntax): Type | null {
    return this.checker.take(resolveType(syntax, this.scope));
  }

  private declare(member: MemberSyntax): void {
    switch (member.kind) {
      case 'variable':
        this.declareVariables(member);
        return;
      case 'const':
        if (this.take(member.name)) this.declareConstant(member);
        return;
      case 'struct':
        this.declareStruct(member);
        return;
      case 'enum':
        this.declareEnum(member);
        return;
      case 'func':
        if (this.take(member.name)) this.declareFunction(member);
        return;
      case 'op':
        this.take(member.name);
        return;
      case 'package':
      case 'crash':
      case 'fault':
        this.onlyOne(member);
        return;
      case 'init':
      case 'always':
        return;
    }
  }

  private onlyOne(member: MemberOf<'package' | 'crash' | 'fault'>): void {
    if (this.layer.members.find(({ kind }) => kind === member.kind) === member) return;
    this.report({ code: 'name', message: `'${member.kind}' is declared twice`, span: member.span });
  }

  private declareConstant({ name, type, value }: MemberOf<'const'>): void {
    const untyped = type === null ? constantOf(value, this.scope) : null;
    if (untyped?.kind === 'value') {
      this.constants.set(name.name, untyped.value);
      this.entities.set(name.name, { kind: 'constant', value: untyped.value });
      return;
    }
    const declared = type === null ? null : this.type(type);
    if (type !== null && declared === null) return;
    const { checker } = this;
    const expression = declared === null ? checker.infer(value) : checker.check(value, declared);
    if (expression === null) return;
    this.constants.set(name.name, expression);
    this.entities.set(name.name, { kind: 'value', expression });
  }

  private declareStruct({ name, fields }: MemberOf<'struct'>): void {
    const list: { name: string; type: Type }[] = [];
    for (const field of fields) {
      const type = this.type(field.type);
      if (type === null) continue;
      if (list.some((other) => other.name === field.name)) {
        this.report({ code: 'name', message: `field '${field.name}' is declared twice`, span: field.span });
      }
      list.push({ name: field.name, type });
    }
    const record: RecordType = { kind: 'record', name: name.name, fields: list };
    if (this.take(name)) this.types.set(name.name, record);
  }

  private declareEnum({ name, cases, span }: MemberOf<'enum'>): void {
    const type: EnumType = { kind: 'enum', name: name.name, cases: cases.map((each) => each.name) };
    if (cases.length === 0) this.report({ code: 'type', message: 'an enum needs a case', span });
    if (!this.take(name)) return;
    this.types.set(name.name, type);
    cases.forEach((each, index) => {
      if (!this.take(each)) return;
      const expression: Expression = { kind: 'literal', value: BigInt(index), type };
      this.constants.set(each.name, expression);
      this.entities.set(each.name, { kind: 'value', expression });
    });
  }

  private declareFunction({ name, parameters, result, body }: MemberOf<'func'>): void {
    const typed = parameters.map((parameter) => ({ ...parameter, resolved: this.type(parameter.type) }));
    const resultType = this.type(result);
    const names = new Map<string, Entity>();
    const ids: string[] = [];
    for (const { name: parameter, resolved, span } of typed) {
      if (resolved === null) return;
      if (this.claims(parameter) || names.has(parameter)) {
        this.report({ code: 'name', message: `'${parameter}' is declared twice`, span });
        return;
      }
      const id = this.request.names.fresh(parameter);
      ids.push(id);
      names.set(parameter, { kind: 'value', expression: { kind: 'bound', id, type: resolved } });
    }
    if (resultType === null) return;
    const checked = this.functionBody(body, names, resultType);
    if (checked === null) return;
    const made: PureFunction = {
      name: name.name,
      parameters: typed.flatMap(({ name: parameter, resolved }) =>
        resolved === null ? [] : [{ name: parameter, type: resolved }],
      ),
      result: resultType,
      inline: (args) => inlined(checked, new Map(ids.map((id, index) => [id, args[index]])), this.scope),
    };
    this.functions.set(name.name, made);
    this.entities.set(name.name, { kind: 'function', function: made });
  }

  /** A function sees its parameters, constants and other functions, but no state. */
  private functionBody(
    body: ExpressionSyntax,
    names: ReadonlyMap<string, Entity>,
    result: Type,
  ): Expression | null {
    const stateless = (entity: Entity | undefined): Entity | null => {
      return entity === undefined || (entity.kind === 'value' && entity.expression.kind === 'state')
        ? null
        : entity;
    };
    const scope: Scope = {
      ...this.scope,
      lookup: (name) => names.get(name) ?? stateless(this.entities.get(name)),
      candidates: () => [...names.keys(), ...this.entities.keys()],
    };
    return this.checker.within(scope).check(body, result);
  }

  private declareVariables({ names, type, values, durability, span }: MemberOf<'variable'>): void {
    const resolved = this.type(type);
    if (values.length !== 0 && values.length !== names.length) {
      const message = `${count(names.length, 'variable')}, but ${count(values.length, 'initial value')}`;
      this.report({ code: 'type', message, span });
      return;
    }
    names.forEach((name, index) => {
      if (!this.take(name) || resolved === null) return;
      const initial = this.initialValue(values[index], resolved);
      if (initial === null) return;
      const { side, origin, statePrefix } = this.request;
      const variable: StateVariable = {
        name: statePrefix + name.name,
        type: resolved,
        ...{ side, origin, durability, initial },
        unleasable: false,
        span: name.span,
      };
      this.state.set(name.name, variable);
      const expression: Expression = { kind: 'state', variable: variable.name, old: false, type: resolved };
      this.entities.set(name.name, { kind: 'value', expression });
    });
  }

  private initialValue(syntax: ExpressionSyntax | undefined, type: Type): Expression | null {
    if (syntax === undefined) return { kind: 'default', type };
    const value = this.checker.check(syntax, type);
    if (value === null || !mentionsState(value)) return value;
    return this.report({
      code: 'layer',
      message: 'an initial value mentions a state variable',
      span: syntax.span,
      hint: "State the relation in an 'init' clause.",
    });
  }
}

/** Whether any state variable occurs. */
export function mentionsState(expression: Expression): boolean {
  let found = false;
  walkExpression(expression, (node) => {
    if (node.kind === 'state') found = true;
  });
  return found;
}

/** A function's body with arguments for parameters; quantifiers get new ids at each use, because ids are unique in a system. */
function inlined(
  body: Expression,
  args: ReadonlyMap<string, Expression | undefined>,
  scope: Scope,
): Expression {
  return rewriteExpression(withFreshIds(body, scope), (node) => {
    const argument = node.kind === 'bound' ? args.get(node.id) : undefined;
    return argument === undefined ? node : withFreshIds(argument, scope);
  });
}

function withFreshIds(expression: Expression, scope: Scope): Expression {
  const renamed = new Map<string, string>();
  walkExpression(expression, (node) => {
    if (node.kind !== 'quantifier') return;
    for (const { id, name } of node.variables) renamed.set(id, scope.names.fresh(name));
  });
  if (renamed.size === 0) return expression;
  const idOf = (id: string): string => renamed.get(id) ?? id;
  return rewriteExpression(expression, (node) => {
    if (node.kind === 'bound') return { ...node, id: idOf(node.id) };
    if (node.kind !== 'quantifier') return node;
    return { ...node, variables: node.variables.map((each) => ({ ...each, id: idOf(each.id) })) };
  });
}
