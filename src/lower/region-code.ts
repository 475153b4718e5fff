import type { Span } from '../base/source.js';
import type { Variable } from '../go/index.js';
import type { Expression, InstructionSource, Type } from '../ir/index.js';
import { BOOL, UINT64, children, rewriteExpression } from '../ir/index.js';
import type { InstructionBuilder, Item } from './builder.js';
import type { Declared } from './flow.js';
import { unifyFlows } from './flow.js';
import { itemExpressions, renamed, renamedExpression } from './item-expressions.js';
import { contentsOf, countOf, mapOf, type Objects, resolvedAccess } from './memory-access.js';
import type { MemoryContext, PassedMemory } from './memory-context.js';
import { defaultOf, literal, localOf } from './operators.js';
import { objectOf } from './reference.js';
import type { Region } from './region.js';
import { leadsInto, regionOf, unify } from './region.js';

/** At which moment of a procedure memory is meant: in its code, when it is called, or when it returns. */
export type Moment = 'now' | 'entry' | 'exit';

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
  private readonly objects: Readonly<Record<Moment, Map<Region, Objects>>> = {
    now: new Map(),
    entry: new Map(),
    exit: new Map(),
  };
  /** Formulas beside the code, between whose parts values flow as well. */
  private readonly formulas: Expression[] = [];

  private readonly source: InstructionSource;
  private readonly borrowed: { readonly reference: Type; readonly parameter: Variable }[] = [];
  private readonly given: { readonly region: Region; readonly span: Span }[] = [];

  constructor(private readonly builder: InstructionBuilder) {
    this.source = builder.source;
  }

  /** The content of an object, as a pure expression (of a formula). */
  contentOf(reference: Type, object: Expression, moment: Moment = 'now'): Expression {
    const region = regionOf(reference);
    const { contents } = this.objectsAt(region, moment);
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

  /** `behindEnd`: of an array, also what stands behind the end of a slice of it. */
  store(reference: Type, object: Expression, value: Expression, behindEnd = false): void {
    this.objectsOf(reference);
    this.builder.access({ kind: 'store', reference, object, value, behindEnd });
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
    return this.objectsAt(regionOf(reference), 'now');
  }

  /** The objects of a region at a moment; only those of `now` are assigned. */
  objectsAt({ representative: region }: Region, moment: Moment): Objects {
    const known = this.objects[moment].get(region);
    if (known !== undefined) return known;
    const objects: Objects = {
      contents: this.builder.newHidden('$objects', mapOf(region.content)),
      count: this.builder.newHidden('$count', UINT64),
    };
    this.objects[moment].set(region, objects);
    return objects;
  }

  /** A formula about the memory of the code when it is called and when it returns. */
  addFormula(formula: Expression): void {
    this.formulas.push(formula);
  }

  /** The formula with memory at the call in the place of that at the return. */
  atEntry(formula: Expression): Expression {
    const before = new Map(
      [...this.objects.exit].flatMap(([region, { contents, count }]) => {
        const entry = this.objectsAt(region, 'entry');
        return [[contents, entry.contents] as const, [count, entry.count] as const];
      }),
    );
    return rewriteExpression(formula, (node) =>
      node.kind === 'local' ? { ...node, index: before.get(node.index) ?? node.index } : node,
    );
  }

  /** The caller's memory: nothing may be written where it is. */
  borrow(reference: Type, parameter: Variable): void {
    this.borrowed.push({ reference, parameter });
  }

  /** Parameters whose memory package variables lead to. */
  keptParameters(): readonly Variable[] {
    return this.borrowed
      .filter(({ reference }) => regionOf(reference).shared !== null)
      .map(({ parameter }) => parameter);
  }

  /** What is returned belongs to the caller from then on. */
  give(region: Region): void {
    this.given.push({ region, span: this.builder.source.span });
  }

  /** Where memory is returned that package variables lead to. */
  sharedResults(): readonly Span[] {
    return this.given.filter(({ region }) => region.shared !== null).map(({ span }) => span);
  }

  borrowedRegions(): ReadonlySet<Region> {
    return new Set(this.borrowed.map(({ reference }) => regionOf(reference).representative));
  }

  /** Names of the procedures that the code calls. */
  invoked(): ReadonlySet<string> {
    const found = new Set<string>();
    this.builder.replaceItems((item) => {
      if (item.kind === 'plain' && item.instruction.kind === 'invoke') found.add(item.instruction.procedure);
      return [item];
    });
    return found;
  }

  /** Regions of which the code makes objects, and those in which it assigns to objects, also behind the end of a slice. */
  changes(): Readonly<Record<'made' | 'assigned' | 'extended', ReadonlySet<Region>>> {
    const [made, assigned, extended] = [new Set<Region>(), new Set<Region>(), new Set<Region>()];
    this.builder.replaceItems((item) => {
      if (item.kind !== 'memory') return [item];
      const { access } = item;
      const region = regionOf(access.reference).representative;
      if (access.kind === 'allocate') made.add(region);
      if (access.kind !== 'store') return [item];
      assigned.add(region);
      if (access.behindEnd) extended.add(region);
      return [item];
    });
    return { made, assigned, extended };
  }

  /** Where memory of the regions may be written. */
  writes(regions: ReadonlySet<Region>): readonly Span[] {
    const found: Span[] = [];
    this.builder.replaceItems((item) => {
      if (item.kind === 'memory' && item.access.kind === 'store') {
        if (regions.has(regionOf(item.access.reference).representative)) found.push(item.source.span);
      }
      return [item];
    });
    return found;
  }

  /** Where pointers that may lead into the regions are compared, other than with nil, or used as keys. */
  comparisons(regions: ReadonlySet<Region>): readonly Span[] {
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

  /** Makes the regions the same between which values flow. `results`: the types of what a procedure returns. */
  unify(context: MemoryContext, results: readonly Type[] = []): void {
    const { builder } = this;
    const declared: Declared = {
      local: (index) => localType(builder, index),
      state: context.stateType,
    };
    for (const formula of this.formulas) unifyFlows(formula, declared);
    builder.replaceItems((item) => {
      unifyItem(item, builder, declared, context);
      if (item.kind === 'plain' && item.instruction.kind === 'return') {
        const { values } = item.instruction;
        results.forEach((type, index) => {
          unify(type, values[index]?.type ?? type);
        });
      }
      return [item];
    });
  }

  /**
   * Puts locals or state in the place of memory, once the flows of all code of the package are known. `own`: what the code is given, if it
   * is that of a procedure. Returns the same for formulas.
   */
  resolve(context: MemoryContext, own: PassedMemory | null): (formula: Expression) => Expression {
    const { builder } = this;
    const callees = [...this.invoked()].flatMap((name) => context.passed(name).given);
    for (const region of [...callees, ...(own?.given ?? [])]) this.objectsAt(region, 'now');
    const renaming = new Map<number, Expression>();
    const canonical = this.canonicalObjects('now', renaming);
    const atEntry = this.canonicalObjects('entry', renaming);
    this.canonicalObjects('exit', renaming);
    for (const [region, objects] of this.objects.exit) {
      // What is not changed is at the return what it was at the call.
      if (own?.changed.includes(region.representative) === true) continue;
      const given = atEntry.get(region.representative) ?? this.objectsAt(region, 'entry');
      renaming.set(objects.contents, contentsOf(region, given));
      renaming.set(objects.count, countOf(region, given));
    }
    const find = (region: Region): Objects => {
      const found = canonical.get(region.representative);
      if (found === undefined) throw new Error('a region without objects');
      return found;
    };
    builder.replaceItems((item) => {
      const resolved =
        item.kind === 'memory'
          ? resolvedAccess(item, (reference) => find(regionOf(reference)))
          : [withMemory(item, context, own, find)];
      return resolved.map((each) => renamed(each, renaming));
    });
    for (const [region, objects] of canonical) {
      if (region.shared !== null) continue;
      const given = own?.given.includes(region) === true ? atEntry.get(region) : undefined;
      const contents = mapOf(region.content);
      const [held, count] =
        given === undefined
          ? [defaultOf(contents), literal(UINT64, 0n)]
          : [localOf(given.contents, contents), localOf(given.count, UINT64)];
      builder.assignFirst(objects.contents, held, this.source);
      builder.assignFirst(objects.count, count, this.source);
    }
    return (formula) => renamedExpression(formula, renaming);
  }

  /** Once memory is resolved: which locals are memory, each of which the first instructions give its initial value. */
  privateMemory(): PrivateMemory {
    const ofCaller = [
      ...this.borrowed.map(({ reference }) => regionOf(reference)),
      ...this.given.map(({ region }) => region),
    ].map((region) => region.representative);
    const own = [...this.canonicalObjects('now', new Map())].filter(([region]) => region.shared === null);
    const localsOf = ([, { contents, count }]: (typeof own)[number]): readonly number[] => [contents, count];
    return {
      all: new Set(own.flatMap(localsOf)),
      ofCaller: new Set(own.filter(([region]) => ofCaller.includes(region)).flatMap(localsOf)),
    };
  }

  /** One pair of locals, or state, for each region; the others are renamed to it. */
  private canonicalObjects(moment: Moment, renaming: Map<number, Expression>): ReadonlyMap<Region, Objects> {
    const canonical = new Map<Region, Objects>();
    for (const [region, objects] of this.objects[moment]) {
      const first = canonical.get(region.representative) ?? objects;
      canonical.set(region.representative, first);
      renaming.set(objects.contents, contentsOf(region, first));
      renaming.set(objects.count, countOf(region, first));
    }
    return canonical;
  }
}

/** Memory goes behind the arguments and the results of a call of a procedure, and behind what a procedure returns. */
function withMemory(
  item: Item,
  context: MemoryContext,
  own: PassedMemory | null,
  find: (region: Region) => Objects,
): Item {
  if (item.kind !== 'plain') return item;
  const { instruction } = item;
  const values = (regions: readonly Region[]): readonly Expression[] =>
    regions.flatMap((region) => {
      const objects = find(region);
      return [contentsOf(region, objects), countOf(region, objects)];
    });
  if (instruction.kind === 'invoke') {
    const { given, changed } = context.passed(instruction.procedure);
    const targets = changed.map(find).flatMap(({ contents, count }) => [contents, count]);
    return {
      kind: 'plain',
      instruction: {
        ...instruction,
        arguments: [...instruction.arguments, ...values(given)],
        results: [...instruction.results, ...targets],
      },
    };
  }
  if (instruction.kind !== 'return' || own === null) return item;
  return {
    kind: 'plain',
    instruction: { ...instruction, values: [...instruction.values, ...values(own.changed)] },
  };
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
  if (instruction.kind !== 'call' && instruction.kind !== 'invoke') return;
  const { parameters, results } =
    instruction.kind === 'call'
      ? context.operation(instruction.operation)
      : context.procedure(instruction.procedure);
  instruction.arguments.forEach((argument, index) => {
    const parameter = parameters[index];
    if (parameter !== undefined) unify(parameter, argument.type);
  });
  instruction.results.forEach((local, index) => {
    const result = results[index];
    if (local !== null && result !== undefined) unify(result, localType(builder, local));
  });
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
