import type { Callee, Expression, FunctionDeclaration, GoPackage, Statement, Variable } from '../go/index.js';
import { allStatements, expressionsOf, operandsOf, placesOf } from '../go/index.js';
import type { Linked } from './linked.js';
import type { Program } from './program.js';

/** What code may use, itself or by what it calls. */
export interface Mentioned {
  readonly variables: ReadonlySet<Variable>;
  readonly machine: boolean;
}

/** What Go runs of a package when a program starts. */
export function startOf({ initialisers, initFunctions }: GoPackage): {
  readonly values: readonly Expression[];
  readonly functions: readonly FunctionDeclaration[];
} {
  return { values: initialisers.map(({ value }) => value), functions: initFunctions };
}

/**
 * The package variables that code may use, and whether it may use the machine. Values of functions are used where they are mentioned, and for a method of
 * an interface stand all methods of the name: this may be too much, and never too little.
 */
export function mentionedBy(
  program: Program,
  start: { readonly values: readonly Expression[]; readonly functions: readonly FunctionDeclaration[] },
): Mentioned {
  const search = new Search(program);
  for (const value of start.values) search.expression(value);
  for (const each of start.functions) search.function(each);
  return search;
}

/** A function, or a literal of one. */
type Code = Pick<FunctionDeclaration, 'body'>;

class Search implements Mentioned {
  readonly variables = new Set<Variable>();
  machine = false;
  private readonly seen = new Set<Code>();

  /** What variables begin with: it may be a function, which is called by the variable's name. */
  private readonly initial: ReadonlyMap<Variable, Expression>;

  constructor(private readonly program: Program) {
    this.initial = new Map(
      program.initialisers.flatMap(({ variables, value }) => variables.map((each) => [each, value] as const)),
    );
  }

  function(code: Code): void {
    if (this.seen.has(code)) return;
    this.seen.add(code);
    for (const statement of code.body.statements.flatMap(allStatements)) this.statement(statement);
  }

  private statement(statement: Statement): void {
    for (const each of [...placesOf(statement), ...expressionsOf(statement)]) this.expression(each);
  }

  expression(expression: Expression): void {
    switch (expression.kind) {
      case 'variable':
        this.variable(expression.variable);
        break;
      case 'call':
        this.callee(expression.callee);
        break;
      case 'function':
      case 'closure':
        this.function(expression.function);
        break;
      case 'methodValue':
        this.callee(expression.method);
        break;
      case 'methodExpression':
        this.callee(expression.method.callee);
        break;
      default:
    }
    for (const operand of operandsOf(expression)) this.expression(operand);
  }

  private variable(variable: Variable): void {
    if (variable.role !== 'package' || this.variables.has(variable)) return;
    this.variables.add(variable);
    const initial = this.initial.get(variable);
    if (initial !== undefined) this.expression(initial);
  }

  private callee(callee: Callee): void {
    switch (callee.kind) {
      case 'function':
      case 'method':
        this.function(callee.function);
        return;
      case 'interface':
        for (const each of this.program.functions)
          if (each.receiver !== null && each.name === callee.method.name) this.function(each);
        return;
      case 'machine':
        this.machine = true;
        return;
      default:
    }
  }
}

/**
 * Whether a package variable is state, if its value changes: those of the package that is verified are, and of imported packages those that code which runs
 * may use, or that an annotation may name.
 */
export function findNeeded(linked: Linked, program: Program): (variable: Variable) => boolean {
  const starts = linked.packages.map(startOf);
  const { variables } = mentionedBy(program, {
    values: starts.flatMap(({ values }) => values),
    functions: [...linked.main.functions, ...starts.flatMap(({ functions }) => functions)],
  });
  const words = new Set(
    linked.packages
      .flatMap(({ files }) => files.flatMap(({ annotations }) => annotations))
      .flatMap(({ text }) => text.split(/[^\p{L}\p{N}_]+/u)),
  );
  return (variable) => linked.isOwn(variable.span) || variables.has(variable) || words.has(variable.name);
}
