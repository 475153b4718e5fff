import type { Operation, System } from '../ir/index.js';
import { Alike } from './alike.js';
import { blockUse } from './arguments.js';
import { deadLocals } from './liveness.js';
import type { Program, Side } from './program.js';
import type { Reductions } from './reductions.js';
import { PermutationGroup } from './permutations.js';
import type { Shape } from './sorts.js';
import { PLAIN, sortOf } from './sorts.js';
import { memoised } from './table.js';
import type { Thread } from './thread.js';
import { lockName } from './thread.js';
import type { Value } from './value.js';
import { list, renamedMap } from './value.js';

/** At most so many blocks, and so many addresses, are exchanged; others keep their names. */
const LARGEST_CLASS = 3;

/** How to rename what is in a value; null: nothing in it. */
type Layout =
  | null
  | { readonly kind: 'number'; readonly of: number }
  | { readonly kind: 'elements'; readonly element: Layout }
  | { readonly kind: 'record'; readonly fields: readonly Layout[] }
  | { readonly kind: 'map'; readonly key: Layout; readonly value: Layout };

/**
 * Renamings of blocks and addresses that turn executions into executions, by number; 0 changes nothing.
 *
 * *Blocks* (class 0) may be renamed, the zero block aside, where nothing looks into one, makes one, or ranges over them. That holds of
 * all code, so that an execution may be renamed as a whole.
 *
 * *Addresses* are numbers that the operations treat alike ({@link Alike}) and that are below every parameter they are compared with. Recovery does
 * not treat them alike: it takes one after the other, and a crash leaves it in between. Hence an execution can only be renamed between
 * two recoveries. That is enough where no crash is left, and where what threads start from after recovery (or at first) is
 * the same after renaming: then what they can reach before the next crash is closed under renaming, and a crash
 * is looked at in each renamed state.
 *
 * Small numbers are among the constants of {@link Universe}, so that quantifiers and choices range over the same values after renaming.
 */
export class Symmetry {
  readonly group: PermutationGroup;
  private readonly alike: Alike;
  private readonly layouts = new Map<Shape, Layout>();
  private readonly classes = new Map<unknown, number>();
  private readonly lockKeys: ReadonlyMap<string, readonly Layout[]>;

  constructor(
    private readonly program: Program,
    reductions: Reductions,
  ) {
    const { system, bounds } = program;
    this.alike = new Alike(program);
    const blocks =
      reductions.values && blockUse(system).symmetric ? Math.min(bounds.values, LARGEST_CLASS) : 0;
    const addresses = reductions.addresses ? this.addressClasses() : [];
    for (const [index, { sort }] of addresses.entries()) this.classes.set(sort, index + 1);
    this.group = new PermutationGroup([
      { first: 1n, count: blocks },
      ...addresses.map(({ count }) => ({ first: 0n, count })),
    ]);
    this.lockKeys = this.lockLayouts(system);
  }

  /** Classes of keys of maps in the state that nothing tells apart. */
  private addressClasses(): readonly { readonly sort: unknown; readonly count: number }[] {
    const { values, parameters } = this.program.bounds;
    const listed = Object.values(parameters).reduce(
      (largest, value) => (value - 1n > largest ? value - 1n : largest),
      BigInt(values),
    );
    const found = new Map<unknown, number>();
    const visit = (shape: Shape): void => {
      if (shape.kind !== 'map') return;
      visit(shape.value);
      if (shape.key.kind !== 'number') return;
      const sort = sortOf(shape.key.sort);
      const limits = [BigInt(LARGEST_CLASS), listed + 1n, ...(sort.bound === null ? [] : [sort.bound])];
      const count = Number(limits.reduce((left, right) => (left < right ? left : right)));
      if (!sort.fixed && count > 1) found.set(sort, count);
    };
    for (const shape of this.alike.state.values()) visit(shape);
    return [...found].map(([sort, count]) => ({ sort, count })).slice(0, 1);
  }

  private lockLayouts({ machineOperations }: System): ReadonlyMap<string, readonly Layout[]> {
    return new Map(
      machineOperations.flatMap((operation) =>
        operation.role.kind === 'lock' ? [[operation.role.lock, this.parameters(operation)] as const] : [],
      ),
    );
  }

  private parameters(operation: Operation): readonly Layout[] {
    return this.locals(operation).slice(0, operation.parameterCount);
  }

  private locals(operation: Operation): readonly Layout[] {
    return (this.alike.operation.get(operation) ?? []).map((shape) => this.layout(shape));
  }

  private layout(shape: Shape): Layout {
    return memoised(this.layouts, shape, () => this.computeLayout(shape));
  }

  private computeLayout(shape: Shape): Layout {
    switch (shape.kind) {
      case 'block':
        return { kind: 'number', of: 0 };
      case 'plain':
        return null;
      case 'number': {
        const of = this.classes.get(sortOf(shape.sort));
        return of === undefined ? null : { kind: 'number', of };
      }
      case 'elements': {
        const element = this.layout(shape.element);
        return element && { kind: 'elements', element };
      }
      case 'record': {
        const fields = [...shape.fields.values()].map((field) => this.layout(field));
        return fields.every((field) => field === null) ? null : { kind: 'record', fields };
      }
      case 'map': {
        const [key, value] = [this.layout(shape.key), this.layout(shape.value)];
        return key === null && value === null ? null : { kind: 'map', key, value };
      }
    }
  }

  renamedState(side: Side, state: readonly Value[], renaming: number): readonly Value[] {
    return state.map((value, index) => {
      const shape = this.alike.state.get(side.variables[index]?.name ?? '') ?? PLAIN;
      return this.renamed(this.layout(shape), value, renaming);
    });
  }

  renamedArguments(operation: Operation, args: readonly Value[], renaming: number): readonly Value[] {
    return this.renamedAll(this.parameters(operation), args, renaming);
  }

  renamedLocals(operation: Operation, locals: readonly Value[], renaming: number): readonly Value[] {
    return this.renamedAll(this.locals(operation), locals, renaming);
  }

  renamedResults(operation: Operation, results: readonly Value[], renaming: number): readonly Value[] {
    return this.renamedAll(this.locals(operation).slice(operation.parameterCount), results, renaming);
  }

  /** Locals that are not read any more keep what they have: it means nothing. */
  renamedThread(thread: Thread, renaming: number): Thread {
    const { code, position, inside } = thread;
    const shapes = this.alike.code.get(code) ?? [];
    const dead = deadLocals(code, position);
    const layouts = shapes.map((shape, index) => (dead.includes(index) ? null : this.layout(shape)));
    const instruction = code.instructions[position];
    return {
      ...thread,
      locals: this.renamedAll(layouts, thread.locals, renaming),
      inside:
        inside === null || instruction?.kind !== 'call'
          ? inside
          : {
              ...inside,
              locals: this.renamedLocals(
                this.program.operation(instruction.operation),
                inside.locals,
                renaming,
              ),
            },
      held: thread.held.map((lock) => this.renamedLock(lock, renaming)).sort(),
    };
  }

  private renamedLock(lock: string, renaming: number): string {
    const [, family = lock, keys = '', mode = ''] = /^([^[\] ]*)((?:\[\d+\])*)(.*)$/.exec(lock) ?? [];
    const layouts = this.lockKeys.get(family) ?? [];
    if (layouts.every((layout) => layout === null)) return lock;
    const renamed = [...keys.matchAll(/\d+/g)].map(([text], index) =>
      this.renamed(layouts[index] ?? null, BigInt(text), renaming),
    );
    return lockName(family, renamed) + mode;
  }

  private renamedAll(
    layouts: readonly Layout[],
    values: readonly Value[],
    renaming: number,
  ): readonly Value[] {
    return values.map((value, index) => this.renamed(layouts[index] ?? null, value, renaming));
  }

  private renamed(layout: Layout, value: Value, renaming: number): Value {
    if (layout === null || typeof value === 'boolean') return value;
    switch (layout.kind) {
      case 'number':
        return typeof value === 'bigint' ? this.group.renamed(renaming, layout.of, value) : value;
      case 'elements':
        if (typeof value === 'bigint' || value.kind !== 'list') return value;
        return list(value.elements.map((element) => this.renamed(layout.element, element, renaming)));
      case 'record':
        if (typeof value === 'bigint' || value.kind !== 'list') return value;
        return list(this.renamedAll(layout.fields, value.elements, renaming));
      case 'map':
        if (typeof value === 'bigint' || value.kind !== 'map') return value;
        return renamedMap(
          value,
          (key) => this.renamed(layout.key, key, renaming),
          (each) => this.renamed(layout.value, each, renaming),
        );
    }
  }
}
