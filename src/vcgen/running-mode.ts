import type { Term } from '../encoding/index.js';
import type { Implementation, MachineOperation, Operation } from '../ir/index.js';
import { Discipline } from './discipline.js';
import type { Fact } from './facts.js';
import type { GhostStep } from './ghost.js';
import { noGhostStep } from './ghost.js';
import { stepPromises } from './guarantees.js';
import { Interference } from './interference.js';
import type { SymbolicValue } from './layout.js';
import { symbolicConstant } from './layout.js';
import type { LoopFootprint } from './loops.js';
import type { Path } from './path.js';
import { knownOn } from './path.js';
import { relevantFacts } from './relevance.js';
import { stateFacts } from './state-facts.js';
import { PendingTable, type SymbolicState, withStatus } from './state.js';
import { leaf } from './symbolic-domain.js';
import { TakingEffect } from './taking-effect.js';
import type { Theory } from './theory.js';
import { TokenSteps } from './token-steps.js';
import type { ClaimWay, Demand, End, InstructionOf, MachineStep, Mode, Spawned } from './mode.js';

/** Rules for the code of an op: other threads run between any two of its steps, and it takes effect exactly once. */
export class RunningMode implements Mode {
  readonly name: string;
  readonly ghostAtBackEdge = false;
  private readonly relevant: ReadonlySet<Fact> | null;
  private readonly discipline: Discipline;
  private readonly tokens: TokenSteps;
  private readonly others: Interference;
  private readonly effect: TakingEffect;

  constructor(
    private readonly theory: Theory,
    private readonly implementation: Implementation,
    private readonly operation: Operation,
    private readonly self: Term,
    private readonly callArguments: readonly SymbolicValue[],
    /** Package variables that no op ever writes: they keep the value that boot gave them. */
    private readonly frozen: ReadonlySet<string>,
    /** The op takes effect at no step: when it returns, at some moment of the call. */
    private readonly inHindsight: boolean,
  ) {
    this.name = implementation.operation;
    this.relevant = relevantFacts(theory.system, implementation, operation);
    this.discipline = new Discipline(theory, frozen);
    this.tokens = new TokenSteps(theory, this.discipline, self);
    this.others = new Interference(theory, this.discipline, operation, self, frozen, this.relevant);
    this.effect = new TakingEffect(theory, this.discipline, operation, self, inHindsight);
  }

  /** An operation is no function that others call. */
  recursion(): readonly Demand[] {
    return [];
  }

  facts(before: Path, after: Path): readonly Demand[] {
    return [...stateFacts(this.theory, before, after, true, this.relevant), ...this.promises(before, after)];
  }

  private promises(before: Path, after: Path): readonly Demand[] {
    return stepPromises(this.theory, before.held, before.state, after.state).map(({ guarantee, goal }) => ({
      code: 'guarantee',
      fact: guarantee.name,
      title: `this step keeps the guarantee (${guarantee.name})`,
      conjunct: guarantee.text,
      hypotheses: knownOn(after),
      goal,
    }));
  }

  interference(path: Path): Path {
    return this.others.move(path, path.held);
  }

  forgetBody(path: Path, footprint: LoopFootprint): Path {
    return this.others.forgetBody(path, footprint);
  }

  entry(path: Path, operation: MachineOperation, args: readonly SymbolicValue[]): readonly Demand[] {
    return this.discipline.entry(path, operation, args);
  }

  permissions(step: MachineStep): readonly Demand[] {
    return this.discipline.permissions(step);
  }

  leases(step: MachineStep): Path {
    return this.discipline.leases(step);
  }

  claims(before: Path, after: Path): readonly ClaimWay[] {
    return this.tokens.claims(before, after);
  }

  ghostSteps(before: Path, after: Path): readonly GhostStep[] {
    return this.effect.ghostSteps(before, after);
  }

  ghostDemands(before: Path, after: Path, step: GhostStep): readonly Demand[] {
    return this.effect.ghostDemands(before, after, step);
  }

  finish(path: Path, values: readonly SymbolicValue[]): readonly End[] {
    return this.effect.finish(path, values).map((end) => ({
      ...end,
      demands: [...end.demands, ...this.facts(path, end.path)],
    }));
  }

  /**
   * A thread that has no op and no locks, and begins at any later time: what the spawner knows about values it knows too, of the state
   * only what always holds.
   */
  spawned(path: Path, { goroutine, source }: InstructionOf<'spawn'>): Spawned {
    const self = leaf(symbolicConstant(this.theory.freshName('self'), { kind: 'thread' }));
    const mode = new RunningMode(
      this.theory,
      this.implementation,
      this.operation,
      self,
      this.callArguments,
      this.frozen,
      this.inHindsight,
    );
    const pending = withStatus(path.state.pending, self, PendingTable.nothing);
    const before: Path = {
      ...path,
      position: goroutine,
      state: { ...path.state, pending },
      held: [],
      status: { kind: 'none' },
      loops: new Map(),
      rounds: 0,
      moments: [],
      hint: null,
      claims: [],
      depth: path.depth + 1,
      budget: 0,
      trail: [...path.trail, { span: source.span, text: `${source.text} begins`, note: null }],
    };
    return {
      mode,
      path: mode.interference(before),
    };
  }

  ended(path: Path): readonly End[] {
    const demands = this.discipline.leaks(path, 'when the goroutine ends');
    return [{ path, demands, step: noGhostStep(path.state, path.status) }];
  }

  /** The state right after the call was made, with the op pending, and its demands: invocation is a step as any other. */
  invocation(state: SymbolicState): { readonly before: Path; readonly after: Path } {
    const { code } = this.implementation;
    const locals = code.locals.map(
      (local, index) =>
        this.callArguments[index] ?? symbolicConstant(this.theory.freshName(local.name), local.type),
    );
    const operationLocals = this.operation.locals.map(
      (local, index) =>
        this.callArguments[index] ?? symbolicConstant(this.theory.freshName(local.name), local.type),
    );
    const idle = { ...state, pending: withStatus(state.pending, this.self, PendingTable.nothing) };
    const before: Path = {
      code,
      next: [],
      position: 0,
      locals,
      state: idle,
      hypotheses: [],
      ambient: this.theory.invariantsOf(idle, null, this.relevant),
      moments: [],
      held: [],
      begun: [],
      status: { kind: 'pending', section: 0, locals: operationLocals },
      loops: new Map(),
      rounds: 0,
      mentioned: [],
      hint: null,
      claims: [],
      depth: 0,
      tookApart: false,
      budget: this.operation.sections.length,
      trail: [],
    };
    const pending = this.theory.pendingTable.invoke(
      idle.pending,
      this.self,
      this.operation.name,
      this.callArguments,
    );
    return { before, after: { ...before, state: { ...idle, pending } } };
  }
}
