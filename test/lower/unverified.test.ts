import { describe, expect, test } from 'vitest';
import { UNVERIFIED } from '../../src/go/index.js';
import type { UnverifiedName } from '../../src/go/index.js';
import { problems } from './harness.js';
import { UNVERIFIED_PROGRAMS } from './unverified-cases.js';

/** A package whose one operation has that body. */
function program(body: string, rest = ''): string {
  return `package p

import "sync"

//@ refines Pure over Memory

var lock sync.Mutex

${rest}

//@ op Run
func Run(n uint64) uint64 {
${body}
}

//@ recovery
func Recover() { lock.Lock(); lock.Unlock() }
`;
}

describe('what is checked but not verified yet is refused by name', () => {
  const cases = Object.entries(UNVERIFIED_PROGRAMS).flatMap(([name, programs]) =>
    programs.map(
      ({ body, rest }, index) =>
        [`${name} ${index + 1}`, name as UnverifiedName, program(body, rest)] as const,
    ),
  );
  test.each(cases)('%s', async (_title, name, source) => {
    const found = await problems(source);
    expect(found.join('\n')).toContain(`not verified yet: ${UNVERIFIED[name].construct}`);
  });

  test('but not where nothing runs it', async () => {
    const unused = 'func unused() []uint64 { x := map[string]*int{}; delete(x, "a"); return nil }';
    expect(await problems(program('return n', unused))).toEqual([]);
  });
});
