import type { UnverifiedName } from '../../src/go/index.js';

/** For each construct that is checked but not verified yet: bodies of an operation with the parameter `n uint64`, and declarations. */
export const UNVERIFIED_PROGRAMS: Readonly<
  Record<UnverifiedName, readonly { readonly body: string; readonly rest?: string }[]>
> = {
  functionLoop: [{ body: 'for range each { n++ }\nreturn n', rest: 'func each(yield func() bool) {}' }],
  channel: [
    { body: 'var c chan uint64\nreturn <-c' },
    { body: 'c() <- n\nreturn n', rest: 'func c() chan uint64 { return nil }' },
    { body: '<-c()\nreturn n', rest: 'func c() chan uint64 { return nil }' },
    { body: 'close(c())\nreturn n', rest: 'func c() chan uint64 { return nil }' },
    { body: 'for range c() { n++ }\nreturn n', rest: 'func c() chan uint64 { return nil }' },
  ],
  select: [
    { body: 'select {}' },
    { body: 'select {\ncase c <- n:\n}\nreturn n', rest: 'var c = make(chan uint64)' },
  ],
  // Operations may start goroutines; see goroutine.test.ts.
  goroutineAlone: [],
  deferInLoop: [{ body: 'for range 3 { defer other(n) }\nreturn n', rest: 'func other(n uint64) {}' }],
  localLock: [{ body: 'var m sync.Mutex\nm.Lock()\nm.Unlock()\nreturn n' }],
  // Of imported packages: see load.test.ts.
  separateStart: [],
  startOrder: [],
};
