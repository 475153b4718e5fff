import type { Span } from '../base/source.js';
import { BOOL, UINT64, showType } from '../ir/index.js';
import type { Expression, MachineOperation, RecordType, StateVariable, Type } from '../ir/index.js';
import type {
  Expression as GoExpression,
  Field,
  GoType,
  PointerType,
  SliceType,
  Statement,
  Variable,
} from '../go/index.js';
import { atomicValue, containsLock, showGoType, underlying } from '../go/index.js';
import type { FreshNames, LayerArgument, LayerDeclaration, LayerInstance } from '../layer/index.js';
import { instantiateLayer } from '../layer/index.js';
import { atomicallyAccessed } from './atomic-access.js';
import { channelMachine } from './channel-machine.js';
import { isConditionType, lockOfCondition } from './condition.js';
import type { Constants } from './constant.js';
import { leadsTo } from './contained.js';
import type { TypeTable } from './go-type.js';
import type { Linked } from './linked.js';
import { LocalChannels } from './local-channels.js';
import { renameState } from './rename.js';
import type { CellNode, MemoryNode, OwnMapNode } from './memory.js';
import type { Making, Makings } from './making.js';
import { leadsToLock } from './making.js';
import { defaultOf, literal, toUint64 } from './operators.js';
import type { MapHolder, OwnMaps } from './own-maps.js';
import type { PrimitiveLayers } from './primitives.js';
import type { Program } from './program.js';
import { countName, objectsName } from './memory-access.js';
import type { Region } from './region.js';
import { referenceOf, regionOf, unify } from './region.js';
import type { Reports } from './reports.js';
import type { FixedVariables } from './start.js';

/** A lock of the package, before its annotations are known. */
export interface LockSite {
  readonly name: string;
  readonly locked: string;
  /** The number of readers of a `sync.RWMutex`. */
  readonly readers: string | null;
  /** Of a token: who has it. */
  readonly owner: string | null;
  /** Of a `sync.Once`: whether it is done. */
  readonly done: string | null;
  /** There is a family of them. */
  readonly indexed: boolean;
  /** Number of locks of a family (uint64); null for a single lock, and for tokens. */
  readonly count: Expression | null;
  readonly span: Span;
}

/** A region that a package variable leads to. */
export interface SharedRegion {
  /** The state variable of the package variable, or of the part of it. */
  readonly cell: string;
  readonly name: string;
  readonly region: Region;
  /** State variables that hold its objects. */
  readonly state: readonly string[];
  readonly span: Span;
}

/** State that is guarded with a variable, under the same keys. */
export interface Companions {
  readonly cell: string;
  readonly state: readonly string[];
}

/** Where a search for shared regions began, and the reference types on the way. */
interface SharedRoot {
  readonly cell: string;
  readonly site: Site;
  readonly known: Map<string, Type>;
}

/** Package variables as state variables, locks and the operations on them. */
export interface Storage {
  readonly nodes: ReadonlyMap<Variable, MemoryNode>;
  readonly state: readonly StateVariable[];
  readonly operations: readonly MachineOperation[];
  readonly locks: readonly LockSite[];
  /** Statements that make what has locks in it. */
  readonly makings: ReadonlyMap<Statement, Making>;
  readonly regions: readonly SharedRegion[];
  readonly companions: readonly Companions[];
  /** Those that operations make, as their code is lowered. */
  readonly channels: LocalChannels;
}

export interface StorageInputs {
  readonly reports: Reports;
  readonly types: TypeTable;
  readonly constants: Constants;
  readonly names: FreshNames;
  readonly layers: PrimitiveLayers;
  readonly makings: Makings;
  readonly fixed: FixedVariables;
  /** Maps that nothing else refers to. */
  readonly ownMaps: OwnMaps;
  readonly linked: Linked;
  readonly program: Program;
  /** Whether a variable is state, if its value changes. */
  readonly isNeeded: (variable: Variable) => boolean;
}

/** Takes the package variables apart into cells and locks. */
export function allocateStorage(inputs: StorageInputs): Storage {
  const { linked } = inputs;
  const atomic = atomicallyAccessed(inputs.program);
  const allocation = new Allocation(inputs, atomic);
  const nodes = new Map<Variable, MemoryNode>();
  for (const { variable, initialiser, span } of linked.variables) {
    if (!inputs.isNeeded(variable)) continue;
    const name = linked.nameOf(variable);
    if (isConditionType(variable.type)) {
      const lock = lockOfCondition(initialiser);
      if (lock === null) refuseCondition(inputs.reports, name, span);
      else nodes.set(variable, { kind: 'condition', name, lock });
      continue;
    }
    const isStored = !inputs.fixed.isFunction(variable) && !inputs.fixed.isSentinel(variable);
    if (variable.name === '_' || !isStored) continue;
    const channel = inputs.fixed.channel(variable);
    if (channel !== null) {
      nodes.set(variable, allocation.channel(name, variable.span, channel));
      continue;
    }
    const access = atomic.has(variable) ? 'atomic' : 'plain';
    const holder = inputs.ownMaps.own.has(variable) ? variable : null;
    // Other initial values are stored by the code that runs first.
    const isInitial = initialiser !== null && (isStatic(initialiser) || isMaking(initialiser));
    const site: Site = {
      variable,
      span,
      initialiser: isInitial ? initialiser : null,
      steps: [],
      counts: [],
      access,
      holder,
    };
    nodes.set(variable, allocation.node(name, variable.type, site));
  }
  const { state, operations, locks, regions, companions } = allocation;
  const makings = new Map<Statement, Making>();
  for (const making of allocation.makings) {
    if (making.statement !== null && !makings.has(making.statement)) makings.set(making.statement, making);
  }
  const channels = new LocalChannels(inputs);
  return { nodes, state, operations, locks, makings, regions, companions, channels };
}

function refuseCondition(reports: Reports, name: string, span: Span): void {
  reports.unsupported(
    `a condition variable that is not made with its lock (${name})`,
    span,
    'Declare `var changed = sync.NewCond(&mu)` at package level.',
  );
}

/** Needs no code to run: a constant, or a literal of a struct or an array made of such. */
export function isStatic(expression: GoExpression): boolean {
  if (expression.constant !== undefined) return true;
  const { kind } = underlying(expression.type);
  if (expression.kind === 'convert' && expression.implicit && kind !== 'interface')
    return isStatic(expression.operand);
  if (expression.kind !== 'composite' || (kind !== 'struct' && kind !== 'array' && kind !== 'machine'))
    return false;
  return expression.elements.every((element) => isStatic(element.value));
}

/** Makes something new: the storage of the variable says whether that is supported. */
export function isMaking({ kind, type }: GoExpression): boolean {
  const plain = underlying(type);
  const isReference = plain.kind === 'slice' || plain.kind === 'pointer';
  return (
    isReference && leadsToLock(plain.element) && (kind === 'make' || kind === 'new' || kind === 'address')
  );
}

/** How a part of a package variable is reached from it. */
interface Site {
  readonly variable: Variable;
  readonly span: Span;
  readonly initialiser: GoExpression | null;
  /** Field names, and null for `any element`. */
  readonly steps: readonly (string | null)[];
  /** Lengths of the arrays on the way. */
  readonly counts: readonly Expression[];
  /** How the innermost variable or field on the way is accessed. */
  readonly access: 'plain' | 'atomic';
  /** The innermost variable or field on the way, if it holds maps that nothing else refers to. */
  readonly holder: MapHolder | null;
}

class Allocation {
  readonly state: StateVariable[] = [];
  readonly operations: MachineOperation[] = [];
  readonly locks: LockSite[] = [];
  readonly makings: Making[] = [];
  readonly regions: SharedRegion[] = [];
  readonly companions: Companions[] = [];

  constructor(
    private readonly inputs: StorageInputs,
    private readonly atomic: ReadonlySet<Variable | Field>,
  ) {}

  node(name: string, goType: GoType, site: Site): MemoryNode {
    const type = underlying(goType);
    switch (type.kind) {
      case 'mutex':
        return this.lock(name, site, this.inputs.layers.mutex);
      case 'struct': {
        const fields = new Map<string, MemoryNode>();
        // With a lock in it the struct is never copied, and its maps with it.
        const isOwnField = (field: Field): boolean =>
          containsLock(goType) && this.inputs.ownMaps.own.has(field);
        for (const field of type.fields) {
          const steps = [...site.steps, field.name];
          const access = this.atomic.has(field) ? 'atomic' : 'plain';
          const holder = isOwnField(field) ? field : null;
          const inner = { ...site, steps, access, holder } as const;
          fields.set(field.name, this.node(`${name}.${field.name}`, field.type, inner));
        }
        return { kind: 'struct', name, goType, fields };
      }
      case 'sync':
        if (type.name === 'sync.Cond') refuseCondition(this.inputs.reports, name, site.span);
        if (type.name === 'sync.RWMutex') return this.lock(name, site, this.inputs.layers.rwMutex);
        if (type.name === 'sync.Once') return this.once(name, site);
        if (type.name === 'sync.WaitGroup') return this.group(name, site);
        return this.cell(name, atomicValue(type) ?? type, { ...site, access: 'atomic' });
      case 'array': {
        const length = this.inputs.constants.length(type);
        return { kind: 'array', name, length, element: this.element(name, type, length, site), made: null };
      }
      case 'slice': {
        if (!leadsToLock(type.element)) return this.cell(name, goType, site);
        return this.madeSlice(name, type, site) ?? this.refusedSlice(name, type, site);
      }
      case 'pointer':
        if (!leadsToLock(type.element)) return this.cell(name, goType, site);
        return this.madePointer(name, type, site) ?? this.node(name, type.element, site);
      case 'map':
        return site.holder === null
          ? this.cell(name, goType, site)
          : this.ownMap(name, goType, site.holder, site);
      default:
        return this.cell(name, goType, site);
    }
  }

  private element(
    name: string,
    type: { readonly element: GoType },
    length: Expression,
    site: Site,
  ): MemoryNode {
    const inner = { ...site, steps: [...site.steps, null], counts: [...site.counts, length] };
    return this.node(name, type.element, inner);
  }

  /** A slice with locks in it: as good as an array, once it is made. */
  private madeSlice(name: string, type: SliceType, site: Site): MemoryNode | null {
    const { makings, constants, reports } = this.inputs;
    const example = `make(${showGoType(type)}, ...)`;
    const made = makings.ofLocks(name, 'a slice with locks in it', example, site.span);
    if (made === null) return null;
    const { value } = made;
    const [size, capacity] = value.kind === 'make' ? value.sizes : [];
    if (size?.constant === undefined || capacity !== undefined || site.counts.length > 0) {
      reports.unsupported(
        `making ${name} like this`,
        value.span,
        'Write `make` with a length that is a constant, and no capacity.',
      );
      return null;
    }
    const length = toUint64(constants.lower(size));
    if (made.statement === null && length.kind !== 'literal') {
      reports.unsupported(
        `making ${name} with a length that is a parameter in its declaration`,
        value.span,
        'Make it in the boot function: the length may be out of range.',
      );
    }
    this.makings.push(made);
    const element = this.element(name, type, length, { ...site, initialiser: null });
    return { kind: 'array', name, length, element, made };
  }

  /** Stands for a slice that was reported. */
  private refusedSlice(name: string, type: SliceType, site: Site): MemoryNode {
    const length = literal(UINT64, 1n);
    const element = this.element(name, type, length, { ...site, initialiser: null });
    return { kind: 'array', name, length, element, made: null };
  }

  /** A pointer to something with locks in it: as good as the thing itself, once it is made. */
  private madePointer(name: string, type: PointerType, site: Site): MemoryNode | null {
    const { makings, reports } = this.inputs;
    const made = makings.ofLocks(
      name,
      'a pointer to what has locks in it',
      `new(${showGoType(type.element)})`,
      site.span,
    );
    if (made === null) return null;
    const { value } = made;
    const isNew =
      (value.kind === 'new' && value.initial === null) ||
      (value.kind === 'address' && value.place.kind === 'composite');
    if (!isNew || site.counts.length > 0) {
      reports.unsupported(`making ${name} like this`, value.span, 'Write `new(T)` or `&T{...}`.');
      return null;
    }
    this.makings.push(made);
    const literal = value.kind === 'address' && made.statement === null ? value.place : null;
    const target = this.node(name, type.element, { ...site, initialiser: literal });
    return { kind: 'pointer', name, target, made };
  }

  private lock(name: string, site: Site, layer: LayerDeclaration): MemoryNode {
    const instance = this.lockInstance(name, site, layer);
    const readers = instance.state.find((variable) => variable.name === `${name}.readers`)?.name ?? null;
    for (const operation of instance.operations) {
      const kind = /\.R?Lock$/.test(operation.name) ? 'lock' : 'unlock';
      const mode = /\.R(?:Lock|Unlock)$/.test(operation.name) ? 'shared' : 'exclusive';
      this.operations.push({ ...operation, role: { kind, lock: name, mode } });
    }
    this.addLock(name, site, readers, null);
    return { kind: 'lock', name };
  }

  private lockInstance(name: string, site: Site, layer: LayerDeclaration): LayerInstance {
    if (site.counts.length > 1) {
      this.inputs.reports.unsupported(
        `an array of arrays of locks (${name})`,
        site.span,
        'Use one array and compute its index.',
      );
    }
    const instance = this.instance(layer, name, [], site, 'lock');
    for (const variable of instance.state) this.state.push({ ...variable, span: site.span });
    return instance;
  }

  private addLock(name: string, site: Site, readers: string | null, done: string | null): void {
    const [count] = site.counts;
    const shared = { readers, owner: null, done, indexed: count !== undefined, count: count ?? null };
    this.locks.push({ name, locked: `${name}.locked`, ...shared, span: site.span });
  }

  /** A lock that is taken at most once. */
  private once(name: string, site: Site): MemoryNode {
    const instance = this.lockInstance(name, site, this.inputs.layers.once);
    for (const operation of instance.operations) {
      const kind = operation.name.endsWith('.Begin') ? 'begin' : 'end';
      this.operations.push({ ...operation, role: { kind, lock: name } });
    }
    this.addLock(name, site, null, `${name}.done`);
    return { kind: 'once', name };
  }

  /** Counts as an atomic variable does. */
  private group(name: string, site: Site): MemoryNode {
    const instance = this.instance(this.inputs.layers.group, name, [], site, 'atomic');
    for (const variable of instance.state) this.state.push({ ...variable, span: site.span });
    for (const operation of instance.operations)
      this.operations.push({ ...operation, role: { kind: 'layer' } });
    return { kind: 'group', name };
  }

  channel(name: string, span: Span, made: GoExpression & { readonly kind: 'make' }): MemoryNode {
    const machine = channelMachine(this.inputs, name, made, [], span);
    this.state.push(...machine.state);
    for (const operation of machine.operations)
      this.operations.push({ ...operation, role: { kind: 'layer' } });
    return machine.node;
  }

  private cell(name: string, goType: GoType, site: Site): CellNode {
    this.refuseFunctions(name, goType, site);
    return this.cellOf(name, this.inputs.types.lower(goType, site.span), site);
  }

  private cellOf(name: string, type: Type, site: Site): CellNode {
    const { access } = site;
    const mapped = this.variable(name, type, site);
    this.shareRegions({ cell: name, site, known: new Map() }, name, type);
    return { kind: 'cell', name, type, mapped, access };
  }

  /** Functions are numbered in each operation for itself. */
  private refuseFunctions(name: string, goType: GoType, site: Site): void {
    if (!leadsTo(goType, ({ kind }) => kind === 'function')) return;
    this.inputs.reports.unsupported(
      `a function in a package variable (${name})`,
      site.span,
      'Keep what tells the functions apart, and call the one that it stands for.',
    );
  }

  /** A map that nothing else refers to is state itself: its entries, whether it is made, and perhaps how many entries there are. */
  private ownMap(name: string, goType: GoType, holder: MapHolder, site: Site): OwnMapNode {
    this.refuseFunctions(name, goType, site);
    const content = regionOf(this.inputs.types.lower(goType, site.span)).content;
    const entries = content.kind === 'record' ? content.fields[0] : undefined;
    if (entries === undefined) throw new Error('not the content of a map');
    const empty = { ...site, initialiser: null };
    const { counted } = this.inputs.ownMaps;
    const made = this.cellOf(`${name}.made`, BOOL, empty);
    const count = counted.has(holder) ? this.cellOf(`${name}.count`, UINT64, empty) : null;
    this.companions.push({
      cell: name,
      state: [made, ...(count === null ? [] : [count])].map((each) => each.name),
    });
    return { kind: 'ownMap', name, entries: this.cellOf(name, entries.type, empty), made, count };
  }

  /** A state variable with its operations, which starts as the initialiser says; its type. */
  private variable(name: string, type: Type, site: Site): Type {
    const instance = this.cellInstance(name, type, site);
    const [variable] = instance.state;
    if (variable === undefined) throw new Error('the layer of a variable has no state');
    const mapped = site.counts.reduce<Type>((value) => ({ kind: 'map', key: UINT64, value }), type);
    const initial = this.initial(site.initialiser, site.steps, mapped);
    this.state.push({ ...variable, name, initial, span: site.span });
    for (const operation of instance.operations) {
      const kind = operation.name.endsWith('.Load') ? 'load' : 'store';
      this.operations.push({
        ...renameState(operation, variable.name, name),
        role: site.access === 'atomic' ? { kind: 'layer' } : { kind, variable: name },
      });
    }
    return mapped;
  }

  /**
   * What a package variable refers to is state, however deep: for each reference in it, the objects of its region and their number. References
   * of one type on the way are into one region, so that this ends.
   */
  private shareRegions(from: SharedRoot, name: string, type: Type): void {
    switch (type.kind) {
      case 'record':
        if (referenceOf(type) !== null) this.shareRegion(from, name, type);
        else for (const field of type.fields) this.shareRegions(from, `${name}.${field.name}`, field.type);
        return;
      case 'map':
        this.shareRegions(from, name, type.key);
        this.shareRegions(from, name, type.value);
        return;
      case 'option':
        this.shareRegions(from, name, type.value);
        return;
      default:
    }
  }

  private shareRegion(from: SharedRoot, name: string, type: RecordType): void {
    const earlier = from.known.get(type.name);
    if (earlier !== undefined) {
      unify(earlier, type);
      return;
    }
    from.known.set(type.name, type);
    const region = regionOf(type);
    region.share(name);
    const [objects, count] = [objectsName(name), countName(name)];
    const plain: Site = { ...from.site, initialiser: null, steps: [], counts: [], access: 'plain' };
    this.variable(objects, region.content, { ...plain, counts: [literal(UINT64, 0n)] });
    this.variable(count, UINT64, plain);
    const { span } = from.site;
    this.regions.push({ cell: from.cell, name, region, state: [objects, count], span });
    this.shareRegions(from, objects, region.content);
  }

  private cellInstance(name: string, type: Type, site: Site): LayerInstance {
    const { layers } = this.inputs;
    if (site.access === 'plain') {
      const argument: LayerArgument = { kind: 'type', type };
      return this.instance(layers.variable, name, [argument], site, 'memory');
    }
    const layer = layers[showType(type) as keyof PrimitiveLayers];
    return this.instance(layer, name, [], site, 'atomic');
  }

  private instance(
    layer: LayerDeclaration,
    name: string,
    argumentsOf: readonly LayerArgument[],
    site: Site,
    origin: Exclude<StateVariable['origin'], 'layer'>,
  ): LayerInstance {
    const result = instantiateLayer(layer, {
      arguments: argumentsOf,
      side: 'machine',
      origin,
      statePrefix: `${name}.`,
      operationPrefix: `${name}.`,
      names: this.inputs.names,
      index: site.counts.map((_, position) => ({
        name: position === 0 ? 'i' : `i${position}`,
        type: UINT64,
      })),
    });
    if (!result.ok) {
      this.inputs.reports.addAll(result.diagnostics);
      throw new Error(`the layer ${layer.name.name} cannot be used: ${result.diagnostics[0]?.message ?? ''}`);
    }
    return result.value;
  }

  /** The part of the initialiser that belongs to a cell: under arrays, a map of what is listed. */
  private initial(
    initialiser: GoExpression | null,
    steps: readonly (string | null)[],
    type: Type,
  ): Expression {
    const [step, ...rest] = steps;
    if (initialiser === null) return defaultOf(type);
    if (initialiser.constant === undefined && initialiser.kind === 'convert') {
      return this.initial(initialiser.operand, steps, type);
    }
    if (step === undefined) return this.inputs.constants.lower(initialiser);
    if (initialiser.kind !== 'composite') throw new Error('an initialiser is a constant or a composite');
    this.inputs.constants.checkKeys(initialiser);
    if (step !== null) {
      const found = initialiser.elements.find(
        (each) => each.key.kind === 'field' && each.key.field.name === step,
      );
      return this.initial(found?.value ?? null, rest, type);
    }
    if (type.kind !== 'map') throw new Error('an array cell is a map');
    return initialiser.elements.reduce<Expression>((whole, element) => {
      if (element.key.kind !== 'index') return whole;
      const key = literal(UINT64, element.key.index);
      const value = this.initial(element.value, rest, type.value);
      return { kind: 'update', collection: whole, key, value, type };
    }, defaultOf(type));
  }
}
