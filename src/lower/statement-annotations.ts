import type { Span } from '../base/source.js';
import { BOOL, UINT64, rewriteExpression, walkExpression } from '../ir/index.js';
import type { Expression, Lock, Type } from '../ir/index.js';
import type { Annotation, Block, Statement } from '../go/index.js';
import { blocksOf } from '../go/index.js';
import type { Directive, Entity, FreshNames, Scope } from '../layer/index.js';
import { checkExpression, extendScope, inferMeasure } from '../layer/index.js';
import type { Scopes } from './annotation-scope.js';
import { invariantOf } from './annotation-scope.js';
import type { Directives } from './directives.js';
import type { Linked } from './linked.js';
import type {
  Carried,
  CheckedClauses,
  LoopClauses,
  Lowering,
  Place,
  StatementAnnotations,
} from './lowering.js';
import { currentFrame } from './lowering.js';
import { compare, localOf, logical, sameExpression, toUint64 } from './operators.js';
import { formulaValue } from './place.js';
import { referenceOf } from './region.js';
import type { Reports } from './reports.js';
import { speaksOfState } from './speaks-of-state.js';
import type { ContentOf } from './view.js';
import { viewsOf } from './view.js';

/** The annotation stands in a body of the statement, not before or behind it. */
function isInside(annotation: Annotation, statement: Statement): boolean {
  const { offset } = annotation.start;
  return blocksOf(statement).some(
    (block) => block.span.start.offset < offset && offset < block.span.end.offset,
  );
}

type ClaimDirective = Extract<Directive, { kind: 'claim' | 'give' | 'freeze' }>;

/** In a loop over a map: for each key, whether its entry was taken in an earlier round or this one. */
const VISITED = 'visited';

const LOOP_CLAUSES: ReadonlySet<Directive['kind']> = new Set(['invariant', 'decreases', 'retry']);

/** Reads the `//@` text of statements in the scope of the Go code around it. */
export class StatementReader implements StatementAnnotations {
  constructor(
    private readonly reports: Reports,
    private readonly directives: Directives,
    private readonly linked: Linked,
    private readonly scopes: Scopes,
    private readonly locks: ReadonlyMap<string, Lock>,
    private readonly names: FreshNames,
  ) {}

  readonly before = (lowering: Lowering, statement: Statement): LoopClauses => {
    const isLoop = statement.kind === 'for' || statement.kind === 'range';
    const outside = statement.annotations.filter((annotation) => !isInside(annotation, statement));
    for (const directive of this.directives.all(outside)) {
      switch (directive.kind) {
        case 'assert':
        case 'assume':
          // Behind a statement it would seem to hold after it: only above.
          if (directive.span.start.offset < statement.span.start.offset) this.formula(lowering, directive);
          break;
        case 'commit':
        case 'help':
          this.directives.use(directive);
          if (lowering.isGoroutine) {
            this.reports.add(
              'annotation',
              `\`${directive.kind}\` has no effect here: a goroutine has no operation of its own`,
              directive.span,
              'Remove it.',
            );
          } else lowering.builder.emit({ kind: 'hint', hint: directive.kind });
          break;
        case 'claim':
        case 'give':
        case 'freeze':
          this.claim(lowering, directive);
          break;
        default:
      }
    }
    return { annotations: isLoop ? statement.annotations : [] };
  };

  readonly carried = (lowering: Lowering, statement: Statement, element: Type): Carried | null => {
    const directives = this.directives.all(statement.annotations);
    const [directive, second] = directives.filter((each) => each.kind === 'carries');
    if (directive === undefined) return null;
    if (second !== undefined)
      this.reports.add('annotation', 'a second `carries` for the same channel', second.span);
    this.directives.use(directive);
    const { builder } = lowering;
    const { name } = directive.value;
    const value = builder.newTemporary(name, element);
    const entities = new Map<string, Entity>();
    addEntities(lowering, name, { root: 'local', local: value, path: [], type: element }, entities);
    const scope = extendScope(this.localScope(lowering, directive.span), entities);
    const checked = checkExpression(directive.clause.expression, scope, BOOL);
    if (!checked.ok) {
      this.reports.addAll(checked.diagnostics);
      return null;
    }
    const fixed = fixedLocals(lowering, checked.value, value);
    if (fixed === null) {
      this.reports.unsupported(
        'state or memory in `carries`',
        directive.clause.span,
        'It is a formula over the value and over numbers, truth values and structs of local variables, which may not change as state and memory do.',
      );
      return null;
    }
    return (given) => replaceLocals(checked.value, new Map([...fixed, [value, given]]));
  };

  private formula(
    lowering: Lowering,
    directive: Extract<
      Directive,
      { kind: 'invariant' | 'abstraction' | 'crashInvariant' | 'assert' | 'assume' }
    >,
  ): void {
    this.directives.use(directive);
    const { clause } = directive;
    const checked = checkExpression(clause.expression, this.localScope(lowering, directive.span), BOOL);
    if (!checked.ok) {
      this.reports.addAll(checked.diagnostics);
      return;
    }
    const { builder } = lowering;
    const source = builder.source;
    builder.source = { ...source, span: directive.span, text: directive.text };
    const condition = checked.value;
    if (directive.kind === 'assume') builder.emit({ kind: 'assume', condition, reason: 'user' });
    else builder.emit({ kind: 'check', code: 'assertion', condition, message: 'the assertion may fail' });
    builder.source = source;
  }

  private claim(lowering: Lowering, directive: ClaimDirective): void {
    this.directives.use(directive);
    const { name, span } = directive.token;
    const token = this.linked.resolve(name, span.file);
    const lock = this.locks.get(token);
    if (lock?.owner == null) {
      this.reports.add('name', `there is no token ${name}`, span, 'Declare it: `//@ token name guards ...`.');
      return;
    }
    if ((lock.index === null) !== (directive.index === null)) {
      const message =
        lock.index === null ? `${name} is a single token` : `${name} is a family of tokens: name one`;
      this.reports.add('type', message, span);
      return;
    }
    const scope = { ...this.localScope(lowering, directive.span), allowOld: true };
    const index = directive.index === null ? null : checkExpression(directive.index, scope, UINT64);
    const condition = directive.condition === null ? null : checkExpression(directive.condition, scope, BOOL);
    for (const each of [index, condition]) if (each?.ok === false) this.reports.addAll(each.diagnostics);
    const { builder } = lowering;
    const source = builder.source;
    builder.source = { ...source, span: directive.span, text: directive.text };
    const value = (result: typeof index): Expression | null => (result?.ok === true ? result.value : null);
    const claim = { kind: directive.kind, token, index: value(index), condition: value(condition) };
    builder.emit({ kind: 'claim', claim });
    builder.source = source;
  }

  readonly inBody = (body: Block): LoopClauses => {
    const [first] = body.statements;
    if (first === undefined || first.kind === 'for' || first.kind === 'range') return { annotations: [] };
    return { annotations: first.annotations.filter((annotation) => annotation.opensBody) };
  };

  readonly clauses = (lowering: Lowering, clauses: LoopClauses): CheckedClauses => {
    const invariants: { readonly expression: Expression; readonly span: Span }[] = [];
    let decreases: readonly Expression[] | null = null;
    let retry = false;
    for (const directive of this.loopDirectives(clauses.annotations)) {
      this.directives.use(directive);
      const scope = this.localScope(lowering, directive.span);
      if (directive.kind === 'invariant') {
        const checked = checkExpression(directive.clause.expression, scope, BOOL);
        // In the library an invariant is a guess, also of whether formulas have a word for it.
        if (!checked.ok && lowering.builder.library !== null) continue;
        if (checked.ok) invariants.push({ expression: checked.value, span: directive.clause.span });
        else this.reports.addAll(checked.diagnostics);
      } else if (directive.kind === 'decreases') {
        if (decreases !== null) {
          this.reports.add('annotation', 'a second `decreases` for the same loop', directive.span);
        }
        decreases = directive.measures.map((measure) => this.measure(measure, scope));
      } else {
        retry = true;
      }
    }
    return { invariants, decreases, retry };
  };

  private loopDirectives(annotations: readonly Annotation[]): readonly Directive[] {
    return this.directives.all(annotations).filter((directive) => LOOP_CLAUSES.has(directive.kind));
  }

  private measure(
    syntax: Extract<Directive, { kind: 'decreases' }>['measures'][number],
    scope: Scope,
  ): Expression {
    const checked = inferMeasure(syntax, scope);
    if (!checked.ok) {
      this.reports.addAll(checked.diagnostics);
      return { kind: 'default', type: UINT64 };
    }
    const { type } = checked.value;
    if (type.kind !== 'integer' || type.signed) {
      this.reports.add(
        'type',
        'a measure is an unsigned number',
        syntax.span,
        'Convert it: `decreases uint64(n - i)`.',
      );
      return { kind: 'default', type: UINT64 };
    }
    return toUint64(checked.value);
  }

  readonly lockInvariant = (name: string, index: Expression | null): Expression | null => {
    const lock = this.locks.get(name);
    return lock === undefined || lock.invariant === null ? null : invariantOf(lock, index, this.names);
  };

  readonly lockInvariantsBelow = (counter: Expression, bound: Expression): readonly Expression[] =>
    [...this.locks.values()].flatMap((lock): Expression[] => {
      if (lock.index === null || lock.count === null || lock.invariant === null) return [];
      if (!sameExpression(toUint64(bound), lock.count)) return [];
      const isBelow = (index: Expression): Expression => compare('less', index, toUint64(counter));
      return [
        this.forAll(lock.index.name, UINT64, (index) =>
          logical('implies', isBelow(index), invariantOf(lock, index, this.names)),
        ),
      ];
    });

  readonly forAll = (name: string, type: Type, body: (variable: Expression) => Expression): Expression => {
    const variable = { id: this.names.fresh(name), name, type };
    return {
      kind: 'quantifier',
      quantifier: 'forall',
      variables: [variable],
      body: body({ kind: 'bound', id: variable.id, type }),
      type: BOOL,
    };
  };

  /** The names of the package that an annotation stands in, with the Go names that are visible here in front. */
  private localScope(lowering: Lowering, { file }: Span): Scope {
    const visible = new Map<string, Place>();
    for (const scope of currentFrame(lowering).scopes) {
      for (const [name, variable] of scope) {
        const place = lowering.places.get(variable) ?? lowering.aliases.get(variable);
        if (place !== undefined) visible.set(name, place);
      }
    }
    const frame = currentFrame(lowering);
    const around = lowering.mapLoops.findLast((loop) => loop.frame === frame);
    const entities = new Map<string, Entity>();
    if (around !== undefined && !visible.has(VISITED))
      entities.set(VISITED, { kind: 'value', expression: around.taken });
    for (const [name, place] of visible) addEntities(lowering, name, place, entities);
    return hidingShadowed(extendScope(this.scopes(file), entities), visible, entities);
  }
}

/** The names of a variable: its own, and for a pointer into memory those of the cells that it leads to. */
function addEntities(lowering: Lowering, name: string, place: Place, entities: Map<string, Entity>): void {
  const expression = formulaValue(lowering, place);
  if (expression !== null) {
    const contentOf: ContentOf = (reference, object) => lowering.regions.contentOf(reference, object);
    for (const [path, view] of viewsOf(name, expression, contentOf)) {
      entities.set(path, { kind: 'value', expression: view });
    }
    return;
  }
  if (place.root !== 'memory') return;
  const { node, keys } = place;
  if (node.kind === 'struct') {
    for (const [field, child] of node.fields) {
      addEntities(lowering, `${name}.${field}`, { root: 'memory', node: child, keys }, entities);
    }
  } else if (node.kind === 'cell') {
    entities.set(name, { kind: 'value', expression: cellValue(node.name, node.mapped, keys) });
  } else if (node.kind === 'ownMap') {
    addEntities(lowering, name, { root: 'memory', node: node.entries, keys }, entities);
    addEntities(lowering, `${name}.made`, { root: 'memory', node: node.made, keys }, entities);
  } else if (node.kind === 'array' && node.element.kind === 'cell') {
    entities.set(name, {
      kind: 'value',
      expression: cellValue(node.element.name, node.element.mapped, keys),
    });
  }
}

/** The locals of a formula as they are now, but for one; null: it speaks of state or memory. */
function fixedLocals(
  { builder }: Lowering,
  formula: Expression,
  except: number,
): ReadonlyMap<number, Expression> | null {
  const locals = new Map<number, Expression>();
  walkExpression(formula, (node) => {
    if (node.kind === 'local' && node.index !== except) locals.set(node.index, node);
  });
  if (speaksOfState(formula) || ![...locals.values()].every(({ type }) => isPlain(type))) return null;
  return new Map(
    [...locals].map(([index, value]) => {
      const copy = builder.newTemporary(builder.locals[index]?.name ?? 'value', value.type);
      builder.assign(copy, value);
      return [index, localOf(copy, value.type)];
    }),
  );
}

/** Leads to no memory, and is none. */
function isPlain(type: Type): boolean {
  if (type.kind === 'record')
    return referenceOf(type) === null && type.fields.every((field) => isPlain(field.type));
  return type.kind !== 'map';
}

function replaceLocals(formula: Expression, values: ReadonlyMap<number, Expression>): Expression {
  return rewriteExpression(formula, (node) =>
    node.kind === 'local' ? (values.get(node.index) ?? node) : node,
  );
}

function cellValue(variable: string, type: Expression['type'], keys: readonly Expression[]): Expression {
  return keys.reduce<Expression>(
    (collection, key) => {
      if (collection.type.kind !== 'map') throw new Error('a cell under an array is a map');
      return { kind: 'index', collection, key, type: collection.type.value };
    },
    { kind: 'state', variable, old: false, type },
  );
}

/** A local `db` hides the package's `db.count` too. */
function hidingShadowed(
  scope: Scope,
  visible: ReadonlyMap<string, Place>,
  entities: ReadonlyMap<string, Entity>,
): Scope {
  return {
    ...scope,
    lookup: (name) => {
      const [head] = name.split('.');
      const own = entities.get(name);
      if (own !== undefined) return own;
      return head !== undefined && head !== name && visible.has(head) ? null : scope.lookup(name);
    },
  };
}
