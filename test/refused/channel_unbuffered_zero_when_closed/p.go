package p

//@ refines Events over Memory

//@ invariant forall i uint64 :: i < len(events.queue) ==> events.queue[i] > 0
//@ invariant len(events.queue) == 0

var events = make(chan uint64)

// @ op Put
func Put() {
}

// @ op Take
func Take() bool {
	v := <-events
	return v > 0
}

// @ op Stop
func Stop() {
}

// @ recovery
func Recover() {}
