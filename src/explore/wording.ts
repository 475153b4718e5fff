import type { Operation, Type } from '../ir/index.js';
import { plainName } from './difference.js';
import { forEachStatement } from './program.js';
import type { Program } from './program.js';
import type { Configuration } from './specification.js';
import type { Fault, Thread, ThreadStep } from './thread.js';
import { localValues, nextInstruction, nextOperation } from './thread.js';
import type { Value } from './value.js';
import { asInteger, elementsOf, keyOf, keyOfAll, showValue } from './value.js';

/** A call as it appears in reports. */
export interface Call {
  readonly thread: number;
  readonly operation: Operation;
  readonly arguments: readonly Value[];
}

export interface ReturnedCall extends Call {
  readonly results: readonly Value[];
  readonly errors: ErrorTexts;
}

/** What results say that are errors in the code; null of others. */
export type ErrorTexts = readonly (string | null)[];

const MAXIMAL_POSSIBILITIES = 4;

/** `Write(0, block(1))`. */
export function showCall(call: Omit<Call, 'thread'>): string {
  return `${call.operation.name}(${showList(call.operation, 0, call.arguments)})`;
}

/** `block(1)`, `(block(1), true)`, `(block(1), nil)`, or `nothing`. */
export function showResults(
  operation: Operation,
  results: readonly Value[],
  errors: ErrorTexts = [],
): string {
  if (results.length === 0) return 'nothing';
  const text = showList(operation, operation.parameterCount, results, errors);
  return results.length === 1 ? text : `(${text})`;
}

function showList(
  operation: Operation,
  from: number,
  values: readonly Value[],
  errors: ErrorTexts = [],
): string {
  return values
    .map((value, index) => {
      const text = errors[index] ?? null;
      if (text !== null) return text;
      const local = operation.locals[from + index];
      return local === undefined ? keyOf(value) : showValue(local.type, value);
    })
    .join(', ');
}

/** The errors that the thread returns next: `nil`, `error "full"` if it has a text, or `error`. */
export function returnedErrors(program: Program, state: readonly Value[], thread: Thread): ErrorTexts {
  const instruction = nextInstruction(thread);
  if (instruction.kind !== 'return') return [];
  return (instruction.errors ?? []).map((error) => {
    if (error === undefined) return null;
    const [value] = error === null ? [] : localValues(program, state, thread, [error]);
    return value === undefined || error === null ? 'error' : showError(error.type, value);
  });
}

/** A record whose first field says which of the others is the error. */
function showError(type: Type, value: Value): string {
  if (type.kind !== 'record') throw new Error('an error that is no interface');
  const position = Number(asInteger(elementsOf(value)[0] ?? 0n));
  if (position === 0) return 'nil';
  const [held, fields] = [elementsOf(value)[position], type.fields[position]?.type];
  const index = fields?.kind === 'record' ? fields.fields.findIndex(({ name }) => name === 'text') : -1;
  const text = held === undefined || index < 0 ? undefined : elementsOf(held)[index];
  if (fields?.kind !== 'record' || fields.fields[index]?.type.kind !== 'seq' || text === undefined)
    return 'error';
  const bytes = elementsOf(text).map((each) => Number(asInteger(each)));
  return `error ${JSON.stringify(new TextDecoder().decode(Uint8Array.from(bytes)))}`;
}

/** What the specification may have done: one line for each possibility, the first few. */
export function showConfigurations(
  program: Program,
  configurations: readonly Configuration[],
  calls: readonly (Call | null)[],
): readonly string[] {
  if (configurations.length === 0) return ['no execution of the specification is left'];
  const lines = configurations.map((configuration) => showConfiguration(program, configuration, calls));
  const distinct = [...new Set(lines)];
  const more = distinct.length - MAXIMAL_POSSIBILITIES;
  return more <= 0 ? distinct : [...distinct.slice(0, MAXIMAL_POSSIBILITIES), `and ${more} more`];
}

function showConfiguration(
  program: Program,
  { state, calls: statuses }: Configuration,
  calls: readonly (Call | null)[],
): string {
  const variables = program.specification.variables.map(({ name, type }, index) => {
    const value = state[index];
    return value === undefined ? '' : `${plainName(name)} = ${showValue(type, value)}`;
  });
  const effects = statuses.flatMap((status, slot) => {
    const call = calls[slot];
    if (call === null || call === undefined || status === null || !changesState(call.operation)) return [];
    if (status.done) return [`${showCall(call)} has taken effect`];
    return status.section > 0 ? [`${showCall(call)} is in its section ${status.section + 1}`] : [];
  });
  return [variables.join(', '), ...effects].join('; ');
}

/** Why a return is wrong: what the specification would have allowed, and the last call that explains it. */
export function returnMessage(
  call: ReturnedCall,
  configurations: readonly Configuration[],
  slot: number,
  returned: readonly ReturnedCall[],
): string {
  const { operation, results, errors } = call;
  // Which error it is, the specification does not say.
  const alike = (values: readonly Value[]): ErrorTexts =>
    errors.map((text, index) => (text === null ? null : values[index] === true ? 'nil' : 'error'));
  const allowed = new Map<string, readonly Value[]>();
  for (const { calls } of configurations) {
    const status = calls[slot];
    if (status?.done === true) allowed.set(keyOfAll(status.results), status.results);
  }
  if (allowed.size === 0) {
    return `${showCall(call)} returned, but the specification does not let it take effect here`;
  }
  const expected = [...allowed.values()]
    .map((values) => showResults(operation, values, alike(values)))
    .join(' or ');
  const cause = explanation([...allowed.values()], returned);
  return (
    `${showCall(call)} returned ${showResults(operation, results, errors)}, ` +
    `but the specification allows only ${expected}${cause}`
  );
}

/** The last returned call that wrote what is allowed, or that had seen it, or that changed anything. */
function explanation(allowed: readonly (readonly Value[])[], returned: readonly ReturnedCall[]): string {
  const wanted = new Set(allowed.flat().map(keyOf));
  const mentions = (values: readonly Value[]): boolean => values.some((value) => wanted.has(keyOf(value)));
  const changing = returned.filter(({ operation }) => changesState(operation));
  const writer = changing.findLast((call) => mentions(call.arguments));
  if (writer !== undefined) return `: ${showCall(writer)} had returned`;
  const seer = returned.findLast((call) => mentions(call.results));
  if (seer !== undefined)
    return `: ${showCall(seer)} had returned ${showResults(seer.operation, seer.results, seer.errors)}`;
  const last = changing.at(-1);
  return last === undefined ? '' : `: ${showCall(last)} had returned`;
}

function changesState(operation: Operation): boolean {
  let changes = false;
  for (const section of operation.sections) {
    forEachStatement(section, (statement) => {
      if (statement.kind === 'assign' && statement.place.root.kind === 'state') changes = true;
    });
  }
  return changes;
}

/** The machine operation that a thread performs next, with the values of its arguments: `Write(3, block(7))`. Null where its text says the same. */
export function calledOperation(program: Program, state: readonly Value[], thread: Thread): string | null {
  const instruction = nextInstruction(thread);
  const operation = nextOperation(program, thread);
  if (instruction.kind !== 'call' || operation === null || operation.role.kind !== 'layer') return null;
  if (operation.parameterCount === 0) return null;
  const values = localValues(program, state, thread, instruction.arguments);
  const name = operation.name.split('.').at(-1) ?? operation.name;
  const text = `${name}(${showList(operation, 0, values)})`;
  return instruction.source.text.includes(text) ? null : text;
}

/** What a step gave to the thread, or which of its sections it was; `called` is what to say of the call. */
export function stepNote(
  program: Program,
  thread: Thread,
  step: ThreadStep,
  called: string | null,
): string | null {
  const operation = nextOperation(program, thread);
  if (operation === null || step.fault?.kind === 'undefined') return null;
  const { sections, role } = operation;
  const part =
    sections.length > 1 ? [`section ${(thread.inside?.section ?? 0) + 1} of ${sections.length}`] : [];
  const { results } = step;
  const gives = results === null || results.length === 0 ? [] : [`gives ${showResults(operation, results)}`];
  const access = role.kind === 'load' || role.kind === 'store' ? [`${role.kind}s ${role.variable}`] : [];
  const done = [...(called === null ? [] : [called]), ...gives].join(' ');
  const notes = [...part, ...access, ...(done === '' ? [] : [done])];
  return notes.length === 0 ? null : notes.join(', ');
}

/** What is wrong with a thread that ran into a fault. */
export function faultMessage(program: Program, fault: Fault, thread: Thread | null, who: string): string {
  switch (fault.kind) {
    case 'undefined': {
      const role = program.operations.get(fault.detail)?.role;
      if (role?.kind === 'unlock') return `${who} releases ${role.lock}, which nobody holds`;
      const text = thread === null ? fault.detail : nextInstruction(thread).source.text;
      return `${who} runs \`${text}\` where ${fault.detail} is undefined`;
    }
    case 'panic':
      return `${who} panics: ${fault.detail}`;
    case 'overflow':
      return `${who} runs into an overflow: ${fault.detail}`;
    case 'divergence':
      return fault.detail === ''
        ? `${who} goes round in a loop for ever: nothing that the loop depends on changes any more`
        : `${who} never returns: ${fault.detail}`;
    case 'lock-leak':
      return `${who} returned with ${fault.detail} still locked`;
    case 'race':
    case 'deadlock':
      return fault.detail;
  }
}
