import type { Solver, Term } from '../encoding/index.js';
import { and, FALSE, implies, TRUE } from '../encoding/index.js';
import type { Code, Expression, Instruction, MachineOperation } from '../ir/index.js';
import { executeSection, initialLocals } from '../semantics/index.js';
import type { Attempt, CheckRequest, CheckResult } from './check.js';
import {
  better,
  check,
  combine,
  contradictory,
  EMPTY_ATTEMPT,
  isBeyondChoice,
  isProved,
  stepAttempt,
  succeeded,
} from './check.js';
import { invoked } from './contracts.js';
import type { GhostStep } from './ghost.js';
import { stepLabels } from './labels.js';
import type { SymbolicValue } from './layout.js';
import { branchConditions, type LocalFork, localForks, localValue } from './local-forks.js';
import { LoopWalk } from './loops.js';
import type { Demand, End, InstructionOf, MachineStep, Mode } from './mode.js';
import {
  mergedAlike,
  MOST_STEPS,
  MOST_TAKEN_APART,
  type Outcome,
  type OutcomePolicy,
  type RawOutcome,
} from './outcomes.js';
import type { Path } from './path.js';
import { assuming, knownOn } from './path.js';
import { sceneOf } from './scene.js';
import { symbolicDomain } from './symbolic-domain.js';
import type { SymbolicDemand } from './symbolic-run.js';
import { DEMONIC, runAll } from './symbolic-run.js';
import type { Theory } from './theory.js';

/** Thrown where a walk with split outcomes takes too many steps. */
export class WalkTooLong extends Error {}

/** Walks code symbolically, step by step, and searches for ghost steps under which every demand holds. */
export class Walker {
  private readonly labels = new Map<Code, readonly string[]>();
  /** Whether different outcomes were taken as one anywhere. */
  mergedOutcomes = false;
  private steps = 0;
  private readonly loops: LoopWalk;

  constructor(
    readonly theory: Theory,
    readonly solver: Solver,
    readonly mode: Mode,
    readonly outcomePolicy: OutcomePolicy,
    private readonly onStep: (text: string) => void,
    /** Instructions that some path reached. */
    readonly reached = new Set<Instruction>(),
  ) {
    this.loops = new LoopWalk(theory, mode);
  }

  /** Everything from here on. */
  async walk(path: Path): Promise<Attempt> {
    const forks = localForks(this.theory, path);
    return combine(await Promise.all(forks.map((fork) => this.fork(fork, forks.length > 1))));
  }

  /** What is demanded on the way, then (where the way is possible at all) what follows. */
  private async fork(fork: LocalFork, mayBeImpossible: boolean): Promise<Attempt> {
    const { path, instruction } = fork;
    const checks = await Promise.all(
      fork.demands.map(({ demand, source }) => this.ask(path, source, [demand])),
    );
    const before = stepAttempt(checks.flat(), path.depth);
    if (!succeeded(before)) return before;
    const known = [...this.theory.base, ...knownOn(path)];
    const suspicious = mayBeImpossible || instruction.kind === 'return' || instruction.kind === 'end';
    if (suspicious && (await contradictory(this.solver, known))) return before;
    this.reached.add(instruction);
    return combine([before, await this.instruction(path, instruction)]);
  }

  private async instruction(path: Path, instruction: LocalFork['instruction']): Promise<Attempt> {
    switch (instruction.kind) {
      case 'call':
        return this.call(path, instruction);
      case 'invoke':
        return this.invoke(path, instruction);
      case 'hint':
        return this.walk({ ...path, hint: instruction.hint, position: path.position + 1 });
      case 'claim':
        return this.walk({
          ...path,
          claims: [...path.claims, instruction.claim],
          position: path.position + 1,
        });
      case 'loop':
        return this.loops.atHead(this, path, instruction);
      case 'return':
        return this.return(path, instruction);
      case 'spawn':
        return this.spawn(path, instruction);
      case 'end':
        return this.end(path, instruction);
    }
  }

  /**
   * Both threads go on from here. Neither waits for the other, and what is known of values stays true whichever goes first; so the
   * spawned one is walked as if all others had moved meanwhile, the spawner among them.
   */
  private async spawn(path: Path, instruction: InstructionOf<'spawn'>): Promise<Attempt> {
    this.onStep(instruction.source.text);
    const { mode, path: started } = this.mode.spawned(path, instruction);
    const other = new Walker(this.theory, this.solver, mode, this.outcomePolicy, this.onStep, this.reached);
    other.steps = this.steps;
    const spawned = await other.walk(started);
    this.steps = other.steps;
    this.mergedOutcomes ||= other.mergedOutcomes;
    if (!succeeded(spawned)) return spawned;
    return combine([spawned, await this.walk({ ...path, position: path.position + 1 })]);
  }

  private async end(path: Path, instruction: InstructionOf<'end'>): Promise<Attempt> {
    return this.ending(path, instruction, () => this.mode.ended(path));
  }

  /** Searches for a way to end in which all that is demanded holds. */
  private async ending(path: Path, instruction: Instruction, ends: () => readonly End[]): Promise<Attempt> {
    if (path.claims.length > 0) return stepAttempt(await this.ask(path, instruction, [NO_STEP]), path.depth);
    let best: Attempt | null = null;
    for (const end of ends()) {
      const demands = [...this.mode.ghostDemands(path, path, end.step), ...end.demands];
      const attempt = stepAttempt(
        await this.ask(path, instruction, demands, end.path),
        path.depth,
        end.step.choices,
      );
      if (succeeded(attempt) || isBeyondChoice(attempt)) return attempt;
      best = best === null ? attempt : better(best, attempt);
    }
    return best ?? stepAttempt(await this.ask(path, instruction, [NO_END]), path.depth);
  }

  /** Asks for demands at an instruction. */
  async ask(
    path: Path,
    instruction: Instruction,
    demands: readonly Demand[],
    after: Path = path,
  ): Promise<CheckResult[]> {
    const step = this.label(path, instruction);
    const { base } = this.theory;
    const requests = demands.map((demand): CheckRequest => ({
      code: demand.code,
      step,
      fact: demand.fact,
      title: demand.title,
      span: demand.span ?? instruction.source.span,
      callers: instruction.source.callers,
      conjunct: demand.conjunct,
      ...(demand.access === undefined ? {} : { access: demand.access }),
      hypotheses: base.length === 0 ? demand.hypotheses : [...base, ...demand.hypotheses],
      goal: demand.goal,
      scene: sceneOf(this.theory, path, after, instruction.source.callers),
    }));
    return Promise.all(requests.map((request) => check(this.solver, request)));
  }

  private label(path: Path, instruction: Instruction): string {
    let labels = this.labels.get(path.code);
    if (labels === undefined) this.labels.set(path.code, (labels = stepLabels(path.code)));
    return labels[path.code.instructions.indexOf(instruction)] ?? instruction.kind;
  }

  /** The value of an expression of the code at this point. */
  localValue(path: Path, expression: Expression): SymbolicValue {
    return localValue(this.theory, path, expression);
  }

  private async call(path: Path, instruction: InstructionOf<'call'>): Promise<Attempt> {
    const operation = this.theory.system.machineOperations.find(
      (each) => each.name === instruction.operation,
    );
    if (operation === undefined) throw new Error(`no machine operation ${instruction.operation}`);
    const args = instruction.arguments.map((argument) => this.localValue(path, argument));
    this.onStep(instruction.source.text);
    return this.section(
      path,
      instruction,
      operation,
      args,
      0,
      initialLocals(symbolicDomain, operation, args),
    );
  }

  /** A call of a function by its contract; it takes no step. */
  private async invoke(path: Path, instruction: InstructionOf<'invoke'>): Promise<Attempt> {
    const { demands, after } = invoked(this.theory, path, instruction, (callee, args) =>
      this.mode.recursion(path, callee, args),
    );
    const before = stepAttempt(await this.ask(path, instruction, demands), path.depth);
    return succeeded(before) ? combine([before, await this.walk(after)]) : before;
  }

  /** One atomic section of a machine operation. */
  private async section(
    path: Path,
    instruction: InstructionOf<'call'>,
    operation: MachineOperation,
    args: readonly SymbolicValue[],
    section: number,
    operationLocals: readonly SymbolicValue[],
  ): Promise<Attempt> {
    this.steps += 1;
    if (this.steps > MOST_STEPS[this.outcomePolicy]) throw new WalkTooLong();
    const context = this.theory.runContext(path.state, this.theory.freshName(operation.name));
    const runs = runAll(context, DEMONIC, (driver) => {
      const locals = [...operationLocals];
      const outcome = executeSection(symbolicDomain, driver, operation, section, locals);
      return { returned: outcome.returned, values: outcome.returned ? outcome.results : locals };
    });
    if (runs === null) throw new Error('a demonic run has no picks');
    const definedness = await this.ask(path, instruction, [
      ...(section === 0 ? this.mode.entry(path, operation, args) : []),
      ...runs.requires.map((demand) => machineDemand(path, operation, demand)),
    ]);
    const defined = stepAttempt(definedness, path.depth);
    if (!succeeded(defined)) return defined;
    const after = await this.outcomes({ path, instruction, operation, args, section }, runs.outcomes);
    return combine([defined, after]);
  }

  /** What follows the outcomes of a section, taken together or apart as the policy says. */
  private async outcomes(taken: TakenSection, outcomes: readonly RawOutcome[]): Promise<Attempt> {
    const apart = outcomes.map(({ result, ...rest }): Outcome => ({ ...rest, ...result }));
    if (this.outcomePolicy === 'split' || taken.operation.role.kind === 'begin')
      return this.each(taken, apart);
    const together = mergedAlike(apart);
    this.mergedOutcomes ||= together.length < apart.length;
    const attempt = await this.each(taken, together);
    const { tookApart, budget } = taken.path;
    const mayTakeApart = this.outcomePolicy === 'split once' && !tookApart && budget > 0;
    const isWorthIt = together.length < apart.length && apart.length <= MOST_TAKEN_APART;
    if (succeeded(attempt) || !mayTakeApart || !isWorthIt) return attempt;
    return better(attempt, await this.takenApart(taken, apart));
  }

  /** Each outcome on a path of its own. That is of use only where a ghost step goes with one of them and not with all. */
  private async takenApart(taken: TakenSection, outcomes: readonly Outcome[]): Promise<Attempt> {
    const path = { ...taken.path, tookApart: true };
    const hint = path.status.kind === 'none' ? 'help' : 'commit';
    let best: Attempt | null = null;
    for (const outcome of outcomes) {
      const chosen = await this.each({ ...taken, path: { ...path, hint } }, [outcome]);
      const others = outcomes.filter((other) => other !== outcome);
      const whole = succeeded(chosen)
        ? combine([chosen, await this.each({ ...taken, path }, others)])
        : chosen;
      if (succeeded(whole) || isBeyondChoice(whole)) return whole;
      best = best === null ? whole : better(best, whole);
    }
    return best ?? EMPTY_ATTEMPT;
  }

  private async each(taken: TakenSection, outcomes: readonly Outcome[]): Promise<Attempt> {
    const { path, instruction, operation, args, section } = taken;
    const attempts = outcomes.map(async ({ returned, conditions, variables, writes, values }) => {
      const known = assuming({ ...path, state: { ...path.state, variables } }, ...conditions);
      if (
        (outcomes.length > 1 || path.tookApart) &&
        (await contradictory(this.solver, [...this.theory.base, ...knownOn(known)]))
      )
        return EMPTY_ATTEMPT;
      const step = { path, instruction, operation, arguments: args, writes, results: values };
      if (!returned) {
        return this.afterMachine({ ...step, after: known }, (next) =>
          this.section(next, instruction, operation, args, section + 1, values),
        );
      }
      return this.afterMachine({ ...step, after: afterCall(known, instruction, args, values) }, (next) =>
        this.walk(next),
      );
    });
    return combine(await Promise.all(attempts));
  }

  /** Permission, then the ghost step, then what has to hold, then the rest of the path. */
  private async afterMachine(step: MachineStep, onward: (path: Path) => Promise<Attempt>): Promise<Attempt> {
    const permissions = await this.ask(step.path, step.instruction, this.mode.permissions(step), step.after);
    const permitted = stepAttempt(permissions, step.path.depth);
    if (!succeeded(permitted)) return permitted;
    const after = this.mode.leases(step);
    const rest = this.ways(after).map((way) => this.withClaims(step, assuming(after, way), onward));
    return combine([permitted, ...(await Promise.all(rest))]);
  }

  /** Tokens change hands with the step, on the paths where they do; then the ghost step. */
  private async withClaims(
    step: MachineStep,
    after: Path,
    onward: (path: Path) => Promise<Attempt>,
  ): Promise<Attempt> {
    const ways = this.mode.claims(step.path, after);
    const attempts = ways.map(async ({ path, demands }) => {
      if (ways.length > 1 && (await contradictory(this.solver, [...this.theory.base, ...knownOn(path)])))
        return EMPTY_ATTEMPT;
      const results = await this.ask(step.path, step.instruction, demands, path);
      const claimed = stepAttempt(results, step.path.depth);
      if (!succeeded(claimed)) return claimed;
      const rest = await this.withGhostStep(step.path, step.instruction, path, onward, () => []);
      return combine([claimed, rest]);
    });
    return combine(await Promise.all(attempts));
  }

  /**
   * Where each outcome has a path of its own, so has each way that the code goes on from it: which ghost step is right may
   * depend on that (a read that ends a loop if it finds what it looks for).
   */
  private ways(after: Path): readonly Term[] {
    return this.outcomePolicy === 'split' ? branchConditions(this.theory, after) : [TRUE];
  }

  /**
   * Searches for a ghost step to go with the step from `before` to `after` under which this step's demands hold and the rest of
   * the path works out. The choice is made here, once, for all obligations of the step and everything that follows.
   */
  async withGhostStep(
    before: Path,
    instruction: Instruction,
    after: Path,
    onward: (path: Path) => Promise<Attempt>,
    extraDemands: (path: Path) => readonly Demand[],
  ): Promise<Attempt> {
    let best: Attempt | null = null;
    for (const ghost of this.mode.ghostSteps(before, after)) {
      const stepped = takeGhostStep(after, ghost);
      const demands = [
        ...this.mode.ghostDemands(before, after, ghost),
        ...this.mode.facts(before, stepped),
        ...extraDemands(stepped),
      ];
      const results = await this.ask(before, instruction, demands, stepped);
      const attempt = stepAttempt(results, before.depth, ghost.choices);
      const trail = [...stepped.trail, trailEntry(instruction, ghost)];
      const next = { ...stepped, depth: before.depth + 1, trail, hint: null, claims: [] };
      const whole = results.every(isProved)
        ? combine([attempt, await onward(this.mode.interference(next))])
        : attempt;
      if (succeeded(whole) || isBeyondChoice(whole)) return whole;
      best = best === null ? whole : better(best, whole);
    }
    if (best === null) throw new Error('there is always a ghost step, the one that does nothing at least');
    return best;
  }

  private async return(path: Path, instruction: InstructionOf<'return'>): Promise<Attempt> {
    const values = instruction.values.map((value) => this.localValue(path, value));
    const [following, ...rest] = path.next;
    if (following !== undefined) {
      const locals = following.locals.map((local) => symbolicDomain.zero(local.type));
      return this.walk({ ...path, code: following, next: rest, position: 0, locals, loops: new Map() });
    }
    return this.ending(path, instruction, () => this.mode.finish(path, values));
  }
}

/** A section of a machine operation that is about to be taken. */
interface TakenSection {
  readonly path: Path;
  readonly instruction: InstructionOf<'call'>;
  readonly operation: MachineOperation;
  readonly args: readonly SymbolicValue[];
  readonly section: number;
}

const NO_STEP: Demand = {
  code: 'claim',
  fact: null,
  title: 'a step follows with which the token is claimed or given back',
  conjunct: null,
  hypotheses: [],
  goal: FALSE,
};

/** What is left to prove where there is no way to end at all. */
const NO_END: Demand = {
  code: 'recovery',
  fact: 'crash',
  title: "the specification's crash can happen here",
  conjunct: null,
  hypotheses: [],
  goal: FALSE,
};

/** The path after a ghost step. */
export function takeGhostStep(path: Path, ghost: GhostStep): Path {
  const known = ghost.awaits.map((demand) => implies(and(demand.conditions), demand.condition));
  return {
    ...assuming(path, ...ghost.hypotheses, ...known),
    state: ghost.state,
    status: ghost.status,
    budget: path.budget - ghost.cost,
  };
}

function afterCall(
  path: Path,
  instruction: InstructionOf<'call'>,
  args: readonly SymbolicValue[],
  results: readonly SymbolicValue[],
): Path {
  const locals = [...path.locals];
  instruction.results.forEach((target, index) => {
    const result = results[index];
    if (target !== null && result !== undefined) locals[target] = result;
  });
  const { operation } = instruction;
  const mentioned = instruction.arguments.map(({ type }, index) => ({
    type,
    value: args[index] ?? [],
    operation,
  }));
  return { ...path, locals, position: path.position + 1, mentioned: [...mentioned, ...path.mentioned] };
}

function machineDemand(path: Path, operation: MachineOperation, demand: SymbolicDemand): Demand {
  const unlock = operation.role.kind === 'unlock';
  return {
    code: unlock ? 'unlock' : 'machine',
    fact: null,
    title: unlock
      ? `the lock is held when it is released`
      : `\`${operation.name}\` is defined for these arguments`,
    conjunct: null,
    hypotheses: [...knownOn(path), ...demand.conditions],
    goal: demand.condition,
  };
}

function trailEntry(instruction: Instruction, ghost: GhostStep): Path['trail'][number] {
  const notes = ghost.choices.map((choice) => choice.note);
  return {
    span: instruction.source.span,
    text: instruction.source.text,
    note: notes.length === 0 ? null : notes.join('; '),
  };
}
