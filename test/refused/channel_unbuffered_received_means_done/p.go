package p

import "sync/atomic"

//@ refines Events over Memory

//@ invariant forall i uint64 :: i < len(events.queue) ==> events.queue[i] > 0
//@ invariant !events.closed

var events = make(chan uint64)
var last atomic.Uint64

// @ op Put
func Put() {
	events <- 3
	if last.Load() != 3 {
		panic("not received")
	}
}

// @ op Take
func Take() bool {
	v := <-events
	last.Store(v)
	return v > 0
}

// @ op Stop
func Stop() {
}

// @ recovery
func Recover() {}
