package p

import "sync/atomic"

//@ refines TwoCounters over Memory

// @ invariant x == spec.first && y == spec.second
var x, y atomic.Uint64

// @ op First
func First() {
	x.Store(0)
}

// @ op Second
func Second(v uint64) {
	y.Store(v)
}

// @ op Both
func Both() (uint64, uint64) {
	//@ retry
	for {
		a := x.Load()
		b := y.Load()
		if x.Load() == a {
			return a, b
		}
	}
}

// @ recovery
func Recover() {}
