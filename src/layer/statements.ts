import type { Span } from '../base/source.js';
import { BOOL, UINT64, showType, walkExpression } from '../ir/index.js';
import type { Expression, Local, PathElement, Place, Statement, Type } from '../ir/index.js';
import type { Checker, SyntaxOf } from './checker.js';
import type { Declarations } from './declarations.js';
import { definedness, inRange } from './definedness.js';
import { count } from './names.js';
import { shiftLocals } from './rewrite-statement.js';
import type { Entity } from './scope.js';
import type { BlockSyntax, ExpressionSyntax, NameSyntax, StatementSyntax } from './syntax.js';

/** A statement of one kind. */
type StatementOf<K extends StatementSyntax['kind']> = Extract<StatementSyntax, { kind: K }>;

interface LocalName {
  readonly index: number;
  readonly assignable: boolean;
}

/** Lowers the statements of one op, crash or fault; locals are collected as they are declared. */
export class StatementLowering {
  readonly locals: Local[] = [];
  private readonly blocks: Map<string, LocalName>[] = [new Map<string, LocalName>()];

  constructor(
    private readonly declarations: Declarations,
    private readonly owner: 'op' | 'crash' | 'fault',
    /** The layer's `fault` block, for the statement `fault`. */
    private readonly fault: BlockSyntax | null,
    private readonly results: readonly { readonly type: Type; readonly name: string | null }[] = [],
    private readonly firstResult = 0,
  ) {}

  /** Declares a parameter, result or variable in the innermost block. */
  declare(name: NameSyntax, type: Type, assignable: boolean): number {
    const index = this.locals.length;
    this.locals.push({ name: name.name, type });
    if (this.declarations.claims(name.name) || this.blocks.some((block) => block.has(name.name))) {
      this.error(name.span, `'${name.name}' is declared twice`, 'name');
    }
    this.blocks.at(-1)?.set(name.name, { index, assignable });
    return index;
  }

  /** A local that no program text names. */
  hidden(name: string, type: Type): number {
    this.locals.push({ name, type });
    return this.locals.length - 1;
  }

  /** Lowers statements without a scope of their own: a section. */
  statements(list: readonly StatementSyntax[]): readonly Statement[] {
    return list.flatMap((statement, index) => {
      const previous = list[index - 1];
      if (previous !== undefined && terminates(previous)) {
        this.error(statement.span, "this is never reached: a 'return' comes before it");
      }
      return this.statement(statement);
    });
  }

  private block(block: BlockSyntax): readonly Statement[] {
    this.blocks.push(new Map());
    const result = this.statements(block.statements);
    this.blocks.pop();
    return result;
  }

  private error(span: Span, message: string, code: 'type' | 'name' | 'layer' = 'type', hint?: string): null {
    return this.declarations.report({ code, message, span, ...(hint === undefined ? {} : { hint }) });
  }

  private localName(name: string): LocalName | null {
    for (const block of [...this.blocks].reverse()) {
      const found = block.get(name);
      if (found !== undefined) return found;
    }
    return null;
  }

  private get checker(): Checker {
    const { scope } = this.declarations;
    const lookup = (name: string): Entity | null => {
      const local = this.localName(name);
      const type = local === null ? undefined : this.locals[local.index]?.type;
      if (local === null || type === undefined) return scope.lookup(name);
      return { kind: 'value', expression: { kind: 'local', index: local.index, type } };
    };
    const candidates = (): readonly string[] => [
      ...this.blocks.flatMap((block) => [...block.keys()]),
      ...scope.candidates(),
    ];
    return this.declarations.checker.within({ ...scope, lookup, candidates });
  }

  private check(syntax: ExpressionSyntax, type: Type): Expression | null {
    const expression = this.checker.check(syntax, type);
    if (expression !== null && this.owner === 'crash') this.refuseVolatile(expression, syntax.span);
    return expression;
  }

  /** A crash decides by what is durable: what a volatile variable held ends with it. */
  private refuseVolatile(expression: Expression, span: Span): void {
    walkExpression(expression, (node) => {
      const name = node.kind === 'state' ? this.volatileName(node.variable) : null;
      if (name === null) return;
      const hint =
        'A crash may give it a value, made of durable variables; declare it durable if what it holds matters.';
      this.error(node.span ?? span, `a crash reads volatile variable '${name}'`, 'layer', hint);
    });
  }

  /** A crash gives a volatile variable a value as a whole: nothing of what it held is left. */
  private refuseVolatilePart({ root, path }: Place, span: Span): void {
    const name = root.kind === 'state' && path.length > 0 ? this.volatileName(root.variable) : null;
    if (this.owner !== 'crash' || name === null) return;
    const hint = 'The rest of it would outlive the crash: assign the whole variable.';
    this.error(span, `a crash assigns a part of volatile variable '${name}'`, 'layer', hint);
  }

  /** The layer's name for a volatile state variable; null for others. */
  private volatileName(variable: string): string | null {
    for (const [name, { name: full, durability }] of this.declarations.state) {
      if (full === variable && durability === 'volatile') return name;
    }
    return null;
  }

  /** The requirements of expressions, as statements before the one that they stand in. */
  private requirements(expressions: readonly Expression[], span: Span): readonly Statement[] {
    const report = (error: Parameters<Declarations['report']>[0]): void => {
      this.declarations.report(error);
    };
    const conditions = expressions
      .map((each) => definedness(each, span, report))
      .filter((each) => each !== null);
    return conditions.map((condition) => this.required(condition, condition.span ?? span));
  }

  private required(condition: Expression, span: Span): Statement {
    if (this.owner !== 'op') {
      const hint = "Guard it with 'if', or keep the sequence short.";
      this.error(span, `this can be undefined, which a ${this.owner} must not be`, 'layer', hint);
    }
    return { kind: 'require', condition, span };
  }

  private statement(statement: StatementSyntax): readonly Statement[] {
    const { span } = statement;
    switch (statement.kind) {
      case 'assign':
        return this.assign(statement);
      case 'define':
        return this.define(statement);
      case 'require':
      case 'await': {
        if (statement.kind === 'require' && this.owner !== 'op') {
          this.error(
            span,
            `'require' in a ${this.owner}`,
            'layer',
            "Only an op has a caller to blame; write 'await'.",
          );
        }
        const condition = this.check(statement.condition, BOOL);
        if (condition === null) return [];
        return [...this.requirements([condition], span), { kind: statement.kind, condition, span }];
      }
      case 'choose':
        return this.choose(statement);
      case 'either':
        return [{ kind: 'either', branches: statement.branches.map((branch) => this.block(branch)), span }];
      case 'if': {
        const condition = this.check(statement.condition, BOOL);
        const whenTrue = this.block(statement.whenTrue);
        const whenFalse = statement.whenFalse === null ? [] : this.block(statement.whenFalse);
        if (condition === null) return [];
        return [
          ...this.requirements([condition], span),
          { kind: 'if', condition, whenTrue, whenFalse, span },
        ];
      }
      case 'return':
        return this.return(statement);
      case 'yield':
        this.error(span, "'yield' stands between the sections of an op, not inside a block", 'layer');
        return [];
      case 'fault':
        return this.inlineFault(span);
    }
  }

  private inlineFault(span: Span): readonly Statement[] {
    if (this.owner !== 'op') this.error(span, `'fault' in a ${this.owner}`, 'layer');
    else if (this.fault === null) this.error(span, "the layer has no 'fault { ... }'", 'layer');
    else {
      const inner = new StatementLowering(this.declarations, 'fault', null);
      // What is wrong in the fault itself was reported where it is declared.
      const before = this.declarations.diagnostics.length;
      const lowered = inner.statements(this.fault.statements);
      this.declarations.diagnostics.length = before;
      const offset = this.locals.length;
      this.locals.push(...inner.locals);
      return lowered.map((statement) => shiftLocals(statement, offset));
    }
    return [];
  }

  private choose({ name, type, where, span }: StatementOf<'choose'>): readonly Statement[] {
    let local: number;
    if (type === null) {
      const known = this.localName(name.name);
      if (known === null || !known.assignable) {
        const hint = `Declare it here with its type: choose ${name.name} uint64 where ...`;
        this.error(name.span, `'${name.name}' is not a local that can be chosen`, 'name', hint);
        return [];
      }
      local = known.index;
    } else {
      const resolved = this.declarations.type(type);
      if (resolved === null) return [];
      local = this.declare(name, resolved, true);
    }
    const localType = this.locals[local]?.type ?? BOOL;
    const condition: Expression | null =
      where === null ? { kind: 'literal', value: true, type: BOOL, span } : this.check(where, BOOL);
    if (condition === null) return [];
    if (this.requirements([condition], span).length > 0) {
      this.error(span, 'this condition can be undefined for some choices', 'layer', "Guard it with 'if'.");
    }
    return [{ kind: 'choose', local, type: localType, where: condition, span }];
  }

  private return({ values, span }: StatementOf<'return'>): readonly Statement[] {
    if (this.owner !== 'op') {
      this.error(span, `'return' in a ${this.owner}`, 'layer');
      return [];
    }
    const { results } = this;
    if (values.length === 0 && results.length > 0 && results.every(({ name }) => name !== null)) {
      const named = results.map(({ type }, index): Expression => {
        return { kind: 'local', index: this.firstResult + index, type, span };
      });
      return [{ kind: 'return', values: named, span }];
    }
    if (values.length !== results.length) {
      this.error(span, `the op has ${count(results.length, 'result')}, but ${values.length} are returned`);
      return [];
    }
    const checked = values.map((value, index) => this.check(value, results[index]?.type ?? BOOL));
    if (!checked.every((value) => value !== null)) return [];
    return [...this.requirements(checked, span), { kind: 'return', values: checked, span }];
  }

  private define({ names, values, constant, span }: StatementOf<'define'>): readonly Statement[] {
    if (names.length !== values.length) {
      this.error(span, `${count(names.length, 'name')}, but ${count(values.length, 'value')}`);
      return [];
    }
    const checked = values.map((value) => {
      const expression = this.checker.infer(value);
      if (expression !== null && this.owner === 'crash') this.refuseVolatile(expression, value.span);
      return expression;
    });
    // After an error the names stay known, so that their uses are not errors too.
    const locals = names.map((name, index) => this.declare(name, checked[index]?.type ?? UINT64, !constant));
    if (!checked.every((value) => value !== null)) return [];
    const assignments = checked.map((value, index): Statement => {
      return {
        kind: 'assign',
        place: { root: { kind: 'local', index: locals[index] ?? 0 }, path: [] },
        value,
        span,
      };
    });
    return [...this.requirements(checked, span), ...assignments];
  }

  private assign({ targets, values, span }: StatementOf<'assign'>): readonly Statement[] {
    if (targets.length !== values.length) {
      this.error(span, `${count(targets.length, 'place')}, but ${count(values.length, 'value')}`);
      return [];
    }
    const before: Statement[] = [];
    const pairs: { place: Place; value: Expression }[] = [];
    targets.forEach((target, index) => {
      const place = this.place(target);
      const syntax = values[index];
      if (place === null || syntax === undefined) return;
      this.refuseVolatilePart(place.place, target.span);
      const value = this.check(syntax, place.type);
      if (value === null) return;
      const keys = place.place.path.flatMap((element) => (element.kind === 'key' ? [element.key] : []));
      before.push(...this.requirements([...keys, value], span));
      before.push(...place.conditions.map((condition) => this.required(condition, target.span)));
      pairs.push({ place: place.place, value });
    });
    return [
      ...before,
      ...(pairs.length === 1 ? pairs.map((pair) => this.store(pair, span)) : this.parallel(pairs, span)),
    ];
  }

  private store({ place, value }: { place: Place; value: Expression }, span: Span): Statement {
    return { kind: 'assign', place, value, span };
  }

  /** As in Go: all keys and values first, then the assignments from left to right. What could change in between is kept in a local. */
  private parallel(pairs: readonly { place: Place; value: Expression }[], span: Span): readonly Statement[] {
    const kept: Statement[] = [];
    const places = pairs.map(({ place }) => place);
    const keep = (expression: Expression): Expression => {
      if (!dependsOn(expression, places)) return expression;
      const index = this.hidden(`value${this.locals.length}`, expression.type);
      kept.push(this.store({ place: { root: { kind: 'local', index }, path: [] }, value: expression }, span));
      return { kind: 'local', index, type: expression.type, span };
    };
    const stores = pairs.map(({ place, value }) => {
      const path = place.path.map((element) => {
        return element.kind === 'key' ? { ...element, key: keep(element.key) } : element;
      });
      return this.store({ place: { ...place, path }, value: keep(value) }, span);
    });
    return [...kept, ...stores];
  }

  /** A place that can be assigned, with its type and what must hold for it to exist. */
  private place(
    syntax: ExpressionSyntax,
  ): { place: Place; type: Type; conditions: readonly Expression[] } | null {
    switch (syntax.kind) {
      case 'name':
        return this.root(syntax);
      case 'index': {
        const inner = this.place(syntax.operand);
        if (inner === null) return null;
        const { type } = inner;
        if (type.kind !== 'map' && type.kind !== 'seq') {
          return this.error(syntax.operand.span, `${showType(type)} has no elements to assign`);
        }
        const key = this.check(syntax.key, type.kind === 'map' ? type.key : UINT64);
        const collection = this.checker.infer(syntax.operand);
        if (key === null || collection === null) return null;
        const condition = inRange(collection, key, syntax.span);
        return {
          place: extended(inner.place, { kind: 'key', key, type }),
          type: type.kind === 'map' ? type.value : type.element,
          conditions: condition === null ? inner.conditions : [...inner.conditions, condition],
        };
      }
      case 'select': {
        const inner = this.place(syntax.operand);
        if (inner === null) return null;
        const { type } = inner;
        const field =
          type.kind === 'record' ? type.fields.find(({ name }) => name === syntax.name) : undefined;
        if (type.kind !== 'record' || field === undefined) {
          return this.error(syntax.nameSpan, `${showType(type)} has no field '${syntax.name}'`, 'name');
        }
        const place = extended(inner.place, { kind: 'field', name: syntax.name, type });
        return { ...inner, place, type: field.type };
      }
      case 'integer':
      case 'slice':
      case 'update':
      case 'call':
      case 'unary':
      case 'binary':
      case 'conditional':
      case 'sequence':
      case 'set':
      case 'record':
      case 'quantifier':
      case 'pending':
        return this.error(syntax.span, 'this cannot be assigned');
    }
  }

  private root({
    name,
    span,
  }: SyntaxOf<'name'>): { place: Place; type: Type; conditions: readonly Expression[] } | null {
    const local = this.localName(name);
    if (local !== null) {
      const type = this.locals[local.index]?.type ?? BOOL;
      if (!local.assignable) {
        return this.error(span, `'${name}' cannot be assigned`, 'type', `Copy it: x := ${name}.`);
      }
      return { place: { root: { kind: 'local', index: local.index }, path: [] }, type, conditions: [] };
    }
    const variable = this.declarations.state.get(name);
    if (variable !== undefined) {
      return {
        place: { root: { kind: 'state', variable: variable.name }, path: [] },
        type: variable.type,
        conditions: [],
      };
    }
    if (this.declarations.scope.lookup(name) !== null)
      return this.error(span, `'${name}' cannot be assigned`);
    return this.checker.unknown(name, span);
  }
}

function extended(place: Place, element: PathElement): Place {
  return { root: place.root, path: [...place.path, element] };
}

/** Whether the value depends on what one of the places is a part of. */
function dependsOn(expression: Expression, places: readonly Place[]): boolean {
  let found = false;
  walkExpression(expression, (node) => {
    if (
      node.kind === 'local' &&
      places.some(({ root }) => root.kind === 'local' && root.index === node.index)
    ) {
      found = true;
    }
    if (
      node.kind === 'state' &&
      places.some(({ root }) => root.kind === 'state' && root.variable === node.variable)
    ) {
      found = true;
    }
  });
  return found;
}

/** Whether a statement always ends in `return`. */
export function terminates(statement: StatementSyntax | undefined): boolean {
  const ends = (block: BlockSyntax): boolean => terminates(block.statements.at(-1));
  if (statement === undefined) return false;
  if (statement.kind === 'if') {
    return ends(statement.whenTrue) && statement.whenFalse !== null && ends(statement.whenFalse);
  }
  return statement.kind === 'either' ? statement.branches.every(ends) : statement.kind === 'return';
}
