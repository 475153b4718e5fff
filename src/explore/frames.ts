import type { Code, Instruction } from '../ir/index.js';
import { procedureOf } from '../ir/index.js';
import { evaluateLocal, type LocalDriver } from '../semantics/index.js';
import type { Program } from './program.js';
import type { Value } from './value.js';
import { zeroOf } from './value.js';

type InstructionOf<K extends Instruction['kind']> = Extract<Instruction, { kind: K }>;

/** A function that runs: a thread's code, or a procedure that it is in. */
export interface Frame {
  readonly code: Code;
  position: number;
  readonly locals: Value[];
  /** States at the heads of loops since it was called. */
  readonly seen: Set<string>;
}

export function frameOf(code: Code, position: number, locals: readonly Value[]): Frame {
  return { code, position, locals: [...locals], seen: new Set() };
}

/** The frame of a procedure that is called. */
export function calledFrame(
  program: Program,
  driver: LocalDriver<Value>,
  { locals }: Frame,
  instruction: InstructionOf<'invoke'>,
): Frame {
  const { code, parameters } = procedureOf(program.system.procedures, instruction.procedure);
  const values = code.locals.map(({ type }) => zeroOf(type));
  instruction.arguments.forEach((argument, index) => {
    const parameter = parameters[index];
    if (parameter === undefined) throw new Error(`${code.name} does not take so many arguments`);
    values[parameter] = evaluateLocal(program.domain, driver, locals, argument);
  });
  return frameOf(code, 0, values);
}

/** Gives what a procedure returns to its caller, which stands at the call. */
export function leaveFrame(
  program: Program,
  driver: LocalDriver<Value>,
  { locals }: Frame,
  instruction: InstructionOf<'return'>,
  caller: Frame,
): void {
  const values = instruction.values.map((each) => evaluateLocal(program.domain, driver, locals, each));
  const call = caller.code.instructions[caller.position];
  if (call?.kind !== 'invoke') throw new Error(`${caller.code.name} does not stand at a call`);
  call.results.forEach((target, index) => {
    const value = values[index];
    if (value === undefined) throw new Error(`${call.procedure} does not return so many values`);
    if (target !== null) caller.locals[target] = value;
  });
}
