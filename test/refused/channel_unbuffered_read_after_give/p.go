package p

import (
	"sync"
	"sync/atomic"
)

//@ refines L over Memory

// The one who puts something into the box goes on with it when it was taken, though the other one only then looks at it.

var mu sync.Mutex
var seen atomic.Uint64

//@ token right guards box

//@ invariant len(full.queue) <= 1 && !full.closed
//@ invariant right.held ==> len(full.queue) == 0
//@ invariant !mu.locked ==> len(full.queue) == 0 && !right.held

var box uint64
var full = make(chan struct{})

// @ op First
func First() {
	//@ claim right
	mu.Lock()
	box = 5
	//@ give right
	full <- struct{}{}
	box = 6
	mu.Unlock()
}

// @ op Second
func Second() {
	//@ claim right
	<-full
	v := box
	//@ give right
	seen.Store(v)
}

// @ recovery
func Recover() {}
