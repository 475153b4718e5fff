import type { Access, Violation } from '../trace/index.js';
import type { Program } from './program.js';
import { ScriptMismatch } from './script.js';
import type { Thread } from './thread.js';
import { localValues, lockName, nextInstruction, nextOperation } from './thread.js';
import type { Value } from './value.js';

/** A thread that is about to make a plain access. */
interface Accessing {
  readonly number: number;
  readonly thread: Thread;
  /** Each `sync.Once` whose function it is running. */
  readonly begun: readonly string[];
}

/** What two threads do that are about to access one location, one of them to write it. */
export function raceBetween(
  program: Program,
  state: readonly Value[],
  threads: readonly [Accessing, Accessing],
): Violation {
  const [first, second] = threads.map((each) => accessOf(program, state, each));
  if (
    first === undefined ||
    second === undefined ||
    first.variable !== second.variable ||
    !(first.access.kind === 'write' || second.access.kind === 'write')
  ) {
    throw new ScriptMismatch('these accesses do not race');
  }
  const words = ({ actor, kind, text }: Access): string => `${actor} ${kind}s it (\`${text}\`)`;
  const { location, span } = first.access;
  return {
    kind: 'race',
    message: `data race on ${location}: ${words(first.access)} while ${words(second.access)}`,
    span,
    accesses: [first.access, second.access],
  };
}

function accessOf(
  program: Program,
  state: readonly Value[],
  { number, thread, begun }: Accessing,
): { readonly variable: string; readonly access: Access } {
  const role = nextOperation(program, thread)?.role;
  const instruction = nextInstruction(thread);
  if (instruction.kind !== 'call' || (role?.kind !== 'load' && role?.kind !== 'store')) {
    throw new ScriptMismatch(`thread ${number} makes no plain access here`);
  }
  const values = localValues(program, state, thread, instruction.arguments);
  const keys = role.kind === 'store' ? values.slice(0, -1) : values;
  const { span, text } = instruction.source;
  const access: Access = {
    actor: `thread ${number}`,
    operation: thread.code.name,
    kind: role.kind === 'store' ? 'write' : 'read',
    location: lockName(role.variable, keys),
    text,
    span,
    locks: [...thread.held, ...begun],
  };
  return { variable: role.variable, access };
}
