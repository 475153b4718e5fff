import type {
  CallExpression,
  Expression,
  FunctionDeclaration,
  GoType,
  Statement,
  Variable,
} from '../go/index.js';
import { allStatements, expressionsOf, operandsOf, placesOf, showGoType, underlying } from '../go/index.js';
import type { Program } from './program.js';
import { initialValues } from './program.js';

/** What code may change. */
export class Effects {
  readonly variables = new Set<Variable>();
  /** Kinds of memory, see {@link memoryOf}. */
  readonly memory = new Set<string>();
  /** Those that it may change by following a pointer, which may be one to a package variable or to a part of a struct. */
  readonly pointed = new Set<string>();
  /** Places whose address is taken: they are changed if anything in memory is. */
  readonly addressed = new Set<Expression>();
  /** It may give up a lock, so that others may change what the lock guards. */
  releases = false;

  /** `boxed`: variables that are in memory. */
  constructor(private readonly boxed: ReadonlySet<Variable>) {}

  /** A place that is assigned. */
  addPlace(place: Expression): void {
    for (let part: Expression | null = place; part !== null; part = around(part)) {
      if (part.kind === 'variable') {
        this.variables.add(part.variable);
        if (this.boxed.has(part.variable)) this.memory.add(memoryOf(part.type));
      } else if (part.kind === 'lookup') this.memory.add(memoryOf(part.map.type));
      else if (part.kind === 'index') this.memory.add(memoryOf(part.type));
      else if (part.kind === 'dereference') {
        this.memory.add(memoryOf(part.type));
        this.pointed.add(memoryOf(part.type));
      }
    }
  }

  /** The elements of a slice, or the entries of a map. */
  addElements(type: GoType): void {
    const plain = underlying(type);
    if (plain.kind === 'slice') this.memory.add(memoryOf(plain.element));
    else if (plain.kind === 'map') this.memory.add(memoryOf(type));
  }

  addAll(other: Effects): void {
    for (const variable of other.variables) this.variables.add(variable);
    for (const memory of other.memory) this.memory.add(memory);
    for (const pointed of other.pointed) this.pointed.add(pointed);
    for (const place of other.addressed) this.addressed.add(place);
    this.releases ||= other.releases;
  }

  /** Pointers may have been followed: what they may lead to. */
  followPointers(): void {
    if (this.memory.size > 0) for (const place of this.addressed) this.addPlace(place);
  }
}

/** The place that a place is a part of; null: it is a variable, or reached through a reference. */
function around(place: Expression): Expression | null {
  if (place.kind === 'select') return place.operand;
  if (place.kind === 'index' && underlying(place.collection.type).kind === 'array') return place.collection;
  return null;
}

/**
 * The kind of memory that values of the type are in, alone or as elements. References that may lead to one place agree on it: pointers convert into
 * each other only between types with one underlying type, and arrays share memory with slices of their elements.
 */
export function memoryOf(type: GoType): string {
  const plain = underlying(type);
  return plain.kind === 'array' ? memoryOf(plain.element) : showGoType(plain);
}

/** The kinds of memory that pointers to a value of the type, or to a part of one, lead to. */
export function partsOf(type: GoType): readonly string[] {
  const plain = underlying(type);
  const parts =
    plain.kind === 'struct'
      ? plain.fields.flatMap((field) => partsOf(field.type))
      : plain.kind === 'array'
        ? partsOf(plain.element)
        : [];
  return [memoryOf(type), ...parts];
}

/** The kinds of memory that package variables lead to. `held`: the types of what an interface may hold. */
export function sharedMemory(
  variables: readonly Variable[],
  held: (type: GoType) => readonly GoType[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (type: GoType): void => {
    const plain = underlying(type);
    switch (plain.kind) {
      case 'struct':
        for (const field of plain.fields) visit(field.type);
        return;
      case 'array':
        visit(plain.element);
        return;
      case 'pointer':
      case 'slice':
        refer(plain.element, plain.element);
        return;
      case 'map':
        refer(type, plain.value);
        visit(plain.key);
        return;
      case 'interface': {
        const kind = showGoType(type);
        if (found.has(kind)) return;
        found.add(kind);
        held(type).forEach(visit);
        return;
      }
      default:
    }
  };
  const refer = (type: GoType, content: GoType): void => {
    const kind = memoryOf(type);
    if (found.has(kind)) return;
    found.add(kind);
    visit(content);
  };
  for (const { type } of variables) visit(type);
  return found;
}

/** Whether a token is given back with a step of the statement. */
export function gives(statement: Statement): boolean {
  return statement.annotations.some(({ text }) => /\bgive\b/.test(text));
}

/** What calls may change. */
export class CallEffects {
  private readonly known = new Map<CallExpression, Effects>();
  private values: Effects | null = null;

  /**
   * @param program all code that may run
   * @param boxed variables that are in memory
   */
  constructor(
    private readonly program: Program,
    private readonly boxed: ReadonlySet<Variable>,
  ) {}

  /** `gives`: a token is given back with the call. */
  of(call: CallExpression, gives: boolean): Effects {
    const known = this.known.get(call);
    if (known !== undefined) return known;
    const effects = new Effects(this.boxed);
    effects.releases = gives;
    this.addCall(call, effects, new Set());
    effects.followPointers();
    this.known.set(call, effects);
    return effects;
  }

  /** To receive from a channel changes nothing that can be read; but a token may be given back with it. */
  ofReceive(gives: boolean): Effects {
    const effects = new Effects(this.boxed);
    effects.releases = gives;
    return effects;
  }

  /** `append` to a slice of the type. */
  ofAppend(type: GoType): Effects {
    const effects = new Effects(this.boxed);
    effects.addElements(type);
    return effects;
  }

  private addCall(call: CallExpression, effects: Effects, seen: Set<FunctionDeclaration>): void {
    const { callee } = call;
    switch (callee.kind) {
      case 'function':
      case 'method':
        this.addFunction(callee.function, effects, seen);
        break;
      case 'value':
        effects.addAll(this.ofValues());
        break;
      case 'interface':
        this.addMethods(callee.method.name, effects, seen);
        break;
      case 'builtin':
        if (call.arguments[0] !== undefined) effects.addElements(call.arguments[0].type);
        break;
      case 'lock':
        effects.releases ||= callee.operation === 'Unlock' || callee.operation === 'RUnlock';
        break;
      case 'condition':
        effects.releases ||= callee.operation === 'Wait';
        break;
      case 'once':
        effects.addAll(this.ofValues());
        effects.releases = true;
        break;
      case 'group':
      case 'atomic':
      case 'machine':
    }
    const receiver = callee.kind === 'method' ? [callee.receiver] : [];
    for (const argument of [...receiver, ...call.arguments]) {
      const given = argument.kind === 'convert' ? argument.operand : argument;
      if (given.kind === 'address') effects.addressed.add(given.place);
    }
  }

  /** What an interface's method of a name may be: any method of that name. */
  private addMethods(name: string, effects: Effects, seen: Set<FunctionDeclaration>): void {
    for (const each of this.program.functions) {
      if (each.receiver !== null && each.name === name) this.addFunction(each, effects, seen);
    }
  }

  private addFunction(
    declaration: FunctionDeclaration,
    effects: Effects,
    seen: Set<FunctionDeclaration>,
  ): void {
    if (seen.has(declaration)) return;
    seen.add(declaration);
    this.addStatements(declaration.body.statements, effects, seen);
  }

  private addStatements(
    statements: readonly Statement[],
    effects: Effects,
    seen: Set<FunctionDeclaration>,
  ): void {
    for (const statement of statements.flatMap(allStatements)) {
      effects.releases ||= gives(statement);
      for (const place of placesOf(statement)) effects.addPlace(place);
      for (const expression of [...placesOf(statement), ...expressionsOf(statement)])
        this.addExpression(expression, effects, seen);
    }
  }

  private addExpression(expression: Expression, effects: Effects, seen: Set<FunctionDeclaration>): void {
    if (expression.kind === 'append') effects.addElements(expression.type);
    if (expression.kind === 'address') effects.addressed.add(expression.place);
    if (expression.kind === 'call') this.addCall(expression, effects, seen);
    for (const operand of operandsOf(expression)) this.addExpression(operand, effects, seen);
  }

  /** What the call of a function value may change: any of the functions that are values somewhere may be called. */
  private ofValues(): Effects {
    if (this.values !== null) return this.values;
    const effects = new Effects(this.boxed);
    // Functions that call values come back here; what they change themselves is added in any case.
    this.values = effects;
    const seen = new Set<FunctionDeclaration>();
    const visit = (expression: Expression): void => {
      if (expression.kind === 'function') this.addFunction(expression.function, effects, seen);
      if (expression.kind === 'methodValue' || expression.kind === 'methodExpression') {
        const callee = expression.kind === 'methodValue' ? expression.method : expression.method.callee;
        if (callee.kind === 'method') this.addFunction(callee.function, effects, seen);
        else this.addMethods(callee.method.name, effects, seen);
        if (callee.receiver.kind === 'address') effects.addressed.add(callee.receiver.place);
      }
      if (expression.kind === 'closure') {
        this.addStatements(expression.function.body.statements, effects, seen);
        visitAll(expression.function.body.statements);
      }
      operandsOf(expression).forEach(visit);
    };
    const visitAll = (statements: readonly Statement[]): void => {
      for (const statement of statements.flatMap(allStatements))
        [...placesOf(statement), ...expressionsOf(statement)].forEach(visit);
    };
    for (const value of initialValues(this.program)) visit(value);
    for (const { body } of this.program.functions) visitAll(body.statements);
    return effects;
  }
}
