import type {
  Block,
  FunctionDeclaration,
  SelectCase,
  Statement,
  SwitchCase,
  Target,
  TypeCase,
  Variable,
} from './ast.js';
import { DeclaredType, declaredType } from './declared-type.js';
import type {
  CallExpression,
  Callee,
  CompositeElement,
  Expression,
  FunctionLiteral,
  MethodCallee,
} from './expression.js';
import type { FunctionInstance, Instances } from './instances.js';
import { concreteMethod } from './concrete-method.js';
import { bindParameters, substituteType } from './substitute-type.js';
import type { Binding } from './substitute-type.js';
import type { Field, GoType, NamedType } from './type.js';
import { underlying } from './type.js';

/** Gives an instance of a generic function its body: the checked body with the types that the type parameters stand for. */
export function substituteBody(instance: FunctionInstance, instances: Instances): void {
  const { draft, typeArguments, declaration } = instance;
  const substitution = new Substitution(bindParameters(draft.typeParameters, typeArguments), instances);
  const generic = draft.declaration;
  substitution.rename(generic.receiver, declaration.receiver);
  generic.parameters.forEach((parameter, index) => {
    substitution.rename(parameter, declaration.parameters[index] ?? null);
  });
  generic.results.forEach((result, index) => {
    substitution.rename(result, declaration.results[index] ?? null);
  });
  declaration.body = substitution.block(generic.body);
}

class Substitution {
  private readonly variables = new Map<Variable, Variable>();
  private readonly localTypes = new Map<DeclaredType, NamedType>();
  private readonly binding: Binding;

  constructor(
    binding: Binding,
    private readonly instances: Instances,
  ) {
    this.binding = { ...binding, local: (type) => this.localType(type) };
  }

  rename(from: Variable | null, to: Variable | null): void {
    if (from !== null && to !== null) this.variables.set(from, to);
  }

  /** A type that the function declares: each instance has its own. */
  private localType(type: NamedType): NamedType | null {
    const declared = declaredType(type);
    if (!declared.local) return null;
    const known = this.localTypes.get(declared);
    if (known !== undefined) return known;
    const { name, packagePath, packageName, annotations, span } = declared;
    const own: DeclaredType = new DeclaredType(
      { name, packagePath, packageName, local: true, annotations, span },
      () => this.type(declared.definition),
      () => undefined,
    );
    this.localTypes.set(declared, own.type);
    this.instances.completedTypes.push(own);
    return own.type;
  }

  private type(type: GoType): GoType {
    return substituteType(type, this.binding, this.instances);
  }

  private variable(variable: Variable): Variable {
    if (variable.role === 'package') return variable;
    const known = this.variables.get(variable);
    if (known !== undefined) return known;
    const own = { ...variable, id: this.instances.nextId(), type: this.type(variable.type) };
    this.variables.set(variable, own);
    return own;
  }

  private function(declaration: FunctionDeclaration): FunctionDeclaration {
    const instance = this.instances.instanceOf(declaration);
    if (instance === null) return declaration;
    return this.instances.function(
      instance.draft,
      instance.typeArguments.map((type) => this.type(type)),
    );
  }

  block(block: Block): Block {
    return { ...block, statements: block.statements.map((each) => this.statement(each)) };
  }

  private optional(block: Block | null): Block | null {
    return block === null ? null : this.block(block);
  }

  private simple(statement: Statement | null): Statement | null {
    return statement === null ? null : this.statement(statement);
  }

  private statement(statement: Statement): Statement {
    switch (statement.kind) {
      case 'block':
        return { ...statement, block: this.block(statement.block) };
      case 'declare':
        return { ...statement, variables: statement.variables.map((each) => this.variable(each)) };
      case 'assign':
        return {
          ...statement,
          values: this.expressions(statement.values),
          targets: statement.targets.map((each) => this.target(each)),
        };
      case 'operate':
        return {
          ...statement,
          place: this.expression(statement.place),
          value: this.expression(statement.value),
        };
      case 'return':
        return { ...statement, values: this.expressions(statement.values) };
      case 'defer':
      case 'go':
        return { ...statement, call: this.call(statement.call) };
      case 'expression':
        return { ...statement, call: this.expression(statement.call) };
      case 'send':
        return {
          ...statement,
          channel: this.expression(statement.channel),
          value: this.expression(statement.value),
        };
      case 'panic':
        return { ...statement, argument: this.expression(statement.argument) };
      case 'break':
      case 'continue':
      case 'empty':
        return statement;
      default:
        return this.compound(statement);
    }
  }

  private compound(
    statement: Extract<Statement, { kind: 'if' | 'for' | 'range' | 'switch' | 'typeSwitch' | 'select' }>,
  ): Statement {
    switch (statement.kind) {
      case 'if':
        return {
          ...statement,
          initialiser: this.simple(statement.initialiser),
          condition: this.expression(statement.condition),
          whenTrue: this.block(statement.whenTrue),
          whenFalse: this.optional(statement.whenFalse),
        };
      case 'for':
        return {
          ...statement,
          initialiser: this.simple(statement.initialiser),
          condition: this.maybe(statement.condition),
          post: this.simple(statement.post),
          body: this.block(statement.body),
        };
      case 'range':
        return {
          ...statement,
          over: this.expression(statement.over),
          key: statement.key === null ? null : this.target(statement.key),
          value: statement.value === null ? null : this.target(statement.value),
          body: this.block(statement.body),
        };
      case 'switch':
        return {
          ...statement,
          initialiser: this.simple(statement.initialiser),
          tag: this.maybe(statement.tag),
          cases: statement.cases.map((each) => this.switchCase(each)),
        };
      case 'typeSwitch':
        return {
          ...statement,
          initialiser: this.simple(statement.initialiser),
          operand: this.expression(statement.operand),
          cases: statement.cases.map((each) => this.typeCase(each)),
        };
      case 'select':
        return { ...statement, cases: statement.cases.map((each) => this.selectCase(each)) };
    }
  }

  private switchCase(each: SwitchCase): SwitchCase {
    return { ...each, values: this.expressions(each.values), body: this.block(each.body) };
  }

  private typeCase(each: TypeCase): TypeCase {
    return {
      ...each,
      types: each.types.map((type) => (type === null ? null : this.type(type))),
      variable: each.variable === null ? null : this.variable(each.variable),
      body: this.block(each.body),
    };
  }

  private selectCase(each: SelectCase): SelectCase {
    return { ...each, communication: this.simple(each.communication), body: this.block(each.body) };
  }

  private target(target: Target): Target {
    switch (target.kind) {
      case 'blank':
        return target;
      case 'declare':
        return { ...target, variable: this.variable(target.variable) };
      case 'place':
        return { ...target, place: this.expression(target.place) };
    }
  }

  private expressions(list: readonly Expression[]): readonly Expression[] {
    return list.map((each) => this.expression(each));
  }

  private maybe(expression: Expression | null): Expression | null {
    return expression === null ? null : this.expression(expression);
  }

  private expression(expression: Expression): Expression {
    const type = this.type(expression.type);
    switch (expression.kind) {
      case 'literal':
      case 'constant':
      case 'nil':
        return { ...expression, type };
      case 'variable':
        return { ...expression, type, variable: this.variable(expression.variable) };
      case 'unary':
      case 'length':
      case 'dereference':
        return { ...expression, type, operand: this.expression(expression.operand) };
      case 'convert':
        return this.conversion(expression, type);
      case 'assertion':
        return {
          ...expression,
          type,
          operand: this.expression(expression.operand),
          asserted: this.type(expression.asserted),
        };
      case 'binary':
        return {
          ...expression,
          type,
          left: this.expression(expression.left),
          right: this.expression(expression.right),
        };
      case 'call':
        return this.call(expression);
      case 'select':
        return this.selection(expression, type);
      case 'index':
        return {
          ...expression,
          type,
          collection: this.expression(expression.collection),
          index: this.expression(expression.index),
        };
      case 'lookup':
        return {
          ...expression,
          type,
          map: this.expression(expression.map),
          key: this.expression(expression.key),
        };
      case 'composite':
        return this.composite(expression, type);
      default:
        return this.other(expression, type);
    }
  }

  private other(
    expression: Extract<
      Expression,
      {
        kind:
          | 'slice'
          | 'extremum'
          | 'make'
          | 'new'
          | 'append'
          | 'address'
          | 'function'
          | 'closure'
          | 'methodValue'
          | 'methodExpression'
          | 'receive';
      }
    >,
    type: GoType,
  ): Expression {
    switch (expression.kind) {
      case 'slice':
        return {
          ...expression,
          type,
          operand: this.expression(expression.operand),
          low: this.maybe(expression.low),
          high: this.maybe(expression.high),
          max: this.maybe(expression.max),
        };
      case 'extremum':
        return { ...expression, type, operands: this.expressions(expression.operands) };
      case 'make':
        return { ...expression, type, sizes: this.expressions(expression.sizes) };
      case 'new':
        return { ...expression, type, initial: this.maybe(expression.initial) };
      case 'append':
        return {
          ...expression,
          type,
          slice: this.expression(expression.slice),
          elements: this.expressions(expression.elements),
        };
      case 'address':
        return { ...expression, type, place: this.expression(expression.place) };
      case 'function':
        return { ...expression, type, function: this.function(expression.function) };
      case 'closure':
        return { ...expression, type, function: this.literal(expression.function) };
      case 'methodValue':
        return { ...expression, type, method: this.method(expression.method) };
      case 'methodExpression': {
        const { variable, callee } = expression.method;
        return {
          ...expression,
          type,
          method: { variable: this.variable(variable), callee: this.method(callee) },
        };
      }
      case 'receive':
        return { ...expression, type, channel: this.expression(expression.channel) };
    }
  }

  /** An implicit conversion from or to a type parameter may be none in the instance. */
  private conversion(expression: Extract<Expression, { kind: 'convert' }>, type: GoType): Expression {
    return { ...expression, type, operand: this.expression(expression.operand) };
  }

  private selection(expression: Extract<Expression, { kind: 'select' }>, type: GoType): Expression {
    const operand = this.expression(expression.operand);
    return { ...expression, type, operand, field: fieldNamed(operand.type, expression.field) };
  }

  private composite(expression: Extract<Expression, { kind: 'composite' }>, type: GoType): Expression {
    const elements = expression.elements.map(({ key, value }): CompositeElement => {
      const own = this.expression(value);
      switch (key.kind) {
        case 'field':
          return { key: { kind: 'field', field: fieldNamed(type, key.field) }, value: own };
        case 'index':
          return { key, value: own };
        case 'key':
          return { key: { kind: 'key', key: this.expression(key.key) }, value: own };
      }
    });
    return { ...expression, type, elements };
  }

  private call(call: CallExpression): CallExpression {
    return {
      ...call,
      type: this.type(call.type),
      callee: this.callee(call.callee),
      arguments: this.expressions(call.arguments),
    };
  }

  private callee(callee: Callee): Callee {
    switch (callee.kind) {
      case 'function':
        return { ...callee, function: this.function(callee.function) };
      case 'method':
      case 'interface':
        return this.method(callee);
      case 'value':
        return { ...callee, function: this.expression(callee.function) };
      case 'atomic':
      case 'once':
      case 'group':
        return { ...callee, place: this.expression(callee.place) };
      case 'lock':
        return { ...callee, mutex: this.expression(callee.mutex) };
      case 'condition':
        return { ...callee, condition: this.expression(callee.condition) };
      case 'builtin':
      case 'machine':
        return callee;
    }
  }

  /** A method of a type parameter is that of the type that it stands for. */
  private method(callee: MethodCallee): MethodCallee {
    const receiver = this.expression(callee.receiver);
    if (callee.kind === 'method') return { ...callee, receiver, function: this.function(callee.function) };
    const isParameter = underlying(callee.receiver.type).kind === 'parameter';
    return isParameter ? concreteMethod(callee, receiver, this.instances) : { ...callee, receiver };
  }

  private literal(literal: FunctionLiteral): FunctionLiteral {
    return {
      ...literal,
      parameters: literal.parameters.map((each) => this.variable(each)),
      resultTypes: literal.resultTypes.map((each) => this.type(each)),
      results: literal.results.map((each) => this.variable(each)),
      captured: literal.captured.map((each) => this.variable(each)),
      body: this.block(literal.body),
    };
  }
}

/** The field of the instance that corresponds to one of the generic type. */
function fieldNamed(type: GoType, field: Field): Field {
  const struct = underlying(type);
  const found = struct.kind === 'struct' ? struct.fields.find((each) => each.name === field.name) : undefined;
  return found ?? field;
}
