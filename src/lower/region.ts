import type { Expression, RecordType, Type } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';

/** How Go code refers to memory. */
export type ReferenceKind = 'pointer' | 'slice' | 'map';

/**
 * A class of objects that references may share. Which objects are in one region is found by unification, so a region may turn
 * out to be the same as another.
 */
export class Region {
  private parent: Region | null = null;
  private known: Type | null = null;
  /** The state variable that holds the objects, if a package variable leads to them. */
  private sharedAs: string | null = null;

  constructor(
    /** Makes the type of an object's content; put off, as types may be recursive. */
    private readonly contentType: () => Type,
  ) {}

  /** The region that stands for all that turned out to be the same. */
  get representative(): Region {
    return this.parent === null ? this : this.parent.representative;
  }

  /** What an object holds: for slices and pointers a map from positions to elements, for a map its entries and their number. */
  get content(): Type {
    const region = this.representative;
    region.known ??= region.contentType();
    return region.known;
  }

  get shared(): string | null {
    return this.representative.sharedAs;
  }

  share(name: string): void {
    this.representative.sharedAs ??= name;
  }

  /** Makes both the same; the types of two contents that were two before, to be unified as well. */
  merge(other: Region): readonly [Type, Type] | null {
    const [kept, merged] = [this.representative, other.representative];
    if (kept === merged) return null;
    merged.parent = kept;
    kept.sharedAs ??= merged.sharedAs;
    const contents: readonly [Type, Type] | null =
      kept.known === null || merged.known === null ? null : [kept.known, merged.known];
    kept.known ??= merged.known;
    return contents;
  }
}

const FIELDS: Readonly<Record<ReferenceKind, readonly string[]>> = {
  pointer: ['object', 'index'],
  slice: ['object', 'offset', 'length', 'capacity'],
  map: ['object'],
};

interface Reference {
  readonly kind: ReferenceKind;
  readonly region: Region;
}

/** Regions of reference types. A type object that was made here stands for references into one region; others of the same name may differ. */
const references = new WeakMap<RecordType, Reference>();

/** A type of references into a region of its own. */
export function referenceType(kind: ReferenceKind, name: string, content: () => Type): RecordType {
  return referenceInto(kind, name, new Region(content));
}

/** A type of references into a known region. */
export function referenceInto(kind: ReferenceKind, name: string, region: Region): RecordType {
  const fields = FIELDS[kind].map((field) => ({ name: field, type: UINT64 }));
  const type: RecordType = { kind: 'record', name, fields };
  references.set(type, { kind, region });
  return type;
}

/** What kind of reference the values of a type are; null: none. */
export function referenceOf(type: Type): Reference | null {
  return type.kind === 'record' ? (references.get(type) ?? null) : null;
}

/** The region that a value of a reference type refers to. */
export function regionOf(reference: Expression | Type): Region {
  const type = 'type' in reference ? reference.type : reference;
  const found = type.kind === 'record' ? references.get(type) : undefined;
  if (found === undefined) throw new Error(`no reference type: ${type.kind}`);
  return found.region;
}

/** Values of the two types may be the same: what they refer to is in the same regions. */
export function unify(left: Type, right: Type): void {
  if (left === right) return;
  switch (left.kind) {
    case 'record': {
      if (right.kind !== 'record') return;
      const [first, second] = [references.get(left), references.get(right)];
      if (first !== undefined && second !== undefined) {
        const contents = first.region.merge(second.region);
        if (contents !== null) unify(...contents);
        return;
      }
      left.fields.forEach((field, index) => {
        const other = right.fields[index];
        if (other !== undefined) unify(field.type, other.type);
      });
      return;
    }
    case 'map':
      if (right.kind !== 'map') return;
      unify(left.key, right.key);
      unify(left.value, right.value);
      return;
    case 'seq':
    case 'set':
      if (right.kind === left.kind) unify(left.element, right.element);
      return;
    case 'option':
      if (right.kind === 'option') unify(left.value, right.value);
      return;
    default:
  }
}

/** Whether values of the type refer to memory. */
export function hasReferences(type: Type): boolean {
  return leadsInto(type, () => true);
}

/** Whether a value of the type is, or has in it, a reference into one of the regions. */
export function leadsInto(type: Type, isMeant: (region: Region) => boolean): boolean {
  const leads = (part: Type): boolean => leadsInto(part, isMeant);
  switch (type.kind) {
    case 'record': {
      const reference = references.get(type);
      if (reference !== undefined) return isMeant(reference.region.representative);
      return type.fields.some((field) => leads(field.type));
    }
    case 'map':
      return leads(type.key) || leads(type.value);
    case 'seq':
    case 'set':
      return leads(type.element);
    case 'option':
      return leads(type.value);
    default:
      return false;
  }
}
