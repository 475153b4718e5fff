import type { Span } from '../base/source.js';
import type { Solver } from '../encoding/index.js';
import type { Code, Implementation, LeftBehind, Procedure, System } from '../ir/index.js';
import { leftBehind, leftBehindNote } from '../ir/index.js';
import { InitialisationMode, HELP_BUDGET, RecoveryMode } from './alone-mode.js';
import type { CheckResult } from './check.js';
import { check, combine, contradictory, EMPTY_ATTEMPT, isProved, stepAttempt, succeeded } from './check.js';
import { mayTakeEffectEarlier } from './hindsight.js';
import { required } from './contracts.js';
import { symbolicConstant } from './layout.js';
import { crashStability, packageChecks } from './layer-facts.js';
import type { GhostChoice, Obligation, ProofReport } from './obligation.js';
import { obligationsOf } from './obligations.js';
import { knownOn, type Path } from './path.js';
import { ProcedureMode } from './procedure-mode.js';
import { RunningMode } from './running-mode.js';
import { freshState } from './state.js';
import { leaf, symbolicDomain } from './symbolic-domain.js';
import { Theory } from './theory.js';
import type { OutcomePolicy } from './outcomes.js';
import { Outlook } from './outlook.js';
import { type Treated, type Walked, withOutcomes } from './treatments.js';
import { neverReached, unitSteps } from './unreached.js';
import type { UnitSteps } from './unreached.js';
import { Walker } from './walker.js';

export interface ProveOptions {
  /** Only obligations whose op or id contains this. */
  readonly filter?: string;
  readonly onProgress?: (obligation: { readonly operation: string | null; readonly text: string }) => void;
  /** Whether an execution is found that the specification does not allow. Asked at most once, when a proof is in doubt. */
  readonly isRefuted?: () => Promise<boolean>;
}

/**
 * Generates every obligation of a system and asks the solver for each. Throws {@link UnsupportedByProver} for a
 * construct that only the explorer knows.
 */
export async function prove(
  system: System,
  solver: Solver,
  options: ProveOptions = {},
): Promise<ProofReport> {
  const frozen = frozenMemory(system);
  const outlook = new Outlook(
    system.implementations.length + system.procedures.length + 3,
    options.isRefuted,
  );
  const units: (() => Promise<Unit>)[] = [
    () => provePackage(system, solver, outlook),
    ...system.implementations.map(
      (implementation) => () => proveOperation(system, solver, outlook, implementation, frozen, options),
    ),
    ...system.procedures.map(
      (procedure) => () => proveProcedure(system, solver, outlook, procedure, options),
    ),
    () => proveRecovery(system, solver, outlook, options),
    () => proveInitialisation(system, solver, outlook, options),
  ];
  const proofs = await fewAtOnce(units);
  const isSettled = await outlook.isSettled();
  const reports = await Promise.all(proofs.map((unit) => unit(isSettled)));
  const keep = (obligation: Obligation): boolean =>
    options.filter === undefined ||
    obligation.operation === options.filter ||
    obligation.id.includes(options.filter);
  const obligations = [...reports.flatMap((report) => report.obligations), ...neverReached(reports)];
  return {
    obligations: obligations.filter(keep),
    choices: [...reports.flatMap((report) => report.choices), ...leftBehind(system).map(goroutineChoice)],
  };
}

function goroutineChoice(each: LeftBehind): GhostChoice {
  const { operation, source } = each;
  return { kind: 'goroutine', operation, span: source.span, text: source.text, note: leftBehindNote(each) };
}

interface UnitReport {
  readonly obligations: readonly Obligation[];
  readonly choices: readonly GhostChoice[];
  readonly steps: UnitSteps;
}

/** What came of a part of the package that is proved on its own. Where it is settled that it cannot be proved, what cheap attempts gave is reported. */
type Unit = (isSettled: boolean) => Promise<UnitReport>;

/** Enough to keep the solvers busy; more would only hold more terms at the same time. */
const UNITS_AT_ONCE = 16;

/** Runs all of the work, some of it at the same time; the results are in the order of the work. */
async function fewAtOnce<T>(work: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const results: T[] = [];
  const queue = work.entries();
  const next = async (): Promise<void> => {
    for (const [index, unit] of queue) results[index] = await unit();
  };
  await Promise.all(Array.from({ length: UNITS_AT_ONCE }, next));
  return results;
}

async function provePackage(system: System, solver: Solver, outlook: Outlook): Promise<Unit> {
  const results = await packageChecks(new Theory(system), solver);
  if (results.every(isProved)) outlook.proved();
  return async () => ({
    obligations: await obligationsOf(null, results),
    choices: [],
    steps: { reached: new Set(), unreached: [], inBoot: null },
  });
}

/** What is proved is reported at once, so that its terms need not be kept; of the rest the report depends on the other parts. */
async function unitOf(
  operation: string,
  outlook: Outlook,
  { cheap, best }: Treated,
  codes: readonly Code[],
  more: readonly CheckResult[] = [],
): Promise<Unit> {
  const isProvedUnit = succeeded(best.attempt) && more.every(isProved);
  if (!isProvedUnit) return (isSettled) => report(operation, isSettled ? cheap : best, codes, more);
  outlook.proved();
  const proved = await report(operation, best, codes, more);
  return () => Promise.resolve(proved);
}

async function report(
  operation: string,
  walked: Walked,
  codes: readonly Code[],
  more: readonly CheckResult[],
): Promise<UnitReport> {
  const { walker, attempt } = walked;
  const { boot } = walker.theory.system;
  // Whoever does not get through boot at all does not establish anything.
  const bootIsRun = boot !== null && codes.includes(boot) && succeeded(attempt) && endIsReached(walker, boot);
  const choices = attempt.choices.map((choice): GhostChoice => ({ ...choice, operation }));
  return {
    obligations: await obligationsOf(operation, [...more, ...attempt.results]),
    steps: unitSteps(operation, codes, bootIsRun ? boot : null, (each) =>
      succeeded(attempt) ? walker.reached.has(each) : null,
    ),
    choices: choices.filter(
      (choice, index) =>
        choices.findIndex(
          (each) => each.note === choice.note && each.span.start.offset === choice.span.start.offset,
        ) === index,
    ),
  };
}

function endIsReached(walker: Walker, code: Code): boolean {
  return code.instructions.some((each) => each.kind === 'return' && walker.reached.has(each));
}

async function proveOperation(
  system: System,
  solver: Solver,
  outlook: Outlook,
  implementation: Implementation,
  frozen: ReadonlySet<string>,
  options: ProveOptions,
): Promise<Unit> {
  const name = implementation.operation;
  const { code } = implementation;
  const operation = system.specificationOperations.find((each) => each.name === name);
  if (operation === undefined) throw new Error(`no op ${name}`);
  const walk = (inHindsight: boolean): Promise<Treated> =>
    withOutcomes(solver, outlook, (policy, chosen) => walkOperation(chosen, policy, inHindsight));
  const walkOperation = async (
    chosen: Solver,
    policy: OutcomePolicy,
    inHindsight: boolean,
  ): Promise<Walked> => {
    const theory = new Theory(system);
    const self = leaf(symbolicConstant(theory.freshName('self'), { kind: 'thread' }));
    const args = operation.locals
      .slice(0, operation.parameterCount)
      .map((local) => symbolicConstant(theory.freshName(local.name), local.type));
    const mode = new RunningMode(theory, implementation, operation, self, args, frozen, inHindsight);
    const walker = new Walker(theory, chosen, mode, policy, progress(options, name));
    const { before, after } = mode.invocation(freshState(system, theory.pendingTable, theory.freshName('')));
    const start = mode.interference({
      ...after,
      depth: 1,
      trail: [{ span: implementation.span, text: `${name} is called`, note: null }],
    });
    // Whoever can go on after the call can call.
    const callable = !(await contradictory(chosen, [...theory.base, ...knownOn(start)]));
    if (!callable && (await contradictory(chosen, [...theory.base, ...knownOn(before)])))
      return { attempt: EMPTY_ATTEMPT, walker };
    const results = await Promise.all(
      mode.facts(before, after).map((demand) =>
        check(chosen, {
          ...demand,
          step: 'call',
          title: `when ${name} is called, ${demand.title}`,
          span: implementation.span,
          hypotheses: [...theory.base, ...demand.hypotheses],
          scene: null,
        }),
      ),
    );
    const called = stepAttempt(results, 0);
    // An op whose `require` no call can meet is not proved of anything: none of its steps counts as reached.
    if (!callable || !succeeded(called)) return { attempt: called, walker };
    return { attempt: combine([called, await walker.walk(start)]), walker };
  };
  const direct = await walk(false);
  if (succeeded(direct.best.attempt) || !mayTakeEffectEarlier(operation, code))
    return unitOf(name, outlook, direct, [code]);
  const earlier = await walk(true);
  return unitOf(name, outlook, succeeded(earlier.best.attempt) ? earlier : direct, [code]);
}

async function proveProcedure(
  system: System,
  solver: Solver,
  outlook: Outlook,
  procedure: Procedure,
  options: ProveOptions,
): Promise<Unit> {
  const { name, code } = procedure;
  const treated = await withOutcomes(solver, outlook, async (policy, chosen) => {
    const theory = new Theory(system);
    const args = procedure.parameters.map((local) => {
      const declared = code.locals[local];
      if (declared === undefined) throw new Error(`${name} has no local ${local}`);
      return symbolicConstant(theory.freshName(declared.name), declared.type);
    });
    const mode = new ProcedureMode(theory, procedure, args);
    const walker = new Walker(theory, chosen, mode, policy, progress(options, name));
    const state = freshState(system, theory.pendingTable, theory.freshName(''));
    const begun = startPath([code], { state, hypotheses: [], budget: 0 });
    const path = required(theory, begun, procedure, args);
    if (await contradictory(chosen, [...theory.base, ...knownOn(path)]))
      return { attempt: EMPTY_ATTEMPT, walker };
    return { attempt: await walker.walk(path), walker };
  });
  return unitOf(name, outlook, treated, [code]);
}

function progress(options: ProveOptions, operation: string): (text: string) => void {
  return (text) => options.onProgress?.({ operation, text });
}

/** Package variables that no op stores to. */
function frozenMemory(system: System): ReadonlySet<string> {
  const stores = new Map(
    system.machineOperations.flatMap(({ name, role }): [string, string][] =>
      role.kind === 'store' ? [[name, role.variable]] : [],
    ),
  );
  const stored = new Set(
    system.implementations.flatMap(({ code }) =>
      code.instructions.flatMap((instruction) => {
        const variable = instruction.kind === 'call' ? stores.get(instruction.operation) : undefined;
        return variable === undefined ? [] : [variable];
      }),
    ),
  );
  const memory = system.state.filter((variable) => variable.origin === 'memory');
  return new Set(memory.map((variable) => variable.name).filter((name) => !stored.has(name)));
}

/** Code that returns at once, in place of a function that the package does not have. */
function doNothing(name: string, span: Span): Code {
  const source = { span, text: `${name} does nothing`, callers: [] };
  return {
    name,
    locals: [],
    parameterCount: 0,
    instructions: [{ kind: 'return', values: [], source }],
    span,
  };
}

function startPath(codes: readonly Code[], path: Pick<Path, 'state' | 'hypotheses' | 'budget'>): Path {
  const [code, ...next] = codes;
  if (code === undefined) throw new Error('no code to start with');
  const locals = code.locals.map((local) => symbolicDomain.zero(local.type));
  return {
    ...path,
    code,
    next,
    position: 0,
    locals,
    held: [],
    status: { kind: 'none' },
    loops: new Map(),
    rounds: 0,
    ambient: [],
    moments: [],
    mentioned: [],
    hint: null,
    claims: [],
    depth: 0,
    begun: [],
    tookApart: false,
    trail: [],
  };
}

async function proveRecovery(
  system: System,
  solver: Solver,
  outlook: Outlook,
  options: ProveOptions,
): Promise<Unit> {
  const span = system.recovery?.span ?? system.span;
  const codes = [
    system.recovery ?? doNothing('recovery', span),
    ...(system.boot === null ? [] : [system.boot]),
  ];
  let stability: readonly CheckResult[] = [];
  const treated = await withOutcomes(solver, outlook, async (policy, chosen) => {
    const theory = new Theory(system);
    const mode = new RecoveryMode(theory);
    const walker = new Walker(theory, chosen, mode, policy, progress(options, 'recovery'));
    const { state, hypotheses } = mode.start(freshState(system, theory.pendingTable, theory.freshName('')));
    if (await contradictory(chosen, [...theory.base, ...hypotheses]))
      return { attempt: EMPTY_ATTEMPT, walker };
    stability = await Promise.all(
      crashStability(theory, state, [...theory.base, ...hypotheses]).map((demand) =>
        check(chosen, { ...demand, scene: null }),
      ),
    );
    const path = startPath(codes, { state, hypotheses, budget: HELP_BUDGET });
    return { attempt: await walker.walk(path), walker };
  });
  return unitOf('recovery', outlook, treated, codes, stability);
}

async function proveInitialisation(
  system: System,
  solver: Solver,
  outlook: Outlook,
  options: ProveOptions,
): Promise<Unit> {
  const span = system.initialisation?.span ?? system.span;
  const codes = [
    system.initialisation ?? doNothing('initialisation', span),
    ...(system.boot === null ? [] : [system.boot]),
  ];
  const treated = await withOutcomes(solver, outlook, async (policy, chosen) => {
    const theory = new Theory(system);
    const mode = new InitialisationMode(theory);
    const walker = new Walker(theory, chosen, mode, policy, progress(options, 'initialisation'));
    const state = mode.start(freshState(system, theory.pendingTable, theory.freshName('')));
    const hypotheses = mode.known(state);
    if (await contradictory(chosen, [...theory.base, ...hypotheses]))
      return { attempt: EMPTY_ATTEMPT, walker };
    return { attempt: await walker.walk(startPath(codes, { state, hypotheses, budget: 0 })), walker };
  });
  return unitOf('initialisation', outlook, treated, codes);
}
