import { UINT64 } from '../ir/index.js';
import type { Expression, Parameter } from '../ir/index.js';
import type { ArrayType, ConstantDeclaration, Expression as GoExpression } from '../go/index.js';
import { stringBytes, underlying } from '../go/index.js';
import type { Entity } from '../layer/index.js';
import type { TypeTable } from './go-type.js';
import { convert, defaultOf, goBinary, literal, not, toUint64 } from './operators.js';
import type { Linked } from './linked.js';
import type { Reports } from './reports.js';
import { stringOf } from './string-value.js';

/** Constant expressions: folded by the front end, except where they mention a parameter of the verification. */
export class Constants {
  private readonly parameters = new Map<ConstantDeclaration, Parameter>();
  private readonly symbolic = new Map<ConstantDeclaration, boolean>();

  constructor(
    private readonly linked: Linked,
    private readonly reports: Reports,
    private readonly types: TypeTable,
  ) {}

  addParameter(declaration: ConstantDeclaration, parameter: Parameter): void {
    this.parameters.set(declaration, parameter);
    this.symbolic.clear();
  }

  /** What annotations see under the constant's name; null for strings. */
  entity(declaration: ConstantDeclaration): Entity | null {
    const { type, value } = declaration;
    if (typeof value !== 'bigint' && typeof value !== 'boolean') return null;
    const parameter = this.parameters.get(declaration);
    if (parameter !== undefined) {
      const { name } = parameter;
      return { kind: 'value', expression: { kind: 'parameter', name, type: parameter.type } };
    }
    if (this.isSymbolic(declaration)) {
      return { kind: 'value', expression: this.lower(declaration.expression) };
    }
    if (type.kind === 'untyped' && typeof value === 'bigint') return { kind: 'constant', value };
    return {
      kind: 'value',
      expression: literal(this.types.lower(type, declaration.span), value),
    };
  }

  /** Whether the value depends on a parameter. */
  mentionsParameter(expression: GoExpression): boolean {
    switch (expression.kind) {
      case 'constant': {
        const { declaration } = expression;
        return declaration.kind === 'declared' && this.isSymbolic(declaration.constant);
      }
      case 'unary':
      case 'convert':
        return this.mentionsParameter(expression.operand);
      case 'binary':
        return this.mentionsParameter(expression.left) || this.mentionsParameter(expression.right);
      case 'extremum':
        return expression.operands.some((each) => this.mentionsParameter(each));
      case 'length': {
        const array = arrayOf(expression.operand);
        return array !== null && this.mentionsParameter(array.lengthExpression);
      }
      default:
        return false;
    }
  }

  private isSymbolic(declaration: ConstantDeclaration): boolean {
    if (this.parameters.has(declaration)) return true;
    const known = this.symbolic.get(declaration);
    if (known !== undefined) return known;
    const result = this.mentionsParameter(declaration.expression);
    this.symbolic.set(declaration, result);
    return result;
  }

  /** The value of a constant expression (one with `constant`). */
  lower(expression: GoExpression): Expression {
    if (expression.constant === undefined) throw new Error('not a constant expression');
    if (!this.mentionsParameter(expression)) return this.folded(expression);
    if (expression.type.kind === 'untyped' && expression.type.of !== 'bool') {
      this.reports.unsupported(
        'an untyped constant that depends on a parameter',
        expression.span,
        'Give it a type: `const N uint64 = ...`, or convert its operands.',
      );
      return defaultOf(UINT64);
    }
    return this.symbolicValue(expression);
  }

  /** The front end has computed the keys of an array literal; a name in one could be that of a parameter. */
  checkKeys(composite: Extract<GoExpression, { kind: 'composite' }>): void {
    if (this.parameters.size === 0) return;
    const file = this.linked.fileAt(composite.span.file);
    let start = composite.span.start.offset;
    for (const { key, value } of composite.elements) {
      const before = file?.text.slice(start, value.span.start.offset) ?? '';
      const written = before.slice(Math.max(before.lastIndexOf('{'), before.lastIndexOf(',')) + 1);
      if (key.kind === 'index' && /[\p{L}_].*:/su.test(written)) {
        this.reports.unsupported(
          'a named constant as a key, in a package with parameters,',
          value.span,
          'Write the number, or assign the element in code.',
        );
      }
      start = value.span.end.offset;
    }
  }

  /** Length of an array, uint64. */
  length(type: ArrayType): Expression {
    const expression = type.lengthExpression;
    if (!this.mentionsParameter(expression)) return literal(UINT64, type.length);
    return toUint64(this.lower(expression));
  }

  private folded(expression: GoExpression): Expression {
    const type = this.types.lower(expression.type, expression.span);
    const { constant } = expression;
    if (typeof constant === 'string') return stringOf([...stringBytes(constant)]);
    return typeof constant === 'bigint' || typeof constant === 'boolean'
      ? literal(type, constant)
      : defaultOf(type);
  }

  private symbolicValue(expression: GoExpression): Expression {
    const type = this.types.lower(expression.type, expression.span);
    switch (expression.kind) {
      case 'constant': {
        if (expression.declaration.kind !== 'declared') return this.folded(expression);
        const { constant } = expression.declaration;
        const parameter = this.parameters.get(constant);
        const value: Expression =
          parameter === undefined
            ? this.lower(constant.expression)
            : { kind: 'parameter', name: parameter.name, type: parameter.type };
        return type.kind === 'integer' ? convert(value, type) : value;
      }
      case 'unary': {
        const operand = this.lower(expression.operand);
        if (expression.operator === '!') return not(operand);
        if (expression.operator === '+') return operand;
        return {
          kind: 'unary',
          operator: expression.operator === '-' ? 'negate' : 'complement',
          operand,
          type,
        };
      }
      case 'binary':
        return goBinary(expression.operator, this.lower(expression.left), this.lower(expression.right));
      case 'convert': {
        const operand = this.lower(expression.operand);
        return type.kind === 'integer' ? convert(operand, type) : operand;
      }
      case 'length': {
        const array = arrayOf(expression.operand);
        const length = array === null ? defaultOf(UINT64) : this.length(array);
        return type.kind === 'integer' ? convert(length, type) : length;
      }
      default:
        this.reports.unsupported(
          'this use of a parameter in a constant expression',
          expression.span,
          'Compute it from the parameter with arithmetic and conversions.',
        );
        return defaultOf(type);
    }
  }
}

/** The array type of an array-valued expression. */
export function arrayOf(expression: GoExpression): ArrayType | null {
  const type = underlying(expression.type);
  return type.kind === 'array' ? type : null;
}
