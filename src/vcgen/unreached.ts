import type { Span } from '../base/source.js';
import type { CallSite, Code, Instruction } from '../ir/index.js';
import { stepLabels } from './labels.js';
import type { Obligation } from './obligation.js';

/** A step that no possible path of a code reaches, although nothing failed before it. */
interface Unreached {
  readonly operation: string;
  readonly step: string;
  /** The same in every call of a helper. */
  readonly place: string;
  readonly span: Span;
  readonly callers: readonly CallSite[];
  readonly text: string;
}

/** Which steps a part of the package that is proved on its own reaches. */
export interface UnitSteps {
  /** The places that some path gets to; all of them, where nothing is known. */
  readonly reached: ReadonlySet<string>;
  readonly unreached: readonly Unreached[];
  /** Steps of boot that are not reached; null if boot is not run to its end. */
  readonly inBoot: readonly Unreached[] | null;
}

/** `boot` is null where it is not run to its end; `isReached` gives null where nothing is known. */
export function unitSteps(
  operation: string,
  codes: readonly Code[],
  boot: Code | null,
  isReached: (instruction: Instruction) => boolean | null,
): UnitSteps {
  const reached = codes
    .flatMap(({ instructions }) => instructions)
    .filter((each) => isReached(each) !== false)
    .map(placeOf);
  return {
    reached: new Set(reached),
    unreached: codes
      .filter((code) => code !== boot)
      .flatMap((code) => unreachedSteps(operation, code, isReached)),
    inBoot: boot === null ? null : unreachedSteps('boot', boot, isReached),
  };
}

function unreachedSteps(
  operation: string,
  code: Code,
  isReached: (instruction: Instruction) => boolean | null,
): readonly Unreached[] {
  const labels = stepLabels(code);
  return code.instructions.flatMap((instruction, index): Unreached[] => {
    const isStep = ['call', 'return', 'spawn', 'end'].includes(instruction.kind);
    const previous = code.instructions[index - 1];
    // What stands behind a panic is not meant to be reached.
    const afterPanic = previous?.kind === 'check' && previous.code === 'panic';
    const { span, callers, text, isOptional } = instruction.source;
    if (!isStep || afterPanic || isOptional === true || isReached(instruction) !== false) return [];
    const step = labels[index] ?? instruction.kind;
    return [{ operation, step, place: placeOf(instruction), span, callers, text }];
  });
}

function placeOf({ source, ...instruction }: Instruction): string {
  const { file, start } = source.span;
  const what = instruction.kind === 'call' ? instruction.operation : instruction.kind;
  return `${file}:${start.offset} ${what}`;
}

/**
 * Steps that nothing reaches, as obligations. Not every call of a helper needs all of it: a step of one has to be possible in some call; whether a
 * call can be at all, the steps of its caller tell. Boot runs after recovery and after initialisation: each of its steps has to be possible in one of them.
 * Where one of them fails, nothing is said.
 */
export function neverReached(reports: readonly { readonly steps: UnitSteps }[]): readonly Obligation[] {
  const reached = new Set(reports.flatMap(({ steps }) => [...steps.reached]));
  const [first, second] = reports.flatMap(({ steps }) => (steps.inBoot === null ? [] : [steps.inBoot]));
  const inBoot = first?.filter(({ step }) => second?.some((other) => other.step === step) === true);
  return [...reports.flatMap(({ steps }) => steps.unreached), ...(inBoot ?? [])]
    .filter(({ callers, place }) => callers.length === 0 || !reached.has(place))
    .filter((each, index, all) => all.findIndex((other) => isSameMistake(each, other)) === index)
    .map(vacuous);
}

/** Steps of one statement, which in a helper is the same in all calls. */
function isSameMistake(left: Unreached, right: Unreached): boolean {
  return (
    left.span.file === right.span.file &&
    left.span.start.offset === right.span.start.offset &&
    (left.operation === right.operation || (left.callers.length > 0 && right.callers.length > 0))
  );
}

function vacuous({ operation, step, span, callers, text }: Unreached): Obligation {
  return {
    id: `${operation}/contradiction/${step}`.replaceAll(/\s+/g, '-'),
    code: 'contradiction',
    title: `\`${text}\` can be reached`,
    span,
    callers,
    operation,
    access: null,
    conjunct: null,
    status: 'vacuous',
    reason:
      'no state that the invariants allow reaches this step: it is dead code, or the annotations contradict each other',
    countermodel: null,
    queries: 0,
    quantifiedQueries: 0,
    rlimit: 0,
    ms: 0,
  };
}
