import type { Span } from '../base/source.js';
import type { Code, Expression, Instruction, LockMode, System } from '../ir/index.js';
import { rewriteExpression, showExpression, successors, walkExpression } from '../ir/index.js';
import type { Obligation } from './obligation.js';

/** A read or write of plain memory, as reports show it. */
export interface Access {
  /** The op whose code it is. */
  readonly operation: string;
  readonly kind: 'read' | 'write';
  readonly variable: string;
  readonly span: Span;
  readonly text: string;
  /** Locks and tokens that the thread has there in any case: `mu`, `locks[a] (shared)`. */
  readonly locks: readonly string[];
  /** Those that it has there on some ways through the code only. */
  readonly perhaps: readonly string[];
}

interface HeldAt {
  readonly surely: ReadonlySet<string>;
  readonly perhaps: ReadonlySet<string>;
}

const NOTHING: HeldAt = { surely: new Set(), perhaps: new Set() };

/**
 * The access that the obligation is about, and one that it can collide with: of the same variable in the code of some op, one of the two a write. Of several a
 * write is preferred that has no lock in common with it, and then one that holds little. Without one of them nothing is known.
 */
export function racingAccesses(system: System, obligation: Obligation): readonly Access[] {
  const { access, operation, span } = obligation;
  if (access === null || operation === null) return [];
  const all = system.implementations.flatMap((each) => accessesIn(system, each.operation, each.code));
  const sites = all.filter(({ variable }) => variable === access.variable);
  const written = sites.find(
    (each) => each.operation === operation && each.kind === access.kind && sameSpan(each.span, span),
  );
  if (written === undefined) return [];
  const known = [...written.locks, ...written.perhaps];
  const here: Access = {
    ...written,
    locks: access.locks.map((lock) => known.find((each) => nameOf(each) === lock) ?? lock),
    perhaps: [],
  };
  const colliding = sites.filter((each) => each.kind === 'write' || here.kind === 'write');
  const ranked = colliding
    .map((each) => ({ each, rank: rankOf(here, each) }))
    .sort((left, right) => left.rank - right.rank);
  const [other] = ranked;
  return other === undefined ? [here] : [here, other.each];
}

/** The less, the better an access shows a race. */
function rankOf(here: Access, other: Access): number {
  const excluded = other.locks.some((lock) => here.locks.some((own) => areExclusive(own, lock)));
  const isSame = other.operation === here.operation && sameSpan(other.span, here.span);
  return (
    (excluded ? 100 : 0) +
    (other.kind === 'write' ? 0 : 10) +
    (isSame ? 5 : 0) +
    Math.min(4, 2 * other.locks.length + other.perhaps.length)
  );
}

const SHARED = ' (shared)';

/** Whether it is one lock, which not both of them share. */
function areExclusive(left: string, right: string): boolean {
  if (left.endsWith(SHARED) && right.endsWith(SHARED)) return false;
  return left.replace(SHARED, '') === right.replace(SHARED, '');
}

/** How a lock is called in reports: with its index where that is known, and how it is held. */
export function lockText(lock: string, index: string | null, mode: LockMode): string {
  return `${lock}${index === null ? '' : `[${index}]`}${mode === 'shared' ? SHARED : ''}`;
}

/** The text of a lock without its index. */
function nameOf(text: string): string {
  return text.replace(/\[.*\]/, '');
}

function sameSpan(left: Span, right: Span): boolean {
  return (
    left.file === right.file &&
    left.start.offset === right.start.offset &&
    left.end.offset === right.end.offset
  );
}

function accessesIn(system: System, operation: string, code: Code): readonly Access[] {
  const held = heldIn(system, code);
  return code.instructions.flatMap((instruction, position): readonly Access[] => {
    const at = held[position];
    const role = roleOf(system, instruction);
    if (at == null || (role?.kind !== 'load' && role?.kind !== 'store')) return [];
    const { span, text } = instruction.source;
    const locks = [...at.surely];
    const perhaps = [...at.perhaps].filter((lock) => !at.surely.has(lock));
    const kind = role.kind === 'store' ? 'write' : 'read';
    return [{ operation, kind, variable: role.variable, span, text, locks, perhaps }];
  });
}

function roleOf(system: System, instruction: Instruction) {
  if (instruction.kind !== 'call') return null;
  return system.machineOperations.find(({ name }) => name === instruction.operation)?.role ?? null;
}

/** What is held before each instruction; null where control does not get. */
function heldIn(system: System, code: Code): readonly (HeldAt | null)[] {
  const found: (HeldAt | null)[] = code.instructions.map(() => null);
  found[0] = NOTHING;
  const open = [0];
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    const [instruction, before] = [code.instructions[position], found[position]];
    if (instruction === undefined || before == null) continue;
    const after = heldAfter(system, code, instruction, before);
    for (const next of successors(instruction, position)) {
      const known = found[next] ?? null;
      const own = instruction.kind === 'spawn' && next === instruction.goroutine ? NOTHING : after;
      const merged = known === null ? own : merge(known, own);
      if (
        known !== null &&
        known.surely.size === merged.surely.size &&
        known.perhaps.size === merged.perhaps.size
      )
        continue;
      found[next] = merged;
      open.push(next);
    }
  }
  return found;
}

function merge(left: HeldAt, right: HeldAt): HeldAt {
  return {
    surely: new Set([...left.surely].filter((lock) => right.surely.has(lock))),
    perhaps: new Set([...left.perhaps, ...right.perhaps]),
  };
}

/** `perhaps` has all that is held on some way. */
function heldAfter(system: System, code: Code, instruction: Instruction, before: HeldAt): HeldAt {
  if (instruction.kind === 'claim') {
    const { kind, token, index, condition } = instruction.claim;
    const lock = lockText(token, index === null ? null : indexText(code, index), 'exclusive');
    return kind === 'claim'
      ? taken(before, lock, condition === null)
      : released(before, lock, condition === null);
  }
  const role = roleOf(system, instruction);
  if (instruction.kind !== 'call' || role === null || !('lock' in role)) return before;
  const [key] = instruction.arguments;
  const index = key === undefined ? null : indexText(code, key);
  const lock = lockText(role.lock, index, 'mode' in role ? role.mode : 'exclusive');
  // Of those who call `Do` only the first one has the `sync.Once`.
  if (role.kind === 'lock' || role.kind === 'begin') return taken(before, lock, role.kind === 'lock');
  return released(before, lock, true);
}

function taken({ surely, perhaps }: HeldAt, lock: string, inAnyCase: boolean): HeldAt {
  return {
    surely: inAnyCase ? new Set([...surely, lock]) : surely,
    perhaps: new Set([...perhaps, lock]),
  };
}

/** Which one of a family is released may be known under another name. */
function released({ surely, perhaps }: HeldAt, lock: string, inAnyCase: boolean): HeldAt {
  return {
    surely: new Set([...surely].filter((each) => nameOf(each) !== nameOf(lock))),
    perhaps: inAnyCase ? new Set([...perhaps].filter((each) => each !== lock)) : perhaps,
  };
}

/** An index as it was written where the lock was taken. */
function indexText(code: Code, index: Expression): string {
  const written = rewriteExpression(index, (node) => (node.kind === 'local' ? visible(code, node) : node));
  const locals: number[] = [];
  walkExpression(written, (node) => {
    if (node.kind === 'local') locals.push(node.index);
  });
  const isHidden = locals.some((local) => code.locals[local]?.isHidden === true);
  return isHidden ? '…' : showExpression(written, { locals: code.locals });
}

/** A local that the user did not write is what it was assigned, if it has one assignment. */
function visible(code: Code, local: Extract<Expression, { kind: 'local' }>): Expression {
  if (code.locals[local.index]?.isHidden !== true) return local;
  const values = code.instructions.flatMap((each) =>
    each.kind === 'assign' && each.local === local.index ? [each.value] : [],
  );
  const [only, ...more] = values;
  return only === undefined || more.length > 0 ? local : only;
}
