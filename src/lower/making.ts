import type { Span } from '../base/source.js';
import type {
  Expression as GoExpression,
  FunctionDeclaration,
  GoType,
  PackageVariable,
  Statement,
  TypeDeclaration,
  Variable,
} from '../go/index.js';
import { allStatements, containsLock, identicalTypes, underlying } from '../go/index.js';
import type { Linked } from './linked.js';
import type { Reports } from './reports.js';

/**
 * The one place where a package variable (or a field of one) of a slice or pointer type gets its value. What it refers to is then
 * as good as a variable of its own: nothing else can refer to it, and it never changes for another.
 */
export interface Making {
  /** `locks`, `db`, `db.locks`. */
  readonly name: string;
  /** `make`, `new` or the address of a literal. */
  readonly value: GoExpression;
  /** A statement at the top of the boot function's body; null: the variable's initialiser. */
  readonly statement: Statement | null;
}

/** Finds makings by name. */
export class Makings {
  private readonly found = new Map<string, Making[]>();
  /** Variables of the boot function that are declared to be a package variable or a part of one. */
  private readonly aliases = new Map<Variable, string>();

  constructor(
    private readonly linked: Linked,
    /** The function that runs at each start, if there is one. */
    private readonly boot: FunctionDeclaration | null,
    private readonly reports: Reports,
  ) {
    for (const each of linked.variables) {
      if (each.initialiser !== null) this.add(linked.nameOf(each.variable), each.initialiser, null);
    }
    for (const statement of boot?.body.statements ?? []) this.statement(statement);
  }

  private statement(statement: Statement): void {
    if (statement.kind !== 'assign' || statement.targets.length !== statement.values.length) return;
    statement.targets.forEach((target, index) => {
      const value = statement.values[index];
      if (target.kind === 'declare') {
        const isPointer = target.variable.type.kind === 'pointer';
        const meant = value === undefined || !isPointer ? null : this.nameOf(value);
        if (meant !== null) this.aliases.set(target.variable, meant);
        return;
      }
      const name = target.kind === 'place' ? this.nameOf(target.place) : null;
      if (name !== null && value !== undefined) this.add(name, value, statement);
    });
  }

  /** Also the parts of a literal. */
  private add(name: string, value: GoExpression, statement: Statement | null): void {
    this.found.set(name, [...(this.found.get(name) ?? []), { name, value, statement }]);
    const literal = value.kind === 'address' ? value.place : value;
    if (literal.kind !== 'composite') return;
    for (const { key, value: part } of literal.elements) {
      if (key.kind === 'field') this.add(`${name}.${key.field.name}`, part, statement);
    }
  }

  /** The name of a variable or of a field of one; null: something else. */
  private nameOf(place: GoExpression): string | null {
    switch (place.kind) {
      case 'variable': {
        if (place.variable.role === 'package') return this.linked.nameOf(place.variable);
        const alias = this.aliases.get(place.variable);
        if (alias !== undefined) return alias;
        const { receiver } = this.boot ?? { receiver: null };
        if (place.variable !== receiver || receiver.type.kind !== 'pointer') return null;
        const { element } = receiver.type;
        const [only, second] = this.linked.variables.filter((each) => isOfType(each, element));
        return only === undefined || second !== undefined ? null : this.linked.nameOf(only.variable);
      }
      case 'select': {
        const record = this.nameOf(place.operand);
        return record === null ? null : `${record}.${place.field.name}`;
      }
      case 'dereference':
        return this.nameOf(place.operand);
      default:
        return null;
    }
  }

  /** The making of what has locks in it; reports where there is none, or not just one. */
  ofLocks(name: string, what: string, example: string, span: Span): Making | null {
    const [only, second] = this.found.get(name) ?? [];
    if (only === undefined) {
      this.reports.add(
        'unsupported',
        `${name} is ${what} and is not made by a statement of the boot function`,
        span,
        `Write \`${name} = ${example}\` once, in the function that is marked \`//@ boot\`, not in a branch or a loop.`,
      );
      return null;
    }
    if (second !== undefined) this.reportSecond(second, span);
    else if (only.statement !== null) this.checkReached(only, only.statement);
    return second === undefined ? only : null;
  }

  private reportSecond(second: Making, span: Span): void {
    this.reports.unsupported(
      `making ${second.name} twice`,
      second.statement?.span ?? span,
      'What has locks in it is made once and never replaced.',
    );
  }

  /** No path through the boot function may leave it before. */
  private checkReached(making: Making, statement: Statement): void {
    const statements = this.boot?.body.statements ?? [];
    const before = statements.slice(0, statements.indexOf(statement)).flatMap(allStatements);
    // Nothing runs where the start failed.
    const leaving = before.find((each) => each.kind === 'return' && !isFailure(each));
    if (leaving === undefined) return;
    this.reports.unsupported(
      `a return before ${making.name} is made`,
      leaving.span,
      'What has locks in it is made on every path: make it first.',
    );
  }
}

/** Whether a `return` of the boot function says that the start failed: it gives an error. */
export function isFailure({ values }: Statement & { readonly kind: 'return' }): boolean {
  const [error] = values;
  return error !== undefined && error.kind !== 'nil';
}

/** Whether a value of the type has a lock in it or refers to one. */
export function leadsToLock(type: GoType, seen: ReadonlySet<TypeDeclaration> = new Set()): boolean {
  if (type.kind === 'named' && seen.has(type.declaration)) return false;
  const around = type.kind === 'named' ? new Set([...seen, type.declaration]) : seen;
  const plain = underlying(type);
  switch (plain.kind) {
    case 'mutex':
      return true;
    case 'struct':
      return plain.fields.some((field) => leadsToLock(field.type, around));
    case 'array':
    case 'slice':
    case 'pointer':
      return leadsToLock(plain.element, around);
    default:
      return containsLock(plain);
  }
}

function isOfType(variable: PackageVariable, type: Parameters<typeof identicalTypes>[0]): boolean {
  const own = variable.variable.type;
  return identicalTypes(own, type) || (own.kind === 'pointer' && identicalTypes(own.element, type));
}
