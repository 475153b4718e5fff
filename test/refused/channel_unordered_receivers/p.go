package p

import (
	"sync"
	"sync/atomic"
)

//@ refines L over Memory

// @ once guards x invariant once.done ==> x == 5
var once sync.Once
var x uint64

var taken atomic.Uint32

//@ token r

//@ invariant r.held ==> taken == 1
//@ invariant !c.closed && len(c.queue) <= 2
//@ invariant len(c.queue) == 2 ==> c.queue[0] == 1 && c.queue[1] == 2
//@ invariant len(c.queue) == 1 ==> c.queue[0] == 2
//@ invariant len(c.queue) < 2 && (taken == 0 || r.held) ==> once.done

var c = make(chan uint64, 2)

// @ op First
func First() {
	once.Do(func() { x = 5 })
	<-c
}

// @ op Second
func Second() uint64 {
	//@ claim r if old(taken) == 0
	if !taken.CompareAndSwap(0, 1) {
		return 5
	}
	//@ give r
	v := <-c
	if v == 2 {
		return x
	}
	return 5
}

// @ recovery
func Recover() {}

// @ boot
func Boot() {
	c <- 1
	c <- 2
}
