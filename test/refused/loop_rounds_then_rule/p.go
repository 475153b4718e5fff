package p

import "sync/atomic"

//@ refines A over Memory

var busy atomic.Bool
var over atomic.Bool

// F's outer loop is walked for one round, and then by its rule: the inner one begins anew there.
//
// @ op F
func F(stop bool) uint64 {
	last := false
	for i := uint64(0); !last && i < 3; i++ {
		//@ retry
		for !busy.CompareAndSwap(false, true) {
		}
		busy.Store(false)
		if i == 2 {
			panic("wrong")
		}
		last = over.Load()
	}
	return 0
}

// @ op Stop
func Stop() {
	over.Store(true)
}
