package p

import "sync/atomic"

//@ refines Door over Memory

// Read may be called only as long as the door is open. It takes effect before Close, so that nothing says that the door is open when it returns.

// @ invariant v == spec.v && (closed <==> spec.closed)
var v atomic.Uint64
var closed atomic.Bool

//@ guarantee old(closed) ==> closed

// @ op Read
func Read() uint64 {
	a := v.Load()
	if closed.Load() {
		return 7
	}
	b := v.Load()
	_ = b
	return a
}

// @ op Set
func Set(n uint64) {
	v.Store(n)
}

// @ op Close
func Close() {
	closed.Store(true)
}

// @ recovery
func Recover() {}
