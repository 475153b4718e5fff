import type { Diagnostic } from '../../src/base/diagnostic.js';
import { askGoTypes } from './go-facts.js';
import type { GoAnswer, GoExpression, GoName } from './go-facts.js';
import { ENDLESS, expressionKey, nameKey, ownFacts } from './own-facts.js';
import type { OwnFact, OwnFacts } from './own-facts.js';
import { checkedPackage } from './own-verdict.js';
import type { OwnVerdict } from './own-verdict.js';
import type { SourceFile } from './toolchain.js';

/** Text that both Go and the tool are asked about. */
export interface Subject {
  readonly name: string;
  readonly files: readonly SourceFile[];
}

export interface Comparison {
  readonly subject: Subject;
  /** `accepted` and `rejected`: by both; `refused`: by the tool, whatever Go says. */
  readonly outcome: 'accepted' | 'rejected' | 'refused' | 'disagree';
  /** What they disagree in. */
  readonly problems: readonly string[];
  /** The refused constructs. */
  readonly refusedBy: readonly string[];
  /** Errors reported beside refusals of a program that Go accepts. */
  readonly besides: readonly string[];
  /** Expressions and names whose type and value were compared. */
  readonly compared: number;
}

/** Compares verdicts and, where both accept, the type and the value of everything. */
export async function compareWithGo(subjects: readonly Subject[]): Promise<readonly Comparison[]> {
  const answers = askGoTypes(subjects.map(({ files }) => files));
  const comparisons: Comparison[] = [];
  for (const [index, subject] of subjects.entries()) {
    const answer = answers[index];
    if (answer === undefined) throw new Error('an answer is missing');
    comparisons.push(await compareAnswer(subject, answer));
  }
  return comparisons;
}

/** Compares what the tool says with an answer of Go. */
export async function compareAnswer(subject: Subject, answer: GoAnswer): Promise<Comparison> {
  const nothing = { subject, problems: [], refusedBy: [], besides: [], compared: 0 };
  let own: OwnVerdict;
  try {
    own = await checkedPackage(subject.files);
  } catch (error) {
    const problem = `the tool breaks: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return { ...nothing, outcome: 'disagree', problems: [problem] };
  }
  const accepts = answer.error === '';
  switch (own.kind) {
    case 'refused': {
      const besides = accepts ? own.others.map(({ message }) => message) : [];
      return { ...nothing, outcome: 'refused', refusedBy: own.by, besides };
    }
    case 'rejected': {
      if (!accepts || own.diagnostics.every(isOnlyTheCompilers)) return { ...nothing, outcome: 'rejected' };
      const reports = own.diagnostics.map(
        ({ code, message, span }) => `${span?.start.line ?? 0}: ${code}: ${message}`,
      );
      return { ...nothing, outcome: 'disagree', problems: [`only Go accepts: ${reports.join('; ')}`] };
    }
    case 'accepted': {
      if (!accepts)
        return { ...nothing, outcome: 'disagree', problems: [`only the tool accepts: ${answer.error}`] };
      const { problems, compared } = compareFacts(subject, answer, ownFacts(own.value));
      return { ...nothing, outcome: problems.length === 0 ? 'accepted' : 'disagree', problems, compared };
    }
  }
}

/** What go/types leaves to the compiler. */
function isOnlyTheCompilers({ message }: Diagnostic): boolean {
  return message === 'the array is too large';
}

function compareFacts(
  subject: Subject,
  answer: GoAnswer,
  own: OwnFacts,
): { readonly problems: readonly string[]; readonly compared: number } {
  const problems: string[] = [];
  let compared = 0;
  const check = (theirs: GoExpression | GoName, ours: readonly OwnFact[], what: string): void => {
    compared += 1;
    if (ours.some((fact) => sameType(fact, theirs) && sameValue(fact, theirs))) return;
    const seen = ours.map((fact) => describe(fact.type, fact.value)).join(' or ');
    problems.push(
      `${position(subject, theirs)}: ${what}: Go says ${describe(theirs.type, theirs.value)}, the tool ${seen}`,
    );
  };
  for (const each of answer.expressions) {
    const ours =
      own.expressions.get(expressionKey(each.file, each.start, each.end)) ??
      own.expressions.get(expressionKey(each.file, ...each.inner));
    if (ours !== undefined) check(each, ours, each.node);
    else if (!mayBeMissing(subject, each))
      problems.push(`${position(subject, each)}: the tool has no type for this ${each.node}`);
  }
  for (const each of answer.names) {
    const ours = own.names.get(nameKey(each.file, each.start));
    if (ours !== undefined) check(each, ours, each.kind);
  }
  return { problems, compared };
}

/**
 * What the tool's tree has no expression for: indices in literals are numbers, constants of functions and generic functions are there only
 * if they are used, `nil` as a case of a type switch is no value, and the variable whose address an operation of `sync/atomic` is given
 * stands there itself.
 */
function mayBeMissing(subject: Subject, { place, node, file, start }: GoExpression): boolean {
  const text = subject.files.find(({ name }) => name === file)?.text ?? '';
  const isAddress = /\batomic\.\w+\(\(?$/.test(text.slice(0, start)) && /^\(?&/.test(text.slice(start));
  const isPanic = /^(Call|Paren)Expr$/.test(node) && /^\(*panic\b/.test(text.slice(start));
  return place !== '' || isAddress || isPanic;
}

function sameType(ours: OwnFact, theirs: GoExpression | GoName): boolean {
  const type = ours.type.replaceAll(/,(?! )/g, ', ');
  if (type === theirs.type) return true;
  // Go leaves `nil` untyped in comparisons.
  if (theirs.type === 'untyped nil') return ours.kind === 'nil';
  // Go leaves operands of constant expressions untyped, and results of comparisons where nothing gives them a type.
  if (theirs.type.startsWith('untyped ') && (theirs.value !== '' || theirs.type === 'untyped bool')) {
    return true;
  }
  if (type === ENDLESS) return true;
  return theirs.type.includes('$') && fits(theirs.type, type);
}

/** In generic code a type parameter, of which there are `$` in the text, stands for any type. Texts may be too long for a regular expression. */
function fits(text: string, type: string): boolean {
  const [first = '', ...parts] = text.split('$');
  const last = parts.pop() ?? '';
  if (!type.startsWith(first)) return false;
  let end = first.length;
  for (const part of parts) {
    const found = type.indexOf(part, end + 1);
    if (found < 0) return false;
    end = found + part.length;
  }
  return type.endsWith(last) && end < type.length - last.length;
}

function sameValue(ours: OwnFact, theirs: GoExpression | GoName): boolean {
  return ours.value === theirs.value;
}

function describe(type: string, value: string): string {
  return value === '' ? `\`${type}\`` : `\`${type}\` ${value.slice(0, 80)}`;
}

function position(
  subject: Subject,
  { file, start }: { readonly file: string; readonly start: number },
): string {
  const text = subject.files.find(({ name }) => name === file)?.text ?? '';
  const before = text.slice(0, start).split('\n');
  return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: \`${text.slice(start, start + 30).replaceAll(/\s+/g, ' ')}\``;
}
