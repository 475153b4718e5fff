import type { Span } from '../base/source.js';
import type { Code, System } from '../ir/index.js';
import { invokedFrom, procedureOf } from '../ir/index.js';
import type { Execution } from '../trace/index.js';
import type { Access, Obligation } from '../vcgen/index.js';
import { racingAccesses } from '../vcgen/index.js';
import type { AccessVerdict, Location, ObligationVerdict } from './run.js';

/**
 * Gives every obligation of a package its verdict. `violation` is a replayed execution of the explorer's, or null: failed
 * obligations are refuted by it where it passes through their function; when it passes through none, by all (it shows that the
 * package is wrong, and something had to fail). Without failed obligations it refutes those that the solver did not answer.
 */
export function judge(
  system: System,
  obligations: readonly Obligation[],
  violation: Execution | null,
  locate: (span: Span) => Location,
): readonly ObligationVerdict[] {
  const refuted = violation === null ? new Set<Obligation>() : refutedBy(system, obligations, violation);
  const assumed = assumingOperations(system);
  return obligations.map((obligation): ObligationVerdict => {
    const isRefuted = refuted.has(obligation);
    const common = describe(system, obligation, locate);
    if (isRefuted && violation !== null) return { ...common, verdict: 'refuted', trace: violation };
    switch (obligation.status) {
      case 'proved': {
        const place = obligation.operation === null ? undefined : assumed.get(obligation.operation);
        if (place === undefined) return { ...common, verdict: 'proved' };
        const { file, line } = locate(place);
        return { ...common, verdict: 'assumed', reason: `relies on the \`assume\` at ${file}:${line}` };
      }
      case 'vacuous':
        return {
          ...common,
          verdict: 'vacuous',
          reason: obligation.reason ?? 'its hypotheses contradict each other',
        };
      case 'unknown':
        return {
          ...common,
          verdict: 'unproved',
          reason: `out of budget: ${obligation.reason ?? 'no answer'}`,
        };
      case 'failed':
        return {
          ...common,
          verdict: 'unproved',
          ...(obligation.reason === null ? {} : { reason: obligation.reason }),
          ...(obligation.countermodel === null ? {} : { state: obligation.countermodel }),
        };
    }
  });
}

function describe(
  system: System,
  obligation: Obligation,
  locate: (span: Span) => Location,
): Omit<ObligationVerdict, 'verdict'> {
  const accesses = obligation.status === 'proved' ? [] : racingAccesses(system, obligation);
  const calledFrom = obligation.callers
    .map(({ span, caller }) => ({ location: locate(span), caller }))
    .reverse();
  return {
    id: obligation.id,
    code: obligation.code,
    title: obligation.title,
    location: locate(obligation.span),
    ...(calledFrom.length === 0 ? {} : { calledFrom }),
    op: obligation.operation,
    ...(obligation.conjunct === null ? {} : { conjunct: obligation.conjunct }),
    ...(accesses.length === 0 ? {} : { accesses: accesses.map((each) => accessVerdict(each, locate)) }),
    cached: false,
    queries: obligation.queries,
    quantified: obligation.quantifiedQueries,
    rlimit: obligation.rlimit,
    ms: Math.round(obligation.ms * 10) / 10,
  };
}

function accessVerdict(
  { operation, span, ...access }: Access,
  locate: (span: Span) => Location,
): AccessVerdict {
  const { kind, variable, text, locks, perhaps } = access;
  return { op: operation, kind, variable, location: locate(span), text, locks, perhaps };
}

/** Which obligations an execution refutes. */
function refutedBy(
  system: System,
  obligations: readonly Obligation[],
  violation: Execution,
): ReadonlySet<Obligation> {
  const failed = obligations.filter(({ status }) => status === 'failed');
  const spans = new Map(codesOf(system).map(([name, code]): [string, Span] => [name, code.span]));
  const passed = failed.filter(({ operation }) => {
    const span = operation === null ? undefined : spans.get(operation);
    return span !== undefined && violation.rows.some((row) => row.span !== null && contains(span, row.span));
  });
  if (passed.length > 0) return new Set(passed);
  if (failed.length > 0) return new Set(failed);
  return new Set(obligations.filter(({ status }) => status === 'unknown'));
}

/** The package's functions under the names that obligations use. */
export function codesOf(system: System): readonly [string, Code][] {
  const rest: [string, Code | null][] = [
    ['recovery', system.recovery],
    ['initialisation', system.initialisation],
    ['boot', system.boot],
  ];
  return [
    ...system.implementations.map(({ operation, code }): [string, Code] => [operation, code]),
    ...rest.flatMap(([name, code]): [string, Code][] => (code === null ? [] : [[name, code]])),
    ...system.procedures.map(({ name, code }): [string, Code] => [name, code]),
  ];
}

function contains(outer: Span, inner: Span): boolean {
  return (
    outer.file === inner.file &&
    outer.start.offset <= inner.start.offset &&
    inner.end.offset <= outer.end.offset
  );
}

/** Functions that rely on a user's `assume`, their own or one in a function that they call by contract, and where the first one stands. */
function assumingOperations(system: System): ReadonlyMap<string, Span> {
  const { procedures } = system;
  return new Map(
    codesOf(system).flatMap(([name, code]): [string, Span][] => {
      const called = [...invokedFrom(procedures, code)].map((each) => procedureOf(procedures, each).code);
      const assumption = [code, ...called]
        .flatMap(({ instructions }) => instructions)
        .find((instruction) => instruction.kind === 'assume' && instruction.reason === 'user');
      return assumption === undefined ? [] : [[name, assumption.source.span]];
    }),
  );
}
