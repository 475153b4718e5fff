package p

import "sync/atomic"

//@ refines Cell over Memory

// @ token building guards value, spec.value invariant building.frozen ==> value == spec.value

// @ invariant (building.held <==> state == 1) && (state == 2 ==> building.frozen)
// @ invariant (state == 2 ==> spec.known) && state <= 2

var state atomic.Uint32
var value uint64

// @ op Publish
func Publish(n uint64) bool {
	//@ claim building if old(state) != 1
	if state.Swap(1) == 1 {
		return false
	}
	value = n
	//@ freeze building
	state.Store(2)
	return true
}

// @ op Get
func Get() (uint64, bool) {
	if state.Load() != 2 {
		return 0, false
	}
	return value, true
}

// @ recovery
func Recover() {}
