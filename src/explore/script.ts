/** Thrown where a script does not fit the system. */
export class ScriptMismatch extends Error {}

/**
 * An execution's decisions, as `Execution.script` holds them after a header: everything that replay needs to run it again.
 * Threads have numbers that are never used twice; `arguments` is an index into the operation's argument tuples.
 */
export type Decision =
  | { readonly kind: 'start'; readonly state: number }
  | {
      readonly kind: 'invoke';
      readonly thread: number;
      readonly implementation: number;
      readonly arguments: number;
    }
  /** An atomic step of a thread; thread 0 is the code that runs alone: initialisation, recovery and boot. */
  | { readonly kind: 'step'; readonly thread: number; readonly decisions: readonly number[] }
  /** The step of a thread that starts another one, which gets this number. */
  | { readonly kind: 'spawn'; readonly thread: number; readonly goroutine: number }
  /** The call returns, or the goroutine ends. */
  | { readonly kind: 'return'; readonly thread: number }
  | { readonly kind: 'crash'; readonly decisions: readonly number[] }
  /** The execution ends here, and this is wrong with it. */
  | { readonly kind: 'race'; readonly threads: readonly [number, number] }
  | { readonly kind: 'deadlock' }
  | { readonly kind: 'starvation' }
  | { readonly kind: 'divergence'; readonly thread: number };

/** Decisions as the words of a script, one string each. */
export function encodeDecision(decision: Decision): string {
  switch (decision.kind) {
    case 'start':
      return `start ${decision.state}`;
    case 'invoke':
      return `invoke ${decision.thread} ${decision.implementation} ${decision.arguments}`;
    case 'step':
      return ['step', decision.thread, ...decision.decisions].join(' ');
    case 'spawn':
      return `spawn ${decision.thread} ${decision.goroutine}`;
    case 'return':
      return `return ${decision.thread}`;
    case 'crash':
      return ['crash', ...decision.decisions].join(' ');
    case 'race':
      return `race ${decision.threads.join(' ')}`;
    case 'deadlock':
    case 'starvation':
      return decision.kind;
    case 'divergence':
      return `divergence ${decision.thread}`;
  }
}

/** The inverse of {@link encodeDecision}; null for anything else. */
export function decodeDecision(text: string): Decision | null {
  const [kind, ...words] = text.split(' ');
  const numbers = words.map(Number);
  if (numbers.some((number) => !Number.isSafeInteger(number) || number < 0)) return null;
  const [first = -1, second = -1, third = -1] = numbers;
  switch (kind) {
    case 'start':
      return { kind, state: first };
    case 'invoke':
      return { kind, thread: first, implementation: second, arguments: third };
    case 'step':
      return { kind, thread: first, decisions: numbers.slice(1) };
    case 'spawn':
      return { kind, thread: first, goroutine: second };
    case 'return':
      return { kind, thread: first };
    case 'crash':
      return { kind, decisions: numbers };
    case 'race':
      return { kind, threads: [first, second] };
    case 'deadlock':
    case 'starvation':
      return { kind };
    case 'divergence':
      return { kind, thread: first };
    default:
      return null;
  }
}
