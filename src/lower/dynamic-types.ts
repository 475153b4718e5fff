import type {
  Block,
  CallExpression,
  Expression,
  FunctionDeclaration,
  GoType,
  InterfaceMethod,
  InterfaceType,
  MethodReference,
  MethodSets,
  Statement,
  Target,
} from '../go/index.js';
import {
  allStatements,
  expressionsOf,
  identicalTypes,
  integerType,
  operandsOf,
  showGoType,
  underlying,
} from '../go/index.js';
import type { Program } from './program.js';

/** A type that values in an interface may have. */
export interface DynamicType {
  readonly type: GoType;
  /** Unique among those of the program. */
  readonly name: string;
}

/**
 * The types of all values that the program puts into interfaces. No other code runs, so a value in an interface has one of them that
 * has the methods of the interface.
 */
export class DynamicTypes {
  private readonly types: DynamicType[] = [];
  private readonly known: { readonly type: GoType; readonly may: readonly DynamicType[] }[] = [];

  constructor(
    private readonly methodSets: MethodSets,
    types: readonly GoType[],
  ) {
    for (const type of types) {
      const text = showGoType(type);
      const same = types.slice(0, this.types.length).filter((each) => showGoType(each) === text).length;
      this.types.push({ type, name: same === 0 ? text : `${text}.${same + 1}` });
    }
  }

  /** Types of values in an interface, in a fixed order. */
  of(type: GoType): readonly DynamicType[] {
    const earlier = this.known.find((each) => identicalTypes(each.type, type));
    if (earlier !== undefined) return earlier.may;
    const plain = underlying(type);
    if (plain.kind !== 'interface') throw new Error(`${showGoType(type)} is no interface`);
    const may = this.types.filter((each) => this.methodSets.implement(each.type, plain));
    this.known.push({ type, may });
    return may;
  }

  implements(type: GoType, wanted: InterfaceType): boolean {
    return this.methodSets.implement(type, wanted);
  }

  method(type: GoType, method: InterfaceMethod): MethodReference {
    return this.methodSets.method(type, method);
  }
}

/** Finds them, and makes the methods that they have of generic types. Null: there is no end of those. */
export function findDynamicTypes(
  program: Program,
  methodSets: MethodSets,
): { readonly types: DynamicTypes; readonly program: Program } | null {
  const found = new Conversions();
  for (const { variables, value } of program.initialisers) {
    found.expression(value);
    found.spread(
      value,
      variables.map(({ type }) => type),
    );
  }
  let functions = program.functions;
  for (let added = functions, before = -1; added.length > 0 || found.types.length > before;) {
    before = found.types.length;
    for (const each of added) found.function(each);
    const instances = methodSets.instantiate(found.types);
    if (instances === null) return null;
    added = instances;
    functions = [...functions, ...added];
  }
  return { types: new DynamicTypes(methodSets, found.types), program: { ...program, functions } };
}

const INT: GoType = integerType('int');

/** Collects the types of what is converted to interfaces. */
class Conversions {
  readonly types: GoType[] = [];

  function(declaration: FunctionDeclaration): void {
    this.block(declaration.body, declaration.resultTypes);
  }

  private block({ statements }: Block, results: readonly GoType[]): void {
    for (const statement of statements.flatMap(allStatements)) this.statement(statement, results);
  }

  private statement(statement: Statement, results: readonly GoType[]): void {
    const places = targetsOf(statement).flatMap((target) => (target.kind === 'place' ? [target.place] : []));
    for (const place of places) this.expression(place);
    if (statement.kind === 'operate') this.expression(statement.place);
    if (statement.kind === 'panic') {
      this.expression(panicValue(statement.argument));
      return;
    }
    for (const expression of expressionsOf(statement)) this.expression(expression);
    const [first] = expressionsOf(statement);
    if (first === undefined) return;
    if (statement.kind === 'assign' && statement.targets.length > statement.values.length)
      this.spread(first, statement.targets.map(targetType));
    if (statement.kind === 'return' && results.length > statement.values.length) this.spread(first, results);
    if (statement.kind === 'range') {
      const types = rangeTypes(first.type);
      [statement.key, statement.value].forEach((target, index) => {
        const type = types[index];
        if (target !== null && type !== undefined) this.conversion(type, targetType(target));
      });
    }
  }

  /** Values of a tuple become those of other types. */
  spread({ type }: Expression, targets: readonly (GoType | null)[]): void {
    if (type.kind !== 'tuple') return;
    type.elements.forEach((each, index) => {
      this.conversion(each, targets[index] ?? null);
    });
  }

  expression(expression: Expression): void {
    if (expression.constant !== undefined) return;
    if (expression.kind === 'convert') this.conversion(expression.operand.type, expression.type);
    if (expression.kind === 'closure') this.block(expression.function.body, expression.function.resultTypes);
    if (expression.kind === 'call') {
      const [only] = expression.arguments;
      if (only?.type.kind === 'tuple') this.spread(only, spreadTypes(expression, only.type.elements.length));
      if (expression.callee.kind === 'builtin' && expression.callee.function === 'panic') {
        for (const each of expression.arguments) this.expression(panicValue(each));
        return;
      }
    }
    for (const operand of operandsOf(expression)) this.expression(operand);
  }

  private conversion(from: GoType, to: GoType | null): void {
    if (to === null || underlying(to).kind !== 'interface') return;
    const { kind } = underlying(from);
    if (kind === 'interface' || kind === 'untyped' || this.types.some((each) => identicalTypes(each, from)))
      return;
    this.types.push(from);
  }
}

/** Nobody looks at what a panic is given. */
export function panicValue(argument: Expression): Expression {
  return argument.kind === 'convert' && underlying(argument.type).kind === 'interface'
    ? argument.operand
    : argument;
}

function targetsOf(statement: Statement): readonly Target[] {
  if (statement.kind === 'assign') return statement.targets;
  if (statement.kind === 'range') return [statement.key, statement.value].filter((each) => each !== null);
  return [];
}

/** Null: the value is dropped. */
export function targetType(target: Target): GoType | null {
  switch (target.kind) {
    case 'blank':
      return null;
    case 'declare':
      return target.variable.type;
    case 'place':
      return target.place.type;
  }
}

/** Types of what `range` over a value gives. */
export function rangeTypes(over: GoType): readonly GoType[] {
  const plain = underlying(over);
  switch (plain.kind) {
    case 'array':
    case 'slice':
      return [INT, plain.element];
    case 'pointer': {
      const array = underlying(plain.element);
      return array.kind === 'array' ? [INT, array.element] : [];
    }
    case 'string':
      return [INT, integerType('int32')];
    case 'map':
      return [plain.key, plain.value];
    case 'channel':
      return [plain.element];
    case 'function': {
      const [yielded] = plain.parameters;
      const body = yielded === undefined ? null : underlying(yielded);
      return body?.kind === 'function' ? body.parameters : [];
    }
    case 'integer':
      return [over];
    case 'bool':
    case 'untyped':
    case 'struct':
    case 'interface':
    case 'parameter':
    case 'mutex':
    case 'sync':
    case 'machine':
    case 'tuple':
      return [];
  }
}

/** Types of the parameters that so many results of another call are passed to, those of a variadic one each by itself. */
export function spreadTypes({ callee }: CallExpression, count: number): readonly GoType[] {
  const signature = signatureOf(callee);
  if (signature === null) return [];
  const { parameters, variadic } = signature;
  if (!variadic) return parameters;
  const last = parameters.at(-1);
  const plain = last === undefined ? null : underlying(last);
  const element = plain?.kind === 'slice' ? plain.element : null;
  const fixed = parameters.slice(0, -1);
  return element === null
    ? parameters
    : [...fixed, ...Array.from({ length: count - fixed.length }, () => element)];
}

interface Signature {
  readonly parameters: readonly GoType[];
  readonly variadic: boolean;
}

/** Null: nothing that is called like this takes interfaces. */
export function signatureOf(callee: CallExpression['callee']): Signature | null {
  switch (callee.kind) {
    case 'function':
    case 'method': {
      const { parameters, variadic } = callee.function;
      return { parameters: parameters.map(({ type }) => type), variadic };
    }
    case 'value': {
      const type = underlying(callee.function.type);
      return type.kind === 'function' ? type : null;
    }
    case 'interface':
      return callee.method.type;
    case 'builtin':
    case 'machine':
    case 'lock':
    case 'atomic':
    case 'condition':
    case 'once':
    case 'group':
      return null;
  }
}
