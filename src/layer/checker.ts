import type { Diagnostic, DiagnosticCode, Result } from '../base/diagnostic.js';
import { failure, success } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';
import { BOOL, UINT64, sameType, showType } from '../ir/index.js';
import type { Expression, IntegerType, Type } from '../ir/index.js';
import { BUILTINS, type BuiltinName, checkBuiltin } from './builtins.js';
import { checkBinary } from './binary.js';
import { checkPending, checkQuantifier, checkRecord, checkSlice, checkUpdate } from './compound.js';
import { constantOf } from './constants.js';
import { count, dottedName } from './names.js';
import { type Entity, type Scope } from './scope.js';
import type { ExpressionSyntax } from './syntax.js';
import { nearest } from './text.js';
import { BUILTIN_TYPES, fits } from './types.js';

/** One form of expression syntax. */
export type SyntaxOf<K extends ExpressionSyntax['kind']> = Extract<ExpressionSyntax, { kind: K }>;

/**
 * Types an expression where the context asks for a type. Errors: unknown names, wrong types, constants out of range, `old` or pending ops
 * where they have no meaning.
 */
export function checkExpression(syntax: ExpressionSyntax, scope: Scope, expected: Type): Result<Expression> {
  const checker = new Checker(scope);
  return checker.result(checker.check(syntax, expected));
}

/** Types an expression whose type follows from itself; a bare number has none and is an error. */
export function inferExpression(syntax: ExpressionSyntax, scope: Scope): Result<Expression> {
  const checker = new Checker(scope);
  return checker.result(checker.infer(syntax));
}

/** Types expressions in one scope. A method gives null when it has reported an error. */
export class Checker {
  constructor(
    readonly scope: Scope,
    readonly diagnostics: Diagnostic[] = [],
  ) {}

  result(expression: Expression | null): Result<Expression> {
    if (this.diagnostics.length > 0) return failure(...this.diagnostics);
    if (expression === null) throw new Error('a failed check without a message');
    return success(expression);
  }

  error(span: Span, message: string, code: DiagnosticCode = 'type', hint?: string): null {
    this.diagnostics.push({ code, message, span, ...(hint === undefined ? {} : { hint }) });
    return null;
  }

  /** A checker for other names, with the same diagnostics unless it gets its own. */
  within(scope: Scope, diagnostics = this.diagnostics): Checker {
    return new Checker(scope, diagnostics);
  }

  /** Like `check`, with the diagnostics in the result. */
  resultOf(syntax: ExpressionSyntax, expected: Type): Result<Expression> {
    return this.result(this.check(syntax, expected));
  }

  /** The value of another stage's result; its errors become this checker's. */
  take<T>(result: Result<T>): T | null {
    if (result.ok) return result.value;
    this.diagnostics.push(...result.diagnostics);
    return null;
  }

  check(syntax: ExpressionSyntax, expected: Type): Expression | null {
    const constant = constantOf(syntax, this.scope);
    if (constant?.kind === 'error') {
      this.diagnostics.push(constant.diagnostic);
      return null;
    }
    if (constant !== null) return this.constant(constant.value, expected, syntax.span);
    if (this.needsContext(syntax)) return this.inContext(syntax, expected);
    const found = this.infer(syntax);
    if (found === null || sameType(found.type, expected)) return found;
    const both = found.type.kind === 'integer' && expected.kind === 'integer';
    const hint = both ? `Convert it: ${showType(expected)}(...).` : undefined;
    return this.error(
      syntax.span,
      `expected ${showType(expected)}, but this is ${showType(found.type)}`,
      'type',
      hint,
    );
  }

  private constant(value: bigint, expected: Type, span: Span): Expression | null {
    if (expected.kind !== 'integer') {
      return this.error(span, `expected ${showType(expected)}, but this is a number`);
    }
    if (!fits(value, expected)) {
      return this.error(span, `the constant ${value.toString()} overflows ${showType(expected)}`);
    }
    return { kind: 'literal', value, type: expected, span };
  }

  /** Whether the expression takes its type from where it stands. */
  needsContext(syntax: ExpressionSyntax): boolean {
    switch (syntax.kind) {
      case 'integer':
        return true;
      case 'name': {
        const entity = this.scope.lookup(syntax.name);
        return entity === null ? this.isDefault(syntax.name) : entity.kind === 'constant';
      }
      case 'sequence':
      case 'set':
        return syntax.elements.every((element) => this.needsContext(element));
      case 'unary':
        return syntax.operator !== '!' && this.needsContext(syntax.operand);
      case 'binary':
        return this.needsContextAsOperator(syntax);
      case 'conditional':
        return this.needsContext(syntax.whenTrue) && this.needsContext(syntax.whenFalse);
      case 'call':
        return (
          this.builtinOf(syntax) === 'some' &&
          syntax.arguments.every((argument) => this.needsContext(argument))
        );
      case 'select':
      case 'index':
      case 'slice':
      case 'update':
      case 'record':
      case 'quantifier':
      case 'pending':
        return false;
    }
  }

  /** Whether a name that is not declared stands for the zero value of some type. */
  private isDefault(name: string): boolean {
    return name === 'zero' || name === 'none' || (name === 'nil' && this.scope.nil !== undefined);
  }

  private needsContextAsOperator(syntax: SyntaxOf<'binary'>): boolean {
    if (['==', '!=', '<', '<=', '>', '>=', '&&', '||', '==>', '<==>', 'in'].includes(syntax.operator))
      return false;
    if (!this.needsContext(syntax.left)) return false;
    return ['<<', '>>'].includes(syntax.operator) || this.needsContext(syntax.right);
  }

  private inContext(syntax: ExpressionSyntax, expected: Type): Expression | null {
    const { span } = syntax;
    switch (syntax.kind) {
      case 'name':
        if (syntax.name === 'none' && expected.kind !== 'option') {
          return this.error(span, `expected ${showType(expected)}, but this is an option`);
        }
        if (syntax.name === 'nil' && this.scope.nil?.(expected) !== true) {
          return this.error(span, `expected ${showType(expected)}, but this is nil`);
        }
        return { kind: 'default', type: expected, span };
      case 'sequence': {
        if (expected.kind !== 'seq') {
          return this.error(span, `expected ${showType(expected)}, but this is a sequence`);
        }
        const elements = this.all(syntax.elements, expected.element);
        return elements && { kind: 'sequence', elements, type: expected, span };
      }
      case 'set': {
        if (expected.kind !== 'set')
          return this.error(span, `expected ${showType(expected)}, but this is a set`);
        const elements = this.all(syntax.elements, expected.element);
        return elements && setOf(elements, expected, span);
      }
      case 'conditional':
        return this.conditional(syntax, expected);
      case 'call': {
        const [argument] = syntax.arguments;
        if (expected.kind !== 'option' || argument === undefined || syntax.arguments.length !== 1) {
          return this.error(span, `expected ${showType(expected)}, but this is an option of one value`);
        }
        const value = this.check(argument, expected.value);
        return value && { kind: 'some', value, type: expected, span };
      }
      case 'unary':
        return this.unary(syntax, this.check(syntax.operand, expected));
      case 'binary':
        return checkBinary(this, syntax, expected);
      case 'integer':
      case 'select':
      case 'index':
      case 'slice':
      case 'update':
      case 'record':
      case 'quantifier':
      case 'pending':
        throw new Error(`${syntax.kind} needs no context`);
    }
  }

  infer(syntax: ExpressionSyntax): Expression | null {
    const { span } = syntax;
    if (this.needsContext(syntax)) {
      const constant = constantOf(syntax, this.scope);
      if (constant?.kind === 'error') return this.take(failure<Expression>(constant.diagnostic));
      const hint = constant === null ? undefined : 'Convert it: uint64(...).';
      return this.error(span, 'the type of this is not known here', 'type', hint);
    }
    switch (syntax.kind) {
      case 'name':
        return this.name(syntax.name, span);
      case 'select':
        return this.select(syntax);
      case 'index':
        return this.index(syntax);
      case 'slice':
        return checkSlice(this, syntax);
      case 'update':
        return checkUpdate(this, syntax);
      case 'call':
        return this.call(syntax);
      case 'unary':
        return syntax.operator === '!'
          ? this.unary(syntax, this.check(syntax.operand, BOOL))
          : this.unary(syntax, this.infer(syntax.operand));
      case 'binary':
        return checkBinary(this, syntax, null);
      case 'conditional':
        return this.inferConditional(syntax);
      case 'sequence':
      case 'set':
        return this.inferCollection(syntax);
      case 'record':
        return checkRecord(this, syntax);
      case 'quantifier':
        return checkQuantifier(this, syntax);
      case 'pending':
        return checkPending(this, syntax);
      case 'integer':
        throw new Error('a number needs a context');
    }
  }

  all(list: readonly ExpressionSyntax[], type: Type): readonly Expression[] | null {
    const checked = list.map((each) => this.check(each, type));
    return checked.every((each) => each !== null) ? checked : null;
  }

  /** Types two operands that have the same type, whichever of them tells it. */
  pair(
    left: ExpressionSyntax,
    right: ExpressionSyntax,
    expected: Type | null,
  ): [Expression, Expression] | null {
    let first: Expression | null;
    let second: Expression | null;
    if (!this.needsContext(left)) {
      first = this.infer(left);
      second = first && this.check(right, first.type);
    } else if (!this.needsContext(right)) {
      second = this.infer(right);
      first = second && this.check(left, second.type);
    } else if (expected !== null) {
      first = this.check(left, expected);
      second = this.check(right, expected);
    } else {
      return this.error(
        left.span,
        'the type of neither side is known here',
        'type',
        'Convert one: uint64(...).',
      );
    }
    return first && second && [first, second];
  }

  private name(name: string, span: Span): Expression | null {
    const entity = this.scope.lookup(name);
    if (entity?.kind === 'value') return { ...entity.expression, span };
    if (entity?.kind === 'function' || name in BUILTINS) {
      return this.error(span, `'${name}' is a function`, 'type', `Call it: ${name}(...).`);
    }
    if (name === 'true' || name === 'false')
      return { kind: 'literal', value: name === 'true', type: BOOL, span };
    return this.unknown(name, span);
  }

  unknown(name: string, span: Span): null {
    const known = [...this.scope.candidates(), ...Object.keys(BUILTINS), 'true', 'false', 'zero', 'none'];
    const suggestion = nearest(name, known);
    const hint =
      fieldsHint(name, this.scope.candidates()) ??
      holderHint(name, this.scope.candidates()) ??
      (suggestion === null ? undefined : `Did you mean '${suggestion}'?`);
    return this.error(span, `unknown name '${name}'`, 'name', hint);
  }

  /** `a.b.c` is the longest dotted name that the scope knows, then fields. */
  private select(syntax: SyntaxOf<'select'>): Expression | null {
    const dotted = dottedName(syntax);
    if (dotted !== null) {
      const entity = this.scope.lookup(dotted);
      if (entity?.kind === 'value') return { ...entity.expression, span: syntax.span };
      const root = dotted.slice(0, dotted.indexOf('.'));
      if (this.prefixEntity(syntax) === null && this.scope.lookup(root) === null) {
        return this.unknown(dotted, syntax.span);
      }
    }
    const record = this.infer(syntax.operand);
    if (record === null) return null;
    if (record.type.kind !== 'record') {
      return this.error(syntax.nameSpan, `${showType(record.type)} has no fields`);
    }
    const field = record.type.fields.find(({ name }) => name === syntax.name);
    if (field !== undefined) {
      return { kind: 'field', record, name: syntax.name, type: field.type, span: syntax.span };
    }
    const suggestion = nearest(
      syntax.name,
      record.type.fields.map(({ name }) => name),
    );
    const hint = suggestion === null ? undefined : `Did you mean '${suggestion}'?`;
    return this.error(syntax.nameSpan, `${record.type.name} has no field '${syntax.name}'`, 'name', hint);
  }

  /** The entity of a proper prefix of a dotted name, which makes the rest of it fields. */
  private prefixEntity(syntax: SyntaxOf<'select'>): Entity | null {
    let prefix: ExpressionSyntax = syntax.operand;
    for (;;) {
      const name = dottedName(prefix);
      const entity = name === null ? null : this.scope.lookup(name);
      if (entity !== null || prefix.kind !== 'select') return entity;
      prefix = prefix.operand;
    }
  }

  private index(syntax: SyntaxOf<'index'>): Expression | null {
    const collection = this.infer(syntax.operand);
    if (collection === null) return null;
    const { type } = collection;
    if (type.kind !== 'map' && type.kind !== 'seq') {
      return this.error(syntax.operand.span, `${showType(type)} has no elements to index`);
    }
    const key = this.check(syntax.key, type.kind === 'map' ? type.key : UINT64);
    const element = type.kind === 'map' ? type.value : type.element;
    return key && { kind: 'index', collection, key, type: element, span: syntax.span };
  }

  /** The function of the language that a call means, unless the scope has a function of that name. */
  private builtinOf(syntax: SyntaxOf<'call'>): BuiltinName | null {
    if (syntax.callee.kind !== 'name' || this.scope.lookup(syntax.callee.name)?.kind === 'function')
      return null;
    const { name } = syntax.callee;
    return Object.hasOwn(BUILTINS, name) ? (name as BuiltinName) : null;
  }

  private call(syntax: SyntaxOf<'call'>): Expression | null {
    const builtin = this.builtinOf(syntax);
    if (builtin !== null) return checkBuiltin(this, builtin, syntax);
    const { callee, span } = syntax;
    const name = dottedName(callee);
    if (name === null) return this.error(callee.span, 'this is not a function');
    const entity = this.scope.lookup(name);
    if (entity?.kind === 'function') {
      const { parameters, inline } = entity.function;
      if (parameters.length !== syntax.arguments.length) return this.arity(syntax, name, parameters.length);
      const args = syntax.arguments.map((argument, index) => {
        return this.check(argument, parameters[index]?.type ?? BOOL);
      });
      return args.every((argument) => argument !== null) ? { ...inline(args), span } : null;
    }
    const type = this.scope.lookupType(name) ?? BUILTIN_TYPES.get(name);
    if (type?.kind === 'integer') return this.conversion(syntax, type);
    if (type !== undefined) return this.error(callee.span, `cannot convert to ${showType(type)}`);
    return entity === null
      ? this.unknown(name, callee.span)
      : this.error(callee.span, `'${name}' is not a function`);
  }

  arity(syntax: SyntaxOf<'call'>, name: string, wanted: number): null {
    const given = syntax.arguments.length;
    return this.error(syntax.span, `'${name}' takes ${count(wanted, 'argument')}, but ${given} are given`);
  }

  private conversion(syntax: SyntaxOf<'call'>, type: IntegerType): Expression | null {
    const [argument] = syntax.arguments;
    if (argument === undefined || syntax.arguments.length !== 1) return this.arity(syntax, showType(type), 1);
    const constant = constantOf(argument, this.scope);
    if (constant !== null || this.needsContext(argument)) return this.check(argument, type);
    const operand = this.infer(argument);
    if (operand === null) return null;
    if (operand.type.kind !== 'integer') {
      return this.error(argument.span, `cannot convert ${showType(operand.type)} to ${showType(type)}`);
    }
    if (sameType(operand.type, type)) return operand;
    return { kind: 'convert', operand, type, span: syntax.span };
  }

  private unary(syntax: SyntaxOf<'unary'>, operand: Expression | null): Expression | null {
    if (operand === null) return null;
    const { span, operator } = syntax;
    if (operator === '!') return { kind: 'unary', operator: 'not', operand, type: BOOL, span };
    if (operand.type.kind !== 'integer') {
      return this.error(syntax.operand.span, `expected an integer, but this is ${showType(operand.type)}`);
    }
    if (operator === '+') return operand;
    return {
      kind: 'unary',
      operator: operator === '-' ? 'negate' : 'complement',
      operand,
      type: operand.type,
      span,
    };
  }

  private inferConditional(syntax: SyntaxOf<'conditional'>): Expression | null {
    const condition = this.check(syntax.condition, BOOL);
    const pair = this.pair(syntax.whenTrue, syntax.whenFalse, null);
    if (condition === null || pair === null) return null;
    const [whenTrue, whenFalse] = pair;
    return { kind: 'conditional', condition, whenTrue, whenFalse, type: whenTrue.type, span: syntax.span };
  }

  private conditional(syntax: SyntaxOf<'conditional'>, type: Type): Expression | null {
    const condition = this.check(syntax.condition, BOOL);
    const whenTrue = this.check(syntax.whenTrue, type);
    const whenFalse = this.check(syntax.whenFalse, type);
    if (condition === null || whenTrue === null || whenFalse === null) return null;
    return { kind: 'conditional', condition, whenTrue, whenFalse, type, span: syntax.span };
  }

  private inferCollection(syntax: SyntaxOf<'sequence' | 'set'>): Expression | null {
    const leading = syntax.elements.find((element) => !this.needsContext(element));
    const first = leading === undefined ? null : this.infer(leading);
    if (first === null) return null;
    const elements = syntax.elements.map((each) => (each === leading ? first : this.check(each, first.type)));
    if (!elements.every((element) => element !== null)) return null;
    const { span } = syntax;
    if (syntax.kind === 'set') return setOf(elements, { kind: 'set', element: first.type }, span);
    return { kind: 'sequence', elements, type: { kind: 'seq', element: first.type }, span };
  }
}

function setOf(elements: readonly Expression[], type: Type & { kind: 'set' }, span: Span): Expression {
  const present: Expression = { kind: 'literal', value: true, type: BOOL, span };
  return elements.reduce<Expression>(
    (set, element) => ({ kind: 'withMember', set, element, present, type, span }),
    { kind: 'default', type, span },
  );
}

/** What has a part of the name: a variable of a struct type, the specification, an imported package. */
function holderHint(name: string, candidates: readonly string[]): string | undefined {
  const parts = candidates.filter((candidate) => candidate.endsWith(`.${name}`));
  return parts.length === 0
    ? undefined
    : `Did you mean ${parts
        .toSorted()
        .map((part) => `'${part}'`)
        .join(' or ')}?`;
}

/** A package variable whose type is a struct is a variable for each field. */
function fieldsHint(name: string, candidates: readonly string[]): string | undefined {
  const fields = candidates.filter((candidate) => candidate.startsWith(`${name}.`));
  const [first] = fields;
  if (first === undefined) return undefined;
  return `In formulas the fields of ${name} are variables of their own: ${fields.join(', ')}. Where ${name} is an array, a key stands behind the field, as in \`${first}[i]\`.`;
}
