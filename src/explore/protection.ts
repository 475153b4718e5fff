import type { Code, Expression, Instruction, MachineOperation } from '../ir/index.js';
import { assignedLocals, evaluatedExpressions, successors, walkExpression } from '../ir/index.js';
import type { Access } from './footprint.js';
import { footprintOf, quantifies } from './footprint.js';
import type { Program } from './program.js';
import { memoised } from './table.js';
import { sharedName } from './thread.js';
import type { Value } from './value.js';
import { keyOf } from './value.js';

type LockRole = Extract<MachineOperation['role'], { mode: unknown }>;
type Call = Extract<Instruction, { kind: 'call' }>;

/** What is known statically of an index: its value, or an expression over locals that have not changed since. */
interface Index {
  readonly text: string;
  /** Null where it depends on locals. */
  readonly value: string | null;
  readonly locals: readonly number[];
}

/** A lock that is surely held at a place of the code. */
interface HeldLock {
  readonly lock: string;
  readonly mode: LockRole['mode'];
  readonly keys: readonly Index[];
}

/** Locks by their text; null: the place is not reached. */
type Facts = ReadonlyMap<string, HeldLock>;

/** A thread that is spawned begins without locks. */
const NOTHING_HELD: Facts = new Map();

/** A place in the code of an operation that may touch a part of the state. */
interface Site {
  readonly write: boolean;
  /** Null: any part of the variable. */
  readonly key: Index | null;
  readonly held: Facts;
}

/**
 * Which parts of the machine's state are touched under a lock only. It is computed from the code, not from annotations: a part is
 * protected by a lock when at every call, in the code of every operation, that may touch the part, that lock is held on every way to
 * the call. Locks which some code may release without holding them protect nothing.
 */
export class Protection {
  private readonly sites = new Map<string, Site[]>();
  private readonly unreliable = new Set<string>();
  private readonly known = new Map<string, boolean>();
  private readonly footprints = new Map<string, readonly Access[] | null>();
  /** False where code looks at the machine's state beside its calls, or a call's footprint is unknown. */
  private readonly usable: boolean;

  constructor(private readonly program: Program) {
    const codes = program.system.implementations.map(({ code }) => code);
    const procedures = program.system.procedures.map(({ code }) => code);
    this.usable = [...codes, ...procedures].every((code) =>
      code.instructions.every((each) => isLocal(program, each)),
    );
    for (const code of codes) this.addSites(code);
  }

  /**
   * Whether nobody else can touch what the call reads, or read what it writes, before one of the held locks is released.
   * Locations that nobody writes may be read by all.
   */
  covers(operation: string, args: readonly Value[], held: readonly string[]): boolean {
    if (!this.usable) return false;
    const footprint = this.footprint(operation);
    if (footprint === null) return false;
    return footprint.every((access) => {
      const key = access.key === null ? null : this.valueOf(access.key, args);
      const name = `${access.variable} ${key ?? ''} ${access.write ? 'w' : 'r'} ${held.join(' ')}`;
      return memoised(this.known, name, () => {
        const others = this.touching(access, key);
        return (
          others.length === 0 || held.some((lock) => others.every((site) => this.holds(site, lock, key)))
        );
      });
    });
  }

  private footprint(name: string): readonly Access[] | null {
    return memoised(this.footprints, name, () => footprintOf(this.program.operation(name)));
  }

  private valueOf(key: Expression, args: readonly Value[]): string | null {
    if (key.kind === 'local') {
      const value = args[key.index];
      return value === undefined ? null : keyOf(value);
    }
    return constantOf(this.program, key);
  }

  /** The places that an access of a part does not commute with. */
  private touching({ variable, write }: Access, key: string | null): readonly Site[] {
    return (this.sites.get(variable) ?? []).filter(
      (site) =>
        (write || site.write) &&
        (key === null || site.key === null || site.key.value === null || site.key.value === key),
    );
  }

  /**
   * Whether a lock is held at the place, whenever the part under the key is touched there, that cannot be while another thread holds the
   * given one: the same lock, and one of the two exclusively.
   */
  private holds(site: Site, lock: string, key: string | null): boolean {
    return [...site.held.values()].some((fact) => {
      if (this.unreliable.has(fact.lock)) return false;
      const keys = fact.keys.map(({ text, value }) => value ?? (text === site.key?.text ? key : null));
      if (keys.includes(null)) return false;
      const name = fact.lock + keys.map((each) => `[${each ?? ''}]`).join('');
      return lock === name || (fact.mode === 'exclusive' && lock === sharedName(name));
    });
  }

  private addSites(code: Code): void {
    const facts = this.heldIn(code);
    for (const [position, instruction] of code.instructions.entries()) {
      const held = facts[position];
      if (instruction.kind !== 'call' || held == null) continue;
      const { role } = this.program.operation(instruction.operation);
      if (role.kind === 'unlock' && !held.has(textOf(this.lockAt(instruction, role))))
        this.unreliable.add(role.lock);
      for (const access of this.footprint(instruction.operation) ?? []) {
        const key = access.key === null ? null : this.keyAt(instruction, access.key);
        const site: Site = { write: access.write, key, held };
        const known = this.sites.get(access.variable);
        if (known === undefined) this.sites.set(access.variable, [site]);
        else known.push(site);
      }
    }
  }

  private keyAt(call: Call, key: Expression): Index | null {
    const argument = key.kind === 'local' ? call.arguments[key.index] : key;
    return argument === undefined ? null : indexOf(this.program, argument);
  }

  private lockAt(call: Call, { lock, mode }: LockRole): HeldLock {
    return { lock, mode, keys: call.arguments.map((argument) => indexOf(this.program, argument)) };
  }

  /** The locks that are held before each instruction, however control came there. */
  private heldIn(code: Code): readonly (Facts | null)[] {
    const facts: (Facts | null)[] = code.instructions.map(() => null);
    facts[0] = new Map();
    const queue = [0];
    for (let position = queue.pop(); position !== undefined; position = queue.pop()) {
      const [instruction, before] = [code.instructions[position], facts[position]];
      if (instruction === undefined || before == null) continue;
      const after = this.heldAfter(instruction, before);
      for (const next of successors(instruction, position)) {
        const known = facts[next] ?? null;
        const own = instruction.kind === 'spawn' && next === instruction.goroutine ? NOTHING_HELD : after;
        const merged = known === null ? own : common(known, own);
        if (known !== null && known.size === merged.size) continue;
        facts[next] = merged;
        queue.push(next);
      }
    }
    return facts;
  }

  private heldAfter(instruction: Instruction, before: Facts): Facts {
    if (instruction.kind !== 'call') return unchanged(before, assignedLocals(instruction));
    const { role } = this.program.operation(instruction.operation);
    const after = new Map(before);
    if (role.kind === 'lock') {
      const taken = this.lockAt(instruction, role);
      after.set(textOf(taken), taken);
    }
    if (role.kind === 'unlock') {
      const released = this.lockAt(instruction, role);
      for (const [text, fact] of before) if (!areDifferent(fact, released)) after.delete(text);
    }
    return unchanged(after, assignedLocals(instruction));
  }
}

/** Whether an instruction's conditions mention nothing but the thread's own locals. */
function isLocal(program: Program, instruction: Instruction): boolean {
  if (instruction.kind === 'call' && footprintOf(program.operation(instruction.operation)) === null)
    return false;
  return evaluatedExpressions(instruction).every((expression) => {
    if (quantifies(expression)) return false;
    let local = true;
    walkExpression(expression, (node) => {
      local &&= node.kind !== 'state' || instruction.kind === 'check';
    });
    return local;
  });
}

function unchanged(facts: Facts, assigned: readonly number[]): Facts {
  return new Map(
    [...facts].filter(([, { keys }]) =>
      keys.every(({ locals }) => locals.every((local) => !assigned.includes(local))),
    ),
  );
}

function common(left: Facts, right: Facts): Facts {
  return new Map([...left].filter(([text]) => right.has(text)));
}

function areDifferent(left: HeldLock, right: HeldLock): boolean {
  return (
    left.lock !== right.lock ||
    left.keys.some((key, index) => {
      const other = right.keys[index];
      return key.value !== null && other?.value != null && key.value !== other.value;
    })
  );
}

function textOf({ lock, mode, keys }: HeldLock): string {
  return `${mode} ${lock}${keys.map(({ text }) => `[${text}]`).join('')}`;
}

function indexOf(program: Program, expression: Expression): Index {
  const locals: number[] = [];
  walkExpression(expression, (node) => {
    if (node.kind === 'local') locals.push(node.index);
  });
  const value = constantOf(program, expression);
  return { text: value ?? structureOf(expression), value, locals };
}

function constantOf(program: Program, expression: Expression): string | null {
  if (expression.kind === 'literal') return keyOf(program.domain.literal(expression.type, expression.value));
  if (expression.kind === 'default') return keyOf(program.domain.zero(expression.type));
  return expression.kind === 'parameter' ? keyOf(program.parameter(expression.name)) : null;
}

/** The same text for the same expression; names do not matter. */
function structureOf(expression: Expression): string {
  return JSON.stringify(expression, (name, value: unknown) =>
    name === 'span' ? undefined : typeof value === 'bigint' ? `${String(value)}n` : value,
  );
}
