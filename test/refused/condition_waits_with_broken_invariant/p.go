package p

import "sync"

//@ refines L over Memory

// @ mu guards n, w, spec.n invariant n == spec.n && w == 0
var mu sync.Mutex
var n, w uint64
var c = sync.NewCond(&mu)

// @ op Put
func Put() {
	mu.Lock()
	n++
	c.Signal()
	mu.Unlock()
}

// Take is wrong: while it waits the lock is free.
//
// @ op Take
func Take() {
	mu.Lock()
	w++
	for n == 0 {
		c.Wait()
	}
	w--
	n--
	mu.Unlock()
}

// @ recovery
func Recover() {}
