import { createHash } from 'node:crypto';
import { type Model, readModel } from './model.js';
import { Pool, type RawAnswer } from './pool.js';
import { queryKey } from './query-key.js';
import { FEW, type PreparedQuery, type Query, prepare } from './query.js';
import type { Script } from './smtlib.js';

export interface SolverOptions {
  /** How many solvers may run at the same time. */
  readonly jobs: number;
  /** The budget of each attempt in the solver's deterministic resource units. */
  readonly rlimit: number;
  /** Wall time for each attempt, as a backstop. */
  readonly timeoutSeconds: number;
  readonly seed: number;
}

export interface AnswerStatistics {
  /** Resource units used, over all attempts. */
  readonly rlimit: number;
  readonly ms: number;
  /** How many scripts were asked; 0 where simplification decided. */
  readonly attempts: number;
  /** Whether the solver was asked with quantifiers left in. */
  readonly quantified: boolean;
  /** Whether attempts were left out because the query asked for a quick answer. */
  readonly cut: boolean;
  /** The script that gave the answer, before `check-sat`; empty where there is none, and for a query that was asked before. */
  readonly script: string;
}

export type UnknownReason = 'resource limit' | 'timeout' | 'incomplete' | 'solver error';

/**
 * Only `proved` says that the goal follows. A `trusted` model satisfies the query at all indices that occur in it (at
 * others the values of arrays are arbitrary); one that is not may contradict a hypothesis that was not instantiated far enough.
 */
export type Answer = AnswerStatistics &
  (
    | { readonly status: 'proved' }
    | {
        readonly status: 'refuted';
        /** Asks again, for the model; null where the solver does not give the same answer in a form that is understood. */
        readonly model: () => Promise<Model | null>;
        readonly trusted: boolean;
      }
    | { readonly status: 'unknown'; readonly reason: UnknownReason; readonly message: string }
  );

export interface SolverStatistics {
  readonly queries: number;
  readonly byteSize: number;
  readonly ms: number;
  readonly maxMs: number;
  readonly quantified: number;
  readonly unknown: number;
  readonly memoryBytes: number;
}

export interface Solver {
  /** Answers one query; never rejects because of the solver. */
  check(query: Query): Promise<Answer>;
  statistics(): SolverStatistics;
  /** Ends all threads. */
  close(): Promise<void>;
}

/** The meaning of one script's output. */
type Outcome = { readonly ms: number; readonly rlimit: number } & (
  | { readonly kind: 'unsat' }
  | { readonly kind: 'sat' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly message: string }
);

function broken(message: string, ms = 0, rlimit = 0): Outcome {
  return { kind: 'unknown', reason: 'solver error', message, ms, rlimit };
}

function unknownReason(detail: string): UnknownReason {
  if (/resource|canceled|cancelled/.test(detail)) return 'resource limit';
  return detail.includes('memory') ? 'solver error' : 'incomplete';
}

/** What is printed when the budget ends while the script is being read. */
const OUT_OF_RESOURCES = /^\(error "[^"]*canceled"\)/;

/** Anything but the exact expected words is an error: a script with a mistake in it must never count as an answer. */
function interpret(raw: RawAnswer, timeoutSeconds: number): Outcome {
  if (raw.kind === 'broken') return broken(raw.message);
  if (raw.kind === 'timeout') {
    const message = `no answer within ${timeoutSeconds} s`;
    return { kind: 'unknown', reason: 'timeout', message, ms: timeoutSeconds * 1000, rlimit: 0 };
  }
  const { verdict, detail, ms } = raw;
  const rlimit = Number(/^\(:rlimit ([0-9]+)\)$/.exec(raw.rlimit)?.[1] ?? 0);
  if (verdict === 'unsat') return { kind: 'unsat', ms, rlimit };
  if (verdict === 'unknown')
    return { kind: 'unknown', reason: unknownReason(detail), message: detail, ms, rlimit };
  if (OUT_OF_RESOURCES.test(verdict)) {
    return { kind: 'unknown', reason: 'resource limit', message: 'canceled', ms, rlimit };
  }
  if (verdict !== 'sat') return broken(verdict === '' ? 'empty answer' : verdict, ms, rlimit);
  return { kind: 'sat', ms, rlimit };
}

/** Without its look at each query the solver takes a quarter less time on small ones. */
const FIXED_OPTIONS = '(set-option :auto_config false)\n';

/** The fall-back with quantifiers gets this part of the budget: where it finds no answer soon, it finds none. */
const FALLBACK_SHARE = 10;

class PooledSolver implements Solver {
  private readonly pool: Pool;
  /** By digest of the text, which may be long; the names in a model mean different things to different queries, so it is read anew for each. */
  private readonly answers = new Map<string, Promise<RawAnswer>>();
  /** By key of the query; a model is made anew for each query, since it speaks of the query's own symbols. */
  private readonly briefly = new Map<string, Promise<Answer>>();
  private readonly thoroughly = new Map<string, Promise<Answer>>();
  private readonly totals = { queries: 0, byteSize: 0, ms: 0, maxMs: 0, quantified: 0, unknown: 0 };

  constructor(private readonly options: SolverOptions) {
    this.pool = new Pool(Math.max(1, options.jobs), options.timeoutSeconds);
  }

  async check(query: Query): Promise<Answer> {
    this.totals.queries++;
    const answer = await this.knownOrNew(query);
    if (answer.quantified) this.totals.quantified++;
    if (answer.status === 'unknown') this.totals.unknown++;
    return answer;
  }

  /** First with the instances that most often suffice: `unsat` of them is a proof, and any other answer counts for a quick answer only. */
  private async answer(query: Query): Promise<Answer> {
    const quick = query.quick === true;
    const few = prepare(query, FEW);
    if (few.decided) return decidedAnswer();
    if (!few.quantified) return this.attempt(few, quick);
    const answer = await this.attempt(few, true);
    if (answer.status === 'proved' || quick) return answer;
    const prepared = prepare(query);
    return prepared.decided ? decidedAnswer() : this.attempt(prepared, false);
  }

  /** What is proved quickly is proved, and where nothing was left out there is nothing more to try. */
  private async knownOrNew(query: Query): Promise<Answer> {
    const key = queryKey(query);
    const brief = await this.briefly.get(key);
    if (brief !== undefined && (query.quick === true || brief.status === 'proved' || !brief.cut))
      return this.renamed(brief, query);
    const answers = query.quick === true ? this.briefly : this.thoroughly;
    const known = answers.get(key);
    if (known !== undefined) return this.renamed(await known, query);
    const answer = this.answer(query);
    answers.set(key, answer.then(withoutText));
    return answer;
  }

  /** The answer to a query that differs from this one in the names of symbols. */
  private renamed(answer: Answer, query: Query): Answer {
    if (answer.status !== 'refuted') return answer;
    const model = async (): Promise<Model | null> => {
      const own = await this.answer(query);
      return own.status === 'refuted' ? own.model() : null;
    };
    return { ...answer, model };
  }

  statistics(): SolverStatistics {
    return { ...this.totals, memoryBytes: this.pool.memoryBytes };
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** First with slow operations left open, then exactly, then, where instantiation was cut short, with quantifiers. */
  private async attempt(prepared: PreparedQuery, quick: boolean): Promise<Answer> {
    const first: Script = {
      text: prepared.smt,
      symbols: prepared.symbols,
      abstracted: prepared.exact !== undefined,
    };
    const scripts = [first, ...(prepared.exact && !quick ? [prepared.exact] : [])];
    const cut = quick && (prepared.exact !== undefined || prepared.fallback !== undefined);
    let statistics: AnswerStatistics = { rlimit: 0, ms: 0, attempts: 0, quantified: false, cut, script: '' };
    let last: Answer | undefined;
    for (const script of scripts) {
      const outcome = await this.ask(script);
      statistics = addOutcome(statistics, outcome, script.text);
      const trusted = prepared.saturated && !script.abstracted;
      last = this.answerOf(outcome, statistics, trusted, script);
      if (outcome.kind !== 'sat') break;
    }
    const { fallback } = prepared;
    if (last?.status === 'refuted' && fallback && !quick) {
      const outcome = await this.ask(fallback, Math.ceil(this.options.rlimit / FALLBACK_SHARE));
      statistics = { ...addOutcome(statistics, outcome, fallback.text), quantified: true };
      if (outcome.kind !== 'unknown')
        return this.answerOf(outcome, statistics, outcome.kind === 'sat', fallback);
      return { ...last, ...statistics, script: last.script };
    }
    if (last === undefined) throw new Error('a query without scripts');
    return last;
  }

  private async ask(script: Script, rlimit = this.options.rlimit): Promise<Outcome> {
    const text = this.scriptText(script, rlimit);
    const key = createHash('sha256').update(text).digest('base64');
    const known = this.answers.get(key);
    const answer = known ?? this.pool.run(text, false);
    this.answers.set(key, answer);
    const outcome = interpret(await answer, this.options.timeoutSeconds);
    if (!known) {
      this.totals.byteSize += script.text.length;
      this.totals.ms += outcome.ms;
      this.totals.maxMs = Math.max(this.totals.maxMs, outcome.ms);
    }
    return outcome;
  }

  private scriptText(script: Script, rlimit = this.options.rlimit): string {
    const options = `(set-option :rlimit ${rlimit})\n(set-option :smt.random_seed ${this.options.seed})\n`;
    return options + FIXED_OPTIONS + script.text;
  }

  private answerOf(outcome: Outcome, statistics: AnswerStatistics, trusted: boolean, script: Script): Answer {
    switch (outcome.kind) {
      case 'unsat':
        return { ...statistics, status: 'proved' };
      case 'sat':
        return { ...statistics, status: 'refuted', model: () => this.model(script), trusted };
      case 'unknown':
        return { ...statistics, status: 'unknown', reason: outcome.reason, message: outcome.message };
    }
  }

  private async model(script: Script): Promise<Model | null> {
    const raw = await this.pool.run(this.scriptText(script), true);
    if (raw.kind !== 'output' || raw.verdict !== 'sat') return null;
    try {
      return readModel(raw.detail, script.symbols);
    } catch {
      return null;
    }
  }
}

/** What is kept of an answer: the texts of all queries together would be too much. */
function withoutText(answer: Answer): Answer {
  const kept = { ...answer, script: '' };
  return kept.status === 'refuted' ? { ...kept, model: () => Promise.resolve(null) } : kept;
}

function decidedAnswer(): Answer {
  return { status: 'proved', rlimit: 0, ms: 0, attempts: 0, quantified: false, cut: false, script: '' };
}

function addOutcome(statistics: AnswerStatistics, outcome: Outcome, script: string): AnswerStatistics {
  return {
    rlimit: statistics.rlimit + outcome.rlimit,
    ms: statistics.ms + outcome.ms,
    attempts: statistics.attempts + 1,
    quantified: statistics.quantified,
    cut: statistics.cut,
    script,
  };
}

/** A solver over worker threads; the first one is started at once. */
export function createSolver(options: SolverOptions): Solver {
  return new PooledSolver(options);
}

/** The same solver, where queries go through `check`. */
export function withCheck(solver: Solver, check: Solver['check']): Solver {
  return { check, statistics: () => solver.statistics(), close: () => solver.close() };
}
