// Package p counts two things without a lock, and looks at both at once: that it saw them at the same time it knows only afterwards.
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
