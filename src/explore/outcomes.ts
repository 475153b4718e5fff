import { present } from '../base/present.js';
import type { Span } from '../base/source.js';
import type { Operation, Type } from '../ir/index.js';
import type { Driver } from '../semantics/index.js';
import { Abandoned, executeCrash, executeSection } from '../semantics/index.js';
import type { Program, Side } from './program.js';
import type { Value } from './value.js';

/** One way in which an atomic section can go. `decisions` are the alternatives that it took, enough to run it again. */
export type SectionOutcome =
  | { readonly kind: 'undefined'; readonly span: Span; readonly decisions: readonly number[] }
  | {
      readonly kind: 'done';
      readonly state: readonly Value[];
      readonly locals: readonly Value[];
      /** Null: the op goes on with its next section. */
      readonly results: readonly Value[] | null;
      readonly decisions: readonly number[];
    };

export interface CrashOutcome {
  readonly state: readonly Value[];
  readonly decisions: readonly number[];
}

/** Thrown at a `require` that does not hold. */
class Undefined extends Error {
  constructor(readonly span: Span) {
    super('undefined');
  }
}

/** Answers the decisions of one run: first those of the script, then the first alternative each time. */
class Decisions {
  readonly taken: number[] = [];
  readonly counts: number[] = [];

  constructor(private readonly script: readonly number[]) {}

  pick(count: number): number {
    if (count === 0) throw new Abandoned();
    const choice = this.script[this.taken.length] ?? 0;
    if (choice >= count) throw new Error('a decision is out of range');
    this.taken.push(choice);
    this.counts.push(count);
    return choice;
  }

  /** The script of the next run in depth-first order; null after the last one. */
  next(): readonly number[] | null {
    for (let index = this.taken.length - 1; index >= 0; index -= 1) {
      const choice = (this.taken[index] ?? 0) + 1;
      if (choice < (this.counts[index] ?? 0)) return [...this.taken.slice(0, index), choice];
    }
    return null;
  }
}

/** Every outcome of a section; none where it has to wait. */
export function sectionOutcomes(
  program: Program,
  side: Side,
  state: readonly Value[],
  operation: Operation,
  section: number,
  locals: readonly Value[],
): readonly SectionOutcome[] {
  return allRuns(program, (decisions): SectionOutcome => {
    const run = new StateDriver(program, side, state, decisions);
    const own = [...locals];
    program.universe.enter([...state, ...own]);
    try {
      const outcome = executeSection(program.domain, run, operation, section, own);
      const results = outcome.returned ? outcome.results : null;
      return { kind: 'done', state: run.state, locals: own, results, decisions: decisions.taken };
    } catch (error) {
      if (error instanceof Undefined)
        return { kind: 'undefined', span: error.span, decisions: decisions.taken };
      throw error;
    }
  });
}

/** Every state that a layer's crash can leave. A `require` in a crash has nobody to blame: its run is left out. */
export function crashOutcomes(
  program: Program,
  side: Side,
  state: readonly Value[],
): readonly CrashOutcome[] {
  const transitions = program.system[side.name];
  return allRuns(program, (decisions): CrashOutcome => {
    const run = new StateDriver(program, side, state, decisions);
    program.universe.enter(state);
    try {
      executeCrash(program.domain, run, transitions, side.variables);
      return { state: run.state, decisions: decisions.taken };
    } catch (error) {
      if (error instanceof Undefined) throw new Abandoned();
      throw error;
    }
  });
}

function allRuns<T>(program: Program, run: (decisions: Decisions) => T): readonly T[] {
  const results: T[] = [];
  for (let script: readonly number[] | null = []; script !== null;) {
    program.deadline.check();
    const decisions: Decisions = new Decisions(script);
    try {
      results.push(run(decisions));
    } catch (error) {
      if (!(error instanceof Abandoned)) throw error;
    }
    script = decisions.next();
  }
  return results;
}

/** Runs statements on a copy of a state. */
class StateDriver implements Driver<Value> {
  readonly state: Value[];

  constructor(
    private readonly program: Program,
    private readonly side: Side,
    private readonly before: readonly Value[],
    private readonly decisions: Decisions,
  ) {
    this.state = [...before];
  }

  branch(): boolean {
    throw new Error('every condition is known');
  }

  either(count: number): number {
    return this.decisions.pick(count);
  }

  choose(type: Type, _name: string, span: Span): Value {
    const candidates = this.program.universe.candidates(type, span);
    return present(candidates[this.decisions.pick(candidates.length)]);
  }

  assume(condition: Value): void {
    if (condition !== true) throw new Abandoned();
  }

  require(condition: Value, span: Span): void {
    if (condition !== true) throw new Undefined(span);
  }

  read(variable: string, old: boolean): Value {
    return present((old ? this.before : this.state)[this.position(variable)]);
  }

  write(variable: string, value: Value): void {
    this.state[this.position(variable)] = value;
  }

  parameter(name: string): Value {
    return this.program.parameter(name);
  }

  pending(): Value {
    throw new Error('an operation of a layer cannot speak of pending calls');
  }

  private position(variable: string): number {
    const position = this.side.index.get(variable);
    if (position === undefined) throw new Error(`${variable} is no variable of the ${this.side.name}`);
    return position;
  }
}
