import type { System } from '../ir/index.js';
import type { Execution } from '../trace/index.js';
import type { Bounds, ReplayResult } from './bounds.js';
import { areUsable } from './bounds.js';
import { Interpreter } from './interpreter.js';
import { Program } from './program.js';
import type { Decision } from './script.js';
import { decodeDecision, encodeDecision, ScriptMismatch } from './script.js';

/** Runs an execution's script again, step by step, without any reduction, and checks the violation again. */
export function replay(system: System, execution: Execution): ReplayResult {
  const [header, ...words] = execution.script;
  const bounds = typeof header === 'string' ? decodeBounds(header) : null;
  const decisions = words.map((word) => (typeof word === 'string' ? decodeDecision(word) : null));
  if (bounds === null || !fits(system, bounds) || decisions.includes(null))
    return differs(execution, 'the script is not one of the explorer');
  try {
    const again = run(
      new Program(system, bounds),
      decisions.filter((each) => each !== null),
    );
    const wanted = execution.violation.kind;
    if (again.violation.kind === wanted) return { ok: true, execution: again, difference: null };
    return differs(again, `it ends in another violation: ${again.violation.message}`);
  } catch (error) {
    if (error instanceof ScriptMismatch) return differs(execution, error.message);
    throw error;
  }
}

/** Runs decisions and describes the execution; throws {@link ScriptMismatch} unless they end in a violation. */
export function run(program: Program, decisions: readonly Decision[]): Execution {
  const interpreter = new Interpreter(program);
  for (const decision of decisions) interpreter.take(decision);
  const { rows, violation } = interpreter;
  if (violation === null) throw new ScriptMismatch('the execution ends without a violation');
  return {
    parameters: Object.entries(program.bounds.parameters).map(([name, value]) => ({
      name,
      value: String(value),
    })),
    rows,
    violation,
    script: [encodeBounds(program.bounds), ...decisions.map(encodeDecision)],
  };
}

function fits(system: System, bounds: Bounds): boolean {
  const names = Object.keys(bounds.parameters);
  return (
    areUsable(bounds) &&
    names.length === system.parameters.length &&
    system.parameters.every(({ name }) => names.includes(name))
  );
}

function differs(execution: Execution, difference: string): ReplayResult {
  return { ok: false, execution, difference };
}

/** Stands behind the numbers where {@link Bounds.smallArguments} is set. */
const SMALL = 'small';

/** How many goroutines there may be, among the parameters: no parameter can have this name. */
const GOROUTINES = 'go';

function encodeBounds(bounds: Bounds): string {
  const { threads, operations, crashes, values, parameters, smallArguments, goroutines } = bounds;
  const named = Object.entries(parameters).map(([name, value]) => `${name}=${String(value)}`);
  const small = smallArguments === true ? [SMALL] : [];
  const spawned = goroutines === undefined ? [] : [`${GOROUTINES}=${goroutines}`];
  return ['bounds', threads, operations, crashes, values, ...small, ...spawned, ...named].join(' ');
}

function decodeBounds(text: string): Bounds | null {
  const [kind, ...words] = text.split(' ');
  const [threads, operations, crashes, values] = words.slice(0, 4).map(Number);
  const numbers = [threads, operations, crashes, values];
  if (kind !== 'bounds' || numbers.some((number) => !Number.isSafeInteger(number))) return null;
  const parameters: Record<string, bigint> = {};
  const smallArguments = words[4] === SMALL;
  for (const word of words.slice(smallArguments ? 5 : 4)) {
    const match = /^([^=]+)=(-?\d+)$/.exec(word);
    if (match?.[1] === undefined || match[2] === undefined) return null;
    parameters[match[1]] = BigInt(match[2]);
  }
  const { [GOROUTINES]: goroutines, ...others } = parameters;
  return {
    threads: threads ?? 0,
    operations: operations ?? 0,
    crashes: crashes ?? 0,
    values: values ?? 0,
    parameters: others,
    ...(goroutines === undefined ? {} : { goroutines: Number(goroutines) }),
    ...(smallArguments ? { smallArguments } : {}),
  };
}
