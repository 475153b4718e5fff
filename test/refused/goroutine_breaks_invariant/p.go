package p

import "sync/atomic"

//@ refines Ticks over Memory

//@ invariant ticks == spec.ticks

var ticks atomic.Uint64

// @ op Tick
func Tick() {
	ticks.Add(1)
	go ticks.Store(0)
}

// @ op Twice
func Twice() bool {
	return true
}

// @ recovery
func Recover() {}
