import type { Span } from '../base/source.js';
import { BOOL, UINT64, sameType, showType } from '../ir/index.js';
import type { RecordType, Type } from '../ir/index.js';
import { identicalTypes, isError, showGoType, underlying } from '../go/index.js';
import type {
  GoType,
  MachineType,
  MapType as GoMapType,
  NamedType,
  StructType,
  UnverifiedName,
} from '../go/index.js';
import type { DynamicTypes } from './dynamic-types.js';
import { typesName } from './interface-value.js';
import { referenceType } from './region.js';
import type { Reports } from './reports.js';
import { STRING } from './string-value.js';

/** Go types as types of values. An array is a map from uint64 whose keys beyond its length are never touched. */
export class TypeTable {
  /** Record names in use, so that two Go types of the same name (in different functions) stay different. */
  private readonly names = new Map<string, unknown>();

  private readonly interfaces: { readonly type: GoType; readonly name: string }[] = [];
  /** Interfaces whose types are being made. */
  private readonly open: GoType[] = [];

  constructor(
    private readonly reports: Reports,
    readonly dynamicTypes: DynamicTypes,
    private readonly machineType: (type: MachineType) => Type | null,
    /** A type that some layer declares, by name: types are told apart by their names. */
    private readonly layerType: (name: string) => Type | null,
  ) {}

  /** The type of values of a Go type; refuses what cannot be a value (locks, functions). Each reference type is one into a region of its own. */
  lower(type: GoType, span: Span): Type {
    switch (type.kind) {
      case 'bool':
        return BOOL;
      case 'integer':
        return { kind: 'integer', bits: type.bits, signed: type.signed };
      case 'untyped':
        if (type.of === 'bool') return BOOL;
        if (type.of === 'string') return STRING;
        return { kind: 'integer', bits: 64, signed: true };
      case 'named':
        return this.named(type, span);
      case 'struct':
        return this.anonymous(type, span);
      case 'array':
        return { kind: 'map', key: UINT64, value: this.lower(type.element, span) };
      case 'machine':
        return this.machineType(type) ?? this.refuse(type, span);
      case 'string':
        return STRING;
      case 'slice':
        return referenceType('slice', showGoType(type), () => this.cells(type.element, span));
      case 'pointer': {
        const pointee = underlying(type.element);
        const element = pointee.kind === 'array' ? pointee.element : type.element;
        return referenceType('pointer', showGoType(type), () => this.cells(element, span));
      }
      case 'map':
        return referenceType('map', showGoType(type), () => this.entries(type, span));
      case 'channel':
      case 'function':
        return UINT64;
      case 'interface':
        return this.interface(type, span);
      case 'mutex':
      case 'sync':
        return this.unverified('localLock', span);
      case 'parameter':
        throw new Error('a type parameter after checking');
      case 'tuple':
        return this.refuse(type, span);
    }
  }

  /** What slices and pointers refer to. */
  private cells(element: GoType, span: Span): Type {
    return { kind: 'map', key: UINT64, value: this.lower(element, span) };
  }

  /** What a map refers to: its entries, and how many there are. */
  private entries(type: GoMapType, span: Span): Type {
    const key = this.lower(type.key, span);
    const value: Type = { kind: 'option', value: this.lower(type.value, span) };
    return {
      kind: 'record',
      name: `entries of ${showGoType(type)}`,
      fields: [
        { name: 'entries', type: { kind: 'map', key, value } },
        { name: 'count', type: UINT64 },
      ],
    };
  }

  /**
   * A value in an interface is the case of its type (the first one is nil) and a value of each type that it may have, of which all but the
   * one of its own type are zero.
   */
  private interface(type: GoType, span: Span): Type {
    if (this.open.some((each) => identicalTypes(each, type))) {
      this.reports.unsupported(
        `an interface of type ${showGoType(type)} that may hold a value with such an interface in it`,
        span,
        'Put a pointer to the value into the interface.',
      );
      return UINT64;
    }
    const name = this.interfaceName(type);
    const may = this.dynamicTypes.of(type);
    this.open.push(type);
    const fields = may.map((each) => ({ name: each.name, type: this.lower(each.type, span) }));
    this.open.pop();
    const cases = ['nil', ...may.map((each) => each.name)];
    const dynamic: Type = { kind: 'enum', name: typesName(name), cases };
    return { kind: 'record', name, fields: [{ name: 'type', type: dynamic }, ...fields] };
  }

  private interfaceName(type: GoType): string {
    const known = this.interfaces.find((each) => identicalTypes(each.type, type));
    if (known !== undefined) return known.name;
    const same = this.interfaces.filter((each) => showGoType(each.type) === showGoType(type)).length;
    const name = `interface ${showGoType(type)}${same === 0 ? '' : `.${same + 1}`}`;
    this.interfaces.push({ type, name });
    return name;
  }

  /** The type of an op's result: that of a parameter, and of an error the truth value that says whether it is nil. */
  outcome(type: GoType, span: Span): Type {
    return isError(type) ? BOOL : this.boundary(type, span);
  }

  /** The type of an op's parameter: a slice is the sequence of its elements. */
  boundary(type: GoType, span: Span): Type {
    const plain = underlying(type);
    if (plain.kind !== 'slice') return this.lower(type, span);
    return { kind: 'seq', element: this.lower(plain.element, span) };
  }

  private unverified(name: UnverifiedName, span: Span): Type {
    this.reports.unverified(name, span);
    return UINT64;
  }

  private named(type: NamedType, span: Span): Type {
    const { underlying } = type.declaration;
    if (underlying.kind === 'interface') return this.interface(type, span);
    if (underlying.kind !== 'struct') return this.lower(underlying, span);
    const name = this.uniqueName(type.name, type.declaration);
    const record: RecordType = { kind: 'record', name, fields: this.fields(underlying, span) };
    const other = this.layerType(name);
    if (other !== null && !sameStructure(record, other)) {
      this.reports.add(
        'name',
        `a layer has another type ${name}`,
        type.declaration.span,
        'Give both the same fields, or rename the Go type.',
      );
    }
    return record;
  }

  /** Named after its fields, so that structs of the same fields are the same. */
  private anonymous(type: StructType, span: Span): RecordType {
    const fields = this.fields(type, span);
    const name = `struct{${fields.map((field) => `${field.name} ${showType(field.type)}`).join('; ')}}`;
    return { kind: 'record', name, fields };
  }

  private fields(type: StructType, span: Span): RecordType['fields'] {
    if (type.fields.some((field) => field.name === '_')) {
      this.reports.unsupported('a struct with a blank field', span, 'Give the field a name.');
    }
    return type.fields.map((field) => ({ name: field.name, type: this.lower(field.type, span) }));
  }

  private uniqueName(name: string, identity: unknown): string {
    for (let suffix = 1; ; suffix++) {
      const candidate = suffix === 1 ? name : `${name}.${suffix}`;
      const owner = this.names.get(candidate);
      if (owner === identity) return candidate;
      if (owner === undefined) {
        this.names.set(candidate, identity);
        return candidate;
      }
    }
  }

  private refuse(type: GoType, span: Span): Type {
    this.reports.unsupported(
      `a value of type ${showGoType(type)}`,
      span,
      'Use integers, booleans, machine types, and structs, arrays and slices of them.',
    );
    return UINT64;
  }
}

/** Equality of types down to the fields of records. */
export function sameStructure(left: Type, right: Type): boolean {
  if (left.kind !== 'record' || right.kind !== 'record') return sameType(left, right);
  return (
    left.name === right.name &&
    left.fields.length === right.fields.length &&
    left.fields.every((field, index) => {
      const other = right.fields[index];
      return other?.name === field.name && sameStructure(field.type, other.type);
    })
  );
}
