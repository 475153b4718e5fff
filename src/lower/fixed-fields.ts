import type { Expression, FunctionDeclaration, GoType, Statement } from '../go/index.js';
import { allStatements, expressionsOf, operandsOf, placesOf, underlying } from '../go/index.js';
import { leadsTo } from './contained.js';

/**
 * Fields that keep what the boot function gave them. Nobody but it has the value that they are in before it returns, so to read them is in no order
 * with anything. They are told apart by their names alone: a field counts as assigned if one with its name is, in whatever struct.
 */
export class FixedFields {
  private readonly assigned = new Set<string>();
  /** Whether a whole value may be assigned. */
  private isReplaced = false;
  private hasLooked = false;

  /** `isOwner`: the types of the values that operations are methods of. */
  constructor(
    private readonly functions: readonly FunctionDeclaration[],
    private readonly boot: FunctionDeclaration | undefined,
    private readonly isOwner: (type: GoType) => boolean,
  ) {}

  /** Whether an expression is such a field, of a value that somebody passed. It holds nothing that could be changed by way of it. */
  isRead(expression: Expression): boolean {
    if (expression.kind !== 'select') return false;
    const { operand } = expression;
    // Who copies a value reads all of it.
    if (operand.kind !== 'dereference' || operand.operand.kind !== 'variable') return false;
    const { role } = operand.operand.variable;
    if (role === 'package' || !['integer', 'bool', 'string'].includes(underlying(expression.type).kind))
      return false;
    this.look();
    return !this.isReplaced && !this.assigned.has(expression.field.name);
  }

  /** All code is looked at if some is found that reads such a field: few packages have any. */
  private look(): void {
    if (this.hasLooked) return;
    this.hasLooked = true;
    for (const each of this.functions) this.statements(each.body.statements, each === this.boot);
  }

  private statements(statements: readonly Statement[], isBoot: boolean): void {
    for (const statement of statements.flatMap(allStatements)) {
      for (const place of placesOf(statement)) {
        if (!isBoot) this.assign(place);
        this.expression(place);
      }
      for (const each of expressionsOf(statement)) this.expression(each);
    }
  }

  /** What may be assigned by way of an address, or in a function that may run later. */
  private expression(expression: Expression): void {
    if (expression.kind === 'address') this.assign(expression.place);
    if (expression.kind === 'closure') this.statements(expression.function.body.statements, false);
    if (expression.kind === 'call' && 'place' in expression.callee) this.assign(expression.callee.place);
    for (const operand of operandsOf(expression)) this.expression(operand);
  }

  /** A place and all that it is in. New values have no fields that anybody has read. */
  private assign(place: Expression): void {
    if (leadsTo(place.type, this.isOwner) && place.kind !== 'composite') this.isReplaced = true;
    for (let each: Expression | null = place; each !== null; each = around(each)) {
      if (each.kind === 'select') this.assigned.add(each.field.name);
    }
  }
}

/** What a place is a part of, or is found from. */
function around(place: Expression): Expression | null {
  switch (place.kind) {
    case 'select':
    case 'dereference':
    case 'slice':
    case 'convert':
      return place.operand;
    case 'index':
      return place.collection;
    case 'lookup':
      return place.map;
    case 'address':
      return place.place;
    default:
      return null;
  }
}
