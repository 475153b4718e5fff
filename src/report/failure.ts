import type { Diagnostic } from '../base/diagnostic.js';
import type { Execution } from '../trace/index.js';
import type { AccessVerdict, ObligationVerdict, PackageVerdict } from '../verify/index.js';
import { renderExecution } from './execution.js';
import type { ReportContext } from './palette.js';
import { baseName, printable, quote, quoteSpan } from './source-quote.js';
import { fold } from './table.js';

/** What `trace` calls the deadlock of a package that is proved: no obligation has this id. */
export const DEADLOCK_ID = 'deadlock';

/** Every obligation of a package that is not proved; those that one execution refutes are shown together. */
export function renderFailures(entry: PackageVerdict, context: ReportContext): string {
  const failures = entry.obligations.filter(({ verdict }) => verdict !== 'proved');
  const seen = new Set<string>();
  const screens: string[] = [];
  for (const failure of failures) {
    if (failure.verdict === 'assumed') continue;
    if (failure.trace === undefined) {
      screens.push(renderUnproved(failure, context));
      continue;
    }
    const key = traceKey(failure.trace);
    if (seen.has(key)) continue;
    seen.add(key);
    const group = failures.filter(({ trace }) => trace !== undefined && traceKey(trace) === key);
    screens.push(renderRefuted(failure.trace, group, context));
  }
  screens.push(...assumptions(failures, context));
  if (entry.deadlock !== undefined) screens.push(renderDeadlock(entry.path, entry.deadlock, context));
  if (entry.notSearched !== undefined) screens.push(renderNotSearched(entry.notSearched, context));
  if (entry.disagreement !== null) screens.push(context.palette.bad(`internal error: ${entry.disagreement}`));
  return screens.join('\n\n');
}

/** Threads that wait for ever in a package that is proved. */
function renderDeadlock(path: string, execution: Execution, context: ReportContext): string {
  const { palette } = context;
  const { span, message } = execution.violation;
  return [
    `${palette.doubtful('warning[deadlock]')}: ${palette.strong(`${path}: ${printable(message)}`)}`,
    ...(span === null ? [] : quoteSpan(span, context)),
    ...note('note', 'that threads do not wait for ever is not among what is proved', context),
    '',
    renderExecution(execution, context),
    `${palette.accent('replay')}: armada-verify trace ${DEADLOCK_ID} --replay`,
  ].join('\n');
}

/** Why nothing is said of executions; the verdicts stand without. */
function renderNotSearched({ message, span, hint }: Diagnostic, context: ReportContext): string {
  const { palette } = context;
  return [
    `${palette.doubtful('note')}: ${palette.strong(`no execution was searched for: ${printable(message)}`)}`,
    ...(span === undefined ? [] : quoteSpan(span, context)),
    ...(hint === undefined ? [] : note('help', hint, context)),
  ].join('\n');
}

/** One screen for each `assume`, however many obligations rely on it. */
function assumptions(failures: readonly ObligationVerdict[], context: ReportContext): readonly string[] {
  const groups = new Map<string, ObligationVerdict[]>();
  for (const failure of failures.filter(({ verdict }) => verdict === 'assumed')) {
    const key = `${failure.op ?? ''} ${failure.reason ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  const { palette } = context;
  return [...groups.values()].map(([first, ...others]) => {
    const count = others.length === 0 ? '1 obligation' : `${others.length + 1} obligations`;
    const place = first?.op === null || first === undefined ? '' : ` ${first.op}:`;
    const sentence = `${place} ${count} proved only under an assumption`;
    return [
      `${palette.doubtful('assumed')}:${palette.strong(sentence)}`,
      ...(first?.reason === undefined ? [] : note('why', first.reason, context)),
      palette.faint('--verbose lists them'),
    ].join('\n');
  });
}

/** Executions with the same decisions are the same execution. */
function traceKey(trace: Execution): string {
  return JSON.stringify([trace.parameters, trace.script, trace.violation.message]);
}

function renderRefuted(
  trace: Execution,
  group: readonly ObligationVerdict[],
  context: ReportContext,
): string {
  const { palette } = context;
  const { kind, message } = trace.violation;
  const main = group.find(({ code }) => shows(kind, code)) ?? group[0];
  if (main === undefined) return '';
  const others = group.filter((each) => each !== main);
  const isShown = shows(kind, main.code);
  return [
    headline('refuted', main, isShown ? message : main.title, context),
    ...quote(main.location, context),
    ...calls(main, context),
    ...(isShown ? mustHold(main, context) : []),
    ...broken(main, context),
    ...(isShown
      ? []
      : [...accessNotes(main, context), ...note('shown', `the package is wrong: ${message}`, context)]),
    '',
    renderExecution(trace, context),
    ...others.flatMap((other) => [
      palette.faint(`the same execution refutes ${other.id} (${other.location.file}:${other.location.line})`),
    ]),
    `${palette.accent('replay')}: armada-verify trace ${shellWord(main.id)} --replay`,
  ].join('\n');
}

/** Obligations of which an execution shows by its own kind of violation how they fail. */
const OWN_KIND: Partial<Record<ObligationVerdict['code'], Execution['violation']['kind']>> = {
  race: 'race',
  overflow: 'overflow',
  deadlock: 'deadlock',
  'lock-leak': 'lock-leak',
  termination: 'divergence',
  machine: 'undefined',
  unlock: 'undefined',
  bounds: 'panic',
  division: 'panic',
  nil: 'panic',
  assertion: 'panic',
  panic: 'panic',
};

/** Whether the violation is how an obligation with the code fails; what it comes to in the end may be another one. */
function shows(kind: Execution['violation']['kind'], code: ObligationVerdict['code']): boolean {
  const own = OWN_KIND[code];
  return own === undefined ? !Object.values(OWN_KIND).includes(kind) : own === kind;
}

/** Of a race: what happens here, and what it can collide with. */
function accessNotes({ accesses }: ObligationVerdict, context: ReportContext): readonly string[] {
  const [here, other] = accesses ?? [];
  if (here === undefined) return [];
  const holding = ({ locks, perhaps }: AccessVerdict): string =>
    [
      locks.length === 0 ? 'holding no lock' : `holding ${locks.join(', ')}`,
      ...(perhaps.length === 0 ? [] : [`perhaps ${perhaps.join(', ')}`]),
    ].join(', ');
  const collides = (access: AccessVerdict): string => {
    const { file, line } = access.location;
    return `${access.op} ${access.kind}s it at ${file}:${line} (\`${access.text}\`), ${holding(access)}`;
  };
  return [
    ...note('here', `${here.op} ${here.kind}s ${here.variable}, ${holding(here)}`, context),
    ...(other === undefined ? [] : note('while', `in another thread ${collides(other)}`, context)),
  ];
}

function renderUnproved(failure: ObligationVerdict, context: ReportContext): string {
  const { palette } = context;
  return [
    headline(failure.verdict, failure, failure.title, context),
    ...quote(failure.location, context),
    ...calls(failure, context),
    ...broken(failure, context),
    ...accessNotes(failure, context),
    ...(failure.reason === undefined ? [] : note('why', failure.reason, context)),
    ...stateLines(failure, context),
    ...(failure.verdict === 'unproved' ? note('help', helpFor(failure), context) : []),
    palette.faint(`id: ${failure.id}`),
  ].join('\n');
}

function headline(
  label: string,
  failure: ObligationVerdict,
  sentence: string,
  context: ReportContext,
): string {
  const { palette } = context;
  const paint = label === 'refuted' ? palette.bad : palette.doubtful;
  const place = failure.op === null ? '' : ` ${failure.op}:`;
  return `${paint(`${label}[${failure.code}]`)}:${palette.strong(`${place} ${printable(sentence)}`)}`;
}

function broken(failure: ObligationVerdict, context: ReportContext): readonly string[] {
  return failure.conjunct === undefined ? [] : note('broken', failure.conjunct, context);
}

function mustHold({ title, id }: ObligationVerdict, context: ReportContext): readonly string[] {
  return note('must hold', `${title} (${id})`, context);
}

/** The calls that lead to a place in a helper. */
function calls({ calledFrom }: ObligationVerdict, context: ReportContext): readonly string[] {
  if (calledFrom === undefined) return [];
  const places = calledFrom.map(
    ({ location, caller }) => `${baseName(location.file)}:${location.line} in ${caller}`,
  );
  return note('called from', places.join(', called from '), context);
}

function note(label: string, text: string, context: ReportContext): readonly string[] {
  const lines = fold(printable(text), context.width - label.length - 4);
  return lines.map((line, index) =>
    index === 0 ? `  ${context.palette.accent(label)}: ${line}` : `  ${' '.repeat(label.length)}  ${line}`,
  );
}

function stateLines(failure: ObligationVerdict, context: ReportContext): readonly string[] {
  const { state } = failure;
  if (state === undefined) return [];
  const { palette } = context;
  const path = withoutRepetition(state.path).map(({ span, text, note: remark }) => {
    const where = palette.faint(`${baseName(span.file)}:${span.start.line}`);
    return `    ${where}  ${printable(text)}${remark === null ? '' : palette.faint(`  ${printable(remark)}`)}`;
  });
  const values = state.values.map(({ name, before, value }) =>
    printable(
      before === null || before === value
        ? `    ${name} = ${value}`
        : `    ${name} = ${value} (was ${before})`,
    ),
  );
  return [
    `  ${palette.accent('state')} from which the step fails (it may be unreachable):`,
    ...values,
    ...(path.length === 0 ? [] : [`  ${palette.accent('path')}:`, ...path]),
  ];
}

type PathRow = NonNullable<ObligationVerdict['state']>['path'][number];

/** A statement with several steps (`count++` reads and writes) is one row, unless something is remarked on one of them. */
function withoutRepetition(path: readonly PathRow[]): readonly PathRow[] {
  return path.filter((row, index) => {
    const next = path[index + 1];
    const again = next?.text === row.text && next.span.start.offset === row.span.start.offset;
    return !(again && row.note === null);
  });
}

/** What to do about it: of what a loop has forgotten, first where to say it. */
function helpFor(failure: ObligationVerdict): string {
  const advice = adviceFor(failure);
  const loop = failure.state?.loop ?? null;
  if (loop === null || failure.code === 'loop-invariant' || failure.code === 'termination') return advice;
  const place = `${baseName(loop.file)}:${loop.start.line}`;
  return (
    `of what the loop at ${place} changes, only what its invariants say is known in it and behind it: ` +
    `state what is needed here as \`//@ invariant\` there. Otherwise: ${advice}`
  );
}

/** Which annotation to strengthen, by the kind of obligation. */
export function adviceFor(failure: ObligationVerdict): string {
  switch (failure.code) {
    case 'lock-invariant':
    case 'crash-stability':
    case 'crash-invariant':
    case 'invariant':
    case 'always':
    case 'guarantee':
      return (
        'if no execution reaches this state, strengthen the invariant that should rule it out ' +
        '(the lock invariant for guarded locations, the crash invariant for durable state)'
      );
    case 'recovery':
    case 'initialisation':
      return 'if no crash leaves this state, say so in the crash invariant; otherwise this function must repair it';
    case 'loop-invariant':
      return 'the loop invariant must hold on entry and after each round: weaken it, or add what it relies on';
    case 'termination':
      return 'write `//@ decreases e` with something that gets smaller each round, or `//@ retry` if it waits for others; above a function, with something that is smaller in each call from itself';
    case 'requires':
      return 'establish it before the call, or weaken what the function requires';
    case 'ensures':
      return 'if the function is right, it relies on something that it does not require, or on a call whose contract says too little';
    case 'race':
    case 'lease':
    case 'spec-lease':
      return 'hold the lock that guards this location here, or add the location to the `guards` of the lock that is held';
    case 'effect':
    case 'result':
      return 'relate machine state and `spec` more closely in the invariants, or mark the step that takes effect with `//@ commit`';
    case 'machine':
    case 'bounds':
    case 'division':
    case 'nil':
    case 'assertion':
    case 'panic':
      return 'rule the state out by an invariant or loop invariant, or test for it in the code';
    case 'overflow':
      return 'rule the state out by an invariant, or test for it before; write `//@ may overflow` above a function whose arithmetic is meant to wrap';
    case 'claim':
      return 'say in an invariant when the token is held, so that it is known to be free here, or claim it under a condition';
    case 'unlock':
    case 'deadlock':
    case 'lock-leak':
      return 'every path must release each lock that it takes exactly once';
    case 'guard-overlap':
      return 'each location may be guarded by one lock only';
    case 'guarantee-closed':
      return 'a guarantee must hold of doing nothing, and of two steps when it holds of each';
    case 'contradiction':
      return 'nothing satisfies these hypotheses together: one of the invariants is false';
  }
}

/** A word as a shell takes it. */
function shellWord(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
