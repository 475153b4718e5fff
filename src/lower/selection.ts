import type { Expression, Local, MachineOperation, Operation, Statement } from '../ir/index.js';
import { BOOL, UINT64, rewriteExpression } from '../ir/index.js';
import { mapStatement } from '../layer/index.js';
import { literal, localOf, logical, not } from './operators.js';

/**
 * One step that does what one of several operations does, any one that would not wait. With a default it has one more parameter, and may do nothing: where all
 * of them would wait, or that parameter is true.
 */
export interface Selection {
  readonly operation: MachineOperation;
  /**
   * Of each case, which results of the step are its own. The first result of all is the number of the case that was taken; that of the default
   * is one more than that of the last case.
   */
  readonly results: readonly (readonly number[])[];
  /** The operations of the cases. */
  readonly cases: readonly string[];
}

/** The steps that the `select` statements of a package take, by name: those with the same cases are one operation. */
export class Selections {
  private readonly made = new Map<string, Selection>();

  /** `operation`: what a case may be, each of one section. */
  constructor(private readonly operation: (name: string) => MachineOperation) {}

  get all(): readonly Selection[] {
    return [...this.made.values()];
  }

  byName(name: string): Selection | undefined {
    return this.made.get(name);
  }

  of(cases: readonly string[], hasDefault: boolean): Selection {
    const name = `select(${[...cases, ...(hasDefault ? ['default'] : [])].join(', ')})`;
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const operations = cases.map(this.operation);
    const selection = { ...selectionOf(name, operations, hasDefault), cases };
    this.made.set(name, selection);
    return selection;
  }
}

function selectionOf(
  name: string,
  operations: readonly Operation[],
  hasDefault: boolean,
): Pick<Selection, 'operation' | 'results'> {
  const [first] = operations;
  if (first === undefined) throw new Error('a selection without cases');
  const { span } = first;
  const early: Local = { name: 'early', type: BOOL };
  const parameters = [...operations.flatMap(parametersOf), ...(hasDefault ? [early] : [])];
  const results = [{ name: 'chosen', type: UINT64 }, ...operations.flatMap(resultsOf)];
  const next = { parameter: 0, result: parameters.length + 1, other: parameters.length + results.length };
  const cases = operations.map((operation, number) => {
    const each = new Case(operation, number, { ...next }, results, parameters.length);
    next.parameter += operation.parameterCount;
    next.result += operation.resultCount;
    next.other += othersOf(operation).length;
    return each;
  });
  const values = results.map(({ type }, index) => localOf(parameters.length + index, type));
  const end: Statement = {
    kind: 'return',
    values: [literal(UINT64, BigInt(cases.length)), ...values.slice(1)],
    span,
  };
  const branches = cases.map((each) => each.statements());
  if (hasDefault) {
    const idle = cases.map((each) => each.waits()).reduce((all, each) => logical('and', all, each));
    const condition = logical('or', localOf(parameters.length - 1, BOOL), idle);
    branches.push([{ kind: 'await', condition, span }, end]);
  }
  return {
    operation: {
      name,
      parameterCount: parameters.length,
      resultCount: results.length,
      locals: [...parameters, ...results, ...operations.flatMap(othersOf)],
      sections: [[{ kind: 'either', branches, span }]],
      role: { kind: 'layer' },
      span,
    },
    results: cases.map((each) => each.results()),
  };
}

function parametersOf({ locals, parameterCount }: Operation): readonly Local[] {
  return locals.slice(0, parameterCount);
}

function resultsOf({ locals, parameterCount, resultCount }: Operation): readonly Local[] {
  return locals.slice(parameterCount, parameterCount + resultCount);
}

function othersOf({ locals, parameterCount, resultCount }: Operation): readonly Local[] {
  return locals.slice(parameterCount + resultCount);
}

/** An operation as a case of a selection, some of whose locals are its own. */
class Case {
  private readonly section: readonly Statement[];

  constructor(
    private readonly operation: Operation,
    private readonly number: number,
    /** Where its locals are among those of the selection. */
    private readonly first: { readonly parameter: number; readonly result: number; readonly other: number },
    /** Results of the selection, and where they are. */
    private readonly all: readonly Local[],
    private readonly chosen: number,
  ) {
    const [section, ...rest] = operation.sections;
    if (section === undefined || rest.length > 0) throw new Error(`${operation.name} is no single step`);
    this.section = section;
  }

  /** Which results of the selection are its own. */
  results(): readonly number[] {
    return resultsOf(this.operation).map((_, index) => this.first.result + index - this.chosen);
  }

  /** What it does; each way ends in a `return`. */
  statements(): readonly Statement[] {
    const { parameterCount, span } = this.operation;
    const values = resultsOf(this.operation).map(({ type }, index) => localOf(parameterCount + index, type));
    return [...this.section, { kind: 'return', values, span } as const].map((each) =>
      this.returning(this.moved(each)),
    );
  }

  /** That it would wait, which is all that it does before it changes anything. */
  waits(): Expression {
    const [first, ...rest] = this.section.filter(({ kind }) => kind !== 'require');
    if (first?.kind !== 'await' || rest.some(({ kind }) => kind === 'await'))
      throw new Error(`${this.operation.name} does not begin with its only 'await'`);
    return not(this.expression(first.condition));
  }

  private moved(statement: Statement): Statement {
    return mapStatement(
      statement,
      (each) => this.expression(each),
      ({ root, path }) => ({
        root: root.kind === 'local' ? { kind: 'local', index: this.position(root.index) } : root,
        path,
      }),
      (local) => this.position(local),
    );
  }

  private expression(expression: Expression): Expression {
    return rewriteExpression(expression, (node) =>
      node.kind === 'local' ? { ...node, index: this.position(node.index) } : node,
    );
  }

  private position(local: number): number {
    const { parameterCount, resultCount } = this.operation;
    if (local < parameterCount) return this.first.parameter + local;
    const result = local - parameterCount;
    return result < resultCount ? this.first.result + result : this.first.other + result - resultCount;
  }

  /** With the number of the case, and the results of all others as they were at the beginning. */
  private returning(statement: Statement): Statement {
    const inner = (list: readonly Statement[]): readonly Statement[] =>
      list.map((each) => this.returning(each));
    switch (statement.kind) {
      case 'either':
        return { ...statement, branches: statement.branches.map(inner) };
      case 'if':
        return { ...statement, whenTrue: inner(statement.whenTrue), whenFalse: inner(statement.whenFalse) };
      case 'return': {
        const values: Expression[] = this.all.map(({ type }, index) => localOf(this.chosen + index, type));
        values[0] = literal(UINT64, BigInt(this.number));
        values.splice(this.first.result - this.chosen, statement.values.length, ...statement.values);
        return { ...statement, values };
      }
      default:
        return statement;
    }
  }
}
