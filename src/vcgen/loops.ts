import type { Term } from '../encoding/index.js';
import { FALSE } from '../encoding/index.js';
import type { Code, Expression, LoopInvariant } from '../ir/index.js';
import { assignedLocals, reached, successors } from '../ir/index.js';
import { showExpression } from '../ir/show.js';
import type { Attempt, Choice } from './check.js';
import { better, combine, EMPTY_ATTEMPT, isProved, stepAttempt, succeeded } from './check.js';
import { conjuncts } from './conjuncts.js';
import { lexicographicallyLess } from './measure.js';
import type { SymbolicValue } from './layout.js';
import { symbolicConstant } from './layout.js';
import type { HeldLock } from './leases.js';
import type { EffectStatus, LoopEntry, Path } from './path.js';
import { assuming, knownOn } from './path.js';
import { firstBranchIsKnown } from './local-forks.js';
import { leaf } from './symbolic-domain.js';
import type { Theory } from './theory.js';
import type { Demand, InstructionOf, Mode } from './mode.js';
import type { Walker } from './walker.js';

/** On one path; a loop with more rounds needs its rule. */
const MOST_ROUNDS = 200;

/** Rounds that are to come of a loop with atomic steps in it, at most, if it does not need its rule. */
const FEW_ROUNDS = 4n;

type LoopInstruction = InstructionOf<'loop'>;

/** What a loop's body may change. */
export interface LoopFootprint {
  readonly locals: ReadonlySet<number>;
  /** State variables that the operations called in the body assign. */
  readonly variables: ReadonlySet<string>;
  /** Locks that the body takes or releases: for a while others may have held them. */
  readonly locks: ReadonlySet<string>;
}

/** The rule for loops: invariants hold at the head, are kept by the body, and a measure gets smaller. */
export class LoopWalk {
  constructor(
    private readonly theory: Theory,
    private readonly mode: Mode,
  ) {}

  /** A loop head is reached: for the first time, or along the back edge. */
  async atHead(walker: Walker, path: Path, instruction: LoopInstruction): Promise<Attempt> {
    const entry = path.loops.get(path.position);
    if (entry !== undefined) return this.backEdge(walker, path, instruction, entry);
    const round = this.round(walker, path, instruction);
    if (round === null) return this.enter(walker, path, instruction);
    const isFirst = path.rounds === 0 && hasSteps(path, loopBody(path.code, path.position));
    if (!isFirst || instruction.loop.invariants.length === 0) return walker.walk(round);
    // With the rule each round has ghost steps of its own, as where recovery helps in each; and it is one round instead of several.
    const ruled = await this.enter(walker, path, instruction);
    return succeeded(ruled) ? ruled : better(ruled, await walker.walk(round));
  }

  /**
   * The next round of a loop that is simply walked: it has no stated invariant, whether it goes on is known, and it has no atomic step, or few
   * rounds. Null: the loop needs its rule.
   */
  private round(walker: Walker, path: Path, instruction: LoopInstruction): Path | null {
    const { invariants, retry } = instruction.loop;
    if (retry || path.rounds >= MOST_ROUNDS || invariants.some((invariant) => !invariant.guessed))
      return null;
    const body = loopBody(path.code, path.position);
    if (hasSteps(path, body) && !isShort(walker, path, instruction)) return null;
    if (!firstBranchIsKnown(this.theory, path, path.position + 1)) return null;
    const loops = entriesOutside(path, body);
    return { ...path, loops, position: path.position + 1, rounds: path.rounds + 1 };
  }

  /**
   * Guessed invariants are tried all together; those that fail are dropped and the loop is walked again, until the rest
   * is kept or none is left (Houdini).
   */
  private async enter(walker: Walker, path: Path, instruction: LoopInstruction): Promise<Attempt> {
    let invariants = instruction.loop.invariants;
    for (;;) {
      const attempt = await this.attempt(walker, path, instruction, invariants);
      const dropped = failedGuesses(attempt, invariants);
      if (succeeded(attempt) || dropped.size === 0) return attempt;
      invariants = invariants.filter((invariant) => !dropped.has(invariant));
    }
  }

  private async attempt(
    walker: Walker,
    path: Path,
    instruction: LoopInstruction,
    invariants: readonly LoopInvariant[],
  ): Promise<Attempt> {
    const initially = await walker.ask(
      path,
      instruction,
      this.invariantDemands(walker, path, invariants, 'at first'),
    );
    const entered = stepAttempt(initially, path.depth);
    if (!succeeded(entered)) return entered;
    const head = this.head(walker, path, instruction, invariants);
    const measured = instruction.loop.decreases !== null || instruction.loop.retry;
    const unmeasured = measured ? [] : await walker.ask(path, instruction, [NO_MEASURE]);
    const { span, text } = instruction.source;
    const fair: readonly Choice[] = instruction.loop.retry
      ? [{ kind: 'fair', span, text, note: 'the loop is assumed to end: it waits for others' }]
      : [];
    return combine([entered, stepAttempt(unmeasured, path.depth, fair), await walker.walk(head)]);
  }

  private head(
    walker: Walker,
    path: Path,
    instruction: LoopInstruction,
    invariants: readonly LoopInvariant[],
  ): Path {
    const positions = loopBody(path.code, path.position);
    const body = loopFootprint(this.theory, path.code, positions);
    // What is claimed with the call that follows is claimed with it in each round.
    const claimed = path.claims.map((claim) => claim.token);
    const footprint = { ...body, locks: new Set([...body.locks, ...claimed]) };
    const locals = path.locals.map((value, index) => {
      const local = path.code.locals[index];
      if (!footprint.locals.has(index) || local === undefined) return value;
      return symbolicConstant(this.theory.freshName(local.name), local.type);
    });
    const forgotten = this.mode.forgetBody({ ...path, locals }, footprint);
    const known = invariants.map((invariant) => leaf(walker.localValue(forgotten, invariant.expression)));
    const head = assuming(forgotten, ...known);
    const measure = instruction.loop.decreases?.map((each) => walker.localValue(head, each)) ?? null;
    const entry: LoopEntry = { status: path.status, held: path.held, measure, invariants };
    const loops = entriesOutside(path, positions).set(path.position, entry);
    return { ...head, position: path.position + 1, loops };
  }

  private async backEdge(
    walker: Walker,
    path: Path,
    instruction: LoopInstruction,
    entry: LoopEntry,
  ): Promise<Attempt> {
    const measure = instruction.loop.decreases?.map((each) => walker.localValue(path, each)) ?? null;
    const demands = (after: Path): readonly Demand[] => [
      ...this.invariantDemands(walker, after, entry.invariants, 'after each round'),
      ...sameStatus(entry.status, after.status, knownOn(after)),
      ...sameLocks(entry.held, after.held, knownOn(after)),
      ...(instruction.loop.retry || measure === null || entry.measure === null
        ? []
        : [measureDemand(entry.measure, measure, knownOn(after))]),
    ];
    if (this.mode.ghostAtBackEdge) {
      return walker.withGhostStep(path, instruction, path, () => Promise.resolve(EMPTY_ATTEMPT), demands);
    }
    return stepAttempt(await walker.ask(path, instruction, demands(path)), path.depth);
  }

  private invariantDemands(
    walker: Walker,
    path: Path,
    invariants: readonly LoopInvariant[],
    when: (typeof MOMENTS)[number],
  ): readonly Demand[] {
    return invariants.flatMap((invariant) =>
      conjuncts(invariant.expression).map((conjunct): Demand => ({
        code: 'loop-invariant',
        fact: factOf(invariant, conjunct, when),
        title: `the loop invariant holds ${when}`,
        conjunct: showExpression(conjunct, { locals: path.code.locals }),
        hypotheses: knownOn(path),
        goal: leaf(walker.localValue(path, conjunct)),
        span: invariant.span,
      })),
    );
  }
}

/** Loops inside begin anew in each round, whichever way the round before was walked. */
function entriesOutside(path: Path, body: readonly number[]): Map<number, LoopEntry> {
  const inside = new Set(body);
  return new Map([...path.loops].filter(([position]) => !inside.has(position)));
}

/** When an invariant has to hold. */
const MOMENTS = ['at first', 'after each round'] as const;

/** Tells a conjunct of an invariant, at one of the moments, from others. */
function factOf({ guessed }: LoopInvariant, conjunct: Expression, when: (typeof MOMENTS)[number]): string {
  return `${guessed ? 'guessed' : 'stated'} ${showExpression(conjunct)} ${when}`;
}

function hasSteps({ code }: Path, body: readonly number[]): boolean {
  return body.some((position) => code.instructions[position]?.kind === 'call');
}

/** Whether the loop's measure says that few rounds are to come. What is said of the step that follows is meant for each round: then it is not short. */
function isShort(walker: Walker, path: Path, { loop }: LoopInstruction): boolean {
  if (path.claims.length > 0 || path.hint !== null) return false;
  const [measure, ...more] = loop.decreases?.map((each) => leaf(walker.localValue(path, each))) ?? [];
  return more.length === 0 && measure?.kind === 'bitvector' && measure.value <= FEW_ROUNDS;
}

/** Guesses of which some demand failed in an attempt. */
function failedGuesses(attempt: Attempt, invariants: readonly LoopInvariant[]): ReadonlySet<LoopInvariant> {
  const failed = new Set(
    attempt.results.flatMap((result) =>
      result.request.code === 'loop-invariant' && !isProved(result) ? [result.request.fact] : [],
    ),
  );
  return new Set(
    invariants.filter(
      (invariant) =>
        invariant.guessed &&
        conjuncts(invariant.expression).some((conjunct) =>
          MOMENTS.some((when) => failed.has(factOf(invariant, conjunct, when))),
        ),
    ),
  );
}

const NO_MEASURE: Demand = {
  code: 'termination',
  fact: null,
  title: 'the loop ends: no measure was found; state one with `//@ decreases`, or mark the loop `//@ retry`',
  conjunct: null,
  hypotheses: [],
  goal: FALSE,
};

function measureDemand(
  before: readonly SymbolicValue[],
  after: readonly SymbolicValue[],
  hypotheses: readonly Term[],
): Demand {
  return {
    code: 'termination',
    fact: null,
    title: 'the loop ends: its measure gets smaller with each round',
    conjunct: null,
    hypotheses,
    goal: lexicographicallyLess(after, before),
  };
}

function sameStatus(
  before: EffectStatus,
  after: EffectStatus,
  hypotheses: readonly Term[],
): readonly Demand[] {
  const same =
    before.kind === after.kind &&
    (before.kind !== 'pending' || (after.kind === 'pending' && before.section === after.section));
  if (same) return [];
  const title = 'the op takes effect once, not once for each round of the loop';
  return [{ code: 'effect', fact: null, title, conjunct: null, hypotheses, goal: FALSE }];
}

function sameLocks(
  before: readonly HeldLock[],
  after: readonly HeldLock[],
  hypotheses: readonly Term[],
): readonly Demand[] {
  const key = (held: HeldLock): string =>
    `${held.lock}/${held.mode}/${held.keys
      .flat()
      .map((term) => term.id)
      .join('.')}`;
  const left = before.map(key).sort();
  const right = after.map(key).sort();
  if (left.length === right.length && left.every((each, index) => each === right[index])) return [];
  const title = 'each round of the loop ends with the locks held that it started with';
  return [{ code: 'loop-invariant', fact: 'locks', title, conjunct: null, hypotheses, goal: FALSE }];
}

/** What the instructions of a loop may change, which stand at these positions. */
function loopFootprint(theory: Theory, code: Code, positions: readonly number[]): LoopFootprint {
  const locals = new Set<number>();
  const variables = new Set<string>();
  const locks = new Set<string>();
  for (const position of positions) {
    const instruction = code.instructions[position];
    if (instruction === undefined) continue;
    for (const local of assignedLocals(instruction)) locals.add(local);
    if (instruction.kind === 'claim') locks.add(instruction.claim.token);
    if (instruction.kind !== 'call') continue;
    const operation = theory.system.machineOperations.find((each) => each.name === instruction.operation);
    if (operation === undefined) continue;
    for (const variable of theory.assignedVariables(operation)) variables.add(variable);
    if ('lock' in operation.role) locks.add(operation.role.lock);
  }
  return { locals, variables, locks };
}

/**
 * The positions of a loop: those from which its head is reached again without entering it anew, as the next round of a loop around it
 * does. What the head dominates is reached through the head only; a loop around it has its own head outside of that.
 */
function loopBody(code: Code, head: number): readonly number[] {
  const others = reachedWithout(code, [0], head);
  const inside = (position: number): boolean => position === head || !others.has(position);
  const before = new Map<number, number[]>();
  for (const position of [head, ...reachedWithout(code, next(code, head), head)]) {
    if (!inside(position)) continue;
    for (const successor of next(code, position)) {
      if (inside(successor)) before.set(successor, [...(before.get(successor) ?? []), position]);
    }
  }
  const body = new Set([head]);
  for (const position of body) for (const each of before.get(position) ?? []) body.add(each);
  return [...body];
}

/** Positions that are reached from some, these among them, without passing another. */
function reachedWithout(code: Code, from: readonly number[], without: number): ReadonlySet<number> {
  const other = (position: number): boolean => position !== without;
  return reached(code.instructions, from.filter(other), (instruction, position) =>
    successors(instruction, position).filter(other),
  );
}

function next(code: Code, position: number): readonly number[] {
  const instruction = code.instructions[position];
  return instruction === undefined ? [] : successors(instruction, position);
}
