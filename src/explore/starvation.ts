import type { Operation, System, Type } from '../ir/index.js';
import { walkStatements } from '../ir/index.js';
import { argumentTuples } from './arguments.js';
import type { Program } from './program.js';
import type { Thread } from './thread.js';
import { isAtEnd, startThread, threadKey, threadSteps } from './thread.js';
import type { Value } from './value.js';
import { keyOfAll } from './value.js';

/** Runs of a thread with more states than this count as getting somewhere. */
const LONGEST = 1000;

/**
 * Whether every thread that runs goes round without changing anything, and every call that may still come does so too: then no call ever
 * returns again, in whatever order they run. That is wrong if the specification makes none of those calls wait. Judged only where all calls that may come are
 * within the bounds.
 */
export function isStarved(program: Program, state: readonly Value[], threads: readonly Thread[]): boolean {
  if (threads.length === 0 || !mayStarve(program.system)) return false;
  return (
    threads.every((thread) => goesRound(program, state, thread)) &&
    program.system.implementations.every(({ code, operation }) =>
      argumentTuples(program, program.specificationOperation(operation), false).every((args) => {
        const called = startThread(program, state, code, args);
        return called.kind === 'thread' && goesRound(program, state, called.thread);
      }),
    )
  );
}

/** Whether some loop is said to wait for others, although no op of the specification waits, and the arguments of all ops can be enumerated. */
function mayStarve(system: System): boolean {
  const loops = system.implementations.flatMap(({ code }) => code.instructions);
  return (
    loops.some((instruction) => instruction.kind === 'loop' && instruction.loop.retry) &&
    system.specificationOperations.every((operation) => neverWaits(operation) && hasFewArguments(operation))
  );
}

function neverWaits({ sections }: Operation): boolean {
  let waits = false;
  for (const section of sections) {
    walkStatements(section, ({ kind }) => {
      waits ||= kind === 'await' || kind === 'choose';
    });
  }
  return !waits;
}

function hasFewArguments({ locals, parameterCount }: Operation): boolean {
  const isFew = ({ kind }: Type): boolean => kind === 'bool' || kind === 'enum';
  return locals.slice(0, parameterCount).every(({ type }) => isFew(type));
}

/** Whether a thread that is left alone takes steps for ever, none of which changes the state. */
function goesRound(program: Program, state: readonly Value[], start: Thread): boolean {
  const unchanged = keyOfAll(state);
  const found = new Map([[threadKey(start), start]]);
  for (const thread of found.values()) {
    program.deadline.check();
    if (found.size > LONGEST || isAtEnd(thread)) return false;
    const steps = threadSteps(program, state, thread);
    if (steps.length === 0) return false;
    for (const step of steps) {
      if (step.thread === null || step.spawned !== null || keyOfAll(step.state) !== unchanged) return false;
      found.set(threadKey(step.thread), step.thread);
    }
  }
  return true;
}
