import type { GoPackage } from '../go/index.js';
import type { Linked } from './linked.js';
import type { Mentioned } from './mentions.js';
import { mentionedBy, startOf } from './mentions.js';
import type { Program } from './program.js';
import { neededPackages } from './program.js';
import type { Reports } from './reports.js';
import type { FixedVariables } from './start.js';
import { isStatic } from './storage.js';

/**
 * Refuses what runs at the start of two packages neither of which needs the other, if it uses the same things: Go's specification and its compilers
 * do not agree on which is first (docs/decisions/0020-imported-state.md). A package is always initialised before those that import it.
 */
export function checkStartOrder(
  linked: Linked,
  program: Program,
  fixed: FixedVariables,
  reports: Reports,
): void {
  const starting = linked.packages.filter(runsCode);
  const used = new Map(starting.map((each) => [each, mentionedBy(program, startOf(each))]));
  starting.forEach((later, index) => {
    for (const earlier of starting.slice(0, index)) {
      if (neededPackages(later).has(earlier)) continue;
      const shared = sharedBy(used.get(earlier), used.get(later), linked, fixed);
      if (shared === null) continue;
      const span =
        later.initFunctions[0]?.nameSpan ??
        later.initialisers.find(({ value }) => !isStatic(value))?.value.span;
      if (span === undefined) throw new Error('a package that runs code has some');
      reports.unverified('startOrder', span, `${earlier.importPath} and ${later.importPath} use ${shared}`);
    }
  });
}

function runsCode({ initialisers, initFunctions }: GoPackage): boolean {
  return initFunctions.length > 0 || initialisers.some(({ value }) => !isStatic(value));
}

/** What both may use, of which the order matters. */
function sharedBy(
  earlier: Mentioned | undefined,
  later: Mentioned | undefined,
  linked: Linked,
  fixed: FixedVariables,
): string | null {
  if (earlier === undefined || later === undefined) return null;
  if (earlier.machine && later.machine) return 'the machine';
  const variable = [...earlier.variables].find(
    (each) => later.variables.has(each) && fixed.valueOf(each) === undefined,
  );
  return variable === undefined ? null : linked.nameOf(variable);
}
