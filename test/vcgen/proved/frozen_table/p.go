// Package p publishes a table that one thread builds and all others read without a lock.
package p

import "sync/atomic"

//@ refines Squares over Memory

// @ token building guards table, spec.published, spec.root
// @   invariant building.frozen ==> forall i :: i < 4 ==> table[i] == spec.root + i

// @ invariant building.held <==> state == 1
// @ invariant (building.frozen <==> state == 2) && (building.frozen <==> spec.published)
// @ invariant state <= 2

var state atomic.Uint32 // 0: nobody builds the table, 1: somebody does, 2: it is there
var table [4]uint64

// @ op Publish
func Publish(n uint64) bool {
	//@ claim building if old(state) == 0
	if !state.CompareAndSwap(0, 1) {
		return false
	}
	for i := uint64(0); i < 4; i++ {
		//@ invariant forall k :: k < i ==> table[k] == n + k
		table[i] = n + i
	}
	//@ freeze building
	state.Store(2)
	return true
}

// @ op At
func At(i uint64) (uint64, bool) {
	if state.Load() != 2 {
		return 0, false
	}
	return table[i], true
}

// @ recovery
func Recover() {}
