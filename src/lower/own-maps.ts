import type {
  Block,
  Expression,
  Field,
  GoType,
  Initialiser,
  Statement,
  Target,
  Variable,
} from '../go/index.js';
import { allStatements, expressionsOf, operandsOf, underlying } from '../go/index.js';
import type { Program } from './program.js';

/** A package variable or a field that holds a map, or maps in arrays. */
export type MapHolder = Variable | Field;

/**
 * Holders of maps to which nothing else refers: a map is made where it is assigned, and is then only looked up, changed, measured and compared with nil in
 * place. So each is as good as a value, and no two holders share one. A field is a field of every value of its struct.
 */
export interface OwnMaps {
  readonly own: ReadonlySet<MapHolder>;
  /** Those whose entries are counted. */
  readonly counted: ReadonlySet<MapHolder>;
}

/** Looks at all package variables, and at all code that may touch their maps. */
export function findOwnMaps(
  variables: readonly { readonly variable: Variable }[],
  program: Program,
): OwnMaps {
  const uses = new Uses();
  for (const { variable } of variables) if (isMapHolder(variable.type)) uses.kept.add(variable);
  for (const each of program.initialisers) uses.initialiser(each);
  for (const { body } of program.functions) uses.block(body);
  const { kept, escaped, counted } = uses;
  return { own: new Set([...kept].filter((holder) => !escaped.has(holder))), counted };
}

/** Whether an expression makes a map that nothing refers to yet, or is nil. */
export function isFreshMap(expression: Expression): boolean {
  if (expression.kind === 'convert') return isFreshMap(expression.operand);
  if (expression.kind === 'nil') return true;
  const isMade = expression.kind === 'make' || expression.kind === 'composite';
  return isMade && underlying(expression.type).kind === 'map';
}

class Uses {
  /** Package variables, and fields that are used in place somewhere. */
  readonly kept = new Set<MapHolder>();
  readonly escaped = new Set<MapHolder>();
  readonly counted = new Set<MapHolder>();

  initialiser({ variables, value }: Initialiser): void {
    if (!isFreshMap(value)) for (const each of variables) this.escaped.add(each);
    this.value(value);
  }

  block(block: Block): void {
    for (const statement of block.statements.flatMap(allStatements)) this.statement(statement);
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'assign':
        this.assignment(statement);
        return;
      case 'operate':
        this.target(statement.place, [statement.value]);
        this.value(statement.value);
        return;
      case 'range':
        this.range(statement);
        return;
      case 'defer':
      case 'go':
        // What a built-in function is to change later is fixed now: another map may be there by then.
        operandsOf(statement.call).forEach((operand) => {
          this.value(operand);
        });
        return;
      default:
        for (const expression of expressionsOf(statement)) this.value(expression);
    }
  }

  private assignment({ targets, values }: Extract<Statement, { kind: 'assign' }>): void {
    const [target] = targets;
    const [value] = values;
    const holder = target?.kind === 'place' ? holderOf(target.place) : null;
    if (target?.kind === 'place' && holder !== null && value !== undefined && isFreshMap(value)) {
      // With other targets the map that an entry is put in may be the old one.
      (targets.length === 1 ? this.kept : this.escaped).add(holder);
      this.path(target.place);
    } else {
      for (const each of targets) this.assigned(each, values);
    }
    for (const each of values) this.value(each);
  }

  private assigned(target: Target, values: readonly Expression[]): void {
    if (target.kind === 'place') this.target(target.place, values);
  }

  /** A place that gets one of the values, or a value made of them: a call among them may replace the map of an entry. */
  private target(place: Expression, values: readonly Expression[]): void {
    const holder = place.kind === 'lookup' ? holderOf(place.map) : null;
    if (holder !== null && values.some(callsCode)) this.escaped.add(holder);
    this.value(place);
  }

  private range({ over, key, value }: Extract<Statement, { kind: 'range' }>): void {
    const holder = holderOf(over);
    const counts = value === null && underlying(over.type).kind === 'array';
    if (holder !== null && counts) this.keep(holder, over);
    else this.value(over);
    for (const each of [key, value]) if (each !== null) this.assigned(each, []);
  }

  /** An expression whose value is used. */
  private value(expression: Expression): void {
    const holder = holderOf(expression);
    if (holder !== null) {
      this.escaped.add(holder);
      this.path(expression);
      return;
    }
    switch (expression.kind) {
      case 'closure':
        this.block(expression.function.body);
        return;
      case 'lookup':
        this.inPlace(expression.map, [expression.key]);
        return;
      case 'length': {
        const { operand } = expression;
        const measured = holderOf(operand);
        if (measured !== null) this.counted.add(measured);
        this.inPlace(operand, []);
        return;
      }
      case 'binary': {
        const { left, right } = expression;
        if (isFreshMap(right)) this.inPlace(left, [right]);
        else this.inPlace(right, [left]);
        return;
      }
      case 'call': {
        const { callee } = expression;
        const [first, ...rest] = expression.arguments;
        const changes = callee.kind === 'builtin' && callee.function !== 'copy';
        if (changes && first !== undefined) this.inPlace(first, rest);
        else
          operandsOf(expression).forEach((operand) => {
            this.value(operand);
          });
        return;
      }
      case 'composite':
        for (const { key, value } of expression.elements) {
          if (key.kind === 'key') this.value(key.key);
          if (key.kind === 'field' && isMapHolder(key.field.type) && !isFreshMap(value))
            this.escaped.add(key.field);
          this.value(value);
        }
        return;
      default:
        for (const operand of operandsOf(expression)) this.value(operand);
    }
  }

  /** A map that is used where it is, with other operands: a call among these may replace it. */
  private inPlace(map: Expression, others: readonly Expression[]): void {
    const holder = holderOf(map);
    if (holder === null) this.value(map);
    else if (others.some(callsCode)) this.escaped.add(holder);
    else this.keep(holder, map);
    for (const other of others) this.value(other);
  }

  private keep(holder: MapHolder, path: Expression): void {
    this.kept.add(holder);
    this.path(path);
  }

  /** What is evaluated to get to a holder. */
  private path(expression: Expression): void {
    if (expression.kind === 'index') {
      this.path(expression.collection);
      this.value(expression.index);
    } else if (expression.kind === 'select') this.value(expression.operand);
  }
}

/** The variable or field that holds the map, or the array of maps, which an expression names; null: it names none. */
function holderOf(expression: Expression): MapHolder | null {
  switch (expression.kind) {
    case 'variable':
      return expression.variable.role === 'package' && isMapHolder(expression.type)
        ? expression.variable
        : null;
    case 'select':
      return isMapHolder(expression.type) ? expression.field : null;
    case 'index':
      return underlying(expression.collection.type).kind === 'array' && isMapHolder(expression.type)
        ? holderOf(expression.collection)
        : null;
    default:
      return null;
  }
}

function isMapHolder(type: GoType): boolean {
  const plain = underlying(type);
  return plain.kind === 'array' ? isMapHolder(plain.element) : plain.kind === 'map';
}

/** Whether evaluating an expression runs code of the package, which may change what variables hold. */
function callsCode(expression: Expression): boolean {
  const { kind } = expression;
  const isOwn =
    kind === 'call' && ['function', 'method', 'value', 'interface'].includes(expression.callee.kind);
  return isOwn || operandsOf(expression).some(callsCode);
}
