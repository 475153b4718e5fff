import type { FunctionDraft, Method } from './declared-type.js';
import { declaredType } from './declared-type.js';
import { isExported } from './exported.js';
import { isSyncType, syncMethod } from './sync-methods.js';
import type { SyncMethod } from './sync-methods.js';
import { constraintOf } from './type-set.js';
import type { Field, GoType, InterfaceMethod, NamedType } from './type.js';
import { underlying } from './type.js';

/** A field or a method that `x.name` finds. */
export type Member =
  | { readonly kind: 'field'; readonly path: readonly Field[]; readonly field: Field }
  /** A declared method of `owner`, found after selecting the embedded fields of `path`. */
  | {
      readonly kind: 'method';
      readonly path: readonly Field[];
      readonly owner: NamedType;
      readonly method: Method;
    }
  /** A method of an interface or of a type parameter. */
  | {
      readonly kind: 'interface';
      readonly path: readonly Field[];
      readonly owner: GoType;
      readonly method: InterfaceMethod;
    }
  /** A method of a type of `sync` or `sync/atomic`, which is found after selecting the fields of `path`. */
  | { readonly kind: 'sync'; readonly path: readonly Field[]; readonly method: SyncMethod };

/** Why there is no such member. */
export type NoMember = 'none' | 'ambiguous';

interface Place {
  readonly type: GoType;
  readonly path: readonly Field[];
  /** There is another embedded field of the same type at the same depth. */
  readonly several: boolean;
}

/**
 * Finds a field or a method, embedded ones at the least depth (Go's selector rules). `packagePath` is that of the code that asks: names
 * that are not exported belong to a package. The type may be a pointer.
 */
export function findMember(type: GoType, name: string, packagePath: string): Member | NoMember {
  if (name === '_') return 'none';
  const isPointer = underlying(type).kind === 'pointer';
  if (isPointer && type.kind === 'named') {
    const pointed = underlying(type);
    if (pointed.kind !== 'pointer') return 'none';
    const found = search(pointed.element, name, packagePath);
    return typeof found !== 'string' && found.kind === 'field' ? found : 'none';
  }
  const base = pointedType(type);
  const kind = base.kind === 'parameter' ? 'parameter' : underlying(base).kind;
  // A pointer to an interface or to a type parameter has no members.
  if (base !== type && (kind === 'interface' || kind === 'parameter')) return 'none';
  return search(base, name, packagePath);
}

function pointedType(type: GoType): GoType {
  return type.kind === 'pointer' ? type.element : type;
}

function search(type: GoType, name: string, packagePath: string): Member | NoMember {
  let places: readonly Place[] = [{ type, path: [], several: false }];
  const seen = new Set<unknown>();
  while (places.length > 0) {
    const found: Member[] = [];
    const next: Place[] = [];
    let several = false;
    for (const place of places) {
      const identity = place.type.kind === 'named' ? place.type.declaration : null;
      if (identity !== null && seen.has(identity)) continue;
      if (identity !== null) seen.add(identity);
      const here = membersAt(place, name, packagePath);
      for (const member of here) found.push(member);
      if (here.length > 0 && place.several) several = true;
      for (const embedded of embeddedAt(place)) next.push(embedded);
    }
    const [only] = found;
    if (only !== undefined) return found.length === 1 && !several ? only : 'ambiguous';
    places = consolidate(next);
  }
  return 'none';
}

function membersAt({ type, path }: Place, name: string, packagePath: string): readonly Member[] {
  const found: Member[] = [];
  if (type.kind === 'named') {
    const declared = declaredType(type);
    const method = (declared.origin ?? declared).methods.get(name);
    const isVisible = isExported(name) || declared.packagePath === packagePath;
    if (method !== undefined && isVisible) found.push({ kind: 'method', path, owner: type, method });
  }
  const plain = underlying(type);
  if (plain.kind === 'struct') {
    const field = plain.fields.find(
      (each) => each.name === name && (each.packagePath === null || each.packagePath === packagePath),
    );
    if (field !== undefined) found.push({ kind: 'field', path, field });
  } else if (isSyncType(type)) {
    const method = syncMethod(type, name);
    if (method !== null) found.push({ kind: 'sync', path, method });
  } else if (plain.kind === 'interface' || plain.kind === 'parameter') {
    const { methods } = plain.kind === 'parameter' ? constraintOf(plain) : plain;
    const method = methods.find(
      (each) => each.name === name && (each.packagePath === null || each.packagePath === packagePath),
    );
    if (method !== undefined) found.push({ kind: 'interface', path, owner: type, method });
  }
  return found;
}

function embeddedAt({ type, path, several }: Place): readonly Place[] {
  const plain = underlying(type);
  if (plain.kind !== 'struct') return [];
  return plain.fields
    .filter((field) => field.embedded)
    .map((field) => ({ type: pointedType(field.type), path: [...path, field], several }));
}

/** One place for each type. */
function consolidate(places: readonly Place[]): readonly Place[] {
  const result: Place[] = [];
  const byType = new Map<unknown, number>();
  for (const place of places) {
    if (place.type.kind !== 'named') {
      result.push(place);
      continue;
    }
    const { declaration } = place.type;
    const index = byType.get(declaration);
    if (index === undefined) {
      byType.set(declaration, result.length);
      result.push(place);
    } else {
      result[index] = { ...place, several: true };
    }
  }
  return result;
}

/** The method has a pointer receiver; known without looking at its signature. */
export function hasPointerReceiver(method: Method): boolean {
  return draftOf(method)?.declaration.receiver?.type.kind === 'pointer';
}

function draftOf(method: Method): FunctionDraft | null {
  return method.resolve();
}

/** Some embedded field on the way is a pointer. */
export function goesThroughPointer(path: readonly Field[]): boolean {
  return path.some((field) => field.type.kind === 'pointer');
}
