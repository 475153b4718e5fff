import type { Span } from '../base/source.js';
import type { Term } from '../encoding/index.js';
import type { Instruction, MachineOperation, Procedure } from '../ir/index.js';
import type { GhostStep } from './ghost.js';
import type { SymbolicValue } from './layout.js';
import type { LoopFootprint } from './loops.js';
import type { ObligationCode, RacingAccess } from './obligation.js';
import type { Path } from './path.js';
import type { SymbolicWrite } from './symbolic-run.js';

export type InstructionOf<K extends Instruction['kind']> = Extract<Instruction, { kind: K }>;

/** A demand on a step, before it becomes a query. */
export interface Demand {
  readonly code: ObligationCode;
  readonly fact: string | null;
  readonly title: string;
  readonly conjunct: string | null;
  /** Of a `race`: the access, and the locks that the path has at it. */
  readonly access?: RacingAccess;
  readonly hypotheses: readonly Term[];
  readonly goal: Term;
  readonly span?: Span;
}

/** A machine step that was made, before the ghost step that goes with it. */
export interface MachineStep {
  readonly path: Path;
  readonly instruction: InstructionOf<'call'>;
  readonly operation: MachineOperation;
  readonly arguments: readonly SymbolicValue[];
  /** State, locals and what is known after the machine's part. */
  readonly after: Path;
  readonly writes: readonly SymbolicWrite[];
  /** What the operation returned, or its locals where it goes on with another section. */
  readonly results: readonly SymbolicValue[];
}

/**
 * What differs between the code of an op (other threads interfere, leases, the op takes effect), recovery (alone, helping) and
 * initialisation (alone, not crashed).
 */
export interface Mode {
  readonly name: string;
  /** Whether ghost steps may be taken at the back edge of a loop: pure ghost steps, where nobody interferes. */
  readonly ghostAtBackEdge: boolean;
  /** What has to hold before a machine operation is called, whether or not it can go on: locks, races. */
  entry(path: Path, operation: MachineOperation, args: readonly SymbolicValue[]): readonly Demand[];
  /** Demands on what a machine step changed: leases. */
  permissions(step: MachineStep): readonly Demand[];
  /** Leases gained or given up by the step; `after` is the path after it. */
  leases(step: MachineStep): Path;
  /** Tokens taken and given back with the step from `before` to `after`: one path for each way in which their conditions can go. */
  claims(before: Path, after: Path): readonly ClaimWay[];
  /** The ghost steps that may go with a step from `before` to `after`, the cheapest first. */
  ghostSteps(before: Path, after: Path): readonly GhostStep[];
  /** What has to hold of the state after a step; `before` is the path before it. */
  facts(before: Path, after: Path): readonly Demand[];
  /** Demands of a ghost step itself: the leases on what it changes. */
  ghostDemands(before: Path, after: Path, step: GhostStep): readonly Demand[];
  /** What is demanded of a call by contract beside what it requires: that calls end. */
  recursion(path: Path, callee: Procedure, args: readonly SymbolicValue[]): readonly Demand[];
  /** Others move: what is not protected is forgotten, what always holds is known again. */
  interference(path: Path): Path;
  /** The state at the head of a loop: what its body may change, and what others may, is forgotten; what always holds is known. */
  forgetBody(path: Path, footprint: LoopFootprint): Path;
  /** The rules for a thread that is spawned here, and how it begins. */
  spawned(path: Path, instruction: InstructionOf<'spawn'>): Spawned;
  /** An `end`: that of a thread that was spawned, or of a start that failed. */
  ended(path: Path): readonly End[];
  /** The end of the last function. */
  finish(path: Path, values: readonly SymbolicValue[]): readonly End[];
}

/** One of the ways in which tokens change hands with a step: the path after it, and what is demanded. */
export interface ClaimWay {
  readonly path: Path;
  readonly demands: readonly Demand[];
}

/** A way in which code may end, with the ghost step that goes with it: the path after it, and what is demanded beside the ghost step's own demands. */
export interface End {
  readonly path: Path;
  readonly demands: readonly Demand[];
  readonly step: GhostStep;
}

/** A thread that is about to begin. */
export interface Spawned {
  readonly mode: Mode;
  readonly path: Path;
}
