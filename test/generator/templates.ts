import type { Expression, MachineOperation, System } from '../../src/ir/index.js';
import { a, binary, require } from '../explore/systems.js';
import { replicatedDisk } from '../vcgen/replicated-disk.js';
import { durableCounter, frozen, loopInOp, memoryCounter, statistics } from './counter-templates.js';
import { copiedDisk, lockedDisk } from './disk-templates.js';
import { choosing, lossyCache, onlyWithLock, torn, waiting } from './layer-templates.js';
import { failingDisks, shadowCopy, twoLocks, writeAheadLog } from './pair-templates.js';
import {
  buffered,
  mayRefuse,
  mirrored,
  oneCell,
  onlyUp,
  testAndSet,
  twoSections,
} from './register-templates.js';

/** Go panics at an index out of range before it takes the lock; here taking it is undefined then. */
function boundedLocks(system: System): System {
  const machineOperations = system.machineOperations.map((each): MachineOperation => {
    const { role } = each;
    const count = role.kind === 'lock' || role.kind === 'unlock' ? countOf(system, role.lock) : null;
    if (count === null) return each;
    const [first = [], ...rest] = each.sections;
    return { ...each, sections: [[require(binary('less', a, count)), ...first], ...rest] };
  });
  return { ...system, machineOperations };
}

function countOf(system: System, name: string): Expression | null {
  return system.locks.find((lock) => lock.name === name)?.count ?? null;
}

/** Right systems by name, the simplest first: a disagreement shrinks towards them. */
export const TEMPLATES: readonly (readonly [name: string, system: System])[] = [
  ['one cell without a lock', oneCell(false)],
  ['one cell with a lock', oneCell(true)],
  ['memory counter', memoryCounter()],
  ['durable counter', durableCounter()],
  ['two sections', twoSections()],
  ['mirrored, reads the first', mirrored(true)],
  ['mirrored, reads the second', mirrored(false)],
  ['test and set', testAndSet()],
  ['buffered', buffered()],
  ['may refuse', mayRefuse()],
  ['loop in an op', loopInOp()],
  ['only up', onlyUp()],
  ['frozen', frozen()],
  ['statistics', statistics()],
  ['waiting', waiting()],
  ['torn', torn()],
  ['only with the lock', onlyWithLock()],
  ['lossy cache', lossyCache()],
  ['choosing', choosing()],
  ['two locks', twoLocks()],
  ['shadow copy', shadowCopy()],
  ['write-ahead log, one lock', writeAheadLog('one')],
  ['locked disk', boundedLocks(lockedDisk())],
  ['write-ahead log, two locks', writeAheadLog('two')],
  ['failing disks', failingDisks()],
  ['copied disk', boundedLocks(copiedDisk())],
  ['replicated disk', boundedLocks(replicatedDisk())],
];
