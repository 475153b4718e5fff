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
//@ invariant c.closed && len(c.queue) <= 1
//@ invariant len(c.queue) == 0 && (taken == 0 || r.held) ==> once.done

var c = make(chan uint64, 1)

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
	_, ok := <-c
	if !ok {
		return x
	}
	return 5
}

// @ recovery
func Recover() {}

// @ boot
func Boot() {
	c <- 1
	close(c)
}
