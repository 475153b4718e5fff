import type { Diagnostic } from '../base/diagnostic.js';
import type { Execution } from '../trace/index.js';
import type { Countermodel, GhostChoice, ObligationCode } from '../vcgen/index.js';

/** The version of the JSON form of a run; changes when a field changes its meaning or goes away. */
export const SCHEMA = 'armada-verify/run/1';

/** What is known of an obligation, a package or a run. */
export type Verdict = 'proved' | 'refuted' | 'unproved' | 'vacuous' | 'assumed';

/** Verdicts from the best to the worst. */
export const VERDICTS = ['proved', 'assumed', 'vacuous', 'unproved', 'refuted'] as const satisfies Verdict[];

/** The worst of some verdicts; `proved` when there are none. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce<Verdict>(
    (left, right) => (VERDICTS.indexOf(right) > VERDICTS.indexOf(left) ? right : left),
    'proved',
  );
}

/** A position as reports print it: the file relative to the working directory, line and column from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Everything that a verification says; its JSON form is what `--format json` prints (`src/report/schema.json`). */
export interface VerificationRun {
  readonly schema: typeof SCHEMA;
  readonly tool: { readonly name: string; readonly version: string; readonly solver: string };
  /** The options that verdicts depend on. */
  readonly settings: RunSettings;
  readonly packages: readonly PackageVerdict[];
  /** Input that could not be used; the run's verdicts cover the rest only. */
  readonly diagnostics: readonly Diagnostic[];
  /** Numbers of obligations. */
  readonly summary: Readonly<Record<Verdict, number>>;
  readonly statistics: RunStatistics;
  readonly ms: number;
}

export interface RunSettings {
  readonly rlimit: number;
  readonly timeoutSeconds: number;
  readonly seed: number;
  readonly jobs: number;
  readonly filter: string | null;
  readonly exploreSeconds: number;
}

/** Figures of the whole run, for benchmarks. */
export interface RunStatistics {
  readonly queries: number;
  readonly solverMs: number;
  readonly maxQueryMs: number;
  readonly quantified: number;
  readonly unknown: number;
  readonly memoryBytes: number;
}

export interface PackageVerdict {
  readonly path: string;
  readonly refines: string;
  readonly over: string;
  readonly verdict: Verdict;
  readonly obligations: readonly ObligationVerdict[];
  /** Commit points and helping that the tool found. */
  readonly choices: readonly GhostChoice[];
  /** What the explorer did; null where it was not needed. */
  readonly exploration: ExplorationSummary | null;
  /** Why no execution could be searched for, where one was wanted. */
  readonly notSearched?: Diagnostic;
  /** Of a package that is proved: an execution in which threads wait for ever, which is not among what is proved. */
  readonly deadlock?: Execution;
  /** Set when prover and explorer contradict each other: a bug of this tool. */
  readonly disagreement: string | null;
  readonly annotationLines: number;
  readonly goLines: number;
  readonly statistics: PackageStatistics;
  readonly ms: number;
}

export interface PackageStatistics {
  readonly queries: number;
  readonly quantified: number;
  readonly solverMs: number;
}

export interface ExplorationSummary {
  /** The bounds that were searched completely, each as a sentence; empty when the budget was too small for any. */
  readonly exhausted: readonly string[];
  /** The bound in which the budget ran out, or the violation was found; null: neither. */
  readonly unfinished: string | null;
  /** Distinct states, and steps from one to the next, over all bounds. */
  readonly states: number;
  readonly transitions: number;
  readonly ms: number;
}

/** A read or write of plain memory. */
export interface AccessVerdict {
  /** The op whose code it is. */
  readonly op: string;
  readonly kind: 'read' | 'write';
  readonly variable: string;
  readonly location: Location;
  readonly text: string;
  /** Locks and tokens that the thread has there in any case: `mu`, `locks[a] (shared)`. */
  readonly locks: readonly string[];
  /** Those that it has there on some ways through the code only. */
  readonly perhaps: readonly string[];
}

export interface ObligationVerdict {
  readonly id: string;
  readonly code: ObligationCode;
  readonly title: string;
  readonly location: Location;
  /** In a helper that is inlined: the calls that lead there, the innermost first. */
  readonly calledFrom?: readonly { readonly location: Location; readonly caller: string }[];
  /** The op, `recovery`, `initialisation`, or null for the package as a whole. */
  readonly op: string | null;
  readonly verdict: Verdict;
  /** Why it is not proved, as a sentence. */
  readonly reason?: string;
  /** The conjunct of an invariant that has to hold, as written. */
  readonly conjunct?: string;
  /** Of a `race` that is not proved: the access that it is about, and one that it can collide with. */
  readonly accesses?: readonly AccessVerdict[];
  readonly cached: boolean;
  readonly queries: number;
  readonly quantified: number;
  readonly rlimit: number;
  readonly ms: number;
  /** The replayed execution that refutes it. */
  readonly trace?: Execution;
  /** The state in which the proof of an `unproved` one breaks; it may be unreachable. */
  readonly state?: Countermodel;
}
