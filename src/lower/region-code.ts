import type { Span } from '../base/source.js';
import type { Expression, InstructionSource, Operation, StateVariable, Type } from '../ir/index.js';
import { BOOL, UINT64, children, rewriteExpression } from '../ir/index.js';
import type { InstructionBuilder, Item, MemoryAccess, Plain } from './builder.js';
import type { Declared } from './flow.js';
import { unifyFlows } from './flow.js';
import { arithmetic, compare, defaultOf, literal, localOf, not } from './operators.js';
import { objectOf } from './reference.js';
import type { Region } from './region.js';
import { leadsInto, regionOf, unify } from './region.js';

/** What the code of a package knows of operations and state. */
export interface MemoryContext {
  readonly stateType: (variable: string) => Type | null;
  /** Types of the parameters and results of a machine operation. */
  readonly operation: (name: string) => {
    readonly parameters: readonly Type[];
    readonly results: readonly Type[];
  };
}

export function memoryContext(
  state: readonly StateVariable[],
  operations: readonly Operation[],
): MemoryContext {
  const types = new Map(state.map(({ name, type }) => [name, type]));
  const known = new Map(operations.map((operation) => [operation.name, operation]));
  return {
    stateType: (variable) => types.get(variable) ?? null,
    operation: (name) => {
      const operation = known.get(name);
      if (operation === undefined) throw new Error(`no operation ${name}`);
      const local = operation.locals.map((each) => each.type);
      const { parameterCount, resultCount } = operation;
      return {
        parameters: local.slice(0, parameterCount),
        results: local.slice(parameterCount, parameterCount + resultCount),
      };
    },
  };
}

type ObjectAccess = Exclude<MemoryAccess, { kind: 'same' }>;

/** The objects of a region as locals: what they hold, by number, and how many there are. */
interface Objects {
  readonly contents: number;
  readonly count: number;
}

/** Locals that are memory. */
interface PrivateMemory {
  readonly all: ReadonlySet<number>;
  /** With objects that the caller passes or gets. */
  readonly ofCaller: ReadonlySet<number>;
}

/**
 * The memory of one function with all that is inlined into it. Until all flows are known each region has locals of its own; then
 * regions that are the same get the same locals, and shared ones become state.
 */
export class RegionCode {
  private readonly objects = new Map<Region, Objects>();

  private readonly source: InstructionSource;
  private readonly borrowed: Type[] = [];
  private readonly given: { readonly reference: Type; readonly span: Span }[] = [];

  constructor(private readonly builder: InstructionBuilder) {
    this.source = builder.source;
  }

  /** The content of an object, as a pure expression (of a formula). */
  contentOf(reference: Type, object: Expression): Expression {
    const { contents } = this.objectsOf(reference);
    const region = regionOf(reference);
    const collection = localOf(contents, mapOf(region.content));
    return { kind: 'index', collection, key: object, type: region.content };
  }

  /** How many objects of the region there are. */
  countOf(reference: Type): Expression {
    return localOf(this.objectsOf(reference).count, UINT64);
  }

  load(reference: Type, object: Expression, name: string): Expression {
    const type = regionOf(reference).content;
    this.objectsOf(reference);
    const into = this.builder.newTemporary(name, type);
    this.builder.access({ kind: 'load', reference, object, into });
    return localOf(into, type);
  }

  store(reference: Type, object: Expression, value: Expression): void {
    this.objectsOf(reference);
    this.builder.access({ kind: 'store', reference, object, value });
  }

  /** Whether two references are to the same object. */
  isSame(left: Expression, right: Expression): Expression {
    for (const each of [left, right]) this.objectsOf(each.type);
    const into = this.builder.newTemporary('$same', BOOL);
    const access = { kind: 'same', reference: left.type, other: right.type, into } as const;
    this.builder.access({ ...access, object: objectOf(left), otherObject: objectOf(right) });
    return localOf(into, BOOL);
  }

  /** The number of a new object. */
  allocate(reference: Type, content: Expression): Expression {
    this.objectsOf(reference);
    const into = this.builder.newHidden('$object', UINT64);
    this.builder.access({ kind: 'allocate', reference, content, into });
    return localOf(into, UINT64);
  }

  private objectsOf(reference: Type): Objects {
    const region = regionOf(reference).representative;
    const known = this.objects.get(region);
    if (known !== undefined) return known;
    const objects: Objects = {
      contents: this.builder.newHidden('$objects', mapOf(region.content)),
      count: this.builder.newHidden('$count', UINT64),
    };
    this.objects.set(region, objects);
    return objects;
  }

  /** The caller's memory: nothing may be written where it is. */
  borrow(reference: Type): void {
    this.borrowed.push(reference);
  }

  /** What is returned belongs to the caller from then on. */
  give(reference: Type): void {
    this.given.push({ reference, span: this.builder.source.span });
  }

  /** Where memory is returned that package variables lead to. */
  sharedResults(): readonly Span[] {
    return this.given.filter(({ reference }) => regionOf(reference).shared !== null).map(({ span }) => span);
  }

  /** Where the caller's memory may be written. */
  borrowedWrites(): readonly Span[] {
    const regions = new Set(this.borrowed.map((reference) => regionOf(reference).representative));
    const found: Span[] = [];
    this.builder.replaceItems((item) => {
      if (item.kind === 'memory' && item.access.kind === 'store') {
        if (regions.has(regionOf(item.access.reference).representative)) found.push(item.source.span);
      }
      return [item];
    });
    return found;
  }

  /** Where pointers that may lead into the caller's memory are compared, other than with nil, or used as keys. */
  borrowedComparisons(): readonly Span[] {
    const regions = new Set(this.borrowed.map((reference) => regionOf(reference).representative));
    if (regions.size === 0) return [];
    const isBorrowed = (region: Region): boolean => regions.has(region);
    const found: Span[] = [];
    this.builder.replaceItems((item) => {
      const source = item.kind === 'plain' ? item.instruction.source : 'source' in item ? item.source : null;
      if (source !== null && itemExpressions(item).some((each) => comparesPointers(each, isBorrowed))) {
        found.push(source.span);
      }
      return [item];
    });
    return found;
  }

  /** Makes the regions the same between which values flow. */
  unify(context: MemoryContext): void {
    const { builder } = this;
    const declared: Declared = {
      local: (index) => localType(builder, index),
      state: context.stateType,
    };
    builder.replaceItems((item) => {
      unifyItem(item, builder, declared, context);
      return [item];
    });
  }

  /**
   * Puts locals or state in the place of memory, once the flows of all code of the package are known. What is returned says which locals
   * are memory, and which of these the caller's: the first instructions give each of them its initial value.
   */
  resolve(): PrivateMemory {
    const { builder } = this;
    const canonical = new Map<Region, Objects>();
    const renaming = new Map<number, Expression>();
    for (const [region, objects] of this.objects) {
      const first = canonical.get(region.representative) ?? objects;
      canonical.set(region.representative, first);
      renaming.set(objects.contents, contentsOf(region, first));
      renaming.set(objects.count, countOf(region, first));
    }
    const find = (reference: Type): Objects => {
      const found = canonical.get(regionOf(reference).representative);
      if (found === undefined) throw new Error('a region without objects');
      return found;
    };
    builder.replaceItems((item) => {
      const resolved = item.kind === 'memory' ? resolvedAccess(item, find) : [item];
      return resolved.map((each) => renamed(each, renaming));
    });
    for (const [region, objects] of canonical) {
      if (region.shared !== null) continue;
      builder.assignFirst(objects.contents, defaultOf(mapOf(region.content)), this.source);
      builder.assignFirst(objects.count, literal(UINT64, 0n), this.source);
    }
    const ofCaller = [...this.borrowed, ...this.given.map(({ reference }) => reference)].map(
      (reference) => regionOf(reference).representative,
    );
    const own = [...canonical].filter(([region]) => region.shared === null);
    const localsOf = ([, { contents, count }]: (typeof own)[number]): readonly number[] => [contents, count];
    return {
      all: new Set(own.flatMap(localsOf)),
      ofCaller: new Set(own.filter(([region]) => ofCaller.includes(region)).flatMap(localsOf)),
    };
  }
}

/** The objects of a region: a local, or state. */
function contentsOf(region: Region, objects: Objects): Expression {
  const type = mapOf(region.content);
  const { shared } = region;
  if (shared === null) return localOf(objects.contents, type);
  return { kind: 'state', variable: objectsName(shared), old: false, type };
}

/** How many objects there are in a region. */
function countOf(region: Region, objects: Objects): Expression {
  const { shared } = region;
  if (shared === null) return localOf(objects.count, UINT64);
  return { kind: 'state', variable: countName(shared), old: false, type: UINT64 };
}

/** The state variable with the objects of a shared region. */
export function objectsName(shared: string): string {
  return `${shared}.objects`;
}

/** The state variable with the number of objects of a shared region. */
export function countName(shared: string): string {
  return `${shared}.count`;
}

function mapOf(content: Type): Type {
  return { kind: 'map', key: UINT64, value: content };
}

function localType(builder: InstructionBuilder, index: number): Type {
  const local = builder.locals[index];
  if (local === undefined) throw new Error(`no local ${index}`);
  return local.type;
}

/** The regions between which an instruction lets values flow are the same. */
function unifyItem(
  item: Item,
  builder: InstructionBuilder,
  declared: Declared,
  context: MemoryContext,
): void {
  for (const expression of itemExpressions(item)) unifyFlows(expression, declared);
  if (item.kind === 'memory') {
    const { access } = item;
    if (access.kind === 'same') return;
    const { content } = regionOf(access.reference);
    if (access.kind === 'load') unify(content, localType(builder, access.into));
    else unify(content, access.kind === 'store' ? access.value.type : access.content.type);
    return;
  }
  if (item.kind !== 'plain') return;
  const { instruction } = item;
  if (instruction.kind === 'assign') unify(localType(builder, instruction.local), instruction.value.type);
  if (instruction.kind === 'choose') unify(localType(builder, instruction.local), instruction.usual.type);
  if (instruction.kind !== 'call') return;
  const { parameters, results } = context.operation(instruction.operation);
  instruction.arguments.forEach((argument, index) => {
    const parameter = parameters[index];
    if (parameter !== undefined) unify(parameter, argument.type);
  });
  instruction.results.forEach((local, index) => {
    const result = results[index];
    if (local !== null && result !== undefined) unify(result, localType(builder, local));
  });
}

function itemExpressions(item: Item): readonly Expression[] {
  switch (item.kind) {
    case 'label':
    case 'jump':
    case 'spawn':
      return [];
    case 'branch':
      return [item.condition];
    case 'memory':
      return accessExpressions(item.access);
    case 'plain':
      return plainExpressions(item.instruction);
  }
}

/** Whether a pointer into one of the regions is compared with another, or used as a key, anywhere in an expression. */
function comparesPointers(expression: Expression, isMeant: (region: Region) => boolean): boolean {
  const leads = (type: Type): boolean => leadsInto(type, isMeant);
  const compares = (each: Expression): boolean => {
    if (each.kind === 'index') return each.collection.type.kind === 'map' && leads(each.key.type);
    if (each.kind !== 'binary' || each.operator !== 'equal') return false;
    return each.left.kind !== 'default' && each.right.kind !== 'default' && leads(each.left.type);
  };
  return compares(expression) || children(expression).some((each) => comparesPointers(each, isMeant));
}

function accessExpressions(access: MemoryAccess): readonly Expression[] {
  switch (access.kind) {
    case 'load':
      return [access.object];
    case 'store':
      return [access.object, access.value];
    case 'same':
      return [access.object, access.otherObject];
    case 'allocate':
      return [access.content];
  }
}

function plainExpressions(instruction: Plain): readonly Expression[] {
  switch (instruction.kind) {
    case 'assign':
      return [instruction.value];
    case 'choose':
      return [instruction.where, instruction.usual];
    case 'check':
    case 'assume':
      return [instruction.condition];
    case 'call':
      return instruction.arguments;
    case 'loop':
      return [
        ...instruction.loop.invariants.map((each) => each.expression),
        ...(instruction.loop.decreases ?? []),
      ];
    case 'return':
      return instruction.values;
    case 'claim':
      return [instruction.claim.index, instruction.claim.condition].filter((each) => each !== null);
    case 'hint':
    case 'end':
      return [];
  }
}

function resolvedAccess(
  item: Extract<Item, { kind: 'memory' }>,
  find: (reference: Type) => Objects,
): readonly Item[] {
  const { access } = item;
  if (access.kind === 'same') return [comparedObjects(access, item.source)];
  const { reference } = access;
  const { shared } = regionOf(reference);
  const { source } = item;
  return shared === null
    ? privateAccess({ access, source }, find(reference))
    : sharedAccess({ access, source }, shared);
}

function comparedObjects(
  { reference, object, other, otherObject, into }: Extract<MemoryAccess, { kind: 'same' }>,
  source: InstructionSource,
): Item {
  const isOneRegion = regionOf(reference).representative === regionOf(other).representative;
  const value = isOneRegion ? compare('equal', object, otherObject) : literal(BOOL, false);
  return { kind: 'plain', instruction: { kind: 'assign', local: into, value, source } };
}

/** An access of objects that are state: atomic steps. */
function sharedAccess(
  { access, source }: { readonly access: ObjectAccess; readonly source: InstructionSource },
  shared: string,
): readonly Item[] {
  const [objects, count] = [objectsName(shared), countName(shared)];
  const call = (
    operation: string,
    args: readonly Expression[],
    results: readonly (number | null)[],
  ): Item => ({
    kind: 'plain',
    instruction: { kind: 'call', operation, arguments: args, results, source },
  });
  switch (access.kind) {
    case 'load':
      return [call(`${objects}.Load`, [access.object], [access.into])];
    case 'store':
      return [call(`${objects}.Store`, [access.object, access.value], [])];
    case 'allocate': {
      const into = localOf(access.into, UINT64);
      const next = arithmetic('add', into, literal(UINT64, 1n));
      return [
        call(`${count}.Load`, [], [access.into]),
        { kind: 'plain', instruction: { kind: 'assign', local: access.into, value: next, source } },
        { kind: 'plain', instruction: isNumber(into, source) },
        call(`${count}.Store`, [into], []),
        call(`${objects}.Store`, [into, access.content], []),
      ];
    }
  }
}

/** There are fewer than 2^64 objects. */
function isNumber(object: Expression, source: InstructionSource): Plain {
  const condition = not(compare('equal', object, literal(UINT64, 0n)));
  return { kind: 'assume', condition, reason: 'memory', source };
}

/** An access of objects that are locals. */
function privateAccess(
  { access, source }: { readonly access: ObjectAccess; readonly source: InstructionSource },
  objects: Objects,
): readonly Item[] {
  const plain = (instruction: Omit<Extract<Plain, { kind: 'assign' }>, 'source'>): Item => ({
    kind: 'plain',
    instruction: { ...instruction, source },
  });
  const { content } = regionOf(access.reference);
  const contents = localOf(objects.contents, mapOf(content));
  const stored = (object: Expression, value: Expression): Item =>
    plain({
      kind: 'assign',
      local: objects.contents,
      value: { kind: 'update', collection: contents, key: object, value, type: contents.type },
    });
  switch (access.kind) {
    case 'load':
      return [
        plain({
          kind: 'assign',
          local: access.into,
          value: { kind: 'index', collection: contents, key: access.object, type: content },
        }),
      ];
    case 'store':
      return [stored(access.object, access.value)];
    case 'allocate': {
      const count = localOf(objects.count, UINT64);
      const into = localOf(access.into, UINT64);
      const next = arithmetic('add', count, literal(UINT64, 1n));
      return [
        plain({ kind: 'assign', local: objects.count, value: next }),
        plain({ kind: 'assign', local: access.into, value: count }),
        { kind: 'plain', instruction: isNumber(into, source) },
        stored(into, access.content),
      ];
    }
  }
}

/** The item with its locals renamed. */
function renamed(item: Item, renaming: ReadonlyMap<number, Expression>): Item {
  const change = (expression: Expression): Expression =>
    rewriteExpression(expression, (node) =>
      node.kind === 'local' ? (renaming.get(node.index) ?? node) : node,
    );
  switch (item.kind) {
    case 'label':
    case 'jump':
    case 'spawn':
      return item;
    case 'branch':
      return { ...item, condition: change(item.condition) };
    case 'memory':
      throw new Error('an access of memory that is not resolved');
    case 'plain':
      return { kind: 'plain', instruction: withExpressions(item.instruction, change) };
  }
}

function withExpressions(instruction: Plain, change: (expression: Expression) => Expression): Plain {
  switch (instruction.kind) {
    case 'assign':
      return { ...instruction, value: change(instruction.value) };
    case 'choose':
      return { ...instruction, where: change(instruction.where), usual: change(instruction.usual) };
    case 'check':
    case 'assume':
      return { ...instruction, condition: change(instruction.condition) };
    case 'call':
      return { ...instruction, arguments: instruction.arguments.map(change) };
    case 'loop': {
      const { loop } = instruction;
      const invariants = loop.invariants.map((each) => ({ ...each, expression: change(each.expression) }));
      const decreases = loop.decreases?.map(change) ?? null;
      return { ...instruction, loop: { ...loop, invariants, decreases } };
    }
    case 'return':
      return { ...instruction, values: instruction.values.map(change) };
    case 'claim': {
      const { claim } = instruction;
      const index = claim.index === null ? null : change(claim.index);
      const condition = claim.condition === null ? null : change(claim.condition);
      return { ...instruction, claim: { ...claim, index, condition } };
    }
    case 'hint':
    case 'end':
      return instruction;
  }
}
