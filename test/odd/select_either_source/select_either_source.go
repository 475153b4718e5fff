// Odd: events go through whichever of two channels is ready, one of them without a buffer.
// Expect: proved

// Package selecteithersource counts events.
package selecteithersource

//@ refines Events over Memory

//@ invariant forall i uint64 :: i < len(small.queue) ==> small.queue[i] > 0
//@ invariant forall i uint64 :: i < len(large.queue) ==> large.queue[i].size > 10
//@ invariant !small.closed && !large.closed

type event struct {
	size uint64
	name string
}

var small = make(chan uint64, 2)
var large = make(chan event)

// Put makes an event.
//
// @ op Put
func Put() {
	select {
	case small <- 3:
		return
	default:
	}
	go func() { large <- event{11, "large"} }()
}

// Take waits for an event.
//
// @ op Take
func Take() bool {
	//@ retry
	for {
		size := uint64(1)
		ok := true
		select {
		case size = <-small:
		case e, received := <-large:
			size, ok = e.size-10, received
			if e.name == "" {
				continue
			}
		}
		return size > 0 && ok
	}
}

// Stop drops an event, or one of two.
//
// @ op Stop
func Stop() {
	select {
	case <-small:
	case <-large:
	case <-large:
	}
}

// Recover does nothing.
//
// @ recovery
func Recover() {}
