import type { Term } from '../encoding/index.js';
import { and, FALSE, implies } from '../encoding/index.js';
import type { Operation } from '../ir/index.js';
import type { Discipline } from './discipline.js';
import type { GhostStep } from './ghost.js';
import { noGhostStep, sectionEffects } from './ghost.js';
import { allowedAtSomeMoment } from './hindsight.js';
import type { SymbolicValue } from './layout.js';
import { mayWrite } from './leases.js';
import type { Path } from './path.js';
import { assuming, knownOn } from './path.js';
import { PendingTable, withStatus } from './state.js';
import { awaitDemand } from './state-facts.js';
import { equalValues } from './symbolic-domain.js';
import type { Theory } from './theory.js';
import type { Demand, End } from './mode.js';

/** At which of its steps an op takes effect, and that it does so with the result that the specification gives. */
export class TakingEffect {
  constructor(
    private readonly theory: Theory,
    private readonly discipline: Discipline,
    private readonly operation: Operation,
    private readonly self: Term,
    /** The op takes effect at no step: when it returns, at some moment of the call. */
    private readonly inHindsight: boolean,
  ) {}

  /** The op's next section may be taken with this step, or not. */
  ghostSteps(before: Path, after: Path): readonly GhostStep[] {
    const none = noGhostStep(after.state, after.status);
    const commits = after.budget > 0 && !this.inHindsight ? this.commits(after, after) : [];
    return before.hint === 'commit' && commits.length > 0 ? commits : [none, ...commits];
  }

  private commits(path: Path, at: Path): readonly GhostStep[] {
    const { status } = path;
    if (status.kind !== 'pending') return [];
    const { section, locals } = status;
    const call = { operation: this.operation, section, locals, thread: this.self };
    const witnesses = this.witnesses(path);
    return sectionEffects(this.theory, at.state, call, witnesses).map((effect) => ({
      ...effect,
      choices: [
        {
          kind: 'commit',
          span: this.currentSpan(path),
          text: this.operation.name,
          note: this.commitNote(section),
        },
      ],
      cost: 1,
    }));
  }

  private commitNote(section: number): string {
    const whole = this.operation.sections.length === 1;
    return whole
      ? `${this.operation.name} takes effect`
      : `section ${section + 1} of ${this.operation.name} takes effect`;
  }

  private currentSpan(path: Path): Path['trail'][number]['span'] {
    const position = Math.max(path.position - 1, 0);
    return path.code.instructions[position]?.source.span ?? path.code.span;
  }

  /** Candidates for a `choose`: the arguments and every local of the type. */
  private witnesses(path: Path): (type: Operation['locals'][number]['type']) => readonly SymbolicValue[] {
    return (type) =>
      path.code.locals.flatMap((local, index) => {
        const value = path.locals[index];
        return value !== undefined && JSON.stringify(local.type) === JSON.stringify(type) ? [value] : [];
      });
  }

  ghostDemands(before: Path, after: Path, step: GhostStep): readonly Demand[] {
    // A step may use the leases that it starts with (it gives them back with the same step) and those that it gains.
    const leases = [...this.discipline.leasesOf(before.held), ...this.discipline.leasesOf(after.held)];
    return [
      ...step.awaits.map((demand) => awaitDemand(after, demand)),
      ...step.writes.map((write): Demand => {
        const title = `this thread holds the lock that guards what taking effect changes: ${write.variable}`;
        const hypotheses = [...knownOn(after), ...step.hypotheses, ...write.conditions];
        return {
          code: 'spec-lease',
          fact: write.variable,
          title,
          conjunct: null,
          hypotheses,
          goal: mayWrite(this.theory, leases, write),
        };
      }),
    ];
  }

  finish(path: Path, values: readonly SymbolicValue[]): readonly End[] {
    if (this.inHindsight) return [this.finishInHindsight(path, values)];
    const none = noGhostStep(path.state, path.status);
    const ways = [none, ...(path.budget > 0 ? this.commits(path, path) : [])];
    return ways.map((step) => {
      const pending = withStatus(step.state.pending, this.self, PendingTable.nothing);
      const awaits = step.awaits.map((demand) => implies(and(demand.conditions), demand.condition));
      const after = {
        ...assuming(path, ...step.hypotheses, ...awaits),
        state: { ...step.state, pending },
        status: step.status,
      };
      const demands = [...this.outcome(after, values)];
      return { path: after, demands, step };
    });
  }

  /** The op took effect at some moment since its invocation, at which the specification allows what is returned. */
  private finishInHindsight(path: Path, values: readonly SymbolicValue[]): End {
    if (path.status.kind !== 'pending') throw new Error('an op that took effect before');
    const { operation, self: thread } = this;
    const { locals } = path.status;
    const { moments } = path;
    const call = { operation, locals, thread, moments, witnesses: this.witnesses(path) };
    const demand: Demand = {
      code: 'effect',
      fact: null,
      title: `at some moment of the call the specification allows ${operation.name} to take effect with this result`,
      conjunct: null,
      hypotheses: knownOn(path),
      goal: allowedAtSomeMoment(this.theory, call, values),
    };
    const note = `${operation.name} took effect at a moment of the call at which its result was right`;
    const choice: GhostStep['choices'][number] = {
      kind: 'hindsight',
      span: this.currentSpan(path),
      text: operation.name,
      note,
    };
    const status = { kind: 'done', results: values } as const;
    const pending = withStatus(path.state.pending, thread, PendingTable.nothing);
    const after = { ...path, state: { ...path.state, pending }, status };
    const step = { ...noGhostStep(after.state, status), choices: [choice] };
    return {
      path: after,
      demands: [demand, ...this.outcome(after, values)],
      step,
    };
  }

  private outcome(after: Path, values: readonly SymbolicValue[]): readonly Demand[] {
    const { status } = after;
    const hypotheses = knownOn(after);
    const name = this.operation.name;
    const leak = this.discipline.leaks(after, 'at return');
    if (status.kind !== 'done') {
      const title = `${name} takes effect before it returns: no step was found at which it can`;
      return [...leak, { code: 'effect', fact: null, title, conjunct: null, hypotheses, goal: FALSE }];
    }
    const results = status.results.map((result, index): Demand => {
      const local = this.operation.locals[this.operation.parameterCount + index];
      if (local === undefined) throw new Error('an op with more results than declared');
      const goal = equalValues(local.type, values[index] ?? [], result);
      const what = status.results.length === 1 ? 'the result' : `result ${index + 1}`;
      const title = `${what} of ${name} is the one that the specification gives`;
      return { code: 'result', fact: `${index + 1}`, title, conjunct: null, hypotheses, goal };
    });
    return [...leak, ...results];
  }
}
