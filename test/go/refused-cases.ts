import type { RefusalName } from '../../src/go/index.js';
import { body, file } from './cases.js';

/** For each refused construct, programs that use it (and that Go may well accept). */
export const REFUSED: Readonly<Record<RefusalName, readonly string[]>> = {
  goto: [body('L:\ngoto L')],
  float: [body('x := 1.5\n_ = x'), file('var x float64'), body('x := 1e3\n_ = x')],
  complex: [file('var x complex128'), body('x := 1i\n_ = x')],
  uintptr: [file('var x uintptr')],
  genericValue: [file('func g[T any](x T) {}\nvar f func(uint64) = g')],
  genericAlias: [file('type t[T any] = []T')],
  localGeneric: [body('type t[T any] struct{}')],
  uncalled: [
    file('var m sync.Mutex\nfunc f() { x := m.Lock; x() }', ['sync']),
    file('func f() { x := disk.Read; x(1) }', ['m/disk']),
    file('func f() { g := atomic.LoadUint64; _ = g }', ['sync/atomic']),
  ],
  lockCopy: [
    file('var a sync.Mutex\nfunc f() { a = sync.Mutex{} }', ['sync']),
    file('var a, b atomic.Uint64\nfunc f() { _ = a; b.Load() }', ['sync/atomic']),
    file('type t struct{ m sync.Mutex }\nfunc (x t) f() {}', ['sync']),
    file('func f(m sync.Mutex) {}', ['sync']),
    file('var a [2]sync.Mutex\nfunc f() { for _, m := range a { _ = m } }', ['sync']),
    file('var a []sync.Mutex\nfunc f() { for _, m := range a { _ = m } }', ['sync']),
    file('var a, b sync.Mutex\nfunc f() { _ = a; b.Lock() }', ['sync']),
    file('type t struct{ m sync.Mutex }\nvar x t\nfunc f() { x = t{} }', ['sync']),
  ],
  lockMethod: [
    file('var m sync.Mutex\nfunc f() bool { return m.TryLock() }', ['sync']),
    file('var m sync.RWMutex\nfunc f() bool { return m.TryRLock() }', ['sync']),
  ],
  literalName: [body('true := false; _ = true'), body('nil := a; _ = nil'), body('const iota = 3; _ = iota')],
  emptyStatement: [body('a = 1\n; b = 2'), body('if ok { a = 1 }; ; a = 2'), body('{ ; a = 1 }')],
  syncType: [
    file('var m sync.Pool', ['sync']),
    file('var g sync.WaitGroup\nfunc f() { g.Go(func() {}) }', ['sync']),
  ],
  condition: [
    file('var c = sync.NewCond(nil)', ['sync']),
    file('var c = sync.Cond{}', ['sync']),
    file('var m [4]sync.Mutex\nfunc f(i uint64) { sync.NewCond(&m[i]).Wait() }', ['sync']),
  ],
  atomicName: [
    file('var x atomic.Value', ['sync/atomic']),
    file('var x atomic.Uint64\nfunc f() { x.And(1) }', ['sync/atomic']),
  ],
  atomicAddress: [file('func g() (*uint64, uint64)\nfunc f() { atomic.AddUint64(g()) }', ['sync/atomic'])],
  builtin: [body('println(a)'), body('_ = recover()')],
  import: [file('func f() { heap.Init(nil) }', ['container/heap'])],
  importOutput: [file('func f() { fmt.Println() }', ['fmt']), file('func f() { log.Print() }', ['log'])],
  importSystem: [file('func f() { os.Exit(1) }', ['os'])],
  importTime: [file('func f() { time.Now() }', ['time'])],
  importRandom: [file('func f() uint64 { return rand.Uint64() }', ['math/rand'])],
  libraryName: [
    file('func f(a, b error) error { return errors.Join(a, b) }', ['errors']),
    file('var order = binary.NativeEndian', ['encoding/binary']),
    file('var order binary.ByteOrder', ['encoding/binary']),
  ],
  dotImport: ['package p\nimport . "m/disk"\nvar x = Size\n'],
  blankImport: ['package p\nimport _ "m/disk"\n'],
  cgo: ['package p\nimport "C"\n'],
  unsafe: ['package p\nimport "unsafe"\nvar x unsafe.Pointer\n'],
  reflect: ['package p\nimport "reflect"\nvar x reflect.Kind\n'],
  compilerDirective: ['//go:build linux\n\npackage p\n', 'package p\n\n//go:linkname f g\nfunc f() {}\n'],
  externalFunction: [file('func f()')],
};
