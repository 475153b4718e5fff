import type { BoundVariable, Expression } from '../ir/index.js';
import type { Field, GoType, PackageVariable, TypeDeclaration } from '../go/index.js';
import { underlying } from '../go/index.js';
import type { Directive, Entity, Scope } from '../layer/index.js';
import { extendScope } from '../layer/index.js';
import type { Scopes } from './annotation-scope.js';
import type { Directives } from './directives.js';
import type { Linked } from './linked.js';
import { globalAnnotations } from './refines.js';

export type GuardsDirective = Extract<Directive, { kind: 'guards' | 'token' }>;

/** What is said of one lock. */
export interface GuardClause {
  readonly directive: GuardsDirective;
  /** What the system calls the lock. */
  readonly lock: string;
  /** Where the annotation stands in the declaration of a struct: the part of a package variable that it is about. */
  readonly record: RecordPart | null;
}

/** A struct in a package variable. */
interface RecordPart {
  readonly variable: PackageVariable;
  /** From the variable on, as the variable's package writes it: `db.log`. */
  readonly path: string;
  readonly fields: ReadonlySet<string>;
  /** There is one for each element of an array. */
  readonly indexed: boolean;
}

/** All clauses on locks and tokens: of the packages, and of the structs in their variables. */
export function guardClauses(linked: Linked, directives: Directives): readonly GuardClause[] {
  const isGuards = (directive: Directive): directive is GuardsDirective =>
    directive.kind === 'guards' || directive.kind === 'token';
  const outside = [...new Set(directives.all(globalAnnotations(linked)))]
    .filter(isGuards)
    .map((directive): GuardClause => ({ directive, lock: lockName(directive, linked), record: null }));
  const inside = linked.variables.flatMap((variable) =>
    recordsIn(variable).flatMap(({ part, declared }) => {
      const annotations = declared.flatMap((field) => field.annotations);
      return [...new Set(directives.all(annotations))].flatMap((directive): readonly GuardClause[] => {
        if (directive.kind !== 'guards') return [];
        const qualifier = linked.qualifier(linked.at(variable.span.file));
        const lock = `${qualifier}${part.path}.${directive.lock.name}`;
        return [{ directive, lock, record: part }];
      });
    }),
  );
  return [...outside, ...inside];
}

/** What the system calls the lock of a clause that stands outside of structs. A token is declared by it. */
export function lockName({ kind, lock }: GuardsDirective, linked: Linked): string {
  return kind === 'token' ? linked.nameOf(lock) : linked.resolve(lock.name, lock.span.file);
}

/**
 * The names that a clause knows: those of its file, before them, in a struct, its fields, and before these the name of an index: in a
 * struct that an array has for its elements that of the element.
 * @param scopes of the files
 */
export function clauseScope(
  { directive, record }: GuardClause,
  scopes: Scopes,
  index: BoundVariable | null,
): Scope {
  const around = scopes(directive.span.file);
  if (record === null) return indexScope(around, index);
  const { variable, path, fields, indexed } = record;
  const parts = scopes(variable.span.file);
  const lookup = (name: string): Entity | null => {
    if (!fields.has(headOf(name))) return around.lookup(name);
    const found = parts.lookup(`${path}.${name}`);
    return indexed && index !== null ? elementOf(found, index) : found;
  };
  const candidates = (): readonly string[] => [...fields, ...around.candidates()];
  return indexScope({ ...around, lookup, candidates }, indexed && directive.index === null ? null : index);
}

/** What a clause calls a lock, as the system does. */
export function lockResolver(
  { directive, record }: GuardClause,
  linked: Linked,
): (written: string) => string {
  const { file } = directive.span;
  if (record === null) return (written) => linked.resolve(written, file);
  const { variable, path, fields } = record;
  return (written) =>
    fields.has(headOf(written))
      ? linked.resolve(`${path}.${written}`, variable.span.file)
      : linked.resolve(written, file);
}

export function indexScope(scope: Scope, index: BoundVariable | null): Scope {
  if (index === null) return scope;
  return extendScope(scope, new Map([[index.name, { kind: 'value', expression: bound(index) }]]));
}

function bound({ id, type }: BoundVariable): Expression {
  return { kind: 'bound', id, type };
}

/** Of a field of an array of structs, that of one element. */
function elementOf(entity: Entity | null, index: BoundVariable): Entity | null {
  if (entity?.kind !== 'value') return entity;
  const { expression } = entity;
  if (expression.type.kind !== 'map') return entity;
  const type = expression.type.value;
  return { kind: 'value', expression: { kind: 'index', collection: expression, key: bound(index), type } };
}

function headOf(name: string): string {
  const [head] = name.split('.');
  return head ?? name;
}

interface Found {
  readonly part: RecordPart;
  readonly declared: readonly Field[];
}

function recordsIn(variable: PackageVariable): readonly Found[] {
  const { name, type } = variable.variable;
  const walk = (
    each: GoType,
    path: string,
    indexed: boolean,
    around: ReadonlySet<TypeDeclaration>,
  ): readonly Found[] => {
    if (each.kind === 'named' && around.has(each.declaration)) return [];
    const inside = each.kind === 'named' ? new Set([...around, each.declaration]) : around;
    const plain = underlying(each);
    switch (plain.kind) {
      case 'struct': {
        const fields = new Set(plain.fields.map((field) => field.name));
        return [
          { part: { variable, path, fields, indexed }, declared: plain.fields },
          ...plain.fields.flatMap((field) => walk(field.type, `${path}.${field.name}`, indexed, inside)),
        ];
      }
      case 'array':
      case 'slice':
        return indexed ? [] : walk(plain.element, path, true, inside);
      case 'pointer':
        return walk(plain.element, path, indexed, inside);
      default:
        return [];
    }
  };
  return walk(type, name, false, new Set());
}
