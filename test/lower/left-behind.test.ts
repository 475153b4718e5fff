import { describe, expect, test } from 'vitest';
import { leftBehind } from '../../src/ir/index.js';
import { expectValue, lower, pure } from './harness.js';

const HELPERS = `
var tasks sync.WaitGroup
var ready atomic.Bool
var mu sync.Mutex

func work() {
	mu.Lock()
	mu.Unlock()
}

func done() { tasks.Done() }
`;

/** The lines of goroutines that may be left behind, each with the line on which the op waits. */
async function found(body: string): Promise<readonly string[]> {
  const text = pure(body, HELPERS).replace(
    'package p\n',
    'package p\n\nimport (\n\t"sync"\n\t"sync/atomic"\n)\n',
  );
  const first = text.split('\n').indexOf(body.split('\n')[0] ?? '') + 1;
  return leftBehind(expectValue(await lower(text))).map(({ source, waits }) => {
    const line = (at: { readonly start: { readonly line: number } }): number => at.start.line - first + 1;
    return `${line(source.span)}: ${waits === null ? 'none' : line(waits.span)}`;
  });
}

describe('goroutines that an op may leave behind', () => {
  test('none where none is started', async () => {
    expect(await found('\twork()\n\ttasks.Wait()\n\treturn n')).toEqual([]);
  });

  test('one that nothing waits for; taking a lock is no waiting', async () => {
    expect(await found('\tgo work()\n\twork()\n\treturn n')).toEqual(['1: none']);
  });

  test('one that may be waited for', async () => {
    expect(await found('\ttasks.Add(1)\n\tgo done()\n\ttasks.Wait()\n\treturn n')).toEqual(['2: 3']);
    expect(await found('\tgo work()\n\t//@ retry\n\tfor !ready.Load() {\n\t}\n\treturn n')).toEqual(['1: 3']);
  });

  test('one that is waited for on some ways only, or before it is started', async () => {
    expect(await found('\tgo work()\n\tif n > 3 {\n\t\ttasks.Wait()\n\t}\n\treturn n')).toEqual(['1: none']);
    expect(await found('\ttasks.Wait()\n\tgo work()\n\treturn n')).toEqual(['2: none']);
    expect(await found('\tfor range 3 {\n\t\ttasks.Wait()\n\t\tgo work()\n\t}\n\treturn n')).toEqual([
      '3: none',
    ]);
  });

  test('one that another one starts', async () => {
    expect(await found('\tgo func() {\n\t\tgo work()\n\t}()\n\ttasks.Wait()\n\treturn n')).toEqual([
      '1: 4',
      '2: 4',
    ]);
  });

  test('each once, however often its statement is in the code', async () => {
    const body = '\tstart := func() {\n\t\tgo work()\n\t}\n\tstart()\n\tstart()\n\treturn n';
    expect(await found(body)).toEqual(['2: none']);
  });
});
