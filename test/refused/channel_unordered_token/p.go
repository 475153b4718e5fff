package p

import "sync/atomic"

//@ refines L over Memory

// The first value is for the only writer, the second one for the only reader.

//@ token w guards x invariant x == 0 || x == 5
//@ token r

//@ invariant w.held ==> writing == 1
//@ invariant writing <= 1 && reading <= 1
//@ invariant r.held ==> reading == 1
//@ invariant !c.closed && len(c.queue) <= 2
//@ invariant len(c.queue) == 2 ==> c.queue[0] == 1 && c.queue[1] == 2
//@ invariant len(c.queue) == 1 ==> c.queue[0] == 2
//@ invariant (w.held || writing == 0) && (r.held || reading == 0) ==> len(c.queue) == 2

var writing, reading atomic.Uint32

var c = make(chan uint64, 2)
var x uint64

// @ op First
func First() {
	//@ claim w if old(writing) == 0
	if !writing.CompareAndSwap(0, 1) {
		return
	}
	x = 5
	//@ give w
	<-c
}

// @ op Second
func Second() {
	//@ claim r if old(reading) == 0
	if !reading.CompareAndSwap(0, 1) {
		return
	}
	//@ give r
	//@ claim w if old(c.queue[0]) == 2
	v := <-c
	if v == 2 {
		seen := x
		//@ give w
		reading.Store(1 + uint32(seen/6))
	}
}

// @ recovery
func Recover() {}

// @ boot
func Boot() {
	c <- 1
	c <- 2
}
