import type { Invocation, Move } from './moves.js';
import type { Decision } from './script.js';

/** What is going on: code that runs alone, or threads. `boot` runs after initialisation and after recovery. */
export type Phase = 'initialisation' | 'first boot' | 'recovery' | 'boot' | 'threads';

/** A state of the search; numbers stand for things in tables. */
export interface Node {
  readonly phase: Phase;
  readonly machine: number;
  /** Statuses, sorted; in phases of code that runs alone, just its own. */
  readonly threads: readonly number[];
  /** The set of specification configurations. */
  readonly set: number;
  /** Crashes that may still happen. */
  readonly crashes: number;
  /** Blocks that arguments have used. */
  readonly used: number;
  readonly parent: Node | null;
  /** How it came about. */
  readonly label: Label;
}

export type Label =
  | { readonly kind: 'start'; readonly state: number }
  | {
      readonly kind: 'move';
      readonly slot: number;
      readonly move: Move;
      readonly order: readonly number[] | null;
    }
  | { readonly kind: 'crash'; readonly decisions: readonly number[] };

/** All of a node but what runs in it: enough to say how it came about. */
export type Position = Omit<Node, 'phase' | 'threads'>;

/**
 * The decisions that lead to a position, and the numbers of its threads by slot. Threads get new numbers after each crash; code that runs
 * alone has number 0 in decisions.
 */
export function decisionsTo(
  last: Position,
  threads: number,
): { readonly script: readonly Decision[]; readonly names: readonly number[] } {
  const path: Position[] = [last];
  const phases: Phase[] = [];
  for (let node = last.parent; node !== null; node = node.parent) {
    path.unshift(node);
    phases.unshift(node.phase);
  }
  let names: readonly number[] = numbersFrom(1, threads);
  let next = 1;
  const script: Decision[] = [];
  for (const [index, { label }] of path.entries()) {
    if (label.kind === 'move') {
      const before = names;
      const thread = phases[index - 1] === 'threads' ? (before[label.slot] ?? 0) : 0;
      script.push(...moveDecisions(label.move, thread));
      if (label.order !== null) names = label.order.map((slot) => before[slot] ?? 0);
      continue;
    }
    script.push(label);
    if (label.kind === 'crash') {
      next += threads;
      names = numbersFrom(next, threads);
    }
  }
  return { script, names };
}

function moveDecisions(move: Move, thread: number): readonly Decision[] {
  return [
    ...(move.invocation === null ? [] : [invocationDecision(move.invocation, thread)]),
    ...move.steps.map((decisions): Decision => ({ kind: 'step', thread, decisions })),
    ...((move.returned !== null || move.fault === 'lock-leak') && thread !== 0
      ? [{ kind: 'return', thread } as const]
      : []),
  ];
}

export function invocationDecision(invocation: Invocation, thread: number): Decision {
  return { kind: 'invoke', thread, implementation: invocation.implementation, arguments: invocation.index };
}

function numbersFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
