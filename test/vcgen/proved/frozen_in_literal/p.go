package p

import "sync/atomic"

//@ refines Cell over Memory

// @ token building guards value, spec.value invariant building.frozen ==> value == spec.value

// @ invariant (building.held <==> state == 1) && (building.frozen <==> state == 2)
// @ invariant (spec.known <==> state == 2) && state <= 2

var state atomic.Uint32
var value uint64

// @ op Publish
func Publish(n uint64) bool {
	//@ claim building if old(state) == 0
	if !state.CompareAndSwap(0, 1) {
		return false
	}
	finish := func() {
		//@ freeze building
		state.Store(2)
	}
	value = n
	finish()
	return true
}

// @ op Get
func Get(n uint64) (uint64, bool) {
	if state.Load() != 2 {
		return 0, false
	}
	return value, true
}

// @ recovery
func Recover() {}
