package p

import "sync/atomic"

//@ refines L over Memory

// The only writer sends when it has written; the only reader finds the channel full, and takes that for a sign.

//@ token w guards x invariant x == 0 || x == 5
//@ token r

//@ invariant writing <= 1 && reading <= 1
//@ invariant r.held ==> reading == 1
//@ invariant !c.closed && len(c.queue) <= 1
//@ invariant writing == 0 ==> !w.held
//@ invariant len(c.queue) == 1 && (r.held || reading == 0) ==> writing == 1 && !w.held

var writing, reading atomic.Uint32

var c = make(chan uint64, 1)
var x uint64

// @ op First
func First() {
	//@ claim w if old(writing) == 0
	if !writing.CompareAndSwap(0, 1) {
		return
	}
	x = 5
	//@ give w
	c <- 1
}

// @ op Second
func Second() {
	//@ claim r if old(reading) == 0
	if !reading.CompareAndSwap(0, 1) {
		return
	}
	//@ give r
	//@ claim w if old(len(c.queue)) == 1
	select {
	case c <- 2:
	default:
		seen := x
		//@ give w
		reading.Store(1 + uint32(seen/6))
	}
}

// @ recovery
func Recover() {}
