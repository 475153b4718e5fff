package p

import "sync/atomic"

//@ refines TwoCounters over Memory

// @ invariant x == spec.first && y == spec.second
var x, y atomic.Uint64

//@ guarantee old(x) <= x

// @ op First
func First() {
	x.Add(1)
}

// @ op Second
func Second(v uint64) {
	y.Store(v)
}

// @ op Both
func Both() (uint64, uint64) {
	b := uint64(0)
	//@ retry
	for {
		a := x.Load()
		if x.Load() == a {
			return a, b
		}
		b = y.Load()
	}
}

// @ recovery
func Recover() {}
