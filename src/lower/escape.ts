import type {
  Block,
  CallExpression,
  Expression,
  FunctionDeclaration,
  Statement,
  Target,
  Variable,
} from '../go/index.js';
import { allStatements, expressionsOf, operandsOf, underlying } from '../go/index.js';
import { assignedIn, assignedThrough } from './assigned.js';
import type { Program } from './program.js';
import { initialValues } from './program.js';

/** Which variables need an address when the program runs, and which pointers stand for a place that is known before. */
export interface Escapes {
  /** Variables that a pointer or a slice may refer to: they live in a region. */
  readonly boxed: ReadonlySet<Variable>;
  /** Pointers that are used as such, and not only for what they point to. */
  readonly leaking: ReadonlySet<Variable>;
  /** Variables that are assigned after they have got their first value, those of which only a part is, and those whose address is taken. */
  readonly changed: ReadonlySet<Variable>;
}

/** `p := &x`, and other declarations of one pointer with a value; null: another statement. */
export function declaredPointer(
  statement: Statement,
): { readonly variable: Variable; readonly value: Expression } | null {
  if (statement.kind !== 'assign' || statement.targets.length !== 1) return null;
  const [target] = statement.targets;
  const [value] = statement.values;
  if (target?.kind !== 'declare' || target.variable.type.kind !== 'pointer' || value === undefined)
    return null;
  return { variable: target.variable, value };
}

/** Looks at all code of a program. Where a function does no more with a pointer than follow it, `&x` passed to it, or declared to be it, is no address. `invoked`: functions that are not inlined. */
export function findEscapes(program: Program, invoked: readonly FunctionDeclaration[]): Escapes {
  // A function that is verified on its own knows of no place.
  const leaking = new Set(
    invoked.flatMap(({ receiver, parameters }) => [...(receiver === null ? [] : [receiver]), ...parameters]),
  );
  for (let before = -1; before < leaking.size;) {
    before = leaking.size;
    seeUses(program, new Uses(leaking, leaking, new Set()));
  }
  const boxed = new Set<Variable>();
  seeUses(program, new Uses(leaking, new Set(), boxed));
  return {
    boxed,
    leaking,
    changed: new Set([
      ...program.functions.flatMap(({ body }) => [...assignedIn(body)]),
      ...initialValues(program).flatMap((value) => [...assignedThrough(value)]),
    ]),
  };
}

function seeUses(program: Program, uses: Uses): void {
  for (const value of initialValues(program)) uses.value(value);
  for (const { body } of program.functions) uses.block(body);
}

class Uses {
  constructor(
    private readonly leaking: ReadonlySet<Variable>,
    /** Where variables go that are used as pointers. */
    private readonly used: Set<Variable>,
    private readonly boxed: Set<Variable>,
  ) {}

  block(block: Block): void {
    for (const statement of block.statements.flatMap(allStatements)) this.statement(statement);
  }

  private statement(statement: Statement): void {
    const pointer = declaredPointer(statement);
    if (pointer === null) for (const expression of expressionsOf(statement)) this.value(expression);
    else this.argument(pointer.variable, pointer.value);
    if (statement.kind === 'operate') this.place(statement.place);
    for (const target of targetsOf(statement)) {
      if (target.kind !== 'place') continue;
      // A pointer that is assigned stands for no one place.
      if (target.place.kind === 'variable') this.used.add(target.place.variable);
      else this.place(target.place);
    }
  }

  /** An expression whose value is used. */
  value(expression: Expression): void {
    switch (expression.kind) {
      case 'variable':
        this.used.add(expression.variable);
        return;
      case 'select':
      case 'index':
      case 'dereference':
        this.place(expression);
        return;
      case 'address':
        this.box(expression.place);
        this.place(expression.place);
        return;
      case 'call':
        this.call(expression);
        return;
      case 'closure':
        this.block(expression.function.body);
        return;
      default:
        for (const operand of operandsOf(expression)) this.value(operand);
    }
  }

  /** An expression that is used as a place, or for a part of it. */
  private place(expression: Expression): void {
    switch (expression.kind) {
      case 'variable':
        return;
      case 'select':
        this.place(expression.operand);
        return;
      case 'index':
        this.value(expression.index);
        if (underlying(expression.collection.type).kind === 'array') this.place(expression.collection);
        else this.value(expression.collection);
        return;
      case 'dereference':
        this.pointer(expression.operand);
        return;
      default:
        this.value(expression);
    }
  }

  /** A pointer that is only followed. */
  private pointer(expression: Expression): void {
    if (expression.kind === 'address') this.place(expression.place);
    else if (expression.kind !== 'variable') this.value(expression);
  }

  private call(call: CallExpression): void {
    const { callee } = call;
    if (callee.kind === 'lock') this.place(callee.mutex);
    if (callee.kind === 'value') this.value(callee.function);
    if (callee.kind === 'interface') this.value(callee.receiver);
    if (callee.kind === 'method') this.argument(callee.function.receiver, callee.receiver);
    const parameters =
      callee.kind === 'function' || callee.kind === 'method' ? parametersOf(callee.function) : [];
    call.arguments.forEach((argument, index) => {
      this.argument(parameters[index] ?? null, argument);
    });
  }

  private argument(parameter: Variable | null, argument: Expression): void {
    const isFollowed =
      parameter !== null && parameter.type.kind === 'pointer' && !this.leaking.has(parameter);
    if (isFollowed) this.pointer(argument);
    else this.value(argument);
  }

  /** The variable whose address is taken: what it is, or is a part of. */
  private box(place: Expression): void {
    switch (place.kind) {
      case 'variable':
        this.boxed.add(place.variable);
        this.used.add(place.variable);
        return;
      case 'select':
        this.box(place.operand);
        return;
      case 'index':
        if (underlying(place.collection.type).kind === 'array') this.box(place.collection);
        return;
      default:
    }
  }
}

function parametersOf(declaration: FunctionDeclaration): readonly Variable[] {
  return declaration.variadic ? declaration.parameters.slice(0, -1) : declaration.parameters;
}

function targetsOf(statement: Statement): readonly Target[] {
  if (statement.kind === 'assign') return statement.targets;
  if (statement.kind === 'range') return [statement.key, statement.value].filter((each) => each !== null);
  return [];
}
