// Package p has slots that are written once each and read by everybody from then on.
package p

import "sync/atomic"

//@ refines Slots over Memory

// @ token slot[i] guards values[i], spec.values[i], spec.written[i]
// @   invariant slot.frozen[i] ==> values[i] == spec.values[i]

// @ invariant forall i uint64 :: i < 4 ==>
// @   (slot.held[i] <==> state[i] == 1) && (slot.frozen[i] <==> state[i] == 2) &&
// @   (spec.written[i] <==> state[i] == 2)

var state [4]atomic.Uint32
var values [4]uint64

// @ op Put
func Put(i, v uint64) bool {
	//@ claim slot[i] if old(state)[i] == 0
	if !state[i].CompareAndSwap(0, 1) {
		return false
	}
	values[i] = v
	//@ freeze slot[i]
	state[i].Store(2)
	return true
}

// @ op Get
func Get(i uint64) (uint64, bool) {
	if state[i].Load() == 2 {
		return values[i], true
	}
	return 0, false
}

// @ recovery
func Recover() {}
