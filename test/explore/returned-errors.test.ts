import { describe, expect, it } from 'vitest';
import { explore, replay } from '../../src/explore/index.js';
import { expectValue, lower } from '../lower/harness.js';

/** A counter that may not refuse small numbers, whose operation returns what `check` says. */
function counter(types: string, check: string, result = 'error', body = 'return check(n)'): string {
  return `package p

import (
	"errors"
	"sync"
)

//@ refines Bounded over Memory

//@ mu guards total, spec.total invariant total == spec.total
var mu sync.Mutex
var total uint64

var errMany = errors.New("too \\"much\\"")

${types}

func check(n uint64) error {
	${check}
}

//@ op Add
func Add(n uint64) ${result} {
	${body}
}

//@ op Get
func Get() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return total
}
`;
}

const TEXT =
  'type failure struct{ n uint64; text string }\n\nfunc (f failure) Error() string { return f.text }';
const POINTER = TEXT.replace('(f failure)', '(f *failure)');
const NUMBER = 'type failure struct{ text uint64 }\n\nfunc (f failure) Error() string { return "" }';
const TAKES_LOCK = 'mu.Lock()\n\tdefer mu.Unlock()\n\treturn check(n)';

const ADDS = 'mu.Lock()\n\tdefer mu.Unlock()\n\ttotal += n\n\treturn check(n)';

describe('errors that an operation returns', () => {
  it.each([
    ['nil', counter('', 'return nil', 'error', ADDS), 'nil', 'error'],
    ['a sentinel', counter('', 'return errMany'), 'error "too \\"much\\""', 'nil'],
    ['a sentinel behind a lock', counter('', 'return errMany', 'error', TAKES_LOCK), 'error "too', 'nil'],
    ['a value with a text', counter(TEXT, 'return failure{n, "no"}'), 'error', 'nil'],
    ['one behind a lock', counter(TEXT, 'return failure{n, "no"}', 'error', TAKES_LOCK), 'error "no"', 'nil'],
    ['a pointer', counter(POINTER, 'return &failure{n, "no"}'), 'error', 'nil'],
    ['a number that is called text', counter(NUMBER, 'return failure{n}'), 'error', 'nil'],
    ['an error made here', counter('', 'return errors.New("no")'), 'error', 'nil'],
    ['a truth value', counter('', 'return errMany', 'bool', 'return check(n) == nil'), 'false', 'true'],
  ])('is shown: %s', async (_what, text, shown, allowed) => {
    const system = expectValue(await lower(text));
    const result = explore(system, { budgetMs: 10_000 });
    if (result.kind !== 'violation') expect.fail('nothing is wrong');
    const { message } = result.execution.violation;
    expect(message).toContain(`returned ${shown}`);
    expect(message).toMatch(new RegExp(`allows only ${allowed}(:|$)`));
    expect(result.execution.rows.at(-1)?.text).toContain(`Add returns ${shown}`);
    expect(replay(system, result.execution).difference).toBeNull();
  });
});
