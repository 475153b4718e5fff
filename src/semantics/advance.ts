import type { Code, Instruction, Local } from '../ir/index.js';
import type { Domain } from './domain.js';
import { evaluate } from './evaluate.js';

type InstructionOf<K extends Instruction['kind']> = Extract<Instruction, { kind: K }>;

/** What thread-local instructions ask of whoever runs them. */
export interface LocalDriver<V> {
  parameter(name: string): V;
  /** Only assertions and assumptions of the user look at state. */
  state(variable: string): V;
  pending(thread: V, operation: string, section: number, args: readonly V[]): V;
  /** Decides a condition that the domain does not know. */
  branch(condition: V, instruction: InstructionOf<'branch'>): boolean;
  /** Some value for a local, of its type; `usual` is one for which `where` holds, which is assumed right after. */
  choose(local: Local, usual: () => V): V;
  check(condition: V, instruction: InstructionOf<'check'>): void;
  assume(condition: V, instruction: InstructionOf<'assume' | 'choose'>): void;
}

/** Where a thread stands: before an instruction that is a step of its own, a loop head, a procedure, its end or a hint. */
export type Stop = InstructionOf<'call' | 'invoke' | 'loop' | 'return' | 'spawn' | 'end' | 'hint' | 'claim'>;

/**
 * Runs thread-local instructions from `position` until one that is not local; `locals` is updated in place.
 * Terminates: every cycle goes through a loop head.
 */
export function advance<V>(
  domain: Domain<V>,
  driver: LocalDriver<V>,
  code: Code,
  position: number,
  locals: V[],
): { readonly position: number; readonly instruction: Stop } {
  const value = (expression: Parameters<typeof evaluate>[2]): V =>
    evaluateLocal(domain, driver, locals, expression);
  for (;;) {
    const instruction = code.instructions[position];
    if (instruction === undefined) throw new Error(`${code.name}: control falls off the end`);
    switch (instruction.kind) {
      case 'assign':
        locals[instruction.local] = value(instruction.value);
        position += 1;
        break;
      case 'choose': {
        const local = code.locals[instruction.local];
        if (local === undefined) throw new Error(`${code.name}: no local ${instruction.local}`);
        locals[instruction.local] = driver.choose(local, () => value(instruction.usual));
        driver.assume(value(instruction.where), instruction);
        position += 1;
        break;
      }
      case 'branch': {
        const condition = value(instruction.condition);
        const taken = domain.known(condition) ?? driver.branch(condition, instruction);
        position = taken ? instruction.whenTrue : instruction.whenFalse;
        break;
      }
      case 'jump':
        position = instruction.target;
        break;
      case 'check':
        driver.check(value(instruction.condition), instruction);
        position += 1;
        break;
      case 'assume':
        driver.assume(value(instruction.condition), instruction);
        position += 1;
        break;
      case 'call':
      case 'invoke':
      case 'loop':
      case 'return':
      case 'spawn':
      case 'end':
      case 'hint':
      case 'claim':
        return { position, instruction };
    }
  }
}

/** The value of an expression of Go code: over locals, parameters and, in assertions, the current state. */
export function evaluateLocal<V>(
  domain: Domain<V>,
  driver: Pick<LocalDriver<V>, 'parameter' | 'state' | 'pending'>,
  locals: readonly V[],
  expression: Parameters<typeof evaluate>[2],
): V {
  return evaluate(
    domain,
    {
      parameter: (name) => driver.parameter(name),
      local: (index) => {
        const local = locals[index];
        if (local === undefined) throw new Error(`local ${index} has no value`);
        return local;
      },
      state: (variable) => driver.state(variable),
      bound: (id) => {
        throw new Error(`unbound variable ${id}`);
      },
      pending: (thread, operation, section, args) => driver.pending(thread, operation, section, args),
    },
    expression,
  );
}
