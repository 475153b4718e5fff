import type { UnverifiedName } from '../../src/go/index.js';

/** For each construct that is checked but not verified yet: bodies of an operation with the parameter `n uint64`, and declarations. */
export const UNVERIFIED_PROGRAMS: Readonly<
  Record<UnverifiedName, readonly { readonly body: string; readonly rest?: string }[]>
> = {
  mapLoop: [{ body: 'for k := range map[uint64]bool{n: true} { n += k }\nreturn n' }],
  functionLoop: [{ body: 'for range each { n++ }\nreturn n', rest: 'func each(yield func() bool) {}' }],
  interface: [
    { body: 'var x any = n\n_ = x\nreturn n' },
    {
      body: 'return call(word(n))',
      rest: 'type word uint64\nfunc (w word) next() uint64 { return 1 }\nfunc call(x interface{ next() uint64 }) uint64 { return x.next() }',
    },
    { body: 'if fails() != nil { return 1 }\nreturn n', rest: 'func fails() error { return nil }' },
  ],
  typeAssertion: [{ body: 'return value().(uint64)', rest: 'func value() any { return nil }' }],
  typeSwitch: [
    { body: 'switch value().(type) {\ncase uint64:\n}\nreturn n', rest: 'func value() any { return nil }' },
  ],
  channel: [
    { body: 'c := make(chan uint64)\nreturn <-c' },
    { body: 'c() <- n\nreturn n', rest: 'func c() chan uint64 { return nil }' },
    { body: '<-c()\nreturn n', rest: 'func c() chan uint64 { return nil }' },
    { body: 'close(c())\nreturn n', rest: 'func c() chan uint64 { return nil }' },
    { body: 'for range c() { n++ }\nreturn n', rest: 'func c() chan uint64 { return nil }' },
  ],
  select: [{ body: 'select {\ndefault:\n}\nreturn n' }],
  goroutine: [{ body: 'go other(n)\nreturn n', rest: 'func other(n uint64) {}' }],
  deferInLoop: [{ body: 'for range 3 { defer other(n) }\nreturn n', rest: 'func other(n uint64) {}' }],
  deferredPanic: [{ body: 'defer panic("no")\nreturn n' }],
  localLock: [{ body: 'var m sync.Mutex\nm.Lock()\nm.Unlock()\nreturn n' }],
  packageInitialiser: [
    { body: 'return n', rest: 'var x = other()\nfunc other() uint64 { return 1 }' },
    { body: 'return n', rest: 'var x, y = other()\nfunc other() (uint64, bool) { return 1, true }' },
    { body: 'return n', rest: 'var _ = other()\nfunc other() uint64 { return 1 }' },
  ],
  initFunction: [{ body: 'return n', rest: 'func init() {}' }],
  spreadConversion: [
    {
      body: 'take(two())\nreturn n',
      rest: 'func two() (uint64, bool) { return 1, true }\nfunc take(x any, y bool) {}',
    },
    {
      body: 'take(two())\nreturn n',
      rest: 'func two() (uint64, uint64) { return 1, 2 }\nfunc take(x ...uint64) {}',
    },
    { body: 'var x any\n_ = x\nx, n = two()\nreturn n', rest: 'func two() (uint64, uint64) { return 1, 2 }' },
  ],
};
