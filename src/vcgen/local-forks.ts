import type { Term } from '../encoding/index.js';
import { and, ite, not, or, TRUE } from '../encoding/index.js';
import type { Expression, Instruction, Local } from '../ir/index.js';
import type { LocalDriver, Stop } from '../semantics/index.js';
import { advance, evaluateLocal } from '../semantics/index.js';
import type { SymbolicValue } from './layout.js';
import { symbolicConstant } from './layout.js';
import { assuming, knownOn, type Path } from './path.js';
import { leaf, symbolicDomain, UnsupportedByProver } from './symbolic-domain.js';
import type { Theory } from './theory.js';
import type { Demand, InstructionOf } from './mode.js';

/** One way through thread-local code to the next instruction that is not local, and what is demanded on the way. */
export interface LocalFork {
  readonly path: Path;
  readonly instruction: Stop;
  readonly demands: readonly { readonly demand: Demand; readonly source: Instruction }[];
}

/** Ways through the branches of local code that are still walked one by one. */
const MOST_UNMERGED_FORKS = 4;
const MOST_FORKS = 512;

/**
 * Runs local instructions up to the next stop, once for each way through the branches on the way; where there are many, those that
 * go on alike are taken together.
 */
export function localForks(theory: Theory, path: Path): readonly LocalFork[] {
  const forks: LocalFork[] = [];
  const open: boolean[][] = [[]];
  for (let script = open.pop(); script !== undefined; script = open.pop()) {
    const run = new LocalRun(theory, path, script);
    const locals = [...path.locals];
    const stop = advance(symbolicDomain, run, path.code, path.position, locals);
    const reached = { ...assuming(path, ...run.conditions), locals, position: stop.position };
    forks.push({ path: reached, instruction: stop.instruction, demands: run.demands });
    open.push(...run.alternatives);
    if (forks.length > MOST_FORKS) {
      throw new UnsupportedByProver(
        `more than ${MOST_FORKS} ways through ${path.code.name} between two of its steps`,
      );
    }
  }
  return forks.length > MOST_UNMERGED_FORKS ? mergedForks(path, forks) : forks;
}

/** With more ways than this through the branches behind a step, ghost steps are chosen without regard to them. */
const MOST_WAYS = 8;

/**
 * For each way through the branches of the local code that follows, the condition to go it. One of them holds: they are about
 * nothing but the branches, so that a check on the way is still to be proved under its condition.
 */
export function branchConditions(theory: Theory, path: Path): readonly Term[] {
  const conditions: Term[] = [];
  const open: boolean[][] = [[]];
  for (let script = open.pop(); script !== undefined; script = open.pop()) {
    const run = new LocalRun(theory, path, script);
    advance(symbolicDomain, run, path.code, path.position, [...path.locals]);
    // What is chosen may decide a branch, and is another value in each run.
    if (run.chose) return [TRUE];
    conditions.push(and(run.branches));
    open.push(...run.alternatives);
    if (conditions.length + open.length > MOST_WAYS) return [TRUE];
  }
  return conditions;
}

/** The value of an expression of the code at this point of a path. */
export function localValue(theory: Theory, path: Path, expression: Expression): SymbolicValue {
  return evaluateLocal(symbolicDomain, new LocalRun(theory, path, []), path.locals, expression);
}

/**
 * Whether the first condition behind a position is known there: a loop's own, or that of the first way out of it. Before it there are only
 * instructions that go straight on.
 */
export function firstBranchIsKnown(theory: Theory, path: Path, from: number): boolean {
  const run = new LocalRun(theory, path, []);
  const locals = [...path.locals];
  for (let position = from; ; position++) {
    const instruction = path.code.instructions[position];
    switch (instruction?.kind) {
      case 'assign':
        locals[instruction.local] = evaluateLocal(symbolicDomain, run, locals, instruction.value);
        break;
      case 'choose': {
        const local = path.code.locals[instruction.local];
        if (local === undefined) return false;
        locals[instruction.local] = run.choose(local);
        break;
      }
      case 'check':
      case 'assume':
        break;
      case 'branch':
        return (
          symbolicDomain.known(evaluateLocal(symbolicDomain, run, locals, instruction.condition)) !== null
        );
      default:
        return false;
    }
  }
}

/** Ways that demand nothing and end at the same place, as one: locals are conditionals over the ways' conditions. */
function mergedForks(path: Path, forks: readonly LocalFork[]): readonly LocalFork[] {
  const places = new Map<string, LocalFork[]>();
  forks.forEach((fork, index) => {
    const key = fork.demands.length === 0 ? String(fork.path.position) : `alone ${index}`;
    places.set(key, [...(places.get(key) ?? []), fork]);
  });
  return [...places.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return group;
    const guards = group.map((fork) => and(fork.path.hypotheses.slice(path.hypotheses.length)));
    const locals = first.path.locals.map((_, local) =>
      group
        .map((fork) => fork.path.locals[local] ?? [])
        .reduceRight((rest, value, index) =>
          value.map((term, leaf) => ite(guards[index] ?? TRUE, term, rest[leaf] ?? term)),
        ),
    );
    return [{ ...first, path: { ...assuming(path, or(guards)), locals, position: first.path.position } }];
  });
}

const CHECK_TITLES: Readonly<Record<InstructionOf<'check'>['code'], string>> = {
  bounds: 'the index is in range',
  division: 'the divisor is not zero',
  nil: 'the pointer is not nil',
  overflow: 'the arithmetic does not overflow',
  assertion: 'the assertion holds',
  panic: 'this is not reached',
};

/** One way through the branches of thread-local code. */
class LocalRun implements LocalDriver<SymbolicValue> {
  readonly conditions: Term[] = [];
  /** Those of the conditions that are about branches. */
  readonly branches: Term[] = [];
  readonly demands: LocalFork['demands'][number][] = [];
  readonly alternatives: boolean[][] = [];
  /** Whether a value was chosen. */
  chose = false;
  private readonly taken: boolean[] = [];

  constructor(
    private readonly theory: Theory,
    private readonly path: Path,
    private readonly script: readonly boolean[],
  ) {}

  parameter(name: string): SymbolicValue {
    return this.theory.parameter(name);
  }

  state(variable: string): SymbolicValue {
    const value = this.path.state.variables.get(variable);
    if (value === undefined) throw new Error(`no state variable ${variable}`);
    return value;
  }

  pending(
    thread: SymbolicValue,
    operation: string,
    section: number,
    args: readonly SymbolicValue[],
  ): SymbolicValue {
    return [this.theory.pendingTable.atom(this.path.state.pending, leaf(thread), operation, section, args)];
  }

  branch(condition: SymbolicValue): boolean {
    const scripted = this.script[this.taken.length];
    if (scripted === undefined) this.alternatives.push([...this.taken, false]);
    const taken = scripted ?? true;
    this.taken.push(taken);
    const known = taken ? leaf(condition) : not(leaf(condition));
    this.conditions.push(known);
    this.branches.push(known);
    return taken;
  }

  choose(local: Local): SymbolicValue {
    this.chose = true;
    return symbolicConstant(this.theory.freshName(local.name), local.type);
  }

  check(condition: SymbolicValue, instruction: InstructionOf<'check'>): void {
    const demand: Demand = {
      code: instruction.code,
      fact: null,
      title: `${CHECK_TITLES[instruction.code]}: ${instruction.message}`,
      conjunct: null,
      hypotheses: [...knownOn(this.path), ...this.conditions],
      goal: leaf(condition),
    };
    this.demands.push({ demand, source: instruction });
    this.conditions.push(leaf(condition));
  }

  assume(condition: SymbolicValue): void {
    this.conditions.push(leaf(condition));
  }
}
