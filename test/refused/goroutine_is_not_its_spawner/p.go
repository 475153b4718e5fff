package p

import "sync/atomic"

//@ refines Phases over Memory

//@ token first

//@ invariant phase <= 2 && (first.held <==> phase == 1)

// Whoever has the token in phase 1 has it until the phase is over.
//
//@ guarantee while true: old(phase) <= phase &&
//@   (old(phase) == 1 && phase == 1 ==> first.owner == old(first.owner))

var phase, shares atomic.Uint64

// @ op Begin
func Begin() {
	//@ claim first if old(phase) == 0
	if !phase.CompareAndSwap(0, 1) {
		return
	}
	go func() {
		workers := uint64(1)
		if phase.Load() == 1 {
			workers = 0
		}
		shares.Store(7 / workers)
	}()
	//@ give first
	phase.Store(2)
}

// @ recovery
func Recover() {}
